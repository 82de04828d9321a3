//! Every name in the articles, with the first place where it is written.
//!
//! Owns the gathering, on all cores; what a name means is looked up once for each spelling.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rayon::prelude::*;

use super::index::is_unattributed;
use crate::diag::Span;
use crate::model::{Briefing, Name};
use crate::paths::Id;
use crate::site::diagnostics::CHUNK;
use crate::site::published::Sorted;

/// File and span.
pub type At<'a> = (&'a str, Span);

/// All names of a site, in their order.
#[derive(Default)]
pub struct Mentions<'a> {
    pub neighbourhoods: Vec<(&'a str, At<'a>)>,
    pub sources: Vec<(&'a str, At<'a>)>,
    pub events: Vec<(&'a Id, At<'a>)>,
    /// Spellings of "unattributed" in claims.
    pub unattributed: HashSet<Box<str>, ahash::RandomState>,
}

/// Names as they are found; hash order ends in [`First::in_order`].
#[derive(Default)]
struct Found<'a> {
    neighbourhoods: First<'a, &'a str>,
    /// The sources of claims, "unattributed" included.
    makers: First<'a, &'a str>,
    sources: First<'a, &'a str>,
    events: First<'a, &'a Id>,
}

/// Each name with the first place (by path) where it is.
struct First<'a, K>(HashMap<K, At<'a>, ahash::RandomState>);

impl<K> Default for First<'_, K> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<'a, K: Hash + Ord> First<'a, K> {
    fn add(&mut self, name: K, place: At<'a>) {
        self.0.entry(name).and_modify(|first| *first = place.min(*first)).or_insert(place);
    }

    fn merge(self, other: Self) -> Self {
        let (mut all, fewer) = if self.0.len() < other.0.len() { (other, self) } else { (self, other) };
        fewer.0.into_iter().for_each(|(name, place)| all.add(name, place));
        all
    }

    fn in_order(self) -> Vec<(K, At<'a>)> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_unstable();
        all
    }
}

impl<'a> Mentions<'a> {
    pub fn of(sorted: &'a Sorted) -> Self {
        let chunks = sorted.briefings.par_chunks(CHUNK);
        let found = chunks.map(|briefings| {
            let mut found = Found::default();
            briefings.iter().for_each(|briefing| found.add_briefing(briefing));
            found
        });
        let mut found = found.reduce(Found::default, Found::merge);
        for record in &sorted.neighbourhoods {
            if let Some(name) = &record.parent {
                found.neighbourhoods.add(&name.value, (&record.file, name.span));
            }
        }
        for record in &sorted.sources {
            for name in &record.relays {
                found.sources.add(&name.value, (&record.file, name.span));
            }
        }
        found.in_order()
    }
}

impl<'a> Found<'a> {
    fn add_briefing(&mut self, briefing: &'a Briefing) {
        let file: &str = &briefing.file;
        let add = |names: &mut First<'a, &'a str>, name: &'a Name| {
            names.add(&name.value, (file, name.span));
        };
        briefing.neighbourhoods.iter().for_each(|name| add(&mut self.neighbourhoods, name));
        briefing.sources.iter().for_each(|name| add(&mut self.sources, name));
        for claim in &briefing.claims {
            add(&mut self.makers, &claim.source);
            claim.via.iter().for_each(|name| add(&mut self.sources, name));
            let places = claim.neighbourhoods.iter().flatten();
            places.for_each(|name| add(&mut self.neighbourhoods, name));
            if let Some(id) = &claim.event {
                self.events.add(&id.value, (file, id.span));
            }
        }
    }

    fn merge(self, other: Self) -> Self {
        Self {
            neighbourhoods: self.neighbourhoods.merge(other.neighbourhoods),
            makers: self.makers.merge(other.makers),
            sources: self.sources.merge(other.sources),
            events: self.events.merge(other.events),
        }
    }

    fn in_order(mut self) -> Mentions<'a> {
        let mut unattributed = HashSet::default();
        for (name, place) in self.makers.in_order() {
            if is_unattributed(name) {
                unattributed.insert(name.into());
            } else {
                self.sources.add(name, place);
            }
        }
        Mentions {
            neighbourhoods: self.neighbourhoods.in_order(),
            sources: self.sources.in_order(),
            events: self.events.in_order(),
            unattributed,
        }
    }
}
