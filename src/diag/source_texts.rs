//! The text of a file, and those of the tables that it includes.
//!
//! Owns how one span can point into any of them: spans count through all the texts, each from its start. So a
//! claim that comes from a row of a table is reported at that row, by the same code as one that is written.

use std::cell::OnceCell;

use super::place::{Place, PlaceIndex};
use super::span::Span;

#[derive(Debug)]
pub struct SourceTexts<'t> {
    /// In the order of their starts; the first begins at 0.
    texts: Vec<SourceText<'t>>,
}

#[derive(Debug)]
pub struct SourceText<'t> {
    pub file: &'t str,
    pub text: &'t str,
    /// Where spans into it begin.
    pub start: usize,
    /// Made at the first fault: most files have none.
    index: OnceCell<PlaceIndex>,
}

impl<'t> SourceTexts<'t> {
    #[must_use]
    pub fn new(file: &'t str, text: &'t str) -> Self {
        Self { texts: vec![SourceText { file, text, start: 0, index: OnceCell::new() }] }
    }

    /// Adds the text of another file. `start` is behind the end of those before it.
    #[must_use]
    pub fn with(mut self, file: &'t str, text: &'t str, start: usize) -> Self {
        self.texts.push(SourceText { file, text, start, index: OnceCell::new() });
        self
    }

    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let found = self.of(span);
        let index = found.index.get_or_init(|| PlaceIndex::new(found.text));
        index.place(found.file, found.text, span.from(found.start))
    }

    /// The text at a span.
    #[must_use]
    pub fn written(&self, span: Span) -> &'t str {
        let found = self.of(span);
        found.text.get(span.from(found.start).range()).unwrap_or_default()
    }

    /// The text that a span points into.
    #[must_use]
    pub fn of(&self, span: Span) -> &SourceText<'t> {
        let begun = self.texts.partition_point(|text| text.start <= span.start as usize);
        &self.texts[begun - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_points_into_the_text_that_it_begins_in() {
        let texts = SourceTexts::new("a.md", "one\ntwo").with("b.csv", "three\nfour", 8);
        let place = texts.place(Span::new(4..7));
        assert_eq!((place.file.as_str(), place.line, place.column), ("a.md", 2, 1));
        let place = texts.place(Span::new(14..18));
        assert_eq!((place.file.as_str(), place.line, place.column), ("b.csv", 2, 1));
        assert_eq!(texts.written(Span::new(8..13)), "three");
        assert_eq!(texts.place(Span::new(99..99)).file, "b.csv", "a span behind the end is clipped");
    }
}
