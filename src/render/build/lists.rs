//! Lists: all briefings, neighbourhoods, sources and dates, and the A–Z of names.

use super::Scene;
use super::frame::Heading;
use crate::paths::fold_name;
use crate::render::views::{LetterView, ListView, NameEntry, NamesView, Pagination, Url};
use crate::site::routes::{PageNumber, spellings_of};
use crate::site::{BriefingIx, DateIx, NeighbourhoodIx, Page, SourceIx};
use crate::time::CalendarPage;

/// The links between the pages of a list.
pub fn pagination(scene: &Scene<'_>, page: impl Fn(PageNumber) -> Page, number: PageNumber) -> Pagination {
    let last = scene.site.numbered_pages(page(0));
    let url = |number: PageNumber| scene.url(page(number));
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

fn list(
    scene: &Scene<'_>,
    of: &'static str,
    title: &str,
    page: impl Fn(PageNumber) -> Page,
    number: PageNumber,
) -> ListView {
    ListView {
        site: scene.site_view(),
        page: scene.page_view(Heading::new("list", scene.word(title))),
        of,
        briefings: Vec::new(),
        terms: Vec::new(),
        dates: Vec::new(),
        pagination: pagination(scene, page, number),
    }
}

#[must_use]
pub fn briefings(scene: &Scene<'_>, number: PageNumber) -> ListView {
    let mut view = list(scene, "briefings", "title-briefings", Page::Briefings, number);
    let range = scene.site.paging(scene.site.briefings.len()).items(number);
    let newest = scene.site.briefings.get(range.start).map(|briefing| super::articles::as_of(&briefing.article));
    view.page.as_of = newest.map(|moment| scene.time(moment));
    view.briefings = range.map(|index| scene.item(BriefingIx::new(index))).collect();
    view
}

#[must_use]
pub fn neighbourhoods(scene: &Scene<'_>, number: PageNumber) -> ListView {
    let mut view = list(scene, "neighbourhoods", "title-neighbourhoods", Page::Neighbourhoods, number);
    let mut order: Vec<NeighbourhoodIx> = (0..scene.site.neighbourhoods.len()).map(NeighbourhoodIx::new).collect();
    order.sort_by_cached_key(|ix| (fold_name(&scene.neighbourhood_name(*ix)), *ix));
    let range = scene.site.paging(order.len()).items(number);
    view.terms = order[range].iter().map(|ix| scene.neighbourhood_item(*ix)).collect();
    view
}

#[must_use]
pub fn sources(scene: &Scene<'_>, number: PageNumber) -> ListView {
    let mut view = list(scene, "sources", "title-sources", Page::Sources, number);
    let mut order: Vec<SourceIx> = scene.site.listed_sources().collect();
    order.sort_by_cached_key(|ix| (fold_name(&scene.source_name(*ix)), *ix));
    let range = scene.site.paging(order.len()).items(number);
    view.terms = order[range].iter().map(|ix| scene.source_item(*ix)).collect();
    view
}

#[must_use]
pub fn dates(scene: &Scene<'_>) -> ListView {
    let mut view = list(scene, "dates", "title-dates", |_| Page::Dates, 0);
    let years = scene.site.dates.iter().take_while(|date| matches!(date.page, CalendarPage::Year(_))).count();
    view.dates = (0..years).rev().map(|index| scene.date_item(DateIx::new(index), true)).collect();
    view
}

/// One line of the A–Z before it is a view.
struct Line<'a> {
    fold: String,
    text: &'a str,
    lang: Option<&'a str>,
    target: Target,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Neighbourhood(NeighbourhoodIx),
    Source(SourceIx),
}

#[must_use]
pub fn names(scene: &Scene<'_>, number: PageNumber) -> NamesView {
    let lines = lines(scene);
    let range = scene.site.paging(lines.len()).items(number);
    NamesView {
        site: scene.site_view(),
        page: scene.page_view(Heading::new("names", scene.word("title-names"))),
        letters: letters(scene, &lines[range]),
        pagination: pagination(scene, Page::Names, number),
    }
}

/// Every spelling of every name, in alphabetical order.
fn lines<'a>(scene: &Scene<'a>) -> Vec<Line<'a>> {
    let site = scene.site;
    let mut lines = Vec::with_capacity(site.spelling_count());
    let mut push = |names: Vec<(&'a str, Option<&'a str>)>, target| {
        lines.extend(names.into_iter().map(|(text, lang)| Line { fold: fold_name(text), text, lang, target }));
    };
    for (index, place) in site.neighbourhoods.iter().enumerate() {
        push(spellings_of(&place.term), Target::Neighbourhood(NeighbourhoodIx::new(index)));
    }
    for ix in site.listed_sources() {
        push(spellings_of(&site.sources[ix.get()].term), Target::Source(ix));
    }
    lines.sort_by(|a, b| (&a.fold, a.text, a.target).cmp(&(&b.fold, b.text, b.target)));
    lines
}

fn letters(scene: &Scene<'_>, lines: &[Line<'_>]) -> Vec<LetterView> {
    let mut letters: Vec<LetterView> = Vec::new();
    for line in lines {
        let letter: String = line.fold.chars().next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        if letters.last().is_none_or(|last| last.letter != letter) {
            let anchor = format!("page-letter-{}", letter.to_lowercase());
            letters.push(LetterView { letter, anchor, names: Vec::new() });
        }
        let names = &mut letters.last_mut().expect("one was just pushed").names;
        names.push(name_entry(scene, line));
    }
    letters
}

fn name_entry(scene: &Scene<'_>, line: &Line<'_>) -> NameEntry {
    let (shown, page, of) = match line.target {
        Target::Neighbourhood(ix) => (scene.neighbourhood_name(ix), Page::Neighbourhood(ix, 0), "neighbourhood"),
        Target::Source(ix) => (scene.source_name(ix), Page::Source(ix, 0), "source"),
    };
    NameEntry {
        text: line.text.to_owned(),
        dir: line.lang.map_or("auto", |lang| scene.words.dir(lang)),
        url: scene.url(page),
        see: if shown == line.text { String::new() } else { shown },
        of: scene.labelled_id("of-", of),
    }
}
