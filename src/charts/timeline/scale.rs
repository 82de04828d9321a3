//! From days to shares of the width: even between breaks, so that busy days have room.
//!
//! Owns what is left out: older time is folded into a gutter, later time is cut off, and long times in which
//! no row begins or ends are breaks. Each only as far as the days need it.

use jiff::civil::Date;

use super::rows::TimelineRow;
use crate::charts::axis::label_width;
use crate::charts::canvas::{NARROWEST, Share, WHOLE};
use crate::charts::marks::GUTTER;

/// The width of a break: 28 pixels on the narrowest chart.
const BREAK: Share = 28 * WHOLE / NARROWEST;

const MOST_BREAKS: usize = 3;

/// A time is broken only if it would take this many times the width of a break.
const BREAK_GAIN: i64 = 3;

/// With this width of a day nothing more is left out: 12 pixels on the narrowest chart.
const ENOUGH: Share = 12 * WHOLE / NARROWEST;

/// No break makes days wider than this: a lone day must not fill the chart.
const MOST_OF_DAY: Share = WHOLE / 4;

/// If days stay narrower than `ENOUGH`, time is left out at the ends only if the others then have this many times the
/// room.
const GAIN: i64 = 3;

/// A time between two days on which rows begin or end, or at which the axis does.
struct Stretch {
    from: i64,
    days: i64,
    is_broken: bool,
}

/// From days to shares of the width.
pub struct TimeScale {
    /// The first day, and the day after the last one.
    pub days: (i64, i64),
    /// Where these days are. Before them is older time, if any; after them is room for marks.
    pub plot: (Share, Share),
    /// There is older time, which is folded.
    pub folds: bool,
    stretches: Vec<Stretch>,
    even: Even,
}

/// The days that are not in breaks, and their width together.
#[derive(Clone, Copy)]
struct Even {
    days: i64,
    width: Share,
}

impl Even {
    /// The width of some of these days.
    fn share(self, days: i64) -> Share {
        self.width * days / self.days
    }

    /// Each day has at least this many times as much room as in another scale.
    fn has_room(self, times: i64, other: Self) -> bool {
        self.width * other.days >= other.width * self.days * times
    }
}

impl TimeScale {
    /// `before`: the label of older time.
    pub fn of(rows: &[TimelineRow], before: &str) -> Option<Self> {
        let mut begins: Vec<i64> = rows.iter().filter_map(|row| row.from.or(row.to)).map(day_of).collect();
        begins.sort_unstable();
        let mut ends: Vec<i64> =
            rows.iter().filter_map(|row| row.to.or(row.from)).map(|to| day_of(to) + 1).collect();
        ends.sort_unstable();
        let whole = Self::between(rows, (*begins.first()?, *ends.last()?), before);
        let mut best: Option<Self> = None;
        let mut least: Option<(usize, Self)> = None;
        for (cut, days) in cuts(&begins, &ends) {
            let scale = Self::between(rows, days, before);
            let cost = scale.cost(cut);
            if scale.even.share(1) >= ENOUGH && least.as_ref().is_none_or(|(least, _)| cost < *least) {
                least = Some((cost, scale));
            } else if best.as_ref().is_none_or(|best| !best.even.has_room(1, scale.even)) {
                best = Some(scale);
            }
        }
        let roomy = best.filter(|best| best.even.has_room(GAIN, whole.even));
        Some(least.map(|(_, scale)| scale).or(roomy).unwrap_or(whole))
    }

    /// How much a scale leaves out: rows that are older; rows that are later, which count as three, as readers look for
    /// the newest; and breaks, which count as two. A break next to
    /// folded time says no more than to fold that time too, and counts as all of them.
    fn cost(&self, cut: usize) -> usize {
        let breaks = self.stretches.iter().filter(|stretch| stretch.is_broken).count();
        let is_next_to_fold = self.folds && self.stretches.first().is_some_and(|first| first.is_broken);
        cut + 2 * breaks + if is_next_to_fold { 2 * MOST_BREAKS } else { 0 }
    }

    fn between(rows: &[TimelineRow], (first, end): (i64, i64), before: &str) -> Self {
        // At least a week, so that a lone day does not fill the chart.
        let began = first;
        let first = first.min(end - 7);
        let is_older = |row: &TimelineRow| row.from.or(row.to).is_some_and(|from| day_of(from) < first);
        let is_open = |row: &TimelineRow| row.from.is_none();
        let is_after = |row: &TimelineRow| row.to.is_none_or(|to| day_of(to) >= end);
        let folds = rows.iter().any(is_older);
        let gutter = if folds { label_width(before).clamp(2 * GUTTER, WHOLE / 4) } else { GUTTER };
        let begin = if folds || rows.iter().any(is_open) { gutter } else { 0 };
        let plot = (begin, if rows.iter().any(is_after) { WHOLE - GUTTER } else { WHOLE });
        let mut stretches = stretches(rows, (first, end));
        let even = broken(&mut stretches, began, plot.1 - plot.0);
        Self { days: (first, end), plot, folds, stretches, even }
    }

    /// Where a day begins.
    pub fn share(&self, day: i64) -> Share {
        let mut at = self.plot.0;
        for stretch in &self.stretches {
            if day < stretch.from + stretch.days {
                return at + self.width(stretch) * (day - stretch.from).max(0) / stretch.days;
            }
            at += self.width(stretch);
        }
        // What is left of whole shares belongs to the last day.
        self.plot.1
    }

    fn width(&self, stretch: &Stretch) -> Share {
        if stretch.is_broken { BREAK } else { self.even.share(stretch.days) }
    }

    /// Where time is left out: the middle of each break.
    pub fn breaks(&self) -> Vec<Share> {
        let folded = self.folds.then_some(self.plot.0);
        let broken = self.stretches.iter().filter(|stretch| stretch.is_broken);
        folded.into_iter().chain(broken.map(|stretch| self.share(stretch.from) + BREAK / 2)).collect()
    }

    /// A row reaches beyond the last day.
    pub fn is_cut(&self, row: &TimelineRow) -> bool {
        row.to.is_some_and(|to| day_of(to) >= self.days.1)
    }

    /// Parts of the axis in which days are even: the first day of each, and the day after its last one. A break has its
    /// first day alone.
    pub fn parts(&self) -> impl Iterator<Item = (i64, i64)> {
        self.stretches.iter().map(|stretch| {
            let days = if stretch.is_broken { 1 } else { stretch.days };
            (stretch.from, stretch.from + days)
        })
    }

    /// How many days are not in breaks.
    pub fn even_days(&self) -> i64 {
        self.even.days
    }

    /// The width of a day in hundredths of a pixel on the narrowest chart.
    pub fn pixels_of_day(&self) -> i64 {
        self.even.share(100) * NARROWEST / WHOLE
    }
}

/// Days since 1970.
pub fn day_of(date: Date) -> i64 {
    const FIRST: Date = Date::constant(1970, 1, 1);
    date.since(FIRST).map_or(0, |span| i64::from(span.get_days()))
}

/// First and last days between which most rows are, each with what it costs: up to half of them are older, and up to
/// 3 in 10 later. Of equal ones, those that keep what is new are first.
fn cuts(begins: &[i64], ends: &[i64]) -> Vec<(usize, (i64, i64))> {
    let mut firsts: Vec<(usize, i64)> = (0..=begins.len() / 2).map(|older| (older, begins[older])).collect();
    // Of the rows that begin on one day, all or none are older.
    firsts.dedup_by_key(|(_, day)| *day);
    let last = ends.len() - 1;
    let mut lasts: Vec<(usize, i64)> =
        (0..=ends.len() * 3 / 10).map(|later| (later, ends[last - later])).collect();
    lasts.dedup_by_key(|(_, day)| *day);
    let mut cuts = Vec::with_capacity(firsts.len() * lasts.len());
    for (later, end) in &lasts {
        let before_end = firsts.iter().filter(|(_, first)| first < end);
        cuts.extend(before_end.map(|(older, first)| (older + 3 * later, (*first, *end))));
    }
    cuts
}

fn stretches(rows: &[TimelineRow], (first, end): (i64, i64)) -> Vec<Stretch> {
    let begins = rows.iter().filter_map(|row| row.from).map(day_of);
    let ends = rows.iter().filter_map(|row| row.to).map(|to| day_of(to) + 1);
    let mut edges: Vec<i64> = begins.chain(ends).filter(|day| (first..end).contains(day)).collect();
    edges.extend([first, end]);
    edges.sort_unstable();
    edges.dedup();
    let between = edges.windows(2);
    between.map(|pair| Stretch { from: pair[0], days: pair[1] - pair[0], is_broken: false }).collect()
}

/// Breaks the longest stretches from a day on while that gives the other days much more room.
fn broken(stretches: &mut [Stretch], began: i64, room: Share) -> Even {
    let mut even = Even { days: stretches.iter().map(|stretch| stretch.days).sum(), width: room };
    for _ in 0..MOST_BREAKS {
        let whole = stretches.iter_mut().rev().filter(|stretch| !stretch.is_broken && stretch.from >= began);
        // Of equal ones the older.
        let Some(longest) = whole.max_by_key(|stretch| stretch.days) else { break };
        let others = Even { days: even.days - longest.days, width: even.width - BREAK };
        let gains = even.share(longest.days) > BREAK * BREAK_GAIN;
        if !gains || others.days <= 0 || others.share(1) > MOST_OF_DAY {
            break;
        }
        longest.is_broken = true;
        even = others;
    }
    even
}
