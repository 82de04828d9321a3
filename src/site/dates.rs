//! The calendar: which claims, briefings and corrections belong to which day, month and year.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::claims::{Linked, newest_first};
use super::corrections::CorrectionIx;
use super::published::Sorted;
use super::{AT_A_TIME, BriefingIx, ClaimIx, DateIx, DatePage, Site};
use crate::model::{Briefing, Claim};
use crate::time::{CalendarPage, Moment, Zone};

/// Something that belongs to a page of the calendar.
enum Item {
    Published(BriefingIx),
    Happened(ClaimIx),
    Said(ClaimIx),
    Corrected(CorrectionIx),
}

/// Every day that something belongs to, with the months and years above it.
pub fn calendar(sorted: &Sorted, linked: &Linked, zone: &Zone) -> Vec<DatePage> {
    let all: Vec<(usize, &Briefing)> =
        sorted.briefings.iter().enumerate().map(|(index, briefing)| (index, briefing.as_ref())).collect();
    let placed = |chunk: &[(usize, &Briefing)]| {
        let mut items = Vec::new();
        for (index, briefing) in chunk {
            place_briefing(&mut items, BriefingIx::from(*index), briefing, zone);
        }
        items
    };
    let placed: Vec<Vec<(CalendarPage, Item)>> = all.par_chunks(AT_A_TIME).map(placed).collect();
    let mut pages = Pages::default();
    placed.into_iter().flatten().for_each(|(page, item)| pages.add(page, item));
    let mut pages = pages.all;
    pages.sort_unstable_by_key(|date| date.page);
    let added = |claim| linked.claim(claim).added;
    let at = |(briefing, position): &CorrectionIx| {
        sorted.briefings[usize::from(*briefing)].corrections[*position].at
    };
    pages.par_iter_mut().for_each(|date| put_in_order(date, added, at));
    pages
}

fn put_in_order(
    date: &mut DatePage,
    added: impl Fn(ClaimIx) -> Moment + Copy,
    at: impl Fn(&CorrectionIx) -> Moment,
) {
    newest_first(&mut date.happened, added);
    newest_first(&mut date.said, added);
    date.published.sort_unstable();
    date.corrected.sort_by(|a, b| at(b).cmp(&at(a)).then(a.cmp(b)));
}

/// Takes a briefing from the pages where it was, and puts it, as it is in the site now, on those where it
/// is: the pages where something changes. `None` where a page would come or go.
pub fn move_briefing(site: &mut Site, index: BriefingIx, before: &Briefing) -> Option<BTreeSet<DateIx>> {
    let zone = site.config.timezone.clone();
    let placed = |briefing: &Briefing| {
        let mut items = Vec::new();
        place_briefing(&mut items, index, briefing, &zone);
        items
    };
    let (was, is) = (placed(before), placed(&site.briefings[index].article));
    let keys: BTreeSet<CalendarPage> = was.iter().chain(&is).map(|(key, _)| *key).collect();
    let touched: BTreeSet<DateIx> = keys.into_iter().map(|key| site.date(key)).collect::<Option<_>>()?;
    let mut dates = site.dates.clone();
    for ix in &touched {
        dates.edit(*ix).forget(index);
    }
    for (key, item) in is {
        dates.edit(site.date(key)?).add(item);
    }
    let added = |claim| site.linked_claim(claim).added;
    let at =
        |(briefing, position): &CorrectionIx| site.briefings[*briefing].article.corrections[*position].at;
    for ix in &touched {
        let date = dates.edit(*ix);
        if date.is_empty() {
            return None;
        }
        put_in_order(date, added, at);
    }
    site.shape_mut().dates = dates;
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
