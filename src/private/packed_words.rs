//! Words in base64, as in `data:` addresses and mail.
//!
//! Owns which runs of letters may be base64. Other bytes than text in them are not read.

use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::letters::MASK;
use super::reading::{Reading, ReadingBuilder};

/// Shorter than eight bytes of text.
const SHORTEST: usize = 11;

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
        if let Some(packed) = unpack(&text[run.clone()]) {
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

/// The text that a run is, in the standard alphabet or in that of URLs.
fn unpack(run: &str) -> Option<String> {
    let standard: String = run
        .chars()
        .filter_map(|c| match c {
            '\r' | '\n' => None,
            '-' => Some('+'),
            '_' => Some('/'),
            c => Some(c),
        })
        .collect();
    let whole = standard.len() - usize::from(standard.len() % 4 == 1);
    let text = String::from_utf8(STANDARD.decode(&standard[..whole]).ok()?).ok()?;
    let is_text = !text.contains(|c: char| c.is_control() && !c.is_whitespace());
    is_text.then_some(text)
}
