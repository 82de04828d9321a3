//! A day, or a time of a day: the only reader of both.

use std::str::FromStr as _;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use toml::value::{Datetime, Offset as TomlOffset};

use super::date_error::DateError;
use super::moment::Moment;
use super::zone::Zone;
use crate::fold::with_ascii_marks;

/// The meaning of a TOML date or date-time: a day, or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrMoment {
    Day(Date),
    Moment(Moment),
}

impl DayOrMoment {
    /// A time without an offset is one in `zone`. Fractions of a second are dropped.
    ///
    /// # Errors
    /// If the value has no date, does not exist, or is skipped or doubled by a change of clocks.
    pub fn from_toml(value: &Datetime, zone: &Zone) -> Result<Self, DateError> {
        Self::read(value, Some(zone))
    }

    /// Without a zone, a time needs an offset.
    fn read(value: &Datetime, zone: Option<&Zone>) -> Result<Self, DateError> {
        let date = value.date.ok_or(DateError::NoDate)?;
        let year = i16::try_from(date.year).map_err(|_| DateError::Impossible)?;
        let (month, day) = (as_i8(date.month)?, as_i8(date.day)?);
        let day = Date::new(year, month, day).map_err(|_| DateError::Impossible)?;
        let Some(time) = value.time else { return Ok(Self::Day(day)) };
        // A leap second becomes the second before it: no clock of ours shows :60.
        let second = as_i8(time.second.unwrap_or(0))?.min(59);
        let time = Time::new(as_i8(time.hour)?, as_i8(time.minute)?, second, 0)
            .map_err(|_| DateError::Impossible)?;
        let clock = day.to_datetime(time);
        let minutes = match value.offset {
            Some(TomlOffset::Z) => 0,
            Some(TomlOffset::Custom { minutes }) => minutes,
            None => return zone.ok_or(DateError::NoOffset)?.at_clock(clock).map(Self::Moment),
        };
        let offset = i32::from(minutes) * 60;
        let at = Offset::from_seconds(offset)
            .map_err(|_| DateError::Impossible)?
            .to_timestamp(clock)
            .map_err(|_| DateError::TooLate)?;
        Ok(Self::Moment(Moment { at, offset }))
    }

    /// The moment meant: a bare day is 00:00 of that day in `zone`.
    ///
    /// # Errors
    /// If the day is outside of the calendar of instants.
    pub fn moment_in(self, zone: &Zone) -> Result<Moment, DateError> {
        match self {
            Self::Moment(moment) => Ok(moment),
            Self::Day(day) => zone.start_of(day).ok_or(DateError::TooLate),
        }
    }
}

fn as_i8(n: u8) -> Result<i8, DateError> {
    i8::try_from(n).map_err(|_| DateError::Impossible)
}

/// Parses an RFC 3339 date-time with its offset, or a bare date, where no zone is known. Seconds may be left out, and
/// digits and marks may be those of any keyboard.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_day_or_moment(text: &str) -> Result<DayOrMoment, DateError> {
    parse(text, None)
}

/// As [`parse_day_or_moment`], but a time without an offset is one in `zone`.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_day_or_moment_in(zone: &Zone, text: &str) -> Result<DayOrMoment, DateError> {
    parse(text, Some(zone))
}

fn parse(text: &str, zone: Option<&Zone>) -> Result<DayOrMoment, DateError> {
    let text = with_ascii_marks(text);
    let text = text.trim();
    match Datetime::from_str(text) {
        Ok(value) => DayOrMoment::read(&value, zone),
        Err(_) if looks_like_a_day(text) => Err(DateError::Impossible),
        Err(_) => Err(DateError::NotADay),
    }
}

fn looks_like_a_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
}
