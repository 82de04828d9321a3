//! A typed reader of TOML that collects diagnostics instead of stopping, and the registry of keys.
//!
//! Owns what is the same in every TOML file that a person writes for us: syntax errors in plain
//! words, types, empty and missing values, unknown keys, refused characters. Knows no key: the
//! rooms that read a kind of file declare its keys with [`table!`], which documents them too.
//!
//! Invariant: an error in one value never hides one in another, and every unknown key is reported.

mod characters;
mod dates;
mod declare;
mod document;
mod empty;
mod registry;
mod rows;
mod syntax_errors;
mod table;
mod types;
mod value;
mod words;

use std::ops::Range;

use toml::de::DeTable;

use crate::diag::{Diagnostic, SourceTexts, Span};
use crate::time::Zone;
use document::{TomlDocument, TomlSource};

pub use characters::{BOM, Lines, forbidden_character, invisible_name, is_web_url, shown, without_bom};
pub use registry::{DefaultDoc, FileKind, KeyDoc, TableDoc, ValueType, capitalised, one_line};
pub use rows::{RowEntries, RowTables};
pub use table::{TableKeys, TomlTable};
pub use types::{
    ByKey, FromLine, FromToml, ManyLines, Name, Number, Once, OneLine, OneOf, ToToml, WebAddress, Whole,
};
pub use value::{TomlValue, UnreadTable};
pub use words::Word;
pub(crate) use {declare::table, words::words};

/// A TOML text, and the file that it is part of.
#[derive(Debug)]
pub struct TomlText<'t> {
    file: &'t str,
    text: &'t str,
    toml: Range<usize>,
    texts: SourceTexts<'t>,
}

impl<'t> TomlText<'t> {
    /// The bytes `toml` of `text`, which is the whole file without its byte order mark: places count
    /// from its start. `file` is what messages call it.
    #[must_use]
    pub fn new(file: &'t str, text: &'t str, toml: Range<usize>) -> Self {
        Self { file, text, toml, texts: SourceTexts::new(file, text) }
    }

    /// Adds a file that this one includes. Spans into it begin at `start`.
    #[must_use]
    pub fn with_included(self, file: &'t str, text: &'t str, start: usize) -> Self {
        Self { texts: self.texts.with(file, text, start), ..self }
    }

    /// Reads the text, and gives the diagnostics too.
    ///
    /// Missing keys are reported at `opening`. Dates without a time, and times without an offset, are in `zone`.
    ///
    /// # Panics
    /// If the TOML is not a range of the text on character boundaries.
    pub fn read<T>(
        &self,
        opening: Span,
        zone: &Zone,
        read: impl FnOnce(UnreadTable<'_>) -> T,
    ) -> (T, Vec<Diagnostic>) {
        let toml = &self.text[self.toml.clone()];
        let source =
            TomlSource { file: self.file, text: self.text, base: self.toml.start, texts: &self.texts };
        let (table, errors) = DeTable::parse_recoverable(toml);
        if errors.is_empty() {
            let document = TomlDocument::new(source, zone, Vec::new(), Vec::new());
            return read_root(document, table.get_ref(), opening, read);
        }
        let (toml, errors) = syntax_errors::without_lone_keys(toml);
        let table = DeTable::parse_recoverable(&toml).0;
        let errors = syntax_errors::explain(&errors, table.get_ref(), &source);
        let table = if errors.is_hopeless { &DeTable::new() } else { table.get_ref() };
        let document = TomlDocument::new(source, zone, errors.spans, errors.diagnostics);
        read_root(document, table, opening, read)
    }
}

fn read_root<'t, T>(
    document: TomlDocument<'t>,
    entries: &DeTable<'t>,
    at: Span,
    read: impl FnOnce(UnreadTable<'_>) -> T,
) -> (T, Vec<Diagnostic>) {
    let value =
        read(UnreadTable { document: &document, entries, at, outer: None, hidden: "", elsewhere: |_| None });
    (value, document.into_diagnostics("front matter"))
}

#[cfg(test)]
mod tests;
