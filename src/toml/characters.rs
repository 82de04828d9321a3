//! Which characters text may have, and how messages quote a value.

/// U+FEFF, which some editors write at the start of a file.
pub const BOM: char = '\u{feff}';

/// The text without its byte order mark. Offsets and places count without it too.
#[must_use]
pub fn without_bom(text: &str) -> &str {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Titles, names, ids: no line break, no tab.
    One,
    /// Summaries, claims, reasons: `\n` and `\t` are fine.
    Many,
}

/// The first character that must not reach a page: a control character, one that XML cannot
/// hold, or a bidi control without its partner on the same line.
///
/// U+200E and U+200F affect nothing but their own position, and are fine.
#[must_use]
pub fn forbidden_character(text: &str, lines: Lines) -> Option<char> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    text.chars()
        .find(|&c| is_unprintable(c) && !(lines == Lines::Many && matches!(c, '\n' | '\t')))
        .or_else(|| text.lines().find_map(stray_bidi_control))
}

fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
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

/// The name of a character that cannot be seen, or that looks like a plain space. `None` for all others.
#[must_use]
pub fn invisible_name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "a no-break space",
        '\u{ad}' => "a soft hyphen",
        '\u{61c}' => "an Arabic letter mark",
        '\u{202f}' => "a narrow no-break space",
        '\u{3000}' => "an ideographic space",
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => "a space that is not the plain one",
        '\u{200b}' => "a zero-width space",
        '\u{200c}' => "a zero-width non-joiner",
        '\u{200d}' => "a zero-width joiner",
        '\u{200e}' => "a left-to-right mark",
        '\u{200f}' => "a right-to-left mark",
        '\u{2028}' | '\u{2029}' => "a Unicode line break",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a control of the direction of text",
        '\u{2060}' => "a word joiner",
        BOM => "a byte order mark",
        _ => return None,
    })
}

/// Whether a reader would see nothing of it.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

/// The value as a message quotes it: one line, cut after 60 characters, without control characters.
#[must_use]
pub fn shown(value: &str) -> String {
    const MOST: usize = 60;
    let mut shown: String = value.chars().take(MOST).map(replaced_if_forbidden).collect();
    if value.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

fn replaced_if_forbidden(c: char) -> char {
    match forbidden_character(c.encode_utf8(&mut [0; 4]), Lines::One) {
        Some(_) => '\u{fffd}',
        None => c,
    }
}

/// Whether it begins with `http://` or `https://`, has a host, and has no character that could end
/// an attribute or a line.
#[must_use]
pub fn is_web_url(url: &str) -> bool {
    ["https://", "http://"].iter().filter_map(|scheme| without_prefix(url, scheme)).any(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.chars().any(char::is_alphanumeric) && !rest.contains(ends_attribute_or_line)
    })
}

fn without_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn ends_attribute_or_line(c: char) -> bool {
    c.is_whitespace() || c.is_control() || r#""<>\^`{|}"#.contains(c)
}

/// Emphasis, a link or a character reference of Markdown, or a tag of HTML, beyond doubt.
pub(super) fn has_markup(text: &str) -> bool {
    let is_emphasis = |text: &str| {
        let inner = text.split_once("**").map_or("", |(inner, _)| inner);
        inner.starts_with(char::is_alphanumeric) && inner.ends_with(|c: char| !c.is_whitespace())
    };
    let has_strong = text.match_indices("**").any(|(at, mark)| is_emphasis(&text[at + mark.len()..]));
    let has_link =
        text.split_once("](").is_some_and(|(label, target)| label.contains('[') && target.contains(')'));
    let has_tag = text.match_indices('<').any(|(at, _)| is_tag(&text[at + 1..]));
    let has_reference = text.match_indices('&').any(|(at, _)| is_reference(&text[at + 1..]));
    has_strong || has_link || has_tag || has_reference
}

/// What follows `<`.
fn is_tag(text: &str) -> bool {
    const NAMES: [&str; 22] = [
        "a",
        "b",
        "br",
        "blockquote",
        "code",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "i",
        "img",
        "li",
        "ol",
        "p",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "ul",
    ];
    let text = text.strip_prefix('/').unwrap_or(text);
    let Some((tag, _)) = text.split_once('>') else { return false };
    let name = tag.split([' ', '/']).next().unwrap_or_default();
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)) && !tag.contains('<')
}

/// What follows `&`.
fn is_reference(text: &str) -> bool {
    let Some((name, _)) = text.split_once(';') else { return false };
    let digits = name.strip_prefix("#x").or(name.strip_prefix("#X")).or(name.strip_prefix('#'));
    match digits {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => (2..=8).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic()),
    }
}
