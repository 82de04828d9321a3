//! Every output path of the site, each with its one writer.
//!
//! Owns where pages are and how lists are cut into pages; `clashes` refuses two writers of one path.

mod by_path;
mod clashes;
mod files;

use std::ops::Range;

use rayon::prelude::*;

use super::{
    BriefingIx, DEFAULT_LANGUAGE, DateIx, EventIx, FileIx, LanguageIx, NeighbourhoodIx, Notes, PlainIx, Site,
    SourceIx, StubIx, Term,
};
use crate::diag::Spanned;
use crate::model::ArticleBase;
use crate::paths::OutPath;
use crate::time::CalendarPage;
use by_path::ByPath;
pub use files::output_files;

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
    Event(EventIx, PageNumber),
    Plain(PlainIx),
    Names(PageNumber),
    Corrections(PageNumber),
    Figures(PageNumber),
    Timeline,
    Map,
    Search,
    NotFound,
}

/// What writes an output path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Page(LanguageIx, Page),
    /// The plain text of a page, beside it.
    PlainText(LanguageIx, Page),
    /// A path that a page had before: the page that it leads to.
    Redirect(Page),
    File(FileIx),
    Robots,
    Feed(LanguageIx, Feed),
    /// 0 where there is one sitemap, or for the index of several.
    Sitemap(u32),
    /// What runs on the search pages. The index has no routes: its names come from its bytes.
    SearchScript,
}

/// What those who come again take with a reader of feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// The newest briefings, as Atom.
    Briefings,
    BriefingsAsJson,
    Corrections,
    Neighbourhood(NeighbourhoodIx),
    Source(SourceIx),
}

impl Feed {
    /// The page that it follows.
    #[must_use]
    pub fn page(self) -> Page {
        match self {
            Self::Briefings | Self::BriefingsAsJson => Page::Home,
            Self::Corrections => Page::Corrections(0),
            Self::Neighbourhood(ix) => Page::Neighbourhood(ix, 0),
            Self::Source(ix) => Page::Source(ix, 0),
        }
    }
}

/// Where the script of the search pages is, with all that it loads beside it.
pub const SEARCH_SCRIPT: &str = "search/search.js";
/// All else there are parts of the index, which have no routes.
pub const SEARCH_FOLDER: &str = "search/";

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
                let place = &self.neighbourhoods[ix];
                most(&[place.term.claims.len(), place.term.briefings.len(), place.children.len()])
            }
            Page::Source(ix, _) => {
                let source = &self.sources[ix];
                most(&[source.term.claims.len(), source.relayed.len(), source.term.briefings.len()])
            }
            Page::Event(ix, _) => {
                let term = &self.events[ix].term;
                most(&[term.claims.len(), term.briefings.len()])
            }
            Page::Date(ix, _) => {
                let date = &self.dates[ix];
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
        self.sources.indices().filter(|ix| !self.sources[*ix].is_protected())
    }

    /// How many lines the A–Z has.
    pub(super) fn count_spellings(&self) -> usize {
        let places = self.neighbourhoods.iter().map(|n| spellings_of(&n.term).len());
        let sources = self.listed_sources().map(|ix| spellings_of(&self.sources[ix].term).len());
        places.chain(sources).sum()
    }

    /// Where a page is. Not every page is in every language: see [`Site::language_of`].
    ///
    /// # Panics
    /// Never for a page of this site: ids are checked where they are made.
    #[must_use]
    pub fn path(&self, language: LanguageIx, page: Page) -> OutPath {
        let mut path = String::with_capacity(64);
        self.write_path(&mut path, language, page);
        checked(&path)
    }

    /// Feeds name pages by their address, so that a site without one has none.
    #[must_use]
    pub fn has_feeds(&self) -> bool {
        self.config.outputs.feeds && self.config.base_url.is_some()
    }

    /// Where a feed is.
    ///
    /// # Panics
    /// Never for a feed of this site: ids are checked where they are made.
    #[must_use]
    pub fn feed_path(&self, language: LanguageIx, feed: Feed) -> OutPath {
        let mut path = String::with_capacity(64);
        self.push_language(&mut path, language);
        match feed {
            Feed::Briefings => path.push_str("feed.atom"),
            Feed::BriefingsAsJson => path.push_str("feed.json"),
            Feed::Corrections => path.push_str("corrections.atom"),
            Feed::Neighbourhood(ix) => {
                push_feed(&mut path, "neighbourhoods/", &self.neighbourhoods[ix].term.id)
            }
            Feed::Source(ix) => push_feed(&mut path, "sources/", &self.sources[ix].term.id),
        }
        checked(&path)
    }

    fn push_language(&self, path: &mut String, language: LanguageIx) {
        if language != DEFAULT_LANGUAGE {
            path.push_str(self.language(language));
            path.push('/');
        }
    }

    fn write_path(&self, path: &mut String, language: LanguageIx, page: Page) {
        self.push_language(path, language);
        self.push_path(path, page);
    }

    /// Where the plain text of a page is; none where it has none.
    #[must_use]
    pub fn plain_text_path(&self, language: LanguageIx, page: Page) -> Option<OutPath> {
        // 404.html is served in the place of others, and nothing is served in the place of a text.
        let has_one = self.config.outputs.text && page != Page::NotFound;
        has_one.then(|| plain_text_of(&self.path(language, page)))
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
            Page::Briefing(ix) => push_page(path, "briefings/", self.briefings[ix].article.id.as_str(), 0),
            Page::Stub(ix) => push_page(path, "briefings/", self.stubs[ix].article.id.as_str(), 0),
            Page::Neighbourhoods(number) => push_list(path, "neighbourhoods", number),
            Page::Neighbourhood(ix, number) => {
                push_page(path, "neighbourhoods/", self.neighbourhoods[ix].term.id.as_str(), number);
            }
            Page::Sources(number) => push_list(path, "sources", number),
            Page::Source(ix, number) => {
                push_page(path, "sources/", self.sources[ix].term.id.as_str(), number)
            }
            Page::Dates => path.push_str("dates/index.html"),
            Page::Date(ix, number) => push_page(path, "dates/", &date_id(self.dates[ix].page), number),
            Page::Event(ix, number) => push_page(path, "events/", self.events[ix].term.id.as_str(), number),
            Page::Plain(ix) => push_page(path, "", self.pages[ix].article.id.as_str(), 0),
            Page::Names(number) => push_page(path, "", "names", number),
            Page::Figures(number) => push_page(path, "", "figures", number),
            Page::Timeline => path.push_str("timeline.html"),
            Page::Map => path.push_str("map.html"),
            Page::Search => path.push_str("search.html"),
            Page::Corrections(number) => push_page(path, "", "corrections", number),
            Page::NotFound => path.push_str("404.html"),
        }
    }
}

/// Every distinct name that a term is known by, its own first: name, and language where known.
#[must_use]
pub fn spellings_of<R: super::names::Record>(term: &Term<R>) -> Vec<(&str, Option<&str>)> {
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

fn push_feed(path: &mut String, folder: &str, id: &crate::paths::Id) {
    path.push_str(folder);
    path.push_str(id.as_str());
    path.push_str(".atom");
}

/// The output paths of a site, sorted.
#[derive(Debug, Default)]
pub struct Routes {
    routes: Vec<(OutPath, Route)>,
    by_path: ByPath,
}

impl Routes {
    #[must_use]
    pub fn all(&self) -> &[(OutPath, Route)] {
        &self.routes
    }

    /// The index and the route of a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<(usize, Route)> {
        let found = self.by_path.find(path, &self.routes)?;
        Some((found, self.routes[found].1))
    }

    pub(super) fn register(site: &Site, notes: &mut Notes<'_>) -> Self {
        let mut all = Vec::with_capacity(site.briefings.len() * site.languages.len());
        for language in site.language_indices() {
            pages(site, &mut |page| all.push((language, page)));
        }
        let place = |path: &mut String, (language, page)| {
            path.clear();
            site.write_path(path, language, page);
            (checked(path), Route::Page(language, page))
        };
        let mut routes: Vec<(OutPath, Route)> = all.into_par_iter().map_init(String::new, place).collect();
        if site.config.outputs.text {
            let plain_text = |(path, route): &(OutPath, Route)| match route {
                Route::Page(language, page) => (plain_text_of(path), Route::PlainText(*language, *page)),
                _ => unreachable!("only pages are registered so far"),
            };
            let plain_texts: Vec<_> = routes.par_iter().map(plain_text).collect();
            routes.extend(plain_texts);
        }
        redirects(site, &mut routes);
        feeds(site, &mut routes);
        for (ix, file) in site.files.enumerated() {
            routes.push((file.out.clone(), Route::File(ix)));
        }
        push_generated(site, &mut routes);
        routes.par_sort_by(|a, b| a.0.cmp(&b.0));
        clashes::refuse(site, &routes, notes);
        let by_path = ByPath::new(&routes);
        Self { routes, by_path }
    }
}

/// Beside a page, with another ending.
#[must_use]
pub fn plain_text_of(page: &OutPath) -> OutPath {
    let stem = page.as_str().strip_suffix(".html").expect("every page ends so");
    checked(&[stem, ".txt"].concat())
}

fn checked(path: &str) -> OutPath {
    OutPath::new(path).expect("ids are checked where they are made")
}

/// Calls `register` with every page of one language. The page that answers for missing ones is
/// registered once, for the site.
fn pages(site: &Site, register: &mut impl FnMut(Page)) {
    register(Page::Home);
    register(Page::Dates);
    register(Page::Timeline);
    // Most sites know where some of their places lie, and many of none.
    if site.places_on_map().next().is_some() {
        register(Page::Map);
    }
    if site.config.outputs.search {
        register(Page::Search);
    }
    list(site, register, Page::Briefings);
    list(site, register, Page::Neighbourhoods);
    list(site, register, Page::Sources);
    list(site, register, Page::Names);
    list(site, register, Page::Corrections);
    list(site, register, Page::Figures);
    site.briefings.indices().for_each(|ix| register(Page::Briefing(ix)));
    site.stubs.indices().for_each(|ix| register(Page::Stub(ix)));
    for ix in site.neighbourhoods.indices() {
        list(site, register, |number| Page::Neighbourhood(ix, number));
    }
    for ix in site.listed_sources() {
        list(site, register, |number| Page::Source(ix, number));
    }
    for ix in site.dates.indices() {
        list(site, register, |number| Page::Date(ix, number));
    }
    for ix in site.events.indices() {
        list(site, register, |number| Page::Event(ix, number));
    }
    site.pages.indices().for_each(|ix| register(Page::Plain(ix)));
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
    if site.config.outputs.search {
        routes.push((named(SEARCH_SCRIPT.to_owned()), Route::SearchScript));
    }
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

/// Pages that a search engine may show: not those that say nothing themselves.
#[must_use]
pub fn is_in_sitemap(route: Route) -> bool {
    matches!(route, Route::Page(_, page) if !matches!(page, Page::NotFound | Page::Stub(_) | Page::Search))
}

fn feeds(site: &Site, routes: &mut Vec<(OutPath, Route)>) {
    if !site.has_feeds() {
        return;
    }
    for language in site.language_indices() {
        let places = site.neighbourhoods.indices().map(Feed::Neighbourhood);
        let sources = site.listed_sources().map(Feed::Source);
        let all = [Feed::Briefings, Feed::BriefingsAsJson, Feed::Corrections].into_iter();
        let all = all.chain(places).chain(sources);
        routes.extend(all.map(|feed| (site.feed_path(language, feed), Route::Feed(language, feed))));
    }
}

fn redirects(site: &Site, routes: &mut Vec<(OutPath, Route)>) {
    for_each_alias(site, &mut |alias, _, page| {
        routes.push((alias.value.clone(), Route::Redirect(page)));
    });
}

fn for_each_alias(site: &Site, visit: &mut impl FnMut(&Spanned<OutPath>, &ArticleBase, Page)) {
    let mut each = |article: &ArticleBase, page: Page| {
        article.aliases.iter().for_each(|alias| visit(alias, article, page));
    };
    for (ix, briefing) in site.briefings.enumerated() {
        each(&briefing.article, Page::Briefing(ix));
    }
    for (ix, stub) in site.stubs.enumerated() {
        each(&stub.article, Page::Stub(ix));
    }
    for (ix, page) in site.pages.enumerated() {
        each(&page.article, Page::Plain(ix));
    }
    for (ix, place) in site.neighbourhoods.enumerated() {
        if let Some(record) = &place.term.record {
            each(record, Page::Neighbourhood(ix, 0));
        }
    }
    for ix in site.listed_sources() {
        if let Some(record) = &site.sources[ix].term.record {
            each(record, Page::Source(ix, 0));
        }
    }
    for (ix, event) in site.events.enumerated() {
        if let Some(record) = &event.term.record {
            each(record, Page::Event(ix, 0));
        }
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
