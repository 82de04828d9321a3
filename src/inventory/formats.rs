//! Rows as a table for people, and as CSV and JSON for programs.

use std::fmt::Write as _;

use serde_json::{Map, Value};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::rows::{ListCell, ListColumn, Listing};
use crate::report::json_line;
use crate::spreadsheet::without_formula;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    Table,
    Csv,
    Json,
}

impl Listing {
    /// The whole text, with a line break at its end; an empty table has its header only.
    #[must_use]
    pub fn written(&self, format: ListFormat) -> String {
        match format {
            ListFormat::Table => self.as_table(),
            ListFormat::Csv => self.as_csv(),
            ListFormat::Json => self.as_json(),
        }
    }

    fn as_table(&self) -> String {
        let shown: Vec<usize> =
            (0..self.columns.len()).filter(|column| self.columns[*column].width > 0).collect();
        let header = shown.iter().map(|column| self.columns[*column].name.replace('_', " ")).collect();
        let rows = self.rows.iter().map(|row| {
            shown.iter().map(|column| shortened(&in_table(&row[*column]), self.columns[*column])).collect()
        });
        let lines: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
        let widths: Vec<usize> = (0..shown.len())
            .map(|column| lines.iter().map(|line| line[column].width()).max().unwrap_or_default())
            .collect();
        let mut text = String::new();
        for line in lines {
            let mut row = String::new();
            for (cell, width) in line.iter().zip(&widths) {
                let padding = width.saturating_sub(cell.width());
                let _ = write!(row, "{cell}{}  ", " ".repeat(padding));
            }
            text.push_str(row.trim_end());
            text.push('\n');
        }
        text
    }

    fn as_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header: Vec<String> = self.columns.iter().map(|column| column.name.to_owned()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(in_spreadsheet).collect());
        for record in std::iter::once(header).chain(rows) {
            writer.write_record(record).expect("memory takes every write, and each row has every column");
        }
        let bytes = writer.into_inner().expect("memory takes every write");
        String::from_utf8(bytes).expect("each cell is text")
    }

    fn as_json(&self) -> String {
        let row = |row: &Vec<ListCell>| {
            let entries = self.columns.iter().zip(row);
            entries.map(|(column, cell)| (column.name.to_owned(), as_value(cell))).collect::<Map<_, _>>()
        };
        json_line(&self.rows.iter().map(row).map(Value::from).collect()) + "\n"
    }
}

fn in_spreadsheet(cell: &ListCell) -> String {
    let text = plain(cell);
    match cell {
        ListCell::Text(_) | ListCell::List(_) => without_formula(&text).into_owned(),
        ListCell::Nothing | ListCell::Number(_) | ListCell::Time(_) => text,
    }
}

/// Times without seconds and offset: they are in the site's zone.
fn in_table(cell: &ListCell) -> String {
    match cell {
        ListCell::Time(moment) => moment.to_string().chars().take(16).collect::<String>().replace('T', " "),
        ListCell::List(items) => items.join(", "),
        other => plain(other),
    }
}

fn plain(cell: &ListCell) -> String {
    match cell {
        ListCell::Nothing => String::new(),
        ListCell::Text(text) => text.clone(),
        ListCell::Number(number) => number.to_string(),
        ListCell::Time(moment) => moment.to_string(),
        ListCell::List(items) => items.join("; "),
    }
}

fn as_value(cell: &ListCell) -> Value {
    match cell {
        ListCell::Nothing => Value::Null,
        ListCell::Text(text) => Value::from(text.as_str()),
        ListCell::Number(number) => Value::from(*number),
        ListCell::Time(moment) => Value::from(moment.to_string()),
        ListCell::List(items) => items.iter().map(String::as_str).collect(),
    }
}

/// In one line, and no wider than the column.
fn shortened(text: &str, column: ListColumn) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.width() <= column.width {
        return line;
    }
    let mut kept = String::new();
    for letter in line.graphemes(true) {
        if kept.width() + letter.width() >= column.width {
            break;
        }
        kept.push_str(letter);
    }
    kept.trim_end().to_owned() + "…"
}
