//! Why a date is refused, and what to write instead.

use std::borrow::Cow;
use std::fmt;

use super::moment::Moment;

/// Why a date was refused; the end of a sentence that begins with the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Where no zone is known.
    NoOffset,
    /// A change of clocks skips the time: what may be meant before and after the change.
    Skipped([Box<str>; 2]),
    /// A change of clocks doubles the time: likewise.
    Doubled([Box<str>; 2]),
    NoDate,
    Impossible,
    /// It exists, and is later than any instant that can be stored.
    TooLate,
    /// Something else follows a day.
    NoTime,
    NoSuchOffset,
    /// Either two times of a day, or a time and its offset: both, as they are to be written.
    Hours([Box<str>; 2]),
    /// Neither a day nor a time.
    NotADay,
    /// Nothing that [`When`](super::When) knows.
    Shape,
    OpenAtBothEnds,
    EndsBeforeItBegins,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOffset => "has a time but no offset",
            Self::Skipped(_) => "does not exist in the site's time zone: the clocks were put forward over it",
            Self::Doubled(_) => "is two times in the site's time zone: the clocks were put back over it",
            Self::NoDate => "is a time without a date",
            Self::Impossible => "is not a date that exists",
            Self::TooLate => "is too late to be used; 9999-12-30 is the last day",
            Self::NoTime => "begins with a day, and what follows is no time",
            Self::NoSuchOffset => "has an offset that no clock has",
            Self::Hours(_) => "is two times of a day, or a time with an offset",
            Self::NotADay => "is not a day or a time",
            Self::Shape => "is not a date, a month, a year or a range of them",
            Self::OpenAtBothEnds => "is open at both ends",
            Self::EndsBeforeItBegins => "ends before it begins",
        })
    }
}

impl DateError {
    pub(super) fn skipped(before: Moment, after: Moment) -> Self {
        Self::Skipped([before, after].map(|moment| moment.to_string().into()))
    }

    pub(super) fn doubled(before: Moment, after: Moment) -> Self {
        Self::Doubled([before, after].map(|moment| moment.to_string().into()))
    }

    pub(super) fn hours(range: &str, with_offset: &str) -> Self {
        Self::Hours([range.into(), with_offset.into()])
    }

    /// What to write instead of a time that a change of clocks skips or doubles: before the change, and after it.
    #[must_use]
    pub fn choices(&self) -> Option<&[Box<str>; 2]> {
        match self {
            Self::Skipped(choices) | Self::Doubled(choices) => Some(choices),
            _ => None,
        }
    }

    /// The error of a longer text, of which the choices are a part.
    pub(super) fn within(self, whole: impl Fn(&str) -> String) -> Self {
        let in_whole = |choices: [Box<str>; 2]| choices.map(|choice| whole(&choice).into());
        match self {
            Self::Skipped(choices) => Self::Skipped(in_whole(choices)),
            Self::Doubled(choices) => Self::Doubled(in_whole(choices)),
            error => error,
        }
    }

    /// The remedy that belongs to the error.
    #[must_use]
    pub fn help(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Skipped([before, after]) | Self::Doubled([before, after]) => {
                return Cow::Owned(format!(
                    "write {before} if it was before the change, or {after} if it was after"
                ));
            }
            Self::Hours([range, with_offset]) => {
                return Cow::Owned(format!(
                    "write {range} for the time between them, or {with_offset} for one with an offset"
                ));
            }
            Self::NoOffset => "write the offset, as in 2016-10-02T21:40:00+03:00, or only the date",
            Self::NoDate => "write the date before it, as in 2016-10-02T21:40:00",
            Self::Impossible => "check the month, the day and the hour",
            Self::TooLate => "write 9999-12-30 or an earlier day",
            Self::NoTime => {
                "write the time as in 2016-10-02T21:40:00+03:00, or the day alone; 24:00 is 00:00 of the next day"
            }
            Self::NoSuchOffset => "write one from -14:00 to +14:00",
            Self::NotADay => "write a day or a time, as 2016-10-02 or 2016-10-02T21:40:00+03:00",
            Self::Shape => {
                "write 2016, 2016-10, 2016-10-02 or 2016-10-02T21:40:00+03:00, with ~ or ? behind it where unsure, or two of them as x/y, ../y or x/.."
            }
            Self::OpenAtBothEnds => "give at least one end",
            Self::EndsBeforeItBegins => "write the earlier end first",
        })
    }
}
