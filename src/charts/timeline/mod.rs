//! When things happened: one row each, by day; a range is a bar.
//!
//! Days are even but for breaks, which are drawn; older time is folded into a gutter, where rows show their
//! time in words. Nothing is a point: "in the past week" is not a day. No line crosses a word.
//!
//! The order of the files; each imports only from those before it: `rows`, `scale`, `ticks`.

mod rows;
mod scale;
#[cfg(test)]
mod tests;
mod ticks;

use super::canvas::{Canvas, Chart, Frame, HALO, Share, WHOLE};
use super::marks::{GUTTER, LEGEND_LINE, Mark, Sign};
use super::text::{LINE, cut};
pub use rows::{TimelineRow, TimelineWords};
use scale::{TimeScale, day_of};
use ticks::{TICK, axis, draw_break};

/// The most rows of one chart: a longer one is hard to read.
pub const MOST_ROWS: usize = 24;

const ROW: i64 = 44;
const AXIS: i64 = 58;

/// The height of the name of a row, which can be pressed.
const NAME: i64 = 24;

/// The rows in the given order; none if no row has an end.
pub fn draw(frame: &Frame<'_>, rows: &[TimelineRow], words: &TimelineWords<'_>) -> Option<Chart> {
    let shown = &rows[..rows.len().min(MOST_ROWS)];
    let scale = TimeScale::of(shown, words.before)?;
    let signs = signs(shown, &scale, words);
    let rows_height = ROW * as_pixels(shown.len());
    let height = AXIS + rows_height + LEGEND_LINE * as_pixels(signs.len()) + 6;
    let has_links = shown.iter().any(|row| !row.name.url.is_empty());
    let mut canvas = Canvas::as_wide_as_the_page(frame, height, has_links);
    axis(&mut canvas, &scale, words, frame.id);
    for (row, top) in shown.iter().zip((0..).map(|index| AXIS + index * ROW)) {
        canvas.name((0, WHOLE), (top, NAME), &row.name);
        draw_time(&mut canvas, row, &scale, frame.id, top + NAME);
    }
    canvas.legend(&signs, AXIS + rows_height + LEGEND_LINE);
    Some(canvas.finish(rows.len() - shown.len()))
}

fn as_pixels(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The signs that the rows need, and their meaning.
fn signs<'w>(rows: &[TimelineRow], scale: &TimeScale, words: &TimelineWords<'w>) -> Vec<(Sign, &'w str)> {
    let mut signs = Vec::new();
    if rows.iter().any(|row| row.from.is_none() || row.to.is_none()) {
        signs.push((Sign::Mark(Mark::Open), words.open));
    }
    if !scale.breaks().is_empty() {
        signs.push((Sign::Mark(Mark::Break), words.gap));
    }
    if rows.iter().any(|row| scale.is_cut(row)) {
        signs.push((Sign::Mark(Mark::Cut), words.beyond));
    }
    if rows.iter().any(|row| row.approximate) {
        signs.push((Sign::Text("~"), words.about));
    }
    if rows.iter().any(|row| row.uncertain) {
        signs.push((Sign::Text("?"), words.perhaps));
    }
    signs
}

/// The bar of a row, or its time in words if that is outside of the axis.
fn draw_time(canvas: &mut Canvas, row: &TimelineRow, scale: &TimeScale, id: &str, top: i64) {
    let middle = top + TICK / 2;
    let base = middle + 5;
    let (first, end) = scale.days;
    if row.to.is_some_and(|to| day_of(to) < first) {
        canvas.text(0, base, " font-size=\"12\"", &cut(&row.when, LINE));
    } else if row.from.is_some_and(|from| day_of(from) >= end) {
        canvas.mark(Mark::Cut, scale.plot.1, middle, false);
        let attributes = " font-size=\"12\" text-anchor=\"end\"";
        canvas.text(scale.plot.1 - 150, base, attributes, &cut(&row.when, LINE));
    } else {
        canvas.put(format_args!("<use href=\"#{id}-g\" y=\"{top}\"/>"));
        bar(canvas, row, scale, id, middle);
    }
}

fn bar(canvas: &mut Canvas, row: &TimelineRow, scale: &TimeScale, id: &str, middle: i64) {
    const HEIGHT: i64 = 12;
    let (first, end) = scale.days;
    let begin = match row.from.map(day_of) {
        None => scale.plot.0.min(GUTTER),
        Some(from) if from < first => 0,
        Some(from) => scale.share(from),
    };
    let to = row.to.map(|to| day_of(to) + 1);
    let bar = (begin, to.map_or(scale.plot.1, |to| scale.share(to)));
    let look = match (row.approximate, row.uncertain) {
        (false, false) => " stroke=\"currentColor\" stroke-width=\"2\"",
        (true, _) => " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"6 3\"",
        (false, true) => " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"2 3\"",
    };
    if row.from.is_some() {
        canvas.bar(bar, middle - HEIGHT / 2 + 1, HEIGHT - 2, look);
    } else {
        // Only the end is known, not that it took all this time.
        canvas.line(bar, (middle, middle), " stroke-width=\"2\" stroke-dasharray=\"2 4\"");
        canvas.line((bar.1, bar.1), (middle - HEIGHT / 2, middle + HEIGHT / 2), " stroke-width=\"4\"");
        canvas.mark(Mark::Open, begin, middle, true);
    }
    for at in scale.breaks().into_iter().filter(|at| bar.0 < *at && *at < bar.1) {
        draw_break(canvas, id, at, middle);
    }
    match to {
        None => canvas.mark(Mark::Open, scale.plot.1, middle, false),
        Some(to) if to > end => canvas.mark(Mark::Cut, scale.plot.1, middle, false),
        Some(_) => {}
    }
    draw_sign(canvas, row, bar, middle + 5);
}

/// What is not exact about the time of a row, next to its bar.
fn draw_sign(canvas: &mut Canvas, row: &TimelineRow, bar: (Share, Share), base: i64) {
    let sign = match (row.approximate, row.uncertain) {
        (true, true) => "~?",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => return,
    };
    let has_room_after = bar.1 <= WHOLE - 1_000;
    let (at, anchor) = if has_room_after { (bar.1 + 150, "start") } else { (bar.0 - 150, "end") };
    // If there is no room, on the bar itself, which is hollow.
    let (at, anchor) = if at > 400 { (at, anchor) } else { ((bar.0 + bar.1) / 2, "middle") };
    canvas.text(at, base, &format!(" font-weight=\"700\" text-anchor=\"{anchor}\" {HALO}"), sign);
}
