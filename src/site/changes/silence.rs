//! Places that were heard from again.

use std::collections::BTreeMap;

use super::change::{Changed, DAYS_OF_SILENCE, LinkedLists, SiteChange, shown_from};
use crate::model::{Briefing, Name};
use crate::paths::fold_name;
use crate::site::index_vec::IndexVec;
use crate::site::indices::{BriefingIx, NeighbourhoodIx, StubIx};
use crate::site::parts::{Spellings, Stub};
use crate::site::terms::neighbourhoods::Neighbourhoods;
use crate::time::Moment;

/// When something about a place was reported in a briefing that is gone: a place was not silent because readers no
/// longer see what was said.
pub type GoneReports = BTreeMap<NeighbourhoodIx, Vec<Moment>>;

/// Those of all briefings that are gone.
pub fn gone_reports(
    stubs: &IndexVec<StubIx, Stub>,
    neighbourhoods: &Neighbourhoods,
    spellings: &Spellings,
) -> GoneReports {
    let mut reports = GoneReports::new();
    let mut add = |names: &[Name], at: Moment| {
        let named =
            names.iter().filter_map(|name| spellings.neighbourhoods.get(&fold_name(&name.value)).copied());
        for place in neighbourhoods.with_ancestors(&named.collect::<Vec<_>>()) {
            reports.entry(place).or_default().push(at);
        }
    };
    for stub in &**stubs {
        let article: &Briefing = &stub.article;
        add(&article.neighbourhoods, article.shown_from());
        for claim in &article.claims {
            let names = claim.neighbourhoods.as_deref().unwrap_or(&article.neighbourhoods);
            add(names, article.claim_shown_from(claim));
        }
    }
    reports
}

/// Each time that a place was heard from again after a silence.
pub fn changes(lists: LinkedLists<'_>, gone: &GoneReports, place: NeighbourhoodIx) -> Vec<SiteChange> {
    let gone = gone.get(&place).into_iter().flatten().map(|at| (*at, None));
    let shown = reports(lists, place).into_iter().map(|(at, briefing)| (at, Some(briefing)));
    let mut reports: Vec<(Moment, Option<BriefingIx>)> = gone.chain(shown).collect();
    reports.sort_unstable();
    let pairs = reports.windows(2).filter_map(|pair| Some((pair[0].0, pair[1].0, pair[1].1?)));
    let after_silence = pairs.filter(|(last, at, _)| was_silent(lists, *last, *at));
    let change = |(last, at, briefing)| SiteChange::new(at, Changed::HeardAgain { place, briefing, last });
    after_silence.map(change).collect()
}

/// When something about the place was reported, and in which briefing. A check is no report; and as only the last one
/// is known, what it would say of earlier days might change with the next one.
fn reports(lists: LinkedLists<'_>, place: NeighbourhoodIx) -> Vec<(Moment, BriefingIx)> {
    let LinkedLists { briefings, neighbourhoods, names, .. } = lists;
    let term = &neighbourhoods[place].term;
    let claims = term.claims.iter().map(|claim| (shown_from(briefings, *claim), claim.briefing));
    let reports = term.briefings.iter().filter(|ix| {
        let own = briefings[**ix].article.neighbourhoods.iter().filter_map(|name| names.neighbourhood(name));
        neighbourhoods.with_ancestors(&own.collect::<Vec<_>>()).any(|other| other == place)
    });
    claims.chain(reports.map(|ix| (briefings[*ix].article.shown_from(), *ix))).collect()
}

/// Between the two, the site reported from elsewhere, for long enough: a pause of the site is no silence of a place.
fn was_silent(lists: LinkedLists<'_>, last: Moment, at: Moment) -> bool {
    let Some(long_after) = last.hours_later(24 * DAYS_OF_SILENCE).filter(|long_after| *long_after <= at)
    else {
        return false;
    };
    // Newest first.
    let briefings = lists.briefings;
    let first_before = briefings.partition_point(|briefing| briefing.article.date >= at);
    let mut between =
        briefings.iter().skip(first_before).take_while(|briefing| briefing.article.date >= long_after);
    // One under embargo was not to be seen.
    between.any(|briefing| briefing.article.shown_from() < at)
}
