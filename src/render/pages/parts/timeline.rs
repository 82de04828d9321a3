//! What happened when: claims gathered by event and time, and their timeline.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use crate::charts::{RowMark, RowName, timeline};
use crate::i18n::RangeSense;
use crate::model::Status;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::charts::{chart_view, frame};
use crate::render::pages::parts::claims::latest_key;
use crate::render::pages::parts::links::source_links;
use crate::render::pages::parts::texts::claim_text;
use crate::render::pages::parts::times::{range_sense, when};
use crate::render::views::{ChartView, LinkView, TimelineRowView, Url};
use crate::site::{ClaimIx, EventIx, Page, SourceIx};
use crate::time::When;
use crate::toml::Word;

/// The most rows of a timeline on a page about something else.
const MOST_ROWS_OF_SHORT: usize = 12;

/// Claims about one event and one time, or one claim.
pub struct Group {
    pub when: When,
    pub event: Option<EventIx>,
    /// At least one, newest first.
    pub claims: Vec<ClaimIx>,
}

/// The latest groups, at most `most`, the latest first; and how many claims with a time are in none of
/// them. Claims that were withdrawn or disproved do not count.
pub fn groups(
    context: &PageContext<'_>,
    claims: impl Iterator<Item = ClaimIx>,
    most: usize,
) -> (Vec<Group>, usize) {
    let site = context.site;
    let mut claims: Vec<ClaimIx> =
        claims.filter(|ix| site.claim(*ix).happened.is_some() && site.status(*ix).holds()).collect();
    claims.sort_by_cached_key(|ix| Reverse(latest_key(context, *ix)));
    let mut groups: Vec<Group> = Vec::new();
    let mut by_event: HashMap<(EventIx, When), usize, ahash::RandomState> = HashMap::default();
    let mut others = 0;
    for ix in claims {
        let Some(when) = site.claim(ix).happened else { continue };
        // On the page of an event its claims have rows of their own.
        let is_other = |event: &EventIx| !matches!(context.page, Page::Event(own, _) if own == *event);
        let event = site.linked_claim(ix).event.filter(is_other);
        let key = event.map(|event| (event, when));
        if let Some(index) = key.and_then(|key| by_event.get(&key)) {
            groups[*index].claims.push(ix);
        } else if groups.len() < most {
            key.map(|key| by_event.insert(key, groups.len()));
            groups.push(Group { when, event, claims: vec![ix] });
        } else {
            others += 1;
        }
    }
    (groups, others)
}

/// For a page about something else: only if its claims are few and about more than one time.
pub fn short_timeline(context: &PageContext<'_>, claims: &[ClaimIx]) -> Option<ChartView> {
    if claims.len() > 2 * MOST_ROWS_OF_SHORT {
        return None;
    }
    let (groups, others) = groups(context, claims.iter().copied(), MOST_ROWS_OF_SHORT);
    let first = groups.first()?;
    let is_one_time = groups.iter().all(|group| group.when == first.when);
    if others > 0 || is_one_time {
        return None;
    }
    timeline_chart(context, &groups)
}

pub fn timeline_chart(context: &PageContext<'_>, groups: &[Group]) -> Option<ChartView> {
    let rows: Vec<timeline::TimelineRow> = groups.iter().map(|group| row(context, group)).collect();
    let lang = context.lang();
    let words = timeline::TimelineWords {
        month: &|date| context.words.month(lang, date.year(), date.month()),
        year: &|date| context.words.year(lang, date.year()),
        number: &|number| context.number(number as f64),
        before: &context.word("chart-before"),
        open: &context.word("chart-open"),
        gap: &context.word("chart-gap"),
        beyond: &context.word("chart-beyond"),
        about: &context.word("chart-about"),
        perhaps: &context.word("chart-perhaps"),
    };
    let title = context.word("chart-timeline");
    let description = context.word("chart-timeline-description");
    let chart = timeline::draw(&frame(context, "page-timeline", &title, &description), &rows, &words)?;
    let drawn = groups.iter().take(timeline::MOST_ROWS);
    let statuses: BTreeSet<Status> = drawn.map(|group| target(context, group).1).collect();
    let statuses = statuses.into_iter().map(|status| context.labelled("status-", status)).collect();
    Some(ChartView { statuses, ..chart_view(chart, String::new()) })
}

fn row(context: &PageContext<'_>, group: &Group) -> timeline::TimelineRow {
    let zone = &context.site.config.timezone;
    let ends = [group.when.start(), group.when.finish()];
    let (text, lang) = text(context, group);
    let (url, status) = target(context, group);
    let mark = RowMark { id: status.word(), word: context.labelled("status-", status).label };
    timeline::TimelineRow {
        name: RowName { text, lang, url: url.as_str().to_owned(), mark: Some(mark), struck: false },
        when: context.words.when(context.lang(), &group.when, group_sense(context, group)),
        from: group.when.first_day(zone),
        to: group.when.last_day(zone),
        approximate: ends.iter().flatten().any(|end| end.approximate),
        uncertain: ends.iter().flatten().any(|end| end.uncertain),
    }
}

/// What an open range means for all claims of a group; if they differ, that it happened within it.
fn group_sense(context: &PageContext<'_>, group: &Group) -> RangeSense {
    let mut senses = group.claims.iter().map(|ix| range_sense(context.site.claim(*ix).kind));
    let first = senses.next().unwrap_or(RangeSense::Within);
    if senses.all(|sense| sense == first) { first } else { RangeSense::Within }
}

/// The same as a row of the table below the chart.
pub fn row_view(context: &PageContext<'_>, group: &Group) -> TimelineRowView {
    let site = context.site;
    let (text, lang) = text(context, group);
    let (url, status) = target(context, group);
    let mut sources: Vec<SourceIx> =
        group.claims.iter().filter_map(|ix| site.linked_claim(*ix).source).collect();
    sources.sort_unstable();
    sources.dedup();
    TimelineRowView {
        when: when(context, &group.when, group_sense(context, group)),
        what: LinkView { text, url },
        lang,
        sources: source_links(context, &sources),
        status: context.labelled("status-", status),
    }
}

/// The page of the event, or the claim, and how sure that is.
fn target(context: &PageContext<'_>, group: &Group) -> (Url, Status) {
    let site = context.site;
    match (group.event, group.claims.first()) {
        (Some(event), _) => (context.url(Page::Event(event, 0)), site.status_of_event(event)),
        (None, Some(claim)) => (context.claim_url(*claim), site.status(*claim)),
        (None, None) => (Url::default(), Status::Unverified),
    }
}

/// The event's name or the claim's text, and its language; empty if it is the page's.
fn text(context: &PageContext<'_>, group: &Group) -> (String, String) {
    match (group.event, group.claims.first()) {
        (Some(event), _) => (context.event_name(event), String::new()),
        (None, Some(claim)) => {
            claim_text(context, context.site.linked_claim(*claim), context.site.claim(*claim))
        }
        (None, None) => Default::default(),
    }
}
