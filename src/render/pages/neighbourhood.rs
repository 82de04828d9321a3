//! The page of a neighbourhood: its latest condition, its claims and briefings.

use crate::model::ClaimKind;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::body::record_body;
use crate::render::pages::parts::claims::{claim, claims, day_of_claim, latest_of};
use crate::render::pages::parts::items::{items, neighbourhood_item};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::links::neighbourhood_link;
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::pages::parts::maps::locator;
use crate::render::pages::parts::silence::silent_since;
use crate::render::pages::parts::texts::{other_names, spellings, written_summary};
use crate::render::pages::parts::timeline::short_timeline;
use crate::render::pages::parts::times::{checked_record, date_link};
use crate::render::views::{ConditionView, Labelled, NeighbourhoodView, Url, printable_table};
use crate::site::PageNumber;
use crate::site::{ClaimIx, NeighbourhoodIx, Page};
use crate::time::CalendarPage;

pub fn neighbourhood(
    context: &PageContext<'_>,
    ix: NeighbourhoodIx,
    number: PageNumber,
) -> NeighbourhoodView {
    let place = &context.site.neighbourhoods[ix];
    let term = &place.term;
    let record = term.record.as_ref();
    let naming = record.map(|record| &record.naming);
    let point = record.and_then(|record| record.point);
    let (body, is_original) = record_body(context);
    let shown_claims = items_on_page(context, &term.claims, number);
    let briefings = items_on_page(context, &term.briefings, number);
    let (summary, summary_lang) =
        written_summary(context, record.and_then(|record| record.summary.as_deref()), &term.translations);
    let mut heading =
        PageHeading::dated("neighbourhood", context.neighbourhood_name(ix), context, shown_claims, briefings);
    heading.is_original = is_original;
    heading.promise(record.map(|record| &record.currency), number);
    heading.description.clone_from(&summary);
    // Only the first page sums up all claims.
    let all_claims = if number == 0 { term.claims.as_slice() } else { &[] };
    let latest = latest_of(context, all_claims.iter().copied());
    let children = items_on_page(context, &place.children, number);
    NeighbourhoodView {
        site: site_view(context),
        page: page_view(context, heading),
        has_record: record.is_some(),
        names: other_names(context, &term.name, naming),
        spellings: spellings(naming),
        summary,
        summary_lang,
        checked: record.and_then(|record| checked_record(context, &record.currency)),
        body,
        parent: place.parent.map(|ix| neighbourhood_link(context, ix)),
        children: children.iter().map(|ix| neighbourhood_item(context, *ix)).collect(),
        silent_since: if number == 0 { silent_since(context, ix) } else { None },
        latest: latest.map(|ix| claim(context, ix)),
        conditions: conditions(context, all_claims),
        unreported: unreported(context, all_claims),
        codes: record.map_or_else(Vec::new, |record| {
            let codes = record.codes.iter();
            codes.map(|(id, value)| Labelled { id: (*id).to_owned(), label: value.to_string() }).collect()
        }),
        point: point.map_or_else(Vec::new, |point| vec![point.lat, point.lon]),
        precision: point.map(|point| context.labelled("precision-", point.precision)),
        locator: if number == 0 { locator(context, &[ix]) } else { None },
        timeline: short_timeline(context, all_claims),
        claims: claims(context, shown_claims),
        briefings: items(context, briefings),
        sheet: if context.site.config.outputs.sheets { context.url(Page::Sheet(ix)) } else { Url::default() },
        pagination: pagination(context, |number| Page::Neighbourhood(ix, number), number),
        extra: record.map(|record| printable_table(&record.extra)).unwrap_or_default(),
    }
}

/// For each topic with reports: the latest condition, or else the latest claim, and when the last report
/// came.
fn conditions(context: &PageContext<'_>, claims: &[ClaimIx]) -> Vec<ConditionView> {
    let site = context.site;
    let mut conditions = Vec::new();
    for topic in &site.config.topics {
        let of_topic = || claims.iter().copied().filter(|ix| site.claim(*ix).topic.as_ref() == Some(topic));
        let Some(last) = latest_of(context, of_topic()) else { continue };
        let condition =
            latest_of(context, of_topic().filter(|ix| site.claim(*ix).kind == Some(ClaimKind::Condition)));
        let day = day_of_claim(context, last);
        conditions.push(ConditionView {
            topic: context.labelled_id("topic-", topic),
            claim: claim(context, condition.unwrap_or(last)),
            last_report: context.words.date(context.lang(), day),
            last_url: date_link(context, CalendarPage::Day(day)).map(|link| link.url).unwrap_or_default(),
        });
    }
    conditions
}

/// The topics that no claim about the place has; empty if there are no claims at all.
fn unreported(context: &PageContext<'_>, claims: &[ClaimIx]) -> Vec<Labelled> {
    if claims.is_empty() {
        return Vec::new();
    }
    let is_reported =
        |topic: &str| claims.iter().any(|ix| context.site.claim(*ix).topic.as_deref() == Some(topic));
    let topics = context.site.config.topics.iter().filter(|topic| !is_reported(topic));
    topics.map(|topic| context.labelled_id("topic-", topic)).collect()
}
