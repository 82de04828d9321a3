//! Tables that are none: rows with bars and no header, a header of another width, rows with tabs.

use super::text::{LiteralText, TextLine};
use crate::diag::{Code, Diagnostic};
use crate::parse::markdown::problems::Problems;

pub(super) fn check(block: &LiteralText<'_>, problems: &mut Problems<'_>) {
    let lines: Vec<TextLine<'_>> = block.lines().collect();
    let found = dashes(&lines).or_else(|| bars(&lines)).or_else(|| tabs(&lines));
    let Some((line, message, help)) = found else { return };
    let range = block.range(line.start..line.start + line.text.trim_end().len());
    problems.add(range, Diagnostic::warning(Code::LITERAL_TABLE, message).help(help));
}

type FoundTable<'a> = (TextLine<'a>, String, String);

/// The line of dashes, shown as text.
fn dashes<'a>(lines: &[TextLine<'a>]) -> Option<FoundTable<'a>> {
    let at = lines.iter().position(|line| is_dashes(line.text))?;
    let columns = cells(lines[at].text).count();
    let header = at.checked_sub(1).map(|above| lines[above].text).filter(|header| header.contains('|'));
    let (message, help) = match header {
        _ if lines[at].text.starts_with('+') => {
            let message = "this is no table: lines of + and - draw none here".to_owned();
            (
                message,
                "write the header, then a line |---|---|, then the rows, with | between cells".to_owned(),
            )
        }
        Some(header) if cells(header).count() != columns => {
            let wanted = cells(header).count();
            let message =
                format!("this is no table: its header has {wanted} cells, and the line of dashes {columns}");
            (message, format!("write `|{}`", "---|".repeat(wanted)))
        }
        _ => {
            let message = "this is no table: no header is directly above the line of dashes".to_owned();
            (message, "write the names of the columns in the line above, with | between them".to_owned())
        }
    };
    Some((lines[at], message, help))
}

/// Rows between bars, without a line of dashes.
fn bars<'a>(lines: &[TextLine<'a>]) -> Option<FoundTable<'a>> {
    let is_row = |line: &TextLine<'_>| {
        let text = line.text.trim();
        text.len() > 2 && text.starts_with('|') && text.ends_with('|')
    };
    let at = lines.windows(2).position(|pair| pair.iter().all(is_row))?;
    let columns = cells(lines[at].text).count();
    let message = "this is no table: no line of dashes is below its header".to_owned();
    Some((lines[at], message, format!("write `|{}` below this line", "---|".repeat(columns))))
}

/// Rows pasted from a spreadsheet.
fn tabs<'a>(lines: &[TextLine<'a>]) -> Option<FoundTable<'a>> {
    let count = |line: &TextLine<'_>| line.text.trim().matches('\t').count();
    let at = lines.windows(2).position(|pair| count(&pair[0]) > 0 && count(&pair[0]) == count(&pair[1]))?;
    let header: Vec<&str> = lines[at].text.trim().split('\t').collect();
    let message = "this is no table: tabs do not separate cells".to_owned();
    let help = format!(
        "write `| {} |`, below it `|{}`, and the rows like it",
        header.join(" | "),
        "---|".repeat(header.len())
    );
    Some((lines[at], message, help))
}

/// `|---|:--:|`, or `+---+---+`. `:-|` in prose is a face.
fn is_dashes(line: &str) -> bool {
    let line = line.trim();
    if let Some(inner) = line.strip_prefix('+').and_then(|inner| inner.strip_suffix('+')) {
        return inner.split('+').all(|cell| cell.len() > 1 && cell.bytes().all(|b| matches!(b, b'-' | b'=')));
    }
    let is_cell = |cell: &str| {
        let dashes = cell.strip_prefix(':').unwrap_or(cell);
        let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
        !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
    };
    line.contains('|')
        && cells(line).all(is_cell)
        && (line.starts_with('|') && line.len() > 2 || cells(line).any(|cell| cell.contains("--")))
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    line.strip_suffix('|').unwrap_or(line).split('|').map(str::trim)
}
