//! Tables as text: in columns if they are narrow enough, or else row by row, each cell after the name
//! of its column.

use super::lines::{Block, Blocks, Form, width};

/// Columns between two columns of a table.
const BETWEEN: usize = 2;

pub struct TextCell {
    /// The name of its column on a narrow screen; may be empty.
    pub label: String,
    pub is_head: bool,
    pub blocks: Vec<Block>,
}

impl TextCell {
    /// The whole cell, if it is one piece of text.
    fn single(&self) -> Option<&str> {
        match self.blocks.as_slice() {
            [] => Some(""),
            [block] if block.form == Form::Text && block.first.is_empty() => Some(&block.text),
            _ => None,
        }
    }
}

#[derive(Default)]
pub struct TextTable {
    rows: Vec<Vec<TextCell>>,
}

impl TextTable {
    pub fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub fn push(&mut self, cell: TextCell) {
        if self.rows.is_empty() {
            self.begin_row();
        }
        self.rows.last_mut().expect("one was just pushed").push(cell);
    }

    pub fn write(mut self, out: &mut Blocks, room: usize) {
        self.rows.retain(|row| !row.is_empty());
        match self.widths().filter(|widths| is_narrow(widths, room)) {
            Some(widths) => self.write_columns(&widths, out),
            None => self.write_rows(out),
        }
    }

    /// The width of each column, if every cell is one piece of text.
    fn widths(&self) -> Option<Vec<usize>> {
        let mut widths = Vec::new();
        for row in &self.rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (cell, widest) in row.iter().zip(&mut widths) {
                *widest = width(cell.single()?).max(*widest);
            }
        }
        Some(widths)
    }

    fn write_columns(&self, widths: &[usize], out: &mut Blocks) {
        for (index, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for (position, cell) in row.iter().enumerate() {
                let text = cell.single().unwrap_or_default();
                line.push_str(text);
                if position + 1 < row.len() {
                    line.extend(std::iter::repeat_n(' ', widths[position] + BETWEEN - width(text)));
                }
            }
            out.push(Form::Verbatim, line);
            if index == 0 && row.iter().all(|cell| cell.is_head) && self.rows.len() > 1 {
                let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
                out.push(Form::Verbatim, rules.join(&" ".repeat(BETWEEN)));
            }
        }
    }

    fn write_rows(self, out: &mut Blocks) {
        let mut names: Vec<String> = Vec::new();
        for (index, row) in self.rows.into_iter().enumerate() {
            if index == 0 && row.iter().all(|cell| cell.is_head) {
                names = row.iter().map(|cell| cell.single().unwrap_or_default().to_owned()).collect();
                continue;
            }
            out.gap();
            for (position, cell) in row.into_iter().enumerate() {
                let name = if cell.label.is_empty() { names.get(position) } else { Some(&cell.label) };
                let mut blocks = cell.blocks.into_iter();
                let Some(mut first) = blocks.next() else { continue };
                match name.filter(|name| !name.is_empty()) {
                    Some(name) if first.first.is_empty() && first.form == Form::Text => {
                        first.text.insert_str(0, &format!("{name}: "));
                    }
                    Some(name) => out.push(Form::Text, format!("{name}:")),
                    None => {}
                }
                first.indent("", "  ");
                out.push_block(first);
                for mut block in blocks {
                    block.indent("  ", "  ");
                    out.push_block(block);
                }
            }
        }
        out.gap();
    }
}

fn is_narrow(widths: &[usize], room: usize) -> bool {
    widths.iter().sum::<usize>() + BETWEEN * widths.len().saturating_sub(1) <= room
}
