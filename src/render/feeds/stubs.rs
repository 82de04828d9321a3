//! The neighbourhoods, sources, events and topics of withdrawn and expired briefings, for readers of their feeds.

use std::collections::BTreeMap;

use crate::model::{Briefing, Name};
use crate::paths::{Id, fold_name};
use crate::site::{NeighbourhoodIx, Site, SourceIx, StubIx};

/// Made once for a site.
#[derive(Default)]
pub struct Stubs {
    neighbourhoods: BTreeMap<NeighbourhoodIx, Vec<StubIx>>,
    sources: BTreeMap<SourceIx, Vec<StubIx>>,
    events: BTreeMap<Id, Vec<StubIx>>,
    topics: BTreeMap<Box<str>, Vec<StubIx>>,
}

impl Stubs {
    /// Names without a page are left out: they have no feed.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let mut stubs = Self::default();
        for (ix, stub) in site.stubs.enumerated() {
            let spellings = &site.spellings;
            add(&mut stubs.neighbourhoods, ix, places(&stub.article), |fold| {
                spellings.neighbourhoods.get(fold).copied()
            });
            add(&mut stubs.sources, ix, sources(&stub.article), |fold| spellings.sources.get(fold).copied());
            for claim in &stub.article.claims {
                add_once(&mut stubs.events, claim.event.as_ref().map(|event| event.value.clone()), ix);
                add_once(&mut stubs.topics, claim.topic.clone(), ix);
            }
        }
        stubs
    }

    pub fn of_neighbourhood(&self, ix: NeighbourhoodIx) -> &[StubIx] {
        self.neighbourhoods.get(&ix).map_or(&[], Vec::as_slice)
    }

    pub fn of_source(&self, ix: SourceIx) -> &[StubIx] {
        self.sources.get(&ix).map_or(&[], Vec::as_slice)
    }

    pub fn of_event(&self, id: &Id) -> &[StubIx] {
        self.events.get(id).map_or(&[], Vec::as_slice)
    }

    pub fn of_topic(&self, id: &str) -> &[StubIx] {
        self.topics.get(id).map_or(&[], Vec::as_slice)
    }
}

fn add<'a, Ix: Ord>(
    of_terms: &mut BTreeMap<Ix, Vec<StubIx>>,
    stub: StubIx,
    names: impl Iterator<Item = &'a Name>,
    find: impl Fn(&str) -> Option<Ix>,
) {
    for name in names {
        add_once(of_terms, find(&fold_name(&name.value)), stub);
    }
}

fn add_once<T: Ord>(of_terms: &mut BTreeMap<T, Vec<StubIx>>, term: Option<T>, stub: StubIx) {
    let Some(term) = term else { return };
    let known = of_terms.entry(term).or_default();
    if known.last() != Some(&stub) {
        known.push(stub);
    }
}

fn places(article: &Briefing) -> impl Iterator<Item = &Name> {
    let of_claims = article.claims.iter().filter_map(|claim| claim.neighbourhoods.as_ref()).flatten();
    article.neighbourhoods.iter().chain(of_claims)
}

fn sources(article: &Briefing) -> impl Iterator<Item = &Name> {
    article.sources.iter().chain(article.claims.iter().map(|claim| &claim.source))
}
