//! All figures of the site, by what they count.
//!
//! Owns which figures stand together and in which order. Adds nothing up: a figure is its
//! source's, and stays beside others without a total.
//!
//! Invariants: a measure is the words of its writer, so that "killed or injured" is never a part
//! of "killed"; a subset stands below its whole; one source that is quoted twice with one figure
//! has one row.

use std::collections::BTreeMap;

use super::{ClaimIx, Site, SourceIx};
use crate::model::Figure;
use crate::paths::fold_name;

/// One row: what one source counted.
#[derive(Clone, Debug)]
pub struct FigureRow {
    /// The claims that hold it, newest first; the first one is shown.
    pub claims: Vec<ClaimIx>,
    /// How many wholes it is a part of, one within the other.
    pub depth: usize,
}

/// The deepest that subsets are indented.
const MOST_DEPTH: usize = 3;

/// The rows of all measures: by measure, then newest first, subsets below their whole.
#[must_use]
pub fn collect(site: &Site) -> Vec<FigureRow> {
    let mut by_measure: BTreeMap<String, Vec<ClaimIx>> = BTreeMap::new();
    for ix in (0..site.claims.len()).map(ClaimIx::new) {
        if let Some(figure) = &site.claim(ix).figure {
            by_measure.entry(fold_name(&figure.measure)).or_default().push(ix);
        }
    }
    let mut rows = Vec::new();
    for claims in by_measure.values_mut() {
        super::claims::newest_first(claims, &site.claims);
        let merged = merged(site, claims);
        push_measure(site, &merged, &mut rows);
    }
    rows
}

/// Claims with the same figure of the same source, together.
fn merged(site: &Site, claims: &[ClaimIx]) -> Vec<Vec<ClaimIx>> {
    let mut places: BTreeMap<(Option<SourceIx>, String), usize> = BTreeMap::new();
    let mut merged: Vec<Vec<ClaimIx>> = Vec::new();
    for ix in claims {
        let claim = site.claim(*ix);
        let Some(figure) = &claim.figure else { continue };
        let status = claim.status.as_ref().map(|status| status.value);
        let key = format!("{}|{:?}|{status:?}", written(figure), claim.happened.map(|when| when.to_string()));
        let source = site.claims[ix.get()].source;
        let place = *places.entry((source, key)).or_insert(merged.len());
        match merged.get_mut(place) {
            // Nobody is named for either: they may be two counts.
            Some(row) if source.is_some() => row.push(*ix),
            _ => merged.push(vec![*ix]),
        }
    }
    merged
}

/// All that a figure says, for comparing; `part_of` is a name within one briefing, and left out.
fn written(figure: &Figure) -> String {
    let period = figure.period.map(|when| when.to_string());
    format!(
        "{:?}{:?}{:?}{:?}{:?}{period:?}{}{}{}",
        figure.said,
        figure.min,
        figure.best,
        figure.max,
        figure.who,
        figure.vague,
        figure.rounded,
        figure.cumulative
    )
}

fn push_measure(site: &Site, merged: &[Vec<ClaimIx>], rows: &mut Vec<FigureRow>) {
    let row_of: BTreeMap<ClaimIx, usize> =
        merged.iter().enumerate().flat_map(|(row, claims)| claims.iter().map(move |ix| (*ix, row))).collect();
    let whole = |row: usize| merged[row].iter().find_map(|ix| row_of.get(&whole_of(site, *ix)?).copied());
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); merged.len()];
    let mut tops = Vec::new();
    for row in 0..merged.len() {
        match whole(row).filter(|whole| *whole != row) {
            Some(whole) => parts[whole].push(row),
            None => tops.push(row),
        }
    }
    let mut is_shown = vec![false; merged.len()];
    // Parts of each other have no top; each of them is then one.
    for top in tops.into_iter().chain(0..merged.len()) {
        let mut open = vec![(top, 0)];
        while let Some((row, depth)) = open.pop() {
            if std::mem::replace(&mut is_shown[row], true) {
                continue;
            }
            rows.push(FigureRow { claims: merged[row].clone(), depth });
            open.extend(parts[row].iter().rev().map(|part| (*part, (depth + 1).min(MOST_DEPTH))));
        }
    }
}

/// The claim whose figure this one is a part of.
fn whole_of(site: &Site, ix: ClaimIx) -> Option<ClaimIx> {
    let id = &site.claim(ix).figure.as_ref()?.part_of.as_ref()?.value;
    let briefing = &site.briefings[site.claims[ix.get()].briefing.get()];
    briefing.claims.clone().map(ClaimIx::new).find(|other| site.claim(*other).id.value == *id)
}
