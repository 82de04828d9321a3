//! Calendar dates, the times of events and of publication, and links to the pages of the calendar.

use crate::i18n::RangeSense;
use crate::model::{ClaimKind, Currency};
use crate::render::pages::context::PageContext;
use crate::render::views::{LinkView, Shared, TimeView, WhenView};
use crate::site::{BriefingIx, DateIx, Page};
use crate::time::{CalendarPage, When};

/// When a briefing was published.
pub fn published(context: &PageContext<'_>, ix: BriefingIx) -> Shared<TimeView> {
    let make = || context.time(context.site.briefings[ix].article.date);
    context.shared(|shared| &shared.published, ix.into(), make)
}

/// When a record was last found to be still so.
pub fn checked_record(context: &PageContext<'_>, currency: &Currency) -> Option<TimeView> {
    currency.checked.as_ref().map(|checked| context.time(checked.value))
}

/// What a range with an open end means in a claim of this kind. Without a kind nothing says that it lasted.
pub fn range_sense(kind: Option<ClaimKind>) -> RangeSense {
    match kind {
        Some(ClaimKind::Condition) => RangeSense::Throughout,
        Some(ClaimKind::Instruction) => RangeSense::InForce,
        _ => RangeSense::Within,
    }
}

/// When something happened or was said, with links to the days that have a page.
pub fn when(context: &PageContext<'_>, when: &When, sense: RangeSense) -> WhenView {
    let ends = [when.start(), when.finish()];
    let pages = when.calendar_pages(&context.site.config.timezone);
    WhenView {
        edtf: when.to_string(),
        text: context.words.when(context.lang(), when, sense),
        approximate: ends.iter().flatten().any(|end| end.approximate),
        uncertain: ends.iter().flatten().any(|end| end.uncertain),
        days: pages
            .into_iter()
            .filter_map(|page| context.site.date(page))
            .map(|ix| day_link(context, ix))
            .collect(),
    }
}

/// A year, a month or a day in words.
pub fn date_text(context: &PageContext<'_>, page: CalendarPage) -> String {
    match page {
        CalendarPage::Year(year) => context.words.year(context.lang(), year),
        CalendarPage::Month(year, month) => context.words.month(context.lang(), year, month),
        CalendarPage::Day(day) => context.words.date(context.lang(), day),
    }
}

/// A link to a page of the calendar, if it exists.
pub fn date_link(context: &PageContext<'_>, page: CalendarPage) -> Option<LinkView> {
    context.site.date(page).map(|ix| make_date_link(context, ix))
}

fn day_link(context: &PageContext<'_>, ix: DateIx) -> Shared<LinkView> {
    context.shared(|shared| &shared.dates, ix.into(), || make_date_link(context, ix))
}

fn make_date_link(context: &PageContext<'_>, ix: DateIx) -> LinkView {
    LinkView { text: date_text(context, context.site.dates[ix].page), url: context.url(Page::Date(ix, 0)) }
}
