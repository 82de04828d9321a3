//! When a place was last reported on, and whether that is long ago.

use crate::render::pages::context::PageContext;
use crate::render::views::TimeView;
use crate::site::{BriefingIx, ClaimIx, NeighbourhoodIx};
use crate::time::Moment;

/// Nothing was ever reported there, or nothing since an earlier day than that of the newest briefing.
pub fn is_silent(context: &PageContext<'_>, ix: NeighbourhoodIx) -> bool {
    let term = &context.site.neighbourhoods[ix].term;
    term.claims.is_empty() || silent_since(context, &term.claims, &term.briefings).is_some()
}

/// When the last claim or briefing about a place came; none if the site has none of a later day.
pub fn silent_since(
    context: &PageContext<'_>,
    claims: &[ClaimIx],
    briefings: &[BriefingIx],
) -> Option<TimeView> {
    let site = context.site;
    let zone = &site.config.timezone;
    // Both lists are newest first.
    let claim = site.linked_claim(*claims.first()?).added;
    let last = briefings.first().map_or(claim, |ix| site.briefings[*ix].article.date.max(claim));
    let newest = site.briefings.first()?.article.date;
    (zone.day_of(newest) > zone.day_of(last)).then(|| context.time(last))
}

/// When the last claim or briefing about a place came.
pub fn last_report(context: &PageContext<'_>, ix: NeighbourhoodIx) -> Option<Moment> {
    let site = context.site;
    let term = &site.neighbourhoods[ix].term;
    let claim = term.claims.first().map(|claim| site.linked_claim(*claim).added);
    let briefing = term.briefings.first().map(|ix| site.briefings[*ix].article.date);
    claim.max(briefing)
}
