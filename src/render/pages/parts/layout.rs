//! What surrounds every page: the site's menu, the breadcrumbs, the languages, the feeds.

use crate::config::is_of_onion_service;
use crate::model::Currency;
use crate::render::pages::context::{PageContext, address};
use crate::render::pages::parts::data_links::data_links;
use crate::render::pages::parts::dates::dates_above;
use crate::render::pages::parts::notice::notice;
use crate::render::pages::parts::pictures::card_view;
use crate::render::pages::parts::texts::{briefing_title, plain_title, stub_title};
use crate::render::views::{
    FeedLink, LanguageLink, LinkView, LogoView, MenuLink, PageView, Shared, SiteView, Url, printable_table,
};
use crate::site::{BriefingIx, ClaimIx, DEFAULT_LANGUAGE, Feed, NeighbourhoodIx, Page, PageNumber};
use crate::time::Moment;

/// What a page says about itself; the rest of [`PageView`] follows from its route.
pub struct PageHeading {
    pub kind: &'static str,
    pub title: String,
    /// The language of the title; empty if it is the page's.
    pub title_lang: String,
    pub description: String,
    /// The text is not in the page's language but in the site's own.
    pub is_original: bool,
    /// The page covers what was known up to then.
    pub as_of: Option<Moment>,
    /// When readers should look for a newer version.
    pub next_due: Option<Moment>,
}

impl PageHeading {
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

    /// The heading of a page that shows these claims and briefings and is as new as they are.
    ///
    /// Only what is on the page counts, so that a new briefing leaves older pages as they are.
    pub fn dated(
        kind: &'static str,
        title: String,
        context: &PageContext<'_>,
        claims: &[ClaimIx],
        briefings: &[BriefingIx],
    ) -> Self {
        let mut heading = Self::new(kind, title);
        heading.set_times(context, claims, briefings);
        heading
    }

    /// Adds what the record of the page promises, on its first page. The earliest promise counts; one that is not
    /// later than what the page knows has been kept.
    pub fn promise(&mut self, record: Option<&Currency>, number: PageNumber) {
        let promised =
            record.and_then(|record| record.next_due).filter(|due| number == 0 && Some(*due) > self.as_of);
        self.next_due = self.next_due.into_iter().chain(promised).min();
    }

    /// Sets `as_of` and `next_due` from the claims and briefings on the page.
    pub fn set_times(&mut self, context: &PageContext<'_>, claims: &[ClaimIx], briefings: &[BriefingIx]) {
        let of_claims = claims.iter().map(|claim| claim.briefing);
        let articles = || {
            let all = briefings.iter().copied().chain(of_claims.clone());
            all.map(|ix| &context.site.briefings[ix].article)
        };
        self.as_of = articles().map(|article| article.known_until()).max();
        let published = articles().map(|article| article.updated.unwrap_or(article.date)).max();
        // A promise that is not later than all that was published has been kept.
        let promised = articles().filter_map(|article| article.next_due);
        self.next_due = promised.filter(|due| Some(*due) > published).min();
    }
}

/// The site as seen from a page: its title, its menu.
pub fn site_view(context: &PageContext<'_>) -> Shared<SiteView> {
    context.shared(|shared| &shared.sites, section(context.page), || make_site_view(context))
}

pub fn make_site_view(context: &PageContext<'_>) -> SiteView {
    let config = &context.site.config;
    SiteView {
        title: context.site_title(),
        home: context.url(Page::Home),
        is_onion: config.base_url.as_deref().is_some_and(is_of_onion_service),
        menu: menu(context),
        logo: logo(context),
        notice: notice(context),
        contact: config.contact.as_deref().unwrap_or_default().to_owned(),
        licence: config.licence.as_deref().unwrap_or_default().to_owned(),
        key_fingerprint: config.public_key.map(|key| key.fingerprint()).unwrap_or_default(),
        extra: printable_table(&config.extra),
    }
}

/// 404.html is served at any depth, where no relative address is right.
fn logo(context: &PageContext<'_>) -> Option<LogoView> {
    let logo = context.site.logo.as_ref().filter(|_| context.page != Page::NotFound)?;
    Some(LogoView {
        url: Url::below(&context.root(), logo.out.as_str(), ""),
        width: logo.width as usize,
        height: logo.height as usize,
    })
}

/// Which entry of the menu the page is below: all pages of a section share one menu.
fn section(page: Page) -> usize {
    match page {
        Page::Briefings(_) | Page::Briefing(_) | Page::Stub(_) => 0,
        Page::Neighbourhoods(_) | Page::Neighbourhood(..) | Page::Sheet(_) => 1,
        Page::Sources(_) | Page::Source(..) => 2,
        Page::Dates | Page::Date(..) => 3,
        _ => 4,
    }
}

fn menu(context: &PageContext<'_>) -> Vec<MenuLink> {
    let lists = [
        ("menu-briefings", Page::Briefings(0)),
        ("menu-changes", Page::Changes(0)),
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
        .filter(|(_, page)| match page {
            Page::Map => context.site.places_on_map().next().is_some(),
            Page::Search => context.site.config.outputs.search,
            _ => true,
        })
        .map(|(key, page)| MenuLink {
            text: context.word(key),
            url: context.url(page),
            current: is_below(context.page, page),
        })
        .collect();
    for ix in context.site.pages.indices() {
        let page = Page::Plain(ix);
        let (text, _) = plain_title(context, ix);
        menu.push(MenuLink { text, url: context.url(page), current: context.page == page });
    }
    menu
}

/// Whether a page is a list of the menu or below it.
fn is_below(page: Page, list: Page) -> bool {
    match list {
        Page::Briefings(_) => matches!(page, Page::Briefings(_) | Page::Briefing(_) | Page::Stub(_)),
        Page::Neighbourhoods(_) => {
            matches!(page, Page::Neighbourhoods(_) | Page::Neighbourhood(..) | Page::Sheet(_))
        }
        Page::Sources(_) => matches!(page, Page::Sources(_) | Page::Source(..)),
        Page::Dates => matches!(page, Page::Dates | Page::Date(..)),
        Page::Names(_) => matches!(page, Page::Names(_)),
        Page::Figures(_) => matches!(page, Page::Figures(_)),
        Page::Corrections(_) => matches!(page, Page::Corrections(_)),
        Page::Changes(_) => matches!(page, Page::Changes(_)),
        Page::Timeline | Page::Map | Page::Search => page == list,
        _ => false,
    }
}

pub fn page_view(context: &PageContext<'_>, heading: PageHeading) -> PageView {
    let site = context.site;
    let words = context.words;
    let is_original = heading.is_original && context.language != DEFAULT_LANGUAGE;
    let original_lang = if is_original { context.original_lang() } else { "" };
    let original_dir = if is_original { words.dir(original_lang) } else { "" };
    PageView {
        kind: heading.kind,
        lang: context.lang().to_owned(),
        dir: words.dir(context.lang()),
        title_dir: context.dir_of(&heading.title, &heading.title_lang),
        title: heading.title,
        title_lang: heading.title_lang,
        original_lang: original_lang.to_owned(),
        original_dir,
        description: heading.description,
        canonical: address_at(context, site.config.base_url.as_deref()),
        onion: address_at(context, site.config.onion.as_deref()),
        mirrors: mirrors(context),
        card: card_view(context),
        text: plain_text_url(context),
        root: context.root(),
        breadcrumbs: breadcrumbs(context),
        languages: languages(context),
        as_of: heading.as_of.map(|moment| context.time(site.as_of.map_or(moment, |at| at.min(moment)))),
        told_as_of: site.as_of.map(|moment| context.time(moment)),
        next_due: heading.next_due.map(|moment| context.time(moment)),
        feeds: feeds(context),
        data: data_links(context),
        any_depth: context.page == Page::NotFound,
        noindex: site.has_drafts() || matches!(context.page, Page::NotFound | Page::Stub(_) | Page::Sheet(_)),
    }
}

/// The feeds of the place or the source that the page is about, or of the newest briefings.
fn feeds(context: &PageContext<'_>) -> Vec<FeedLink> {
    if !context.site.has_feeds() || context.page == Page::NotFound {
        return Vec::new();
    }
    let feeds = match context.page {
        Page::Neighbourhood(ix, _) => vec![Feed::Neighbourhood(ix)],
        Page::Source(ix, _) => vec![Feed::Source(ix)],
        Page::Event(ix, _) => vec![Feed::Event(ix)],
        Page::Corrections(_) => vec![Feed::Corrections],
        Page::Changes(_) => vec![Feed::Changes],
        Page::Home => {
            let topics = (0..context.site.config.topics.len()).map(Feed::Topic);
            let all = [Feed::Briefings, Feed::BriefingsAsJson, Feed::Changes, Feed::Corrections].into_iter();
            all.chain(topics).collect()
        }
        _ => vec![Feed::Briefings],
    };
    feeds.into_iter().map(|feed| feed_link(context, feed)).collect()
}

fn feed_link(context: &PageContext<'_>, feed: Feed) -> FeedLink {
    FeedLink {
        title: match feed {
            Feed::Briefings => context.word("latest-briefings"),
            Feed::BriefingsAsJson => format!("{} (JSON)", context.word("latest-briefings")),
            Feed::Corrections => context.word("title-corrections"),
            Feed::Changes => context.word("title-changes"),
            Feed::Neighbourhood(ix) => context.neighbourhood_name(ix),
            Feed::Source(ix) => context.source_name(ix),
            Feed::Event(ix) => context.event_name(ix),
            Feed::Topic(position) => context.topic_name(&context.site.config.topics[position]),
        },
        url: Url::relative(context.path, &context.site.feed_path(context.language, feed), ""),
        mime: match feed {
            Feed::BriefingsAsJson => "application/feed+json",
            _ => "application/atom+xml",
        },
    }
}

fn plain_text_url(context: &PageContext<'_>) -> Url {
    let plain_text = context.site.plain_text_path(context.language, context.page);
    plain_text.map_or_else(Url::default, |plain_text| Url::relative(context.path, &plain_text, ""))
}

/// The title of a page that a redirect can point to.
pub fn page_title(context: &PageContext<'_>, page: Page) -> String {
    match page {
        Page::Briefing(ix) => briefing_title(context, ix).0,
        Page::Stub(ix) => stub_title(context, ix).0,
        Page::Plain(ix) => plain_title(context, ix).0,
        Page::Neighbourhood(ix, _) => context.neighbourhood_name(ix),
        Page::Source(ix, _) => context.source_name(ix),
        Page::Event(ix, _) => context.event_name(ix),
        _ => String::new(),
    }
}

/// The address of the page below a root; empty without one, and for 404.html, which has no address.
fn address_at(context: &PageContext<'_>, root: Option<&str>) -> String {
    match root {
        Some(root) if context.page != Page::NotFound => {
            address(context.site, root, context.language, context.page.canonical())
        }
        _ => String::new(),
    }
}

fn mirrors(context: &PageContext<'_>) -> Vec<LinkView> {
    if context.page == Page::NotFound {
        return Vec::new();
    }
    let mirror = |root: &str| LinkView {
        text: host(root).to_owned(),
        url: Url::external(&address(context.site, root, context.language, context.page)),
    };
    context.site.config.mirrors.iter().map(|root| mirror(root)).collect()
}

/// The address of a site as people write it: no scheme, no slash at the end.
fn host(root: &str) -> &str {
    root.split_once("://").map_or(root, |(_, rest)| rest).trim_end_matches('/')
}

fn breadcrumbs(context: &PageContext<'_>) -> Vec<LinkView> {
    if matches!(context.page, Page::Home | Page::NotFound) {
        return Vec::new();
    }
    let crumb = |key: &str, page: Page| LinkView { text: context.word(key), url: context.url(page) };
    let mut crumbs = vec![crumb("menu-home", Page::Home)];
    match context.page {
        Page::Briefing(_) | Page::Stub(_) => crumbs.push(crumb("menu-briefings", Page::Briefings(0))),
        Page::Neighbourhood(ix, _) => {
            crumbs.push(crumb("menu-neighbourhoods", Page::Neighbourhoods(0)));
            crumbs.extend(ancestors(context, ix));
        }
        Page::Source(..) => crumbs.push(crumb("menu-sources", Page::Sources(0))),
        Page::Date(ix, _) => {
            crumbs.push(crumb("menu-dates", Page::Dates));
            crumbs.extend(dates_above(context, ix));
        }
        // The name of the site is a link to its home page.
        _ => return Vec::new(),
    }
    crumbs
}

/// The larger places that a neighbourhood is a part of, the largest first.
fn ancestors(context: &PageContext<'_>, ix: NeighbourhoodIx) -> Vec<LinkView> {
    let parent = |ix: &NeighbourhoodIx| context.site.neighbourhoods[*ix].parent;
    let mut ancestors: Vec<LinkView> = std::iter::successors(parent(&ix), parent)
        .map(|ix| LinkView {
            text: context.neighbourhood_name(ix),
            url: context.url(Page::Neighbourhood(ix, 0)),
        })
        .collect();
    ancestors.reverse();
    ancestors
}

fn languages(context: &PageContext<'_>) -> Vec<LanguageLink> {
    if context.site.languages.len() < 2 || context.page == Page::NotFound {
        return Vec::new();
    }
    let link = |language| {
        let lang = context.site.language(language);
        let page = if context.site.is_in(language, context.page) { context.page } else { Page::Home };
        LanguageLink {
            lang: lang.to_owned(),
            dir: context.words.dir(lang),
            text: context.words.language_name(lang),
            url: context.url_in(language, page, ""),
            address: if context.site.is_translated(language, context.page) {
                context.absolute_in(language, context.page)
            } else {
                String::new()
            },
            current: language == context.language,
        }
    };
    context.site.language_indices().map(link).collect()
}
