//! Pages of the calendar as items of a list, and which pages are below which.

use jiff::civil::Date;

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::times::{date_link, date_text};
use crate::render::views::{DateItem, LinkView};
use crate::site::routes::date_id;
use crate::site::{DateIx, DatePage, Page, Site};
use crate::time::CalendarPage;

/// A page of the calendar in a list, with the pages below it if wanted.
pub fn date_item(context: &PageContext<'_>, ix: DateIx, with_days: bool) -> DateItem {
    let date = &context.site.dates[ix];
    DateItem {
        id: date_id(date.page),
        text: date_text(context, date.page),
        url: context.url(Page::Date(ix, 0)),
        briefings: total(context.site, date.page, |date| &date.published),
        claims: claims_on(context.site, date.page),
        within: if with_days { dates_within(context, date.page) } else { Vec::new() },
    }
}

/// How many different claims a page of the calendar and those below it have.
pub fn claims_on(site: &Site, page: CalendarPage) -> usize {
    total(site, page, |date| &date.happened)
}

/// The months of a year or the days of a month that have a page, in order of time.
pub fn dates_within(context: &PageContext<'_>, page: CalendarPage) -> Vec<DateItem> {
    context.site.dates.below(page).map(DateIx::from).map(|ix| date_item(context, ix, false)).collect()
}

/// The pages of all days of a month or a year, and those of its months.
pub fn pages_within(site: &Site, page: CalendarPage) -> impl Iterator<Item = &DatePage> {
    site.dates.below(page).flat_map(move |index| {
        let days = site.dates.below(site.dates.as_slice()[index].page);
        std::iter::once(index).chain(days).map(|index| site.dates.as_slice()[index].as_ref())
    })
}

/// The year of a month; the year and the month of a day.
pub fn dates_above(context: &PageContext<'_>, ix: DateIx) -> Vec<LinkView> {
    let above = match context.site.dates[ix].page {
        CalendarPage::Year(_) => [None, None],
        CalendarPage::Month(year, _) => [Some(CalendarPage::Year(year)), None],
        CalendarPage::Day(day) => {
            [Some(CalendarPage::Year(day.year())), Some(CalendarPage::Month(day.year(), day.month()))]
        }
    };
    above.into_iter().flatten().filter_map(|page| date_link(context, page)).collect()
}

/// How many different ones are on a page and on those of all levels below it.
fn total<T: Copy + Ord>(site: &Site, page: CalendarPage, list: impl Fn(&DatePage) -> &Vec<T>) -> usize {
    let days = match page {
        CalendarPage::Year(year) => {
            let first = Date::new(year, 1, 1).expect("a year of the calendar");
            site.dates.range(CalendarPage::Day(first), CalendarPage::Day(first.last_of_year()))
        }
        CalendarPage::Month(..) | CalendarPage::Day(_) => 0..0,
    };
    let ranges = [site.dates.range(page, page), site.dates.below(page), days];
    let pages = ranges.into_iter().flatten().map(|index| site.dates.as_slice()[index].as_ref());
    let mut all: Vec<T> = pages.flat_map(list).copied().collect();
    all.sort_unstable();
    all.dedup();
    all.len()
}
