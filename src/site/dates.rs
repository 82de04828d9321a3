//! The calendar: which claims, briefings and corrections belong to which day, month and year.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::diagnostics::CHUNK;
use super::index_vec::IndexVec;
use super::indices::{BriefingIx, ClaimIx, DateIx};
use super::parts::{Briefings, CorrectionIx, DatePage};
use crate::model::{Briefing, Claim};
use crate::time::{CalendarPage, Zone};

/// Something that belongs to a page of the calendar.
enum Item {
    Published(BriefingIx),
    Happened(ClaimIx),
    Said(ClaimIx),
    Corrected(CorrectionIx),
}

/// Every day that something belongs to, with the months and years above it.
pub fn calendar(briefings: &Briefings, zone: &Zone) -> Vec<DatePage> {
    let indices: Vec<BriefingIx> = briefings.indices().collect();
    let placed = indices.par_chunks(CHUNK).map(|chunk| {
        let mut items = Vec::new();
        for ix in chunk {
            place_briefing(&mut items, *ix, &briefings[*ix].article, zone);
        }
        items
    });
    let placed: Vec<Vec<(CalendarPage, Item)>> = placed.collect();
    let mut pages = Pages::default();
    placed.into_iter().flatten().for_each(|(page, item)| pages.add(page, item));
    let mut pages = pages.all;
    pages.sort_unstable_by_key(|date| date.page);
    pages.par_iter_mut().for_each(|date| date.sort(briefings));
    pages
}

/// Moves a briefing from the dates where it was to those where it is now. Returns the dates that it touches,
/// or `None` if a date page would come or go.
pub fn move_briefing(
    dates: &mut IndexVec<DateIx, DatePage>,
    briefings: &Briefings,
    ix: BriefingIx,
    before: &Briefing,
    zone: &Zone,
) -> Option<BTreeSet<DateIx>> {
    let placed = |briefing: &Briefing| {
        let mut items = Vec::new();
        place_briefing(&mut items, ix, briefing, zone);
        items
    };
    let was = placed(before);
    let is = placed(&briefings[ix].article);
    let date = |dates: &IndexVec<DateIx, DatePage>, page| {
        dates.binary_search_by(|date| date.page.cmp(&page)).ok().map(DateIx::from)
    };
    let pages: BTreeSet<CalendarPage> = was.iter().chain(&is).map(|(page, _)| *page).collect();
    let touched: BTreeSet<DateIx> = pages.into_iter().map(|page| date(dates, page)).collect::<Option<_>>()?;
    for touched in &touched {
        dates.edit(*touched).forget(ix);
    }
    for (page, item) in is {
        let date = date(dates, page)?;
        dates.edit(date).add(item);
    }
    for touched in &touched {
        let date = dates.edit(*touched);
        if date.is_empty() {
            return None;
        }
        date.sort(briefings);
    }
    Some(touched)
}

impl DatePage {
    fn add(&mut self, item: Item) {
        match item {
            Item::Published(briefing) => self.published.push(briefing),
            Item::Happened(claim) => self.happened.push(claim),
            Item::Said(claim) => self.said.push(claim),
            Item::Corrected(correction) => self.corrected.push(correction),
        }
    }

    fn sort(&mut self, briefings: &Briefings) {
        briefings.sort_newest_first(&mut self.happened);
        briefings.sort_newest_first(&mut self.said);
        self.published.sort_unstable();
        let at = |(ix, position): &CorrectionIx| briefings[*ix].article.corrections[*position].at;
        self.corrected.sort_by(|a, b| at(b).cmp(&at(a)).then(a.cmp(b)));
    }

    fn forget(&mut self, index: BriefingIx) {
        self.happened.retain(|claim| claim.briefing != index);
        self.said.retain(|claim| claim.briefing != index);
        self.published.retain(|briefing| *briefing != index);
        self.corrected.retain(|(briefing, _)| *briefing != index);
    }

    fn is_empty(&self) -> bool {
        self.happened.is_empty()
            && self.said.is_empty()
            && self.published.is_empty()
            && self.corrected.is_empty()
    }
}

/// The pages as they are found, and where each of them is.
#[derive(Default)]
struct Pages {
    all: Vec<DatePage>,
    by_key: HashMap<CalendarPage, usize, ahash::RandomState>,
}

impl Pages {
    fn add(&mut self, key: CalendarPage, item: Item) {
        let index = self.index(key);
        self.all[index].add(item);
    }

    /// That of the page, which is made with those above it where it is new.
    fn index(&mut self, key: CalendarPage) -> usize {
        if let Some(known) = self.by_key.get(&key) {
            return *known;
        }
        match key {
            CalendarPage::Day(day) => {
                self.index(CalendarPage::Month(day.year(), day.month()));
            }
            CalendarPage::Month(year, _) => {
                self.index(CalendarPage::Year(year));
            }
            CalendarPage::Year(_) => {}
        }
        self.by_key.insert(key, self.all.len());
        self.all.push(DatePage {
            page: key,
            happened: Vec::new(),
            said: Vec::new(),
            published: Vec::new(),
            corrected: Vec::new(),
        });
        self.all.len() - 1
    }
}

fn place_briefing(
    items: &mut Vec<(CalendarPage, Item)>,
    index: BriefingIx,
    briefing: &Briefing,
    zone: &Zone,
) {
    items.push((CalendarPage::Day(zone.day_of(briefing.date)), Item::Published(index)));
    for (position, claim) in briefing.claims.iter().enumerate() {
        place_claim(items, ClaimIx::new(index, position), claim, zone);
    }
    for position in 0..briefing.corrections.len() {
        place_correction(items, (index, position), briefing, zone);
    }
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
    briefing: &Briefing,
    zone: &Zone,
) {
    let correction = &briefing.corrections[position];
    let claim =
        correction.claim.as_ref().and_then(|id| briefing.claims.iter().find(|c| c.id.value == id.value));
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
