//! Diagnostics: what is wrong, where, and what to do about it.
//!
//! Owns the value that every stage returns with its result, and the order in which such
//! values are reported. Does not print (`report` does) and never reads a file: a [`Place`] carries
//! the one line that it points into, so that a diagnostic outlives the text that it is about.
//!
//! Invariant: two runs over the same input give the same diagnostics in the same order.

// Its macro is in scope below it.
#[macro_use]
mod code;
pub mod codes;
mod nearest;
mod severity;

use std::cmp::Ordering;
use std::ops::Range;

pub use code::Code;
pub use nearest::{Nearest, did_you_mean};
pub use severity::Severity;

/// Byte offsets into a file's text, byte order mark excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Offsets beyond 4 GiB are clipped; the loader refuses such files long before.
    #[must_use]
    pub fn new(range: Range<usize>) -> Self {
        let clip = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clip(range.start), end: clip(range.end) }
    }

    /// The same span in a text that begins `by` bytes earlier.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by..self.end as usize + by)
    }

    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    #[must_use]
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Where a diagnostic points: a span of one line of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Relative to the root of the site, forward slashes.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode scalar values, in the whole line.
    pub column: u32,
    /// The line itself, without its line break; of a long one the part around the mark. Empty
    /// where the file as a whole is meant.
    pub excerpt: String,
    /// Byte offsets of the marked part within `excerpt`.
    pub mark: Range<usize>,
}

impl Place {
    /// The place of `span` in `text`. A span over several lines is cut at the end of its first.
    #[must_use]
    pub fn new(file: &str, text: &str, span: Span) -> Self {
        let start = floor_char_boundary(text, span.start as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line_end = line_start + text[line_start..line_end].trim_end_matches('\r').len();
        let start = start.min(line_end);
        let end = floor_char_boundary(text, span.end as usize).clamp(start, line_end);
        let shown = window(text, line_start..line_end, start..end);
        Self {
            file: file.to_owned(),
            line: count_as_u32(text[..line_start].matches('\n').count()) + 1,
            column: count_as_u32(text[line_start..start].chars().count()) + 1,
            mark: start - shown.start..end.min(shown.end) - shown.start,
            excerpt: text[shown].to_owned(),
        }
    }

    /// A whole file, shown as its first line and column.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), line: 1, column: 1, excerpt: String::new(), mark: 0..0 }
    }
}

/// How much of a long line is shown before and behind the beginning of the mark, in bytes.
const SHOWN_BEFORE: usize = 80;
const SHOWN_BEHIND: usize = 160;

/// The part of a line that is worth showing: all of it, unless it is a paragraph in one line.
fn window(text: &str, line: Range<usize>, mark: Range<usize>) -> Range<usize> {
    if line.len() <= SHOWN_BEFORE + SHOWN_BEHIND {
        return line;
    }
    let start = floor_char_boundary(text, mark.start.saturating_sub(SHOWN_BEFORE)).max(line.start);
    let end = floor_char_boundary(text, mark.start + SHOWN_BEHIND).clamp(mark.start, line.end);
    start..end
}

fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn count_as_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Whose fault an error is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Content or templates: exit code 1.
    Content,
    /// Usage, site.toml, a missing theme, a foreign file in the way, input and output: exit code 2.
    Setup,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub cause: Cause,
    pub code: Code,
    /// The fact, as a sentence without a full stop.
    pub message: String,
    pub place: Option<Place>,
    /// The text next to the carets.
    pub label: String,
    /// Other places that belong to the fact, each with its own text.
    pub related: Vec<(Place, String)>,
    /// The remedy.
    pub help: Vec<String>,
}

impl Diagnostic {
    #[must_use]
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        debug_assert!(code.severities().contains(&severity), "the registry says otherwise of {code}");
        Self {
            severity,
            cause: Cause::Content,
            code,
            message: message.into(),
            place: None,
            label: String::new(),
            related: Vec::new(),
            help: Vec::new(),
        }
    }

    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    #[must_use]
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Marks an error as one of the set-up (exit code 2).
    #[must_use]
    pub fn setup(mut self) -> Self {
        self.cause = Cause::Setup;
        self
    }

    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts diagnostics by file, line and column, those without a place first, then by severity, code and
/// message. Of equal ones, one is kept.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(order);
    diagnostics.dedup();
}

fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    fn key(diagnostic: &Diagnostic) -> impl Ord + '_ {
        let place = diagnostic.place.as_ref().map(|place| (place.file.as_str(), place.line, place.column));
        (place, diagnostic.severity, diagnostic.code, diagnostic.message.as_str())
    }
    key(a).cmp(&key(b))
}

/// Whether anything stops the publish.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// Those that `before` does not have; both are in their fixed order.
#[must_use]
pub fn new_ones(before: &[Diagnostic], now: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_known = |told: &&Diagnostic| {
        let from = before.partition_point(|known| order(known, told).is_lt());
        before[from..].iter().take_while(|known| order(known, told).is_eq()).any(|known| known == *told)
    };
    now.iter().filter(|told| !is_known(told)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalar_values_from_one() {
        let text = "a\nالهلك = x\r\n";
        let at = text.find('x').unwrap();
        let place = Place::new("f.md", text, Span::new(at..at + 1));
        assert_eq!((place.line, place.column, place.excerpt.as_str()), (2, 9, "الهلك = x"));
        assert_eq!(&place.excerpt[place.mark.clone()], "x");
    }

    #[test]
    fn a_span_past_the_end_or_inside_a_character_is_clipped_not_a_panic() {
        for span in [Span::new(0..99), Span::new(50..99), Span::new(1..2), Span { start: 3, end: 1 }] {
            let place = Place::new("f.md", "é\né", span);
            assert!(place.mark.start <= place.mark.end);
        }
    }
}
