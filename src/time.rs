//! Moments, days and ranges: when something happened, was said, or was published.
//!
//! Owns the parsing of dates (a subset of EDTF, ISO 8601-2:2019, and TOML's own) and what
//! day it is in the site's time zone. Never reads a clock and never looks at the machine's
//! zone data: the tables inside the binary make two machines agree.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr as _;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use toml::value::{Datetime, Offset as TomlOffset};

/// An instant, and the offset that its writer gave.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub at: Timestamp,
    /// Seconds east of UTC.
    pub offset: i32,
}

/// Two moments are equal where the instants are, whatever the offsets.
impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Moment {}

impl Hash for Moment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.at.hash(state);
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl Moment {
    /// `None` beyond the calendar of instants.
    #[must_use]
    pub fn hours_later(self, hours: i64) -> Option<Self> {
        let at = self.at.checked_add(jiff::SignedDuration::from_hours(hours)).ok()?;
        Some(Self { at, ..self })
    }
}

/// RFC 3339, in the offset that its writer gave.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = Offset::from_seconds(self.offset).unwrap_or(Offset::UTC);
        write!(f, "{}", self.at.display_with_offset(offset))
    }
}

/// The site's time zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    #[must_use]
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// A zone of the IANA database, by name; `None` where there is none of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("UTC") {
            return Some(Self::utc());
        }
        TimeZoneDatabase::bundled().get(name).ok().map(Self)
    }

    /// The names of all zones, for suggestions.
    #[must_use]
    pub fn names() -> Vec<String> {
        TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect()
    }

    /// The day that it is here at an instant.
    #[must_use]
    pub fn day_of(&self, moment: Moment) -> Date {
        self.0.to_datetime(moment.at).date()
    }

    /// The same instant, in this zone's offset.
    #[must_use]
    pub fn local(&self, moment: Moment) -> Moment {
        Moment { at: moment.at, offset: self.0.to_offset(moment.at).seconds() }
    }

    /// 00:00 of a day here, or the first instant of it where the clocks skip midnight.
    #[must_use]
    pub fn start_of(&self, day: Date) -> Option<Moment> {
        let at = self.0.to_zoned(day.to_datetime(jiff::civil::Time::midnight())).ok()?.timestamp();
        Some(self.local(Moment { at, offset: 0 }))
    }
}

/// Why a date was refused; the end of a sentence that begins with the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    NoOffset,
    NoDate,
    Impossible,
    /// It exists, and is later than any instant that can be stored.
    TooLate,
    Shape,
    OpenAtBothEnds,
    EndsBeforeItBegins,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOffset => "has a time but no offset",
            Self::NoDate => "is a time without a date",
            Self::Impossible => "is not a date that exists",
            Self::TooLate => "is too late to be used; 9999-12-30 is the last day",
            Self::Shape => "is not a date, a month, a year or a range of them",
            Self::OpenAtBothEnds => "is open at both ends",
            Self::EndsBeforeItBegins => "ends before it begins",
        })
    }
}

impl DateError {
    /// The remedy that belongs to the error.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoOffset => "write the offset, as in 2016-10-02T21:40:00+03:00, or only the date",
            Self::NoDate => "write the date before it, as in 2016-10-02T21:40:00+03:00",
            Self::Impossible => "check the month, the day and the hour",
            Self::TooLate => "write 9999-12-30 or an earlier day",
            Self::Shape => {
                "write 2016, 2016-10, 2016-10-02 or 2016-10-02T21:40:00+03:00, with ~ or ? behind it where unsure, or two of them as x/y, ../y or x/.."
            }
            Self::OpenAtBothEnds => "give at least one end",
            Self::EndsBeforeItBegins => "write the earlier end first",
        }
    }
}

/// The meaning of a TOML date or date-time: a day, or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrMoment {
    Day(Date),
    Moment(Moment),
}

impl DayOrMoment {
    /// # Errors
    /// Where the value has no date, a time without an offset, or does not exist.
    pub fn from_toml(value: &Datetime) -> Result<Self, DateError> {
        let date = value.date.ok_or(DateError::NoDate)?;
        let year = i16::try_from(date.year).map_err(|_| DateError::Impossible)?;
        let (month, day) = (as_i8(date.month)?, as_i8(date.day)?);
        let day = Date::new(year, month, day).map_err(|_| DateError::Impossible)?;
        let Some(time) = value.time else { return Ok(Self::Day(day)) };
        let minutes = match value.offset {
            None => return Err(DateError::NoOffset),
            Some(TomlOffset::Z) => 0,
            Some(TomlOffset::Custom { minutes }) => minutes,
        };
        // A leap second becomes the second before it: no clock of ours shows :60.
        let second = as_i8(time.second.unwrap_or(0))?.min(59);
        let time = jiff::civil::Time::new(as_i8(time.hour)?, as_i8(time.minute)?, second, 0)
            .map_err(|_| DateError::Impossible)?;
        let offset = i32::from(minutes) * 60;
        let at = Offset::from_seconds(offset)
            .map_err(|_| DateError::Impossible)?
            .to_timestamp(day.to_datetime(time))
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

/// Parses an RFC 3339 date-time with its offset, or a bare date.
///
/// # Errors
/// As [`DayOrMoment::from_toml`]; [`DateError::Shape`] for what is neither.
pub fn parse_day_or_moment(text: &str) -> Result<DayOrMoment, DateError> {
    let shape = || if looks_like_a_date(text) { DateError::Impossible } else { DateError::Shape };
    let value = Datetime::from_str(text).map_err(|_| shape())?;
    DayOrMoment::from_toml(&value)
}

fn looks_like_a_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
}

/// A year, a month, a day or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    Year(i16),
    Month(i16, i8),
    Day(Date),
    Moment(Moment),
}

impl Point {
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let number = |part: &str| part.parse::<i16>().map_err(|_| DateError::Shape);
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        match text.len() {
            4 if digits(text) => Ok(Self::Year(number(text)?)),
            7 if text.is_ascii() && digits(&text[..4]) && &text[4..5] == "-" && digits(&text[5..]) => {
                let (year, month) = (number(&text[..4])?, number(&text[5..])?);
                let month = i8::try_from(month).map_err(|_| DateError::Impossible)?;
                Date::new(year, month, 1).map_err(|_| DateError::Impossible)?;
                Ok(Self::Month(year, month))
            }
            _ => parse_day_or_moment(text).map(Self::from),
        }
    }

    /// The first day that it may mean, in `zone`.
    #[must_use]
    pub fn first_day(self, zone: &Zone) -> Date {
        match self {
            Self::Year(year) => Date::new(year, 1, 1).expect("parse took only years that exist"),
            Self::Month(year, month) => Date::new(year, month, 1).expect("parse took only months that exist"),
            Self::Day(day) => day,
            Self::Moment(moment) => zone.day_of(moment),
        }
    }

    /// The last day that it may mean, in `zone`.
    #[must_use]
    pub fn last_day(self, zone: &Zone) -> Date {
        match self {
            Self::Year(year) => Date::new(year, 12, 31).expect("parse took only years that exist"),
            Self::Month(..) => self.first_day(zone).last_of_month(),
            Self::Day(_) | Self::Moment(_) => self.first_day(zone),
        }
    }
}

impl From<DayOrMoment> for Point {
    fn from(value: DayOrMoment) -> Self {
        match value {
            DayOrMoment::Day(day) => Self::Day(day),
            DayOrMoment::Moment(moment) => Self::Moment(moment),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Moment(moment) => write!(f, "{moment}"),
        }
    }
}

/// A point, and how sure its writer was of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct End {
    pub point: Point,
    /// `~`
    pub approximate: bool,
    /// `?`
    pub uncertain: bool,
}

impl End {
    fn parse(text: &str) -> Result<Self, DateError> {
        let (text, approximate, uncertain) = match text.as_bytes().last() {
            Some(b'~') => (&text[..text.len() - 1], true, false),
            Some(b'?') => (&text[..text.len() - 1], false, true),
            Some(b'%') => (&text[..text.len() - 1], true, true),
            _ => (text, false, false),
        };
        Ok(Self { point: Point::parse(text)?, approximate, uncertain })
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match (self.approximate, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        };
        write!(f, "{}{mark}", self.point)
    }
}

/// When something happened: one point, or a range with at least one known end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    At(End),
    Between(End, End),
    Until(End),
    Since(End),
}

/// A page of the calendar that lists a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarPage {
    Year(i16),
    Month(i16, i8),
    Day(Date),
}

/// The longest range, in days, that is listed on the page of each of its days.
pub const MOST_DAYS_ON_DAY_PAGES: i64 = 7;

impl When {
    /// Parses `2016`, `2016-10`, `2016-10-02`, a date-time with offset, each with `~`, `?` or
    /// `%` behind it if wanted, or two of them as `x/y`, `../y`, `x/..`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let Some((from, to)) = text.split_once('/') else { return Ok(Self::At(End::parse(text)?)) };
        match (from, to) {
            ("..", "..") => Err(DateError::OpenAtBothEnds),
            ("..", to) => Ok(Self::Until(End::parse(to)?)),
            (from, "..") => Ok(Self::Since(End::parse(from)?)),
            (from, to) => {
                let (from, to) = (End::parse(from)?, End::parse(to)?);
                if ends_before(to.point, from.point) {
                    return Err(DateError::EndsBeforeItBegins);
                }
                Ok(Self::Between(from, to))
            }
        }
    }

    #[must_use]
    pub fn from_point(point: Point) -> Self {
        Self::At(End { point, approximate: false, uncertain: false })
    }

    #[must_use]
    pub fn start(&self) -> Option<&End> {
        match self {
            Self::At(end) | Self::Between(end, _) | Self::Since(end) => Some(end),
            Self::Until(_) => None,
        }
    }

    #[must_use]
    pub fn finish(&self) -> Option<&End> {
        match self {
            Self::At(end) | Self::Between(_, end) | Self::Until(end) => Some(end),
            Self::Since(_) => None,
        }
    }

    /// The first day that it may mean; `None` where that end is open.
    #[must_use]
    pub fn first_day(&self, zone: &Zone) -> Option<Date> {
        self.start().map(|end| end.point.first_day(zone))
    }

    /// The last day that it may mean; `None` where that end is open.
    #[must_use]
    pub fn last_day(&self, zone: &Zone) -> Option<Date> {
        self.finish().map(|end| end.point.last_day(zone))
    }

    /// Its first moment; `None` if that end is open.
    #[must_use]
    pub fn begin(&self, zone: &Zone) -> Option<Moment> {
        match self.start()?.point {
            Point::Moment(moment) => Some(moment),
            point => zone.start_of(point.first_day(zone)),
        }
    }

    /// All of it lies after `moment`. Where one of them may be a bare day, days are compared: midnight
    /// means the whole day.
    #[must_use]
    pub fn begins_after(&self, moment: Moment, zone: &Zone) -> bool {
        let Some(start) = self.start().map(|end| end.point) else { return false };
        let day = zone.day_of(moment);
        match start {
            Point::Moment(start) if zone.start_of(day) != Some(moment) => start > moment,
            start => start.first_day(zone) > day,
        }
    }

    /// Its pages in the calendar: a range of up to seven days on each of its days; a
    /// longer, open or coarser one on the month or year pages of its known ends.
    #[must_use]
    pub fn calendar_pages(&self, zone: &Zone) -> Vec<CalendarPage> {
        if let Some(days) = self.short_range(zone) {
            return days;
        }
        let mut pages: Vec<_> = [self.start(), self.finish()]
            .into_iter()
            .flatten()
            .map(|end| coarse_page(end.point, zone))
            .collect();
        pages.dedup();
        pages
    }

    fn short_range(&self, zone: &Zone) -> Option<Vec<CalendarPage>> {
        let (start, finish) = (self.start()?, self.finish()?);
        let is_fine = |end: &End| matches!(end.point, Point::Day(_) | Point::Moment(_));
        if !is_fine(start) || !is_fine(finish) {
            return None;
        }
        let (first, last) = (start.point.first_day(zone), finish.point.last_day(zone));
        let days = i64::from(first.until(last).ok()?.get_days()) + 1;
        if !(1..=MOST_DAYS_ON_DAY_PAGES).contains(&days) {
            return None;
        }
        Some(
            first
                .series(jiff::Span::new().days(1))
                .take_while(|day| *day <= last)
                .map(CalendarPage::Day)
                .collect(),
        )
    }
}

fn coarse_page(point: Point, zone: &Zone) -> CalendarPage {
    match point {
        Point::Year(year) => CalendarPage::Year(year),
        Point::Month(year, month) => CalendarPage::Month(year, month),
        Point::Day(_) | Point::Moment(_) => {
            let day = point.first_day(zone);
            CalendarPage::Month(day.year(), day.month())
        }
    }
}

/// A day and a moment are compared by the day that it was where the moment was written.
fn ends_before(end: Point, start: Point) -> bool {
    if let (Point::Moment(end), Point::Moment(start)) = (end, start) {
        return end < start;
    }
    last_day_as_written(end) < first_day_as_written(start)
}

fn first_day_as_written(point: Point) -> Date {
    point.first_day(&written_in(point))
}

fn last_day_as_written(point: Point) -> Date {
    point.last_day(&written_in(point))
}

fn written_in(point: Point) -> Zone {
    let offset = if let Point::Moment(moment) = point { moment.offset } else { 0 };
    Zone(Offset::from_seconds(offset).unwrap_or(Offset::UTC).to_time_zone())
}

/// The EDTF form, which parses to the same value again.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(end) => write!(f, "{end}"),
            Self::Between(from, to) => write!(f, "{from}/{to}"),
            Self::Until(to) => write!(f, "../{to}"),
            Self::Since(from) => write!(f, "{from}/.."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pages(text: &str) -> String {
        let zone = Zone::named("Asia/Damascus").unwrap();
        let name = |page: &CalendarPage| match page {
            CalendarPage::Year(y) => format!("{y}"),
            CalendarPage::Month(y, m) => format!("{y}-{m:02}"),
            CalendarPage::Day(day) => day.to_string(),
        };
        When::parse(text).unwrap().calendar_pages(&zone).iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ranges_up_to_seven_days_stand_on_their_days_and_others_on_their_ends() {
        assert_eq!(pages("2016-10-02"), "2016-10-02");
        assert_eq!(pages("2016-10-01/2016-10-02"), "2016-10-01 2016-10-02");
        assert_eq!(pages("2016-09-26/2016-10-02").split(' ').count(), 7);
        assert_eq!(pages("2016-09-25/2016-10-02"), "2016-09 2016-10");
        assert_eq!(pages("2016-10-01/2016-10-31"), "2016-10");
        assert_eq!(pages("2016-10"), "2016-10");
        assert_eq!(pages("2011-03/.."), "2011-03");
        assert_eq!(pages("../2016"), "2016");
        assert_eq!(pages("2016-10-02T23:30:00Z"), "2016-10-03", "the day is the site's");
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_reason() {
        for (text, error) in [
            ("2016-13", DateError::Impossible),
            ("2016-02-30", DateError::Impossible),
            ("2016-10-02T25:00:00+03:00", DateError::Impossible),
            ("2016-10-02T21:40:00", DateError::NoOffset),
            ("yesterday", DateError::Shape),
            ("", DateError::Shape),
            ("0A𞹗 ", DateError::Shape),
            ("../..", DateError::OpenAtBothEnds),
            ("2016-10-02/2016-10-01", DateError::EndsBeforeItBegins),
            ("2016-10/2016-09", DateError::EndsBeforeItBegins),
            ("2016-10-03/2016-10-02T21:40:00+03:00", DateError::EndsBeforeItBegins),
        ] {
            assert_eq!(When::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_bare_day_begins_at_midnight_in_the_zone() {
        let zone = Zone::named("Asia/Damascus").unwrap();
        let moment = parse_day_or_moment("2016-10-02").unwrap().moment_in(&zone).unwrap();
        assert_eq!(moment.to_string(), "2016-10-02T00:00:00+03:00");
    }

    proptest! {
        #[test]
        fn what_parses_prints_as_what_parses_to_the_same(text in "[0-9./T:~?+Z-]{0,30}|(\\.\\.|20[0-9]{2}(-[01][0-9](-[0-3][0-9])?)?[~?]?)/(\\.\\.|20[0-9]{2}(-[01][0-9])?)") {
            if let Ok(when) = When::parse(&text) {
                prop_assert_eq!(When::parse(&when.to_string()), Ok(when));
                prop_assert!(!when.calendar_pages(&Zone::utc()).is_empty());
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = When::parse(&text).map(|when| when.calendar_pages(&Zone::utc()));
        }
    }
}
