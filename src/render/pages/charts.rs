//! Pictures of what a page shows: their data out of the site, their words in its language.
//!
//! `charts` draws them.

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::civil::Date;

use super::PageContext;
use super::timeline::Group;
use crate::charts::{Frame, Picture, calendar, figures, timeline};
use crate::render::views::{CalendarView, ChartView, Html};
use crate::site::figures::{FigureRow, rows_of};
use crate::site::{ClaimIx, DateIx, Page};
use crate::time::CalendarPage;

/// How many months the page of all dates begins with.
const MONTHS_SHOWN: usize = 2;

pub(super) fn chart_view(picture: Picture, note: String) -> ChartView {
    ChartView { svg: Html(picture.svg), note }
}

impl PageContext<'_> {
    pub(super) fn picture_frame<'f>(&self, id: &'f str, title: &'f str, description: &'f str) -> Frame<'f> {
        Frame { id, title, description, rtl: self.words.dir(self.lang()) == "rtl" }
    }

    /// A word with one argument.
    pub(super) fn filled<'v>(
        &self,
        key: &str,
        name: &'static str,
        value: impl Into<FluentValue<'v>>,
    ) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.words.format(self.lang(), key, &args).unwrap_or_else(|_| key.to_owned())
    }

    pub(super) fn counted(&self, key: &str, count: usize) -> String {
        self.filled(key, "count", count)
    }

    fn whole_number(&self, number: usize) -> String {
        self.words.number(self.lang(), number as f64)
    }

    pub(super) fn timeline_chart(&self, groups: &[Group]) -> Option<ChartView> {
        let rows: Vec<timeline::Row> = groups.iter().map(|group| self.row_of_group(group)).collect();
        let words =
            ["chart-timeline", "chart-timeline-description", "chart-open", "chart-beyond", "chart-about"];
        let [title, description, open, beyond, about] = words.map(|key| self.word(key));
        let perhaps = self.word("chart-perhaps");
        let words = timeline::Words {
            month: &|date| self.words.month(self.lang(), date.year(), date.month()),
            year: &|date| self.words.year(self.lang(), date.year()),
            number: &|number| self.words.number(self.lang(), number as f64),
            open: &open,
            beyond: &beyond,
            about: &about,
            perhaps: &perhaps,
        };
        let frame = self.picture_frame("page-timeline", &title, &description);
        let picture = timeline::draw(&frame, &rows, &words)?;
        Some(chart_view(picture, String::new()))
    }

    fn row_of_group(&self, group: &Group) -> timeline::Row {
        let zone = &self.site.config.timezone;
        let when = &group.when;
        let ends = || [when.start(), when.finish()].into_iter().flatten();
        timeline::Row {
            label: self.text_of_group(group).0,
            when: self.words.when(self.lang(), when),
            from: when.first_day(zone),
            to: when.last_day(zone),
            approximate: ends().any(|end| end.approximate),
            uncertain: ends().any(|end| end.uncertain),
        }
    }

    /// The rows of one measure on a page, on the scale of the whole measure, without running totals: what
    /// a war has cost does not compare with a morning; none for fewer than two
    /// numbers, which need no comparing.
    pub(super) fn chart_of_measure(
        &self,
        name: &str,
        key: &str,
        rows: &[&FigureRow],
        number: usize,
    ) -> Option<ChartView> {
        let shown: Vec<figures::Row> = rows
            .iter()
            .filter(|row| self.figure_of(row).is_some_and(|figure| !figure.cumulative))
            .filter_map(|row| self.row_of_figure(row))
            .collect();
        let has_number = |row: &&figures::Row| row.min.or(row.best).or(row.max).is_some();
        if shown.iter().filter(has_number).count() < 2 {
            return None;
        }
        let words = ["chart-figures-description", "chart-no-limit", "chart-best", "chart-vague"];
        let [description, open, best, vague] = words.map(|key| self.word(key));
        let words = figures::Words {
            number: &|number| self.words.number(self.lang(), number),
            open: &open,
            best: &best,
            vague: &vague,
        };
        let id = format!("page-figures-{number}");
        let frame = self.picture_frame(&id, name, &description);
        let picture = figures::draw(&frame, &shown, self.most_of_measure(key), &words)?;
        let note = match rows.len() - shown.len() + picture.left_out {
            0 => String::new(),
            count => self.counted("chart-undrawn-figures", count),
        };
        Some(chart_view(picture, note))
    }

    /// The largest number of a measure, on whichever page.
    fn most_of_measure(&self, key: &str) -> f64 {
        let rows = &self.site.figures[rows_of(self.site, key)];
        let numbers = rows.iter().filter_map(|row| self.figure_of(row)).filter(|figure| !figure.cumulative);
        numbers.flat_map(|figure| [figure.min, figure.best, figure.max]).flatten().fold(0.0, f64::max)
    }

    pub(super) fn figure_of(&self, row: &FigureRow) -> Option<&crate::model::Figure> {
        self.site.claim(*row.claims.first()?).figure.as_deref()
    }

    fn row_of_figure(&self, row: &FigureRow) -> Option<figures::Row> {
        let ix: ClaimIx = *row.claims.first()?;
        let (linked, claim) = (self.site.linked_claim(ix), self.site.claim(ix));
        let figure = claim.figure.as_deref()?;
        let source = match linked.source {
            Some(ix) => self.source_name(ix),
            None => self.word("unattributed"),
        };
        let status = self.site.status(ix);
        Some(figures::Row {
            label: format!("{source}: {}", self.range_in_words(figure)),
            min: figure.min,
            best: figure.best,
            max: figure.max,
            vague: figure.vague,
            struck: matches!(status, crate::model::Status::Withdrawn | crate::model::Status::Disproved),
            depth: row.depth,
        })
    }

    fn range_in_words(&self, figure: &crate::model::Figure) -> String {
        let number = |number: f64| self.words.number(self.lang(), number);
        match (figure.min, figure.best, figure.max) {
            (_, Some(best), _) => number(best),
            (Some(min), None, Some(max)) if min == max => number(min),
            (Some(min), None, Some(max)) => {
                let mut args = FluentArgs::new();
                args.set("min", number(min));
                args.set("max", number(max));
                self.words.format(self.lang(), "figure-range", &args).unwrap_or_default()
            }
            (Some(min), None, None) => self.filled("figure-min", "min", number(min)),
            (None, None, Some(max)) => self.filled("figure-max", "max", number(max)),
            (None, None, None) => self.word("figure-no-number"),
        }
    }

    /// The latest months that have a page for one of their days.
    pub(super) fn latest_calendars(&self) -> Vec<CalendarView> {
        let days = self.site.dates.iter().rev().map_while(|date| match date.page {
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
        let calendar = |(year, month)| {
            let page = CalendarPage::Month(year, month);
            Some(CalendarView { month: self.date_link(page)?, chart: self.calendar(page)? })
        };
        months.into_iter().filter_map(calendar).collect()
    }

    /// The days of a month, or the months of a year.
    pub(super) fn calendar(&self, page: CalendarPage) -> Option<ChartView> {
        let (cells, headings, skipped, columns) = match page {
            CalendarPage::Day(_) => return None,
            CalendarPage::Month(year, month) => {
                let first = Date::new(year, month, 1).ok()?;
                let (names, begin) = self.words.week(self.lang());
                let weekday = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
                let days = (0..i32::from(first.days_in_month()))
                    .filter_map(|day| first.checked_add(jiff::Span::new().days(day)).ok());
                let cell = |day: Date| {
                    self.cell(
                        CalendarPage::Day(day),
                        self.whole_number(usize::try_from(day.day()).unwrap_or(0)),
                    )
                };
                let skipped = (weekday + 7 - begin) % 7;
                (days.map(cell).collect::<Vec<_>>(), names.to_vec(), skipped, 7)
            }
            CalendarPage::Year(year) => {
                let cell = |month: i8| {
                    self.cell(CalendarPage::Month(year, month), self.words.month_name(self.lang(), month))
                };
                ((1..=12).map(cell).collect(), Vec::new(), 0, 3)
            }
        };
        if cells.iter().all(|cell: &calendar::Cell| cell.url.is_empty()) {
            return None;
        }
        let most = cells.iter().map(|cell| cell.claims).max().unwrap_or(0);
        let grid = calendar::Grid { columns, headings: &headings, skipped, cells: &cells, most };
        let (title, description) = (self.date_text(page), self.word("chart-calendar-description"));
        let id = format!("page-calendar-{}", crate::site::routes::date_id(page));
        let picture = calendar::draw(&self.picture_frame(&id, &title, &description), &grid)?;
        Some(chart_view(picture, String::new()))
    }

    fn cell(&self, page: CalendarPage, name: String) -> calendar::Cell {
        let Some(ix) = self.site.date(page) else {
            return calendar::Cell {
                name,
                claims: 0,
                number: String::new(),
                url: String::new(),
                label: String::new(),
            };
        };
        let claims = self.claims_of(ix);
        calendar::Cell {
            name,
            claims,
            number: self.whole_number(claims),
            url: self.url(Page::Date(ix, 0)).as_str().to_owned(),
            label: format!(
                "{}{} {}",
                self.date_text(page),
                self.word("comma"),
                self.counted("claims-count", claims)
            ),
        }
    }

    fn claims_of(&self, ix: DateIx) -> usize {
        self.date_item(ix, false).claims
    }
}
