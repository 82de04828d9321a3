//! The timeline of the site: when things happened, and who says so.

use crate::charts::timeline::MOST_ROWS;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::newest_briefings;
use crate::render::pages::parts::timeline::{groups, row_view, timeline_chart};
use crate::render::views::TimelineView;
use crate::site::ClaimIx;

pub fn timeline(context: &PageContext<'_>) -> TimelineView {
    let (groups, others) = groups(context, context.site.all_claims(), MOST_ROWS);
    let claims: Vec<ClaimIx> = groups.iter().flat_map(|group| group.claims.iter().copied()).collect();
    let newest = newest_briefings(context.site);
    let heading = PageHeading::dated("timeline", context.word("title-timeline"), context, &claims, &newest);
    let mut chart = timeline_chart(context, &groups);
    if let Some(chart) = chart.as_mut().filter(|_| others > 0) {
        chart.note = context.word_with_count("chart-older", others);
    }
    TimelineView {
        site: site_view(context),
        page: page_view(context, heading),
        chart,
        rows: groups.iter().map(|group| row_view(context, group)).collect(),
    }
}
