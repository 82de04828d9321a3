//! Attaches claims and briefings to the terms, and makes the site of all parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Entry, Names, Record, Registry};
use crate::diag::Diagnostic;
use crate::model::{NeighbourhoodRecord, SourceRecord};
use crate::paths::fold_name;
use crate::site::claims::{Linked, newest_first};
use crate::site::corrections::Corrections;
use crate::site::published::Sorted;
use crate::site::weigh::Weights;
use crate::site::{
    BriefingIx, ClaimIx, DatePage, Event, LinkedBriefing, LinkedClaim, LinkedPage, LinkedText, Neighbourhood,
    NeighbourhoodIx, Notes, Routes, Site, Source, SourceIx, Spellings, Term, Translations,
};
use crate::source_set::SourceSet;

type ByFile = BTreeMap<Arc<str>, Translations>;

pub fn assemble(
    registry: Registry,
    mut sorted: Sorted,
    linked: Linked,
    dates: Vec<DatePage>,
    sources: &SourceSet,
    notes: &mut Notes<'_>,
) -> Site {
    let mut translations = std::mem::take(&mut sorted.translations);
    let parents = parents(&registry.neighbourhoods, notes);
    let relays = relays(&registry.sources);
    refuse_protected_owners(&registry.sources, notes);
    let mut site = Site {
        config: sources.config.clone(),
        as_of: None,
        due: Vec::new(),
        languages: languages(&sources.config),
        briefings: Vec::new(),
        stubs: sorted.stubs,
        home: sorted.home.map(|page| linked_page(page, &mut translations)),
        pages: sorted.pages.into_iter().map(|page| linked_page(page, &mut translations)).collect(),
        neighbourhoods: neighbourhoods(registry.neighbourhoods.entries, &parents, &mut translations),
        sources: self::sources(registry.sources.entries, relays, &mut translations),
        events: registry
            .events
            .entries
            .into_iter()
            .map(|e| Event { term: term(e, &mut translations) })
            .collect(),
        claims: linked.claims,
        dates,
        spellings: Spellings {
            neighbourhoods: registry.neighbourhoods.by_fold,
            sources: registry.sources.by_fold,
        },
        files: Vec::new(),
        spelling_count: 0,
        corrections: Corrections::default(),
        figures: Vec::new(),
        weights: Weights::default(),
        routes: Routes::default(),
    };
    for (article, terms) in sorted.briefings.into_iter().zip(linked.briefings) {
        let text = linked_text(&article.origin.file, &mut translations);
        site.briefings.push(LinkedBriefing {
            article,
            text,
            neighbourhoods: terms.neighbourhoods,
            sources: terms.sources,
            claims: terms.claims,
            backlinks: Vec::new(),
        });
    }
    attach(&mut site);
    site
}

/// The default language first, then the others in the order of site.toml.
fn languages(config: &crate::config::Config) -> Vec<String> {
    let others = config.languages.iter().filter(|code| **code != config.language);
    std::iter::once(&config.language).chain(others).map(ToString::to_string).collect()
}

fn linked_page(page: Arc<crate::model::PlainPage>, translations: &mut ByFile) -> LinkedPage {
    let text = linked_text(&page.origin.file, translations);
    LinkedPage { article: page, text, backlinks: Vec::new() }
}

fn linked_text(file: &Arc<str>, translations: &mut ByFile) -> LinkedText {
    LinkedText { translations: translations.remove(file).unwrap_or_default(), ..LinkedText::default() }
}

fn term<R: Record>(entry: Entry<R>, translations: &mut ByFile) -> Term<R> {
    let text = entry
        .record
        .as_ref()
        .map_or_else(LinkedText::default, |record| linked_text(&record.origin().file, translations));
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
            children[parent.get()].push(NeighbourhoodIx::new(index));
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
    names: &Names<NeighbourhoodRecord, NeighbourhoodIx>,
    notes: &mut Notes<'_>,
) -> Vec<Option<NeighbourhoodIx>> {
    let mut parents: Vec<Option<NeighbourhoodIx>> = Vec::with_capacity(names.entries.len());
    for entry in &names.entries {
        let parent = entry.record.as_ref().and_then(|record| {
            let name = record.parent.as_ref()?;
            names.resolve(name)
        });
        parents.push(parent);
    }
    for index in 0..parents.len() {
        if leads_to_itself(&parents, index) {
            let record = names.entries[index].record.as_ref().expect("only a record has a parent");
            let name = record.parent.as_ref().expect("it leads somewhere");
            notes.push(
                Diagnostic::error("parent-circle", format!("\"{}\" is its own ancestor", record.origin.id))
                    .at(notes.place(&record.origin.file, name.span))
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
            Some(next) if next.get() == start => return true,
            Some(next) => at = parents[next.get()],
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
        let owner = owner.and_then(|ix| names.entries[ix.get()].record.as_ref());
        if owner.is_some_and(|owner| owner.protected) {
            notes.push(
                Diagnostic::error(
                    "protected-source",
                    "its owner is a protected source, whose name would be shown",
                )
                .at(notes.place(&record.origin.file, record.origin.id_span))
                .help("write `owner` in words that do not name it"),
            );
        }
    }
}

fn relays(names: &Names<SourceRecord, SourceIx>) -> Vec<Vec<SourceIx>> {
    let of = |entry: &Entry<SourceRecord>| {
        let named = entry.record.iter().flat_map(|record| &record.relays);
        named.filter_map(|name| names.resolve(name)).collect()
    };
    names.entries.iter().map(of).collect()
}

fn attach(site: &mut Site) {
    for (index, briefing) in site.briefings.iter().enumerate() {
        let index = BriefingIx::new(index);
        for neighbourhood in &briefing.neighbourhoods {
            for ancestor in with_ancestors(&site.neighbourhoods, *neighbourhood) {
                site.neighbourhoods[ancestor.get()].term.briefings.push(index);
            }
        }
        for source in &briefing.sources {
            site.sources[source.get()].term.briefings.push(index);
        }
    }
    for (index, claim) in site.claims.iter().enumerate() {
        attach_claim(
            ClaimIx::new(index),
            claim,
            &mut site.neighbourhoods,
            &mut site.sources,
            &mut site.events,
        );
    }
    put_in_order(site);
}

fn attach_claim(
    index: ClaimIx,
    claim: &LinkedClaim,
    neighbourhoods: &mut [Neighbourhood],
    sources: &mut [Source],
    events: &mut [Event],
) {
    for neighbourhood in &claim.neighbourhoods {
        for ancestor in with_ancestors(neighbourhoods, *neighbourhood) {
            neighbourhoods[ancestor.get()].term.claims.push(index);
        }
    }
    if let Some(source) = claim.source {
        sources[source.get()].term.claims.push(index);
    }
    for source in &claim.via {
        sources[source.get()].relayed.push(index);
    }
    if let Some(event) = claim.event {
        let term = &mut events[event.get()].term;
        term.claims.push(index);
        term.briefings.push(claim.briefing);
    }
}

fn with_ancestors(neighbourhoods: &[Neighbourhood], start: NeighbourhoodIx) -> Vec<NeighbourhoodIx> {
    std::iter::successors(Some(start), |at| neighbourhoods[at.get()].parent).collect()
}

fn put_in_order(site: &mut Site) {
    let claims = &site.claims;
    let order = |list: &mut Vec<ClaimIx>| {
        list.sort_unstable();
        list.dedup();
        newest_first(list, claims);
    };
    for neighbourhood in &mut site.neighbourhoods {
        order(&mut neighbourhood.term.claims);
        neighbourhood.term.briefings.dedup();
    }
    for source in &mut site.sources {
        order(&mut source.term.claims);
        order(&mut source.relayed);
        source.term.briefings.dedup();
    }
    for event in &mut site.events {
        order(&mut event.term.claims);
        event.term.briefings.sort_unstable();
        event.term.briefings.dedup();
    }
}
