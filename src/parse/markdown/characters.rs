//! Characters that no text may hold: controls, and bidi controls that reorder text beyond their
//! own line (law 7).

use super::problems::Problems;
use crate::diag::{Code, Diagnostic};

const POP_EMBEDDING: char = '\u{202C}';
const POP_ISOLATE: char = '\u{2069}';

pub(super) fn is_control(c: char) -> bool {
    // Those from U+FDD0 on are no characters of any text, and mark words of the interface.
    c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}')
}

pub(super) fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a reader sees anything of it.
pub(super) fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        && !matches!(c, '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{3164}' | '\u{2800}')
}

/// Refuses control characters, and bidi controls that are not closed within their line.
pub(super) fn check(body: &str, problems: &mut Problems<'_>) {
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        // Almost no line holds one. Bytes are cheaper to check than characters, and a fold without
        // an early end checks many at once.
        if line.bytes().fold(false, |found, byte| found | may_begin_one(byte)) {
            check_line(line, start, problems);
        }
        start += line.len();
    }
}

/// Controls, and the first bytes of U+0080–009F, U+2000–2FFF and U+F000–FFFF.
fn may_begin_one(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0xB | 0xC | 0xE..=0x1F | 0x7F | 0xC2 | 0xE2 | 0xEF)
}

fn check_line(line: &str, start: usize, problems: &mut Problems<'_>) {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, c) in line.char_indices() {
        if is_control(c) {
            control(start + at, c, problems);
        } else if is_bidi_control(c) && !closes_or_opens(&mut open, at, c) {
            bidi(start + at, c, "closes nothing", problems);
        }
    }
    for (at, c) in open {
        bidi(start + at, c, "is not closed in its line", problems);
    }
}

/// False for a character that closes what is not open.
fn closes_or_opens(open: &mut Vec<(usize, char)>, at: usize, c: char) -> bool {
    let is_isolate = |c: char| ('\u{2066}'..='\u{2068}').contains(&c);
    match (c, open.last()) {
        (POP_EMBEDDING, Some((_, last))) if !is_isolate(*last) => open.pop().is_some(),
        (POP_ISOLATE, Some((_, last))) if is_isolate(*last) => open.pop().is_some(),
        (POP_EMBEDDING | POP_ISOLATE, _) => false,
        _ => {
            open.push((at, c));
            true
        }
    }
}

fn control(at: usize, c: char, problems: &mut Problems<'_>) {
    let message = format!("the control character U+{:04X} cannot be in a text", u32::from(c));
    let diagnostic = Diagnostic::error(Code::CONTROL_CHARACTER, message).help("delete it; it is not visible");
    problems.add(at..at + c.len_utf8(), diagnostic);
}

fn bidi(at: usize, c: char, what: &str, problems: &mut Problems<'_>) {
    let message = format!("the direction control U+{:04X} {what}", u32::from(c));
    let diagnostic = Diagnostic::error(Code::BIDI_CONTROL, message)
        .help("delete it, or pair it with its closing character in the same line");
    problems.add(at..at + c.len_utf8(), diagnostic);
}

/// As [`check`], for the text of a character reference in `range`, such as `&#x202E;`.
pub(super) fn check_decoded(text: &str, range: &std::ops::Range<usize>, problems: &mut Problems<'_>) {
    let Some(c) = text.chars().find(|&c| is_control(c) || is_bidi_control(c)) else { return };
    let code = if is_control(c) { Code::CONTROL_CHARACTER } else { Code::BIDI_CONTROL };
    let message = format!("this means U+{:04X}, which cannot be written as a reference", u32::from(c));
    problems.add(range.clone(), Diagnostic::error(code, message).help("delete it"));
}

/// The last sentence of a text is whole, in any script.
pub(super) fn ends_sentence(line: &str) -> bool {
    const CLOSING: [char; 10] = ['"', '\'', '”', '’', '»', '«', ')', '*', '_', '」'];
    line.trim_end_matches(CLOSING).ends_with(['.', '!', '?', '…', ':', '؟', '۔', '。', '！', '？', '।'])
}

/// Reports an HTML comment in a title or a text alternative, where it is text like any other.
pub(super) fn check_comment(text: &str, range: &std::ops::Range<usize>, problems: &mut Problems<'_>) {
    if text.contains("<!--") {
        let message = "a title or a text alternative holds a comment, which readers would see";
        let help = "write it on a line of its own, outside of links and pictures";
        problems.add(range.clone(), Diagnostic::error(Code::COMMENT_IN_TEXT, message).help(help));
    }
}

/// Letters and punctuation of Chinese, Japanese and Yi, which are written without spaces: wide characters
/// but for Korean and pictures.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{312F}'
        | '\u{3190}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{A4CF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF9F}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFD}')
}

/// Whether a line break between two characters is no space (CSS Text 4). Quotation marks, dashes and dots are
/// of both kinds of scripts: they belong to the letter next to them.
pub(super) fn joins_lines(before: char, after: char) -> bool {
    let is_either = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·');
    let is_none = |c: char| c == '\u{200B}';
    is_none(before)
        || is_none(after)
        || is_cjk(before) && (is_cjk(after) || is_either(after))
        || is_cjk(after) && is_either(before)
}
