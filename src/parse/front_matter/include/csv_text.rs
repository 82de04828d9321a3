//! The rows of a CSV text (RFC 4180), each cell with its place.
//!
//! Owns how rows and cells are divided. The `csv` crate knows only where a row begins, and a message needs the
//! place of the cell. A property test compares the two.
//!
//! Invariant: a cell is a part of the text, unless it has quotes in it.

use std::borrow::Cow;

use crate::diag::Span;

/// One row. Rows without content are left out.
#[derive(Clone, Debug)]
pub struct CsvRow<'t> {
    pub cells: Vec<CsvCell<'t>>,
    pub span: Span,
}

/// The text of a cell, without the quotes and blanks around it, and where it is written.
#[derive(Clone, Debug)]
pub struct CsvCell<'t> {
    pub text: Cow<'t, str>,
    pub span: Span,
}

/// A quote that nothing closes.
#[derive(Debug)]
pub struct OpenQuote {
    pub span: Span,
}

/// Reads the rows of a text.
pub struct CsvRows<'t> {
    text: &'t str,
    separator: u8,
    at: usize,
    /// Where spans into the text begin.
    start: usize,
}

impl<'t> CsvRows<'t> {
    /// The separator is the one of `,`, `;` and tab that the first row has most of.
    #[must_use]
    pub fn new(text: &'t str, start: usize) -> Self {
        Self { text, separator: separator_of(text), at: 0, start }
    }

    fn row(&mut self) -> Result<CsvRow<'t>, OpenQuote> {
        let begin = self.at;
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell()?);
            let next = self.text.as_bytes().get(self.at);
            if next != Some(&self.separator) {
                break;
            }
            self.at += 1;
        }
        let span = Span::new(begin..self.at).shifted(self.start);
        self.skip_line_end();
        Ok(CsvRow { cells, span })
    }

    fn cell(&mut self) -> Result<CsvCell<'t>, OpenQuote> {
        let begin = self.at;
        let rest = &self.text[begin..];
        let quoted = if rest.starts_with('"') { Some(self.quoted()?) } else { None };
        let behind = self.at;
        self.at += self.text[behind..].bytes().take_while(|byte| !self.ends_cell(*byte)).count();
        let tail = &self.text[behind..self.at];
        let text = match quoted {
            Some(inner) if tail.trim().is_empty() => inner,
            Some(inner) => Cow::Owned(format!("{inner}{tail}")),
            None => Cow::Borrowed(tail),
        };
        Ok(CsvCell { text: trimmed(text), span: Span::new(begin..self.at).shifted(self.start) })
    }

    /// What is between quotes; two quotes within them are one.
    fn quoted(&mut self) -> Result<Cow<'t, str>, OpenQuote> {
        let begin = self.at + 1;
        let mut end = begin;
        loop {
            let Some(quote) = self.text[end..].find('"') else {
                let span = Span::new(self.at..begin).shifted(self.start);
                self.at = self.text.len();
                return Err(OpenQuote { span });
            };
            end += quote;
            if !self.text[end + 1..].starts_with('"') {
                break;
            }
            end += 2;
        }
        self.at = end + 1;
        let inner = &self.text[begin..end];
        Ok(if inner.contains('"') { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) })
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.separator || byte == b'\n' || byte == b'\r'
    }

    fn skip_line_end(&mut self) {
        let line_end = if self.text[self.at..].starts_with("\r\n") { 2 } else { 1 };
        self.at = (self.at + line_end).min(self.text.len());
    }
}

impl<'t> Iterator for CsvRows<'t> {
    type Item = Result<CsvRow<'t>, OpenQuote>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.text.len() {
            match self.row() {
                Ok(row) if row.cells.iter().all(|cell| cell.text.is_empty()) => {}
                row => return Some(row),
            }
        }
        None
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Commas, if none is in the first row.
fn separator_of(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in first.bytes() {
        is_quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| !is_quoted && *separator == byte) {
            *count += 1;
        }
    }
    // The first of equally frequent ones.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let rows = CsvRows::new(text, 0).map(Result::unwrap);
        rows.map(|row| row.cells.iter().map(|cell| cell.text.to_string()).collect()).collect()
    }

    #[test]
    fn the_separator_is_found_in_the_first_row() {
        assert_eq!(cells("a;b,c;d\n1;2;3\n"), [["a", "b,c", "d"], ["1", "2", "3"]]);
        assert_eq!(cells("\"a,b,c\"\td\r\n1\t2"), [["a,b,c", "d"], ["1", "2"]]);
        assert_eq!(cells("a\n\n , \n1"), [["a"], ["1"]]);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_found_where_it_opens() {
        let mut rows = CsvRows::new("a,b\n1,\"2\n3,4\n", 10);
        assert!(rows.next().unwrap().is_ok());
        assert_eq!(rows.next().unwrap().unwrap_err().span, Span::new(16..17));
        assert!(rows.next().is_none());
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_as_it_was(
            rows in prop::collection::vec(prop::collection::vec("[a-z\";,\\n\\r\t 1-9ع]{0,6}", 3), 1..6),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["x", "y", "z"]).unwrap();
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let trimmed = rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>());
            let wanted: Vec<_> = trimmed.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
            prop_assert_eq!(&cells(&text)[1..], wanted);
        }

        #[test]
        fn every_cell_is_within_the_text(text in "[a\",;\\n\\r\tع]{0,40}") {
            for row in CsvRows::new(&text, 0).flatten() {
                for cell in row.cells {
                    prop_assert!(text.get(cell.span.range()).is_some());
                }
            }
        }
    }
}
