//! The page of an event: what each source says of it, side by side, and who passed it on.

use super::PageContext;
use super::lists::pagination;
use crate::render::views::{EventView, SaidBy, Shared, TermLink};
use crate::site::evidence::Weight;
use crate::site::routes::PageNumber;
use crate::site::{ClaimIx, EventIx, NeighbourhoodIx, Page, SourceIx};

#[must_use]
pub fn event(context: &PageContext<'_>, ix: EventIx, number: PageNumber) -> EventView {
    let term = &context.site.events[ix.get()].term;
    let record = term.record.as_deref();
    let (body, is_original) = context.record_body(record.map(|record| &record.body), &term.text);
    let claims = &term.claims[context.site.paging(term.claims.len()).items(number)];
    let briefings = &term.briefings[context.site.paging(term.briefings.len()).items(number)];
    let mut heading = context.heading_of_list("event", context.event_name(ix), briefings, claims);
    heading.is_original = is_original;
    let summary = context.record_summary(record.and_then(|record| record.summary.as_deref()), &term.text);
    heading.description.clone_from(&summary);
    let mut neighbourhoods: Vec<NeighbourhoodIx> = Vec::new();
    for claim in claims {
        neighbourhoods.extend(&context.site.linked_claim(*claim).neighbourhoods);
    }
    neighbourhoods.sort_unstable();
    neighbourhoods.dedup();
    let weight = context.site.weight_of_event(ix);
    EventView {
        site: context.site_view(),
        page: context.page_view(heading),
        has_record: record.is_some(),
        summary,
        body,
        neighbourhoods: neighbourhoods.into_iter().map(|ix| context.neighbourhood_link(ix)).collect(),
        status: context.labelled("status-", context.site.status_of_event(ix)),
        why: if number == 0 { context.whole_why(weight) } else { context.why(weight) },
        timeline: context.short_timeline(&term.claims),
        said_by: said_by(context, weight, claims),
        briefings: context.items(briefings),
        pagination: pagination(context, |number| Page::Event(ix, number), number),
        extra: record.map(|record| super::items::shown_table(&record.extra)).unwrap_or_default(),
    }
}

/// It is no origin of its side. Of a protected source that is not told: it may stand in its record.
fn is_told_relay(context: &PageContext<'_>, weight: &Weight, denies: bool, ix: SourceIx) -> bool {
    let side = if denies { &weight.denies } else { &weight.says };
    side.relays.binary_search(&ix).is_ok() && !context.site.sources[ix.get()].is_protected()
}

/// The claims of one page by who makes them: those who say it, then those who deny it, each in order of their
/// ids; nobody comes last.
fn said_by(context: &PageContext<'_>, weight: &Weight, claims: &[ClaimIx]) -> Vec<SaidBy> {
    let linked = |ix: &ClaimIx| context.site.linked_claim(*ix);
    let key = |ix: &ClaimIx| {
        let source = linked(ix).source;
        (context.site.claim(*ix).denies, source.is_none(), source)
    };
    let mut sorted = claims.to_vec();
    // Stable: the claims of one source stay newest first.
    sorted.sort_by_key(key);
    let mut groups = Vec::new();
    for group in sorted.chunk_by(|a, b| key(a) == key(b)) {
        let Some(first) = group.first() else { continue };
        let mut via: Vec<SourceIx> = group.iter().flat_map(|ix| &linked(ix).via).copied().collect();
        via.sort_unstable();
        via.dedup();
        let via: Vec<Shared<TermLink>> = via.into_iter().map(|ix| context.source_link(ix)).collect();
        let denies = context.site.claim(*first).denies;
        let relay = linked(first).source.filter(|ix| is_told_relay(context, weight, denies, *ix));
        let behind = relay.map(|ix| context.site.sources[ix.get()].relays.as_slice()).unwrap_or_default();
        groups.push(SaidBy {
            only_passes_on: relay.is_some(),
            passes_on: behind
                .iter()
                .filter(|ix| !context.site.sources[ix.get()].is_protected())
                .map(|ix| context.source_link(*ix))
                .collect(),
            source: context.claim_source(linked(first)),
            denies,
            via,
            claims: context.claims(group),
        });
    }
    groups
}
