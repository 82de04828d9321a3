//! What is wrong with a body, gathered while it is read and told in the order of the text.
//!
//! A place costs a walk through the file and a copy of its line, so places are made at the end,
//! and only for as many problems as anyone would read.

use std::ops::Range;

use super::Source;
use crate::diag::{Code, Diagnostic, Place, Severity, Span};

/// Of one body; the rest is told as a number. Errors go before warnings.
const MOST_TOLD: usize = 100;

struct Problem {
    /// In the body.
    range: Range<usize>,
    diagnostic: Diagnostic,
    related: Option<(Range<usize>, &'static str)>,
}

pub(super) struct Problems<'a> {
    source: Source<'a>,
    found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(source: Source<'a>) -> Self {
        Self { source, found: Vec::new() }
    }

    /// `range` is in the body.
    pub(super) fn add(&mut self, range: Range<usize>, diagnostic: Diagnostic) {
        self.found.push(Problem { range, diagnostic, related: None });
    }

    pub(super) fn add_with(
        &mut self,
        range: Range<usize>,
        diagnostic: Diagnostic,
        related: (Range<usize>, &'static str),
    ) {
        self.found.push(Problem { range, diagnostic, related: Some(related) });
    }

    pub(super) fn undefined_reference(&mut self, range: Range<usize>, label: &str) {
        let message = format!("there is no definition of the reference \"{label}\"");
        self.add(
            range,
            Diagnostic::error(Code::UNDEFINED_REFERENCE, message)
                .label("leads nowhere")
                .help(format!("add a line `[{label}]: TARGET`, or write `\\[` if brackets are meant")),
        );
    }

    /// All of it as diagnostics, in the order of the text.
    pub(super) fn told(mut self) -> Vec<Diagnostic> {
        let hidden = self.cut();
        self.found.sort_by_key(|problem| problem.range.start);
        let source = self.source;
        let mut told: Vec<_> = self.found.into_iter().map(|problem| problem.tell(source)).collect();
        told.extend(hidden);
        told
    }

    /// Keeps the first problems, errors before others, and counts the rest.
    fn cut(&mut self) -> Option<Diagnostic> {
        if self.found.len() <= MOST_TOLD {
            return None;
        }
        self.found.sort_by_key(|problem| (problem.diagnostic.severity, problem.range.start));
        let hidden = self.found.split_off(MOST_TOLD);
        let worst = hidden.iter().map(|problem| problem.diagnostic.severity).min();
        let message = format!("{} more problems in this text are not listed", hidden.len());
        let diagnostic = Diagnostic::new(worst.unwrap_or(Severity::Error), Code::MORE_PROBLEMS, message);
        Some(diagnostic.at(Place::file(self.source.file)).help("put the listed ones right first"))
    }
}

impl Problem {
    fn tell(self, source: Source<'_>) -> Diagnostic {
        let place =
            |range: Range<usize>| Place::new(source.file, source.text, Span::new(range).shifted(source.at));
        let diagnostic = self.diagnostic.at(place(self.range));
        match self.related {
            Some((range, label)) => diagnostic.also(place(range), label),
            None => diagnostic,
        }
    }
}
