//! The cells of one row of a table.

use crate::spreadsheet::without_formula;

/// Between the items of a list.
const SEPARATOR: &str = "; ";

/// The cells of a row, one after the other in one text.
pub struct Cells<'s> {
    /// Those of translations, each with a column.
    languages: &'s [String],
    text: String,
    /// Where each cell ends.
    ends: Vec<usize>,
}

impl<'s> Cells<'s> {
    pub fn new(languages: &'s [String]) -> Self {
        Self { languages, text: String::new(), ends: Vec::new() }
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub fn languages(&self) -> &'s [String] {
        self.languages
    }

    /// A number, or anything else that is no formula.
    pub fn push_raw(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub fn push_text(&mut self, text: &str) {
        self.push_raw(&without_formula(text));
    }

    /// The cells of several rows, joined by column. Items without a value keep their position.
    pub fn push_joined(&mut self, rows: &[Self]) {
        let Some(first) = rows.first() else { return };
        for column in 0..first.ends.len() {
            if rows.iter().any(|row| !row.cell(column).is_empty()) {
                for (index, row) in rows.iter().enumerate() {
                    if index > 0 {
                        self.text.push_str(SEPARATOR);
                    }
                    self.text.push_str(row.cell(column));
                }
            }
            self.ends.push(self.text.len());
        }
    }

    pub fn cell(&self, column: usize) -> &str {
        let begin = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[begin..self.ends[column]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_position_in_every_column() {
        let row = |cells: [&str; 3]| {
            let mut row = Cells::new(&[]);
            cells.iter().for_each(|cell| row.push_text(cell));
            row
        };
        let mut joined = Cells::new(&[]);
        joined.push_text("first");
        joined.push_joined(&[row(["", "=1", ""]), row(["b", "B", ""]), row(["", "C", ""])]);
        let cells: Vec<&str> = (0..4).map(|column| joined.cell(column)).collect();
        assert_eq!(cells, ["first", "; b; ", "'=1; B; C", ""]);
    }
}
