//! The ways in which readers and their machines read a text: its letters, not its bytes.

use std::borrow::Cow;

/// The text as it is; with character references, percent signs or escapes resolved; and without tags.
pub fn readings(text: &str) -> Vec<Cow<'_, str>> {
    let mut readings = vec![Cow::Borrowed(text)];
    if text.contains('&') {
        readings.push(Cow::Owned(without_references(text)));
    }
    if text.contains('%') {
        readings.push(Cow::Owned(without_percents(text)));
    }
    if text.contains('\\') {
        readings.push(Cow::Owned(without_escapes(text)));
    }
    if text.contains('<') {
        let text = without_references_in(text);
        readings.push(Cow::Owned(without_tags(&text, "")));
        readings.push(Cow::Owned(without_tags(&text, " ")));
    }
    readings
}

/// References to `<` and `>` become spaces: resolved, they would look like tags.
fn without_references_in(text: &str) -> String {
    without_references(&text.replace("&lt;", " ").replace("&gt;", " "))
}

fn without_references(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((end, referred(&rest[1..end])?))) {
            Some((end, c)) => {
                plain.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

fn referred(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" => Some('\u{ad}'),
        "szlig" => Some('ß'),
        _ if is_accented(name) => name.chars().next(),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            hex.unwrap_or_else(|| number.parse()).ok().and_then(char::from_u32)
        }
    }
}

/// Resolves the escapes of JSON and scripts: `\n`, `\u0644`.
fn without_escapes(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escaped)) = rest.split_once('\\') {
        units.extend(before.encode_utf16());
        let (unit, length) = unescaped(escaped);
        units.push(unit);
        rest = &escaped[length..];
    }
    units.extend(rest.encode_utf16());
    // A letter beyond the first plane is two escapes, which make one character together.
    String::from_utf16_lossy(&units)
}

/// The UTF-16 unit of an escape without its backslash, and the bytes that the escape takes.
fn unescaped(escaped: &str) -> (u16, usize) {
    let space = u16::from(b' ');
    match escaped.as_bytes() {
        [b'n' | b'r' | b't' | b'b' | b'f', ..] => (space, 1),
        [b'u', digits @ ..] => {
            let digits = digits.get(..4).and_then(|digits| std::str::from_utf8(digits).ok());
            digits
                .and_then(|digits| u16::from_str_radix(digits, 16).ok())
                .map_or((space, 0), |unit| (unit, 5))
        }
        _ => (space, 0),
    }
}

/// `uuml`, `Aring`: a letter and an accent, which is folded away later.
fn is_accented(name: &str) -> bool {
    const ACCENTS: [&str; 15] = [
        "uml", "acute", "grave", "circ", "tilde", "cedil", "ring", "caron", "slash", "breve", "macr", "ogon",
        "dot", "dblac", "strok",
    ];
    name.is_char_boundary(1)
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && ACCENTS.contains(&&name[1..])
}

fn without_percents(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        plain.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn without_tags(text: &str, instead: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        plain.push_str(instead);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    plain + rest
}
