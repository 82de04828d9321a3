//! Every output path of the site, each with its one writer.
//!
//! Owns where pages are and how lists are cut into pages. Two writers of one path, case aside,
//! are an error that names both.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::{
    BriefingIx, DEFAULT_LANGUAGE, DateIx, EventIx, FileIx, LanguageIx, NeighbourhoodIx, Notes, OutputFile,
    PlainIx, Site, SourceIx, StubIx, Term,
};
use crate::diag::{Diagnostic, Place, Span};
use crate::model::{Briefing, Origin};
use crate::paths::{Id, OutPath};
use crate::source_set::{FilePlace, bad_output_path};
use crate::time::CalendarPage;

/// The number of a page of a list: 0 holds the newest, 1 the oldest, 2 those after them.
pub type PageNumber = u32;

/// A page of the site, in whatever language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    Home,
    Briefings(PageNumber),
    Briefing(BriefingIx),
    Stub(StubIx),
    Neighbourhoods(PageNumber),
    Neighbourhood(NeighbourhoodIx, PageNumber),
    Sources(PageNumber),
    Source(SourceIx, PageNumber),
    Dates,
    Date(DateIx, PageNumber),
    Event(EventIx),
    Plain(PlainIx),
    Names(PageNumber),
    Corrections(PageNumber),
    Figures(PageNumber),
    NotFound,
}

/// What writes an output path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Page(LanguageIx, Page),
    /// A path that a page had before: the page that it leads to.
    Redirect(Page),
    File(FileIx),
    Robots,
    /// 0 where there is one sitemap, or for the index of several.
    Sitemap(u32),
}

/// The most URLs that one sitemap may hold, by the protocol (sitemaps.org).
pub const URLS_PER_SITEMAP: usize = 50_000;

/// How a list is cut into pages: numbered ones count from the oldest and hold exactly `size`
/// items each; the unnumbered one holds the newest, up to `2 * size - 1`.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub len: usize,
    pub size: usize,
}

impl Paging {
    /// How many numbered pages there are.
    #[must_use]
    pub fn numbered(self) -> PageNumber {
        let pages = if self.len < 2 * self.size { 0 } else { self.len / self.size - 1 };
        u32::try_from(pages).unwrap_or(u32::MAX)
    }

    /// The items of a page, in a list that begins with the newest; none past the last page.
    #[must_use]
    pub fn items(self, number: PageNumber) -> Range<usize> {
        let number = number as usize;
        let numbered = self.numbered() as usize;
        match number {
            0 => 0..self.len - numbered * self.size,
            n if n <= numbered => self.len - n * self.size..self.len - (n - 1) * self.size,
            _ => 0..0,
        }
    }
}

impl Site {
    #[must_use]
    pub fn paging(&self, len: usize) -> Paging {
        Paging { len, size: self.config.page_size }
    }

    /// How many numbered pages a list of `page`'s kind has: as many as its longest list needs.
    #[must_use]
    pub fn numbered_pages(&self, page: Page) -> PageNumber {
        let most = |lens: &[usize]| lens.iter().map(|len| self.paging(*len).numbered()).max().unwrap_or(0);
        match page {
            Page::Briefings(_) => most(&[self.briefings.len()]),
            Page::Neighbourhoods(_) => most(&[self.neighbourhoods.len()]),
            Page::Sources(_) => most(&[self.listed_sources().count()]),
            Page::Neighbourhood(ix, _) => {
                let term = &self.neighbourhoods[ix.get()].term;
                most(&[term.claims.len(), term.briefings.len()])
            }
            Page::Source(ix, _) => {
                let source = &self.sources[ix.get()];
                most(&[source.term.claims.len(), source.relayed.len(), source.term.briefings.len()])
            }
            Page::Date(ix, _) => {
                let date = &self.dates[ix.get()];
                most(&[date.happened.len(), date.said.len(), date.published.len(), date.corrected.len()])
            }
            Page::Names(_) => most(&[self.spelling_count]),
            Page::Figures(_) => most(&[self.figures.len()]),
            Page::Corrections(_) => most(&[self.corrections.all.len()]),
            _ => 0,
        }
    }

    /// The sources that have a page.
    pub fn listed_sources(&self) -> impl Iterator<Item = SourceIx> + '_ {
        (0..self.sources.len()).map(SourceIx::new).filter(|ix| !self.sources[ix.get()].is_protected())
    }

    /// How many lines the A–Z has.
    pub(super) fn count_spellings(&self) -> usize {
        let places = self.neighbourhoods.iter().map(|n| spellings_of(&n.term).len());
        let sources = self.listed_sources().map(|ix| spellings_of(&self.sources[ix.get()].term).len());
        places.chain(sources).sum()
    }

    /// Where a page is. Not every page is in every language: see [`Site::language_of`].
    ///
    /// # Panics
    /// Never for a page of this site: ids are checked where they are made.
    #[must_use]
    pub fn path(&self, language: LanguageIx, page: Page) -> OutPath {
        let mut path = String::new();
        if language != DEFAULT_LANGUAGE {
            path.push_str(self.language(language));
            path.push('/');
        }
        self.push_path(&mut path, page);
        OutPath::new(path).expect("ids are checked where they are made")
    }

    /// Where a page is in the tree of whatever language.
    #[must_use]
    pub fn path_in_language(&self, page: Page) -> String {
        let mut path = String::with_capacity(64);
        self.push_path(&mut path, page);
        path
    }

    fn push_path(&self, path: &mut String, page: Page) {
        match page {
            Page::Home => path.push_str("index.html"),
            Page::Briefings(number) => push_list(path, "briefings", number),
            Page::Briefing(ix) => {
                push_page(path, "briefings/", self.briefings[ix.get()].article.origin.id.as_str(), 0)
            }
            Page::Stub(ix) => {
                push_page(path, "briefings/", self.stubs[ix.get()].article.origin.id.as_str(), 0)
            }
            Page::Neighbourhoods(number) => push_list(path, "neighbourhoods", number),
            Page::Neighbourhood(ix, number) => {
                push_page(path, "neighbourhoods/", self.neighbourhoods[ix.get()].term.id.as_str(), number);
            }
            Page::Sources(number) => push_list(path, "sources", number),
            Page::Source(ix, number) => {
                push_page(path, "sources/", self.sources[ix.get()].term.id.as_str(), number)
            }
            Page::Dates => path.push_str("dates/index.html"),
            Page::Date(ix, number) => push_page(path, "dates/", &date_id(self.dates[ix.get()].page), number),
            Page::Event(ix) => push_page(path, "events/", self.events[ix.get()].term.id.as_str(), 0),
            Page::Plain(ix) => push_page(path, "", self.pages[ix.get()].article.origin.id.as_str(), 0),
            Page::Names(number) => push_page(path, "", "names", number),
            Page::Figures(number) => push_page(path, "", "figures", number),
            Page::Corrections(number) => push_page(path, "", "corrections", number),
            Page::NotFound => path.push_str("404.html"),
        }
    }
}

/// Every distinct name that a term is known by, its own first: name, and language where known.
#[must_use]
pub fn spellings_of<R: super::terms::Record>(term: &Term<R>) -> Vec<(&str, Option<&str>)> {
    let mut found: Vec<(&str, Option<&str>)> = vec![(&term.name, None)];
    if let Some(record) = &term.record {
        let naming = record.naming();
        let names =
            naming.names.iter().map(|(language, name)| (name.value.as_ref(), Some(language.as_ref())));
        let spellings = naming.spellings.iter().map(|name| (name.value.as_ref(), None));
        for (name, language) in names.chain(spellings) {
            if found.iter().all(|(known, _)| *known != name) {
                found.push((name, language));
            }
        }
    }
    found
}

/// `2016`, `2016-10` or `2016-10-02`.
#[must_use]
pub fn date_id(page: CalendarPage) -> String {
    match page {
        CalendarPage::Year(year) => format!("{year:04}"),
        CalendarPage::Month(year, month) => format!("{year:04}-{month:02}"),
        CalendarPage::Day(day) => day.to_string(),
    }
}

fn push_list(path: &mut String, folder: &str, number: PageNumber) {
    path.push_str(folder);
    match number {
        0 => path.push_str("/index.html"),
        n => path.push_str(&format!("/page-{n}.html")),
    }
}

fn push_page(path: &mut String, folder: &str, id: &str, number: PageNumber) {
    path.push_str(folder);
    path.push_str(id);
    match number {
        0 => path.push_str(".html"),
        n => path.push_str(&format!("-page-{n}.html")),
    }
}

/// Where static files and attachments land.
pub fn output_files(site: &Site, notes: &mut Notes<'_>) -> Vec<OutputFile> {
    let owners: BTreeMap<&str, &Id> = site
        .briefings
        .iter()
        .map(|briefing| (briefing.article.origin.file.as_ref(), &briefing.article.origin.id))
        .collect();
    let geometries = claimed_geometries(site);
    let mut files = Vec::new();
    for (source, file) in notes.sources.files.iter().enumerate() {
        let out = match &file.place {
            FilePlace::Static(out) => Ok(out.clone()),
            FilePlace::Attachment { of, within } => match owners.get(of.as_ref()) {
                Some(id) => OutPath::new(format!("briefings/{id}/{within}")),
                None => continue,
            },
            FilePlace::Geometry if geometries.contains(file.path.as_ref()) => continue,
            FilePlace::Geometry => {
                notes.diagnostics.push(unclaimed_geometry(&file.path));
                continue;
            }
        };
        match out {
            Ok(out) => files.push(OutputFile { source, path: file.path.clone(), out }),
            Err(reason) => notes.diagnostics.push(bad_output_path(&file.path, &reason)),
        }
    }
    check_geometries(site, notes);
    files
}

/// The GeoJSON files that records name.
fn claimed_geometries(site: &Site) -> std::collections::BTreeSet<String> {
    let records = site.neighbourhoods.iter().filter_map(|n| n.term.record.as_ref());
    records.filter_map(|record| record.geometry.as_ref()).map(|name| geometry_path(&name.value)).collect()
}

fn geometry_path(name: &str) -> String {
    format!("content/neighbourhoods/{name}")
}

fn check_geometries(site: &Site, notes: &mut Notes<'_>) {
    for record in site.neighbourhoods.iter().filter_map(|n| n.term.record.as_ref()) {
        let Some(name) = &record.geometry else { continue };
        let path = geometry_path(&name.value);
        let is_there = notes
            .sources
            .files
            .iter()
            .any(|f| f.place == FilePlace::Geometry && f.path.as_ref() == path.as_str());
        if !is_there {
            notes.push(
                Diagnostic::error("missing-file", format!("there is no {path}"))
                    .at(notes.place(&record.origin.file, name.span))
                    .help("`geometry` names a GeoJSON file beside the record"),
            );
        }
    }
}

fn unclaimed_geometry(path: &str) -> Diagnostic {
    Diagnostic::error("unclaimed-file", "no neighbourhood names this outline")
        .at(Place::file(path))
        .help("write `geometry = \"…\"` in the record that it belongs to, or remove it")
}

/// The output paths of a site, sorted.
#[derive(Debug, Default)]
pub struct Routes {
    routes: Vec<(OutPath, Route)>,
    /// Where each path stands in `routes`; for looking up, never to iterate.
    by_path: HashMap<Box<str>, u32, ahash::RandomState>,
}

impl Routes {
    #[must_use]
    pub fn all(&self) -> &[(OutPath, Route)] {
        &self.routes
    }

    /// The index and the route of a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<(usize, Route)> {
        let found = *self.by_path.get(path)? as usize;
        Some((found, self.routes[found].1))
    }

    pub(super) fn register(site: &Site, notes: &mut Notes<'_>) -> Self {
        let mut routes = Vec::new();
        for language in site.language_indices() {
            pages(site, &mut |page| routes.push((site.path(language, page), Route::Page(language, page))));
        }
        redirects(site, &mut routes);
        for (index, file) in site.files.iter().enumerate() {
            routes.push((file.out.clone(), Route::File(FileIx::new(index))));
        }
        push_generated(site, &mut routes);
        routes.sort_by(|a, b| a.0.cmp(&b.0));
        refuse_clashes(site, &routes, notes);
        let by_path =
            routes.iter().zip(0..).map(|((path, _), index)| (path.as_str().into(), index)).collect();
        Self { routes, by_path }
    }
}

/// Calls `register` with every page of one language. The page that answers for missing ones is
/// registered once, for the site.
fn pages(site: &Site, register: &mut impl FnMut(Page)) {
    register(Page::Home);
    register(Page::Dates);
    list(site, register, Page::Briefings);
    list(site, register, Page::Neighbourhoods);
    list(site, register, Page::Sources);
    list(site, register, Page::Names);
    list(site, register, Page::Corrections);
    list(site, register, Page::Figures);
    (0..site.briefings.len()).for_each(|index| register(Page::Briefing(BriefingIx::new(index))));
    (0..site.stubs.len()).for_each(|index| register(Page::Stub(StubIx::new(index))));
    for index in 0..site.neighbourhoods.len() {
        list(site, register, |number| Page::Neighbourhood(NeighbourhoodIx::new(index), number));
    }
    for index in site.listed_sources() {
        list(site, register, |number| Page::Source(index, number));
    }
    for index in 0..site.dates.len() {
        list(site, register, |number| Page::Date(DateIx::new(index), number));
    }
    (0..site.events.len()).for_each(|index| register(Page::Event(EventIx::new(index))));
    (0..site.pages.len()).for_each(|index| register(Page::Plain(PlainIx::new(index))));
}

fn list(site: &Site, register: &mut impl FnMut(Page), page: impl Fn(PageNumber) -> Page) {
    for number in 0..=site.numbered_pages(page(0)) {
        register(page(number));
    }
}

fn push_generated(site: &Site, routes: &mut Vec<(OutPath, Route)>) {
    let named = |name: String| OutPath::new(name).expect("a plain name");
    routes.push((named("404.html".to_owned()), Route::Page(DEFAULT_LANGUAGE, Page::NotFound)));
    routes.push((named("robots.txt".to_owned()), Route::Robots));
    if site.config.base_url.is_none() {
        return;
    }
    let urls = routes.iter().filter(|(_, route)| is_in_sitemap(*route)).count();
    routes.push((named("sitemap.xml".to_owned()), Route::Sitemap(0)));
    if urls > URLS_PER_SITEMAP {
        for number in 1..=urls.div_ceil(URLS_PER_SITEMAP) {
            let number = u32::try_from(number).expect("fewer sitemaps than pages");
            routes.push((named(format!("sitemap-{number}.xml")), Route::Sitemap(number)));
        }
    }
}

/// Pages that a search engine may show: not those that say that there is nothing.
#[must_use]
pub fn is_in_sitemap(route: Route) -> bool {
    matches!(route, Route::Page(_, page) if !matches!(page, Page::NotFound | Page::Stub(_)))
}

fn redirects(site: &Site, routes: &mut Vec<(OutPath, Route)>) {
    for_each_alias(site, &mut |alias, _, page| {
        routes.push((alias.value.clone(), Route::Redirect(page)));
    });
}

fn for_each_alias(site: &Site, visit: &mut impl FnMut(&crate::diag::Spanned<OutPath>, &Origin, Page)) {
    let mut each = |aliases: &[crate::diag::Spanned<OutPath>], origin: &Origin, page: Page| {
        aliases.iter().for_each(|alias| visit(alias, origin, page));
    };
    for (index, briefing) in site.briefings.iter().enumerate() {
        each(&briefing.article.aliases, &briefing.article.origin, Page::Briefing(BriefingIx::new(index)));
    }
    for (index, stub) in site.stubs.iter().enumerate() {
        each(&stub.article.aliases, &stub.article.origin, Page::Stub(StubIx::new(index)));
    }
    for (index, page) in site.pages.iter().enumerate() {
        each(&page.article.aliases, &page.article.origin, Page::Plain(PlainIx::new(index)));
    }
    for (index, place) in site.neighbourhoods.iter().enumerate() {
        if let Some(record) = &place.term.record {
            each(&record.aliases, &record.origin, Page::Neighbourhood(NeighbourhoodIx::new(index), 0));
        }
    }
    for index in site.listed_sources() {
        if let Some(record) = &site.sources[index.get()].term.record {
            each(&record.aliases, &record.origin, Page::Source(index, 0));
        }
    }
    for (index, event) in site.events.iter().enumerate() {
        if let Some(record) = &event.term.record {
            each(&record.aliases, &record.origin, Page::Event(EventIx::new(index)));
        }
    }
}

fn refuse_clashes(site: &Site, routes: &[(OutPath, Route)], notes: &mut Notes<'_>) {
    let mut folded: Vec<(String, usize)> =
        routes.iter().enumerate().map(|(index, (path, _))| (path.folded(), index)).collect();
    folded.sort();
    let mut tell = |first: usize, second: usize, is_same: bool| {
        if !is_repeated(&routes[first], &routes[second]) {
            let diagnostic = clash(site, &routes[first], &routes[second], is_same, notes);
            notes.push(diagnostic);
        }
    };
    for pair in folded.windows(2) {
        if pair[0].0 == pair[1].0 {
            tell(pair[0].1, pair[1].1, true);
        }
    }
    for (path, index) in &folded {
        for (slash, _) in path.match_indices('/') {
            let at = folded.partition_point(|(known, _)| known.as_str() < &path[..slash]);
            if let Some((_, file)) = folded.get(at).filter(|(known, _)| *known == path[..slash]) {
                tell(*file, *index, false);
            }
        }
    }
}

/// Two pages that clash in one language clash in each: the default one tells it.
fn is_repeated(first: &(OutPath, Route), second: &(OutPath, Route)) -> bool {
    let is_other = |route: Route| matches!(route, Route::Page(language, _) if language != DEFAULT_LANGUAGE);
    is_other(first.1) && is_other(second.1)
}

fn remedy(first: Route, second: Route) -> &'static str {
    let is_any = |is_it: fn(Route) -> bool| is_it(first) || is_it(second);
    if is_any(|route| matches!(route, Route::Redirect(_))) {
        "take the alias out, or give it another path"
    } else if is_any(|route| matches!(route, Route::File(_))) {
        "rename the file"
    } else {
        "rename one of them, or give it a `slug`"
    }
}

fn clash(
    site: &Site,
    first: &(OutPath, Route),
    second: &(OutPath, Route),
    is_same: bool,
    notes: &Notes<'_>,
) -> Diagnostic {
    let (one, two) = (writer(site, first, notes), writer(site, second, notes));
    let fact = if is_same {
        format!("two files want the output {}: {} and {}", second.0, one.name, two.name)
    } else {
        format!("the output {} of {} stands where {} needs a folder", first.0, one.name, two.name)
    };
    let mut diagnostic = Diagnostic::error("same-output", fact).help(remedy(first.1, second.1));
    let mut places = [two.place, one.place].into_iter().flatten();
    if let Some(place) = places.next() {
        diagnostic = diagnostic.at(place).label("wants it");
    }
    if let Some(place) = places.next() {
        diagnostic = diagnostic.also(place, "wants it too");
    }
    diagnostic
}

/// Who writes a path, for a message.
struct Writer {
    name: String,
    place: Option<Place>,
}

fn writer(site: &Site, (path, route): &(OutPath, Route), notes: &Notes<'_>) -> Writer {
    let at = |file: &str, span: Span| Writer { name: file.to_owned(), place: Some(notes.place(file, span)) };
    let of = |origin: &Origin| at(&origin.file, origin.id_span);
    let of_briefing = |briefing: &Briefing| of(&briefing.origin);
    match route {
        Route::Page(_, Page::Briefing(ix)) => of_briefing(&site.briefings[ix.get()].article),
        Route::Page(_, Page::Stub(ix)) => of_briefing(&site.stubs[ix.get()].article),
        Route::Page(_, Page::Plain(ix)) => of(&site.pages[ix.get()].article.origin),
        Route::Page(_, Page::Neighbourhood(ix, 0)) => term_writer(&site.neighbourhoods[ix.get()].term, &of),
        Route::Page(_, Page::Source(ix, 0)) => term_writer(&site.sources[ix.get()].term, &of),
        Route::Page(_, Page::Event(ix)) => term_writer(&site.events[ix.get()].term, &of),
        Route::File(ix) => {
            let file = &site.files[ix.get()].path;
            Writer { name: file.to_string(), place: Some(Place::file(file)) }
        }
        Route::Redirect(page) => {
            let mut found = None;
            for_each_alias(site, &mut |alias, origin, of| {
                if of == *page && alias.value == *path {
                    found = Some(at(&origin.file, alias.span));
                }
            });
            found.expect("every redirect comes from an alias")
        }
        _ => Writer { name: "bulletin itself".to_owned(), place: None },
    }
}

fn term_writer<R: super::terms::Record>(term: &Term<R>, of: &impl Fn(&Origin) -> Writer) -> Writer {
    match &term.record {
        Some(record) => of(record.origin()),
        None => Writer { name: format!("the {} \"{}\"", R::WHAT, term.name), place: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pages_hold_every_item_once_and_numbered_ones_exactly_the_page_size(len in 0_usize..500, size in 1_usize..60) {
            let paging = Paging { len, size };
            let newest = paging.items(0);
            prop_assert!(newest.len() < 2 * size);
            prop_assert!(len == 0 || !newest.is_empty());
            let mut next = newest.end;
            for number in (1..=paging.numbered()).rev() {
                let items = paging.items(number);
                prop_assert_eq!(items.start, next);
                prop_assert_eq!(items.len(), size);
                next = items.end;
            }
            prop_assert_eq!(next, len);
        }

        #[test]
        fn a_new_item_leaves_numbered_pages_as_they_are(len in 0_usize..500, size in 1_usize..60) {
            let (before, after) = (Paging { len, size }, Paging { len: len + 1, size });
            for number in 1..=before.numbered() {
                let from_the_oldest = |paging: Paging| paging.len - paging.items(number).start;
                prop_assert_eq!(from_the_oldest(before), from_the_oldest(after));
            }
        }
    }
}
