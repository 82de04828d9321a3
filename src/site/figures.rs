//! All figures of the site, by what they count.
//!
//! Owns which figures stand together and in which order. Adds nothing up: a figure is its
//! source's, and stays beside others without a total.
//!
//! Invariants: a measure is the words of its writer, so that "killed or injured" is never a part
//! of "killed"; a subset stands below its whole; one source that is quoted twice with one figure
//! has one row.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::{BriefingIx, ClaimIx, Site, SourceIx};
use crate::model::Status;
use crate::paths::fold_name;
use crate::time::When;

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
    let mut measures: Vec<Vec<ClaimIx>> = by_measure(site).into_values().collect();
    let rows: Vec<Vec<FigureRow>> = measures
        .par_iter_mut()
        .map(|claims| {
            super::claims::newest_first(claims, |claim| site.linked_claim(claim).added);
            rows_of_measure(site, merged(site, claims))
        })
        .collect();
    rows.into_iter().flatten().collect()
}

/// Takes the figures of a briefing from their measures, and puts those that it has in the site now among
/// them; `before` is the site before that.
pub fn move_briefing(site: &mut Site, before: &Site, index: BriefingIx) {
    let own = |site: &Site| -> Vec<(String, ClaimIx)> {
        let folded = |ix| Some((fold_name(&site.claim(ix).figure.as_ref()?.measure), ix));
        site.claims_of(index).filter_map(folded).collect()
    };
    let (was, is) = (own(before), own(site));
    let measures: BTreeSet<&str> = was.iter().chain(&is).map(|(measure, _)| measure.as_str()).collect();
    let mut rows: Vec<Arc<FigureRow>> = site.figures.to_vec();
    // From the last one: those before it stay where they are in the list of before.
    for measure in measures.into_iter().rev() {
        let range = rows_of(before, measure);
        let others =
            before.figures.as_slice()[range.clone()].iter().flat_map(|row| row.claims.iter().copied());
        let others = others.filter(|claim| claim.briefing != index);
        let own = is.iter().filter(|(own, _)| own == measure).map(|(_, claim)| *claim);
        let mut claims: Vec<ClaimIx> = others.chain(own).collect();
        super::claims::newest_first(&mut claims, |claim| site.linked_claim(claim).added);
        let new = rows_of_measure(site, merged(site, &claims));
        rows.splice(range, new.into_iter().map(Arc::new));
    }
    site.shape_mut().figures = rows.into();
}

/// Where the rows of a measure stand, by its folded name.
#[must_use]
pub fn rows_of(site: &Site, measure: &str) -> Range<usize> {
    let fold = |row: &Arc<FigureRow>| {
        let figure = row.claims.first().and_then(|ix| site.claim(*ix).figure.as_ref());
        figure.map(|figure| fold_name(&figure.measure)).unwrap_or_default()
    };
    let all = site.figures.as_slice();
    let start = all.partition_point(|row| fold(row).as_str() < measure);
    start..start + all[start..].partition_point(|row| fold(row) == measure)
}

/// Each measure as it is written is folded once.
fn by_measure(site: &Site) -> BTreeMap<String, Vec<ClaimIx>> {
    let mut written: HashMap<&str, Vec<ClaimIx>, ahash::RandomState> = HashMap::default();
    for ix in site.all_claims() {
        if let Some(figure) = &site.claim(ix).figure {
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

/// `None` where nobody is named: two of them may be two counts.
fn said(site: &Site, ix: ClaimIx) -> Option<Said<'_>> {
    let claim = site.claim(ix);
    let figure = claim.figure.as_ref()?;
    Some(Said {
        source: site.linked_claim(ix).source?,
        numbers: [figure.min, figure.best, figure.max].map(|number| number.map(f64::to_bits)),
        words: [figure.said.as_deref(), figure.who.as_deref()],
        marks: [figure.vague, figure.rounded, figure.cumulative],
        times: [claim.happened, figure.period],
        status: claim.status.as_ref().map(|status| status.value),
    })
}

/// Claims with the same figure of the same source, together.
fn merged(site: &Site, claims: &[ClaimIx]) -> Vec<Vec<ClaimIx>> {
    let mut rows_of: HashMap<Said<'_>, Vec<(Times, usize)>, ahash::RandomState> = HashMap::default();
    let mut merged: Vec<Vec<ClaimIx>> = Vec::with_capacity(claims.len());
    for ix in claims {
        if let Some(said) = said(site, *ix) {
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

fn rows_of_measure(site: &Site, mut merged: Vec<Vec<ClaimIx>>) -> Vec<FigureRow> {
    let row_of: HashMap<ClaimIx, usize, ahash::RandomState> =
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
fn whole_of(site: &Site, ix: ClaimIx) -> Option<ClaimIx> {
    let id = &site.claim(ix).figure.as_ref()?.part_of.as_ref()?.value;
    site.claims_of(ix.briefing).find(|other| site.claim(*other).id.value == *id)
}
