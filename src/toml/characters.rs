//! What text may hold, and how a value is quoted in a message.

/// U+FEFF, which some editors put before everything else.
pub const BOM: char = '\u{feff}';

/// A file's text without its byte order mark; offsets and places count from behind it.
#[must_use]
pub fn without_bom(text: &str) -> &str {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Titles, names, ids: no line break, no tab.
    Line,
    /// Summaries, claims, reasons: `\n` and `\t` are fine.
    Lines,
}

/// The first character that must not reach a page: a control character, one that XML cannot
/// hold, or a bidi control that nothing closes (or that closes nothing) on its line.
///
/// U+200E and U+200F reach no further than themselves, and are fine.
#[must_use]
pub fn forbidden_character(text: &str, shape: Shape) -> Option<char> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let is_break = |c: char| shape == Shape::Lines && matches!(c, '\n' | '\t');
    let is_refused = |c: char| c.is_control() && !is_break(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().find(|&c| is_refused(c)).or_else(|| text.lines().find_map(stray_bidi_control))
}

fn stray_bidi_control(line: &str) -> Option<char> {
    let mut open = Vec::new();
    for c in line.chars() {
        match c {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2066}'..='\u{2068}' => open.push(c),
            '\u{202c}' if open.pop().is_none_or(|opener| opener >= '\u{2066}') => return Some(c),
            '\u{2069}' if open.pop().is_none_or(|opener| opener < '\u{2066}') => return Some(c),
            _ => {}
        }
    }
    open.pop()
}

/// Is there nothing in it that a reader could see?
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

/// A value as a message quotes it: one line, no character that a terminal obeys, not endless.
#[must_use]
pub fn shown(value: &str) -> String {
    const MOST: usize = 60;
    let is_harmless = |c: char| forbidden_character(c.encode_utf8(&mut [0; 4]), Shape::Line).is_none();
    let mut shown: String =
        value.chars().take(MOST).map(|c| if is_harmless(c) { c } else { '\u{fffd}' }).collect();
    if value.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// Is it `http://` or `https://` with a host, and nothing that ends an attribute or a line?
#[must_use]
pub fn is_web_url(url: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        url.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme))?;
        url.get(scheme.len()..)
    });
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || r#""<>\^`{|}"#.contains(c);
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.chars().any(char::is_alphanumeric) && !rest.contains(is_odd)
    })
}
