//! What a timeline is given.

use jiff::civil::Date;

use crate::charts::canvas::RowName;

/// A row: what happened, and between which days.
#[derive(Clone, Debug)]
pub struct TimelineRow {
    pub name: RowName,
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
    /// The label of older time.
    pub before: &'a str,
    /// The meaning of the signs: open, left out, cut off, about, perhaps.
    pub open: &'a str,
    pub gap: &'a str,
    pub beyond: &'a str,
    pub about: &'a str,
    pub perhaps: &'a str,
}
