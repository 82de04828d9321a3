//! Days of a month, or months of a year, each with how many claims it has: a number, and a bar.

use super::{Canvas, Frame, NARROWEST, Picture, Share, WHOLE, escaped, width_of};

/// A day or a month of the grid.
#[derive(Clone, Debug)]
pub struct Cell {
    /// What stands in its corner: the day's number, the month's name.
    pub name: String,
    /// How many claims; 0 for none.
    pub claims: usize,
    /// `claims` in the digits of the reader.
    pub number: String,
    /// Where its page is; empty where it has none.
    pub url: String,
    /// Its date and its claims in words, for those who listen.
    pub label: String,
}

/// A grid of days or months.
#[derive(Clone, Debug)]
pub struct Grid<'a> {
    /// At least 1.
    pub columns: usize,
    /// Above the columns: names from the longest to the shortest, of which the first that fit are taken;
    /// may be empty.
    pub headings: &'a [Vec<String>],
    /// Columns of the first line that stay empty.
    pub skipped: usize,
    pub cells: &'a [Cell],
    /// The claims of the longest bar; that of all grids that stand together.
    pub most: usize,
}

const ROW: i64 = 48;

/// None where there is no cell.
#[must_use]
pub fn draw(frame: &Frame<'_>, grid: &Grid<'_>) -> Option<Picture> {
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
        let (line, column) = (index / columns, index % columns);
        let at = |n: usize| i64::try_from(n).unwrap_or(0);
        draw_cell(&mut canvas, cell, (at(column) * width, width), head + at(line) * ROW, grid.most);
    }
    Some(canvas.finish(0))
}

/// Those that stand apart on the narrowest page, or else the last ones.
fn headings<'g>(grid: &Grid<'g>, columns: usize) -> &'g [String] {
    const SIZE: usize = 13;
    let room = usize::try_from(NARROWEST).unwrap_or(0) / columns * 100 / SIZE;
    let fit = |names: &&Vec<String>| names.iter().all(|name| width_of(name) + width_of(" ") <= room);
    grid.headings.iter().find(fit).or(grid.headings.last()).map_or(&[], Vec::as_slice)
}

fn draw_cell(canvas: &mut Canvas, cell: &Cell, (at, width): (Share, Share), top: i64, most: usize) {
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
    let (url, label) = (escaped(&cell.url), escaped(&cell.label));
    // A name by `aria-label` would have to hold what is seen, letter for letter.
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
