//! Neighbourhoods and sources.

use std::collections::BTreeMap;

use super::PageContext;
use super::layout::Heading;
use super::lists::pagination;
use crate::model::{Body, ClaimKind, Naming, Sees, Status};
use crate::render::views::{
    ConditionView, CountedStatus, Html, Labelled, NameView, NeighbourhoodView, SourceView, TermItem,
    TimeView, Url,
};
use crate::site::routes::PageNumber;
use crate::site::{BriefingIx, ClaimIx, LinkedText, NeighbourhoodIx, Page, SourceIx};
use crate::time::CalendarPage;

impl PageContext<'_> {
    /// What a page of a list reaches up to: of a numbered page what stands on it.
    pub(super) fn heading_of_list(
        &self,
        kind: &'static str,
        title: String,
        briefings: &[BriefingIx],
        claims: &[ClaimIx],
    ) -> Heading {
        let mut heading = Heading::new(kind, title);
        self.date(&mut heading, claims, briefings);
        heading
    }

    /// The summary of a record in the page's language, where it has one.
    pub(super) fn record_summary(&self, own: Option<&str>, text: &LinkedText) -> String {
        let translated =
            text.translations.get(self.lang()).and_then(|translation| translation.summary.as_deref());
        translated.or(own).unwrap_or_default().to_owned()
    }

    pub(super) fn record_body(&self, body: Option<&Body>, text: &LinkedText) -> (Html, bool) {
        let Some(body) = body else { return (Html::default(), false) };
        let shown = self.shown_body(body, text);
        (self.html(&shown), shown.is_original && !shown.body.html.is_empty())
    }

    /// The names in other languages than the page's.
    fn other_names(&self, naming: Option<&Naming>) -> Vec<NameView> {
        let Some(naming) = naming else { return Vec::new() };
        let own = (self.original_lang(), naming.title.value.as_ref());
        let others = naming.names.iter().map(|(lang, name)| (lang.as_ref(), name.value.as_ref()));
        let mut names: BTreeMap<&str, &str> = others.collect();
        names.entry(own.0).or_insert(own.1);
        let shown = names.get(self.lang()).copied().unwrap_or(own.1);
        names
            .into_iter()
            .filter(|(lang, name)| *lang != self.lang() && *name != shown)
            .map(|(lang, name)| NameView {
                lang: lang.to_owned(),
                dir: self.words.dir(lang),
                text: name.to_owned(),
            })
            .collect()
    }
}

fn spellings(naming: Option<&Naming>) -> Vec<String> {
    naming
        .map_or_else(Vec::new, |naming| naming.spellings.iter().map(|name| name.value.to_string()).collect())
}

#[must_use]
pub fn neighbourhood(
    context: &PageContext<'_>,
    ix: NeighbourhoodIx,
    number: PageNumber,
) -> NeighbourhoodView {
    let place = &context.site.neighbourhoods[ix.get()];
    let (term, record) = (&place.term, place.term.record.as_ref());
    let (body, is_original) = context.record_body(record.map(|record| &record.body), &term.text);
    let claims = &term.claims[context.site.paging(term.claims.len()).items(number)];
    let briefings = &term.briefings[context.site.paging(term.briefings.len()).items(number)];
    let mut heading =
        context.heading_of_list("neighbourhood", context.neighbourhood_name(ix), briefings, claims);
    heading.is_original = is_original;
    let summary = context.record_summary(record.and_then(|record| record.summary.as_deref()), &term.text);
    heading.description.clone_from(&summary);
    let shown_latest = if number == 0 { term.claims.as_slice() } else { &[] };
    let latest = latest_of(context, shown_latest.iter().copied());
    let point = record.and_then(|record| record.point);
    NeighbourhoodView {
        site: context.site_view(),
        page: context.page_view(heading),
        has_record: record.is_some(),
        names: context.other_names(record.map(|record| &record.naming)),
        spellings: spellings(record.map(|record| &record.naming)),
        summary,
        body,
        parent: place.parent.map(|ix| context.neighbourhood_link(ix)),
        children: place.children[context.site.paging(place.children.len()).items(number)]
            .iter()
            .map(|ix| context.neighbourhood_item(*ix))
            .collect::<Vec<TermItem>>(),
        silent_since: silent_since(context, shown_latest, &term.briefings),
        latest: latest.map(|claim| context.claim(claim)),
        conditions: conditions(context, shown_latest),
        unreported: unreported(context, shown_latest),
        codes: record.map_or_else(Vec::new, |record| {
            let codes = record.codes.iter();
            codes.map(|(id, value)| Labelled { id: (*id).to_owned(), label: value.to_string() }).collect()
        }),
        point: point.map_or_else(Vec::new, |point| vec![point.lat, point.lon]),
        precision: point.map(|point| context.labelled("precision-", point.precision)),
        locator: if number == 0 { context.locator(&[ix]) } else { None },
        timeline: context.short_timeline(shown_latest),
        claims: context.claims(claims),
        briefings: context.items(briefings),
        pagination: pagination(context, |number| Page::Neighbourhood(ix, number), number),
        extra: record.map(|record| super::items::shown_table(&record.extra)).unwrap_or_default(),
    }
}

/// The latest of those that still stand.
fn latest_of(context: &PageContext<'_>, claims: impl Iterator<Item = ClaimIx>) -> Option<ClaimIx> {
    let stands = |ix: &ClaimIx| !matches!(context.site.status(*ix), Status::Withdrawn | Status::Disproved);
    claims.filter(stands).max_by_key(|ix| latest_key(context, *ix))
}

/// For each topic of the site that something was reported of: the latest condition, or what else
/// was said last, and when the last report came.
fn conditions(context: &PageContext<'_>, claims: &[ClaimIx]) -> Vec<ConditionView> {
    let mut conditions = Vec::new();
    for topic in &context.site.config.topics {
        let of_topic =
            || claims.iter().copied().filter(|ix| context.site.claim(*ix).topic.as_ref() == Some(topic));
        let is_condition = |ix: &ClaimIx| context.site.claim(*ix).kind == Some(ClaimKind::Condition);
        let Some(last) = latest_of(context, of_topic()) else { continue };
        let shown = latest_of(context, of_topic().filter(is_condition)).unwrap_or(last);
        conditions.push(ConditionView {
            topic: context.labelled_id("topic-", topic),
            claim: context.claim(shown),
            last_report: context.words.date(context.lang(), about_day(context, last)),
            last_url: context
                .date_link(CalendarPage::Day(about_day(context, last)))
                .map(|link| link.url)
                .unwrap_or_default(),
        });
    }
    conditions
}

/// The topics of the site that no claim about the place has, where it has claims at all.
fn unreported(context: &PageContext<'_>, claims: &[ClaimIx]) -> Vec<Labelled> {
    let is_reported =
        |topic: &str| claims.iter().any(|ix| context.site.claim(*ix).topic.as_deref() == Some(topic));
    let topics = context.site.config.topics.iter().filter(|topic| !claims.is_empty() && !is_reported(topic));
    topics.map(|topic| context.labelled_id("topic-", topic)).collect()
}

/// The latest claim is the one about the latest day, then the one added last, then the first
/// in its briefing.
fn latest_key(
    context: &PageContext<'_>,
    ix: ClaimIx,
) -> (jiff::civil::Date, crate::time::Moment, std::cmp::Reverse<ClaimIx>) {
    (about_day(context, ix), context.site.linked_claim(ix).added, std::cmp::Reverse(ix))
}

/// The last day that a claim is about; where it does not say, the day it was added.
pub(super) fn about_day(context: &PageContext<'_>, ix: ClaimIx) -> jiff::civil::Date {
    let zone = &context.site.config.timezone;
    let added = zone.day_of(context.site.linked_claim(ix).added);
    let about = context.site.claim(ix).happened.and_then(|when| when.last_day(zone).or(when.first_day(zone)));
    // A forecast, or a range that ends in the future, is news of the day it was made.
    about.map_or(added, |day| day.min(added))
}

/// When the last claim or briefing about the place came, where the site has one of a later day.
pub(super) fn silent_since(
    context: &PageContext<'_>,
    claims: &[ClaimIx],
    briefings: &[BriefingIx],
) -> Option<TimeView> {
    let zone = &context.site.config.timezone;
    // Newest first, both of them.
    let claim = claims.first().map(|claim| context.site.linked_claim(*claim).added)?;
    let last = briefings.first().map_or(claim, |ix| context.site.briefings[ix.get()].article.date.max(claim));
    let newest = context.site.briefings.first()?.article.date;
    (zone.day_of(newest) > zone.day_of(last)).then(|| context.time(last))
}

#[must_use]
pub fn source(context: &PageContext<'_>, ix: SourceIx, number: PageNumber) -> SourceView {
    let source = &context.site.sources[ix.get()];
    let (term, record) = (&source.term, source.term.record.as_deref());
    let (body, is_original) = context.record_body(record.map(|record| &record.body), &term.text);
    let slice = |len: usize| context.site.paging(len).items(number);
    let claims = &term.claims[slice(term.claims.len())];
    let relayed = &source.relayed[slice(source.relayed.len())];
    let briefings = &term.briefings[slice(term.briefings.len())];
    let mut heading =
        context.heading_of_list("source", context.source_name(ix), briefings, &[claims, relayed].concat());
    heading.is_original = is_original;
    let summary = context.record_summary(record.and_then(|record| record.summary.as_deref()), &term.text);
    heading.description.clone_from(&summary);
    let sees = record.map(|record| record.sees).filter(|sees| *sees != Sees::Unknown);
    SourceView {
        site: context.site_view(),
        page: context.page_view(heading),
        has_record: record.is_some(),
        names: context.other_names(record.map(|record| &record.naming)),
        spellings: spellings(record.map(|record| &record.naming)),
        summary,
        body,
        short: record.and_then(|record| record.short.as_deref()).unwrap_or_default().to_owned(),
        kind: record.and_then(|record| record.kind).map(|kind| context.labelled("source-kind-", kind)),
        party: record.and_then(|record| party(context, &record.party)),
        sees: sees.map(|sees| context.labelled("sees-", sees)),
        owner: record.and_then(|record| record.owner.as_deref()).unwrap_or_default().to_owned(),
        relays: source.relays.iter().map(|ix| context.source_link(*ix)).collect(),
        url: record.and_then(|record| record.url.as_deref()).map(Url::external).unwrap_or_default(),
        fared: fared(context, &term.claims),
        corrected: term.claims.iter().filter(|ix| is_corrected(context, **ix)).count(),
        claims: context.claims(claims),
        relayed: context.claims(relayed),
        briefings: context.items(briefings),
        pagination: pagination(context, |number| Page::Source(ix, number), number),
        extra: record.map(|record| super::items::shown_table(&record.extra)).unwrap_or_default(),
    }
}

/// How many of its claims have each status, in the order of the words; no sum and no score.
fn fared(context: &PageContext<'_>, claims: &[ClaimIx]) -> Vec<CountedStatus> {
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    for ix in claims {
        *counts.entry(context.site.status(*ix)).or_default() += 1;
    }
    let counted = |(status, count)| CountedStatus { status: context.labelled("status-", status), count };
    counts.into_iter().map(counted).collect()
}

fn is_corrected(context: &PageContext<'_>, ix: ClaimIx) -> bool {
    let article = &context.site.briefings[ix.briefing.get()].article;
    let id = &context.site.claim(ix).id.value;
    article.corrections.iter().any(|correction| {
        super::corrections::is_fault(correction)
            && correction.claim.as_ref().is_some_and(|claim| claim.value == *id)
    })
}

/// The side of the conflict: in site.toml's words, or that it is not known.
fn party(context: &PageContext<'_>, id: &str) -> Option<Labelled> {
    match id {
        "none" => None,
        "unknown" => Some(context.labelled_id("party-", id)),
        _ => context.side(id),
    }
}
