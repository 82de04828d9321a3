//! Makes the terms of the site: each with its record, and the claims and briefings that name it.

use rayon::prelude::*;

use super::diagnostics::Diagnostics;
use super::indices::{BriefingIx, ClaimIx, NeighbourhoodIx, SourceIx};
use super::names::index::NameIndex;
use super::names::record::Record;
use super::names::{Entry, Names};
use super::parts::{Briefings, Event, Neighbourhood, Source, Term};
use super::published::TranslationsByFile;
use crate::diag::{Code, Diagnostic};
use crate::model::{EventRecord, NeighbourhoodRecord, SourceRecord};
use crate::paths::fold_name;

/// What names one term.
#[derive(Clone, Default)]
struct NamedBy {
    briefings: Vec<BriefingIx>,
    claims: Vec<ClaimIx>,
    /// Claims that a source passed on.
    relayed: Vec<ClaimIx>,
}

impl NamedBy {
    /// All lists are filled in the order of the briefings, so that repetitions are neighbours.
    fn sort(&mut self, briefings: &Briefings) {
        self.briefings.dedup();
        for claims in [&mut self.claims, &mut self.relayed] {
            claims.dedup();
            briefings.sort_newest_first(claims);
        }
    }
}

fn sorted(mut all: Vec<NamedBy>, briefings: &Briefings) -> Vec<NamedBy> {
    all.par_iter_mut().for_each(|named_by| named_by.sort(briefings));
    all
}

/// The neighbourhoods by id. What names one also names all that it is a part of.
pub fn neighbourhoods(
    entries: Vec<Entry<NeighbourhoodRecord>>,
    names: &NameIndex,
    briefings: &Briefings,
    translations: &TranslationsByFile,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<Neighbourhood> {
    let parents = parents(&entries, names, diagnostics);
    let mut children = vec![Vec::new(); entries.len()];
    for (index, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[usize::from(*parent)].push(NeighbourhoodIx::from(index));
        }
    }
    let mut named_by = vec![NamedBy::default(); entries.len()];
    let with_ancestors = |start| std::iter::successors(Some(start), |ix| parents[usize::from(*ix)]);
    for (ix, briefing) in briefings.enumerated() {
        for place in briefing.neighbourhoods.iter().flat_map(|place| with_ancestors(*place)) {
            named_by[usize::from(place)].briefings.push(ix);
        }
        for (claim_ix, claim) in briefings.claims_of(ix).zip(&briefing.claims) {
            for place in claim.neighbourhoods.iter().flat_map(|place| with_ancestors(*place)) {
                named_by[usize::from(place)].claims.push(claim_ix);
            }
        }
    }
    let parts = parents.iter().zip(children).zip(sorted(named_by, briefings));
    let place = |(entry, ((parent, children), named_by)): (_, ((&Option<_>, _), _))| Neighbourhood {
        term: term(entry, named_by, translations),
        parent: *parent,
        children,
    };
    entries.into_iter().zip(parts).map(place).collect()
}

/// The sources by id.
pub fn sources(
    names: Names<SourceRecord, SourceIx>,
    index: &NameIndex,
    briefings: &Briefings,
    translations: &TranslationsByFile,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<Source> {
    refuse_protected_owners(&names, diagnostics);
    let entries = names.entries;
    let mut named_by = vec![NamedBy::default(); entries.len()];
    for (ix, briefing) in briefings.enumerated() {
        for source in &briefing.sources {
            named_by[usize::from(*source)].briefings.push(ix);
        }
        for (claim_ix, claim) in briefings.claims_of(ix).zip(&briefing.claims) {
            if let Some(source) = claim.source {
                named_by[usize::from(source)].claims.push(claim_ix);
            }
            for source in &claim.via {
                named_by[usize::from(*source)].relayed.push(claim_ix);
            }
        }
    }
    let source = |(entry, mut named_by): (Entry<SourceRecord>, NamedBy)| {
        let relays = entry.record.iter().flat_map(|record| &record.relays);
        let relays = relays.filter_map(|name| index.source(name)).collect();
        let relayed = std::mem::take(&mut named_by.relayed);
        Source { term: term(entry, named_by, translations), relayed, relays }
    };
    entries.into_iter().zip(sorted(named_by, briefings)).map(source).collect()
}

/// The events by id.
pub fn events(
    entries: Vec<Entry<EventRecord>>,
    briefings: &Briefings,
    translations: &TranslationsByFile,
) -> Vec<Event> {
    let mut named_by = vec![NamedBy::default(); entries.len()];
    for claim_ix in briefings.all_claims() {
        if let Some(event) = briefings.linked_claim(claim_ix).event {
            let named_by: &mut NamedBy = &mut named_by[usize::from(event)];
            named_by.claims.push(claim_ix);
            named_by.briefings.push(claim_ix.briefing);
        }
    }
    let named_by = sorted(named_by, briefings);
    let event = |(entry, named_by)| Event { term: term(entry, named_by, translations) };
    entries.into_iter().zip(named_by).map(event).collect()
}

fn term<R: Record>(entry: Entry<R>, named_by: NamedBy, translations: &TranslationsByFile) -> Term<R> {
    let translations = entry.record.as_ref().and_then(|record| translations.get(&record.file));
    Term {
        translations: translations.cloned().unwrap_or_default(),
        id: entry.id,
        name: entry.name,
        record: entry.record,
        briefings: named_by.briefings,
        claims: named_by.claims,
    }
}

/// The parent of each neighbourhood. A circle is an error, and is cut.
fn parents(
    entries: &[Entry<NeighbourhoodRecord>],
    names: &NameIndex,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<Option<NeighbourhoodIx>> {
    let parent =
        |entry: &Entry<NeighbourhoodRecord>| names.neighbourhood(entry.record.as_ref()?.parent.as_ref()?);
    let mut parents: Vec<Option<NeighbourhoodIx>> = entries.iter().map(parent).collect();
    for index in 0..parents.len() {
        if is_own_ancestor(&parents, index) {
            let record = entries[index].record.as_ref().expect("only a record has a parent");
            let name = record.parent.as_ref().expect("it is in a circle");
            diagnostics.push(
                Diagnostic::error(Code::PARENT_CIRCLE, format!("\"{}\" is its own ancestor", record.id))
                    .at(diagnostics.place(&record.file, name.span))
                    .help("a parent is the larger place that this one is a part of"),
            );
            parents[index] = None;
        }
    }
    parents
}

fn is_own_ancestor(parents: &[Option<NeighbourhoodIx>], start: usize) -> bool {
    let ancestors = std::iter::successors(parents[start], |ix| parents[usize::from(*ix)]);
    ancestors.take(parents.len()).any(|ix| usize::from(ix) == start)
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
