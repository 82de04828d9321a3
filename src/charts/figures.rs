//! The figures of one measure as ranges on one scale, a row per source, each with its number at its mark. Nothing
//! is added up.

use super::axis::label_width;
use super::canvas::{Canvas, Chart, Frame, RowName, Share, WHOLE};
use super::marks::{GUTTER, LEGEND_LINE, Mark, Sign};

/// The most rows of one chart; the table below it has all of them.
pub const MOST_ROWS: usize = 20;

/// What one source counted. All numbers are finite and not negative.
#[derive(Clone, Debug)]
pub struct FigureBar {
    /// Where, and who counted.
    pub name: RowName,
    /// How many, in words.
    pub label: String,
    pub min: Option<f64>,
    pub best: Option<f64>,
    pub max: Option<f64>,
    pub vague: bool,
    /// How many wholes it is a part of.
    pub depth: usize,
}

/// The words of a chart of figures.
pub struct FigureWords<'a> {
    /// The meaning of the signs: no known limit, best estimate, not exact.
    pub open: &'a str,
    pub best: &'a str,
    pub vague: &'a str,
}

const ROW: i64 = 44;

/// The rows in the given order, from 0 to `most`, the largest number of the measure. None if no row has a
/// number.
pub fn draw(frame: &Frame<'_>, rows: &[FigureBar], most: f64, words: &FigureWords<'_>) -> Option<Chart> {
    let drawn: Vec<&FigureBar> = rows.iter().filter(|row| row.has_number()).take(MOST_ROWS).collect();
    let scale = NumberScale::of(&drawn, most)?;
    let signs = signs(&drawn, words);
    let pixels = |count: usize, each: i64| i64::try_from(count).unwrap_or(i64::MAX) * each;
    let rows_height = pixels(drawn.len(), ROW);
    let mut canvas =
        Canvas::as_wide_as_the_page(frame, rows_height + pixels(signs.len(), LEGEND_LINE) + 6, false);
    for (row, top) in drawn.iter().zip((0..).map(|index| index * ROW)) {
        draw_row(&mut canvas, row, &scale, top);
    }
    canvas.legend(&signs, rows_height + LEGEND_LINE - 2);
    Some(canvas.finish(rows.len() - drawn.len()))
}

impl FigureBar {
    pub fn has_number(&self) -> bool {
        self.min.or(self.best).or(self.max).is_some()
    }

    /// Only the least is known.
    fn is_open(&self) -> bool {
        self.max.is_none() && self.best.is_none()
    }

    /// The number that the source gave, if it is no range.
    fn one(&self) -> Option<f64> {
        self.best.or(self.min.filter(|min| self.max == Some(*min)))
    }
}

struct NumberScale {
    /// The largest number, and at least 1.
    top: f64,
    /// Where the scale ends: numbers, and arrows for figures without an upper limit, need room.
    end: Share,
}

impl NumberScale {
    fn of(rows: &[&FigureBar], most: f64) -> Option<Self> {
        let numbers = rows.iter().flat_map(|row| [row.min, row.best, row.max]).flatten();
        // A float cannot count the steps of a longer scale.
        let top = numbers.fold(most, f64::max).min(1e15);
        let gutter = if rows.iter().any(|row| row.is_open()) { GUTTER } else { 0 };
        // Each number is after its mark.
        let widest = rows.iter().map(|row| label_width(&row.label)).max().unwrap_or(0) * 14 / 13 + 300;
        let end = (WHOLE - widest - gutter).max(WHOLE * 2 / 5);
        if rows.is_empty() {
            return None;
        }
        Some(Self { top: top.max(1.0), end })
    }

    /// From 200, so that a mark at 0 is inside of the frame.
    fn share(&self, number: f64) -> Share {
        let part = (number / self.top).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 10,000")]
        let share = (part * (self.end - 200) as f64).round() as Share;
        200 + share
    }
}

fn signs<'w>(rows: &[&FigureBar], words: &FigureWords<'w>) -> Vec<(Sign, &'w str)> {
    let mut signs = Vec::new();
    let is_open = |row: &&FigureBar| row.best.is_none() && (row.min.is_some() != row.max.is_some());
    if rows.iter().any(is_open) {
        signs.push((Sign::Mark(Mark::Open), words.open));
    }
    if rows.iter().any(|row| row.one().is_some()) {
        signs.push((Sign::Mark(Mark::Best), words.best));
    }
    if rows.iter().any(|row| row.vague) {
        signs.push((Sign::Line(HATCHED), words.vague));
    }
    signs
}

/// Hatching as a thick dashed line, which needs no pattern and so no id.
const HATCHED: &str = " stroke-width=\"12\" stroke-dasharray=\"2 3\"";

fn draw_row(canvas: &mut Canvas, row: &FigureBar, scale: &NumberScale, top: i64) {
    let indent = 500 * i64::try_from(row.depth.min(3)).unwrap_or(3);
    canvas.name((indent, WHOLE), (top, 20), &row.name);
    // A part is thinner than its whole.
    let height = if row.depth == 0 { 12 } else { 8 };
    let middle = top + 29;
    let y = middle - height / 2;
    let ends = match (row.min, row.best, row.max) {
        (Some(min), _, Some(max)) => Some((min, max)),
        (Some(min), Some(best), None) => Some((min, best)),
        (None, Some(best), Some(max)) => Some((best, max)),
        _ => None,
    };
    let share = |number: f64| scale.share(number);
    // Where the scale begins; it does not cross the name.
    canvas.line((200, 200), (middle - 9, middle + 9), " stroke-opacity=\".5\"");
    if let Some((from, to)) = ends.filter(|(from, to)| from < to) {
        // On the scale of a large number a small range would be too narrow to see.
        let bar = (share(from), share(to).max(share(from) + 40));
        let dashes = if row.name.struck { " stroke-dasharray=\"3 3\"" } else { "" };
        let look = format!(" fill-opacity=\".2\" stroke=\"currentColor\" stroke-width=\"2\"{dashes}");
        let hollow = format!(" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1\"{dashes}");
        canvas.bar(bar, y, height, if row.vague { &hollow } else { &look });
        if row.vague {
            canvas.line(bar, (middle, middle), HATCHED);
        }
    }
    match (row.min, row.one(), row.max) {
        (_, Some(number), _) => canvas.mark(Mark::Best, share(number), middle, false),
        (Some(min), None, None) => at_least(canvas, share(min), scale.end, middle),
        (None, None, Some(max)) => at_most(canvas, share(max), middle),
        _ => {}
    }
    if row.is_open() {
        draw_label(canvas, &row.label, scale.end, 26, middle + 5);
    } else {
        let last = row.max.or(row.best).map_or(200, share);
        draw_label(canvas, &row.label, last, 13, middle + 5);
    }
}

/// The number after its mark; `gap` in pixels.
fn draw_label(canvas: &mut Canvas, label: &str, at: Share, gap: i64, base: i64) {
    let gap = if canvas.rtl { -gap } else { gap };
    let attributes = format!(" dx=\"{gap}\" font-size=\"13\" font-weight=\"700\"");
    canvas.text(at, base, &attributes, label);
}

/// A known lower end, and arrows onwards.
fn at_least(canvas: &mut Canvas, from: Share, end: Share, middle: i64) {
    canvas.line((from, from), (middle - 7, middle + 7), " stroke-width=\"4\"");
    canvas.line((from, end), (middle, middle), " stroke-width=\"2\" stroke-dasharray=\"2 4\"");
    canvas.mark(Mark::Open, end, middle, false);
}

/// A known upper end; anything from 0 to it is possible.
fn at_most(canvas: &mut Canvas, to: Share, middle: i64) {
    canvas.line((to, to), (middle - 7, middle + 7), " stroke-width=\"4\"");
    canvas.line((200, to), (middle, middle), " stroke-width=\"2\" stroke-dasharray=\"2 4\"");
}
