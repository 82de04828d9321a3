//! The page of all changes.

use jiff::civil::Date;

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::changes::change_view;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::{items_on_page, pagination};
use crate::render::pages::parts::times::date_text;
use crate::render::views::{ChangeDayView, ChangesView, Url};
use crate::site::{Page, PageNumber, SiteChange};
use crate::time::CalendarPage;

/// Changes of one day of the site's zone, in their order; at least one.
pub struct ChangeDay<'c> {
    pub day: Date,
    pub changes: &'c [SiteChange],
}

pub fn changes(context: &PageContext<'_>, number: PageNumber) -> ChangesView {
    let shown = items_on_page(context, &context.site.changes.all, number);
    let mut heading = PageHeading::new("changes", context.word("title-changes"));
    heading.as_of = shown.first().map(SiteChange::at);
    ChangesView {
        site: site_view(context),
        page: page_view(context, heading),
        days: days_of(context, shown).map(|day| day_view(context, &day)).collect(),
        pagination: pagination(context, Page::Changes, number),
    }
}

/// Changes by day.
pub fn days_of<'c>(
    context: &PageContext<'c>,
    changes: &'c [SiteChange],
) -> impl Iterator<Item = ChangeDay<'c>> {
    let zone = &context.site.config.timezone;
    let day = |change: &SiteChange| zone.day_of(change.at());
    let days = changes.chunk_by(move |one, other| day(one) == day(other));
    days.map(move |changes| ChangeDay { day: day(&changes[0]), changes })
}

fn day_view(context: &PageContext<'_>, ChangeDay { day, changes }: &ChangeDay<'_>) -> ChangeDayView {
    let page = CalendarPage::Day(*day);
    let above = std::iter::once(None).chain(changes.iter().map(Some));
    ChangeDayView {
        id: day.to_string(),
        text: date_text(context, page),
        url: context.site.date(page).map_or_else(Url::default, |ix| context.url(Page::Date(ix, 0))),
        changes: changes
            .iter()
            .zip(above)
            .map(|(change, above)| change_view(context, change, above))
            .collect(),
    }
}
