//! Lists: all briefings, neighbourhoods, sources and dates, and the A–Z of names.

use super::PageContext;
use super::alphabet::{Place, Script};
use super::layout::Heading;
use crate::render::views::{LetterView, ListView, NameEntry, NamesView, Pagination, Url};
use crate::site::routes::{PageNumber, spellings_of};
use crate::site::{BriefingIx, DateIx, NeighbourhoodIx, Page, Site, SourceIx};
use crate::time::CalendarPage;

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

fn list(
    context: &PageContext<'_>,
    of: &'static str,
    title: &str,
    page: impl Fn(PageNumber) -> Page,
    number: PageNumber,
    briefings: &[BriefingIx],
) -> ListView {
    let mut heading = Heading::new("list", context.word(title));
    context.date(&mut heading, &[], briefings);
    ListView {
        site: context.site_view(),
        page: context.page_view(heading),
        of,
        briefings: Vec::new(),
        terms: Vec::new(),
        dates: Vec::new(),
        calendars: Vec::new(),
        pagination: pagination(context, page, number),
    }
}

#[must_use]
pub fn briefings(context: &PageContext<'_>, number: PageNumber) -> ListView {
    let range = context.site.paging(context.site.briefings.len()).items(number);
    let shown: Vec<BriefingIx> = range.map(BriefingIx::new).collect();
    let mut view = list(context, "briefings", "title-briefings", Page::Briefings, number, &shown);
    view.briefings = context.items(&shown);
    view
}

#[must_use]
pub fn neighbourhoods(context: &PageContext<'_>, number: PageNumber) -> ListView {
    let order = &context.orders().neighbourhoods;
    let range = context.site.paging(order.len()).items(number);
    let targets = order[range.clone()].iter().map(|ix| Target::Neighbourhood(*ix));
    let newest = newest_of(context.site, targets);
    let mut view =
        list(context, "neighbourhoods", "title-neighbourhoods", Page::Neighbourhoods, number, &newest);
    view.terms = order[range].iter().map(|ix| context.neighbourhood_item(*ix)).collect();
    view
}

#[must_use]
pub fn sources(context: &PageContext<'_>, number: PageNumber) -> ListView {
    let order = &context.orders().sources;
    let range = context.site.paging(order.len()).items(number);
    let targets = order[range.clone()].iter().map(|ix| Target::Source(*ix));
    let newest = newest_of(context.site, targets);
    let mut view = list(context, "sources", "title-sources", Page::Sources, number, &newest);
    view.terms = order[range].iter().map(|ix| context.source_item(*ix)).collect();
    view
}

/// Of how many years the list of dates names the months; those of older ones stand on the year's page.
const YEARS_WITH_MONTHS: usize = 10;

#[must_use]
pub fn dates(context: &PageContext<'_>) -> ListView {
    let newest = super::articles::newest_briefings(context.site);
    let mut view = list(context, "dates", "title-dates", |_| Page::Dates, 0, &newest);
    let years =
        context.site.dates.iter().take_while(|date| matches!(date.page, CalendarPage::Year(_))).count();
    view.calendars = context.latest_calendars();
    let item = |(index, age)| context.date_item(DateIx::new(index), age < YEARS_WITH_MONTHS);
    view.dates = (0..years).rev().zip(0..).map(item).collect();
    view
}

/// The alphabetical orders of one language, made once for all pages of its lists.
pub struct Orders {
    neighbourhoods: Vec<NeighbourhoodIx>,
    sources: Vec<SourceIx>,
    /// Every spelling of every name.
    names: Vec<Line>,
}

/// One line of the A–Z before it is a view.
struct Line {
    place: Place,
    text: String,
    lang: Option<String>,
    target: Target,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Neighbourhood(NeighbourhoodIx),
    Source(SourceIx),
}

/// The newest briefing of each.
fn newest_of(site: &Site, targets: impl Iterator<Item = Target>) -> Vec<BriefingIx> {
    let newest = |target| match target {
        Target::Neighbourhood(ix) => site.neighbourhoods[NeighbourhoodIx::get(ix)].term.briefings.first(),
        Target::Source(ix) => site.sources[SourceIx::get(ix)].term.briefings.first(),
    };
    targets.filter_map(newest).copied().collect()
}

impl Orders {
    #[must_use]
    pub fn new(context: &PageContext<'_>) -> Self {
        let (site, language) = (context.site, context.language);
        let own = Script::of(&context.words.language_name(context.lang()));
        let mut neighbourhoods: Vec<_> = (0..site.neighbourhoods.len()).map(NeighbourhoodIx::new).collect();
        neighbourhoods.sort_by_cached_key(|ix| (Place::of(site.neighbourhood_name(*ix, language), own), *ix));
        let mut sources: Vec<_> = site.listed_sources().collect();
        sources.sort_by_cached_key(|ix| (Place::of(site.source_name(*ix, language), own), *ix));
        Self { neighbourhoods, sources, names: lines(site, own) }
    }
}

#[must_use]
pub fn names(context: &PageContext<'_>, number: PageNumber) -> NamesView {
    let lines = &context.orders().names;
    let lines = &lines[context.site.paging(lines.len()).items(number)];
    let mut heading = Heading::new("names", context.word("title-names"));
    context.date(&mut heading, &[], &newest_of(context.site, lines.iter().map(|line| line.target)));
    NamesView {
        site: context.site_view(),
        page: context.page_view(heading),
        letters: letters(context, lines),
        pagination: pagination(context, Page::Names, number),
    }
}

/// Every spelling of every name, in alphabetical order.
fn lines(site: &Site, own: Script) -> Vec<Line> {
    let mut lines = Vec::with_capacity(site.spelling_count);
    let mut push = |names: Vec<(&str, Option<&str>)>, target| {
        lines.extend(names.into_iter().map(|(text, lang)| Line {
            place: Place::of(text, own),
            text: text.to_owned(),
            lang: lang.map(str::to_owned),
            target,
        }));
    };
    for (index, place) in site.neighbourhoods.iter().enumerate() {
        push(spellings_of(&place.term), Target::Neighbourhood(NeighbourhoodIx::new(index)));
    }
    for ix in site.listed_sources() {
        push(spellings_of(&site.sources[ix.get()].term), Target::Source(ix));
    }
    lines.sort_by(|a, b| (&a.place, &a.text, a.target).cmp(&(&b.place, &b.text, b.target)));
    lines
}

fn letters(context: &PageContext<'_>, lines: &[Line]) -> Vec<LetterView> {
    let mut letters: Vec<LetterView> = Vec::new();
    let mut script = None;
    for line in lines {
        let Some(first) = line.place.letter() else { continue };
        // By the folded letter: two that share a capital (i and ı) stay two.
        let anchor = format!("page-letter-{first}");
        if letters.last().is_none_or(|last| last.anchor != anchor) {
            let begins_script = script.replace(line.place.script) != Some(line.place.script);
            let letter = first.to_uppercase().collect();
            letters.push(LetterView { letter, anchor, begins_script, names: Vec::new() });
        }
        let names = &mut letters.last_mut().expect("one was just pushed").names;
        names.push(name_entry(context, line));
    }
    letters
}

fn name_entry(context: &PageContext<'_>, line: &Line) -> NameEntry {
    let (shown, page, of) = match line.target {
        Target::Neighbourhood(ix) => {
            (context.neighbourhood_name(ix), Page::Neighbourhood(ix, 0), "neighbourhood")
        }
        Target::Source(ix) => (context.source_name(ix), Page::Source(ix, 0), "source"),
    };
    NameEntry {
        text: line.text.clone(),
        dir: line.lang.as_deref().map_or("auto", |lang| context.words.dir(lang)),
        url: context.url(page),
        see: if shown == line.text { String::new() } else { shown },
        of: context.labelled_id("of-", of),
    }
}
