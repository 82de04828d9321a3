//! What changed on the site, and when: for readers who come back.
//!
//! Owns which changes there are. Each is of one moment, and the site as it is now gives it: nothing is remembered
//! from one build to the next, so that a build of a fresh copy lists the same.
//!
//! Invariants: newest first, at one moment in the order of [`Changed`]; nothing that a withdrawn or expired briefing
//! said is in a change. Without such briefings, an event had the status that a build `--as-of` that moment gives it.

mod change;
mod event_status;
mod silence;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::corrections::Corrected;
use super::index_vec::IndexVec;
use super::indices::{BriefingIx, EventIx, NeighbourhoodIx, StubIx};
use super::merge::merge;
use super::parts::{Briefings, Spellings, Stub, StubReason};
use super::terms::events::events_of;
use super::terms::neighbourhoods::Neighbourhoods;
use crate::time::Moment;
use change::shown_from;
pub use change::{Changed, LinkedLists, SiteChange};
use silence::GoneReports;

/// All changes of a site.
#[derive(Clone, Debug, Default)]
pub struct SiteChanges {
    pub all: Vec<SiteChange>,
    gone_reports: Arc<GoneReports>,
}

impl SiteChanges {
    /// Those of the briefings that are gone.
    pub fn new(
        stubs: &IndexVec<StubIx, Stub>,
        neighbourhoods: &Neighbourhoods,
        spellings: &Spellings,
    ) -> Self {
        let gone = stubs.enumerated().map(|(ix, stub)| {
            let changed = match stub.reason {
                StubReason::Withdrawn => Changed::Corrected(Corrected::Withdrawn(ix)),
                StubReason::Expired => Changed::Expired(ix),
            };
            SiteChange::new(stub.at, changed)
        });
        let mut all: Vec<SiteChange> = gone.collect();
        all.sort_unstable();
        Self { all, gone_reports: Arc::new(silence::gone_reports(stubs, neighbourhoods, spellings)) }
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
        let gone = &*self.gone_reports;
        let events = events.into_par_iter().flat_map_iter(|ix| event_status::changes(lists, ix));
        let places = places.into_par_iter().flat_map_iter(|ix| silence::changes(lists, gone, ix));
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
    let published = article.shown_from();
    let claims = briefings.claims_of(ix);
    let mut changes: Vec<SiteChange> =
        claims.map(|claim| SiteChange::new(shown_from(briefings, claim), Changed::Claimed(claim))).collect();
    let is_at = |at: Moment| move |change: &SiteChange| change.at() == at;
    if !changes.iter().any(is_at(published)) {
        changes.push(SiteChange::new(published, Changed::Published(ix)));
    }
    changes.extend(article.corrections.iter().enumerate().map(|(position, correction)| {
        let corrected = Changed::Corrected(Corrected::In((ix, position)));
        SiteChange::new(correction.at.max(published), corrected)
    }));
    if let Some(updated) = article.updated.filter(|updated| *updated > published)
        && !changes.iter().any(is_at(updated))
    {
        changes.push(SiteChange::new(updated, Changed::Updated(ix)));
    }
    changes
}

#[cfg(test)]
mod tests;
