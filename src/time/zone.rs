//! Time zones, from the data inside the binary.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};

use super::date_error::DateError;
use super::moment::Moment;

/// The site's time zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    #[must_use]
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The zone whose clocks always have the offset that a moment was written with.
    pub(super) fn of_offset(moment: Moment) -> Self {
        Self(Offset::from_seconds(moment.offset).unwrap_or(Offset::UTC).to_time_zone())
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

    /// What calendars and clocks here show at an instant.
    #[must_use]
    pub fn clock(&self, moment: Moment) -> DateTime {
        self.0.to_datetime(moment.at)
    }

    /// A change of clocks shows this date and time twice.
    #[must_use]
    pub fn is_doubled(&self, clock: DateTime) -> bool {
        matches!(self.0.to_ambiguous_timestamp(clock).offset(), AmbiguousOffset::Fold { .. })
    }

    /// Its name in the IANA database, if it has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.0.iana_name()
    }

    /// The same instant, in this zone's offset.
    #[must_use]
    pub fn local(&self, moment: Moment) -> Moment {
        Moment { at: moment.at, offset: self.0.to_offset(moment.at).seconds() }
    }

    /// The moment at which clocks here show a date and time.
    ///
    /// # Errors
    /// If a change of clocks skips or doubles it, with both moments that may be meant; if it is too late.
    pub(super) fn at_clock(&self, clock: DateTime) -> Result<Moment, DateError> {
        let moment = |read_at: Offset, shown_at: Offset| {
            let at = read_at.to_timestamp(clock).map_err(|_| DateError::TooLate)?;
            Ok(Moment { at, offset: shown_at.seconds() })
        };
        match self.0.to_ambiguous_timestamp(clock).offset() {
            AmbiguousOffset::Unambiguous { offset } => moment(offset, offset),
            // No clock showed it: each reading is shown by the clock that was right at that instant.
            AmbiguousOffset::Gap { before, after } => {
                Err(DateError::skipped(moment(after, before)?, moment(before, after)?))
            }
            AmbiguousOffset::Fold { before, after } => {
                Err(DateError::doubled(moment(before, before)?, moment(after, after)?))
            }
        }
    }

    /// 00:00 of a day here, or the first instant of it where the clocks skip midnight.
    #[must_use]
    pub fn start_of(&self, day: Date) -> Option<Moment> {
        let at = self.0.to_zoned(day.to_datetime(jiff::civil::Time::midnight())).ok()?.timestamp();
        Some(self.local(Moment { at, offset: 0 }))
    }
}
