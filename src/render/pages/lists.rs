//! The lists of all briefings, neighbourhoods, sources and dates.

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::calendar::latest_calendars;
use crate::render::pages::parts::dates::date_item;
use crate::render::pages::parts::items::{items, neighbourhood_item, source_item};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::{items_on_page, newest_briefings, pagination};
use crate::render::views::ListView;
use crate::site::PageNumber;
use crate::site::{BriefingIx, DateIx, NeighbourhoodIx, Page, SourceIx};
use crate::time::CalendarPage;

/// The list of dates shows the months of this many years; older months are on the pages of their years.
const YEARS_WITH_MONTHS: usize = 10;

pub fn briefings(context: &PageContext<'_>, number: PageNumber) -> ListView {
    let range = context.site.paging(context.site.briefings.len()).items(number);
    let shown: Vec<BriefingIx> = range.map(BriefingIx::from).collect();
    let mut view = list(context, "briefings", "title-briefings", Page::Briefings, number, &shown);
    view.briefings = items(context, &shown);
    view
}

pub fn neighbourhoods(context: &PageContext<'_>, number: PageNumber) -> ListView {
    let shown = items_on_page(context, &context.orders().neighbourhoods, number);
    let briefings = |ix: &NeighbourhoodIx| context.site.neighbourhoods[*ix].term.briefings.first();
    let newest: Vec<BriefingIx> = shown.iter().filter_map(briefings).copied().collect();
    let mut view =
        list(context, "neighbourhoods", "title-neighbourhoods", Page::Neighbourhoods, number, &newest);
    view.terms = shown.iter().map(|ix| neighbourhood_item(context, *ix)).collect();
    view
}

pub fn sources(context: &PageContext<'_>, number: PageNumber) -> ListView {
    let shown = items_on_page(context, &context.orders().sources, number);
    let briefings = |ix: &SourceIx| context.site.sources[*ix].term.briefings.first();
    let newest: Vec<BriefingIx> = shown.iter().filter_map(briefings).copied().collect();
    let mut view = list(context, "sources", "title-sources", Page::Sources, number, &newest);
    view.terms = shown.iter().map(|ix| source_item(context, *ix)).collect();
    view
}

pub fn dates(context: &PageContext<'_>) -> ListView {
    let newest = newest_briefings(context.site);
    let mut view = list(context, "dates", "title-dates", |_| Page::Dates, 0, &newest);
    view.calendars = latest_calendars(context);
    let years = context
        .site
        .dates
        .indices()
        .take_while(|ix| matches!(context.site.dates[*ix].page, CalendarPage::Year(_)));
    let mut years: Vec<DateIx> = years.collect();
    years.reverse();
    let item = |(age, ix): (usize, &DateIx)| date_item(context, *ix, age < YEARS_WITH_MONTHS);
    view.dates = years.iter().enumerate().map(item).collect();
    view
}

/// A list without its items.
fn list(
    context: &PageContext<'_>,
    of: &'static str,
    title: &str,
    page: impl Fn(PageNumber) -> Page,
    number: PageNumber,
    briefings: &[BriefingIx],
) -> ListView {
    let heading = PageHeading::dated("list", context.word(title), context, &[], briefings);
    ListView {
        site: site_view(context),
        page: page_view(context, heading),
        of,
        briefings: Vec::new(),
        terms: Vec::new(),
        dates: Vec::new(),
        calendars: Vec::new(),
        pagination: pagination(context, page, number),
    }
}
