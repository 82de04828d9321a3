//! The origins of a claim once relays are removed, and the status that they support.
//!
//! Owns origins and the ceiling of each claim's status. Claims that share an event are weighed
//! together, across briefings; one without an event is weighed alone. Reads the linked site and
//! changes nothing: pages show the assessment, and `check` refuses a status that claims more.
//!
//! Invariant: independence is declared, never assumed. A source without a record adds no origin to others,
//! and if the records leave it open whether two sources are independent, they count as one. A claim more can
//! only raise a ceiling, unless it denies, or shows that a source only passed on what it said.

pub mod assessment;
pub mod declarations;
pub mod independence;
mod status;
mod strength;
pub mod weighing;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::indices::{BriefingIx, ClaimIx, EventIx};
use super::linked::Content;
use super::parts::{Briefings, Spellings};
use super::terms::events::{Events, events_of};
use super::terms::sources::Sources;
use crate::config::Config;
use crate::model::Status;
pub use assessment::{Assessment, Assessments, Support};
use independence::Independence;
pub use status::{check, check_claims};
pub use strength::{Origin, Strength};
use weighing::{assess_claims, is_in_force};

impl Content {
    /// What a claim is weighed by: all that is said about its event, or itself alone.
    #[must_use]
    pub fn assessment(&self, claim: ClaimIx) -> Cow<'_, Assessment> {
        match self.linked_claim(claim).event {
            Some(event) => Cow::Borrowed(self.assessment_of_event(event)),
            None => Cow::Owned(assess_claims(&self.assessments.independence, &self.briefings, &[claim])),
        }
    }

    #[must_use]
    pub fn assessment_of_event(&self, event: EventIx) -> &Assessment {
        &self.assessments.events[event]
    }

    /// Sources disagree about what a claim says.
    #[must_use]
    pub fn is_contested(&self, claim: ClaimIx) -> bool {
        match self.linked_claim(claim).event {
            Some(event) => self.assessment_of_event(event).is_contested(),
            None => self.claim(claim).denies,
        }
    }

    /// The most that a claim can be without a reason: `contested` where sources disagree.
    #[must_use]
    pub fn ceiling(&self, claim: ClaimIx) -> Status {
        if let Some(event) = self.linked_claim(claim).event {
            return self.assessment_of_event(event).ceiling();
        }
        match self.linked_claim(claim).source {
            _ if self.claim(claim).denies => Status::Contested,
            Some(_) => Status::SingleSource,
            None => Status::Unverified,
        }
    }

    /// What the claims of an event come to: that sources disagree, or the most that one of those
    /// that are still in force is said to be.
    #[must_use]
    pub fn status_of_event(&self, event: EventIx) -> Status {
        if self.assessment_of_event(event).is_contested() {
            return Status::Contested;
        }
        let claims = self.events[event].term.claims.iter();
        let in_force =
            claims.filter(|claim| is_in_force(&self.briefings, **claim)).map(|claim| self.status(*claim));
        in_force.max().unwrap_or(Status::Unverified)
    }

    /// What the origins of the claim's own side carry.
    #[must_use]
    pub fn carried(&self, claim: ClaimIx) -> Strength {
        let linked = self.linked_claim(claim);
        let Some(event) = linked.event else {
            // One maker is one origin, also where it is known to pass on others.
            return if linked.source.is_some() { Strength::OneOrigin } else { Strength::Nothing };
        };
        let assessment = self.assessment_of_event(event);
        if self.claim(claim).denies { assessment.denies.strength } else { assessment.says.strength }
    }

    /// Where one mark is all that a reader sees of a claim: that sources disagree is more than how many they are.
    #[must_use]
    pub fn status_or_contested(&self, claim: ClaimIx) -> Status {
        if self.is_contested(claim) { Status::Contested } else { self.status(claim) }
    }

    /// What readers see: the writer's word, or the ceiling.
    #[must_use]
    pub fn status(&self, claim: ClaimIx) -> Status {
        let Some(status) = &self.claim(claim).status else { return self.ceiling(claim) };
        if self.as_of.is_some() && self.claim(claim).status_why.is_none() && status.value < Status::Confirmed
        {
            // The word is today's, and may rest on what was not known then.
            return status.value.min(self.carried(claim).status());
        }
        status.value
    }
}

impl Assessments {
    /// Those of events that have no claims yet.
    pub fn new(sources: &Sources, events: &Events, spellings: &Spellings, config: &Config) -> Self {
        let independence = Arc::new(Independence::of(sources, spellings, config));
        Self { independence, events: vec![Assessment::default(); events.len()].into() }
    }

    /// Assesses the events that some briefings have claims about.
    pub fn update(&mut self, briefings: &Briefings, events: &Events, named_by: &[BriefingIx]) {
        let named: BTreeSet<EventIx> = named_by.iter().flat_map(|ix| events_of(briefings, *ix)).collect();
        let assess =
            |ix: EventIx| (ix, assess_claims(&self.independence, briefings, &events[ix].term.claims));
        let assessed: Vec<(EventIx, Assessment)> = named.into_par_iter().map(assess).collect();
        for (ix, assessment) in assessed {
            *self.events.edit(ix) = assessment;
        }
    }
}

#[cfg(test)]
mod tests;
