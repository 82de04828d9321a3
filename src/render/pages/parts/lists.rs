//! The links between the pages of a list, and which briefings the front of the site shows.

use crate::render::pages::context::PageContext;
use crate::render::views::{Pagination, Url};
use crate::site::PageNumber;
use crate::site::{BriefingIx, Page, Site};

/// How many briefings the home page shows.
const LATEST_ON_HOME: usize = 10;

/// The newest briefings of the site, as the home page shows them.
pub fn newest_briefings(site: &Site) -> Vec<BriefingIx> {
    site.briefings.indices().take(LATEST_ON_HOME).collect()
}

/// The items on one page of a list; a list shorter than the others has none on further pages.
pub fn items_on_page<'l, T>(context: &PageContext<'_>, list: &'l [T], number: PageNumber) -> &'l [T] {
    &list[context.site.paging(list.len()).items(number)]
}

/// The links between the pages of a list.
pub fn pagination(
    context: &PageContext<'_>,
    page: impl Fn(PageNumber) -> Page,
    number: PageNumber,
) -> Pagination {
    let last = context.site.numbered_pages(page(0));
    let url = |number: PageNumber| context.url(page(number));
    Pagination {
        number: number as usize,
        newer: match number {
            0 => Url::default(),
            n if n == last => url(0),
            n => url(n + 1),
        },
        older: match number {
            0 if last > 0 => url(last),
            0 | 1 => Url::default(),
            n => url(n - 1),
        },
        newest: url(0),
        oldest: url(last.min(1)),
    }
}
