//! Replaces one briefing: removes it from every list, and adds it again.
//!
//! Owns in which cases that suffices: the briefing keeps its place among the others, no page comes or goes,
//! no name gets or loses its meaning, and no diagnostic changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::texts::same_bases;
use crate::diag::{Code, Diagnostic};
use crate::model::{Briefing, EventRecord, Name, NeighbourhoodRecord, SourceRecord};
use crate::paths::Id;
use crate::site::diagnostics::{Diagnostics, same_diagnostics};
use crate::site::evidence::declarations::Undeclared;
use crate::site::guards::ExceptionUses;
use crate::site::guards::instruction_index::{is_instruction, texts_of};
use crate::site::indices::{BriefingIx, ClaimIx, EventIx, SourceIx};
use crate::site::linked::{Content, Site};
use crate::site::names::index::is_unattributed;
use crate::site::names::record::Record;
use crate::site::page::Page;
use crate::site::parts::{LinkTarget, LinkedBriefing};
use crate::site::routes::has_same_pages;
use crate::site::terms::events::events_of;
use crate::site::translations::check_translation;
use crate::site::{checked, claims, corrections, doubles, evidence, guards, history, repeats};
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
    let others = || site.content.briefings.iter().map(|linked| &*linked.article);
    if before.title != after.title && doubles::may_double(after, others()) {
        return None;
    }
    let content = &mut site.content;
    let previous = content.clone();
    // A briefing that repeats a claim of this one has its places and sources too.
    let mut affected = previous.repeats.repeating(ix);
    affected.insert(ix);
    let affected: Vec<BriefingIx> = affected.into_iter().collect();
    affected.iter().for_each(|ix| content.remove(*ix));
    for other in &affected {
        let LinkedBriefing { article, translations, .. } = &*previous.briefings[*other];
        let article = if *other == ix { after } else { article };
        let linked = claims::link_briefing(*other, article, translations.clone(), &content.names);
        *content.briefings.edit(*other) = linked;
    }
    if instructions(&previous.briefings[ix]) != instructions(&content.briefings[ix]) {
        return None;
    }
    repeats::relink(content, &affected, &mut Diagnostics::new(sources, &[]))?;
    content.add(&affected);
    let events = &events_of(&previous.briefings, ix) | &events_of(&content.briefings, ix);
    let makers = &makers(&previous, ix) | &makers(content, ix);
    let is_same = has_same_pages(&previous, content)
        && makers
            .iter()
            .all(|source| history::findings(&previous, *source) == history::findings(content, *source))
        && Undeclared::of(&previous, &events) == Undeclared::of(content, &events)
        && same_diagnostics(
            sources,
            |found| check(&previous, ix, &affected, &events, found),
            |found| check(content, ix, &affected, &events, found),
        );
    is_same.then_some(())
}

fn makers(content: &Content, ix: BriefingIx) -> BTreeSet<SourceIx> {
    content.briefings[ix].claims.iter().filter_map(|claim| claim.source).collect()
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
        checked: _,
        allow,
        not_known: _,
        not_reached: _,
        withheld: _,
        claims: _,
        tables,
        repeats: _,
        unowned_numbers: _,
        corrections: _,
        stated: _,
    } = before;
    same_bases(base, &after.base)
        && *date == after.date
        && *draft == after.draft
        && *tables == after.tables
        && *embargo_until == after.embargo_until
        && *expires == after.expires
        && withdrawn.is_none()
        && after.withdrawn.is_none()
        && *allow == after.allow
}

/// What all guards find in a briefing and in those that repeat a claim of it, after a change of a translation.
pub fn check_guards(
    content: &Content,
    ix: BriefingIx,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<ExceptionUses> {
    let shown_by = content.repeats.repeating(ix).into_iter().chain([ix]);
    shown_by.map(|ix| guards::check_briefing(content, ix, diagnostics)).collect()
}

/// The instructions of a briefing in all languages, with what says where and whose they are. The index of all
/// instructions is kept only if these stay.
pub fn instructions(briefing: &LinkedBriefing) -> Vec<(usize, &Id, &str, Vec<&str>)> {
    let claims = briefing.article.claims.iter().enumerate().filter(|(_, claim)| is_instruction(claim));
    let listed = claims.map(|(position, claim)| {
        (position, &claim.id.value, &*claim.source.value, texts_of(briefing, claim).collect())
    });
    listed.collect()
}

/// A claim is gone that a text of the site links to.
fn loses_linked_claim(site: &Site, ix: BriefingIx, before: &Briefing, after: &Briefing) -> bool {
    let ids: BTreeSet<&str> = after.claim_ids().map(Id::as_str).collect();
    let gone = before.claim_ids().map(Id::as_str).filter(|id| !ids.contains(id));
    let gone: BTreeSet<String> = gone.map(|id| format!("claim-{id}")).collect();
    let is_gone = |owner: Page, link: &LinkTarget| match link {
        LinkTarget::Page { page, fragment, .. } => {
            *page == Page::Briefing(ix) && gone.contains(fragment.as_ref())
        }
        LinkTarget::Fragment(fragment) => owner == Page::Briefing(ix) && gone.contains(fragment.as_ref()),
        LinkTarget::File(_) | LinkTarget::Picture(_) | LinkTarget::Nowhere => false,
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
/// A name without a record is compared with others by how often it is written.
fn keeps_names(content: &Content, before: &Briefing, after: &Briefing, known: &[Diagnostic]) -> bool {
    // A name that names no one, is close to another or may be that of a person is reported at the first place
    // where it is written.
    let codes = [
        NeighbourhoodRecord::NEAR_CODE,
        SourceRecord::NEAR_CODE,
        EventRecord::NEAR_CODE,
        Code::UNNAMED_SOURCE,
        Code::SOURCE_WITHOUT_KIND,
        Code::CONTACT_IN_NAME,
        Code::NEAR_NAME,
    ];
    let has_near_names = known.iter().any(|diagnostic| codes.contains(&diagnostic.code));
    let was = names(before);
    let is = names(after);
    let changed = was.keys().chain(is.keys()).filter(|name| was.get(name) != is.get(name));
    let mut changed = changed.map(|name| (is.contains_key(name), *name));
    changed.all(|(is_named, name)| match has_record(content, name) {
        Some(false) => is_named && !has_near_names && is_written_often(content, name),
        has => has == Some(true),
    })
}

/// Each name, and how often it is written.
fn names(briefing: &Briefing) -> BTreeMap<(NameKind, &str), usize> {
    fn all(kind: NameKind, names: &[Name]) -> impl Iterator<Item = (NameKind, &str)> {
        names.iter().map(move |name| (kind, name.value.as_ref()))
    }
    let mut found: Vec<(NameKind, &str)> = Vec::new();
    found.extend(all(NameKind::Place, &briefing.neighbourhoods));
    found.extend(all(NameKind::Source, &briefing.sources));
    for claim in &briefing.claims {
        found.extend(all(NameKind::Place, claim.neighbourhoods.as_deref().unwrap_or_default()));
        found.extend(all(NameKind::Source, &claim.via));
        found.push((NameKind::Maker, &claim.source.value));
        found.extend(claim.event.iter().map(|id| (NameKind::Event, id.value.as_str())));
    }
    let mut counts = BTreeMap::new();
    found.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
    counts
}

/// So often that one time more or less makes no difference to what is near it.
fn is_written_often(content: &Content, (kind, name): (NameKind, &str)) -> bool {
    const OFTEN: usize = 8;
    // Briefings that only repeat a claim do not write its names.
    let count = |briefings: &[BriefingIx], names_it: &dyn Fn(&LinkedBriefing) -> bool| {
        briefings.iter().filter(|ix| names_it(&content.briefings[**ix])).take(OFTEN).count()
    };
    let briefings = match kind {
        // Of a place with others in it, those of the others are in its list too.
        NameKind::Place => content.names.neighbourhoods.get(name).copied().flatten().and_then(|ix| {
            let place = &content.neighbourhoods[ix];
            let names_it = |briefing: &LinkedBriefing| briefing.named_neighbourhoods().contains(&ix);
            place.children.is_empty().then(|| count(&place.term.briefings, &names_it))
        }),
        NameKind::Maker | NameKind::Source => {
            let ix = content.names.sources.get(name).copied().flatten();
            ix.map(|ix| {
                let names_it = |briefing: &LinkedBriefing| briefing.named_sources().contains(&ix);
                count(&content.sources[ix].term.briefings, &names_it)
            })
        }
        // Events are compared with records only.
        NameKind::Event => return true,
    };
    briefings.is_some_and(|count| count >= OFTEN)
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
        NameKind::Maker if index.unattributed.contains(name) => Some(is_unattributed(name)),
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

/// Checks a briefing, its translations, the claims of some events, and the briefings that repeat its claims.
/// Returns the exceptions to guards that they depend on.
fn check(
    content: &Content,
    ix: BriefingIx,
    affected: &[BriefingIx],
    events: &BTreeSet<EventIx>,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<ExceptionUses> {
    let briefing = &content.briefings[ix];
    checked::check_briefing(&briefing.article, content.options.now, diagnostics);
    corrections::check_briefing(&briefing.article, diagnostics);
    for translation in briefing.translations.values() {
        check_translation(translation, Some(&briefing.article), diagnostics);
    }
    let of_events = events.iter().flat_map(|event| &content.events[*event].term.claims);
    let claims: BTreeSet<ClaimIx> = content.claims_of(ix).chain(of_events.copied()).collect();
    evidence::check_claims(content, claims, diagnostics);
    affected.iter().map(|ix| guards::check_briefing(content, *ix, diagnostics)).collect()
}
