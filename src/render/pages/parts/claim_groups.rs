//! Claims by the day that they were added, with older days folded.
//!
//! Invariant: a list has at most [`OPEN_CLAIMS`] claims that are not folded, and [`MOST_FOLDS`] folds, so that it stays
//! short however many claims it has.

use jiff::civil::Date;

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::claims::claims;
use crate::render::pages::parts::times::{date_link, date_text};
use crate::render::views::{ClaimGroupView, Url};
use crate::site::routes::date_id;
use crate::site::{ClaimIx, Site};
use crate::time::CalendarPage;

/// How many claims are open, of the newest days.
const OPEN_CLAIMS: usize = 8;
/// So few more are not folded.
const NOT_WORTH_A_FOLD: usize = 2;
/// More folds than this are made of months, or of years.
const MOST_FOLDS: usize = 12;

/// Claims that are newest first by when they were added, with the newest days open.
pub fn claim_groups(context: &PageContext<'_>, list: &[ClaimIx]) -> Vec<ClaimGroupView> {
    let day = |ix: &ClaimIx| CalendarPage::Day(day_added(context.site, *ix));
    let (open, folded) = list.split_at(open_claims(list, day));
    let open = open.chunk_by(|one, other| day(one) == day(other));
    let mut groups: Vec<ClaimGroupView> =
        open.map(|of_day| group(context, day(&of_day[0]), of_day)).collect();
    let month = |ix: &ClaimIx| month_of(day_added(context.site, *ix));
    let year = |ix: &ClaimIx| CalendarPage::Year(day_added(context.site, *ix).year());
    let periods: [&dyn Fn(&ClaimIx) -> CalendarPage; 3] = [&day, &month, &year];
    let folds = |period: &dyn Fn(&ClaimIx) -> CalendarPage| {
        folded.chunk_by(|one, other| period(one) == period(other)).count()
    };
    let period = periods.into_iter().find(|period| folds(period) <= MOST_FOLDS).unwrap_or(&year);
    for fold in folded.chunk_by(|one, other| period(one) == period(other)) {
        let of_page = |group: &ClaimGroupView| group.id == fold_id(period(&fold[0]), "");
        let again = if groups.iter().any(of_page) { "-more" } else { "" };
        let page = period(&fold[0]);
        groups.push(ClaimGroupView { folded: true, id: fold_id(page, again), ..group(context, page, fold) });
    }
    groups
}

/// How many claims are open: those of the newest days as far as they are few, or else the newest of one day.
fn open_claims(list: &[ClaimIx], day: impl Fn(&ClaimIx) -> CalendarPage) -> usize {
    if list.len() <= OPEN_CLAIMS + NOT_WORTH_A_FOLD {
        return list.len();
    }
    let mut open = 0;
    for of_day in list.chunk_by(|one, other| day(one) == day(other)) {
        if open + of_day.len() > OPEN_CLAIMS {
            break;
        }
        open += of_day.len();
    }
    if open == 0 { OPEN_CLAIMS } else { open }
}

fn group(context: &PageContext<'_>, page: CalendarPage, list: &[ClaimIx]) -> ClaimGroupView {
    ClaimGroupView {
        id: fold_id(page, ""),
        text: date_text(context, page),
        url: date_link(context, page).map_or_else(Url::default, |link| link.url),
        folded: false,
        claims: claims(context, list),
    }
}

/// For `id`. A day of which some claims are folded has two groups.
fn fold_id(page: CalendarPage, again: &str) -> String {
    format!("page-added-{}{again}", date_id(page))
}

fn day_added(site: &Site, ix: ClaimIx) -> Date {
    site.config.timezone.day_of(site.linked_claim(ix).added)
}

fn month_of(day: Date) -> CalendarPage {
    CalendarPage::Month(day.year(), day.month())
}
