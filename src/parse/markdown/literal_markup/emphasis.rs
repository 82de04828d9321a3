//! Marks of emphasis that readers see: `**Update:**water`, `** bold **`, `**never closed`.
//!
//! The rules of CommonMark look at the characters around a mark: one between punctuation and a letter opens
//! or closes on one side only, which goes wrong in scripts without spaces.

use std::ops::Range;

use super::text::LiteralText;
use crate::diag::{Code, Diagnostic};
use crate::parse::markdown::problems::Problems;

/// A run of one mark.
struct MarkRun {
    range: Range<usize>,
    mark: u8,
    before: Option<char>,
    after: Option<char>,
}

impl MarkRun {
    fn is_after_a_word(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric)
    }

    fn begins_line(&self) -> bool {
        self.before.is_none_or(|c| c == '\n')
    }

    fn is_before_space(&self) -> bool {
        self.after.is_none_or(char::is_whitespace)
    }

    /// Whether people read it as the begin of emphasis.
    fn opens(&self) -> bool {
        let is_before_letter = self.after.is_some_and(char::is_alphanumeric);
        !self.is_before_space() && (!self.is_after_a_word() || self.mark != b'_' && !is_before_letter)
    }

    fn is_like(&self, other: &Self) -> bool {
        self.mark == other.mark && self.range.len() == other.range.len()
    }
}

pub(super) fn check(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    let text = block.text();
    let runs = runs(text);
    let mut next = 0;
    while let Some(run) = runs.get(next) {
        next += 1;
        let closing = runs[next..].iter().position(|other| other.is_like(run)).map(|at| next + at);
        match closing {
            Some(at) if is_pair(text, run, &runs[at]) => {
                pair(block, run, &runs[at], problems);
                next = at + 1;
            }
            None if is_left_open(run) => left_open(block, run, problems),
            _ => {}
        }
    }
}

/// The runs that may be marks of emphasis: not those of four or more, and not those within an address.
fn runs(text: &str) -> Vec<MarkRun> {
    let mut runs = Vec::new();
    let mut address = 0..0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let mark = bytes[at];
        if at >= address.end && (bytes[at..].starts_with(b"://") || bytes[at..].starts_with(b"www.")) {
            let end = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
            address = at..end;
        }
        if !matches!(mark, b'*' | b'_' | b'~') {
            at += 1;
            continue;
        }
        let length = bytes[at..].iter().take_while(|byte| **byte == mark).count();
        let range = at..at + length;
        at = range.end;
        if length <= 3 && (mark != b'~' || length == 2) && !address.contains(&range.start) {
            let before = text[..range.start].chars().next_back();
            let after = text[range.end..].chars().next();
            runs.push(MarkRun { range, mark, before, after });
        }
    }
    runs
}

fn is_pair(text: &str, open: &MarkRun, close: &MarkRun) -> bool {
    let inner = &text[open.range.end..close.range.start];
    let has_words =
        inner.contains(char::is_alphabetic) || open.range.len() > 1 && inner.contains(char::is_alphanumeric);
    if !has_words {
        return false;
    }
    let is_close_to_text = close.before.is_some_and(|c| !c.is_whitespace());
    match (open.mark, open.range.len()) {
        // One mark is common in prose: only the form that goes wrong between punctuation and a letter.
        (_, 1) => {
            let closes =
                close.before.is_some_and(ends_a_phrase) && close.after.is_some_and(char::is_alphanumeric);
            let begins =
                open.before.is_none_or(char::is_whitespace) && open.after.is_some_and(char::is_alphanumeric);
            begins && closes && !inner.contains('\n')
        }
        (b'_', _) => open.opens() && is_close_to_text,
        _ if open.is_before_space() => open.begins_line() && !inner.contains('\n'),
        _ => open.opens(),
    }
}

/// Punctuation behind words, not before them.
fn ends_a_phrase(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !"([{<«‹“‘„‚「『（【《〈¿¡#@&/\\|-_*~+=".contains(c)
}

/// Two asterisks before a word that nothing closes. Before a digit they may be a code to dial.
fn is_left_open(run: &MarkRun) -> bool {
    let begins = run.before.is_none_or(char::is_whitespace) && run.after.is_some_and(char::is_alphabetic);
    run.mark != b'_' && run.range.len() > 1 && begins
}

fn pair(block: &LiteralText<'_>, open: &MarkRun, close: &MarkRun, problems: &mut Problems<'_>) {
    let marks = &block.text()[open.range.clone()];
    let message = format!("`{marks}` is shown as it is: the parser does not take it for emphasis here");
    let whole = open.range.start..close.range.end;
    let inner = block.short_source(open.range.end..close.range.start);
    let help = match inner.and_then(|inner| rewritten(marks, inner)) {
        Some(rewritten) => format!("write `{rewritten}`"),
        None => format!("put spaces outside of `{marks}`, and marks of punctuation too"),
    };
    problems.add(block.range(whole), Diagnostic::warning(Code::LITERAL_EMPHASIS, message).help(help));
}

/// With all that is neither letter nor digit outside, asterisks work between any two characters.
fn rewritten(marks: &str, inner: &str) -> Option<String> {
    if inner.contains(['[', ']', '(', ')', '`', '<', '*', '_', '~']) {
        return None;
    }
    let start = inner.find(char::is_alphanumeric)?;
    let core = inner[start..].trim_end_matches(|c: char| !c.is_alphanumeric());
    let (before, after) = (&inner[..start], &inner[start + core.len()..]);
    let marks = marks.replace('_', "*");
    Some(format!("{}{marks}{core}{marks}{}", before.trim_start(), after.trim_end()))
}

fn left_open(block: &LiteralText<'_>, run: &MarkRun, problems: &mut Problems<'_>) {
    let marks = &block.text()[run.range.clone()];
    let message = format!("`{marks}` is shown as it is: nothing closes it in this paragraph");
    let escaped: String = marks.chars().flat_map(|c| ['\\', c]).collect();
    let help = format!("write `{marks}` where the emphasis ends, or `{escaped}` if the marks are meant");
    problems
        .add(block.range(run.range.clone()), Diagnostic::warning(Code::LITERAL_EMPHASIS, message).help(help));
}
