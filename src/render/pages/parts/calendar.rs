//! Calendars: the days of a month or the months of a year, with the number of claims of each.

use jiff::civil::Date;

use crate::charts::calendar;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::charts::{chart_view, frame};
use crate::render::pages::parts::dates::claims_on;
use crate::render::pages::parts::times::{date_link, date_text};
use crate::render::views::{CalendarView, ChartView};
use crate::site::Page;
use crate::site::routes::date_id;
use crate::time::CalendarPage;

/// How many months the page of all dates begins with.
const MONTHS_SHOWN: usize = 2;

/// The latest months that have a page for one of their days.
pub fn latest_calendars(context: &PageContext<'_>) -> Vec<CalendarView> {
    let days = context.site.dates.iter().rev().map_while(|date| match date.page {
        CalendarPage::Day(day) => Some((day.year(), day.month())),
        _ => None,
    });
    let mut months: Vec<(i16, i8)> = Vec::new();
    for month in days {
        if months.last() != Some(&month) {
            if months.len() == MONTHS_SHOWN {
                break;
            }
            months.push(month);
        }
    }
    let calendar_of = |(year, month)| {
        let page = CalendarPage::Month(year, month);
        Some(CalendarView { month: date_link(context, page)?, chart: calendar(context, page)? })
    };
    months.into_iter().filter_map(calendar_of).collect()
}

/// The days of a month, or the months of a year; nothing for a day, and if no cell has a page.
pub fn calendar(context: &PageContext<'_>, page: CalendarPage) -> Option<ChartView> {
    let words = context.words;
    let lang = context.lang();
    let (cells, headings, skipped, columns) = match page {
        CalendarPage::Day(_) => return None,
        CalendarPage::Month(year, month) => {
            let first = Date::new(year, month, 1).ok()?;
            let (names, begin) = words.week(lang);
            let weekday = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
            let cell_of =
                |date: Date| cell(context, CalendarPage::Day(date), context.number(f64::from(date.day())));
            let cells: Vec<calendar::CalendarCell> = first
                .series(jiff::Span::new().days(1))
                .take_while(|date| date.month() == month)
                .map(cell_of)
                .collect();
            (cells, names.to_vec(), (weekday + 7 - begin) % 7, 7)
        }
        CalendarPage::Year(year) => {
            let cell_of =
                |month| cell(context, CalendarPage::Month(year, month), words.month_name(lang, month));
            ((1..=12).map(cell_of).collect(), Vec::new(), 0, 3)
        }
    };
    if cells.iter().all(|cell| cell.url.is_empty()) {
        return None;
    }
    let most = cells.iter().map(|cell| cell.claims).max().unwrap_or(0);
    let grid = calendar::CalendarGrid { columns, headings: &headings, skipped, cells: &cells, most };
    let title = date_text(context, page);
    let description = context.word("chart-calendar-description");
    let id = format!("page-calendar-{}", date_id(page));
    let chart = calendar::draw(&frame(context, &id, &title, &description), &grid)?;
    Some(chart_view(chart, String::new()))
}

fn cell(context: &PageContext<'_>, page: CalendarPage, name: String) -> calendar::CalendarCell {
    let Some(ix) = context.site.date(page) else {
        return calendar::CalendarCell {
            name,
            claims: 0,
            number: String::new(),
            url: String::new(),
            label: String::new(),
        };
    };
    let claims = claims_on(context.site, page);
    calendar::CalendarCell {
        name,
        claims,
        number: context.number(claims as f64),
        url: context.url(Page::Date(ix, 0)).as_str().to_owned(),
        label: format!(
            "{}{} {}",
            date_text(context, page),
            context.word("comma"),
            context.word_with_count("claims-count", claims)
        ),
    }
}
