//! The texts that the bytes of a file may be, in UTF-8 and the encodings that programs still write.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// The possible texts of a file.
pub struct Texts<'a> {
    pub all: Vec<Cow<'a, str>>,
    /// False for pictures and other files that are no text in any encoding.
    pub are_texts: bool,
}

pub fn texts(bytes: &[u8]) -> Texts<'_> {
    let utf_8 = String::from_utf8_lossy(bytes);
    let is_utf_8 = matches!(utf_8, Cow::Borrowed(_));
    if is_utf_8 && !bytes.contains(&0) {
        return Texts { all: vec![utf_8], are_texts: true };
    }
    let mut all = vec![utf_8];
    let mut add = |encodings: [&'static Encoding; 2]| {
        all.extend(encodings.map(|encoding| encoding.decode_without_bom_handling(bytes).0));
    };
    if bytes.contains(&0) {
        add([UTF_16LE, UTF_16BE]);
    }
    if !is_utf_8 {
        add([WINDOWS_1252, WINDOWS_1256]);
    }
    Texts { all, are_texts: is_text(bytes) }
}

/// Its beginning has only the control characters of lines, or a third of it is zeros, as in UTF-16.
fn is_text(bytes: &[u8]) -> bool {
    let beginning = &bytes[..bytes.len().min(4096)];
    let is_control = |byte: &&u8| matches!(byte, 1..=8 | 14..=26 | 28..=31);
    let zeros = beginning.iter().filter(|byte| **byte == 0).count();
    let controls = beginning.iter().filter(is_control).count();
    let is_wide =
        bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || 3 * zeros > beginning.len();
    is_wide || zeros + controls == 0
}

/// Archives, office documents and PDF hold their text compressed, so no word can be found in them.
#[must_use]
pub fn is_packed(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 7] = [
        b"PK\x03\x04",
        b"%PDF",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ",
        b"7z\xbc\xaf\x27\x1c",
        b"\x28\xb5\x2f\xfd",
    ];
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}
