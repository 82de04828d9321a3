//! What changed on the site, and when: for readers who come back.
//!
//! Owns which changes there are. Each is of one moment, and the site as it is now gives it: nothing is remembered
//! from one build to the next, so that a build of a fresh copy lists the same.
//!
//! Invariants: newest first, at one moment in the order of [`Changed`]; what a briefing that is gone said is in no
//! change; an event has the status that a build `--as-of` that moment gives it.

mod change;
mod event_status;
mod silence;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::corrections::Corrected;
use super::index_vec::IndexVec;
use super::indices::{BriefingIx, EventIx, NeighbourhoodIx, StubIx};
use super::merge::merge;
use super::parts::{Briefings, Stub, StubReason};
use super::terms::events::events_of;
use crate::time::Moment;
use change::shown_since;
pub use change::{Changed, LinkedLists, SiteChange};

/// All changes of a site.
#[derive(Clone, Debug, Default)]
pub struct SiteChanges {
    pub all: Vec<SiteChange>,
}

impl SiteChanges {
    /// Those of the briefings that are gone.
    pub fn new(stubs: &IndexVec<StubIx, Stub>) -> Self {
        let gone = stubs.enumerated().map(|(ix, stub)| {
            let changed = match stub.reason {
                StubReason::Withdrawn => Changed::Corrected(Corrected::Withdrawn(ix)),
                StubReason::Expired => Changed::Expired(ix),
            };
            SiteChange::new(stub.at, changed)
        });
        let mut all: Vec<SiteChange> = gone.collect();
        all.sort_unstable();
        Self { all }
    }

    /// Adds the changes of briefings that every other list has.
    pub fn add(&mut self, lists: LinkedLists<'_>, added: &[BriefingIx]) {
        let own = added.par_iter().flat_map_iter(|ix| own(lists.briefings, *ix));
        let own: Vec<SiteChange> = own.collect();
        self.put(own);
        self.find_again(lists, added);
    }

    /// Removes the changes of a briefing that no other list has any more.
    pub fn remove(&mut self, lists: LinkedLists<'_>, ix: BriefingIx) {
        self.all.retain(|change| change.changed.briefing() != Some(ix));
        self.find_again(lists, &[ix]);
    }

    /// Finds the changes again that depend on several briefings, of the events and places that these name.
    fn find_again(&mut self, lists: LinkedLists<'_>, named_by: &[BriefingIx]) {
        let LinkedLists { briefings, neighbourhoods, .. } = lists;
        let events: BTreeSet<EventIx> = named_by.iter().flat_map(|ix| events_of(briefings, *ix)).collect();
        let places: BTreeSet<NeighbourhoodIx> =
            named_by.iter().flat_map(|ix| neighbourhoods.named_by(&briefings[*ix])).collect();
        self.all.retain(|change| match &change.changed {
            Changed::EventStatus { event, .. } => !events.contains(event),
            Changed::HeardAgain { place, .. } => !places.contains(place),
            _ => true,
        });
        let events = events.into_par_iter().flat_map_iter(|ix| event_status::changes(lists, ix));
        let places = places.into_par_iter().flat_map_iter(|ix| silence::changes(lists, ix));
        let found: Vec<SiteChange> = events.chain(places).collect();
        self.put(found);
    }

    fn put(&mut self, mut added: Vec<SiteChange>) {
        added.par_sort_unstable();
        merge(&mut self.all, &added, |change| change);
    }
}

/// The changes that one briefing makes.
fn own(briefings: &Briefings, ix: BriefingIx) -> Vec<SiteChange> {
    let article = &briefings[ix].article;
    let shown_from = article.shown_from();
    let corrections = article.corrections.iter().enumerate().map(|(position, correction)| {
        SiteChange::new(correction.at, Changed::Corrected(Corrected::In((ix, position))))
    });
    let claims = briefings
        .claims_of(ix)
        .map(|claim| SiteChange::new(shown_since(briefings, claim), Changed::Claimed(claim)));
    let mut changes: Vec<SiteChange> = corrections.chain(claims).collect();
    let says_how = |changes: &[SiteChange], at: Moment| changes.iter().any(|change| change.at() == at);
    if !says_how(&changes, shown_from) {
        changes.push(SiteChange::new(shown_from, Changed::Published(ix)));
    }
    if let Some(updated) = article.updated.filter(|updated| *updated > shown_from)
        && !says_how(&changes, updated)
    {
        changes.push(SiteChange::new(updated, Changed::Updated(ix)));
    }
    changes
}

#[cfg(test)]
mod tests;
