//! What was reported last about each topic, and a board of places and topics.
//!
//! Invariant: a place has the reports of what is part of it too, as on its page.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::{ClaimKind, Status};
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::claims::latest_key;
use crate::render::pages::parts::links::neighbourhood_link;
use crate::render::views::{BoardCell, BoardRow, BoardView, Labelled};
use crate::site::{ClaimIx, NeighbourhoodIx, Site};
use crate::time::Moment;

/// How many places a board shows, and how many more it folds.
const OPEN_ROWS: usize = 6;
const MORE_ROWS: usize = 18;

/// The latest of some claims.
#[derive(Clone, Copy)]
struct Latest {
    /// The claim with the largest key is the latest.
    key: (Date, Moment, Reverse<ClaimIx>),
    /// What was added before is about an earlier day: the beginning of the day of the key.
    begin: Option<Moment>,
}

impl Latest {
    fn of(context: &PageContext<'_>, ix: ClaimIx) -> Self {
        let key = latest_key(context, ix);
        Self { key, begin: context.site.config.timezone.start_of(key.0) }
    }

    fn claim(self) -> ClaimIx {
        self.key.2.0
    }

    /// Lists of claims begin with those that were added last, so that hardly any key is made.
    fn or_later(self, context: &PageContext<'_>, ix: ClaimIx) -> Self {
        if self.begin.is_some_and(|begin| context.site.linked_claim(ix).added < begin) {
            return self;
        }
        let other = Self::of(context, ix);
        if other.key > self.key { other } else { self }
    }
}

/// What was reported last about a topic.
#[derive(Clone, Copy)]
pub struct LastReport {
    latest: Latest,
    condition: Option<Latest>,
    /// When the last of all its claims was added, or found to be still so.
    pub at: Moment,
}

impl LastReport {
    /// The latest of the claims that hold.
    pub fn claim(&self) -> ClaimIx {
        self.latest.claim()
    }

    /// The latest condition, if that is another claim.
    pub fn condition(&self) -> Option<ClaimIx> {
        self.condition.map(Latest::claim).filter(|ix| *ix != self.claim())
    }
}

/// What was reported last, by topic of site.toml, then about no topic: one pass over the claims.
pub fn last_reports(context: &PageContext<'_>, claims: &[ClaimIx]) -> Vec<Option<LastReport>> {
    let site = context.site;
    let topics = &site.config.topics;
    let mut reports: Vec<Option<LastReport>> = vec![None; topics.len() + 1];
    for ix in claims.iter().copied().filter(|ix| holds(site, *ix)) {
        let claim = site.claim(ix);
        let topic = claim.topic.as_deref();
        let column = topic.and_then(|topic| topics.iter().position(|known| known.as_ref() == topic));
        let found = &mut reports[column.unwrap_or(topics.len())];
        let latest =
            found.map_or_else(|| Latest::of(context, ix), |found| found.latest.or_later(context, ix));
        let mut condition = found.and_then(|found| found.condition);
        if claim.kind == Some(ClaimKind::Condition) {
            condition = Some(
                condition
                    .map_or_else(|| Latest::of(context, ix), |condition| condition.or_later(context, ix)),
            );
        }
        let at = site.checked(ix).max(Some(site.linked_claim(ix).added)).max(found.map(|found| found.at));
        *found = at.map(|at| LastReport { latest, condition, at });
    }
    reports
}

/// Only a word of the writer takes a claim back.
fn holds(site: &Site, ix: ClaimIx) -> bool {
    site.claim(ix).status.is_none() || site.status(ix).holds()
}

/// The day of the newest briefing: a report of an earlier day is not news.
pub fn newest_day(site: &Site) -> Option<Date> {
    site.briefings.first().map(|newest| site.config.timezone.day_of(newest.article.date))
}

/// A board, and the claims that its cells are about.
pub struct Board {
    pub view: BoardView,
    pub claims: Vec<ClaimIx>,
}

/// The places with the latest changes; none if no claim is about a place.
pub fn board(context: &PageContext<'_>) -> Option<Board> {
    let site = context.site;
    let today = newest_day(site)?;
    let places = latest_places(site, OPEN_ROWS + MORE_ROWS);
    let of_place = |ix: &NeighbourhoodIx| last_reports(context, &site.neighbourhoods[*ix].term.claims);
    let reports: Vec<Vec<Option<LastReport>>> = places.iter().map(of_place).collect();
    let is_reported = |column: usize| reports.iter().any(|row| row[column].is_some());
    let (columns, unreported): (Vec<usize>, Vec<usize>) =
        (0..=site.config.topics.len()).partition(|column| is_reported(*column));
    let shown = || reports.iter().flatten().flatten();
    let cells = |row: &[Option<LastReport>]| -> Vec<Option<BoardCell>> {
        columns.iter().map(|column| row[*column].map(|report| cell(context, report, today))).collect()
    };
    let row = |(place, reports): (&NeighbourhoodIx, &Vec<Option<LastReport>>)| BoardRow {
        place: neighbourhood_link(context, *place),
        cells: cells(reports),
    };
    let mut rows: Vec<BoardRow> = places.iter().zip(&reports).map(row).collect();
    let more_rows = rows.split_off(rows.len().min(OPEN_ROWS));
    let statuses: BTreeSet<Status> = shown().map(|report| site.status_or_contested(report.claim())).collect();
    let has_cell_without = reports.iter().any(|row| columns.iter().any(|column| row[*column].is_none()));
    let view = BoardView {
        topics: columns.iter().map(|column| topic(context, *column)).collect(),
        unreported: unreported.into_iter().filter_map(|column| named_topic(context, column)).collect(),
        statuses: statuses.into_iter().map(|status| context.labelled("status-", status)).collect(),
        has_silence: has_cell_without || shown().any(|report| is_before(site, report.at, today)),
        rows,
        more_rows,
    };
    (!places.is_empty()).then(|| Board { view, claims: shown().map(LastReport::claim).collect() })
}

/// The places that the latest changes are about and that have claims, the latest first; those of one moment by id.
fn latest_places(site: &Site, most: usize) -> Vec<NeighbourhoodIx> {
    let most = most.min(site.neighbourhoods.len());
    let mut found: Vec<NeighbourhoodIx> = Vec::with_capacity(most);
    for at_once in site.changes.all.chunk_by(|one, other| one.at() == other.at()) {
        let mut places: Vec<NeighbourhoodIx> =
            at_once.iter().flat_map(|change| site.places_of(&change.changed)).copied().collect();
        places.sort_unstable();
        places.dedup();
        places.retain(|ix| !site.neighbourhoods[*ix].term.claims.is_empty() && !found.contains(ix));
        found.extend(places);
        if found.len() >= most {
            break;
        }
    }
    found.truncate(most);
    found
}

fn cell(context: &PageContext<'_>, report: LastReport, today: Date) -> BoardCell {
    let site = context.site;
    BoardCell {
        url: context.claim_url(report.claim()),
        status: context.labelled("status-", site.status_or_contested(report.claim())),
        iso: site.config.timezone.local(report.at).to_string(),
        when: context.words.hour_or_day(context.lang(), report.at, today),
        silent: is_before(site, report.at, today),
    }
}

pub fn is_before(site: &Site, at: Moment, today: Date) -> bool {
    site.config.timezone.day_of(at) < today
}

/// A topic of site.toml, or what claims without one are called.
pub fn topic(context: &PageContext<'_>, column: usize) -> Labelled {
    let other = || Labelled { id: String::new(), label: context.word("board-other") };
    named_topic(context, column).unwrap_or_else(other)
}

/// None for claims without a topic.
fn named_topic(context: &PageContext<'_>, column: usize) -> Option<Labelled> {
    context.site.config.topics.get(column).map(|topic| context.labelled_id("topic-", topic))
}
