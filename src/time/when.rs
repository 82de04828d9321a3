//! When something happened: a point of the calendar or a range, as EDTF writes them.

use std::fmt;

use jiff::civil::Date;

use super::date_error::DateError;
use super::day_or_moment::{DayOrMoment, parse_day_or_moment_in};
use super::moment::Moment;
use super::zone::Zone;
use crate::fold::with_ascii_marks;

/// A year, a month, a day or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    Year(i16),
    Month(i16, i8),
    Day(Date),
    Moment(Moment),
}

impl Point {
    /// `text` has the digits and marks of ASCII. A time without an offset is one in `zone`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str, zone: &Zone) -> Result<Self, DateError> {
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
            _ => match parse_day_or_moment_in(zone, text) {
                Err(DateError::NotADay) => Err(DateError::Shape),
                read => read.map(Self::from),
            },
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
    fn parse(text: &str, zone: &Zone) -> Result<Self, DateError> {
        let text = text.trim();
        let (bare, approximate, uncertain) = match text.as_bytes().last() {
            Some(b'~') => (&text[..text.len() - 1], true, false),
            Some(b'?') => (&text[..text.len() - 1], false, true),
            Some(b'%') => (&text[..text.len() - 1], true, true),
            _ => (text, false, false),
        };
        let mark = &text[bare.len()..];
        let point =
            Point::parse(bare, zone).map_err(|error| error.within(|point| format!("{point}{mark}")))?;
        Ok(Self { point, approximate, uncertain })
    }
}

impl End {
    /// Also if a change of clocks leaves open which of two times it is.
    fn is_meant_by(text: &str, zone: &Zone) -> bool {
        Self::parse(text, zone).map_or_else(|error| error.choices().is_some(), |_| true)
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
    /// Parses `2016`, `2016-10`, `2016-10-02`, a date-time, each with `~`, `?` or `%` behind it if wanted, or two of
    /// them as `x/y`, `../y`, `x/..`, `x to y` or `x – y`. A time without an offset is one in `zone`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str, zone: &Zone) -> Result<Self, DateError> {
        let text = with_ascii_marks(text);
        match text.split_once('/') {
            Some((from, to)) => Self::parse_range(from.trim(), to.trim(), zone),
            None => End::parse(&text, zone)
                .map(Self::At)
                .or_else(|error| Self::parse_joined(&text, zone).unwrap_or(Err(error))),
        }
    }

    fn parse_range(from: &str, to: &str, zone: &Zone) -> Result<Self, DateError> {
        let begin = || End::parse(from, zone).map_err(|error| error.within(|begin| format!("{begin}/{to}")));
        let finish =
            || End::parse(to, zone).map_err(|error| error.within(|finish| format!("{from}/{finish}")));
        match (from, to) {
            ("..", "..") => Err(DateError::OpenAtBothEnds),
            ("..", _) => Ok(Self::Until(finish()?)),
            (_, "..") => Ok(Self::Since(begin()?)),
            _ => {
                let (from, to) = (begin()?, finish()?);
                if ends_before(to.point, from.point) {
                    return Err(DateError::EndsBeforeItBegins);
                }
                Ok(Self::Between(from, to))
            }
        }
    }

    /// A range whose ends are joined as people do; `None` if it has no two ends.
    fn parse_joined(text: &str, zone: &Zone) -> Option<Result<Self, DateError>> {
        let (from, to) =
            range_ends(text).find(|(from, to)| End::is_meant_by(from, zone) && End::is_meant_by(to, zone))?;
        Some(Self::parse_range(from, to, zone))
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

/// The two parts of a text at each mark or word that people join dates with. `text` has the marks of ASCII.
pub(super) fn range_ends(text: &str) -> impl Iterator<Item = (&str, &str)> {
    const WORDS: [&str; 3] = [" to ", " until ", " till "];
    let at_words = WORDS.into_iter().filter_map(|word| text.split_once(word));
    let at_marks =
        text.match_indices(['/', '-', '—']).map(|(at, mark)| (&text[..at], &text[at + mark.len()..]));
    at_words.chain(at_marks).map(|(from, to)| (from.trim(), to.trim()))
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
    if let Point::Moment(moment) = point { Zone::of_offset(moment) } else { Zone::utc() }
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
