//! Tables: cells that know their column, in a box that scrolls where the table is wide.

use pulldown_cmark::Alignment;

use super::body_html::BodyHtml;
use crate::model::Slot;

/// The table that is read. Tables do not stand within each other.
#[derive(Default)]
pub(super) struct TableWriter {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// Where the cell that is read, and what is in it, begin.
    cell_start: usize,
    content_start: usize,
}

impl TableWriter {
    /// A group and not a region: several landmarks of one name help nobody who steps through them.
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

    /// An empty cell heads nothing, so it is no header.
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
