//! What each name in an article means.

use std::collections::{HashMap, HashSet};

use crate::model::{Name, UNATTRIBUTED};
use crate::paths::{Id, fold_name};
use crate::site::indices::{EventIx, NeighbourhoodIx, SourceIx};

/// The term of each name as it is written in articles; `None` if the name was reported as an error.
pub type ByName<Ix> = HashMap<Box<str>, Option<Ix>, ahash::RandomState>;

/// What each name in an article means.
#[derive(Debug)]
pub struct NameIndex {
    pub neighbourhoods: ByName<NeighbourhoodIx>,
    pub sources: ByName<SourceIx>,
    pub events: HashMap<Id, EventIx, ahash::RandomState>,
    /// Spellings of "unattributed", and names that name no one.
    pub unattributed: HashSet<Box<str>, ahash::RandomState>,
}

impl NameIndex {
    /// The term that a name means; `None` if it was reported as an error.
    pub fn neighbourhood(&self, name: &Name) -> Option<NeighbourhoodIx> {
        self.neighbourhoods.get(&name.value).copied().flatten()
    }

    /// As [`NameIndex::neighbourhood`].
    pub fn source(&self, name: &Name) -> Option<SourceIx> {
        self.sources.get(&name.value).copied().flatten()
    }

    /// Who made a claim; `None` if it is unattributed.
    pub fn maker(&self, source: &Name) -> Option<SourceIx> {
        if self.unattributed.contains(&source.value) { None } else { self.source(source) }
    }

    pub fn event(&self, id: &Id) -> EventIx {
        *self.events.get(id).expect("every event that a claim names was entered")
    }
}

/// The source of a claim is some spelling of "unattributed".
pub fn is_unattributed(source: &str) -> bool {
    fold_name(source) == UNATTRIBUTED
}
