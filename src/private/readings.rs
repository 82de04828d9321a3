//! The ways in which readers and their machines read a text: its letters, not its bytes.

use std::borrow::Cow;

use crate::html::{Token, Tokens, decode};

/// The text as it is; and with character references, percent signs or escapes resolved.
pub fn readings(text: &str) -> Vec<Cow<'_, str>> {
    let mut readings = vec![Cow::Borrowed(text)];
    if text.contains('&') {
        readings.push(decode(text));
    }
    if text.contains('%') {
        readings.push(Cow::Owned(without_percents(text)));
    }
    if text.contains('\\') {
        readings.push(Cow::Owned(without_escapes(text)));
    }
    readings
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

fn without_percents(text: &str) -> String {
    let mut parts = text.split('%');
    let mut plain = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        match part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                plain.extend_from_slice(&part.as_bytes()[2..]);
            }
            None => {
                plain.push(b'%');
                plain.extend_from_slice(part.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// The texts of a page, with `instead` for each tag.
pub fn without_tags(page: &str, instead: &str) -> String {
    let mut plain = String::with_capacity(page.len());
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next_token() {
        match token {
            Token::Text(text) => plain.push_str(&text),
            Token::Start(tag) => {
                plain.push_str(instead);
                plain.push_str(&decode(tag.raw_text));
            }
            Token::End(_) => plain.push_str(instead),
            Token::Comment(_) => {}
        }
    }
    plain
}
