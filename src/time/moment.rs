//! Instants, with the offset that their writer gave.

use std::fmt;
use std::hash::{Hash, Hasher};

use jiff::Timestamp;
use jiff::tz::Offset;

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
