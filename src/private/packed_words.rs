//! Words in base64, as in `data:` addresses and mail.
//!
//! Owns which runs of letters may be base64. Other bytes than text in them are not read.

use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::letters::MASK;
use super::reading::{Reading, ReadingBuilder};

/// Fewer bytes are text by chance too often.
const SHORTEST_TEXT: usize = 8;

/// So many letters hold [`SHORTEST_TEXT`].
const SHORTEST: usize = 11;

const LETTERS_OF_GROUP: usize = 4;
const BYTES_OF_GROUP: usize = 3;

/// Mail breaks base64 into lines of at least so many characters.
const SHORTEST_LINE: usize = 60;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);

/// The texts in base64, each by itself; `None` if there is none.
pub fn unpacked(base: &Reading<'_>) -> Option<Reading<'static>> {
    let text = base.text.as_ref();
    let mut texts = ReadingBuilder::new(base);
    let mut is_found = false;
    for run in runs(text) {
        for packed in unpack(&text[run.clone()]) {
            texts.replace_by(&run, MASK);
            texts.replace(&run, &packed);
            is_found = true;
        }
    }
    is_found.then(|| texts.finish())
}

/// Runs of characters of base64 that are long enough, with what follows on the next line.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += bytes[at..].iter().position(|byte| is_base64(*byte))?;
            let start = at;
            at = end_of_run(bytes, start);
            let mut line = at - start;
            while line >= SHORTEST_LINE
                && let Some(next) = next_line(bytes, at)
            {
                let end = end_of_run(bytes, next);
                line = end - next;
                at = if line > 0 { end } else { at };
            }
            if at - start >= SHORTEST && is_mixed(&bytes[start..at]) {
                return Some(start..at);
            }
        }
    })
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

fn end_of_run(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|byte| !is_base64(*byte)).map_or(bytes.len(), |length| start + length)
}

fn next_line(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let length = if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n")) };
    (length > 0).then_some(at + length)
}

/// Nearly every text has capitals, small letters and digits in base64, and few words of texts have all three.
fn is_mixed(run: &[u8]) -> bool {
    run.iter().any(u8::is_ascii_uppercase) && run.iter().any(u8::is_ascii_lowercase)
}

/// The texts that a run holds, in the standard alphabet or in that of URLs. One may begin after each sign that is also
/// a part of an address, as in `/WmVs…`, and other letters may follow.
fn unpack(run: &str) -> Vec<String> {
    let run: Vec<u8> = run.bytes().filter(|byte| !matches!(byte, b'\r' | b'\n')).collect();
    let mut texts = Vec::new();
    // Each group of four letters is three bytes, so that one decoding serves every fourth beginning.
    for shift in 0..LETTERS_OF_GROUP {
        let bytes = decoded(run.get(shift..).unwrap_or_default());
        let mut end = 0;
        for group in 0..bytes.len() / BYTES_OF_GROUP {
            let (at, letter) = (group * BYTES_OF_GROUP, group * LETTERS_OF_GROUP + shift);
            let may_begin = letter == 0 || matches!(run[letter - 1], b'/' | b'+' | b'-' | b'_');
            if at < end || !may_begin {
                continue;
            }
            if let Some(text) = leading_text(&bytes[at..]) {
                end = at + text.len();
                texts.push(text.to_owned());
            }
        }
    }
    texts
}

fn decoded(run: &[u8]) -> Vec<u8> {
    let standard: Vec<u8> = run
        .iter()
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            byte => *byte,
        })
        .collect();
    let whole = standard.len() - usize::from(standard.len() % LETTERS_OF_GROUP == 1);
    STANDARD.decode(&standard[..whole]).unwrap_or_default()
}

/// The text that some bytes begin with, if it is too long for chance.
fn leading_text(bytes: &[u8]) -> Option<&str> {
    let is_byte_of_text = |byte: &u8| !byte.is_ascii_control() || byte.is_ascii_whitespace();
    let length = bytes.iter().position(|byte| !is_byte_of_text(byte)).unwrap_or(bytes.len());
    let text = match std::str::from_utf8(&bytes[..length]) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
    };
    (text.len() >= SHORTEST_TEXT).then_some(text)
}
