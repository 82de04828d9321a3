//! The terms of the site: each with its record, and the briefings and claims that name it.
//!
//! Invariants: terms are sorted by id; the briefings of a term are newest first, ties by path; its claims are
//! newest first by when they were added, ties in the order of the briefings and their files.

pub mod events;
pub mod neighbourhoods;
mod parents;
pub mod sources;

use std::sync::Arc;

use rayon::prelude::*;

use super::index_vec::IndexVec;
use super::indices::{BriefingIx, ClaimIx};
use super::merge::merge;
use super::names::Entry;
use super::names::record::Record;
use super::parts::{Briefings, Translations};
use super::published::TranslationsByFile;
use crate::paths::Id;

/// What neighbourhoods, sources and events have in common.
#[derive(Clone, Debug)]
pub struct Term<R> {
    pub id: Id,
    /// The title of its record, or the name as first written.
    pub name: Box<str>,
    pub record: Option<Arc<R>>,
    pub translations: Translations,
    /// Newest first.
    pub briefings: Vec<BriefingIx>,
    /// Newest first by when they were added.
    pub claims: Vec<ClaimIx>,
}

impl<R: Record> Term<R> {
    /// A term that no briefing names yet.
    fn new(entry: Entry<R>, translations: &TranslationsByFile) -> Self {
        let translations = entry.record.as_ref().and_then(|record| translations.get(&record.file));
        Self {
            translations: translations.cloned().unwrap_or_default(),
            id: entry.id,
            name: entry.name,
            record: entry.record,
            briefings: Vec::new(),
            claims: Vec::new(),
        }
    }

    fn add(&mut self, named_by: &NamedBy, briefings: &Briefings) {
        merge(&mut self.briefings, &named_by.briefings, |ix| ix);
        merge(&mut self.claims, &named_by.claims, |claim| briefings.newest_first(claim));
    }

    fn remove(&mut self, ix: BriefingIx) {
        self.briefings.retain(|briefing| *briefing != ix);
        self.claims.retain(|claim| claim.briefing != ix);
    }
}

/// What names one term, among the briefings that are added.
#[derive(Clone, Default)]
struct NamedBy {
    briefings: Vec<BriefingIx>,
    claims: Vec<ClaimIx>,
    /// Claims that a source passed on.
    relayed: Vec<ClaimIx>,
}

impl NamedBy {
    fn is_empty(&self) -> bool {
        self.briefings.is_empty() && self.claims.is_empty() && self.relayed.is_empty()
    }

    /// What names a term twice is listed once.
    fn sort(&mut self, briefings: &Briefings) {
        self.briefings.sort();
        self.briefings.dedup();
        for claims in [&mut self.claims, &mut self.relayed] {
            claims.sort_by_key(|claim| briefings.newest_first(*claim));
            claims.dedup();
        }
    }
}

/// Adds to each term what names it; `all` has an item for each.
fn add_to_each<Ix: From<usize> + Into<usize>, T: Clone>(
    terms: &mut IndexVec<Ix, T>,
    mut all: Vec<NamedBy>,
    briefings: &Briefings,
    add: impl Fn(&mut T, &NamedBy),
) {
    all.par_iter_mut().for_each(|named_by| named_by.sort(briefings));
    for (index, named_by) in all.iter().enumerate().filter(|(_, named_by)| !named_by.is_empty()) {
        add(terms.edit(Ix::from(index)), named_by);
    }
}
