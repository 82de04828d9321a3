//! What one source says at different times: running totals that fall, and claims that are stated again.
//!
//! Owns both comparisons. Unattributed claims are left out: two of them may be of two sources.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::diagnostics::Diagnostics;
use super::indices::{ClaimIx, NeighbourhoodIx, SourceIx};
use super::linked::Content;
use crate::diag::{Code, Diagnostic, Place};
use crate::fold::bare_words;
use crate::model::Figure;
use crate::paths::fold_name;
use crate::time::When;

/// How much of their words two claims share that are nearly the same.
const NEARLY: f64 = 0.85;

/// Two claims of one source that do not go together; the earlier one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A running total is lower than the one before it.
    Falls(ClaimIx, ClaimIx),
    /// Another briefing states nearly the same.
    Repeats(ClaimIx, ClaimIx),
}

/// Reports them for all sources. Not of a site as it was known earlier: its writers know more by now.
pub fn check(site: &Content, diagnostics: &mut Diagnostics<'_>) {
    if site.as_of.is_some() {
        return;
    }
    let sources: Vec<SourceIx> = site.sources.indices().collect();
    diagnostics.check_each(&sources, |source, diagnostics| {
        for finding in findings(site, *source) {
            diagnostics.push(diagnostic(site, finding, diagnostics));
        }
    });
}

/// What does not go together among the claims of a source.
pub fn findings(site: &Content, source: SourceIx) -> BTreeSet<Finding> {
    let claims = site.sources[source].term.claims.iter().copied();
    let claims: Vec<ClaimIx> = claims.filter(|ix| site.status(*ix).holds()).collect();
    falling(site, &claims).chain(repeated(site, &claims)).collect()
}

/// Counts of one measure in one place, each with its day.
type Totals = BTreeMap<(String, Vec<NeighbourhoodIx>), Vec<(Date, ClaimIx)>>;

fn falling(site: &Content, claims: &[ClaimIx]) -> impl Iterator<Item = Finding> {
    let mut totals = Totals::new();
    for ix in claims {
        if let Some(figure) = figure(site, *ix).filter(|figure| figure.cumulative) {
            let key = (fold_name(&figure.measure), places(site, *ix));
            totals.entry(key).or_default().push((day_of_total(site, *ix, figure), *ix));
        }
    }
    let mut found = Vec::new();
    for totals in totals.values_mut() {
        totals.sort_unstable();
        for (at, (day, later)) in totals.iter().enumerate() {
            let before = totals[..at].iter().rev().filter(|(other, _)| other < day);
            let mut before = before.filter(|(_, earlier)| count_the_same(site, *earlier, *later));
            if let Some((_, earlier)) = before.next()
                && is_lower(site, *later, *earlier)
            {
                found.push(Finding::Falls(*earlier, *later));
            }
        }
    }
    found.into_iter()
}

fn figure(site: &Content, ix: ClaimIx) -> Option<&Figure> {
    site.claim(ix).figure.as_deref()
}

fn places(site: &Content, ix: ClaimIx) -> Vec<NeighbourhoodIx> {
    let mut places = site.linked_claim(ix).neighbourhoods.clone();
    places.sort_unstable();
    places
}

/// The day up to which a running total counts.
fn day_of_total(site: &Content, ix: ClaimIx, figure: &Figure) -> Date {
    let claim = site.claim(ix);
    let zone = &site.config.timezone;
    let last_day = |when: Option<When>| when.and_then(|when| when.last_day(zone));
    let written = last_day(figure.period).or(last_day(claim.happened)).or(last_day(claim.said));
    written.unwrap_or_else(|| zone.day_of(site.linked_claim(ix).added))
}

/// Neither is a part of the other's people: both count the same ones, or do not say whom.
fn count_the_same(site: &Content, one: ClaimIx, other: ClaimIx) -> bool {
    let who = |ix: ClaimIx| figure(site, ix).and_then(|figure| figure.who.as_deref()).map(fold_name);
    let is_part = |ix: ClaimIx| figure(site, ix).is_some_and(|figure| figure.part_of.is_some());
    let have_one_owner = match (who(one), who(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    have_one_owner && is_part(one) == is_part(other)
}

/// All that the later figure leaves possible is less than what the earlier one counted at least.
fn is_lower(site: &Content, later: ClaimIx, earlier: ClaimIx) -> bool {
    let highest = figure(site, later).and_then(|figure| figure.max.or(figure.best).or(figure.min));
    let lowest = figure(site, earlier).and_then(|figure| figure.min.or(figure.best).or(figure.max));
    highest.zip(lowest).is_some_and(|(highest, lowest)| highest < lowest)
}

/// Claims about one place and time, of one side.
type SameMatter = (Vec<NeighbourhoodIx>, [Option<Date>; 2], bool);

fn repeated(site: &Content, claims: &[ClaimIx]) -> impl Iterator<Item = Finding> {
    let mut groups: BTreeMap<SameMatter, Vec<ClaimIx>> = BTreeMap::new();
    // Without a place there is too little to compare.
    for ix in claims.iter().filter(|ix| !site.linked_claim(**ix).neighbourhoods.is_empty()) {
        groups.entry((places(site, *ix), days(site, *ix), site.claim(*ix).denies)).or_default().push(*ix);
    }
    let mut found = Vec::new();
    for claims in groups.values_mut().filter(|claims| claims.len() > 1) {
        claims.sort_by_key(|ix| (site.linked_claim(*ix).added, Reverse(*ix)));
        let words: Vec<Vec<String>> = claims.iter().map(|ix| words(&site.claim(*ix).text)).collect();
        for later in 1..claims.len() {
            let is_first = |earlier: &usize| {
                claims[*earlier].briefing != claims[later].briefing
                    && are_nearly_the_same(&words[*earlier], &words[later])
            };
            if let Some(earlier) = (0..later).find(is_first) {
                found.push(Finding::Repeats(claims[earlier], claims[later]));
            }
        }
    }
    found.into_iter()
}

/// The first and last day that a claim is about; if it does not say, the day it was added.
fn days(site: &Content, ix: ClaimIx) -> [Option<Date>; 2] {
    let zone = &site.config.timezone;
    match site.claim(ix).happened.or(site.claim(ix).said) {
        Some(when) => [when.first_day(zone), when.last_day(zone)],
        None => [Some(zone.day_of(site.linked_claim(ix).added)); 2],
    }
}

/// Sorted.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = bare_words(text).split(' ').map(str::to_owned).collect();
    words.sort_unstable();
    words
}

/// Nearly all words are in both, and all words with digits.
fn are_nearly_the_same(one: &[String], other: &[String]) -> bool {
    let has_digits = |word: &&String| word.contains(|c: char| c.is_numeric());
    if !one.iter().filter(has_digits).eq(other.iter().filter(has_digits)) {
        return false;
    }
    let mut rest = other.iter().peekable();
    let shared = one.iter().filter(|word| {
        while rest.next_if(|next| next < word).is_some() {}
        rest.next_if_eq(word).is_some()
    });
    #[expect(clippy::cast_precision_loss, reason = "a claim has fewer words than a float can count")]
    let part = 2.0 * shared.count() as f64 / (one.len() + other.len()) as f64;
    part >= NEARLY
}

fn diagnostic(site: &Content, finding: Finding, diagnostics: &Diagnostics<'_>) -> Diagnostic {
    let place = |ix: ClaimIx| -> Place {
        diagnostics.place(&site.briefings[ix.briefing].article.file, site.claim(ix).id.span)
    };
    match finding {
        Finding::Falls(earlier, later) => {
            let message = "a running total of this source is lower than it was before";
            Diagnostic::warning(Code::CUMULATIVE_FALLS, message)
                .at(place(later))
                .label("lower")
                .also(place(earlier), "higher, and earlier")
                .help("correct the wrong number or date; if the source took its number back, correct the earlier claim")
        }
        Finding::Repeats(earlier, later) => {
            let message = "another briefing has nearly this claim, of the same source, place and day";
            Diagnostic::note(Code::REPEATED_CLAIM, message)
                .at(place(later))
                .label("stated again")
                .also(place(earlier), "stated first")
                .help(remedy(site, earlier))
        }
    }
}

/// How to state the claim again as the one that it is.
fn remedy(site: &Content, first: ClaimIx) -> String {
    let claim = site.claim(first);
    let briefing = &site.briefings[first.briefing].article;
    let instead = "instead of `text`, `source` and all else of it but its `id`";
    if claim.has_own_id {
        format!("write repeats = \"{}/{}\" {instead}", briefing.id, claim.id.value)
    } else {
        format!(
            "give the first one an `id` in {}, and write repeats = \"{}/ID\" here {instead}",
            briefing.file, briefing.id
        )
    }
}
