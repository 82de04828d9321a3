//! The page of an event: what each source says of it, side by side, and who passed it on.

use super::Scene;
use crate::render::views::{EventView, SaidBy, Shared, TermLink};
use crate::site::{ClaimIx, EventIx, NeighbourhoodIx, SourceIx};

#[must_use]
pub fn event(scene: &Scene<'_>, ix: EventIx) -> EventView {
    let term = &scene.site.events[ix.get()].term;
    let record = term.record.as_deref();
    let (body, is_original) = scene.record_body(record.map(|record| &record.body), &term.text);
    let mut heading = scene.heading_of_list("event", scene.event_name(ix), &term.briefings, &[]);
    heading.next_due = scene.next_due(&term.briefings);
    heading.is_original = is_original;
    let summary = scene.record_summary(record.and_then(|record| record.summary.as_deref()), &term.text);
    heading.description.clone_from(&summary);
    let mut neighbourhoods: Vec<NeighbourhoodIx> = Vec::new();
    for claim in &term.claims {
        neighbourhoods.extend(&scene.site.claims[claim.get()].neighbourhoods);
    }
    neighbourhoods.sort_unstable();
    neighbourhoods.dedup();
    let weight = scene.site.weight_of_event(ix);
    EventView {
        site: scene.site_view(),
        page: scene.page_view(heading),
        has_record: record.is_some(),
        summary,
        body,
        neighbourhoods: neighbourhoods.into_iter().map(|ix| scene.neighbourhood_link(ix)).collect(),
        status: scene.labelled("status-", scene.site.status_of_event(ix)),
        why: scene.whole_why(weight),
        timeline: scene.short_timeline(&term.claims),
        said_by: said_by(scene, &term.claims),
        briefings: scene.items(&term.briefings),
        extra: record.map(|record| super::parts::shown_table(&record.extra)).unwrap_or_default(),
    }
}

/// The claims by who makes them: those who say it, then those who deny it, each in order of their
/// ids; nobody comes last.
fn said_by(scene: &Scene<'_>, claims: &[ClaimIx]) -> Vec<SaidBy> {
    let linked = |ix: &ClaimIx| &scene.site.claims[ix.get()];
    let key = |ix: &ClaimIx| {
        let source = linked(ix).source;
        (scene.site.claim(*ix).denies, source.is_none(), source)
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
        let via: Vec<Shared<TermLink>> = via.into_iter().map(|ix| scene.source_link(ix)).collect();
        groups.push(SaidBy {
            source: scene.claim_source(linked(first)),
            denies: scene.site.claim(*first).denies,
            via,
            claims: scene.claims(group),
        });
    }
    groups
}

impl Scene<'_> {
    /// After when to look for a newer copy: as the newest briefing says.
    pub fn next_due(&self, briefings: &[crate::site::BriefingIx]) -> Option<crate::time::Moment> {
        self.site.briefings[briefings.first()?.get()].article.next_due
    }
}
