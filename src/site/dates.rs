//! The calendar: which claims, briefings and corrections belong to which day, month and year.
//!
//! Invariants: years, then months, then days, each in order of time; a page has something on it or a page
//! below it; claims are newest first by when they were added, ties in the order of the briefings and their
//! files; briefings are newest first, ties by path; corrections are newest first, ties as for claims.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::corrections::CorrectionIx;
use super::diagnostics::CHUNK;
use super::index_vec::IndexVec;
use super::indices::{BriefingIx, ClaimIx, DateIx};
use super::merge::merge;
use super::parts::{Briefings, LinkedBriefing};
use crate::model::Claim;
use crate::time::{CalendarPage, Moment, Zone};

/// A year, month or day that something belongs to.
#[derive(Clone, Debug)]
pub struct DatePage {
    pub page: CalendarPage,
    pub happened: Vec<ClaimIx>,
    /// Said then, about another time.
    pub said: Vec<ClaimIx>,
    pub published: Vec<BriefingIx>,
    /// Later corrections of what happened or was published then.
    pub corrected: Vec<CorrectionIx>,
}

pub type Dates = IndexVec<DateIx, DatePage>;

/// Something that belongs to a page of the calendar.
enum Item {
    Published(BriefingIx),
    Happened(ClaimIx),
    Said(ClaimIx),
    Corrected(CorrectionIx),
}

impl Dates {
    pub fn add(&mut self, briefings: &Briefings, added: &[BriefingIx], zone: &Zone) {
        let placed = added
            .par_chunks(CHUNK)
            .map(|chunk| chunk.iter().flat_map(|ix| placed(*ix, &briefings[*ix], zone)).collect());
        let placed: Vec<Vec<(CalendarPage, Item)>> = placed.collect();
        let mut pages: BTreeMap<CalendarPage, DatePage> = BTreeMap::new();
        for (page, item) in placed.into_iter().flatten() {
            pages.entry(page).or_insert_with(|| DatePage::new(page)).push(item);
        }
        let above: Vec<CalendarPage> = pages.keys().flat_map(|page| with_those_above(*page)).collect();
        for page in above {
            pages.entry(page).or_insert_with(|| DatePage::new(page));
        }
        let mut pages: Vec<DatePage> = pages.into_values().collect();
        pages.par_iter_mut().for_each(|date| date.sort(briefings));
        let dates = self.edit_list();
        for page in pages {
            match dates.binary_search_by(|date| date.page.cmp(&page.page)) {
                Ok(at) => Arc::make_mut(&mut dates[at]).add_all(&page, briefings),
                Err(at) => dates.insert(at, Arc::new(page)),
            }
        }
    }

    pub fn remove(&mut self, briefings: &Briefings, ix: BriefingIx, zone: &Zone) {
        let placed = placed(ix, &briefings[ix], zone);
        let pages: BTreeSet<CalendarPage> =
            placed.iter().flat_map(|(page, _)| with_those_above(*page)).collect();
        // From the last one: days before their months, months before their years.
        for page in pages.into_iter().rev() {
            let found = self.find(page).expect("the briefing was added");
            let date = self.edit(found);
            date.remove(ix);
            if date.is_empty() && self.below(page).is_empty() {
                self.edit_list().remove(found.into());
            }
        }
    }

    pub fn find(&self, page: CalendarPage) -> Option<DateIx> {
        self.binary_search_by(|date| date.page.cmp(&page)).ok().map(DateIx::from)
    }

    /// The pages one level below: the months of a year, or the days of a month.
    #[must_use]
    pub fn below(&self, page: CalendarPage) -> Range<usize> {
        match page {
            CalendarPage::Year(year) => {
                self.range(CalendarPage::Month(year, 1), CalendarPage::Month(year, 12))
            }
            CalendarPage::Month(year, month) => {
                let first = Date::new(year, month, 1).expect("a month of the calendar");
                self.range(CalendarPage::Day(first), CalendarPage::Day(first.last_of_month()))
            }
            CalendarPage::Day(_) => 0..0,
        }
    }

    /// The pages from the first to the last.
    #[must_use]
    pub fn range(&self, first: CalendarPage, last: CalendarPage) -> Range<usize> {
        let start = self.partition_point(|date| date.page < first);
        let end = self.partition_point(|date| date.page <= last);
        start..end
    }
}

impl DatePage {
    fn new(page: CalendarPage) -> Self {
        Self { page, happened: Vec::new(), said: Vec::new(), published: Vec::new(), corrected: Vec::new() }
    }

    fn push(&mut self, item: Item) {
        match item {
            Item::Published(briefing) => self.published.push(briefing),
            Item::Happened(claim) => self.happened.push(claim),
            Item::Said(claim) => self.said.push(claim),
            Item::Corrected(correction) => self.corrected.push(correction),
        }
    }

    fn sort(&mut self, briefings: &Briefings) {
        self.happened.sort_by_key(|claim| briefings.newest_first(*claim));
        self.said.sort_by_key(|claim| briefings.newest_first(*claim));
        self.published.sort_unstable();
        self.corrected.sort_by_key(|correction| newest_first(briefings, *correction));
    }

    /// Adds what is on the same page, sorted.
    fn add_all(&mut self, other: &Self, briefings: &Briefings) {
        merge(&mut self.happened, &other.happened, |claim| briefings.newest_first(claim));
        merge(&mut self.said, &other.said, |claim| briefings.newest_first(claim));
        merge(&mut self.published, &other.published, |briefing| briefing);
        merge(&mut self.corrected, &other.corrected, |correction| newest_first(briefings, correction));
    }

    fn remove(&mut self, ix: BriefingIx) {
        self.happened.retain(|claim| claim.briefing != ix);
        self.said.retain(|claim| claim.briefing != ix);
        self.published.retain(|briefing| *briefing != ix);
        self.corrected.retain(|(briefing, _)| *briefing != ix);
    }

    fn is_empty(&self) -> bool {
        self.happened.is_empty()
            && self.said.is_empty()
            && self.published.is_empty()
            && self.corrected.is_empty()
    }
}

fn newest_first(briefings: &Briefings, (ix, position): CorrectionIx) -> (Reverse<Moment>, CorrectionIx) {
    (Reverse(briefings[ix].article.corrections[position].at), (ix, position))
}

/// A page, and those that it is below.
fn with_those_above(page: CalendarPage) -> impl Iterator<Item = CalendarPage> {
    std::iter::successors(Some(page), |page| match *page {
        CalendarPage::Day(day) => Some(CalendarPage::Month(day.year(), day.month())),
        CalendarPage::Month(year, _) => Some(CalendarPage::Year(year)),
        CalendarPage::Year(_) => None,
    })
}

/// What belongs to the calendar of a briefing, each with its page.
fn placed(ix: BriefingIx, linked: &LinkedBriefing, zone: &Zone) -> Vec<(CalendarPage, Item)> {
    let briefing = &linked.article;
    let mut items = vec![(CalendarPage::Day(zone.day_of(briefing.date)), Item::Published(ix))];
    for (position, claim) in briefing.claims.iter().enumerate() {
        place_claim(&mut items, ClaimIx::new(ix, position), claim, zone);
    }
    for position in 0..briefing.corrections.len() {
        place_correction(&mut items, (ix, position), linked, zone);
    }
    items
}

fn place_claim(items: &mut Vec<(CalendarPage, Item)>, index: ClaimIx, claim: &Claim, zone: &Zone) {
    let happened = claim.happened.map_or_else(Vec::new, |when| when.calendar_pages(zone));
    items.extend(happened.iter().map(|key| (*key, Item::Happened(index))));
    for key in claim.said.map_or_else(Vec::new, |when| when.calendar_pages(zone)) {
        if !happened.contains(&key) {
            items.push((key, Item::Said(index)));
        }
    }
}

/// A correction belongs to the days that its claim is about, or to its briefing's, where it was
/// made on a later day.
fn place_correction(
    items: &mut Vec<(CalendarPage, Item)>,
    (index, position): CorrectionIx,
    linked: &LinkedBriefing,
    zone: &Zone,
) {
    let briefing = &linked.article;
    let correction = &briefing.corrections[position];
    let claim = linked.corrected[position].map(|claim| &briefing.claims[claim]);
    let about = match claim.and_then(|claim| claim.happened) {
        Some(when) => when.calendar_pages(zone),
        None => vec![CalendarPage::Day(zone.day_of(briefing.date))],
    };
    let made = CalendarPage::Day(zone.day_of(correction.at));
    for key in about {
        if !matches!(key, CalendarPage::Day(_)) || key < made {
            items.push((key, Item::Corrected((index, position))));
        }
    }
}
