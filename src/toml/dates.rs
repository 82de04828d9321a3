//! Dates and times in TOML, and what to write instead of those that are refused.
//!
//! A date between quotes is read as the same one without them: editors of front matter write both.

use std::str::FromStr as _;

use jiff::civil::Date;
use toml::de::DeValue;
use toml::value::Datetime;

use super::characters::shown;
use super::registry::ValueType;
use super::types::FromToml;
use super::value::TomlValue;
use crate::diag::{Code, Diagnostic};
use crate::time::{
    DateError, DayOrMoment, Moment, Point, Readings, When, Zone, parse_day_or_moment_in, readings,
};

/// A date and time, or a date: 00:00 of that day. Without an offset it is in the document's zone.
impl<'d> FromToml<'d> for Moment {
    type Output = Self;
    const TYPE: ValueType = ValueType::Moment;

    fn from_toml(value: &TomlValue<'d>) -> Option<Self> {
        let moment = value.day_or_moment()?.moment_in(value.zone());
        moment.map_or_else(|error| value.bad_date(&error, is_day_or_moment), Some)
    }
}

/// A date without a time.
impl<'d> FromToml<'d> for Date {
    type Output = Self;
    const TYPE: ValueType = ValueType::Day;

    fn from_toml(value: &TomlValue<'d>) -> Option<Self> {
        match value.day_or_moment()? {
            DayOrMoment::Day(day) => Some(day),
            DayOrMoment::Moment(moment) => {
                let day = value.rewritten(&moment.to_string()[.."2016-10-09".len()]);
                value.wrong_type("a day without a time", day)
            }
        }
    }
}

/// Text in our subset of EDTF, or a TOML date with or without a time.
impl<'d> FromToml<'d> for When {
    type Output = Self;
    const TYPE: ValueType = ValueType::When;

    fn from_toml(value: &TomlValue<'d>) -> Option<Self> {
        const WANTED: &str = "a date or a range of dates";
        let when = match value.raw {
            DeValue::String(text) => Self::parse(text, value.zone()),
            DeValue::Datetime(date) => {
                DayOrMoment::from_toml(date, value.zone()).map(Point::from).map(Self::from_point)
            }
            DeValue::Integer(year) if Self::parse(year.as_str(), value.zone()).is_ok() => {
                return value.wrong_type(WANTED, value.rewritten(&format!("\"{}\"", year.as_str())));
            }
            _ => return value.no_date(WANTED, is_when, "\"2016-10-02\""),
        };
        when.map_or_else(|error| value.bad_date(&error, is_when), Some)
    }
}

impl TomlValue<'_> {
    fn day_or_moment(&self) -> Option<DayOrMoment> {
        let read = match self.raw {
            DeValue::Datetime(date) => DayOrMoment::from_toml(date, self.zone()),
            DeValue::String(text) => parse_day_or_moment_in(self.zone(), text),
            _ => return self.no_date("a date", is_day_or_moment, "2016-10-02T21:40:00+03:00"),
        };
        let date = read.map_or_else(|error| self.bad_date(&error, is_day_or_moment), Some)?;
        if year(&date) >= FIRST_YEAR {
            return Some(date);
        }
        let message =
            format!("{} is before {FIRST_YEAR}, as years of other calendars are", shown(self.written()));
        let help = "write the year of the Gregorian calendar, as in 2026";
        self.refuse(Code::BAD_DATE, message, "too early for this key", help)
    }

    /// `accepts` is the reader of the value.
    fn bad_date<T>(&self, error: &DateError, accepts: Accepts) -> Option<T> {
        let message = |fact: &str| format!("{} {fact}", shown(self.written()));
        if let Some([before, after]) = error.choices() {
            let diagnostic = Diagnostic::error(Code::CLOCK_CHANGE, message(&error.to_string()))
                .label("which of two times?")
                .help(format!("{} if it was before the change", self.with_date(before)))
                .help(format!("{} if it was after the change", self.with_date(after)));
            return self.refuse_with(diagnostic);
        }
        if let DateError::Hours([range, with_offset]) = error {
            let begin = range.split('/').next().unwrap_or(range);
            let hours = if accepts(range, self.zone()) { range } else { begin };
            let diagnostic = Diagnostic::error(Code::BAD_DATE, message(&error.to_string()))
                .label("hours, or an offset?")
                .help(format!("{} if both are times of that day", self.with_date(hours)))
                .help(format!("{} if the second is an offset", self.with_date(with_offset)));
            return self.refuse_with(diagnostic);
        }
        let remedies = self.raw.as_str().map_or(Vec::new(), |text| self.date_remedies(text, accepts));
        let (fact, help) = if remedies.is_empty() {
            (error.to_string(), vec![error.help().into_owned()])
        } else {
            (IN_ANOTHER_FORM.to_owned(), remedies)
        };
        let diagnostic = Diagnostic::error(Code::BAD_DATE, message(&fact)).label("cannot be used");
        self.refuse_with(help.into_iter().fold(diagnostic, Diagnostic::help))
    }

    /// A number or another value where a date is wanted.
    fn no_date<T>(&self, wanted: &str, accepts: Accepts, example: &str) -> Option<T> {
        let remedies = match self.raw {
            DeValue::Integer(_) | DeValue::Float(_) => self.date_remedies(self.written(), accepts),
            _ => Vec::new(),
        };
        let help = if remedies.is_empty() { vec![self.rewritten(example)] } else { remedies };
        let diagnostic = self.of_wrong_type(wanted);
        self.refuse_with(help.into_iter().fold(diagnostic, Diagnostic::help))
    }

    fn date_remedies(&self, text: &str, accepts: Accepts) -> Vec<String> {
        remedies(text, self.zone(), accepts, |date| self.with_date(date))
    }

    /// The line with another date, in quotes if the value has them; of a cell, the date.
    fn with_date(&self, date: &str) -> String {
        let is_quoted = self.raw.as_str().is_some() && !self.is_cell();
        self.rewritten(&match is_quoted {
            true => format!("\"{date}\""),
            false if self.is_cell() => date.to_owned(),
            false => as_value(date),
        })
    }
}

/// No site was published before. The Persian and the Islamic calendar are in their 1400s.
const FIRST_YEAR: i16 = 1900;

fn year(date: &DayOrMoment) -> i16 {
    match date {
        DayOrMoment::Day(day) => day.year(),
        DayOrMoment::Moment(moment) => moment.at.to_zoned(jiff::tz::TimeZone::UTC).year(),
    }
}

/// A value that was refused is not written as a date, though it is one.
pub(super) const IN_ANOTHER_FORM: &str = "is not written as a date";

/// Whether a text is a value of a key with dates.
pub(super) type Accepts = fn(&str, &Zone) -> bool;

pub(super) fn is_day_or_moment(text: &str, zone: &Zone) -> bool {
    parse_day_or_moment_in(zone, text).is_ok_and(|date| year(&date) >= FIRST_YEAR)
}

pub(super) fn is_when(text: &str, zone: &Zone) -> bool {
    When::parse(text, zone).is_ok()
}

/// What to write instead of a date that has one meaning or two, each in TOML. `accepts` is the reader of the value.
pub(super) fn remedies(
    written: &str,
    zone: &Zone,
    accepts: Accepts,
    line: impl Fn(&str) -> String,
) -> Vec<String> {
    match readings(written, |date| accepts(date, zone)) {
        None => Vec::new(),
        Some(Readings::One(date)) => vec![line(&date)],
        Some(Readings::ByOrder { day_first, month_first }) => vec![
            format!("{} if the day comes first", line(&day_first)),
            format!("{} if the month comes first", line(&month_first)),
        ],
    }
}

/// A date as a TOML value without quotes, or with them if it needs them.
pub(super) fn as_value(date: &str) -> String {
    if Datetime::from_str(date).is_ok() { date.to_owned() } else { format!("\"{date}\"") }
}
