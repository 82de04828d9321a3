//! What stands around every page: the site's menu, the breadcrumbs, the languages.

use super::PageContext;
use crate::paths::ascii_url_path;
use crate::render::views::{FeedLink, LanguageLink, LinkView, MenuLink, PageView, SiteView, TimeView, Url};
use crate::site::{BriefingIx, ClaimIx, DEFAULT_LANGUAGE, Feed, LanguageIx, NeighbourhoodIx, Page, PlainIx};
use crate::time::Moment;

/// What a page says about itself; the rest of [`PageView`] follows from its route.
pub struct Heading {
    pub kind: &'static str,
    pub title: String,
    /// The language of the title where it is not the page's, else empty.
    pub title_lang: String,
    pub description: String,
    /// The text is not in the page's language but in the site's own.
    pub is_original: bool,
    /// Up to what time the information reaches.
    pub as_of: Option<Moment>,
    pub next_due: Option<Moment>,
}

impl Heading {
    pub fn new(kind: &'static str, title: String) -> Self {
        Self {
            kind,
            title,
            title_lang: String::new(),
            description: String::new(),
            is_original: false,
            as_of: None,
            next_due: None,
        }
    }
}

impl PageContext<'_> {
    /// Up to what time the information reaches that comes from these, and after when to look for a
    /// newer copy: as what stands on the page says, so that a new briefing leaves older pages as they
    /// are. Of several promises the first that is later than all that was published: what was promised
    /// for then has come.
    pub fn date(&self, heading: &mut Heading, claims: &[ClaimIx], briefings: &[BriefingIx]) {
        let of_claims = claims.iter().map(|claim| claim.briefing);
        let articles = || {
            briefings
                .iter()
                .copied()
                .chain(of_claims.clone())
                .map(|ix| &self.site.briefings[ix.get()].article)
        };
        heading.as_of = articles().map(|article| super::articles::as_of(article)).max();
        let published = articles().map(|article| article.updated.unwrap_or(article.date)).max();
        let promised = articles().filter_map(|article| article.next_due);
        heading.next_due = promised.filter(|due| Some(*due) > published).min();
    }

    pub(super) fn make_site_view(&self) -> SiteView {
        SiteView {
            title: self.site_title(),
            home: self.url(Page::Home),
            menu: self.menu(),
            contact: text(self.site.config.contact.as_deref()),
            licence: text(self.site.config.licence.as_deref()),
            generator: concat!("bulletin ", env!("CARGO_PKG_VERSION")).to_owned(),
            extra: super::items::shown_table(&self.site.config.extra),
        }
    }

    fn menu(&self) -> Vec<MenuLink> {
        let lists = [
            ("menu-briefings", Page::Briefings(0)),
            ("menu-neighbourhoods", Page::Neighbourhoods(0)),
            ("menu-sources", Page::Sources(0)),
            ("menu-dates", Page::Dates),
            ("menu-timeline", Page::Timeline),
            ("menu-map", Page::Map),
            ("menu-figures", Page::Figures(0)),
            ("menu-corrections", Page::Corrections(0)),
            ("menu-names", Page::Names(0)),
            ("menu-search", Page::Search),
        ];
        let mut menu: Vec<MenuLink> = lists
            .into_iter()
            // Most sites have points for some of their places, and many for none.
            .filter(|(_, page)| match page {
                Page::Map => self.site.places_on_map().next().is_some(),
                Page::Search => self.site.config.outputs.search,
                _ => true,
            })
            .map(|(key, page)| MenuLink {
                text: self.word(key),
                url: self.url(page),
                current: self.is_below(page),
            })
            .collect();
        for index in 0..self.site.pages.len() {
            let page = Page::Plain(PlainIx(u32::try_from(index).unwrap_or(u32::MAX)));
            let (text, _) = self.plain_title(index);
            menu.push(MenuLink { text, url: self.url(page), current: self.page == page });
        }
        menu
    }

    /// Which entry of the menu the page stands below: all pages of a section see one menu.
    pub(super) fn section(&self) -> usize {
        match self.page {
            Page::Briefings(_) | Page::Briefing(_) | Page::Stub(_) => 0,
            Page::Neighbourhoods(_) | Page::Neighbourhood(..) => 1,
            Page::Sources(_) | Page::Source(..) => 2,
            Page::Dates | Page::Date(..) => 3,
            _ => 4,
        }
    }

    fn is_below(&self, list: Page) -> bool {
        match list {
            Page::Briefings(_) => matches!(self.page, Page::Briefings(_) | Page::Briefing(_) | Page::Stub(_)),
            Page::Neighbourhoods(_) => matches!(self.page, Page::Neighbourhoods(_) | Page::Neighbourhood(..)),
            Page::Sources(_) => matches!(self.page, Page::Sources(_) | Page::Source(..)),
            Page::Dates => matches!(self.page, Page::Dates | Page::Date(..)),
            Page::Names(_) => matches!(self.page, Page::Names(_)),
            Page::Figures(_) => matches!(self.page, Page::Figures(_)),
            Page::Corrections(_) => matches!(self.page, Page::Corrections(_)),
            Page::Timeline | Page::Map | Page::Search => self.page == list,
            _ => false,
        }
    }

    pub fn page_view(&self, heading: Heading) -> PageView {
        let lang =
            if heading.is_original && self.language != DEFAULT_LANGUAGE { self.original_lang() } else { "" };
        PageView {
            kind: heading.kind,
            lang: self.lang().to_owned(),
            dir: self.words.dir(self.lang()),
            title: heading.title,
            title_dir: if heading.title_lang.is_empty() { "" } else { self.words.dir(&heading.title_lang) },
            title_lang: heading.title_lang,
            original_lang: lang.to_owned(),
            original_dir: if lang.is_empty() { "" } else { self.words.dir(lang) },
            description: heading.description,
            canonical: self.canonical(),
            onion: self.at(self.site.config.onion.as_deref()),
            mirrors: self.mirrors(),
            text: self.plain_text_url(),
            root: "../".repeat(self.path.as_str().matches('/').count()),
            breadcrumbs: self.breadcrumbs(),
            languages: self.languages(),
            as_of: heading.as_of.map(|moment| self.time(self.site.as_of.map_or(moment, |at| at.min(moment)))),
            told_as_of: self.site.as_of.map(|moment| self.time(moment)),
            next_due: heading.next_due.map(|moment| self.time(moment)),
            feeds: self.feeds(),
            any_depth: self.page == Page::NotFound,
        }
    }

    /// Of the place or the source that the page is about, of corrections where they stand, else of the
    /// newest briefings.
    fn feeds(&self) -> Vec<FeedLink> {
        if !self.site.has_feeds() || self.page == Page::NotFound {
            return Vec::new();
        }
        let feeds = match self.page {
            Page::Neighbourhood(ix, _) => vec![Feed::Neighbourhood(ix)],
            Page::Source(ix, _) => vec![Feed::Source(ix)],
            Page::Corrections(_) => vec![Feed::Corrections],
            Page::Home => vec![Feed::Briefings, Feed::BriefingsAsJson, Feed::Corrections],
            _ => vec![Feed::Briefings],
        };
        feeds.into_iter().map(|feed| self.feed_link(feed)).collect()
    }

    fn feed_link(&self, feed: Feed) -> FeedLink {
        FeedLink {
            title: match feed {
                Feed::Briefings => self.word("latest-briefings"),
                Feed::BriefingsAsJson => format!("{} (JSON)", self.word("latest-briefings")),
                Feed::Corrections => self.word("title-corrections"),
                Feed::Neighbourhood(ix) => self.neighbourhood_name(ix),
                Feed::Source(ix) => self.source_name(ix),
            },
            url: Url::relative(self.path, &self.site.feed_path(self.language, feed), ""),
            mime: match feed {
                Feed::BriefingsAsJson => "application/feed+json",
                _ => "application/atom+xml",
            },
        }
    }

    fn plain_text_url(&self) -> Url {
        let plain_text = self.site.plain_text_path(self.language, self.page);
        plain_text.map_or_else(Url::default, |plain_text| Url::relative(self.path, &plain_text, ""))
    }

    /// The title of a page that a redirect can lead to.
    pub fn page_title(&self, page: Page) -> String {
        match page {
            Page::Briefing(ix) => self.briefing_title(ix).0,
            Page::Stub(ix) => self.site.stubs[ix.get()].article.title.to_string(),
            Page::Plain(ix) => self.plain_title(ix.get()).0,
            Page::Neighbourhood(ix, _) => self.neighbourhood_name(ix),
            Page::Source(ix, _) => self.source_name(ix),
            Page::Event(ix, _) => self.event_name(ix),
            _ => String::new(),
        }
    }

    /// The address of the page; of a stub that of the page that moved.
    fn canonical(&self) -> String {
        self.at(self.site.config.base_url.as_deref())
    }

    /// The page at another root, or nothing where there is none; 404.html is no page of its own.
    fn at(&self, root: Option<&str>) -> String {
        let root = root.filter(|_| self.page != Page::NotFound);
        root.map_or_else(String::new, |root| self.below(root, self.language, self.page))
    }

    fn below(&self, root: &str, language: LanguageIx, page: Page) -> String {
        format!("{root}{}", ascii_url_path(self.site.path(language, page).as_str()))
    }

    /// The address of a page in this page's language; empty without a base_url.
    pub fn absolute(&self, page: Page) -> String {
        self.absolute_in(self.language, page)
    }

    pub fn absolute_in(&self, language: LanguageIx, page: Page) -> String {
        let root = self.site.config.base_url.as_deref();
        root.map_or_else(String::new, |root| self.below(root, language, page))
    }

    fn mirrors(&self) -> Vec<LinkView> {
        let mirrors = self.site.config.mirrors.iter().filter(|_| self.page != Page::NotFound);
        mirrors
            .map(|root| LinkView {
                text: host(root).to_owned(),
                url: Url::external(&self.below(root, self.language, self.page)),
            })
            .collect()
    }

    fn breadcrumbs(&self) -> Vec<LinkView> {
        if matches!(self.page, Page::Home | Page::NotFound) {
            return Vec::new();
        }
        let mut crumbs = vec![self.crumb("menu-home", Page::Home)];
        match self.page {
            Page::Briefing(_) | Page::Stub(_) => {
                crumbs.push(self.crumb("menu-briefings", Page::Briefings(0)))
            }
            Page::Neighbourhood(ix, _) => {
                crumbs.push(self.crumb("menu-neighbourhoods", Page::Neighbourhoods(0)));
                crumbs.extend(self.ancestors(ix));
            }
            Page::Source(..) => crumbs.push(self.crumb("menu-sources", Page::Sources(0))),
            Page::Date(ix, _) => {
                crumbs.push(self.crumb("menu-dates", Page::Dates));
                crumbs.extend(self.dates_above(ix));
            }
            _ => {}
        }
        crumbs
    }

    fn crumb(&self, key: &str, page: Page) -> LinkView {
        LinkView { text: self.word(key), url: self.url(page) }
    }

    /// The larger places that a neighbourhood is a part of, the largest first.
    fn ancestors(&self, ix: NeighbourhoodIx) -> Vec<LinkView> {
        let above = |ix: &NeighbourhoodIx| self.site.neighbourhoods[ix.get()].parent;
        let mut ancestors: Vec<LinkView> = std::iter::successors(above(&ix), above)
            .map(|ix| LinkView {
                text: self.neighbourhood_name(ix),
                url: self.url(Page::Neighbourhood(ix, 0)),
            })
            .collect();
        ancestors.reverse();
        ancestors
    }

    fn languages(&self) -> Vec<LanguageLink> {
        if self.site.languages.len() < 2 || self.page == Page::NotFound {
            return Vec::new();
        }
        self.site
            .language_indices()
            .map(|language| {
                let lang = self.site.language(language);
                LanguageLink {
                    lang: lang.to_owned(),
                    dir: self.words.dir(lang),
                    text: self.words.language_name(lang),
                    url: self.url_in(language, self.page, ""),
                    current: language == self.language,
                }
            })
            .collect()
    }

    /// A moment in the words of the page, with the page of its day.
    pub fn time(&self, moment: Moment) -> TimeView {
        let zone = &self.site.config.timezone;
        let day = zone.day_of(moment);
        let page = self.site.date(crate::time::CalendarPage::Day(day));
        TimeView {
            iso: zone.local(moment).to_string(),
            text: self.words.moment(self.lang(), moment),
            date: self.words.date(self.lang(), day),
            day_url: page.map_or_else(Default::default, |ix| self.url(Page::Date(ix, 0))),
        }
    }
}

/// What people call an address: no scheme, no slash at its end.
fn host(root: &str) -> &str {
    root.split_once("://").map_or(root, |(_, rest)| rest).trim_end_matches('/')
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}
