//! The rows of a table in another file, each as a TOML table: its cells are read, checked and reported as values
//! are.
//!
//! Owns how values are made of cells, which are text, numbers and dates too. Does not know how the file is written.

use std::borrow::Cow;

use toml::de::{DeArray, DeTable, DeValue};

use super::document::{TomlDocument, TomlSource};
use super::table::{TableKeys, TomlTable};
use super::value::UnreadTable;
use crate::diag::{Diagnostic, Place, Span};

/// The rows of one file.
pub struct RowTables<'t> {
    document: TomlDocument<'t>,
    /// Where spans into the file begin.
    start: usize,
    rows: Vec<(Span, DeTable<'t>)>,
}

/// The values of one row. Spans count through all texts.
#[derive(Default)]
pub struct RowEntries<'t>(DeTable<'t>);

impl<'t> RowEntries<'t> {
    pub fn text(&mut self, key: &'static str, span: Span, text: Cow<'t, str>) {
        self.insert(key, span, DeValue::String(text));
    }

    pub fn list(
        &mut self,
        key: &'static str,
        span: Span,
        items: impl IntoIterator<Item = (Span, Cow<'t, str>)>,
    ) {
        let mut list = DeArray::new();
        for (span, text) in items {
            list.push(toml::Spanned::new(span.range(), DeValue::String(text)));
        }
        self.insert(key, span, DeValue::Array(list));
    }

    pub fn flag(&mut self, key: &'static str, span: Span) {
        self.insert(key, span, DeValue::Boolean(true));
    }

    pub fn table(&mut self, key: &'static str, span: Span, entries: Self) {
        self.insert(key, span, DeValue::Table(entries.0));
    }

    pub fn tables(&mut self, key: &'static str, span: Span, items: Vec<Self>) {
        let mut list = DeArray::new();
        for item in items {
            list.push(toml::Spanned::new(span.range(), DeValue::Table(item.0)));
        }
        self.insert(key, span, DeValue::Array(list));
    }

    fn insert(&mut self, key: &'static str, span: Span, value: DeValue<'t>) {
        let key = toml::Spanned::new(span.range(), Cow::Borrowed(key));
        self.0.insert(key, toml::Spanned::new(span.range(), value));
    }
}

impl<'t> RowTables<'t> {
    /// For the rows of the file whose spans begin at `start`; `table` is of the file that includes it.
    #[must_use]
    pub fn new(table: &TomlTable<'t>, start: usize) -> Self {
        let including = table.document();
        let texts = including.source.texts;
        let included = texts.of(Span::new(start..start));
        let source = TomlSource { file: included.file, text: included.text, base: 0, texts };
        Self { document: TomlDocument::of_cells(source, including.zone), start, rows: Vec::new() }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.document.source.text
    }

    /// The begin of the file.
    #[must_use]
    pub fn start(&self) -> Span {
        Span::new(self.start..self.start)
    }

    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.document.source.place(span)
    }

    pub fn push(&mut self, span: Span, entries: RowEntries<'t>) {
        self.rows.push((span, entries.0));
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.document.report(diagnostic);
    }

    /// Each row, with the keys of its kind.
    pub fn read<'d, K: TableKeys<'d>>(&'d self) -> impl Iterator<Item = K> {
        self.rows.iter().map(|(at, entries)| {
            K::read(UnreadTable {
                document: &self.document,
                entries,
                at: *at,
                outer: None,
                hidden: "",
                elsewhere: |_| None,
            })
        })
    }

    #[must_use]
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.document.into_diagnostics("file")
    }
}
