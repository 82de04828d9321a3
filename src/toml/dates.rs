//! Dates and times in TOML, and what to write instead of those that are refused.
//!
//! A date between quotes is read as the same one without them: editors of front matter write both.

use jiff::civil::Date;
use toml::de::DeValue;

use super::characters::shown;
use super::registry::ValueType;
use super::types::FromToml;
use super::value::TomlValue;
use crate::diag::{Code, Diagnostic};
use crate::fold::with_ascii_marks;
use crate::time::{
    DateError, DayOrMoment, Moment, Point, When, Zone, parse_day_or_moment, parse_day_or_moment_in,
};

/// A date and time, or a date: 00:00 of that day. Without an offset it is in the document's zone.
impl<'d> FromToml<'d> for Moment {
    type Output = Self;
    const TYPE: ValueType = ValueType::Moment;

    fn from_toml(value: &TomlValue<'d>) -> Option<Self> {
        let moment = value.day_or_moment()?.moment_in(value.zone());
        moment.map_or_else(|error| value.bad_date(&error), Some)
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
            _ => return value.wrong_type(WANTED, value.rewritten("\"2016-10-02\"")),
        };
        when.map_or_else(|error| value.bad_date(&error), Some)
    }
}

impl TomlValue<'_> {
    fn day_or_moment(&self) -> Option<DayOrMoment> {
        let read = match self.raw {
            DeValue::Datetime(date) => DayOrMoment::from_toml(date, self.zone()),
            DeValue::String(text) => parse_day_or_moment_in(self.zone(), text),
            _ => return self.wrong_type("a date", self.rewritten("2016-10-02T21:40:00+03:00")),
        };
        let date = read.map_or_else(|error| self.bad_date(&error), Some)?;
        if year(&date) >= FIRST_YEAR {
            return Some(date);
        }
        let message =
            format!("{} is before {FIRST_YEAR}, as years of other calendars are", shown(self.written()));
        let help = "write the year of the Gregorian calendar, as in 2026";
        self.refuse(Code::BAD_DATE, message, "too early for this key", help)
    }

    fn bad_date<T>(&self, error: &DateError) -> Option<T> {
        let message = |fact: &str| format!("{} {fact}", shown(self.written()));
        if let Some([before, after]) = error.choices() {
            let diagnostic = Diagnostic::error(Code::CLOCK_CHANGE, message(&error.to_string()))
                .label("which of two times?")
                .help(format!("{} if it was before the change", self.with_date(before)))
                .help(format!("{} if it was after the change", self.with_date(after)));
            return self.refuse_with(diagnostic);
        }
        let (fact, help) = match self.raw.as_str().and_then(|text| self.meant_by(text)) {
            Some((fact, remedy)) => (fact.to_owned(), remedy),
            None => (error.to_string(), error.help().into_owned()),
        };
        self.refuse(Code::BAD_DATE, message(&fact), "cannot be used", help)
    }

    /// The fact and the remedy for a text whose meaning is clear.
    fn meant_by(&self, text: &str) -> Option<(&'static str, String)> {
        let text = with_ascii_marks(text);
        if let Some(range) = range_in_words(&text, self.zone()) {
            return Some(("is a range in words", self.with_date(&range)));
        }
        if let Some(date) = with_whole_offset(&text) {
            return Some(("has an offset that is not written in full", self.with_date(&date)));
        }
        day_before_month(&text).map(|_| ("is not written as a date", YEAR_FIRST.to_owned()))
    }

    /// The line with another date, in quotes if the value has them.
    fn with_date(&self, date: &str) -> String {
        let is_quoted = self.raw.as_str().is_some();
        self.rewritten(&if is_quoted { format!("\"{date}\"") } else { date.to_owned() })
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

pub(super) const YEAR_FIRST: &str = "write the year first, then the month and the day, as in 2016-10-02";

/// `2016-10-02 to 2016-10-05` as a range.
fn range_in_words(text: &str, zone: &Zone) -> Option<String> {
    let joints = [" to ", " until ", " till ", " - ", " — "];
    let (from, to) = joints.iter().find_map(|joint| text.split_once(joint))?;
    let range = format!("{}/{}", from.trim(), to.trim());
    When::parse(&range, zone).is_ok().then_some(range)
}

/// The date with an offset as RFC 3339 wants it: `+03:00`, and neither `+0300` nor `+3`.
pub(super) fn with_whole_offset(written: &str) -> Option<String> {
    let (before, after) = written.trim().split_at_checked("2016-10-02".len())?;
    let (time, offset) = after.split_at(after.rfind(['+', '-'])?);
    let digits: String = offset[1..].chars().filter(|c| *c != ':').collect();
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let hours_and_minutes = match digits.len() {
        1 | 2 => format!("{digits:0>2}:00"),
        _ => format!("{:0>2}:{}", &digits[..digits.len() - 2], &digits[digits.len() - 2..]),
    };
    let seconds = if time.matches(':').count() == 1 { ":00" } else { "" };
    let date = format!("{before}{}{seconds}{}{hours_and_minutes}", time.trim_end(), &offset[..1]);
    parse_day_or_moment(&date).is_ok().then_some(date)
}

/// A date such as `05.01.2026` or `5/1/2026` at the begin of a text. Which of its numbers is the month differs by
/// country.
pub(super) fn day_before_month(text: &str) -> Option<&str> {
    let date = text.split_whitespace().next()?;
    let numbers: Vec<&str> = date.split(['.', '/', '-']).collect();
    let are_numbers = numbers.iter().all(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()));
    (numbers.len() == 3 && numbers[0].len() < 4 && are_numbers).then_some(date)
}
