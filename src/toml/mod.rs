//! A typed reader over TOML that collects diagnostics instead of stopping.
//!
//! Owns what is the same for every TOML that a person writes for us: syntax errors told in our
//! words, types, empty and missing values, unknown keys, characters that are refused. Does not
//! know what any key means (`config` and `parse::front_matter` do).
//!
//! Invariant: a fault in one value never hides one in another, and every key that nobody asked
//! for is told, since only the reader itself ends a table.

mod characters;
mod reader;
mod syntax_errors;
mod value;

use std::cell::RefCell;
use std::ops::Range;

use toml::de::{DeTable, Error};

use crate::diag::{Diagnostic, Place, Span};

pub use characters::{BOM, Shape, forbidden_character, is_web_url, shown, without_bom};
pub use reader::Reader;

/// A TOML text, and the file that it stands in.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    file: &'t str,
    text: &'t str,
    toml: Range<usize>,
}

impl<'t> Document<'t> {
    /// The bytes `toml` of `text`, which is the whole file without byte order mark; every place
    /// counts in it. `file` is what messages call it.
    #[must_use]
    pub fn new(file: &'t str, text: &'t str, toml: Range<usize>) -> Self {
        Self { file, text, toml }
    }

    /// Reads the whole of it; keys that `read` did not ask for are errors.
    ///
    /// `noun` says what is read, as in "a briefing"; `opening` is where a missing key is told.
    ///
    /// # Panics
    /// Where the TOML is not a range of the text on character boundaries.
    pub fn read<T>(
        &self,
        noun: &'static str,
        opening: Span,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> (T, Vec<Diagnostic>) {
        let toml = &self.text[self.toml.clone()];
        let (table, errors) = DeTable::parse_recoverable(toml);
        if let Some((patched, errors)) = syntax_errors::blank_keys_alone(toml, &errors) {
            let (table, _) = DeTable::parse_recoverable(&patched);
            return Context::new(self, table.into_inner(), &errors).read(noun, opening, read);
        }
        Context::new(self, table.into_inner(), &errors).read(noun, opening, read)
    }
}

/// A parsed text, with the diagnostics that reading it has given so far.
struct Context<'t> {
    file: &'t str,
    /// The whole file: excerpts are cut from it.
    text: &'t str,
    /// Where the TOML begins in `text`, in bytes.
    base: usize,
    table: DeTable<'t>,
    /// Of the syntax errors; what was read there is a guess, and is not told about again.
    broken: Vec<Span>,
    told: RefCell<Vec<Diagnostic>>,
}

impl<'t> Context<'t> {
    fn new(document: &Document<'t>, table: DeTable<'t>, errors: &[Error]) -> Self {
        let (file, text, base) = (document.file, document.text, document.toml.start);
        let found = syntax_errors::explain(errors, &table, &syntax_errors::Source { file, text, base });
        let table = if found.is_hopeless { DeTable::new() } else { table };
        Self { file, text, base, table, broken: found.spans, told: RefCell::new(found.told) }
    }

    fn read<T>(
        self,
        noun: &'static str,
        opening: Span,
        read: impl FnOnce(&mut Reader<'_>) -> T,
    ) -> (T, Vec<Diagnostic>) {
        let mut root = Reader::new(&self, &self.table, opening, noun, &[]);
        let value = read(&mut root);
        root.finish();
        (value, self.told.into_inner())
    }

    fn tell(&self, diagnostic: Diagnostic) {
        self.told.borrow_mut().push(diagnostic);
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.file, self.text, span)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(range).shifted(self.base)
    }

    /// What stands in the file at a span.
    fn written(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn has_syntax_error_in(&self, span: Span) -> bool {
        self.broken.iter().any(|broken| broken.start <= span.end && span.start <= broken.end)
    }
}

#[cfg(test)]
mod tests;
