//! The calendar: which claims, briefings and corrections belong to which day, month and year.

use std::collections::BTreeMap;

use super::published::Sorted;
use super::{BriefingIx, ClaimIx, DatePage, LinkedClaim};
use crate::model::Claim;
use crate::time::{CalendarPage, Zone};

type Pages = BTreeMap<CalendarPage, DatePage>;

/// Every day that something belongs to, with the months and years above it.
pub fn calendar(sorted: &Sorted, claims: &[LinkedClaim], zone: &Zone) -> Vec<DatePage> {
    let mut pages = Pages::new();
    for (index, briefing) in sorted.briefings.iter().enumerate() {
        let day = CalendarPage::Day(zone.day_of(briefing.date));
        page(&mut pages, day).published.push(BriefingIx::new(index));
    }
    for (index, linked) in claims.iter().enumerate() {
        let claim = &sorted.briefings[linked.briefing.get()].claims[linked.position];
        place_claim(&mut pages, ClaimIx::new(index), claim, zone);
    }
    for (index, briefing) in sorted.briefings.iter().enumerate() {
        for position in 0..briefing.corrections.len() {
            place_correction(&mut pages, (BriefingIx::new(index), position), briefing, zone);
        }
    }
    for page in pages.values_mut() {
        super::claims::newest_first(&mut page.happened, claims);
        super::claims::newest_first(&mut page.said, claims);
        let at = |(briefing, position): &(BriefingIx, usize)| {
            sorted.briefings[briefing.get()].corrections[*position].at
        };
        page.corrected.sort_by(|a, b| at(b).cmp(&at(a)).then(a.cmp(b)));
    }
    pages.into_values().collect()
}

/// The page, made with those above it where it is new.
fn page(pages: &mut Pages, key: CalendarPage) -> &mut DatePage {
    match key {
        CalendarPage::Day(day) => {
            page(pages, CalendarPage::Month(day.year(), day.month()));
        }
        CalendarPage::Month(year, _) => {
            page(pages, CalendarPage::Year(year));
        }
        CalendarPage::Year(_) => {}
    }
    pages.entry(key).or_insert_with(|| DatePage {
        page: key,
        happened: Vec::new(),
        said: Vec::new(),
        published: Vec::new(),
        corrected: Vec::new(),
    })
}

fn place_claim(pages: &mut Pages, index: ClaimIx, claim: &Claim, zone: &Zone) {
    let happened = claim.happened.map_or_else(Vec::new, |when| when.calendar_pages(zone));
    for key in &happened {
        page(pages, *key).happened.push(index);
    }
    for key in claim.said.map_or_else(Vec::new, |when| when.calendar_pages(zone)) {
        if !happened.contains(&key) {
            page(pages, key).said.push(index);
        }
    }
}

/// A correction belongs to the days that its claim is about, or to its briefing's, where it was
/// made on a later day.
fn place_correction(
    pages: &mut Pages,
    (index, position): (BriefingIx, usize),
    briefing: &crate::model::Briefing,
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
            page(pages, key).corrected.push((index, position));
        }
    }
}
