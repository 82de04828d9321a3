//! Attaches claims and briefings to the terms, and makes the site of all parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Entry, Meanings, Names, Record, Registry};
use crate::diag::{Code, Diagnostic};
use crate::model::{Briefing, NeighbourhoodRecord, SourceRecord};
use crate::paths::fold_name;
use crate::site::claims::{BriefingTerms, Linked, newest_first};
use crate::site::published::Sorted;
use crate::site::{
    BriefingIx, ClaimIx, Event, LinkedBriefing, LinkedPage, LinkedText, Neighbourhood, NeighbourhoodIx,
    Notes, Shape, Site, Source, SourceIx, Spellings, Term, Translations,
};

type ByFile = BTreeMap<Arc<str>, Translations>;

pub fn assemble(
    registry: Registry,
    mut sorted: Sorted,
    linked: Linked,
    mut shape: Shape,
    notes: &mut Notes<'_>,
) -> Site {
    let mut translations = std::mem::take(&mut sorted.translations);
    let parents = parents(&registry.neighbourhoods.entries, &registry.meanings, notes);
    let relays = relays(&registry.sources.entries, &registry.meanings);
    refuse_protected_owners(&registry.sources, notes);
    let mut terms = Terms {
        neighbourhoods: neighbourhoods(registry.neighbourhoods.entries, &parents, &mut translations),
        sources: self::sources(registry.sources.entries, relays, &mut translations),
        events: registry.events.into_iter().map(|e| Event { term: term(e, &mut translations) }).collect(),
    };
    terms.attach(&linked);
    let home = sorted.home.map(|page| linked_page(page, &mut translations));
    let pages: Vec<_> = sorted.pages.into_iter().map(|page| linked_page(page, &mut translations)).collect();
    let briefings: Vec<_> = sorted
        .briefings
        .into_iter()
        .zip(linked.briefings)
        .map(|(article, terms)| linked_briefing(article, terms, &mut translations))
        .collect();
    let (neighbourhoods, sources) = (registry.neighbourhoods.by_fold, registry.sources.by_fold);
    shape.spellings = Arc::new(Spellings { neighbourhoods, sources });
    shape.meanings = Arc::new(registry.meanings);
    Site {
        briefings: briefings.into(),
        stubs: sorted.stubs.into(),
        home,
        pages: pages.into(),
        neighbourhoods: terms.neighbourhoods.into(),
        sources: terms.sources.into(),
        events: terms.events.into(),
        shape: Arc::new(shape),
    }
}

fn linked_briefing(
    article: Arc<Briefing>,
    terms: BriefingTerms,
    translations: &mut ByFile,
) -> LinkedBriefing {
    LinkedBriefing {
        text: linked_text(&article.file, translations),
        article,
        neighbourhoods: terms.neighbourhoods,
        sources: terms.sources,
        claims: terms.claims,
        backlinks: Vec::new(),
    }
}

fn linked_page(page: Arc<crate::model::PlainPage>, translations: &mut ByFile) -> LinkedPage {
    let text = linked_text(&page.file, translations);
    LinkedPage { article: page, text, backlinks: Vec::new() }
}

fn linked_text(file: &Arc<str>, translations: &mut ByFile) -> LinkedText {
    LinkedText { translations: translations.remove(file).unwrap_or_default(), ..LinkedText::default() }
}

fn term<R: Record>(entry: Entry<R>, translations: &mut ByFile) -> Term<R> {
    let text = entry
        .record
        .as_ref()
        .map_or_else(LinkedText::default, |record| linked_text(&record.file, translations));
    Term {
        id: entry.id,
        name: entry.name,
        record: entry.record,
        text,
        briefings: Vec::new(),
        claims: Vec::new(),
    }
}

fn neighbourhoods(
    entries: Vec<Entry<NeighbourhoodRecord>>,
    parents: &[Option<NeighbourhoodIx>],
    translations: &mut ByFile,
) -> Vec<Neighbourhood> {
    let mut children = vec![Vec::new(); entries.len()];
    for (index, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[usize::from(*parent)].push(NeighbourhoodIx::from(index));
        }
    }
    entries
        .into_iter()
        .zip(parents.iter().zip(children))
        .map(|(entry, (parent, children))| Neighbourhood {
            term: term(entry, translations),
            parent: *parent,
            children,
        })
        .collect()
}

fn sources(
    entries: Vec<Entry<SourceRecord>>,
    relays: Vec<Vec<SourceIx>>,
    translations: &mut ByFile,
) -> Vec<Source> {
    entries
        .into_iter()
        .zip(relays)
        .map(|(entry, relays)| Source { term: term(entry, translations), relayed: Vec::new(), relays })
        .collect()
}

/// The parent of each neighbourhood; a circle is an error, and is cut.
fn parents(
    entries: &[Entry<NeighbourhoodRecord>],
    meanings: &Meanings,
    notes: &mut Notes<'_>,
) -> Vec<Option<NeighbourhoodIx>> {
    let mut parents: Vec<Option<NeighbourhoodIx>> = Vec::with_capacity(entries.len());
    for entry in entries {
        let parent = entry.record.as_ref().and_then(|record| {
            let name = record.parent.as_ref()?;
            meanings.neighbourhood(name)
        });
        parents.push(parent);
    }
    for index in 0..parents.len() {
        if leads_to_itself(&parents, index) {
            let record = entries[index].record.as_ref().expect("only a record has a parent");
            let name = record.parent.as_ref().expect("it leads somewhere");
            notes.push(
                Diagnostic::error(Code::PARENT_CIRCLE, format!("\"{}\" is its own ancestor", record.id))
                    .at(notes.place(&record.file, name.span))
                    .help("a parent is the larger place that this one is a part of"),
            );
            parents[index] = None;
        }
    }
    parents
}

fn leads_to_itself(parents: &[Option<NeighbourhoodIx>], start: usize) -> bool {
    let mut at = parents[start];
    for _ in 0..parents.len() {
        match at {
            Some(next) if usize::from(next) == start => return true,
            Some(next) => at = parents[usize::from(next)],
            None => return false,
        }
    }
    false
}

/// An owner is shown as written: it must not be the name of a protected source.
fn refuse_protected_owners(names: &Names<SourceRecord, SourceIx>, notes: &mut Notes<'_>) {
    let records = || names.entries.iter().filter_map(|entry| entry.record.as_ref());
    for record in records().filter(|record| !record.protected) {
        let owner = record.owner.as_deref().and_then(|owner| names.by_fold.get(&fold_name(owner)));
        let owner = owner.and_then(|ix| names.entries[usize::from(*ix)].record.as_ref());
        if owner.is_some_and(|owner| owner.protected) {
            notes.push(
                Diagnostic::error(
                    Code::PROTECTED_SOURCE,
                    "its owner is a protected source, whose name would be shown",
                )
                .at(notes.place(&record.file, record.id_span))
                .help("write `owner` in words that do not name it"),
            );
        }
    }
}

fn relays(entries: &[Entry<SourceRecord>], meanings: &Meanings) -> Vec<Vec<SourceIx>> {
    let of = |entry: &Entry<SourceRecord>| {
        let named = entry.record.iter().flat_map(|record| &record.relays);
        named.filter_map(|name| meanings.source(name)).collect()
    };
    entries.iter().map(of).collect()
}

/// The terms of a site while claims and briefings are attached to them.
struct Terms {
    neighbourhoods: Vec<Neighbourhood>,
    sources: Vec<Source>,
    events: Vec<Event>,
}

impl Terms {
    fn attach(&mut self, linked: &Linked) {
        let Self { neighbourhoods, sources, events } = self;
        rayon::join(
            || attach_to_neighbourhoods(neighbourhoods, linked),
            || attach_to_sources_and_events(sources, events, linked),
        );
        self.put_in_order(linked);
    }

    /// Everything came in the order of the briefings, so that what came twice stands together.
    fn put_in_order(&mut self, linked: &Linked) {
        let order = |list: &mut Vec<ClaimIx>| {
            list.dedup();
            newest_first(list, |claim| linked.claim(claim).added);
        };
        self.neighbourhoods.par_iter_mut().for_each(|neighbourhood| {
            order(&mut neighbourhood.term.claims);
            neighbourhood.term.briefings.dedup();
        });
        self.sources.par_iter_mut().for_each(|source| {
            order(&mut source.term.claims);
            order(&mut source.relayed);
            source.term.briefings.dedup();
        });
        self.events.par_iter_mut().for_each(|event| {
            order(&mut event.term.claims);
            event.term.briefings.dedup();
        });
    }
}

fn attach_to_neighbourhoods(neighbourhoods: &mut [Neighbourhood], linked: &Linked) {
    for (index, briefing) in linked.briefings.iter().enumerate() {
        for neighbourhood in &briefing.neighbourhoods {
            let attach = |term: &mut Term<_>| term.briefings.push(BriefingIx::from(index));
            with_ancestors(neighbourhoods, *neighbourhood, attach);
        }
    }
    for (ix, claim) in linked.claims() {
        for neighbourhood in &claim.neighbourhoods {
            let attach = |term: &mut Term<_>| term.claims.push(ix);
            with_ancestors(neighbourhoods, *neighbourhood, attach);
        }
    }
}

fn with_ancestors(
    neighbourhoods: &mut [Neighbourhood],
    start: NeighbourhoodIx,
    mut visit: impl FnMut(&mut Term<NeighbourhoodRecord>),
) {
    let mut next = Some(start);
    while let Some(at) = next {
        let place = &mut neighbourhoods[usize::from(at)];
        visit(&mut place.term);
        next = place.parent;
    }
}

fn attach_to_sources_and_events(sources: &mut [Source], events: &mut [Event], linked: &Linked) {
    for (index, briefing) in linked.briefings.iter().enumerate() {
        for source in &briefing.sources {
            sources[usize::from(*source)].term.briefings.push(BriefingIx::from(index));
        }
    }
    for (index, claim) in linked.claims() {
        if let Some(source) = claim.source {
            sources[usize::from(source)].term.claims.push(index);
        }
        for source in &claim.via {
            sources[usize::from(*source)].relayed.push(index);
        }
        if let Some(event) = claim.event {
            let term = &mut events[usize::from(event)].term;
            term.claims.push(index);
            term.briefings.push(claim.briefing);
        }
    }
}
