//! References, percent signs and escapes, resolved where they are.
//!
//! Owns how each is written: `&#65;`, `%41`, `%u0041`, `=41`, `\u0041`, `\u{41}`, `\x41`, `\'41`, `\41`.

use encoding_rs::WINDOWS_1252;

use super::reading::{Reading, ReadingBuilder};
use crate::html::decode;

/// The longest named reference has 33 characters.
const LONGEST_REFERENCE: usize = 40;

/// The text with everything resolved once; `None` if there is nothing to resolve.
pub fn decoded(latest: &Reading<'_>) -> Option<Reading<'static>> {
    let text = latest.text.as_ref();
    let bytes = text.as_bytes();
    let mut plain = ReadingBuilder::new(latest);
    let mut copied = 0;
    let mut at = 0;
    let mut is_changed = false;
    while let Some(found) = bytes[at..].iter().position(|byte| matches!(byte, b'&' | b'%' | b'\\' | b'=')) {
        at += found;
        let Some((length, letters)) = resolved(&text[at..]) else {
            at += 1;
            continue;
        };
        is_changed = true;
        plain.copy(copied..at);
        plain.replace(&(at..at + length), &letters);
        at += length;
        copied = at;
    }
    plain.copy(copied..text.len());
    is_changed.then(|| plain.finish())
}

/// The bytes that a reference, code or escape at the beginning takes, and what it means.
fn resolved(rest: &str) -> Option<(usize, String)> {
    match rest.as_bytes().first()? {
        b'&' => reference(rest),
        b'%' => percent_codes(rest),
        b'=' => quoted_printable(rest),
        _ => escape(rest),
    }
}

fn reference(rest: &str) -> Option<(usize, String)> {
    let end = rest
        .bytes()
        .skip(1)
        .take(LONGEST_REFERENCE)
        .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
    let length = end.map_or(rest.len().min(LONGEST_REFERENCE), |end| end + 1);
    let length = length + usize::from(rest.as_bytes().get(length) == Some(&b';'));
    let written = rest.get(..length)?;
    let meant = decode(written);
    (meant != written).then(|| (length, meant.into_owned()))
}

/// `%D8%A7`, in UTF-8 or else in an old encoding; `%u0627`.
fn percent_codes(rest: &str) -> Option<(usize, String)> {
    if let Some(unit) = rest.strip_prefix("%u").and_then(|digits| hexadecimal(digits, 4)) {
        return Some((6, char::from_u32(unit).unwrap_or(' ').to_string()));
    }
    bytes_after_each(rest, '%')
}

/// `=C3=A9` in mail, and the `=` that continues a line. Its letters are capitals, unlike those of a value without
/// quotes.
fn quoted_printable(rest: &str) -> Option<(usize, String)> {
    if let Some(ending) = ["=\r\n", "=\n"].iter().find(|ending| rest.starts_with(**ending)) {
        return Some((ending.len(), String::new()));
    }
    let has_small_letters = rest.bytes().skip(1).take(2).any(|byte| byte.is_ascii_lowercase());
    if has_small_letters { None } else { bytes_after_each(rest, '=') }
}

/// The text of bytes that are two digits each after a mark, in UTF-8 or else in an old encoding.
fn bytes_after_each(rest: &str, mark: char) -> Option<(usize, String)> {
    let mut bytes = Vec::new();
    for code in rest.split(mark).skip(1) {
        match hexadecimal(code, 2).and_then(|byte| u8::try_from(byte).ok()) {
            Some(byte) => bytes.push(byte),
            None => break,
        }
        if code.len() > 2 {
            break;
        }
    }
    let length = 3 * bytes.len();
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned());
    (length > 0).then_some((length, text))
}

/// The escapes of JSON, scripts and RTF. Of all others, the backslash is nothing.
fn escape(rest: &str) -> Option<(usize, String)> {
    let escaped = &rest[1..];
    match escaped.as_bytes().first()? {
        b'n' | b'r' | b't' | b'b' | b'f' => Some((2, " ".to_owned())),
        punctuation @ (b'/' | b'"' | b'\\') => Some((2, char::from(*punctuation).to_string())),
        b'u' if escaped.starts_with("u{") => {
            let (digits, _) = escaped[2..].split_once('}')?;
            let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
            Some((digits.len() + 4, c.to_string()))
        }
        b'u' => utf_16_escapes(rest),
        b'0'..=b'9' => style_escape(escaped),
        b'x' => Some((4, char::from_u32(hexadecimal(&escaped[1..], 2)?)?.to_string())),
        b'\'' => {
            let byte = u8::try_from(hexadecimal(&escaped[1..], 2)?).ok()?;
            Some((4, WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned()))
        }
        _ => None,
    }
}

/// Of style sheets: up to six digits, and a space that ends them.
fn style_escape(escaped: &str) -> Option<(usize, String)> {
    let count = escaped.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    let c = hexadecimal(escaped, count).and_then(char::from_u32)?;
    let space = usize::from(escaped[count..].starts_with(' '));
    Some((1 + count + space, c.to_string()))
}

/// Escapes in a row: a letter beyond the first plane is two of them.
fn utf_16_escapes(rest: &str) -> Option<(usize, String)> {
    let mut units = Vec::new();
    let mut length = 0;
    while let Some(unit) = rest[length..].strip_prefix("\\u").and_then(|digits| hexadecimal(digits, 4)) {
        units.push(u16::try_from(unit).ok()?);
        length += "\\u0041".len();
    }
    (length > 0).then(|| (length, String::from_utf16_lossy(&units)))
}

/// The number that so many digits at the beginning are.
fn hexadecimal(text: &str, digits: usize) -> Option<u32> {
    let digits = text.get(..digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}
