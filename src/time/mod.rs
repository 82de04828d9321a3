//! Moments, days and ranges: when something happened, was said, or was published.
//!
//! Owns the parsing of dates (a subset of EDTF, ISO 8601-2:2019, and TOML's own), what a time without an offset means
//! in the site's time zone, what day it is there, and what dates in other forms mean. Never reads a clock and never looks at the machine's zone data:
//! the tables inside the binary make two machines agree.

mod date_error;
mod day_or_moment;
mod moment;
mod readings;
mod when;
mod zone;

pub use date_error::DateError;
pub use day_or_moment::{DayOrMoment, parse_day_or_moment, parse_day_or_moment_in};
pub use moment::Moment;
pub use readings::{Readings, readings};
pub use when::{CalendarPage, End, MOST_DAYS_ON_DAY_PAGES, Point, When};
pub use zone::Zone;

#[cfg(test)]
mod tests;
