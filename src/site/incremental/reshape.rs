//! A briefing that claims something else than before, in a site where everybody else stays as they are.
//!
//! Owns in which cases that is so: no page comes or goes, no name gets or loses its meaning, and no fault
//! is found. Takes the briefing out of every list that names it, and puts it in again.
//!
//! Invariant: every list is in the order that linking gives it, as it is put in order by the same
//! functions.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::shape::has_same_frame;
use super::{LinkTarget, texts};
use crate::diag::Diagnostic;
use crate::model::{Briefing, EventRecord, Name, NeighbourhoodRecord, SourceRecord};
use crate::site::names::{Record, is_unattributed};
use crate::site::{
    BriefingIx, ClaimIx, DateIx, EventIx, LinkedClaim, NeighbourhoodIx, Notes, Page, Site, SourceIx, claims,
    dates, evidence, figures, guards,
};
use crate::sources::SourceSet;

/// Puts `after` in the place of `before`, but for the links of its text; `None` where the site must be
/// linked anew, and then it is of no use any more.
pub fn reshape(
    site: &mut Site,
    ix: BriefingIx,
    before: &Briefing,
    after: &Arc<Briefing>,
    sources: &SourceSet,
    told: &[Diagnostic],
) -> Option<()> {
    let is_plain = has_same_frame(before, after)
        && !misses_claims(site, ix, before, after)
        // Exceptions are told once for the whole site, and a translation tells when it is behind.
        && after.allow.is_empty()
        && site.config.allow.is_empty()
        && site.briefings[ix].text.translations.is_empty();
    if !is_plain || !keeps_names(site, before, after, told) {
        return None;
    }
    let previous = site.clone();
    put(site, ix, after);
    let mut touched = Touched::default();
    touched.add(&previous, ix);
    touched.add(site, ix);
    touched.attach(site, ix);
    figures::move_briefing(site, &previous, ix);
    let dates = dates::move_briefing(site, ix, before)?;
    touched.events.iter().for_each(|event| evidence::weigh_again(site, *event));
    (touched.keeps_pages(site, &previous, &dates) && touched.is_sound(site, ix, sources)).then_some(())
}

/// A claim is gone that a text of the site links to.
fn misses_claims(site: &Site, ix: BriefingIx, before: &Briefing, after: &Briefing) -> bool {
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
    let mut links = texts(site).flat_map(|(owner, text)| {
        let all = text.links.iter().chain(text.translated_links.values().flatten());
        all.map(move |link| (owner, link))
    });
    !gone.is_empty() && links.any(|(owner, link)| is_gone(owner, link))
}

/// What a name in a briefing may be one of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Place,
    Source,
    /// Who made a claim: a source, or nobody who is named.
    Maker,
    Event,
}

/// Every name that is new here has a meaning already, and none that is gone may have been the only reason
/// for a page.
fn keeps_names(site: &Site, before: &Briefing, after: &Briefing, told: &[Diagnostic]) -> bool {
    // Of a name that is close to another, the first place where it stands is told.
    let codes = [NeighbourhoodRecord::NEAR_CODE, SourceRecord::NEAR_CODE, EventRecord::NEAR_CODE];
    let is_near_told = told.iter().any(|told| codes.contains(&told.code));
    let (was, is) = (names(before), names(after));
    let is_known = |name: &(Kind, &str)| has_record(site, *name).is_some_and(|has| has || !is_near_told);
    is.difference(&was).all(is_known) && was.difference(&is).all(|name| has_record(site, *name) == Some(true))
}

fn names(briefing: &Briefing) -> BTreeSet<(Kind, &str)> {
    fn all(kind: Kind, names: &[Name]) -> impl Iterator<Item = (Kind, &str)> {
        names.iter().map(move |name| (kind, name.value.as_ref()))
    }
    let mut found: BTreeSet<(Kind, &str)> = BTreeSet::new();
    found.extend(all(Kind::Place, &briefing.neighbourhoods));
    found.extend(all(Kind::Source, &briefing.sources));
    for claim in &briefing.claims {
        found.extend(all(Kind::Place, claim.neighbourhoods.as_deref().unwrap_or_default()));
        found.extend(all(Kind::Source, &claim.via));
        found.insert((Kind::Maker, &claim.source.value));
        found.extend(claim.event.iter().map(|id| (Kind::Event, id.value.as_str())));
    }
    found
}

/// Whether what a name means has a record; `None` where nothing is known of the name.
fn has_record(site: &Site, (kind, name): (Kind, &str)) -> Option<bool> {
    let meanings = &site.meanings;
    match kind {
        Kind::Place => {
            let ix = (*meanings.neighbourhoods.get(name)?)?;
            Some(site.neighbourhoods[ix].term.record.is_some())
        }
        // Nobody has no page.
        Kind::Maker if meanings.unattributed.contains(name) => Some(true),
        // Nor does it get one by another spelling, unless somebody wrote that as the name of a source.
        Kind::Maker if is_unattributed(name) => (!meanings.sources.contains_key(name)).then_some(true),
        Kind::Maker | Kind::Source => {
            let ix = (*meanings.sources.get(name)?)?;
            Some(site.sources[ix].term.record.is_some())
        }
        Kind::Event => {
            let found = site.events.binary_search_by(|event| event.term.id.as_str().cmp(name)).ok()?;
            Some(site.events[EventIx::from(found)].term.record.is_some())
        }
    }
}

fn put(site: &mut Site, ix: BriefingIx, after: &Arc<Briefing>) {
    let named = claims::link_briefing(ix, after, &site.meanings);
    let linked = site.briefings.edit(ix);
    linked.article = Arc::clone(after);
    (linked.neighbourhoods, linked.sources, linked.claims) =
        (named.neighbourhoods, named.sources, named.claims);
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
    /// Adds what a briefing names in a site.
    fn add(&mut self, site: &Site, ix: BriefingIx) {
        let briefing = &site.briefings[ix];
        self.places.extend(briefing.neighbourhoods.iter().flat_map(|place| with_ancestors(site, *place)));
        self.sources.extend(&briefing.sources);
        for claim in &briefing.claims {
            self.sources.extend(&claim.via);
            self.events.extend(claim.event);
        }
    }

    /// Takes the briefing out of the lists of these terms, and puts it in again.
    fn attach(&self, site: &mut Site, ix: BriefingIx) {
        for place in &self.places {
            let is_within = |named: &NeighbourhoodIx| with_ancestors(site, *named).any(|at| at == *place);
            let term = &site.neighbourhoods[*place].term;
            let is_named = site.briefings[ix].neighbourhoods.iter().any(is_within);
            let briefings = briefings(&term.briefings, ix, is_named);
            let claims =
                claims_of(site, &term.claims, ix, |claim| claim.neighbourhoods.iter().any(is_within));
            let term = &mut site.neighbourhoods.edit(*place).term;
            (term.briefings, term.claims) = (briefings, claims);
        }
        for source in &self.sources {
            let is_named = site.briefings[ix].sources.contains(source);
            let before = &site.sources[*source];
            let briefings = briefings(&before.term.briefings, ix, is_named);
            let claims = claims_of(site, &before.term.claims, ix, |claim| claim.source == Some(*source));
            let relayed = claims_of(site, &before.relayed, ix, |claim| claim.via.contains(source));
            let after = site.sources.edit(*source);
            (after.term.briefings, after.term.claims, after.relayed) = (briefings, claims, relayed);
        }
        for event in &self.events {
            let is_of = |claim: &LinkedClaim| claim.event == Some(*event);
            let is_named = site.briefings[ix].claims.iter().any(is_of);
            let term = &site.events[*event].term;
            let briefings = briefings(&term.briefings, ix, is_named);
            let claims = claims_of(site, &term.claims, ix, is_of);
            let term = &mut site.events.edit(*event).term;
            (term.briefings, term.claims) = (briefings, claims);
        }
    }

    /// No list has more pages than before, or fewer.
    fn keeps_pages(&self, site: &Site, before: &Site, dates: &BTreeSet<DateIx>) -> bool {
        let places = self.places.iter().map(|ix| Page::Neighbourhood(*ix, 0));
        let sources = self.sources.iter().map(|ix| Page::Source(*ix, 0));
        let events = self.events.iter().map(|ix| Page::Event(*ix, 0));
        let dates = dates.iter().map(|ix| Page::Date(*ix, 0));
        let mut all = places.chain(sources).chain(events).chain(dates).chain([Page::Figures(0)]);
        all.all(|page| site.numbered_pages(page) == before.numbered_pages(page))
    }

    /// Nothing is wrong with what the briefing claims, and with what others claim of the same events.
    fn is_sound(&self, site: &Site, ix: BriefingIx, sources: &SourceSet) -> bool {
        if self.sources.iter().any(|source| guards::is_open_resident(&site.sources[*source])) {
            return false;
        }
        let mut notes = Notes { sources, broken: &[], diagnostics: Vec::new() };
        let of_events = self.events.iter().flat_map(|event| &site.events[*event].term.claims);
        evidence::check_claims(site, site.claims_of(ix).chain(of_events.copied()), &mut notes);
        guards::check_briefing(site, ix, &mut notes);
        notes.diagnostics.is_empty()
    }
}

/// A neighbourhood, and all that it is a part of.
fn with_ancestors(site: &Site, place: NeighbourhoodIx) -> impl Iterator<Item = NeighbourhoodIx> {
    std::iter::successors(Some(place), |place| site.neighbourhoods[*place].parent)
}

/// A list of briefings, newest first, with this one or without it.
fn briefings(list: &[BriefingIx], ix: BriefingIx, is_named: bool) -> Vec<BriefingIx> {
    let mut list = list.to_vec();
    match (list.binary_search(&ix), is_named) {
        (Ok(at), false) => drop(list.remove(at)),
        (Err(at), true) => list.insert(at, ix),
        _ => {}
    }
    list
}

/// A list of claims with those of the briefing that belong there now.
fn claims_of(
    site: &Site,
    list: &[ClaimIx],
    ix: BriefingIx,
    belongs: impl Fn(&LinkedClaim) -> bool,
) -> Vec<ClaimIx> {
    let others = list.iter().copied().filter(|claim| claim.briefing != ix);
    let own = site.claims_of(ix).filter(|claim| belongs(site.linked_claim(*claim)));
    let mut claims: Vec<ClaimIx> = others.chain(own).collect();
    claims::newest_first(&mut claims, |claim| site.linked_claim(claim).added);
    claims
}
