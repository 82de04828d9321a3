//! When a place was last reported on or checked, and whether that is long ago.

use crate::render::pages::context::PageContext;
use crate::render::views::TimeView;
use crate::site::{BriefingIx, NeighbourhoodIx};
use crate::time::Moment;

/// Nothing was ever reported there, or nothing since an earlier day than that of the newest briefing.
pub fn is_silent(context: &PageContext<'_>, ix: NeighbourhoodIx) -> bool {
    context.site.neighbourhoods[ix].term.claims.is_empty() || silent_since(context, ix).is_some()
}

/// When the last report about a place came; none if the site has none of a later day, or no claim about it.
pub fn silent_since(context: &PageContext<'_>, ix: NeighbourhoodIx) -> Option<TimeView> {
    let site = context.site;
    let zone = &site.config.timezone;
    if site.neighbourhoods[ix].term.claims.is_empty() {
        return None;
    }
    let last = last_report(context, ix)?;
    let newest = site.briefings.first()?.article.date;
    (zone.day_of(newest) > zone.day_of(last)).then(|| context.time(last))
}

/// When the last claim or briefing about a place came, or when one of them was last found to be still so. To
/// repeat a claim is no report.
pub fn last_report(context: &PageContext<'_>, ix: NeighbourhoodIx) -> Option<Moment> {
    let site = context.site;
    let term = &site.neighbourhoods[ix].term;
    // Both lists are newest first.
    let claim = term.claims.first().map(|claim| site.linked_claim(*claim).added);
    let reports = || term.briefings.iter().filter(|briefing| reports_on(context, **briefing, ix));
    let briefing = reports().next().map(|briefing| site.briefings[*briefing].article.date);
    let claims_checked = term.claims.iter().filter_map(|claim| site.checked(*claim)).max();
    let briefings_checked =
        reports().filter_map(|briefing| site.briefings[*briefing].article.checked.as_ref());
    let record_checked = term.record.as_ref().and_then(|record| record.currency.checked.as_ref());
    let checked = briefings_checked.chain(record_checked).map(|checked| checked.value).max();
    claim.max(briefing).max(claims_checked).max(checked)
}

/// The briefing itself names the place or a place within it.
fn reports_on(context: &PageContext<'_>, briefing: BriefingIx, place: NeighbourhoodIx) -> bool {
    let site = context.site;
    site.neighbourhoods.reported_on_by(&site.briefings[briefing]).any(|ix| ix == place)
}
