//! The result of assessing evidence: who supports a claim or an event, and who denies it.

use std::sync::Arc;

use super::independence::Independence;
use crate::model::Status;
use crate::site::index_vec::IndexVec;
use crate::site::indices::{EventIx, SourceIx};

/// The assessments of all events, and what further ones are made from.
#[derive(Clone, Debug)]
pub struct Assessments {
    pub(super) independence: Arc<Independence>,
    pub(super) events: IndexVec<EventIx, Assessment>,
}

/// What is said about one event, or by one claim that has no event.
#[derive(Clone, Debug, Default)]
pub struct Assessment {
    /// Those who say it.
    pub says: Support,
    /// Those who say that it is wrong.
    pub denies: Support,
}

/// Who supports one side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// By their first source; joined ones are one origin.
    pub origins: Vec<Origin>,
    /// Those who only passed it on, in order of their ids.
    pub relays: Vec<SourceIx>,
    /// Some of its claims are unattributed.
    pub has_unattributed: bool,
    /// How much the origins support.
    pub strength: Strength,
}

/// Sources that count as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// In order of their ids.
    pub sources: Vec<SourceIx>,
}

/// How much a number of origins supports, in the words of the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strength {
    /// There is no origin.
    #[default]
    Nothing,
    OneOrigin,
    /// Two or more, all of one party.
    OneParty,
    /// Two or more. The party of some is unknown, and no two are known to differ.
    PartyUnknown,
    /// Two or more, one of them of no party.
    NoParty,
    /// Two or more, of different parties.
    Parties,
}

impl Strength {
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::Nothing => Status::Unverified,
            Self::OneOrigin => Status::SingleSource,
            Self::OneParty | Self::PartyUnknown => Status::OneSide,
            Self::NoParty | Self::Parties => Status::Corroborated,
        }
    }
}

impl Support {
    /// How many sources made or passed on its claims.
    #[must_use]
    pub fn outlets(&self) -> usize {
        self.origins.iter().map(|origin| origin.sources.len()).sum::<usize>() + self.relays.len()
    }

    /// Some source says it, attributed or not.
    pub(super) fn is_there(&self) -> bool {
        self.has_unattributed || !self.origins.is_empty()
    }
}

impl Assessment {
    /// Sources disagree.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        self.denies.is_there()
    }

    /// The most that a claim of it can be without a reason.
    #[must_use]
    pub fn ceiling(&self) -> Status {
        if self.is_contested() { Status::Contested } else { self.says.strength.status() }
    }
}
