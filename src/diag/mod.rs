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
mod place;
mod problem_count;
mod severity;
mod source_texts;
mod span;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use code::Code;
pub use nearest::{Nearest, did_you_mean};
pub use place::{Place, PlaceIndex};
pub use problem_count::{MOST_LISTED, ProblemCount};
pub use severity::Severity;
pub use source_texts::SourceTexts;
pub use span::Span;

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

/// Whose fault an error is; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// Content or templates: exit code 1.
    Content,
    /// Usage, site.toml, a missing theme, a foreign file in the way, input and output: exit code 2.
    Setup,
    /// A publish that a person must confirm: exit code 3.
    Removals,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
/// message. Of equal ones, one is kept. Of one file, no more are kept than a person would read; the rest is counted.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(order);
    diagnostics.dedup();
    let rest = cut_each_file(diagnostics);
    if !rest.is_empty() {
        diagnostics.extend(rest);
        diagnostics.sort_by(order);
    }
}

/// Cuts the diagnostics of each file, which follow one another. Returns what says how many that were.
fn cut_each_file(diagnostics: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut rest = Vec::new();
    let mut file = String::new();
    let mut count = ProblemCount::default();
    diagnostics.retain(|diagnostic| {
        let Some(place) = diagnostic.place.as_ref().filter(|_| diagnostic.code != Code::MORE_PROBLEMS) else {
            return true;
        };
        if place.file != file {
            rest.extend(more_problems(std::mem::take(&mut count), &file, "file"));
            file.clone_from(&place.file);
        }
        count.takes(diagnostic.severity)
    });
    rest.extend(more_problems(count, &file, "file"));
    rest
}

/// Says how many diagnostics of a text are not listed, if any. `text` is what was counted, as "file".
#[must_use]
pub fn more_problems(count: ProblemCount, file: &str, text: &str) -> Option<Diagnostic> {
    let (hidden, worst) = count.hidden()?;
    let message = format!("{hidden} more problems in this {text} are not listed");
    let more = Diagnostic::new(worst, Code::MORE_PROBLEMS, message).at(Place::file(file));
    Some(more.help("put the listed ones right first"))
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
