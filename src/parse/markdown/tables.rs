//! Tables: cells with the alignment of their column, in a box that scrolls if the table is wide.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::block_directions::DirectionReader;
use super::body_html::BodyHtml;
use super::problems::Problems;
use crate::diag::{Code, Diagnostic};
use crate::model::Slot;

/// Writes the open table. Tables do not nest.
#[derive(Default)]
pub(super) struct TableWriter {
    alignments: Vec<Alignment>,
    column: usize,
    /// Where the last cell ends in the body.
    cell_end: usize,
    in_head: bool,
    /// The offsets of the open cell and of its content.
    cell_start: usize,
    content_start: usize,
}

impl TableWriter {
    /// A group and not a region: several landmarks with one name do not help to get around.
    pub(super) fn start(
        alignments: Vec<Alignment>,
        directions: &mut DirectionReader,
        out: &mut BodyHtml,
    ) -> Self {
        out.raw("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
        out.slot(Slot::Word("table"));
        out.raw("\">\n");
        let tag = out.len();
        out.raw("<table>\n");
        if let Some(block) = directions.begin() {
            out.direction(block, tag);
        }
        Self { alignments, ..Self::default() }
    }

    pub(super) fn start_head(&mut self, out: &mut BodyHtml) {
        self.in_head = true;
        out.raw("<thead>\n");
        self.start_row(out);
    }

    pub(super) fn end_head(&mut self, out: &mut BodyHtml) {
        self.in_head = false;
        out.raw("</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn start_row(&mut self, out: &mut BodyHtml) {
        self.column = 0;
        out.raw("<tr>");
    }

    pub(super) fn start_cell(&mut self, directions: &mut DirectionReader, out: &mut BodyHtml) {
        self.cell_start = out.len();
        out.raw(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        out.raw(match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"start\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"end\">",
            _ => ">",
        });
        self.content_start = out.len();
        if let Some(block) = directions.begin() {
            out.direction(block, self.cell_start);
        }
    }

    /// An empty cell is no header of a column. `end` is in the body.
    pub(super) fn end_cell(&mut self, end: usize, directions: &mut DirectionReader, out: &mut BodyHtml) {
        directions.end();
        self.column += 1;
        self.cell_end = end;
        if !self.in_head {
            return out.raw("</td>");
        }
        if out.len() == self.content_start {
            out.truncate(self.cell_start);
            return out.raw("<td></td>");
        }
        out.raw("</th>");
    }

    /// Ends the row in `range` of the body. The parser drops cells beyond the header.
    pub(super) fn end_row(
        &self,
        range: &Range<usize>,
        body: &str,
        out: &mut BodyHtml,
        problems: &mut Problems<'_>,
    ) {
        out.raw("</tr>\n");
        let rest = body.get(self.cell_end..range.end).unwrap_or_default();
        let lost = rest.trim_start_matches(is_between_cells);
        let start = range.end.max(self.cell_end) - lost.len();
        let lost = lost.trim_end_matches(is_between_cells);
        if lost.is_empty() {
            return;
        }
        let columns = self.column;
        let cells = columns + lost.replace("\\|", "").split('|').count();
        let message =
            format!("this row has {cells} cells and its table {columns} columns: no reader sees the rest");
        let row = body.get(range.start..self.cell_end).unwrap_or_default();
        let help = if row.split('|').any(|cell| cell.matches('`').count() % 2 == 1) {
            "write `\\|` for a bar within code; each | ends a cell, in code too"
        } else {
            "add the column to the header and to the line of dashes, or write `\\|` for a bar in the text"
        };
        let diagnostic = Diagnostic::error(Code::LOST_CELL, message).label("lost").help(help);
        problems.add(start..start + lost.len(), diagnostic);
    }
}

fn is_between_cells(c: char) -> bool {
    c == '|' || c.is_ascii_whitespace()
}
