//! Replaces one briefing: takes it out of every list that names it, and adds it again.
//!
//! Owns in which cases that suffices: the briefing keeps its place among the others, no page comes or goes,
//! no name gets or loses its meaning, and no diagnostic changes.
//!
//! Invariant: every list is in the order that linking gives it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::texts::same_bases;
use crate::diag::Diagnostic;
use crate::model::{Briefing, EventRecord, Name, NeighbourhoodRecord, SourceRecord};
use crate::site::diagnostics::{Diagnostics, same_diagnostics};
use crate::site::indices::{BriefingIx, ClaimIx, DateIx, EventIx, NeighbourhoodIx, SourceIx};
use crate::site::linked::{Content, Site};
use crate::site::names::index::is_unattributed;
use crate::site::names::record::Record;
use crate::site::page::Page;
use crate::site::parts::{Briefings, LinkTarget, LinkedClaim};
use crate::site::published::check_translation;
use crate::site::{claims, corrections, dates, evidence, figures, guards};
use crate::sources::SourceSet;

/// Replaces `before` by `after`, but for the links of its text. After `None` the site is of no use any more:
/// everything must be linked again.
pub fn replace(
    site: &mut Site,
    ix: BriefingIx,
    before: &Briefing,
    after: &Arc<Briefing>,
    sources: &SourceSet,
    known: &[Diagnostic],
) -> Option<()> {
    if !keeps_place(before, after)
        || loses_linked_claim(site, ix, before, after)
        || !keeps_names(&site.content, before, after, known)
    {
        return None;
    }
    let content = &mut site.content;
    let previous = content.clone();
    let translations = previous.briefings[ix].translations.clone();
    *content.briefings.edit(ix) = claims::link_briefing(ix, after, translations, &content.names);
    let mut touched = Touched::default();
    touched.add(&previous, ix);
    touched.add(content, ix);
    touched.attach(content, ix);
    figures::move_briefing(&mut content.figures, &content.briefings, &previous.briefings, ix);
    let zone = &content.config.timezone;
    let dates = dates::move_briefing(&mut content.dates, &content.briefings, ix, before, zone)?;
    if order_of_corrections(before) != order_of_corrections(after) {
        let all = corrections::collect(&content.briefings, &content.stubs, &content.options);
        content.corrections = Arc::new(all);
    }
    touched.events.iter().for_each(|event| evidence::assess_again(content, *event));
    let is_same = touched.keeps_pages(content, &previous, &dates)
        && touched.keeps_residents(content, &previous, ix)
        && same_diagnostics(
            sources,
            |found| touched.check(&previous, ix, found),
            |found| touched.check(content, ix, found),
        )
        && guards::lifted_exceptions(&previous, ix, sources)
            == guards::lifted_exceptions(content, ix, sources);
    is_same.then_some(())
}

/// Both are shown at one place among the briefings, with the same paths.
fn keeps_place(before: &Briefing, after: &Briefing) -> bool {
    let Briefing {
        base,
        date,
        updated: _,
        as_of: _,
        kind: _,
        neighbourhoods: _,
        sources: _,
        draft,
        embargo_until,
        expires,
        withdrawn,
        authors: _,
        next_due: _,
        allow,
        not_known: _,
        not_reached: _,
        withheld: _,
        claims: _,
        corrections: _,
    } = before;
    same_bases(base, &after.base)
        && *date == after.date
        && *draft == after.draft
        && *embargo_until == after.embargo_until
        && *expires == after.expires
        && withdrawn.is_none()
        && after.withdrawn.is_none()
        && *allow == after.allow
}

fn order_of_corrections(briefing: &Briefing) -> Vec<(crate::time::Moment, bool)> {
    briefing.corrections.iter().map(|correction| (correction.at, correction.serious)).collect()
}

pub fn repeats_instruction(content: &Content, ix: BriefingIx) -> bool {
    let briefing = &content.briefings[ix];
    guards::repeated_instructions(&briefing.article, &briefing.translations).next().is_some()
}

/// A claim is gone that a text of the site links to.
fn loses_linked_claim(site: &Site, ix: BriefingIx, before: &Briefing, after: &Briefing) -> bool {
    let ids: BTreeSet<&str> = after.claims.iter().map(|claim| claim.id.value.as_str()).collect();
    let gone = before.claims.iter().map(|claim| claim.id.value.as_str()).filter(|id| !ids.contains(id));
    let gone: BTreeSet<String> = gone.map(|id| format!("claim-{id}")).collect();
    let is_gone = |owner: Page, link: &LinkTarget| match link {
        LinkTarget::Page { page, fragment, .. } => {
            *page == Page::Briefing(ix) && gone.contains(fragment.as_ref())
        }
        LinkTarget::Fragment(fragment) => owner == Page::Briefing(ix) && gone.contains(fragment.as_ref()),
        LinkTarget::File(_) | LinkTarget::Nowhere => false,
    };
    !gone.is_empty() && site.links.all().any(|(owner, link)| is_gone(owner, link))
}

/// What a name in a briefing names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NameKind {
    Place,
    Source,
    /// The source of a claim, which may be unattributed.
    Maker,
    Event,
}

/// Every new name has a meaning already, and no name that is gone may have been the only reason for a page.
fn keeps_names(content: &Content, before: &Briefing, after: &Briefing, known: &[Diagnostic]) -> bool {
    // A name that is close to another is reported at the first place where it is written.
    let codes = [NeighbourhoodRecord::NEAR_CODE, SourceRecord::NEAR_CODE, EventRecord::NEAR_CODE];
    let has_near_names = known.iter().any(|diagnostic| codes.contains(&diagnostic.code));
    let was = names(before);
    let is = names(after);
    let is_known =
        |name: &(NameKind, &str)| has_record(content, *name).is_some_and(|has| has || !has_near_names);
    is.difference(&was).all(is_known)
        && was.difference(&is).all(|name| has_record(content, *name) == Some(true))
}

fn names(briefing: &Briefing) -> BTreeSet<(NameKind, &str)> {
    fn all(kind: NameKind, names: &[Name]) -> impl Iterator<Item = (NameKind, &str)> {
        names.iter().map(move |name| (kind, name.value.as_ref()))
    }
    let mut found: BTreeSet<(NameKind, &str)> = BTreeSet::new();
    found.extend(all(NameKind::Place, &briefing.neighbourhoods));
    found.extend(all(NameKind::Source, &briefing.sources));
    for claim in &briefing.claims {
        found.extend(all(NameKind::Place, claim.neighbourhoods.as_deref().unwrap_or_default()));
        found.extend(all(NameKind::Source, &claim.via));
        found.insert((NameKind::Maker, &claim.source.value));
        found.extend(claim.event.iter().map(|id| (NameKind::Event, id.value.as_str())));
    }
    found
}

/// Whether the term of a name has a record; `None` for an unknown name.
fn has_record(content: &Content, (kind, name): (NameKind, &str)) -> Option<bool> {
    let index = &content.names;
    match kind {
        NameKind::Place => {
            let ix = (*index.neighbourhoods.get(name)?)?;
            Some(content.neighbourhoods[ix].term.record.is_some())
        }
        // Unattributed claims have no page.
        NameKind::Maker if index.unattributed.contains(name) => Some(true),
        // Another spelling has none either, unless it is also written as the name of a source.
        NameKind::Maker if is_unattributed(name) => (!index.sources.contains_key(name)).then_some(true),
        NameKind::Maker | NameKind::Source => {
            let ix = (*index.sources.get(name)?)?;
            Some(content.sources[ix].term.record.is_some())
        }
        NameKind::Event => {
            let found = content.events.binary_search_by(|event| event.term.id.as_str().cmp(name)).ok()?;
            Some(content.events[EventIx::from(found)].term.record.is_some())
        }
    }
}

/// The terms that a briefing names.
#[derive(Default)]
struct Touched {
    /// Those that it names, and all that they are a part of.
    places: BTreeSet<NeighbourhoodIx>,
    sources: BTreeSet<SourceIx>,
    events: BTreeSet<EventIx>,
}

impl Touched {
    fn add(&mut self, content: &Content, ix: BriefingIx) {
        let briefing = &content.briefings[ix];
        self.places.extend(briefing.neighbourhoods.iter().flat_map(|place| with_ancestors(content, *place)));
        self.sources.extend(&briefing.sources);
        for claim in &briefing.claims {
            self.sources.extend(&claim.via);
            self.events.extend(claim.event);
        }
    }

    /// Takes the briefing out of the lists of these terms, and adds it again.
    fn attach(&self, content: &mut Content, ix: BriefingIx) {
        let own = Arc::clone(&content.briefings[ix]);
        for place in &self.places {
            let is_within = |named: &NeighbourhoodIx| with_ancestors(content, *named).any(|at| at == *place);
            let is_named = own.neighbourhoods.iter().any(is_within);
            let is_of = |claim: &LinkedClaim| claim.neighbourhoods.iter().any(is_within);
            let mut term = content.neighbourhoods[*place].term.clone();
            replace_briefing(&mut term.briefings, ix, is_named);
            replace_claims(&content.briefings, &mut term.claims, ix, is_of);
            content.neighbourhoods.edit(*place).term = term;
        }
        for source_ix in &self.sources {
            let source = content.sources.edit(*source_ix);
            let is_named = own.sources.contains(source_ix);
            let is_maker = |claim: &LinkedClaim| claim.source == Some(*source_ix);
            replace_briefing(&mut source.term.briefings, ix, is_named);
            replace_claims(&content.briefings, &mut source.term.claims, ix, is_maker);
            replace_claims(&content.briefings, &mut source.relayed, ix, |claim| {
                claim.via.contains(source_ix)
            });
        }
        for event_ix in &self.events {
            let term = &mut content.events.edit(*event_ix).term;
            let is_of = |claim: &LinkedClaim| claim.event == Some(*event_ix);
            replace_briefing(&mut term.briefings, ix, own.claims.iter().any(is_of));
            replace_claims(&content.briefings, &mut term.claims, ix, is_of);
        }
    }

    /// No list has more pages than before, or fewer.
    fn keeps_pages(&self, content: &Content, before: &Content, dates: &BTreeSet<DateIx>) -> bool {
        let places = self.places.iter().map(|ix| Page::Neighbourhood(*ix, 0));
        let sources = self.sources.iter().map(|ix| Page::Source(*ix, 0));
        let events = self.events.iter().map(|ix| Page::Event(*ix, 0));
        let dates = dates.iter().map(|ix| Page::Date(*ix, 0));
        let lists = [Page::Figures(0), Page::Corrections(0)];
        let mut all = places.chain(sources).chain(events).chain(dates).chain(lists);
        all.all(|page| content.numbered_pages(page) == before.numbered_pages(page))
    }

    /// When a resident was last named is as before: the exception for one depends on it.
    fn keeps_residents(&self, content: &Content, before: &Content, ix: BriefingIx) -> bool {
        let named = |content: &Content| {
            let briefing = &content.briefings[ix];
            let via: Vec<SourceIx> = briefing.claims.iter().flat_map(|claim| claim.via.clone()).collect();
            (guards::published(&briefing.article), briefing.sources.clone(), via)
        };
        let has_resident = self.sources.iter().any(|ix| guards::is_open_resident(&content.sources[*ix]));
        !has_resident || named(content) == named(before)
    }

    /// Checks the briefing, its translations, and the claims of the same events.
    fn check(&self, content: &Content, ix: BriefingIx, diagnostics: &mut Diagnostics<'_>) {
        let briefing = &content.briefings[ix];
        corrections::check_briefing(&briefing.article, diagnostics);
        for translation in briefing.translations.values() {
            check_translation(translation, Some(&briefing.article), diagnostics);
        }
        let of_events = self.events.iter().flat_map(|event| &content.events[*event].term.claims);
        let claims: BTreeSet<ClaimIx> = content.claims_of(ix).chain(of_events.copied()).collect();
        evidence::check_claims(content, claims, diagnostics);
        guards::check_briefing(content, ix, diagnostics);
    }
}

/// A neighbourhood, and all that it is a part of.
fn with_ancestors(content: &Content, place: NeighbourhoodIx) -> impl Iterator<Item = NeighbourhoodIx> {
    std::iter::successors(Some(place), |place| content.neighbourhoods[*place].parent)
}

/// Puts a briefing into a list, newest first, or takes it out.
fn replace_briefing(list: &mut Vec<BriefingIx>, ix: BriefingIx, is_named: bool) {
    match (list.binary_search(&ix), is_named) {
        (Ok(at), false) => drop(list.remove(at)),
        (Err(at), true) => list.insert(at, ix),
        _ => {}
    }
}

/// Replaces the claims of a briefing in a list by those of its claims that belong there now.
fn replace_claims(
    briefings: &Briefings,
    list: &mut Vec<ClaimIx>,
    ix: BriefingIx,
    belongs: impl Fn(&LinkedClaim) -> bool,
) {
    list.retain(|claim| claim.briefing != ix);
    for claim in briefings.claims_of(ix).filter(|claim| belongs(briefings.linked_claim(*claim))) {
        list.insert(briefings.newest_first_position(list, claim), claim);
    }
}
