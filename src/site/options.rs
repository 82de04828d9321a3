//! The options of linking.

use crate::time::Moment;

/// The options of linking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkOptions {
    /// Decides embargoes, expiry and which corrections are recent. Nothing else depends on the clock.
    pub now: Moment,
    /// Link the site as it was known then.
    pub as_of: Option<Moment>,
    /// Include drafts.
    pub drafts: bool,
}

impl LinkOptions {
    /// What was known later is left out. Never later than now.
    #[must_use]
    pub fn known_at(&self) -> Moment {
        self.as_of.map_or(self.now, |at| at.min(self.now))
    }
}
