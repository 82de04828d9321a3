//! The page of an event: what each source says about it, side by side, and who passed it on.

use std::collections::HashMap;

use crate::render::pages::context::PageContext;
use crate::render::pages::json_ld::live_report;
use crate::render::pages::parts::body::record_body;
use crate::render::pages::parts::claims::{MOST_REPEATS, claim_source, claims};
use crate::render::pages::parts::evidence::{why, why_of_event};
use crate::render::pages::parts::items::items;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::links::{neighbourhood_links, source_links};
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::pages::parts::texts::written_summary;
use crate::render::pages::parts::timeline::short_timeline;
use crate::render::pages::parts::times::checked_record;
use crate::render::views::{ClaimView, EventView, Html, LinkView, SaidBy, printable_table};
use crate::site::PageNumber;
use crate::site::evidence::Assessment;
use crate::site::{ClaimIx, EventIx, NeighbourhoodIx, Page, SourceIx};

pub fn event(context: &PageContext<'_>, ix: EventIx, number: PageNumber) -> EventView {
    let site = context.site;
    let term = &site.events[ix].term;
    let record = term.record.as_deref();
    let (body, is_original) = record_body(context);
    let shown_claims = items_on_page(context, &term.claims, number);
    let briefings = items_on_page(context, &term.briefings, number);
    let (summary, summary_lang) =
        written_summary(context, record.and_then(|record| record.summary.as_deref()), &term.translations);
    let mut heading = PageHeading::dated("event", context.event_name(ix), context, shown_claims, briefings);
    heading.is_original = is_original;
    heading.promise(record.map(|record| &record.currency), number);
    heading.description.clone_from(&summary);
    let weight = site.assessment_of_event(ix);
    let page = page_view(context, heading);
    EventView {
        site: site_view(context),
        json_ld: if number == 0 { live_report(context, ix, shown_claims, &page) } else { Html::default() },
        page,
        has_record: record.is_some(),
        summary,
        summary_lang,
        checked: record.and_then(|record| checked_record(context, &record.currency)),
        body,
        neighbourhoods: neighbourhood_links(context, &neighbourhoods_of(context, shown_claims)),
        status: context.shared(
            |shared| &shared.statuses_of_events,
            ix.into(),
            || context.labelled("status-", site.status_of_event(ix)),
        ),
        why: if number == 0 { why_of_event(context, weight) } else { why(context, weight) },
        timeline: short_timeline(context, &term.claims),
        said_by: said_by(context, weight, shown_claims),
        briefings: items(context, briefings),
        pagination: pagination(context, |number| Page::Event(ix, number), number),
        extra: record.map(|record| printable_table(&record.extra)).unwrap_or_default(),
    }
}

fn neighbourhoods_of(context: &PageContext<'_>, claims: &[ClaimIx]) -> Vec<NeighbourhoodIx> {
    let all = claims.iter().flat_map(|ix| &context.site.linked_claim(*ix).neighbourhoods);
    let mut neighbourhoods: Vec<NeighbourhoodIx> = all.copied().collect();
    neighbourhoods.sort_unstable();
    neighbourhoods.dedup();
    neighbourhoods
}

/// The claims of one page by source: those who say it, then those who deny it, each in order of their ids,
/// claims without a source last.
fn said_by(context: &PageContext<'_>, weight: &Assessment, shown: &[ClaimIx]) -> Vec<SaidBy> {
    let site = context.site;
    let key = |ix: &ClaimIx| {
        let source = site.linked_claim(*ix).source;
        (site.claim(*ix).denies, source.is_none(), source)
    };
    let mut sorted = shown.to_vec();
    // Stable: the claims of one source stay newest first.
    sorted.sort_by_key(key);
    let mut groups = Vec::new();
    for group in sorted.chunk_by(|a, b| key(a) == key(b)) {
        let Some(first) = group.first() else { continue };
        let linked = site.linked_claim(*first);
        let denies = site.claim(*first).denies;
        let relay = linked.source.filter(|ix| is_open_relay(context, weight, denies, *ix));
        let origins = relay.map(|ix| site.sources[ix].relays.as_slice()).unwrap_or_default();
        let mut via: Vec<SourceIx> =
            group.iter().flat_map(|ix| &site.linked_claim(*ix).via).copied().collect();
        via.sort_unstable();
        via.dedup();
        groups.push(SaidBy {
            only_passes_on: relay.is_some(),
            passes_on: source_links(context, origins.iter().filter(|ix| !site.sources[**ix].is_protected())),
            source: claim_source(context, linked),
            denies,
            via: source_links(context, &via),
            claims: joined(claims(context, group)),
        });
    }
    groups
}

/// Claims in equal words are one, with links to each briefing that has it: the newest stays.
fn joined(claims: Vec<ClaimView>) -> Vec<ClaimView> {
    let mut positions: HashMap<ClaimWords, usize, ahash::RandomState> = HashMap::default();
    let mut joined: Vec<ClaimView> = Vec::new();
    for claim in claims {
        let position = *positions.entry(ClaimWords::of(&claim)).or_insert(joined.len());
        match joined.get_mut(position) {
            Some(newest) if newest.also_in.len() < MOST_REPEATS => {
                newest.also_in.push(LinkView { text: claim.briefing.text, url: claim.url });
            }
            Some(newest) => newest.more_also_in += 1,
            None => joined.push(claim),
        }
    }
    joined
}

/// What readers see of a claim; claims that differ in nothing of it are in equal words.
#[derive(PartialEq, Eq, Hash)]
struct ClaimWords {
    text: String,
    happened: Option<String>,
    figure: Option<[String; 4]>,
    struck: bool,
}

impl ClaimWords {
    fn of(claim: &ClaimView) -> Self {
        let figure = claim.figure.as_ref();
        Self {
            text: claim.text.clone(),
            happened: claim.happened.as_ref().map(|when| when.edtf.clone()),
            figure: figure
                .map(|figure| [&figure.said, &figure.min, &figure.best, &figure.max].map(String::clone)),
            struck: claim.struck,
        }
    }
}

/// The source only relays others. Never shown of a protected source, as its record may be where it says so.
fn is_open_relay(context: &PageContext<'_>, weight: &Assessment, denies: bool, ix: SourceIx) -> bool {
    let side = if denies { &weight.denies } else { &weight.says };
    side.relays.binary_search(&ix).is_ok() && !context.site.sources[ix].is_protected()
}
