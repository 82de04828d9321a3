//! The result of assessing evidence: who supports a claim or an event, and who denies it.

use std::sync::Arc;

use super::independence::Independence;
use super::strength::{Origin, Strength};
use crate::model::Status;
use crate::site::index_vec::IndexVec;
use crate::site::indices::{EventIx, SourceIx};

/// The assessments of all events, and what further ones are made from.
#[derive(Clone, Debug)]
pub struct Assessments {
    pub(super) independence: Arc<Independence>,
    pub(super) events: IndexVec<EventIx, Assessment>,
}

impl Assessments {
    pub fn independence(&self) -> &Independence {
        &self.independence
    }
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
    /// Those without a record, in order of their ids, unless there is one alone: no one declared that they
    /// are independent, so they add no origin to others, and together they are one.
    pub unrecorded: Vec<SourceIx>,
    /// How many sources made or passed on its claims.
    pub outlets: usize,
    /// Some of its claims are unattributed.
    pub has_unattributed: bool,
    /// How much the origins support.
    pub strength: Strength,
}

impl Support {
    /// Records of the sources that have none could make the claim surer.
    #[must_use]
    pub fn lacks_records(&self) -> bool {
        !self.unrecorded.is_empty() && self.strength.status() < Status::Corroborated
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
