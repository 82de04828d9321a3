//! Every name in the articles, with the first place where it is written.
//!
//! Owns the gathering, on all cores; what a name means is looked up once for each spelling.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use rayon::prelude::*;

use super::index::is_unattributed;
use super::unnamed::AnonymousNames;
use crate::diag::Span;
use crate::model::{Briefing, Name};
use crate::paths::Id;
use crate::site::diagnostics::CHUNK;
use crate::site::published::Sorted;

/// File and span.
pub type At<'a> = (&'a str, Span);

/// A name as it is written, with its first place, and how often it is written.
pub struct Mention<'a, K> {
    pub name: K,
    pub first: At<'a>,
    pub count: usize,
}

/// All names of a site, in their order.
#[derive(Default)]
pub struct Mentions<'a> {
    pub neighbourhoods: Vec<Mention<'a, &'a str>>,
    pub sources: Vec<Mention<'a, &'a str>>,
    pub events: Vec<Mention<'a, &'a Id>>,
    /// Spellings of "unattributed" in claims, and names that name no one.
    pub unattributed: HashSet<Box<str>, ahash::RandomState>,
    /// The latter alone.
    pub unnamed: Vec<Mention<'a, &'a str>>,
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

/// Each name with the first place (by path) where it is, and how often it is written.
struct First<'a, K>(HashMap<K, (At<'a>, usize), ahash::RandomState>);

impl<K> Default for First<'_, K> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<'a, K: Hash + Ord> First<'a, K> {
    fn add(&mut self, name: K, place: At<'a>) {
        self.add_all(Mention { name, first: place, count: 1 });
    }

    fn add_all(&mut self, mention: Mention<'a, K>) {
        let (first, count) = self.0.entry(mention.name).or_insert((mention.first, 0));
        *first = mention.first.min(*first);
        *count += mention.count;
    }

    fn merge(self, other: Self) -> Self {
        let (mut all, fewer) = if self.0.len() < other.0.len() { (other, self) } else { (self, other) };
        fewer.mentions().for_each(|mention| all.add_all(mention));
        all
    }

    fn mentions(self) -> impl Iterator<Item = Mention<'a, K>> {
        self.0.into_iter().map(|(name, (first, count))| Mention { name, first, count })
    }

    fn in_order(self) -> Vec<Mention<'a, K>> {
        let mut all: Vec<_> = self.mentions().collect();
        all.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        all
    }
}

impl<'a> Mentions<'a> {
    pub fn of(sorted: &'a Sorted, anonymous: &AnonymousNames) -> Self {
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
        found.in_order(anonymous)
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

    fn in_order(mut self, anonymous: &AnonymousNames) -> Mentions<'a> {
        let mut unattributed = HashSet::default();
        let mut unnamed = Vec::new();
        for mention in self.makers.in_order() {
            if is_unattributed(mention.name) {
                unattributed.insert(mention.name.into());
            } else if anonymous.has(mention.name) {
                unattributed.insert(mention.name.into());
                unnamed.push(mention);
            } else {
                self.sources.add_all(mention);
            }
        }
        Mentions {
            neighbourhoods: self.neighbourhoods.in_order(),
            sources: self.sources.in_order(),
            events: self.events.in_order(),
            unattributed,
            unnamed,
        }
    }
}
