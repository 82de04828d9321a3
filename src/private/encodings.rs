//! The texts that the bytes of a file may be, in UTF-8 and the encodings that programs still write.

use std::borrow::Cow;

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, IBM866, ISO_2022_JP, ISO_8859_6, ISO_8859_8, KOI8_U, MACINTOSH,
    SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253,
    WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

/// The possible texts of a file.
pub struct Texts<'a> {
    pub all: Vec<Cow<'a, str>>,
    /// False for pictures and other files that are no text in any encoding.
    pub are_texts: bool,
}

/// What programs write into files that are no texts.
const IN_BINARY_FILES: [&Encoding; 2] = [WINDOWS_1252, WINDOWS_1256];

/// Encodings of texts, one for each way to write the letters of a language.
const OF_TEXTS: [&Encoding; 21] = [
    WINDOWS_1252,
    WINDOWS_1256,
    WINDOWS_1250,
    WINDOWS_1251,
    WINDOWS_1253,
    WINDOWS_1254,
    WINDOWS_1255,
    WINDOWS_1257,
    WINDOWS_1258,
    WINDOWS_874,
    ISO_8859_6,
    ISO_8859_8,
    KOI8_U,
    IBM866,
    MACINTOSH,
    X_MAC_CYRILLIC,
    GB18030,
    BIG5,
    SHIFT_JIS,
    EUC_JP,
    EUC_KR,
];

pub fn texts(bytes: &[u8]) -> Texts<'_> {
    let utf_8 = String::from_utf8_lossy(bytes);
    let is_utf_8 = matches!(utf_8, Cow::Borrowed(_));
    if is_utf_8 && !bytes.contains(&0) && !bytes.contains(&ESCAPE) {
        return Texts { all: vec![utf_8], are_texts: true };
    }
    let are_texts = is_text(bytes);
    let mut all = vec![utf_8];
    let mut add = |encodings: &[&'static Encoding]| {
        all.extend(encodings.iter().map(|encoding| encoding.decode_without_bom_handling(bytes).0));
    };
    if bytes.contains(&0) {
        add(&[UTF_16LE, UTF_16BE]);
    }
    if bytes.contains(&ESCAPE) && are_texts {
        add(&[ISO_2022_JP]);
    }
    if !is_utf_8 {
        add(if are_texts { &OF_TEXTS } else { &IN_BINARY_FILES });
    }
    if bytes.contains(&0) && are_texts {
        all.extend([u32::from_le_bytes, u32::from_be_bytes].map(|number| Cow::Owned(utf_32(bytes, number))));
    }
    Texts { all, are_texts }
}

/// Begins a shift to another set of letters, in Japanese mail.
const ESCAPE: u8 = 0x1b;

fn utf_32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> String {
    let units = bytes.chunks_exact(4).filter_map(|unit| unit.try_into().ok());
    units.map(|unit| char::from_u32(number(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
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
