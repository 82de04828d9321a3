//! A change, and what it is found in.

use std::cmp::Reverse;

use crate::model::Status;
use crate::site::corrections::Corrected;
use crate::site::evidence::independence::Independence;
use crate::site::indices::{BriefingIx, ClaimIx, EventIx, NeighbourhoodIx, StubIx};
use crate::site::names::index::NameIndex;
use crate::site::parts::{Briefings, Spellings};
use crate::site::terms::events::Events;
use crate::site::terms::neighbourhoods::Neighbourhoods;
use crate::time::Moment;

/// One change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteChange {
    at: Reverse<Moment>,
    pub changed: Changed,
}

impl SiteChange {
    pub fn new(at: Moment, changed: Changed) -> Self {
        Self { at: Reverse(at), changed }
    }

    #[must_use]
    pub fn at(&self) -> Moment {
        self.at.0
    }

    /// What became of something that was known, and not what is new.
    #[must_use]
    pub fn is_turn(&self) -> bool {
        !matches!(self.changed, Changed::Published(_) | Changed::Claimed(_))
    }
}

/// What changed; what readers must not miss is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// A correction, or a briefing that was withdrawn.
    Corrected(Corrected),
    /// A briefing is no longer current.
    Expired(StubIx),
    /// What is known about an event is surer or less sure than before.
    EventStatus {
        event: EventIx,
        was: Status,
        now: Status,
        /// The claim that was added or corrected then and made the difference; `None` if there are several.
        by: Option<ClaimIx>,
    },
    /// A briefing is about a place of which there was nothing for at least [`DAYS_OF_SILENCE`] days, while others
    /// were reported from.
    HeardAgain {
        place: NeighbourhoodIx,
        briefing: BriefingIx,
        /// When the briefing or claim before it was added.
        last: Moment,
    },
    /// A briefing that came without claims.
    Published(BriefingIx),
    Claimed(ClaimIx),
    /// A briefing was updated, and no claim or correction of that moment says how.
    Updated(BriefingIx),
}

impl Changed {
    /// The briefing whose own change it is.
    #[must_use]
    pub fn briefing(self) -> Option<BriefingIx> {
        match self {
            Self::Corrected(Corrected::In((ix, _))) | Self::Published(ix) | Self::Updated(ix) => Some(ix),
            Self::Claimed(claim) => Some(claim.briefing),
            Self::Corrected(Corrected::Withdrawn(_))
            | Self::Expired(_)
            | Self::EventStatus { .. }
            | Self::HeardAgain { .. } => None,
        }
    }
}

/// How long a place is not reported from before a report is a change.
pub const DAYS_OF_SILENCE: i64 = 7;

/// The lists that changes are computed from.
#[derive(Clone, Copy)]
pub struct LinkedLists<'a> {
    pub briefings: &'a Briefings,
    pub neighbourhoods: &'a Neighbourhoods,
    pub events: &'a Events,
    pub independence: &'a Independence,
    pub names: &'a NameIndex,
    pub spellings: &'a Spellings,
}

/// From when on readers can see a claim.
pub fn shown_from(briefings: &Briefings, claim: ClaimIx) -> Moment {
    briefings[claim.briefing].article.claim_shown_from(briefings.claim(claim))
}
