//! What surrounds every page: the site, its menu, breadcrumbs, languages, feeds, links and times.

use super::value::{Url, views};

views! {
    /// The site, as seen from one page: in every template as `site`.
    SiteView {
        /// The title in site.toml, or its translation.
        title: String,
        /// The home page in this page's language.
        home: Url,
        /// The site's address is that of an onion service, which is text and no link.
        is_onion: bool,
        /// The menu: briefings, changes, neighbourhoods, sources, dates, timeline, map, figures, corrections, names, search, then the plain pages.
        menu: Vec<MenuLink>,
        /// The picture that site.toml names; none on 404.html.
        logo: Option<LogoView>,
        /// The line at the top of every page; none if site.toml has none.
        notice: Option<NoticeView>,
        /// Empty if site.toml has none.
        contact: String,
        licence: String,
        /// Of the key that copies are signed with, in groups of four letters; empty if site.toml has none.
        key_fingerprint: String,
        /// `[extra]` of site.toml.
        extra: toml::Table,
    }

    /// The picture next to the site's name, which says the same: its `alt` is empty.
    LogoView {
        url: Url,
        /// In pixels, for `width` and `height`: so nothing moves while it loads.
        width: usize,
        height: usize,
    }

    /// The line at the top of every page, such as the number of a hotline.
    NoticeView {
        text: String,
        /// Its target; may be empty.
        url: Url,
        /// The number or the mail address of `url`, if the text lacks it: for readers of paper and plain text.
        address: String,
        /// The language of the text; empty if it is the page's.
        lang: String,
        /// The direction of the text, for `dir`; empty if it is the page's.
        dir: &'static str,
    }

    MenuLink {
        text: String,
        url: Url,
        /// The page is this one or below it.
        current: bool,
    }

    /// The page itself: in every template as `page`.
    PageView {
        /// `home list briefing neighbourhood sheet source date event page names timeline map figures corrections search 404 stub`.
        kind: &'static str,
        /// Language code for `lang`.
        lang: String,
        /// `ltr` or `rtl`, for `dir`.
        dir: &'static str,
        /// The heading of the page.
        title: String,
        /// The language of the title; empty if it is the page's.
        title_lang: String,
        /// The direction of the title, for `dir`; empty if it is the page's.
        title_dir: &'static str,
        /// The language of the text if the original is shown for lack of a translation; else empty.
        original_lang: String,
        /// Its direction, `ltr` or `rtl`; empty with `original_lang`.
        original_dir: &'static str,
        /// One or two sentences, for `<meta>`; may be empty.
        description: String,
        /// Absolute; empty without a base_url.
        canonical: String,
        /// The page's address as an onion service; empty without one in site.toml.
        onion: String,
        /// The page at each of site.toml's mirrors, named by its host.
        mirrors: Vec<LinkView>,
        /// The picture that messengers show with the address of the page; none without a base_url, and only for briefings.
        card: Option<CardView>,
        /// The plain text of this page; empty without one.
        text: Url,
        /// The way to the root of the output, as `../../`: for files of the theme's `static/`.
        root: String,
        /// From the home page to the page above this one; empty if that is the home page.
        breadcrumbs: Vec<LinkView>,
        /// This page in every language of the site, itself included; empty for a site with one language.
        languages: Vec<LanguageLink>,
        /// The page covers what was known up to then.
        as_of: Option<TimeView>,
        /// The whole site shows what was known then; none if it shows what is known now.
        told_as_of: Option<TimeView>,
        /// When readers should look for a newer version.
        next_due: Option<TimeView>,
        /// The feeds to follow from here; empty without a base_url.
        feeds: Vec<FeedLink>,
        /// Open data of what an overview lists; empty on other pages.
        data: Vec<DataLink>,
        /// The page is served at any depth, so relative links are wrong: 404.html.
        any_depth: bool,
        /// Search engines must leave the page out: the build includes drafts, or nothing else is at this address.
        noindex: bool,
    }

    /// The picture of a page for messengers, for `<meta property="og:image">`. No page shows it.
    CardView {
        /// Absolute.
        address: String,
        /// In pixels.
        width: usize,
        height: usize,
        /// All that it says, for `og:image:alt`.
        text: String,
    }

    LinkView {
        text: String,
        url: Url,
    }

    /// A feed, for `<link rel="alternate">`.
    FeedLink {
        title: String,
        url: Url,
        /// `application/atom+xml` or `application/feed+json`
        mime: &'static str,
    }

    /// A file of open data.
    DataLink {
        title: String,
        url: Url,
        mime: &'static str,
        /// It describes the other files: `<link rel="describedby">`.
        is_description: bool,
    }

    LanguageLink {
        lang: String,
        dir: &'static str,
        /// The language's name in itself.
        text: String,
        url: Url,
        /// The absolute address, for search engines; empty without a base_url, and if the page is not in that language.
        address: String,
        current: bool,
    }

    /// A moment in the site's time zone.
    TimeView {
        /// RFC 3339, for `<time datetime>`.
        iso: String,
        /// Date and time in words; no time if it is midnight. With the offset in an hour that clocks show twice.
        text: String,
        /// The date alone, in words.
        date: String,
        /// The time alone; empty if it is midnight.
        time: String,
        /// The offset alone, as "GMT+3".
        offset: String,
        /// The page of the day; empty without one.
        day_url: Url,
    }
}
