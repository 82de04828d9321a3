//! When a movement has been over for long enough to be published.
//!
//! Owns how long that is, and how an end that is not exact is read. Reads no clock.
//!
//! Invariant: a less exact time is never over earlier than the exact one.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::time::{End, Moment, Point, When, Zone};

/// A movement is published only when it has been over for so long.
pub const HOURS_AFTER_MOVEMENT: i64 = 12;

/// From when on what happened can be published. `None` if no end is known: it may go on.
pub fn over_for_long_at(happened: &When, zone: &Zone) -> Option<Moment> {
    end_of(happened.finish()?, zone)?.hours_later(HOURS_AFTER_MOVEMENT)
}

/// The end of the last moment that is meant. One that is approximate or uncertain may be as much later as
/// its own unit is long: a day, a month or a year. A moment may be a day later.
fn end_of(end: &End, zone: &Zone) -> Option<Moment> {
    let is_exact = !end.approximate && !end.uncertain;
    match end.point {
        Point::Moment(moment) if is_exact => Some(moment),
        Point::Moment(moment) => moment.hours_later(24),
        point if is_exact => end_of_day(point.last_day(zone), zone),
        point => end_of_day(one_unit_later(point, zone)?, zone),
    }
}

fn end_of_day(day: Date, zone: &Zone) -> Option<Moment> {
    zone.start_of(day.tomorrow().ok()?)
}

fn one_unit_later(point: Point, zone: &Zone) -> Option<Date> {
    let day = point.last_day(zone);
    match point {
        Point::Year(_) => day.checked_add(1.year()).ok(),
        Point::Month(..) => Some(day.tomorrow().ok()?.last_of_month()),
        Point::Day(_) | Point::Moment(_) => day.tomorrow().ok(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn over(text: &str) -> String {
        let happened = When::parse(text, &Zone::utc()).expect("the test writes dates");
        over_for_long_at(&happened, &Zone::utc()).map_or("never".to_owned(), |at| at.to_string())
    }

    #[test]
    fn a_movement_is_over_twelve_hours_after_the_last_moment_that_is_meant() {
        for (happened, expected) in [
            ("2031-05-02T09:00:00Z", "2031-05-02T21:00:00+00:00"),
            ("2031-05-02T09:00:00Z~", "2031-05-03T21:00:00+00:00"),
            ("2031-05-02", "2031-05-03T12:00:00+00:00"),
            ("2031-05-02?", "2031-05-04T12:00:00+00:00"),
            ("2031-05-01/2031-05-02%", "2031-05-04T12:00:00+00:00"),
            ("2031-05-01~/2031-05-02", "2031-05-03T12:00:00+00:00"),
            ("../2031-05-02~", "2031-05-04T12:00:00+00:00"),
            ("2031-01", "2031-02-01T12:00:00+00:00"),
            ("2031-01~", "2031-03-01T12:00:00+00:00"),
            ("2031~", "2033-01-01T12:00:00+00:00"),
            ("2031-05-02/..", "never"),
        ] {
            assert_eq!(over(happened), expected, "{happened}");
        }
    }

    proptest! {
        #[test]
        fn a_doubt_never_opens_the_guard_earlier(
            day in 1..29_i8, month in 1..13_i8, form in 0..4_u8, mark in "[~?%]",
        ) {
            let exact = match form {
                0 => "2031".to_owned(),
                1 => format!("2031-{month:02}"),
                2 => format!("2031-{month:02}-{day:02}"),
                _ => format!("2031-{month:02}-{day:02}T10:00:00+03:00"),
            };
            let parse = |text: &str| When::parse(text, &Zone::utc()).expect("the test writes dates");
            let zone = Zone::named("Asia/Damascus").expect("it exists");
            let sure = over_for_long_at(&parse(&exact), &zone);
            let unsure = over_for_long_at(&parse(&format!("{exact}{mark}")), &zone);
            prop_assert!(unsure > sure);
        }
    }
}
