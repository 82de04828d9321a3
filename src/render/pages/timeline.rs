//! The timeline of the site: when things happened, by their sources.

use std::collections::HashMap;

use super::PageContext;
use super::layout::Heading;
use super::terms::about_day;
use crate::charts::timeline::MOST_ROWS;
use crate::model::Status;
use crate::render::views::{ChartView, LinkView, Shared, TermLink, TimelineRowView, TimelineView};
use crate::site::{ClaimIx, EventIx, Page, SourceIx};
use crate::time::When;

/// The most rows of a timeline that stands on a page of something else.
const SHORT: usize = 12;

/// Claims about one event and one time, or one claim.
pub(super) struct Group {
    pub when: When,
    pub event: Option<EventIx>,
    /// Newest first.
    pub claims: Vec<ClaimIx>,
}

#[must_use]
pub fn timeline(context: &PageContext<'_>) -> TimelineView {
    let all = context.site.all_claims();
    let (groups, others) = context.groups(all, MOST_ROWS);
    let claims: Vec<ClaimIx> = groups.iter().flat_map(|group| group.claims.iter().copied()).collect();
    let mut heading = Heading::new("timeline", context.word("title-timeline"));
    context.date(&mut heading, &claims, &super::articles::newest_briefings(context.site));
    let mut chart = context.timeline_chart(&groups);
    if let Some(chart) = chart.as_mut().filter(|_| others > 0) {
        chart.note = context.counted("chart-older", others);
    }
    TimelineView {
        site: context.site_view(),
        page: context.page_view(heading),
        chart,
        rows: groups.iter().map(|group| context.timeline_row(group)).collect(),
    }
}

impl PageContext<'_> {
    /// What happened last, at most `most` groups, the latest first; and how many claims with a time
    /// stand in none of them. What was withdrawn or disproved is left out.
    fn groups(&self, claims: impl Iterator<Item = ClaimIx>, most: usize) -> (Vec<Group>, usize) {
        let stands = |ix: &ClaimIx| {
            self.site.claim(*ix).happened.is_some()
                && !matches!(self.site.status(*ix), Status::Withdrawn | Status::Disproved)
        };
        let mut claims: Vec<ClaimIx> = claims.filter(stands).collect();
        claims.sort_by_cached_key(|ix| {
            let linked = self.site.linked_claim(*ix);
            std::cmp::Reverse((about_day(self, *ix), linked.added, std::cmp::Reverse(*ix)))
        });
        let mut groups: Vec<Group> = Vec::new();
        let mut known: HashMap<(EventIx, When), usize, ahash::RandomState> = HashMap::default();
        let mut others = 0;
        for ix in claims {
            let Some(when) = self.site.claim(ix).happened else { continue };
            let event = self.site.linked_claim(ix).event;
            let key = event.map(|event| (event, when));
            if let Some(index) = key.and_then(|key| known.get(&key)) {
                groups[*index].claims.push(ix);
            } else if groups.len() < most {
                key.map(|key| known.insert(key, groups.len()));
                groups.push(Group { when, event, claims: vec![ix] });
            } else {
                others += 1;
            }
        }
        (groups, others)
    }

    /// For a page of something else: where its claims are few, and tell of more than one time.
    pub(super) fn short_timeline(&self, claims: &[ClaimIx]) -> Option<ChartView> {
        if claims.len() > 2 * SHORT {
            return None;
        }
        let (groups, others) = self.groups(claims.iter().copied(), SHORT);
        let times =
            groups.iter().filter(|group| groups.first().is_some_and(|first| first.when != group.when));
        (others == 0 && times.count() > 0).then(|| self.timeline_chart(&groups)).flatten()
    }

    fn timeline_row(&self, group: &Group) -> TimelineRowView {
        let (text, lang) = self.text_of_group(group);
        let first = group.claims.first().copied();
        let url = match (group.event, first) {
            (Some(event), _) => self.url(Page::Event(event, 0)),
            (None, Some(claim)) => {
                let briefing = claim.briefing;
                self.url_at(Page::Briefing(briefing), &format!("claim-{}", self.site.claim(claim).id.value))
            }
            (None, None) => Default::default(),
        };
        let mut sources: Vec<Option<SourceIx>> =
            group.claims.iter().map(|ix| self.site.linked_claim(*ix).source).collect();
        sources.sort_unstable();
        sources.dedup();
        let status = match (group.event, first) {
            (Some(event), _) => self.site.status_of_event(event),
            (None, Some(claim)) => self.site.status(claim),
            (None, None) => Status::Unverified,
        };
        let shown: Vec<Shared<TermLink>> =
            sources.into_iter().flatten().map(|ix| self.source_link(ix)).collect();
        TimelineRowView {
            when: self.when(&group.when),
            what: LinkView { text, url },
            lang,
            sources: shown,
            status: self.labelled("status-", status),
        }
    }

    /// The event's name or the claim's text, and its language where that is not the page's.
    pub(super) fn text_of_group(&self, group: &Group) -> (String, String) {
        match (group.event, group.claims.first()) {
            (Some(event), _) => (self.event_name(event), String::new()),
            (None, Some(claim)) => {
                let linked = self.site.linked_claim(*claim);
                self.claim_text(linked, self.site.claim(*claim))
            }
            (None, None) => Default::default(),
        }
    }
}
