//! The page of a year, a month or a day.

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::calendar::calendar;
use crate::render::pages::parts::claims::claims;
use crate::render::pages::parts::corrections::corrections;
use crate::render::pages::parts::dates::{dates_above, dates_within, pages_within};
use crate::render::pages::parts::items::items;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::pages::parts::times::{date_link, date_text};
use crate::render::views::{ClaimView, DateView, LinkView, WhenView};
use crate::site::PageNumber;
use crate::site::routes::date_id;
use crate::site::{BriefingIx, ClaimIx, DateIx, Page};
use crate::time::CalendarPage;

pub fn date(context: &PageContext<'_>, ix: DateIx, number: PageNumber) -> DateView {
    let date = &context.site.dates[ix];
    let happened = items_on_page(context, &date.happened, number);
    let said = items_on_page(context, &date.said, number);
    let published = items_on_page(context, &date.published, number);
    let mut dated_claims: Vec<ClaimIx> = [happened, said].concat();
    let mut dated_briefings: Vec<BriefingIx> = published.to_vec();
    if number == 0 {
        // The first page of a month also shows how many claims each of its days has.
        for below in pages_within(context.site, date.page) {
            dated_claims.extend(below.happened.first().into_iter().chain(below.said.first()));
            dated_briefings.extend(below.published.first());
        }
    }
    let heading =
        PageHeading::dated("date", date_text(context, date.page), context, &dated_claims, &dated_briefings);
    DateView {
        site: site_view(context),
        page: page_view(context, heading),
        level: level(date.page),
        id: date_id(date.page),
        above: dates_above(context, ix).pop(),
        earlier: context.site.dates.before(ix).and_then(|other| on_same_level(context, ix, other)),
        later: context.site.dates.after(ix).and_then(|other| on_same_level(context, ix, other)),
        within: dates_within(context, date.page),
        calendar: calendar(context, date.page),
        happened: without_own_day(context, date.page, happened),
        said: without_own_day(context, date.page, said),
        published: items(context, published),
        corrected: corrections(context, items_on_page(context, &date.corrected, number)),
        pagination: pagination(context, |number| Page::Date(ix, number), number),
    }
}

/// Claims that do not repeat the date of the page.
fn without_own_day(context: &PageContext<'_>, page: CalendarPage, list: &[ClaimIx]) -> Vec<ClaimView> {
    let own = date_id(page);
    let is_another = |when: &WhenView| when.edtf != own;
    let mut shown = claims(context, list);
    for claim in &mut shown {
        claim.happened = claim.happened.take().filter(is_another);
        claim.said = claim.said.take().filter(is_another);
    }
    shown
}

fn level(page: CalendarPage) -> &'static str {
    match page {
        CalendarPage::Year(_) => "year",
        CalendarPage::Month(..) => "month",
        CalendarPage::Day(_) => "day",
    }
}

/// A link to another page of the calendar, if it is on the level of this one.
fn on_same_level(context: &PageContext<'_>, ix: DateIx, other: DateIx) -> Option<LinkView> {
    let own = context.site.dates[ix].page;
    let other = context.site.dates[other].page;
    if level(other) == level(own) { date_link(context, other) } else { None }
}
