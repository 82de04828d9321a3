//! The output path of each page, and how many pages each list has.

use crate::paths::OutPath;
use crate::site::indices::{DEFAULT_LANGUAGE, LanguageIx};
use crate::site::linked::Content;
use crate::site::names::record::Record;
use crate::site::page::{Feed, Page, PageNumber, Paging};
use crate::site::terms::Term;
use crate::site::terms::neighbourhoods::Neighbourhoods;
use crate::site::terms::sources::Sources;
use crate::time::CalendarPage;

impl Content {
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
            Page::Changes(_) => most(&[self.changes.all.len()]),
            _ => 0,
        }
    }

    /// Where a page is: one that is not in the language's tree is in that of the original.
    ///
    /// # Panics
    /// Never for a page of this site: ids are checked where they are made.
    #[must_use]
    pub fn path(&self, language: LanguageIx, page: Page) -> OutPath {
        let mut path = String::with_capacity(64);
        let language = if self.is_in(language, page) { language } else { DEFAULT_LANGUAGE };
        self.write_path(&mut path, language, page);
        checked(&path)
    }

    /// Feeds name pages by their address, so that a site without one has none.
    #[must_use]
    pub fn has_feeds(&self) -> bool {
        self.config.outputs.feeds && self.config.base_url.is_some()
    }

    /// Messengers find a picture by its address, so that a site without one has none.
    #[must_use]
    pub fn has_cards(&self) -> bool {
        self.config.outputs.cards && self.config.base_url.is_some()
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
            Feed::Changes => path.push_str("changes.atom"),
            Feed::Neighbourhood(ix) => {
                push_feed(&mut path, "neighbourhoods/", self.neighbourhoods[ix].term.id.as_str())
            }
            Feed::Source(ix) => push_feed(&mut path, "sources/", self.sources[ix].term.id.as_str()),
            Feed::Event(ix) => push_feed(&mut path, "events/", self.events[ix].term.id.as_str()),
            Feed::Topic(position) => push_feed(&mut path, "topics/", &self.config.topics[position]),
        }
        checked(&path)
    }

    fn push_language(&self, path: &mut String, language: LanguageIx) {
        if language != DEFAULT_LANGUAGE {
            path.push_str(self.language(language));
            path.push('/');
        }
    }

    pub(super) fn write_path(&self, path: &mut String, language: LanguageIx, page: Page) {
        self.push_language(path, language);
        self.push_path(path, page);
    }

    /// Where the plain text of a page is; none where it has none.
    #[must_use]
    pub fn plain_text_path(&self, language: LanguageIx, page: Page) -> Option<OutPath> {
        let has_one = self.config.outputs.text && page.has_plain_text();
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
            Page::Sheet(ix) => {
                path.push_str("neighbourhoods/");
                path.push_str(self.neighbourhoods[ix].term.id.as_str());
                path.push_str("-sheet.html");
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
            Page::Changes(number) => push_page(path, "", "changes", number),
            Page::NotFound => path.push_str("404.html"),
        }
    }
}

/// How many lines the A–Z has.
pub fn count_spellings(neighbourhoods: &Neighbourhoods, sources: &Sources) -> usize {
    let places = neighbourhoods.iter().map(|place| spellings_of(&place.term).len());
    let listed = sources.iter().filter(|source| !source.is_protected());
    places.chain(listed.map(|source| spellings_of(&source.term).len())).sum()
}

/// Every distinct name that a term is known by, its own first: name, and language where known.
#[must_use]
pub fn spellings_of<R: Record>(term: &Term<R>) -> Vec<(&str, Option<&str>)> {
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

fn push_feed(path: &mut String, folder: &str, id: &str) {
    path.push_str(folder);
    path.push_str(id);
    path.push_str(".atom");
}

/// The path of a page's plain text: next to it, with another ending.
#[must_use]
pub fn plain_text_of(page: &OutPath) -> OutPath {
    with_ending(page, ".txt")
}

/// The path of a page's card, likewise.
#[must_use]
pub fn card_of(page: &OutPath) -> OutPath {
    with_ending(page, ".png")
}

fn with_ending(page: &OutPath, ending: &str) -> OutPath {
    let stem = page.as_str().strip_suffix(".html").expect("every page ends so");
    checked(&[stem, ending].concat())
}

pub fn checked(path: &str) -> OutPath {
    OutPath::new(path).expect("ids are checked where they are made")
}
