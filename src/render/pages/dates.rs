//! Pages of the calendar.

use std::ops::Range;

use super::PageContext;
use super::layout::Heading;
use super::lists::pagination;
use crate::render::views::{DateItem, DateView, LinkView};
use crate::site::routes::{PageNumber, date_id};
use crate::site::{DateIx, DatePage, Page};
use crate::time::CalendarPage;

#[must_use]
pub fn date(context: &PageContext<'_>, ix: DateIx, number: PageNumber) -> DateView {
    let date = &context.site.dates[ix.get()];
    let mut heading = Heading::new("date", context.date_text(date.page));
    let slice = |len: usize| context.site.paging(len).items(number);
    let happened = &date.happened[slice(date.happened.len())];
    let said = &date.said[slice(date.said.len())];
    let published = &date.published[slice(date.published.len())];
    let (mut claims, mut briefings) = ([happened, said].concat(), published.to_vec());
    if number == 0 {
        // What the days of a month come to stands on its page too, as numbers.
        for below in context.pages_within(date.page) {
            claims.extend(below.happened.first().into_iter().chain(below.said.first()));
            briefings.extend(below.published.first());
        }
    }
    context.date(&mut heading, &claims, &briefings);
    let corrected = &date.corrected[slice(date.corrected.len())];
    DateView {
        site: context.site_view(),
        page: context.page_view(heading),
        level: level(date.page),
        id: date_id(date.page),
        above: context.dates_above(ix).pop(),
        earlier: ix.get().checked_sub(1).and_then(|at| context.same_level(ix, at)),
        later: context.same_level(ix, ix.get() + 1),
        within: context.dates_within(date.page),
        calendar: context.calendar(date.page),
        happened: context.claims(happened),
        said: context.claims(said),
        published: context.items(published),
        corrected: context.corrections(corrected),
        pagination: pagination(context, |number| Page::Date(ix, number), number),
    }
}

fn level(page: CalendarPage) -> &'static str {
    match page {
        CalendarPage::Year(_) => "year",
        CalendarPage::Month(..) => "month",
        CalendarPage::Day(_) => "day",
    }
}

impl PageContext<'_> {
    pub fn date_text(&self, page: CalendarPage) -> String {
        match page {
            CalendarPage::Year(year) => self.words.year(self.lang(), year),
            CalendarPage::Month(year, month) => self.words.month(self.lang(), year, month),
            CalendarPage::Day(day) => self.words.date(self.lang(), day),
        }
    }

    /// A link to a page of the calendar, where it exists.
    pub fn date_link(&self, page: CalendarPage) -> Option<LinkView> {
        self.site.date(page).map(|ix| self.make_date_link(ix))
    }

    pub(super) fn make_date_link(&self, ix: DateIx) -> LinkView {
        LinkView { text: self.date_text(self.site.dates[ix.get()].page), url: self.url(Page::Date(ix, 0)) }
    }

    /// The year, and for a day the month, that a page stands under.
    pub fn dates_above(&self, ix: DateIx) -> Vec<LinkView> {
        let above = match self.site.dates[ix.get()].page {
            CalendarPage::Year(_) => [None, None],
            CalendarPage::Month(year, _) => [Some(CalendarPage::Year(year)), None],
            CalendarPage::Day(day) => {
                [Some(CalendarPage::Year(day.year())), Some(CalendarPage::Month(day.year(), day.month()))]
            }
        };
        above.into_iter().flatten().filter_map(|page| self.date_link(page)).collect()
    }

    fn same_level(&self, ix: DateIx, other: usize) -> Option<LinkView> {
        let other = self.site.dates.get(other)?.page;
        let is_same = level(other) == level(self.site.dates[ix.get()].page);
        if is_same { self.date_link(other) } else { None }
    }

    /// The months of a year or the days of a month that have a page, in order of time.
    pub fn dates_within(&self, page: CalendarPage) -> Vec<DateItem> {
        self.range_within(page).map(|index| self.date_item(DateIx::new(index), false)).collect()
    }

    /// The pages of all days of a month or a year, and those of its months.
    fn pages_within(&self, page: CalendarPage) -> impl Iterator<Item = &DatePage> {
        let below = |index: usize| self.site.dates[index].as_ref();
        self.range_within(page).flat_map(move |index| {
            let days = self.range_within(below(index).page);
            std::iter::once(index).chain(days).map(below)
        })
    }

    fn range_within(&self, page: CalendarPage) -> Range<usize> {
        let range = match page {
            CalendarPage::Year(year) => CalendarPage::Month(year, 1)..=CalendarPage::Month(year, 12),
            CalendarPage::Month(year, month) => {
                let first = jiff::civil::Date::new(year, month, 1).expect("a month of the calendar");
                CalendarPage::Day(first)..=CalendarPage::Day(first.last_of_month())
            }
            CalendarPage::Day(_) => return 0..0,
        };
        let dates = &self.site.dates;
        let start = dates.partition_point(|date| date.page < *range.start());
        let end = dates.partition_point(|date| date.page <= *range.end());
        start..end
    }

    /// A page of the calendar in a list, with what stands below it where wanted.
    pub fn date_item(&self, ix: DateIx, with_days: bool) -> DateItem {
        let date = &self.site.dates[ix.get()];
        DateItem {
            id: date_id(date.page),
            text: self.date_text(date.page),
            url: self.url(Page::Date(ix, 0)),
            briefings: self.total(date.page, |date| &date.published),
            claims: self.total(date.page, |date| &date.happened),
            within: if with_days { self.dates_within(date.page) } else { Vec::new() },
        }
    }

    /// How many different ones stand on a page and on those below it.
    fn total<T: Copy + Ord>(&self, page: CalendarPage, list: impl Fn(&DatePage) -> &Vec<T>) -> usize {
        let below = |first, last| {
            let start = self.site.dates.partition_point(|date| date.page < first);
            let end = self.site.dates.partition_point(|date| date.page <= last);
            &self.site.dates[start..end]
        };
        let day = |year, month, day| jiff::civil::Date::new(year, month, day).ok().map(CalendarPage::Day);
        let last_of = |year, month| {
            jiff::civil::Date::new(year, month, 1).ok().map(|first| CalendarPage::Day(first.last_of_month()))
        };
        let mut parts = vec![below(page, page)];
        let days = match page {
            CalendarPage::Year(year) => {
                parts.push(below(CalendarPage::Month(year, 1), CalendarPage::Month(year, 12)));
                day(year, 1, 1).zip(last_of(year, 12))
            }
            CalendarPage::Month(year, month) => day(year, month, 1).zip(last_of(year, month)),
            CalendarPage::Day(_) => None,
        };
        parts.extend(days.map(|(first, last)| below(first, last)));
        let mut all: Vec<T> = parts.into_iter().flatten().flat_map(|date| list(date)).copied().collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    }

    /// The latest days with claims or briefings, the latest first.
    pub fn latest_days(&self, most: usize) -> Vec<DateItem> {
        let days = (0..self.site.dates.len()).rev().map(DateIx::new);
        days.take_while(|ix| matches!(self.site.dates[ix.get()].page, CalendarPage::Day(_)))
            .take(most)
            .map(|ix| self.date_item(ix, false))
            .collect()
    }
}
