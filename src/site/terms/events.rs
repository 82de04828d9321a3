//! The events, and the claims about each of them.
//!
//! Invariants: those of [`super`]; the briefings of an event are those of its claims.

use std::collections::BTreeSet;

use super::{NamedBy, Term, add_to_each};
use crate::model::EventRecord;
use crate::site::index_vec::IndexVec;
use crate::site::indices::{BriefingIx, EventIx};
use crate::site::names::Entry;
use crate::site::parts::Briefings;
use crate::site::published::TranslationsByFile;

#[derive(Clone, Debug)]
pub struct Event {
    pub term: Term<EventRecord>,
}

pub type Events = IndexVec<EventIx, Event>;

/// The events, before any briefing is added.
pub fn link(entries: Vec<Entry<EventRecord>>, translations: &TranslationsByFile) -> Events {
    let event = |entry| Event { term: Term::new(entry, translations) };
    entries.into_iter().map(event).collect::<Vec<_>>().into()
}

/// The events that a briefing has claims about.
pub fn events_of(briefings: &Briefings, ix: BriefingIx) -> BTreeSet<EventIx> {
    briefings[ix].claims.iter().filter_map(|claim| claim.event).collect()
}

impl Events {
    pub fn add(&mut self, briefings: &Briefings, added: &[BriefingIx]) {
        let mut named_by = vec![NamedBy::default(); self.len()];
        for claim_ix in added.iter().flat_map(|ix| briefings.claims_of(*ix)) {
            if let Some(event) = briefings.linked_claim(claim_ix).event {
                let named_by = &mut named_by[usize::from(event)];
                named_by.claims.push(claim_ix);
                named_by.briefings.push(claim_ix.briefing);
            }
        }
        add_to_each(self, named_by, briefings, |event, named_by| event.term.add(named_by, briefings));
    }

    pub fn remove(&mut self, briefings: &Briefings, ix: BriefingIx) {
        events_of(briefings, ix).into_iter().for_each(|event| self.edit(event).term.remove(ix));
    }
}
