//! A parsed text, its place in its file, and the diagnostics that reading it gave so far.

use std::cell::RefCell;
use std::ops::Range;

use crate::diag::{Diagnostic, Place, ProblemCount, SourceTexts, Span, more_problems};
use crate::time::Zone;

/// A TOML text, and the file that it is part of.
#[derive(Clone, Copy)]
pub(super) struct TomlSource<'t> {
    /// What messages call the file.
    pub file: &'t str,
    /// The whole file, without its byte order mark.
    pub text: &'t str,
    /// Where the TOML begins in `text`, in bytes.
    pub base: usize,
    /// The whole file, and the tables that it includes.
    pub texts: &'t SourceTexts<'t>,
}

impl<'t> TomlSource<'t> {
    /// The span in the file of a range of the TOML.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(range).shifted(self.base)
    }

    pub(super) fn place(&self, span: Span) -> Place {
        self.texts.place(span)
    }

    /// The text at a span.
    pub(super) fn written(&self, span: Span) -> &'t str {
        self.texts.written(span)
    }
}

pub(super) struct TomlDocument<'t> {
    pub source: TomlSource<'t>,
    /// The time zone of dates without a time and of times without an offset.
    pub zone: &'t Zone,
    /// The syntax errors. Values there are guesses, and are not reported again.
    pub broken: Vec<Span>,
    /// Its values are the cells of a table: numbers and dates are text too.
    pub is_of_cells: bool,
    found: RefCell<FoundProblems>,
}

#[derive(Default)]
struct FoundProblems {
    listed: Vec<Diagnostic>,
    count: ProblemCount,
}

impl<'t> TomlDocument<'t> {
    pub(super) fn new(
        source: TomlSource<'t>,
        zone: &'t Zone,
        broken: Vec<Span>,
        listed: Vec<Diagnostic>,
    ) -> Self {
        let found = RefCell::new(FoundProblems { listed, ..FoundProblems::default() });
        Self { source, zone, broken, is_of_cells: false, found }
    }

    pub(super) fn of_cells(source: TomlSource<'t>, zone: &'t Zone) -> Self {
        Self { is_of_cells: true, ..Self::new(source, zone, Vec::new(), Vec::new()) }
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        let mut found = self.found.borrow_mut();
        if found.count.takes(diagnostic.severity) {
            found.listed.push(diagnostic);
        }
    }

    /// `part` is what was read of the file, as "front matter".
    pub(super) fn into_diagnostics(self, part: &str) -> Vec<Diagnostic> {
        let FoundProblems { mut listed, count } = self.found.into_inner();
        listed.extend(more_problems(count, self.source.file, part));
        listed
    }

    pub(super) fn has_syntax_error_in(&self, span: Span) -> bool {
        self.broken.iter().any(|broken| broken.start <= span.end && span.start <= broken.end)
    }
}
