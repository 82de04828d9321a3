//! A day, or a time of a day: the only reader of both.

use std::borrow::Cow;
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
        if minutes.abs() > FARTHEST_OFFSET {
            return Err(DateError::NoSuchOffset);
        }
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

/// In minutes: Kiribati is 14 hours ahead of UTC.
const FARTHEST_OFFSET: i16 = 14 * 60;

fn as_i8(n: u8) -> Result<i8, DateError> {
    i8::try_from(n).map_err(|_| DateError::Impossible)
}

/// Parses an RFC 3339 date-time with its offset, or a bare date, where no zone is known. Seconds may be left out, the
/// offset may be `+0300` or `+03`, and digits and marks may be those of any keyboard.
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
    if let Some((day, begin, end)) = hours_of_a_day(text) {
        let [begin, end, offset] =
            [begin, end, end].map(|clock| format!("{}:{}", &clock[..2], &clock[clock.len() - 2..]));
        return Err(DateError::hours(
            &format!("{day}T{begin}/{day}T{end}"),
            &format!("{day}T{begin}-{offset}"),
        ));
    }
    match Datetime::from_str(&tidy(text)) {
        Ok(value) => DayOrMoment::read(&value, zone),
        Err(_) if !looks_like_a_day(text) => Err(DateError::NotADay),
        Err(_) if text.len() > DAY && Datetime::from_str(&text[..DAY]).is_ok() => Err(DateError::NoTime),
        Err(_) => Err(DateError::Impossible),
    }
}

/// A day and two clock times of it, as in `2016-10-02 09:00-11:00`. A person means from then to then; what programs write
/// with an offset has seconds or a `T`.
fn hours_of_a_day(text: &str) -> Option<(&str, &str, &str)> {
    let (day, rest) = text.split_at_checked(DAY).filter(|_| looks_like_a_day(text))?;
    let (begin, end) = rest.strip_prefix(' ')?.trim().split_once('-')?;
    let (begin, end) = (begin.trim(), end.trim());
    let digits = |clock: &str| {
        let digits = clock.replacen(':', "", 1);
        (digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
    };
    (digits(begin)? < digits(end)?).then_some((day, begin, end))
}

/// The length of a day as text.
const DAY: usize = "2016-10-02".len();

/// A day and a time as TOML has them: one space between them, none before the offset, a point before the fraction, a
/// colon in the offset.
fn tidy(text: &str) -> Cow<'_, str> {
    let Some((day, rest)) = text.split_at_checked(DAY).filter(|_| looks_like_a_day(text)) else {
        return text.into();
    };
    if !rest.starts_with([' ', 'T', 't']) {
        return text.into();
    }
    let time = rest.trim_start();
    let time = time.strip_prefix(['T', 't']).unwrap_or(time);
    let offset_at = time.find([' ', 'Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, offset) = time.split_at(offset_at);
    format!("{day} {}{}", clock.replace(',', "."), with_colon(offset.trim_start())).into()
}

/// `+03:00` for `+0300` and `+03`. `-11` after a time is no offset: it may be an hour at which something ended.
fn with_colon(offset: &str) -> Cow<'_, str> {
    let digits = offset.get(1..).unwrap_or_default();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return offset.into();
    }
    match (offset.as_bytes().first(), digits.len()) {
        (Some(b'+' | b'-'), 4) => format!("{}:{}", &offset[..3], &offset[3..]).into(),
        (Some(b'+'), 2) => format!("{offset}:00").into(),
        _ => offset.into(),
    }
}

fn looks_like_a_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= DAY
        && bytes[..DAY]
            .iter()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
}
