//! All figures of the site, by what they count.
//!
//! Owns which figures are shown together and in which order. Adds nothing up: a figure is its
//! source's, and there is no total of several.
//!
//! Invariants: a measure is the words of its writer, so that "killed or injured" is never a part
//! of "killed"; a subset is below its whole; one source that is quoted twice with one figure
//! has one row.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::index_vec::IndexVec;
use super::indices::{BriefingIx, ClaimIx, FigureIx, SourceIx};
use super::parts::{Briefings, FigureRow};
use crate::model::Status;
use crate::paths::fold_name;
use crate::time::When;

/// The deepest that subsets are indented.
const MOST_DEPTH: usize = 3;

/// The rows of all measures: by measure, then newest first, subsets below their whole.
#[must_use]
pub fn collect(briefings: &Briefings) -> Vec<FigureRow> {
    let mut measures: Vec<Vec<ClaimIx>> = by_measure(briefings).into_values().collect();
    let rows: Vec<Vec<FigureRow>> = measures
        .par_iter_mut()
        .map(|claims| {
            briefings.sort_newest_first(claims);
            rows_of_measure(briefings, merged(briefings, claims))
        })
        .collect();
    rows.into_iter().flatten().collect()
}

/// Updates the rows of all measures that a briefing counts now or counted before.
pub fn move_briefing(
    figures: &mut IndexVec<FigureIx, FigureRow>,
    briefings: &Briefings,
    before: &Briefings,
    ix: BriefingIx,
) {
    let own = |briefings: &Briefings| -> Vec<(String, ClaimIx)> {
        let measured = |claim| Some((fold_name(&briefings.claim(claim).figure.as_ref()?.measure), claim));
        briefings.claims_of(ix).filter_map(measured).collect()
    };
    let was = own(before);
    let is = own(briefings);
    let measures: BTreeSet<&str> = was.iter().chain(&is).map(|(measure, _)| measure.as_str()).collect();
    let mut rows: Vec<Arc<FigureRow>> = figures.to_vec();
    // From the last one, so that the ranges of those before it stay valid.
    for measure in measures.into_iter().rev() {
        let range = rows_of(figures, before, measure);
        let others = figures.as_slice()[range.clone()].iter().flat_map(|row| row.claims.iter().copied());
        let others = others.filter(|claim| claim.briefing != ix);
        let own = is.iter().filter(|(own, _)| own == measure).map(|(_, claim)| *claim);
        let mut claims: Vec<ClaimIx> = others.chain(own).collect();
        briefings.sort_newest_first(&mut claims);
        let new = rows_of_measure(briefings, merged(briefings, &claims));
        rows.splice(range, new.into_iter().map(Arc::new));
    }
    *figures = rows.into();
}

/// The range of the rows of a measure, given its folded name.
#[must_use]
pub fn rows_of(figures: &[Arc<FigureRow>], briefings: &Briefings, measure: &str) -> Range<usize> {
    let folded_measure = |row: &Arc<FigureRow>| {
        let figure = row.claims.first().and_then(|claim| briefings.claim(*claim).figure.as_ref());
        figure.map(|figure| fold_name(&figure.measure)).unwrap_or_default()
    };
    let start = figures.partition_point(|row| folded_measure(row).as_str() < measure);
    start..start + figures[start..].partition_point(|row| folded_measure(row) == measure)
}

/// Each measure as it is written is folded once.
fn by_measure(briefings: &Briefings) -> BTreeMap<String, Vec<ClaimIx>> {
    let mut written: HashMap<&str, Vec<ClaimIx>, ahash::RandomState> = HashMap::default();
    for ix in briefings.all_claims() {
        if let Some(figure) = &briefings.claim(ix).figure {
            written.entry(&figure.measure).or_default().push(ix);
        }
    }
    let mut by_measure: BTreeMap<String, Vec<ClaimIx>> = BTreeMap::new();
    // Their order is made when each measure is put in its own.
    written.into_iter().for_each(|(measure, mut claims)| {
        by_measure.entry(fold_name(measure)).or_default().append(&mut claims);
    });
    by_measure
}

/// All that a figure of a source says; `part_of` is a name within one briefing, and left out.
#[derive(PartialEq, Eq, Hash)]
struct Said<'a> {
    source: SourceIx,
    numbers: [Option<u64>; 3],
    words: [Option<&'a str>; 2],
    marks: [bool; 3],
    times: Times,
    status: Option<Status>,
}

/// When it was, and what it counts over.
type Times = [Option<When>; 2];

/// `None` for an unattributed figure: two of them may be two counts.
fn said(briefings: &Briefings, ix: ClaimIx) -> Option<Said<'_>> {
    let claim = briefings.claim(ix);
    let figure = claim.figure.as_ref()?;
    Some(Said {
        source: briefings.linked_claim(ix).source?,
        numbers: [figure.min, figure.best, figure.max].map(|number| number.map(f64::to_bits)),
        words: [figure.said.as_deref(), figure.who.as_deref()],
        marks: [figure.vague, figure.rounded, figure.cumulative],
        times: [claim.happened, figure.period],
        status: claim.status.as_ref().map(|status| status.value),
    })
}

/// Claims with the same figure of the same source, together.
fn merged(briefings: &Briefings, claims: &[ClaimIx]) -> Vec<Vec<ClaimIx>> {
    let mut rows_of: HashMap<Said<'_>, Vec<(Times, usize)>, ahash::RandomState> = HashMap::default();
    let mut merged: Vec<Vec<ClaimIx>> = Vec::with_capacity(claims.len());
    for ix in claims {
        if let Some(said) = said(briefings, *ix) {
            let times = said.times;
            let rows = rows_of.entry(said).or_default();
            if let Some((_, row)) = rows.iter().find(|(known, _)| is_told_alike(known, &times)) {
                merged[*row].push(*ix);
                continue;
            }
            rows.push((times, merged.len()));
        }
        merged.push(vec![*ix]);
    }
    merged
}

/// Equal times may have offsets of their own, which readers see.
fn is_told_alike(one: &Times, other: &Times) -> bool {
    let told = |times: &Times| times.map(|when| when.map(|when| when.to_string()));
    told(one) == told(other)
}

fn rows_of_measure(briefings: &Briefings, mut merged: Vec<Vec<ClaimIx>>) -> Vec<FigureRow> {
    let row_of: HashMap<ClaimIx, usize, ahash::RandomState> =
        merged.iter().enumerate().flat_map(|(row, claims)| claims.iter().map(move |ix| (*ix, row))).collect();
    let whole =
        |row: usize| merged[row].iter().find_map(|ix| row_of.get(&whole_of(briefings, *ix)?).copied());
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); merged.len()];
    let mut tops = Vec::new();
    for row in 0..merged.len() {
        match whole(row).filter(|whole| *whole != row) {
            Some(whole) => parts[whole].push(row),
            None => tops.push(row),
        }
    }
    let mut is_shown = vec![false; merged.len()];
    let mut rows = Vec::with_capacity(merged.len());
    // Parts of each other have no top; each of them is then one.
    for top in tops.into_iter().chain(0..merged.len()) {
        let mut open = vec![(top, 0)];
        while let Some((row, depth)) = open.pop() {
            if std::mem::replace(&mut is_shown[row], true) {
                continue;
            }
            rows.push(FigureRow { claims: std::mem::take(&mut merged[row]), depth });
            open.extend(parts[row].iter().rev().map(|part| (*part, (depth + 1).min(MOST_DEPTH))));
        }
    }
    rows
}

/// The claim whose figure this one is a part of.
fn whole_of(briefings: &Briefings, ix: ClaimIx) -> Option<ClaimIx> {
    let id = &briefings.claim(ix).figure.as_ref()?.part_of.as_ref()?.value;
    briefings.claims_of(ix.briefing).find(|other| briefings.claim(*other).id.value == *id)
}
