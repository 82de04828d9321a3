//! When things happened: one row each, to scale; a range is a bar.
//!
//! The time axis may clip up to 3 in 10 rows at each end if that triples the space for the rest. Clipped
//! bars get a mark, and rows outside of the axis show their time in words. Nothing is a point: "in the past
//! week" is not a day.

use jiff::civil::Date;

use super::axis::{label_width, labels_that_fit};
use super::canvas::{Canvas, Chart, Frame, NARROWEST, Share, WHOLE};
use super::marks::{GUTTER, LEGEND_LINE, Mark, Sign};
use super::text::{LINE, cut};

/// The most rows of one chart: a longer one is hard to read.
pub const MOST_ROWS: usize = 24;

/// The axis is clipped only if the other rows then have this many times the space.
const GAIN: i64 = 3;

/// A row: what happened, and between which days.
#[derive(Clone, Debug)]
pub struct TimelineRow {
    pub label: String,
    /// The time in words; shown if the bar is outside of the axis.
    pub when: String,
    /// The first possible day; none if that end is open.
    pub from: Option<Date>,
    /// The last possible day; none if that end is open.
    pub to: Option<Date>,
    pub approximate: bool,
    pub uncertain: bool,
}

/// The words of a timeline.
pub struct TimelineWords<'a> {
    /// A month with its year.
    pub month: &'a dyn Fn(Date) -> String,
    pub year: &'a dyn Fn(Date) -> String,
    pub number: &'a dyn Fn(i64) -> String,
    /// The meaning of the signs: open, cut off, about, perhaps.
    pub open: &'a str,
    pub beyond: &'a str,
    pub about: &'a str,
    pub perhaps: &'a str,
}

const ROW: i64 = 40;
const AXIS: i64 = 44;

/// The rows in the given order; none if no row has an end.
pub fn draw(frame: &Frame<'_>, rows: &[TimelineRow], words: &TimelineWords<'_>) -> Option<Chart> {
    let shown = &rows[..rows.len().min(MOST_ROWS)];
    let scale = TimeScale::of(shown)?;
    let signs = signs(shown, &scale, words);
    let rows_height = ROW * as_pixels(shown.len());
    let height = AXIS + rows_height + LEGEND_LINE * as_pixels(signs.len()) + 6;
    let mut canvas = Canvas::as_wide_as_the_page(frame, height, false);
    axis(&mut canvas, &scale, words, AXIS + rows_height);
    for (row, top) in shown.iter().zip((0..).map(|index| AXIS + index * ROW)) {
        canvas.name(0, top, false, &row.label);
    }
    for (row, top) in shown.iter().zip((0..).map(|index| AXIS + index * ROW)) {
        bar(&mut canvas, row, &scale, top + 22);
    }
    canvas.legend(&signs, AXIS + rows_height + LEGEND_LINE);
    Some(canvas.finish(rows.len() - shown.len()))
}

fn as_pixels(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Days since 1970.
fn day_of(date: Date) -> i64 {
    const FIRST: Date = Date::constant(1970, 1, 1);
    date.since(FIRST).map_or(0, |span| i64::from(span.get_days()))
}

/// From days to shares of the width.
struct TimeScale {
    /// The first day, and the day after the last one.
    days: (i64, i64),
    /// Where the days are; outside of them is room for marks, if any.
    plot: (Share, Share),
}

impl TimeScale {
    fn of(rows: &[TimelineRow]) -> Option<Self> {
        let mut begins: Vec<i64> = rows.iter().filter_map(|row| row.from.or(row.to)).map(day_of).collect();
        begins.sort_unstable();
        let first = *begins.first()?;
        let mut ends: Vec<i64> =
            rows.iter().filter_map(|row| row.to.or(row.from)).map(|to| day_of(to) + 1).collect();
        ends.sort_unstable();
        let last = *ends.last()?;
        let gains = |most: (i64, i64), all: (i64, i64)| (most.1 - most.0).max(31) * GAIN <= all.1 - all.0;
        let most = begins[begins.len() * 3 / 10];
        let first = if gains((most, last), (first, last)) { most } else { first };
        let most = ends[ends.len() - 1 - ends.len() * 3 / 10];
        let end = if most > first && gains((first, most), (first, last)) { most } else { last };
        // At least a week, so that a lone day does not fill the chart.
        let first = first.min(end - 7);
        let days = (first, end);
        let is_before = |row: &TimelineRow| row.from.is_none_or(|from| day_of(from) < first);
        let before = if rows.iter().any(is_before) { GUTTER } else { 0 };
        let is_after = |row: &TimelineRow| row.to.is_none_or(|to| day_of(to) >= end);
        let after = if rows.iter().any(is_after) { GUTTER } else { 0 };
        Some(Self { days, plot: (before, WHOLE - after) })
    }

    fn share(&self, day: i64) -> Share {
        let (first, end) = self.days;
        let (from, to) = self.plot;
        from + (day.clamp(first, end) - first) * (to - from) / (end - first)
    }

    fn cuts(&self, row: &TimelineRow) -> bool {
        let (first, end) = self.days;
        row.from.is_some_and(|from| day_of(from) < first) || row.to.is_some_and(|to| day_of(to) >= end)
    }

    /// Days in pixels on the narrowest chart.
    fn pixels(&self, days: i64) -> i64 {
        days * NARROWEST * (self.plot.1 - self.plot.0) / (self.days.1 - self.days.0) / WHOLE
    }
}

/// The signs that the rows need, and their meaning.
fn signs<'w>(rows: &[TimelineRow], scale: &TimeScale, words: &TimelineWords<'w>) -> Vec<(Sign, &'w str)> {
    let mut signs = Vec::new();
    if rows.iter().any(|row| row.from.is_none() || row.to.is_none()) {
        signs.push((Sign::Mark(Mark::Open), words.open));
    }
    if rows.iter().any(|row| scale.cuts(row)) {
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

fn bar(canvas: &mut Canvas, row: &TimelineRow, scale: &TimeScale, top: i64) {
    const HEIGHT: i64 = 12;
    let middle = top + HEIGHT / 2;
    let plot = scale.plot;
    let (first, end) = scale.days;
    let from = row.from.map(day_of);
    let to = row.to.map(|to| day_of(to) + 1);
    let mark = if from.is_none() { Mark::Open } else { Mark::Cut };
    if to.is_some_and(|to| to <= first) {
        // Outside of the axis: a mark, and the time in words.
        canvas.mark(Mark::Cut, plot.0, middle, true);
        canvas.text(plot.0 + 150, top + 11, " font-size=\"12\"", &cut(&row.when, LINE));
        return;
    }
    if from.is_some_and(|from| from >= end) {
        canvas.mark(Mark::Cut, plot.1, middle, false);
        let attributes = " font-size=\"12\" text-anchor=\"end\"";
        canvas.text(plot.1 - 150, top + 11, attributes, &cut(&row.when, LINE));
        return;
    }
    let bar = (from.map_or(plot.0, |from| scale.share(from)), to.map_or(plot.1, |to| scale.share(to)));
    let look = match (row.approximate, row.uncertain) {
        (false, false) => " stroke=\"currentColor\" stroke-width=\"2\"",
        (true, _) => " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"6 3\"",
        (false, true) => " fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"2 3\"",
    };
    if from.is_some() {
        canvas.bar(bar, top + 1, HEIGHT - 2, look);
    } else {
        // Only the end is known, not that it took all this time.
        canvas.line(bar, (middle, middle), " stroke-width=\"2\" stroke-dasharray=\"2 4\"");
        canvas.line((bar.1, bar.1), (top, top + HEIGHT), " stroke-width=\"4\"");
    }
    if from.is_none_or(|from| from < first) {
        canvas.mark(mark, plot.0, middle, true);
    }
    match to {
        None => canvas.mark(Mark::Open, plot.1, middle, false),
        Some(to) if to > end => canvas.mark(Mark::Cut, plot.1, middle, false),
        Some(_) => {}
    }
    let sign = match (row.approximate, row.uncertain) {
        (true, true) => "~?",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => return,
    };
    let has_room_after = bar.1 <= WHOLE - 1_000;
    let (at, anchor) = if has_room_after { (bar.1 + 150, "start") } else { (bar.0 - 150, "end") };
    if at > 400 {
        let attributes = format!(" font-weight=\"700\" text-anchor=\"{anchor}\"");
        canvas.text(at, top + 11, &attributes, sign);
    } else {
        // On the bar itself, which is hollow.
        canvas.text((bar.0 + bar.1) / 2, top + 11, " font-weight=\"700\" text-anchor=\"middle\"", sign);
    }
}

/// A line of the axis and its label.
struct Tick {
    day: i64,
    text: String,
}

/// Months or years, and for short times their days below.
fn axis(canvas: &mut Canvas, scale: &TimeScale, words: &TimelineWords<'_>, bottom: i64) {
    let (captions, days) = ticks(scale, words);
    for tick in &days {
        let at = scale.share(tick.day);
        canvas.line((at, at), (34, bottom), " stroke-opacity=\".25\"");
        let middle = (at + scale.share(tick.day + 1)) / 2;
        let attributes = " font-size=\"12\" text-anchor=\"middle\"";
        canvas.text(middle.clamp(200, WHOLE - 200), 30, attributes, &tick.text);
    }
    let span = |tick: &Tick| {
        let width = label_width(&tick.text);
        let begin = (scale.share(tick.day) + 70).min(WHOLE - width).max(0);
        (begin, begin + width)
    };
    let spans: Vec<(Share, Share)> = captions.iter().map(span).collect();
    for ((tick, (begin, _)), fits) in captions.iter().zip(&spans).zip(labels_that_fit(&spans)) {
        let at = scale.share(tick.day);
        canvas.line((at, at), (2, bottom), " stroke-opacity=\".5\"");
        if fits {
            // A label that would not fit on a phone is aligned to the end of the chart.
            let (from, anchor) = if *begin < at { (WHOLE, " text-anchor=\"end\"") } else { (*begin, "") };
            let attributes = format!(" font-size=\"12\" font-weight=\"700\"{anchor}");
            canvas.text(from, 13, &attributes, &tick.text);
        }
    }
    canvas.line((scale.plot.0, scale.plot.1), (36, 36), "");
}

fn ticks(scale: &TimeScale, words: &TimelineWords<'_>) -> (Vec<Tick>, Vec<Tick>) {
    let (first, end) = scale.days;
    let mut days = Vec::new();
    let is_short = end - first <= 124;
    if is_short {
        let least = if scale.pixels(100) >= 2_000 { 1 } else { (2_200 / scale.pixels(100).max(1)) + 1 };
        let step = [1, 2, 5, 10, 15, 30].into_iter().find(|step| *step >= least).unwrap_or(30);
        for day in first..end {
            let date = date_of(day);
            let number = i64::from(date.day());
            let is_marked = step == 1 || number == 1 || number % step == 0 && number < 31;
            if is_marked && days.last().is_none_or(|tick: &Tick| day - tick.day >= step.min(2) * step / 2) {
                days.push(Tick { day, text: (words.number)(number) });
            }
        }
    }
    let by_month = end - first <= 1_100;
    let mut captions = Vec::new();
    let mut date = date_of(first);
    while day_of(date) < end {
        let text = if by_month { (words.month)(date) } else { (words.year)(date) };
        captions.push(Tick { day: day_of(date), text });
        let next = if by_month { date.last_of_month() } else { date.last_of_year() };
        match next.tomorrow() {
            Ok(next) => date = next,
            Err(_) => break,
        }
    }
    thin_out(&mut captions);
    (captions, days)
}

/// At most a dozen ticks, at even steps.
fn thin_out(ticks: &mut Vec<Tick>) {
    let step = ticks.len().div_ceil(12).max(1);
    let mut index = 0;
    ticks.retain(|_| {
        index += 1;
        (index - 1) % step == 0
    });
}

fn date_of(day: i64) -> Date {
    const FIRST: Date = Date::constant(1970, 1, 1);
    i32::try_from(day)
        .ok()
        .and_then(|day| FIRST.checked_add(jiff::Span::new().days(day)).ok())
        .unwrap_or(FIRST)
}
