//! A parsed text, its place in its file, and the diagnostics that reading it gave so far.

use std::cell::RefCell;
use std::ops::Range;

use crate::diag::{Diagnostic, Place, Span};
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
}

impl<'t> TomlSource<'t> {
    /// The span in the file of a range of the TOML.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(range).shifted(self.base)
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.file, self.text, span)
    }

    /// The text of the file at a span.
    pub(super) fn written(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

pub(super) struct TomlDocument<'t> {
    pub source: TomlSource<'t>,
    /// The time zone of dates without a time.
    pub zone: &'t Zone,
    /// The syntax errors. Values there are guesses, and are not reported again.
    pub broken: Vec<Span>,
    pub diagnostics: RefCell<Vec<Diagnostic>>,
}

impl TomlDocument<'_> {
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    pub(super) fn has_syntax_error_in(&self, span: Span) -> bool {
        self.broken.iter().any(|broken| broken.start <= span.end && span.start <= broken.end)
    }
}
