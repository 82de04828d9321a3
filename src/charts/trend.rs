//! What one source counted over time, as columns that begin at 0. A part of a column that is not certain is dashed.

use jiff::civil::Date;

use super::canvas::{Canvas, Chart, Frame, Share, WHOLE};

/// The most counts of one chart; the list below it has all of them.
pub const MOST_COUNTS: usize = 40;

/// One count. The numbers are finite and not negative.
#[derive(Clone, Debug)]
pub struct TrendPoint {
    pub day: Date,
    /// The day in words.
    pub when: String,
    /// How many, in words.
    pub label: String,
    pub min: Option<f64>,
    pub best: Option<f64>,
    pub max: Option<f64>,
}

/// The base line of the labels, above all columns.
const LABELS_AT: i64 = 13;
const TOP: i64 = 22;
const BOTTOM: i64 = 82;

/// The latest counts, in the order of time; the first and the last are labelled. None for fewer than two.
pub fn draw(frame: &Frame<'_>, points: &[TrendPoint]) -> Option<Chart> {
    let shown = &points[points.len().saturating_sub(MOST_COUNTS)..];
    let [first, .., last] = shown else { return None };
    let numbers = shown.iter().flat_map(|point| [point.min, point.best, point.max]).flatten();
    let most = numbers.fold(1.0, f64::max);
    let days = |point: &TrendPoint| point.day.since(first.day).map_or(0, |span| i64::from(span.get_days()));
    let all = days(last).max(1);
    let mut canvas = Canvas::as_wide_as_the_page(frame, BOTTOM + 22, false);
    for point in shown {
        let at = 200 + days(point).clamp(0, all) * (WHOLE - 400) / all;
        column(&mut canvas, point, at, most);
    }
    canvas.line((0, WHOLE), (BOTTOM, BOTTOM), "");
    let end = " font-size=\"12\" text-anchor=\"end\"";
    canvas.text(0, LABELS_AT, " font-size=\"13\" font-weight=\"700\"", &first.label);
    canvas.text(WHOLE, LABELS_AT, " font-size=\"13\" font-weight=\"700\" text-anchor=\"end\"", &last.label);
    canvas.text(0, BOTTOM + 16, " font-size=\"12\"", &first.when);
    canvas.text(WHOLE, BOTTOM + 16, end, &last.when);
    Some(canvas.finish(points.len() - shown.len()))
}

fn column(canvas: &mut Canvas, point: &TrendPoint, at: Share, most: f64) {
    let height = |number: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to the height of the chart")]
        let pixels = (number / most * (BOTTOM - TOP) as f64).round() as i64;
        BOTTOM - pixels.clamp(0, BOTTOM - TOP)
    };
    let sure = point.min.or(point.best).unwrap_or(0.0);
    let end = point.max.or(point.best).or(point.min).unwrap_or(0.0);
    // A count of nothing is a count too.
    canvas.line((at, at), (BOTTOM, height(sure).min(BOTTOM - 2)), " stroke-width=\"7\"");
    if end > sure {
        canvas.line((at, at), (height(sure), height(end)), " stroke-width=\"7\" stroke-dasharray=\"2 2\"");
    }
}
