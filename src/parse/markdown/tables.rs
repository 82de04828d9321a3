//! Tables: cells with the alignment of their column, in a box that scrolls if the table is wide.

use pulldown_cmark::Alignment;

use super::body_html::BodyHtml;
use crate::model::Slot;

/// Writes the open table. Tables do not nest.
#[derive(Default)]
pub(super) struct TableWriter {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The offsets of the open cell and of its content.
    cell_start: usize,
    content_start: usize,
}

impl TableWriter {
    /// A group and not a region: several landmarks with one name do not help to get around.
    pub(super) fn start(alignments: Vec<Alignment>, out: &mut BodyHtml) -> Self {
        out.raw("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"");
        out.slot(Slot::Word("table"));
        out.raw("\">\n<table>\n");
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

    pub(super) fn start_cell(&mut self, out: &mut BodyHtml) {
        self.cell_start = out.len();
        out.raw(if self.in_head { "<th scope=\"col\"" } else { "<td" });
        out.raw(match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"start\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"end\">",
            _ => ">",
        });
        self.content_start = out.len();
    }

    /// An empty cell is no header of a column.
    pub(super) fn end_cell(&mut self, out: &mut BodyHtml) {
        self.column += 1;
        if !self.in_head {
            return out.raw("</td>");
        }
        if out.len() == self.content_start {
            out.truncate(self.cell_start);
            return out.raw("<td></td>");
        }
        out.raw("</th>");
    }
}
