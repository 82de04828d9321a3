//! All figures of the site, by what they count.
//!
//! Owns which figures are shown together and in which order. Adds nothing up: a figure is its
//! source's, and there is no total of several.
//!
//! Invariants: rows are sorted by measure, then by place, then newest first, ties in the order of the briefings
//! and their files, subsets below their whole; a measure is the words of its writer, so that "killed or injured"
//! is never a part of "killed"; a subset is below its whole; one source that is quoted twice with one figure of
//! one place has one row.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::index_vec::IndexVec;
use super::indices::{BriefingIx, ClaimIx, FigureIx, NeighbourhoodIx, SourceIx};
use super::parts::Briefings;
use crate::model::Status;
use crate::paths::fold_name;
use crate::time::When;

/// The deepest that subsets are indented.
const MOST_DEPTH: usize = 3;

/// One row of the figures: what one source counted.
#[derive(Clone, Debug)]
pub struct FigureRow {
    /// The claims with this figure, newest first; the first one is shown.
    pub claims: Vec<ClaimIx>,
    /// How many wholes it is a part of, one within the other.
    pub depth: usize,
}

/// The rows of all measures.
pub type Figures = IndexVec<FigureIx, FigureRow>;

impl Figures {
    pub fn add(&mut self, briefings: &Briefings, added: &[BriefingIx]) {
        let with_others = |(measure, mut claims): (String, Vec<ClaimIx>)| {
            let rows = self.rows_of(briefings, &measure);
            claims.extend(self.claims_in(rows.clone()));
            (rows, claims)
        };
        let changed = by_measure(briefings, added).into_iter().map(with_others).collect();
        self.replace(briefings, changed);
    }

    pub fn remove(&mut self, briefings: &Briefings, ix: BriefingIx) {
        let others = |measure: String| {
            let rows = self.rows_of(briefings, &measure);
            let claims = self.claims_in(rows.clone()).filter(|claim| claim.briefing != ix).collect();
            (rows, claims)
        };
        let changed = by_measure(briefings, &[ix]).into_keys().map(others).collect();
        self.replace(briefings, changed);
    }

    /// The rows of a measure, given its folded name.
    #[must_use]
    pub fn rows_of(&self, briefings: &Briefings, measure: &str) -> Range<usize> {
        let folded_measure = |row: &Arc<FigureRow>| {
            let figure = row.claims.first().and_then(|claim| briefings.claim(*claim).figure.as_ref());
            figure.map(|figure| fold_name(&figure.measure)).unwrap_or_default()
        };
        let start = self.partition_point(|row| folded_measure(row).as_str() < measure);
        start..start + self.as_slice()[start..].partition_point(|row| folded_measure(row) == measure)
    }

    fn claims_in(&self, rows: Range<usize>) -> impl Iterator<Item = ClaimIx> {
        self.as_slice()[rows].iter().flat_map(|row| row.claims.iter().copied())
    }

    /// Replaces the rows of some measures, in their order, by those of the claims that count them now.
    fn replace(&mut self, briefings: &Briefings, mut changed: Vec<(Range<usize>, Vec<ClaimIx>)>) {
        let made = changed.par_iter_mut().map(|(_, claims)| {
            claims.sort_by_key(|claim| briefings.newest_first(*claim));
            rows_of_measure(briefings, merged(briefings, claims))
        });
        let made: Vec<Vec<FigureRow>> = made.collect();
        let mut rows: Vec<Arc<FigureRow>> = Vec::with_capacity(self.len());
        let mut next = 0;
        for ((replaced, _), made) in changed.iter().zip(made) {
            rows.extend_from_slice(&self.as_slice()[next..replaced.start]);
            rows.extend(made.into_iter().map(Arc::new));
            next = replaced.end;
        }
        rows.extend_from_slice(&self.as_slice()[next..]);
        *self = rows.into();
    }
}

/// The claims of some briefings with a figure, by what they count. Each measure as it is written is folded once.
fn by_measure(briefings: &Briefings, of: &[BriefingIx]) -> BTreeMap<String, Vec<ClaimIx>> {
    let mut written: HashMap<&str, Vec<ClaimIx>, ahash::RandomState> = HashMap::default();
    for claim in of.iter().flat_map(|ix| briefings.claims_of(*ix)) {
        if let Some(figure) = &briefings.claim(claim).figure {
            written.entry(&figure.measure).or_default().push(claim);
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
    places: Vec<NeighbourhoodIx>,
    numbers: [Option<u64>; 3],
    words: [Option<&'a str>; 2],
    marks: [bool; 3],
    times: Times,
    status: Option<Status>,
}

/// When it was, and what it counts over.
type Times = [Option<When>; 2];

/// Sorted.
fn places(briefings: &Briefings, ix: ClaimIx) -> Vec<NeighbourhoodIx> {
    let mut places = briefings.linked_claim(ix).neighbourhoods.clone();
    places.sort_unstable();
    places
}

/// `None` for an unattributed figure: two of them may be two counts.
fn said(briefings: &Briefings, ix: ClaimIx) -> Option<Said<'_>> {
    let claim = briefings.claim(ix);
    let figure = claim.figure.as_ref()?;
    Some(Said {
        source: briefings.linked_claim(ix).source?,
        places: places(briefings, ix),
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
            if let Some((_, row)) = rows.iter().find(|(known, _)| are_shown_alike(known, &times)) {
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
fn are_shown_alike(one: &Times, other: &Times) -> bool {
    let shown = |times: &Times| times.map(|when| when.map(|when| when.to_string()));
    shown(one) == shown(other)
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
    // Stable: the rows of one place stay newest first. Those without a place are last.
    tops.sort_by_cached_key(|row| {
        let places = merged[*row].first().map(|ix| places(briefings, *ix)).unwrap_or_default();
        (places.is_empty(), places)
    });
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
