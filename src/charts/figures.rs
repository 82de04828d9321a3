//! Figures of one measure as ranges on one scale, a row for each source. Nothing is added up.

use super::axis::{share_of, written};
use super::marks::{GUTTER, Mark, Sign};
use super::{Canvas, Frame, Picture, Share, WHOLE};

/// The most rows of one picture; the table below has all of them.
pub const MOST_ROWS: usize = 20;

/// What one source counted. All numbers are finite and not negative.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who counted, and what, in words.
    pub label: String,
    pub min: Option<f64>,
    pub best: Option<f64>,
    pub max: Option<f64>,
    pub vague: bool,
    /// Withdrawn or disproved.
    pub struck: bool,
    /// How many wholes it is a part of.
    pub depth: usize,
}

/// The words of a picture of figures.
pub struct Words<'a> {
    pub number: &'a dyn Fn(f64) -> String,
    /// What the signs mean: no limit known, best estimate, not exact.
    pub open: &'a str,
    pub best: &'a str,
    pub vague: &'a str,
}

const ROW: i64 = 44;
const AXIS: i64 = 28;
const LEGEND: i64 = 22;

/// The rows in their order, from nothing to `most`, which is that of the whole measure; none where no
/// row has a number.
#[must_use]
pub fn draw(frame: &Frame<'_>, rows: &[Row], most: f64, words: &Words<'_>) -> Option<Picture> {
    let has_number = |row: &&Row| row.min.or(row.best).or(row.max).is_some();
    let drawn: Vec<&Row> = rows.iter().filter(has_number).take(MOST_ROWS).collect();
    let scale = Scale::of(&drawn, most)?;
    let signs = signs(&drawn, words);
    let pixels = |count: usize, each: i64| i64::try_from(count).unwrap_or(i64::MAX) * each;
    let rows_height = pixels(drawn.len(), ROW);
    let mut canvas =
        Canvas::as_wide_as_the_page(frame, rows_height + AXIS + pixels(signs.len(), LEGEND) + 6, false);
    axis(&mut canvas, &scale, words, rows_height);
    for (row, top) in drawn.iter().zip((0..).map(|index| index * ROW)) {
        draw_row(&mut canvas, row, &scale, top);
    }
    for ((sign, text), index) in signs.into_iter().zip(1..) {
        canvas.legend(sign, rows_height + AXIS + index * LEGEND - 2, text);
    }
    Some(canvas.finish(rows.len() - drawn.len()))
}

impl Row {
    /// The number that its source gave, where that is one and no range.
    fn one(&self) -> Option<f64> {
        self.best.or(self.min.filter(|min| self.max == Some(*min)))
    }
}

struct Scale {
    /// A round number at or above the largest one.
    top: f64,
    step: f64,
    /// Room for the arrow of what has no upper limit.
    end: Share,
}

impl Scale {
    fn of(rows: &[&Row], most: f64) -> Option<Self> {
        let numbers = rows.iter().flat_map(|row| [row.min, row.best, row.max]).flatten();
        // A scale beyond this would be in steps that a float cannot count.
        let top = numbers.fold(most, f64::max).min(1e15);
        let is_open = |row: &&Row| row.max.is_none() && row.best.is_none();
        let end = if rows.iter().any(is_open) { WHOLE - GUTTER } else { WHOLE - 200 };
        if rows.is_empty() {
            return None;
        }
        let step = step_of(top.max(1.0));
        Some(Self { top: ((top / step).ceil() * step).max(step), step, end })
    }

    /// From 200, so that the sign at nothing is inside.
    fn share(&self, number: f64) -> Share {
        let part = (number / self.top).clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 10,000")]
        let share = (part * (self.end - 200) as f64).round() as Share;
        200 + share
    }
}

/// 1, 2 or 5 with noughts: two to four steps up to a number of at least 1.
fn step_of(top: f64) -> f64 {
    let mut step = 1.0;
    loop {
        for factor in [1.0, 2.0, 5.0] {
            if step * factor * 4.0 >= top {
                return step * factor;
            }
        }
        step *= 10.0;
    }
}

fn axis(canvas: &mut Canvas, scale: &Scale, words: &Words<'_>, bottom: i64) {
    let steps = std::iter::successors(Some(0.0), |number| Some(number + scale.step));
    let numbers: Vec<f64> = steps.take_while(|number| *number <= scale.top).collect();
    // From the sides inwards, so that no number reaches out of the picture.
    let anchor_of = |number: f64| match number {
        0.0 => ("start", 0),
        n if n + scale.step > scale.top => ("end", scale.share(n)),
        n => ("middle", scale.share(n)),
    };
    let span = |number: &f64| {
        let width = share_of(&(words.number)(*number));
        match anchor_of(*number) {
            ("start", at) => (at, at + width),
            ("end", at) => (at - width, at),
            (_, at) => (at - width / 2, at + width / 2),
        }
    };
    let spans: Vec<(Share, Share)> = numbers.iter().map(span).collect();
    for (number, is_written) in numbers.into_iter().zip(written(&spans)) {
        let line = scale.share(number);
        canvas.line((line, line), (0, bottom + 6), " stroke-opacity=\".25\"");
        if is_written {
            let (anchor, at) = anchor_of(number);
            let attributes = format!(" font-size=\"12\" text-anchor=\"{anchor}\"");
            canvas.text(at, bottom + 20, &attributes, &(words.number)(number));
        }
    }
    canvas.line((200, scale.end), (bottom + 4, bottom + 4), "");
}

fn signs<'w>(rows: &[&Row], words: &Words<'w>) -> Vec<(Sign, &'w str)> {
    let mut signs = Vec::new();
    let is_open = |row: &&Row| row.best.is_none() && (row.min.is_some() != row.max.is_some());
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

/// A thick line of many strokes across: hatching that needs no pattern and so no id.
const HATCHED: &str = " stroke-width=\"12\" stroke-dasharray=\"2 3\"";

fn draw_row(canvas: &mut Canvas, row: &Row, scale: &Scale, top: i64) {
    let indent = 500 * i64::try_from(row.depth.min(3)).unwrap_or(3);
    canvas.name(indent, top, row.struck, &row.label);
    // A part is thinner than its whole, and on the same scale.
    let height = if row.depth == 0 { 12 } else { 8 };
    let (y, middle) = (top + 29 - height / 2, top + 29);
    let ends = match (row.min, row.best, row.max) {
        (Some(min), _, Some(max)) => Some((min, max)),
        (Some(min), Some(best), None) => Some((min, best)),
        (None, Some(best), Some(max)) => Some((best, max)),
        _ => None,
    };
    let share = |number: f64| scale.share(number);
    if let Some((from, to)) = ends.filter(|(from, to)| from < to) {
        // On the scale of a large number a small range would be too narrow to be drawn.
        let bar = (share(from), share(to).max(share(from) + 40));
        let dashes = if row.struck { " stroke-dasharray=\"3 3\"" } else { "" };
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
}

/// A known lower end, and arrows that lead on.
fn at_least(canvas: &mut Canvas, from: Share, end: Share, middle: i64) {
    canvas.line((from, from), (middle - 7, middle + 7), " stroke-width=\"4\"");
    canvas.line((from, end), (middle, middle), " stroke-width=\"2\" stroke-dasharray=\"2 4\"");
    canvas.mark(Mark::Open, end, middle, false);
}

/// A known upper end; from nothing to it everything is possible.
fn at_most(canvas: &mut Canvas, to: Share, middle: i64) {
    canvas.line((to, to), (middle - 7, middle + 7), " stroke-width=\"4\"");
    canvas.line((200, to), (middle, middle), " stroke-width=\"2\" stroke-dasharray=\"2 4\"");
}
