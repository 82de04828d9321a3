//! The page of a neighbourhood: what was reported last, what changed, its claims and briefings.

use crate::model::{MapPoint, NeighbourhoodRecord};
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::board::{LastReport, is_before, last_reports, newest_day, topic};
use crate::render::pages::parts::body::record_body;
use crate::render::pages::parts::changes::one_of_each;
use crate::render::pages::parts::claim_groups::claim_groups;
use crate::render::pages::parts::claims::claim;
use crate::render::pages::parts::items::{items, neighbourhood_item};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::links::neighbourhood_link;
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::pages::parts::maps::locator;
use crate::render::pages::parts::silence::{last_report, silent_since};
use crate::render::pages::parts::texts::{other_names, spellings, written_summary};
use crate::render::pages::parts::timeline::short_timeline;
use crate::render::pages::parts::times::checked_record;
use crate::render::views::{
    ChangeView, CodeView, ConditionView, Labelled, NeighbourhoodView, Url, printable_table,
};
use crate::site::PageNumber;
use crate::site::{NeighbourhoodIx, Page, SiteChange};

/// How many changes the page lists, and of how many days.
const MOST_CHANGES: usize = 5;
const DAYS_OF_CHANGES: i64 = 7;

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
    let reports = last_reports(context, all_claims);
    let conditions = conditions(context, &reports);
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
        has_silence: conditions.iter().any(|condition| condition.silent),
        conditions,
        unreported: unreported(context, &reports),
        changes: if number == 0 { changes(context, ix) } else { Vec::new() },
        codes: record.map_or_else(Vec::new, |record| codes(context, record)),
        point_text: point.map(|point| point_text(context, point)).unwrap_or_default(),
        point: point.map_or_else(Vec::new, |point| vec![point.lat, point.lon]),
        precision: point.map(|point| context.labelled("precision-", point.precision)),
        locator: if number == 0 { locator(context, &[ix]) } else { None },
        timeline: short_timeline(context, all_claims),
        claims: claim_groups(context, shown_claims),
        briefings: items(context, briefings),
        sheet: if context.site.config.outputs.sheets { context.url(Page::Sheet(ix)) } else { Url::default() },
        pagination: pagination(context, |number| Page::Neighbourhood(ix, number), number),
        extra: record.map(|record| printable_table(&record.extra)).unwrap_or_default(),
    }
}

/// For each topic with reports, and for claims without one: the latest claim, and when the last report came.
fn conditions(context: &PageContext<'_>, reports: &[Option<LastReport>]) -> Vec<ConditionView> {
    let today = newest_day(context.site);
    let condition = |(column, report): (usize, &Option<LastReport>)| {
        let report = report.as_ref()?;
        Some(ConditionView {
            topic: topic(context, column),
            claim: claim(context, report.claim()),
            condition: report.condition().map(|ix| claim(context, ix)),
            last: context.time(report.at),
            silent: today.is_some_and(|today| is_before(context.site, report.at, today)),
        })
    };
    reports.iter().enumerate().filter_map(condition).collect()
}

/// The topics that no claim about the place has; empty if there are no claims at all.
fn unreported(context: &PageContext<'_>, reports: &[Option<LastReport>]) -> Vec<Labelled> {
    if reports.iter().all(Option::is_none) {
        return Vec::new();
    }
    let topics = context.site.config.topics.iter().zip(reports).filter(|(_, report)| report.is_none());
    topics.map(|(topic, _)| context.labelled_id("topic-", topic)).collect()
}

/// What became of something that was known here, in the week that ends with the last change or report.
fn changes(context: &PageContext<'_>, ix: NeighbourhoodIx) -> Vec<ChangeView> {
    let zone = &context.site.config.timezone;
    let turns = || context.turns().of(context.site, ix);
    let last = turns().next().map(SiteChange::at).max(last_report(context, ix));
    let first_day =
        last.and_then(|last| zone.day_of(last).checked_sub(jiff::Span::new().days(DAYS_OF_CHANGES)).ok());
    let is_shown = |turn: &&SiteChange| first_day.is_some_and(|first| zone.day_of(turn.at()) > first);
    one_of_each(context, turns().take_while(is_shown), MOST_CHANGES)
}

fn codes(context: &PageContext<'_>, record: &NeighbourhoodRecord) -> Vec<CodeView> {
    let code = |id: &str, value: &str| CodeView {
        id: id.to_owned(),
        name: context.word(&["code-", id].concat()),
        value: value.to_owned(),
    };
    record.codes.iter().map(|(id, value)| code(id, value)).collect()
}

/// "36.236° north, 37.173° east"
fn point_text(context: &PageContext<'_>, point: MapPoint) -> String {
    let degrees = |positive, negative, degrees: f64| {
        let key = if degrees < 0.0 { negative } else { positive };
        context.word_with(key, "degrees", context.number(degrees.abs()))
    };
    let (lat, lon) =
        (degrees("point-north", "point-south", point.lat), degrees("point-east", "point-west", point.lon));
    format!("{lat}{} {lon}", context.word("comma"))
}
