//! Text within SVG: escaped, isolated from text of the other direction, and cut to a width.

use crate::bidi::is_right_to_left;
use crate::html::escape;

/// The widest line of text: that of a phone of 320 pixels, in hundredths of the font size.
pub const LINE: usize = 2_050;

/// The most of a name that a wide screen shows. On a narrower one the browser cuts the rest.
const LONG_LINE: usize = 5 * LINE / 2;

/// About the most bytes of a name: those of letters of several bytes make a chart large.
const LONG_BYTES: usize = 90;

/// As much of the name of a row as any screen shows.
pub fn name_of_row(text: &str) -> String {
    let width = if text.len() <= LONG_BYTES { LONG_LINE } else { width_of(text) * LONG_BYTES / text.len() };
    cut(text, width.min(LONG_LINE))
}

/// Escaped for XML, in one line, without the characters that XML does not allow.
pub fn escaped(text: &str) -> String {
    let in_one_line = text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c });
    let allowed: String =
        in_one_line.filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    escape(&allowed).into_owned()
}

/// Escaped, and isolated if it begins in the other direction than the chart: its letters would otherwise
/// reorder the signs around them.
pub fn isolated(text: &str, rtl: bool) -> String {
    let first = text.chars().find(|c| c.is_alphabetic());
    match first {
        Some(c) if is_right_to_left(c) != rtl => format!("\u{2068}{}\u{2069}", escaped(text)),
        _ => escaped(text),
    }
}

/// The approximate width of a text in hundredths of the font size; rather too large than too small.
pub fn width_of(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'ا' => 30,
            ' ' | 'f' | 'r' | 't' | '(' | ')' | '-' => 38,
            'm' | 'w' | 'M' | 'W' | '…' | '—' => 92,
            c if c.is_ascii_uppercase() => 70,
            c if unicode_normalization::char::is_combining_mark(c) => 0,
            '\u{600}'..='\u{6ff}' => 55,
            '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{1f000}'..='\u{3ffff}' => 105,
            c if c.is_ascii() => 57,
            _ => 66,
        })
        .sum()
}

/// The text, or as much of it as fits, with an ellipsis; if possible after a whole word.
pub fn cut(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(width_of("…"));
    let mut used = 0;
    let fitting = text.char_indices().find(|(_, c)| {
        used += width_of(c.encode_utf8(&mut [0; 4]));
        used > room
    });
    let end = fitting.map_or(text.len(), |(at, _)| at);
    let word_end = text[..end].rfind(char::is_whitespace).filter(|at| *at * 2 > end).unwrap_or(end);
    format!("{}…", text[..word_end].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
}
