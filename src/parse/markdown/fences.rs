//! Code that a fence opens and none closes, and code that is only indented.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use super::problems::Problems;
use crate::diag::{Code, Diagnostic};

/// Reports the code in `range` if only the end of the body ends it.
pub(super) fn check(range: &Range<usize>, body: &str, problems: &mut Problems<'_>) {
    let code = &body[range.clone()];
    let is_last = body[range.end..].trim().is_empty();
    let opening = code.trim_start();
    let Some(mark) = opening.chars().next().filter(|_| is_last) else { return };
    let length = opening.len() - opening.trim_start_matches(mark).len();
    let last = code.trim_end().rsplit_once('\n').map_or("", |(_, line)| line);
    let closing = last.trim_start_matches([' ', '\t', '>']);
    if closing.len() >= length && closing.trim_matches(mark).is_empty() {
        return;
    }
    let fence = &opening[..length];
    let first_line = range.start..range.start + code.lines().next().map_or(0, str::len);
    let message = "the code that begins here has no end: all that follows is shown as code";
    let help = format!("write a line of {fence} where the code ends, or delete this line");
    problems.add(first_line, Diagnostic::warning(Code::UNCLOSED_CODE, message).help(help));
}

/// Reports code that only its indentation makes code: nearly always a paragraph.
pub(super) fn check_indented(
    kind: &CodeBlockKind<'_>,
    range: &Range<usize>,
    body: &str,
    problems: &mut Problems<'_>,
) {
    if matches!(kind, CodeBlockKind::Fenced(_)) {
        return;
    }
    let first_line = body[range.clone()].lines().next().map_or(0, str::len);
    let message = "four spaces or a tab before a line make it code";
    let help = "delete them; put code between two lines of ```";
    let range = range.start..range.start + first_line.max(1).min(range.len());
    problems.add(range, Diagnostic::warning(Code::INDENTED_CODE, message).help(help));
}
