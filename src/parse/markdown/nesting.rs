//! Quotations and lists within each other, a hundred deep and more, in one line.
//!
//! The parser looks at each of them for each other one: 64 KiB of `> - ` would take minutes.

use std::ops::Range;

use super::problems::Problems;
use crate::diag::{Code, Diagnostic};

const MOST_CONTAINERS: usize = 100;

/// Reports the first line that is nested too deep. A text with one is not parsed.
pub(super) fn is_too_deep(body: &str, problems: &mut Problems<'_>) -> bool {
    let mut start = 0;
    let deep = body.split_inclusive('\n').find_map(|line| {
        let found = containers(line).map(|length| start..start + length);
        start += line.len();
        found
    });
    deep.map(|range| report(range, problems)).is_some()
}

fn report(range: Range<usize>, problems: &mut Problems<'_>) {
    let message = format!("quotations and lists are nested more than {MOST_CONTAINERS} deep in this line");
    let diagnostic = Diagnostic::error(Code::DEEP_NESTING, message).label("begins here");
    problems.add(range, diagnostic.help("remove the marks, or put the line into a block of code"));
}

/// The length of the marks at the begin of a line, if they are too many. A line of one mark alone is a rule.
fn containers(line: &str) -> Option<usize> {
    let marks = line.bytes().take_while(|byte| {
        matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9')
    });
    let length = marks.count();
    let prefix = &line.as_bytes()[..length];
    let is_list_mark = |pair: &[u8]| matches!(pair, [b'-' | b'+' | b'*' | b'.' | b')', b' ' | b'\t']);
    let count = prefix.iter().filter(|byte| **byte == b'>').count()
        + prefix.windows(2).filter(|pair| is_list_mark(pair)).count();
    let is_rule =
        !prefix.contains(&b'>') && !prefix.iter().any(u8::is_ascii_digit) && line.trim_end().len() <= length;
    (count > MOST_CONTAINERS && !is_rule).then_some(length)
}
