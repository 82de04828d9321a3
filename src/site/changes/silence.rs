//! Places that were heard from again.

use super::change::{Changed, DAYS_OF_SILENCE, LinkedLists, SiteChange, shown_since};
use crate::site::indices::{BriefingIx, NeighbourhoodIx};
use crate::time::Moment;

/// Each time that a place was heard from again after a silence.
pub fn changes(lists: LinkedLists<'_>, place: NeighbourhoodIx) -> Vec<SiteChange> {
    let mut news = news(lists, place);
    news.sort_unstable();
    let pairs = news.windows(2).map(|pair| (pair[0].0, pair[1]));
    let after_silence = pairs.filter(|(last, (at, _))| was_silent(lists, *last, *at));
    let change = |(last, (at, briefing))| SiteChange::new(at, Changed::HeardAgain { place, briefing, last });
    after_silence.map(change).collect()
}

/// When something about the place was reported, and in which briefing. A check is no report; and as only the last one
/// is known, what it would say of earlier days might change with the next one.
fn news(lists: LinkedLists<'_>, place: NeighbourhoodIx) -> Vec<(Moment, BriefingIx)> {
    let LinkedLists { briefings, neighbourhoods, names, .. } = lists;
    let term = &neighbourhoods[place].term;
    let claims = term.claims.iter().map(|claim| (shown_since(briefings, *claim), claim.briefing));
    let reports = term.briefings.iter().filter(|ix| {
        let own = briefings[**ix].article.neighbourhoods.iter().filter_map(|name| names.neighbourhood(name));
        neighbourhoods.with_ancestors(&own.collect::<Vec<_>>()).any(|other| other == place)
    });
    claims.chain(reports.map(|ix| (briefings[*ix].article.shown_from(), *ix))).collect()
}

/// Between the two, the site reported from elsewhere for long enough: a pause of the site is no silence of a place.
fn was_silent(lists: LinkedLists<'_>, last: Moment, at: Moment) -> bool {
    let Some(long_after) = last.hours_later(24 * DAYS_OF_SILENCE).filter(|long_after| *long_after <= at)
    else {
        return false;
    };
    // Newest first.
    let briefings = lists.briefings;
    let first_before = briefings.partition_point(|briefing| briefing.article.date >= at);
    briefings.get(first_before).is_some_and(|newest| newest.article.date >= long_after)
}
