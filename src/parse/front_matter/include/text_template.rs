//! The text of the claims of a table: words of the writer, with the headers of columns in braces.
//!
//! The build has no words of its own for what a row says: which noun, tense or preposition fits, only the writer
//! knows.

use super::columns::Columns;
use super::csv_text::CsvRow;
use crate::diag::{Code, Diagnostic};
use crate::model::Name;
use crate::toml::{RowTables, TomlTable, shown};

pub struct TextTemplate {
    parts: Vec<TemplatePart>,
}

enum TemplatePart {
    Words(Box<str>),
    Column(usize),
}

impl TextTemplate {
    /// `None` if a brace is not closed or a column does not exist, which is reported.
    pub fn parse(table: &TomlTable<'_>, text: &Name, columns: &Columns<'_>) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = &*text.value;
        while let Some((words, after)) = rest.split_once('{') {
            let Some((header, after)) = after.split_once('}') else {
                let message = "a brace is not closed";
                let help = "write the header of a column between { and }";
                table.error(Code::UNKNOWN_COLUMN, text.span, message, "names no column", help);
                return None;
            };
            parts.push(TemplatePart::Words(words.into()));
            parts.push(TemplatePart::Column(columns.find(table, header.trim(), text.span)?));
            rest = after;
        }
        parts.push(TemplatePart::Words(rest.into()));
        Some(Self { parts })
    }

    /// The text of a row. `None` if a cell that it needs is empty, which is reported.
    pub fn fill(&self, row: &CsvRow<'_>, columns: &Columns<'_>, rows: &RowTables<'_>) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                TemplatePart::Words(words) => text.push_str(words),
                TemplatePart::Column(column) => {
                    let cell = &row.cells[*column];
                    if cell.text.is_empty() {
                        let header = shown(columns.header(*column));
                        let message = format!("`text` needs \"{header}\", and the cell is empty");
                        let place =
                            rows.place(if cell.span.start == cell.span.end { row.span } else { cell.span });
                        let diagnostic =
                            Diagnostic::error(Code::EMPTY_CELL, message).at(place).label("nothing in it");
                        rows.report(
                            diagnostic.help("fill it, or name a column for `text` that each row has"),
                        );
                        return None;
                    }
                    text.push_str(&cell.text);
                }
            }
        }
        Some(text)
    }
}
