//! The axis of a timeline: months or years, the days below them, older time, and where time is left out.

use jiff::civil::Date;

use super::rows::TimelineWords;
use super::scale::{TimeScale, day_of};
use crate::charts::axis::{label_width, labels_that_fit};
use crate::charts::canvas::{Canvas, NARROWEST, Share, WHOLE};

/// The height of the lines of days below the axis, and next to each bar.
pub const TICK: i64 = 16;

/// Where the axis is.
const LINE_AT: i64 = 38;

/// The base line of the days.
const DAYS_AT: i64 = 28;

/// The most days, outside of breaks, that an axis counts.
const MOST_DAYS: i64 = 124;

/// The most days of an axis of months.
const MOST_DAYS_OF_MONTHS: i64 = 1_100;

/// A line of the axis and its label.
struct Tick {
    day: i64,
    text: String,
}

/// Draws the axis, and defines what each row uses: the lines of its days (`ID-g`), and a break (`ID-b`).
pub fn axis(canvas: &mut Canvas, scale: &TimeScale, words: &TimelineWords<'_>, id: &str) {
    let captions = captions(scale, words);
    let days = if scale.even_days() <= MOST_DAYS { days(scale, words) } else { Vec::new() };
    let lines: Vec<Share> =
        if days.is_empty() { &captions } else { &days }.iter().map(|tick| scale.share(tick.day)).collect();
    draw_captions(canvas, scale, &captions);
    draw_days(canvas, scale, &days);
    if scale.folds {
        canvas.text(0, DAYS_AT, " font-size=\"12\" font-weight=\"700\"", words.before);
    }
    let begin = if scale.folds { 0 } else { scale.plot.0 };
    canvas.line((begin, scale.plot.1), (LINE_AT, LINE_AT), "");
    canvas.put(format_args!("<defs><g id=\"{id}-g\" stroke-opacity=\".35\">"));
    for at in lines {
        canvas.line((at, at), (0, TICK), "");
    }
    canvas.put(format_args!("</g>"));
    let breaks = scale.breaks();
    if !breaks.is_empty() {
        // Its middle is at 0. The paper in it parts what it crosses.
        canvas.put(format_args!(
            "<g id=\"{id}-b\"><path d=\"M-5 8l4-16h6l-4 16z\" fill=\"var(--p,Canvas)\"/>\
             <path d=\"M-5 8l4-16M1 8l4-16\" stroke=\"currentColor\" stroke-width=\"2\"/></g>"
        ));
    }
    canvas.put(format_args!("</defs><use href=\"#{id}-g\" y=\"{LINE_AT}\"/>"));
    for at in breaks {
        draw_break(canvas, id, at, LINE_AT);
    }
}

/// A break at a share; `y` is its middle.
pub fn draw_break(canvas: &mut Canvas, id: &str, at: Share, y: i64) {
    let x = canvas.x(at);
    canvas.put(format_args!("<use href=\"#{id}-b\" x=\"{x}\" y=\"{y}\"/>"));
}

fn draw_captions(canvas: &mut Canvas, scale: &TimeScale, captions: &[Tick]) {
    let span = |tick: &Tick| {
        let width = label_width(&tick.text);
        let begin = (scale.share(tick.day) + 70).min(WHOLE - width).max(0);
        (begin, begin + width)
    };
    let spans: Vec<(Share, Share)> = captions.iter().map(span).collect();
    for ((tick, (begin, _)), fits) in captions.iter().zip(&spans).zip(labels_that_fit(&spans)) {
        let at = scale.share(tick.day);
        if fits {
            // A label that would not fit on a phone is aligned to the end of the chart, and has no line.
            let is_moved = *begin < at;
            let (from, anchor) = if is_moved { (WHOLE, " text-anchor=\"end\"") } else { (*begin, "") };
            let attributes = format!(" font-size=\"12\" font-weight=\"700\"{anchor}");
            canvas.text(from, 13, &attributes, &tick.text);
            if !is_moved {
                canvas.line((at, at), (2, 15), " stroke-opacity=\".5\"");
            }
        }
    }
}

fn draw_days(canvas: &mut Canvas, scale: &TimeScale, days: &[Tick]) {
    let span = |tick: &Tick| {
        // In the middle of its day.
        let width = label_width(&tick.text) - 8 * WHOLE / NARROWEST;
        let begin = (scale.share(tick.day) + scale.share(tick.day + 1) - width) / 2;
        (begin.max(scale.share(tick.day) - width / 2), begin + width)
    };
    let spans: Vec<(Share, Share)> = days.iter().map(span).collect();
    for ((tick, (begin, end)), fits) in days.iter().zip(&spans).zip(labels_that_fit(&spans)) {
        if fits {
            let middle = ((begin + end) / 2).clamp(200, WHOLE - 200);
            canvas.text(middle, DAYS_AT, " font-size=\"12\" text-anchor=\"middle\"", &tick.text);
        }
    }
}

fn days(scale: &TimeScale, words: &TimelineWords<'_>) -> Vec<Tick> {
    let least = 2_200 / scale.pixels_of_day().max(1) + i64::from(scale.pixels_of_day() < 2_000);
    let step = [1, 2, 5, 10, 15, 30].into_iter().find(|step| *step >= least).unwrap_or(30);
    let mut days: Vec<Tick> = Vec::new();
    let mut next = None;
    for (first, end) in scale.parts() {
        for day in first..end {
            let number = i64::from(date_of(day).day());
            let is_marked = step == 1 || number == 1 || number % step == 0 && number < 31;
            let is_apart = |tick: &Tick| day - tick.day >= step.min(2) * step / 2;
            let is_after_break = day == first && next != Some(day);
            if is_after_break || is_marked && days.last().is_none_or(is_apart) {
                days.push(Tick { day, text: (words.number)(number) });
            }
        }
        next = Some(end);
    }
    days
}

/// Months or years at their first days on the axis that are not in breaks.
fn captions(scale: &TimeScale, words: &TimelineWords<'_>) -> Vec<Tick> {
    let by_month = scale.even_days() <= MOST_DAYS_OF_MONTHS;
    let mut captions: Vec<Tick> = Vec::new();
    for (first, end) in scale.parts() {
        let mut date = date_of(first);
        while day_of(date) < end {
            let text = if by_month { (words.month)(date) } else { (words.year)(date) };
            if captions.last().is_none_or(|last| last.text != text) {
                captions.push(Tick { day: day_of(date), text });
            }
            let next = if by_month { date.last_of_month() } else { date.last_of_year() };
            match next.tomorrow() {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
    }
    thin_out(&mut captions);
    captions
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
