//! Files that are text, and what a program does with one that has no name to go by.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::metadata_format::MetadataFormat;

/// The text of a file; `None` if it is no text in UTF-8, UTF-16 or an encoding of one byte a letter.
pub fn of(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let utf_16 = [(&b"\xFF\xFE"[..], UTF_16LE), (b"\xFE\xFF", UTF_16BE)];
    let wide = utf_16.into_iter().find(|(mark, _)| bytes.starts_with(mark));
    let text = match wide {
        Some((mark, encoding)) => {
            encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark.len()..])?
        }
        None if bytes.iter().any(|byte| is_control(*byte)) => return None,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            // Every byte is a letter of it, and those below 128 are the same in all of its kind.
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    };
    let has_control = wide.is_some() && text.bytes().any(is_control);
    (!has_control).then_some(text)
}

/// A control character that no text has. Escapes colour logs.
fn is_control(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)
}

/// Where metadata may be in a text.
pub fn format(text: &str) -> MetadataFormat {
    let head: String = text.chars().take(4096).collect();
    if head.contains("\"Feature") || head.contains("\"Topology\"") {
        MetadataFormat::Geography
    } else {
        MetadataFormat::Text
    }
}

/// How a system runs a text.
pub enum Runs {
    AsProgram,
    AsWebPage,
}

/// What a text without an ending does where programs look at its content.
pub fn what_runs(text: &str) -> Option<Runs> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with("#!") || start.starts_with("<?php") || start.starts_with("<%") {
        Some(Runs::AsProgram)
    } else if start.starts_with('<') {
        Some(Runs::AsWebPage)
    } else {
        None
    }
}

/// Whether a browser that shows the text as XML would run or load something.
pub fn runs_as_xml(text: &str) -> bool {
    const ACTIVE: [&str; 5] =
        ["<script", ":script", "http://www.w3.org/1999/xhtml", "<?xml-stylesheet", "<!entity"];
    let lower = text.to_ascii_lowercase();
    ACTIVE.iter().any(|active| lower.contains(active))
}
