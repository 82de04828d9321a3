//! Code that a fence opens and none closes.

use std::ops::Range;

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
