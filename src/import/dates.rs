//! Dates as other generators write them.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::time::{DayOrMoment, Moment, Zone, parse_day_or_moment_in};

/// The meaning of a date. A time without an offset is one of `zone`. `None` if it is not certain.
#[must_use]
pub fn read_date(text: &str, zone: &Zone) -> Option<DayOrMoment> {
    let text = text.trim();
    if let Ok(date) = parse_day_or_moment_in(zone, text) {
        return Some(date);
    }
    loose_date(text, zone).or_else(|| mail_date(text))
}

/// A day keeps its form: midnight of it differs from place to place.
#[must_use]
pub fn written_date(date: DayOrMoment) -> String {
    match date {
        DayOrMoment::Day(day) => day.to_string(),
        DayOrMoment::Moment(moment) => moment.to_string(),
    }
}

/// `2016-10-2`, `2016-10-02 21:40`, `2016-10-02 21:40:00.5 +0200`, `2016/10/02`.
fn loose_date(text: &str, zone: &Zone) -> Option<DayOrMoment> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '-' && c != '/').unwrap_or(text.len());
    let (day, rest) = text.split_at(end);
    let day = loose_day(day)?;
    let rest = rest.trim_start_matches([' ', 'T', 't']);
    if rest.is_empty() {
        return Some(DayOrMoment::Day(day));
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(rest.len());
    let (clock, offset) = rest.split_at(end);
    let shown = clock_time(day, clock)?;
    let moment = match offset.trim() {
        "" => return at_clock(shown, zone),
        offset => {
            let seconds = offset_seconds(offset)?;
            Moment { at: Offset::from_seconds(seconds).ok()?.to_timestamp(shown).ok()?, offset: seconds }
        }
    };
    Some(DayOrMoment::Moment(moment))
}

/// What clocks of a zone show. An hour that they show twice is the earlier one.
fn at_clock(shown: DateTime, zone: &Zone) -> Option<DayOrMoment> {
    match parse_day_or_moment_in(zone, &shown.to_string()) {
        Ok(date) => Some(date),
        Err(error) => parse_day_or_moment_in(zone, &error.choices()?[0]).ok(),
    }
}

fn loose_day(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/']);
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() { None } else { Date::new(year, month, day).ok() }
}

fn clock_time(day: Date, clock: &str) -> Option<DateTime> {
    let clock = clock.split('.').next().unwrap_or_default();
    let mut parts = clock.split(':');
    let (hour, minute) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let second: i8 = parts.next().map_or(Some(0), |second| second.parse().ok())?;
    if parts.next().is_some() {
        return None;
    }
    let time = jiff::civil::Time::new(hour, minute, second.min(59), 0).ok()?;
    Some(day.to_datetime(time))
}

/// `Z`, `UTC`, `+0200`, `-03:30`, `+02`.
fn offset_seconds(text: &str) -> Option<i32> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(0);
    }
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let digits = digits.replacen(':', "", 1);
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "0"),
        4 if digits.is_ascii() => digits.split_at(2),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// `Sun, 02 Oct 2016 21:40:00 +0300`.
fn mail_date(text: &str) -> Option<DayOrMoment> {
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(DayOrMoment::Moment(Moment { at: zoned.timestamp(), offset: zoned.offset().seconds() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_meaning() {
        let zone = Zone::named("Asia/Damascus").unwrap();
        for (text, date) in [
            ("2016-10-02", "2016-10-02"),
            ("2016-1-2", "2016-01-02"),
            ("2016/10/02", "2016-10-02"),
            ("2016-10-02T21:40:00Z", "2016-10-02T21:40:00+00:00"),
            ("2016-10-02 21:40:00 +0200", "2016-10-02T21:40:00+02:00"),
            ("2016-10-02 21:40:00.123 -03:30", "2016-10-02T21:40:00-03:30"),
            ("2016-10-02 21:40 UTC", "2016-10-02T21:40:00+00:00"),
            ("2016-10-02T21:40:00", "2016-10-02T21:40:00+03:00"),
            ("2016-12-02 9:05", "2016-12-02T09:05:00+02:00"),
            ("Sun, 02 Oct 2016 21:40:00 +0300", "2016-10-02T21:40:00+03:00"),
        ] {
            assert_eq!(read_date(text, &zone).map(written_date).as_deref(), Some(date), "{text}");
        }
        for text in
            ["", "soon", "2016-13-01", "02/10/2016", "2016-10-02 25:00", "2016-10", "2016-10-02 21:40 CEST"]
        {
            assert_eq!(read_date(text, &zone), None, "{text}");
        }
    }
}
