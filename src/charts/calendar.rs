//! The days of a month or the months of a year, each with its number of claims and a bar.

use super::canvas::{Canvas, Chart, Frame, NARROWEST, Share, WHOLE};
use super::text::{escaped, width_of};

/// A day or a month of the grid.
#[derive(Clone, Debug)]
pub struct CalendarCell {
    /// The day's number or the month's name.
    pub name: String,
    pub claims: usize,
    /// `claims` in the digits of the reader.
    pub number: String,
    /// Of its page; empty without one.
    pub url: String,
    /// Its date and its claims in words, for screen readers.
    pub label: String,
}

/// A grid of days or months.
#[derive(Clone, Debug)]
pub struct CalendarGrid<'a> {
    /// At least 1.
    pub columns: usize,
    /// Names of the columns, from the longest to the shortest; the first that fit are used. May be empty.
    pub headings: &'a [Vec<String>],
    /// How many columns of the first line stay empty.
    pub skipped: usize,
    pub cells: &'a [CalendarCell],
    /// The claims of the longest bar; the same for all grids shown together.
    pub most: usize,
}

const ROW: i64 = 48;

/// None without a cell.
pub fn draw(frame: &Frame<'_>, grid: &CalendarGrid<'_>) -> Option<Chart> {
    let columns = grid.columns.max(1);
    if grid.cells.is_empty() {
        return None;
    }
    let lines = (grid.skipped + grid.cells.len()).div_ceil(columns);
    let head = if grid.headings.is_empty() { 0 } else { 20 };
    let height = head + ROW * i64::try_from(lines).unwrap_or(0) + 2;
    let mut canvas = Canvas::as_wide_as_the_page(frame, height, true);
    let width = WHOLE / i64::try_from(columns).unwrap_or(WHOLE);
    for (heading, column) in headings(grid, columns).iter().zip(0..) {
        let attributes = " font-size=\"13\" text-anchor=\"middle\"";
        canvas.text(column * width + width / 2, 13, attributes, heading);
    }
    for (cell, index) in grid.cells.iter().zip(grid.skipped..) {
        let at = i64::try_from(index % columns).unwrap_or(0) * width;
        let line = i64::try_from(index / columns).unwrap_or(0);
        draw_cell(&mut canvas, cell, (at, width), head + line * ROW, grid.most);
    }
    Some(canvas.finish(0))
}

/// The first names that do not touch on the narrowest page, or else the last ones.
fn headings<'g>(grid: &CalendarGrid<'g>, columns: usize) -> &'g [String] {
    const SIZE: usize = 13;
    let room = usize::try_from(NARROWEST).unwrap_or(0) / columns * 100 / SIZE;
    let fit = |names: &&Vec<String>| names.iter().all(|name| width_of(name) + width_of(" ") <= room);
    grid.headings.iter().find(fit).or(grid.headings.last()).map_or(&[], Vec::as_slice)
}

fn draw_cell(canvas: &mut Canvas, cell: &CalendarCell, (at, width): (Share, Share), top: i64, most: usize) {
    if cell.url.is_empty() {
        canvas.bar(
            (at + 60, at + width - 60),
            top + 1,
            ROW - 3,
            " fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".55\"",
        );
        canvas.text(at + width / 2, top + 17, " font-size=\"13\" text-anchor=\"middle\"", &cell.name);
        return;
    }
    let url = escaped(&cell.url);
    let label = escaped(&cell.label);
    // Not `aria-label`, which would have to contain the visible text letter for letter.
    canvas.put(format_args!("<a href=\"{url}\"><title>{label}</title>"));
    canvas.bar((at + 60, at + width - 60), top + 1, ROW - 3, " fill-opacity=\".06\" stroke=\"currentColor\"");
    let attributes = " font-size=\"13\" text-anchor=\"middle\" text-decoration=\"underline\"";
    canvas.text(at + width / 2, top + 17, attributes, &cell.name);
    if cell.claims > 0 {
        canvas.text(at + width / 2, top + 34, " font-weight=\"700\" text-anchor=\"middle\"", &cell.number);
        let room = width - 300;
        let length = room * share_of(cell.claims, most) / WHOLE;
        canvas.bar((at + 150, at + 150 + length.max(120)), top + 38, 5, "");
    }
    canvas.put(format_args!("</a>"));
}

fn share_of(claims: usize, most: usize) -> Share {
    let part = claims.min(most) as u128 * 10_000 / most.max(1) as u128;
    Share::try_from(part).unwrap_or(WHOLE)
}
