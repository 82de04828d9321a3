//! Problems of a body, collected while it is read and reported in the order of the text.
//!
//! A place costs a walk through the file and a copy of its line, so places are made at the end,
//! and only for as many problems as a person would read.

use std::ops::Range;

use super::source::BodySource;
use crate::diag::{Code, Diagnostic, MOST_LISTED, Place, ProblemCount, Span, more_problems};

/// How many problems are kept at most while a body is read.
const MOST_KEPT: usize = 10 * MOST_LISTED;

struct Problem {
    /// In the body.
    range: Range<usize>,
    diagnostic: Diagnostic,
    related: Option<(Range<usize>, &'static str)>,
}

pub(super) struct Problems<'a> {
    source: BodySource<'a>,
    /// Those that may be listed: errors go before warnings, and the first ones before the others.
    found: Vec<Problem>,
    rest: ProblemCount,
}

impl<'a> Problems<'a> {
    pub(super) fn new(source: BodySource<'a>) -> Self {
        Self { source, found: Vec::new(), rest: ProblemCount::default() }
    }

    /// `range` is in the body.
    pub(super) fn add(&mut self, range: Range<usize>, diagnostic: Diagnostic) {
        self.push(Problem { range, diagnostic, related: None });
    }

    pub(super) fn add_with(
        &mut self,
        range: Range<usize>,
        diagnostic: Diagnostic,
        related: (Range<usize>, &'static str),
    ) {
        self.push(Problem { range, diagnostic, related: Some(related) });
    }

    fn push(&mut self, problem: Problem) {
        self.found.push(problem);
        if self.found.len() == MOST_KEPT {
            self.cut();
        }
    }

    pub(super) fn undefined_reference(&mut self, range: Range<usize>, label: &str) {
        let message = format!("there is no definition of the reference \"{label}\"");
        self.add(
            range,
            Diagnostic::error(Code::UNDEFINED_REFERENCE, message)
                .label("has no target")
                .help(format!("add a line `[{label}]: TARGET`, or write `\\[` if brackets are meant")),
        );
    }

    pub(super) fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.cut();
        self.found.sort_by_key(|problem| problem.range.start);
        let source = self.source;
        let problems = self.found.into_iter().map(|problem| problem.into_diagnostic(source));
        problems.chain(more_problems(self.rest, source.file, "text")).collect()
    }

    /// Keeps the first problems, errors before warnings, and counts the rest.
    fn cut(&mut self) {
        if self.found.len() > MOST_LISTED {
            self.found.sort_by_key(|problem| (problem.diagnostic.severity, problem.range.start));
            let hidden = self.found.split_off(MOST_LISTED);
            hidden.iter().for_each(|problem| self.rest.hide(problem.diagnostic.severity));
        }
    }
}

impl Problem {
    fn into_diagnostic(self, source: BodySource<'_>) -> Diagnostic {
        let place =
            |range: Range<usize>| Place::new(source.file, source.text, Span::new(range).shifted(source.at));
        let diagnostic = self.diagnostic.at(place(self.range));
        match self.related {
            Some((range, label)) => diagnostic.also(place(range), label),
            None => diagnostic,
        }
    }
}
