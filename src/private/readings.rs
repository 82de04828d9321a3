//! The ways in which readers and their machines read a text: its letters, not its bytes.

use std::borrow::Cow;

use crate::html::{Token, Tokens, decode};

/// The text as it is; with character references, percent signs or escapes resolved; and without tags.
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
    if text.contains('<') {
        readings.push(Cow::Owned(without_tags(text, "")));
        readings.push(Cow::Owned(without_tags(text, " ")));
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

/// The texts of a page, with `instead` for each tag.
fn without_tags(page: &str, instead: &str) -> String {
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
