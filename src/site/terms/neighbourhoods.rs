//! The neighbourhoods, and what names each of them.
//!
//! Invariants: those of [`super`]; what names a neighbourhood also names all that it is a part of; no
//! neighbourhood is its own ancestor.

use std::collections::BTreeSet;

use super::parents::parents;
use super::{NamedBy, Term, add_to_each};
use crate::model::NeighbourhoodRecord;
use crate::site::diagnostics::Diagnostics;
use crate::site::index_vec::IndexVec;
use crate::site::indices::{BriefingIx, NeighbourhoodIx};
use crate::site::names::Entry;
use crate::site::names::index::NameIndex;
use crate::site::parts::{Briefings, LinkedBriefing};
use crate::site::published::TranslationsByFile;

#[derive(Clone, Debug)]
pub struct Neighbourhood {
    /// Its claims and briefings are its own and its children's.
    pub term: Term<NeighbourhoodRecord>,
    pub parent: Option<NeighbourhoodIx>,
    pub children: Vec<NeighbourhoodIx>,
}

pub type Neighbourhoods = IndexVec<NeighbourhoodIx, Neighbourhood>;

/// The neighbourhoods, before any briefing is added.
pub fn link(
    entries: Vec<Entry<NeighbourhoodRecord>>,
    names: &NameIndex,
    translations: &TranslationsByFile,
    diagnostics: &mut Diagnostics<'_>,
) -> Neighbourhoods {
    let parents = parents(&entries, names, diagnostics);
    let mut children = vec![Vec::new(); entries.len()];
    for (index, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[usize::from(*parent)].push(NeighbourhoodIx::from(index));
        }
    }
    let place = |(entry, (parent, children))| Neighbourhood {
        term: Term::new(entry, translations),
        parent,
        children,
    };
    entries.into_iter().zip(parents.into_iter().zip(children)).map(place).collect::<Vec<_>>().into()
}

impl Neighbourhoods {
    pub fn add(&mut self, briefings: &Briefings, added: &[BriefingIx]) {
        let mut named_by = vec![NamedBy::default(); self.len()];
        for ix in added {
            let briefing = &briefings[*ix];
            for place in self.named_by(briefing) {
                named_by[usize::from(place)].briefings.push(*ix);
            }
            for (claim_ix, claim) in briefings.claims_of(*ix).zip(&briefing.claims) {
                for place in self.with_ancestors(&claim.neighbourhoods) {
                    named_by[usize::from(place)].claims.push(claim_ix);
                }
            }
        }
        add_to_each(self, named_by, briefings, |place, named_by| place.term.add(named_by, briefings));
    }

    pub fn remove(&mut self, briefings: &Briefings, ix: BriefingIx) {
        let named: BTreeSet<NeighbourhoodIx> = self.named_by(&briefings[ix]).collect();
        named.into_iter().for_each(|place| self.edit(place).term.remove(ix));
    }

    /// The neighbourhoods that a briefing names, and all that these are a part of; some several times.
    pub fn named_by(&self, briefing: &LinkedBriefing) -> impl Iterator<Item = NeighbourhoodIx> {
        self.with_ancestors(&briefing.neighbourhoods)
    }

    /// As [`Neighbourhoods::named_by`], without those that only a repeated claim names: to repeat is no report.
    pub fn reported_on_by(&self, briefing: &LinkedBriefing) -> impl Iterator<Item = NeighbourhoodIx> {
        self.with_ancestors(briefing.named_neighbourhoods())
    }

    /// Each neighbourhood, and all that it is a part of.
    pub fn with_ancestors(&self, places: &[NeighbourhoodIx]) -> impl Iterator<Item = NeighbourhoodIx> {
        let ancestors = |place: &NeighbourhoodIx| std::iter::successors(Some(*place), |ix| self[*ix].parent);
        places.iter().flat_map(ancestors)
    }
}
