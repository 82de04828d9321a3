//! The sources, and what names each of them.
//!
//! Invariants: those of [`super`]; the claims that a source passed on are sorted as its own are.

use std::collections::BTreeSet;

use super::{NamedBy, Term, add_to_each};
use crate::diag::{Code, Diagnostic};
use crate::model::SourceRecord;
use crate::paths::fold_name;
use crate::site::diagnostics::Diagnostics;
use crate::site::index_vec::IndexVec;
use crate::site::indices::{BriefingIx, ClaimIx, SourceIx};
use crate::site::merge::merge;
use crate::site::names::index::NameIndex;
use crate::site::names::{Entry, Names};
use crate::site::parts::Briefings;
use crate::site::published::TranslationsByFile;

#[derive(Clone, Debug)]
pub struct Source {
    /// Its claims are those that it made.
    pub term: Term<SourceRecord>,
    /// The claims that it passed on, newest first.
    pub relayed: Vec<ClaimIx>,
    pub relays: Vec<SourceIx>,
    /// The source whose record its name is close to, if it has no record itself.
    pub near: Option<SourceIx>,
}

impl Source {
    /// Readers see only its label, and there is no page for it.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.term.record.as_ref().is_some_and(|record| record.protected)
    }

    fn add(&mut self, named_by: &NamedBy, briefings: &Briefings) {
        self.term.add(named_by, briefings);
        merge(&mut self.relayed, &named_by.relayed, |claim| briefings.newest_first(claim));
    }
}

pub type Sources = IndexVec<SourceIx, Source>;

/// The sources, before any briefing is added.
pub fn link(
    names: Names<SourceRecord, SourceIx>,
    index: &NameIndex,
    translations: &TranslationsByFile,
    diagnostics: &mut Diagnostics<'_>,
) -> Sources {
    refuse_protected_owners(&names, diagnostics);
    let source = |(entry, near): (Entry<SourceRecord>, _)| {
        let relays = entry.record.iter().flat_map(|record| &record.relays);
        let relays = relays.filter_map(|name| index.source(name)).collect();
        Source { term: Term::new(entry, translations), relayed: Vec::new(), relays, near }
    };
    let sources: Sources = names.entries.into_iter().zip(names.near).map(source).collect::<Vec<_>>().into();
    sources.refuse_long_relays(diagnostics);
    sources
}

/// How many others a source may pass on.
const MOST_BEHIND: usize = 100;

impl Sources {
    /// Whom a source passes on, through whatever chain; a circle ends where it began. Of a source that is
    /// refused for too many of them, only some.
    pub fn behind(&self, ix: SourceIx) -> BTreeSet<SourceIx> {
        let mut found = BTreeSet::new();
        let mut open: Vec<SourceIx> = self[ix].relays.clone();
        while let Some(next) = open.pop() {
            if next != ix && found.len() <= MOST_BEHIND && found.insert(next) {
                open.extend(&self[next].relays);
            }
        }
        found
    }

    fn refuse_long_relays(&self, diagnostics: &mut Diagnostics<'_>) {
        for ix in self.indices().filter(|ix| self.behind(*ix).len() > MOST_BEHIND) {
            let Some(record) = &self[ix].term.record else { continue };
            let message =
                format!("this source passes on more than {MOST_BEHIND} others, itself or through them");
            let refused = Diagnostic::error(Code::TOO_MANY_RELAYS, message)
                .at(diagnostics.place(&record.file, record.id_span))
                .help("name in `relays` only those that it mainly passes on, or leave it out");
            diagnostics.push(refused);
        }
    }

    pub fn add(&mut self, briefings: &Briefings, added: &[BriefingIx]) {
        let mut named_by = vec![NamedBy::default(); self.len()];
        for ix in added {
            let briefing = &briefings[*ix];
            for source in &briefing.sources {
                named_by[usize::from(*source)].briefings.push(*ix);
            }
            for (claim_ix, claim) in briefings.claims_of(*ix).zip(&briefing.claims) {
                if let Some(source) = claim.source {
                    named_by[usize::from(source)].claims.push(claim_ix);
                }
                for source in &claim.via {
                    named_by[usize::from(*source)].relayed.push(claim_ix);
                }
            }
        }
        add_to_each(self, named_by, briefings, |source, named_by| source.add(named_by, briefings));
    }

    pub fn remove(&mut self, briefings: &Briefings, ix: BriefingIx) {
        let briefing = &briefings[ix];
        let relays = briefing.claims.iter().flat_map(|claim| &claim.via);
        let named: BTreeSet<SourceIx> = briefing.sources.iter().chain(relays).copied().collect();
        for source in named {
            let source = self.edit(source);
            source.term.remove(ix);
            source.relayed.retain(|claim| claim.briefing != ix);
        }
    }
}

/// An owner is shown as written, so it must not be the name of a protected source.
fn refuse_protected_owners(names: &Names<SourceRecord, SourceIx>, diagnostics: &mut Diagnostics<'_>) {
    let record = |ix: &SourceIx| names.entries[usize::from(*ix)].record.as_ref();
    let records = names.entries.iter().filter_map(|entry| entry.record.as_ref());
    for owned in records.filter(|record| !record.protected) {
        let owner = owned.owner.as_deref().and_then(|owner| names.by_fold.get(&fold_name(owner)));
        if owner.and_then(record).is_some_and(|owner| owner.protected) {
            diagnostics.push(
                Diagnostic::error(
                    Code::PROTECTED_SOURCE,
                    "its owner is a protected source, whose name would be shown",
                )
                .at(diagnostics.place(&owned.file, owned.id_span))
                .help("write `owner` in words that do not name it"),
            );
        }
    }
}
