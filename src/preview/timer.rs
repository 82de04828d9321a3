//! When the site changes by itself.
//!
//! Owns the comparison of the clock with the next such moment. Neither builds nor waits.
//!
//! Invariant: the clock is compared, and no time is counted. A computer that slept, or whose clock was set, is
//! noticed at the next comparison.

use std::time::Duration;

use jiff::Timestamp;

use crate::time::Moment;

/// Reads the time.
pub type Clock = fn() -> Timestamp;

/// The clock, and the moments of the last build.
pub struct Timer {
    /// `None` if the time is fixed: then nothing is ever due.
    clock: Option<Clock>,
    /// The time of the last build.
    built_at: Option<Moment>,
    /// When the result of the last build is no longer that of a new one.
    next: Option<Moment>,
}

impl Timer {
    #[must_use]
    pub fn new(clock: Option<Clock>) -> Self {
        Self { clock, built_at: None, next: None }
    }

    /// The time of a build that begins, in whole seconds.
    pub fn now(&mut self) -> Option<Moment> {
        self.built_at = self.clock.map(now_of);
        self.built_at
    }

    /// Sets the next moment at which the site changes by itself, if any.
    pub fn set(&mut self, next: Option<Moment>) {
        self.next = next;
    }

    /// The site may have changed by itself since the last build: its next moment has come, or the clock was
    /// set back.
    #[must_use]
    pub fn is_due(&self) -> bool {
        let Some(now) = self.clock.map(now_of) else { return false };
        self.next.is_some_and(|next| next <= now) || self.built_at.is_some_and(|built_at| now < built_at)
    }

    /// How long until the next moment; `None` if there is none.
    #[must_use]
    pub fn rest(&self) -> Option<Duration> {
        let (clock, next) = (self.clock?, self.next?);
        // Nothing is left of a moment that is past.
        Some(Duration::try_from(next.at.duration_since(clock())).unwrap_or_default())
    }
}

fn now_of(clock: Clock) -> Moment {
    let now = clock();
    Moment { at: Timestamp::from_second(now.as_second()).unwrap_or(now), offset: 0 }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::time::{DayOrMoment, parse_day_or_moment};

    thread_local! {
        static MILLISECONDS: Cell<i64> = const { Cell::new(0) };
    }

    fn clock() -> Timestamp {
        Timestamp::from_millisecond(MILLISECONDS.get()).unwrap()
    }

    fn moment(text: &str) -> Moment {
        match parse_day_or_moment(text).unwrap() {
            DayOrMoment::Moment(moment) => moment,
            DayOrMoment::Day(_) => panic!("{text} is a day"),
        }
    }

    /// A timer that was set by a build one and a half seconds before the moment.
    fn timer(next: Option<Moment>) -> Timer {
        MILLISECONDS.set(moment("2031-05-04T12:00:00Z").at.as_millisecond() - 1500);
        let mut timer = Timer::new(Some(clock));
        timer.now();
        timer.set(next);
        timer
    }

    #[test]
    fn a_moment_is_due_at_its_second_and_after_a_sleep() {
        let timer = timer(Some(moment("2031-05-04T12:00:00Z")));
        assert_eq!((timer.is_due(), timer.rest()), (false, Some(Duration::from_millis(1500))));
        MILLISECONDS.set(MILLISECONDS.get() + 1499);
        assert_eq!((timer.is_due(), timer.rest()), (false, Some(Duration::from_millis(1))));
        MILLISECONDS.set(MILLISECONDS.get() + 1);
        assert_eq!((timer.is_due(), timer.rest()), (true, Some(Duration::ZERO)));
        MILLISECONDS.set(MILLISECONDS.get() + 3_600_000);
        assert_eq!((timer.is_due(), timer.rest()), (true, Some(Duration::ZERO)));
    }

    #[test]
    fn a_clock_that_was_set_back_is_due_until_the_next_build() {
        let mut timer = timer(None);
        assert_eq!((timer.is_due(), timer.rest()), (false, None));
        MILLISECONDS.set(MILLISECONDS.get() - 2000);
        assert!(timer.is_due());
        timer.now();
        assert!(!timer.is_due());
    }

    #[test]
    fn a_moment_in_another_century_is_not_due() {
        let timer = timer(Some(moment("9999-12-30T12:00:00Z")));
        assert!(!timer.is_due());
        assert!(timer.rest().is_some_and(|rest| rest > Duration::from_secs(1_000_000_000)));
    }

    #[test]
    fn a_fixed_time_never_makes_anything_due() {
        let mut timer = Timer::new(None);
        assert_eq!(timer.now(), None);
        timer.set(Some(moment("1970-01-01T00:00:00Z")));
        assert_eq!((timer.is_due(), timer.rest()), (false, None));
    }
}
