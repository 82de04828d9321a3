//! Quotations that go on where no `>` marks them.

use std::ops::Range;

use super::characters::ends_sentence;
use super::problems::Problems;
use crate::diag::{Code, Diagnostic};

/// Only marks of lists and quotations are before a quotation. More bytes of them are no text of people.
const MOST_BEFORE: usize = 200;

/// Reports the first line of a quotation that has no mark and begins a sentence. A line within a sentence was only
/// wrapped. `range` begins at the first mark.
pub(super) fn check(range: &Range<usize>, body: &str, problems: &mut Problems<'_>) {
    let before = &body.as_bytes()[range.start.saturating_sub(MOST_BEFORE)..range.start];
    if before.rsplit(|byte| *byte == b'\n').next().is_some_and(|line| line.contains(&b'>')) {
        // Within another quotation, which is checked itself.
        return;
    }
    let mut start = range.start;
    let mut before = "";
    for line in body[range.clone()].split_inclusive('\n') {
        let text = line.trim();
        if !text.is_empty() && !text.starts_with('>') && ends_sentence(before) {
            let at = start + (line.len() - line.trim_start().len());
            let message = "this line has no `>`, and is shown as a part of the quotation before it";
            let help = "write an empty line before it, or `> ` in front of it if it is quoted";
            problems
                .add(at..at + text.len(), Diagnostic::warning(Code::QUOTATION_GOES_ON, message).help(help));
            return;
        }
        before = text;
        start += line.len();
    }
}
