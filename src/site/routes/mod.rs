//! Every output path of the site, each with its one writer.
//!
//! Owns where pages are and how lists are cut into pages; `clashes` refuses two writers of one path.

mod aliases;
mod by_path;
mod cards;
mod clashes;
mod files;
mod host_files;
mod paths;
pub mod table;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::data_files::DataFile;
use super::diagnostics::Diagnostics;
use super::indices::{DEFAULT_LANGUAGE, FileIx};
use super::linked::Content;
use super::page::{COPY_RECORD, Feed, PUBLIC_KEY, Page, PageNumber, Route, SEARCH_SCRIPT, URLS_PER_SITEMAP};
use super::parts::{PictureCopy, ShownPicture};
use crate::paths::OutPath;
use aliases::{alias_paths, for_each_alias};
pub use files::output_files;
use host_files::push_host_files;
use paths::{card_of, checked};
pub use paths::{count_spellings, date_id, plain_text_of, spellings_of};
use table::Routes;

/// Registers every output path. Two writers of one path are an error.
pub fn register(
    site: &Content,
    unlinked: &BTreeSet<FileIx>,
    pictures: &BTreeMap<FileIx, ShownPicture>,
    diagnostics: &mut Diagnostics<'_>,
) -> Routes {
    let mut all = Vec::with_capacity(site.briefings.len() * site.languages.len());
    for language in site.language_indices() {
        pages(site, &mut |page| {
            if site.is_in(language, page) {
                all.push((language, page));
            }
        });
    }
    let place = |path: &mut String, (language, page)| {
        path.clear();
        site.write_path(path, language, page);
        (checked(path), Route::Page(language, page))
    };
    let mut routes: Vec<(OutPath, Route)> = all.into_par_iter().map_init(String::new, place).collect();
    if site.config.outputs.text {
        let plain_text = |(path, route): &(OutPath, Route)| match route {
            Route::Page(language, page) if page.has_plain_text() => {
                Some((plain_text_of(path), Route::PlainText(*language, *page)))
            }
            _ => None,
        };
        let plain_texts: Vec<_> = routes.par_iter().filter_map(plain_text).collect();
        routes.extend(plain_texts);
    }
    cards(site, &mut routes);
    redirects(site, &mut routes);
    feeds(site, &mut routes);
    for (ix, file) in site.files.enumerated().filter(|(ix, _)| !unlinked.contains(ix)) {
        routes.push((file.out.clone(), Route::File(ix)));
    }
    for (ix, picture) in pictures {
        let route = |copy: &PictureCopy| (copy.out.clone(), Route::PictureCopy(*ix, copy.width));
        routes.extend(picture.copies.iter().map(route));
    }
    push_generated(site, &mut routes);
    push_host_files(site, &mut routes, diagnostics);
    routes.par_sort_by(|a, b| a.0.cmp(&b.0));
    clashes::refuse(site, &routes, diagnostics);
    Routes::new(routes)
}

impl Content {
    /// Where the pages of protected sources were if these had pages earlier, and their aliases. The paths can hold
    /// names that no message may have.
    #[must_use]
    pub fn protected_paths(&self) -> BTreeSet<OutPath> {
        let mut paths = BTreeSet::new();
        for (ix, source) in self.sources.enumerated().filter(|(_, source)| source.is_protected()) {
            paths.extend(self.language_indices().map(|language| self.path(language, Page::Source(ix, 0))));
            if let Some(record) = &source.term.record {
                let aliases = record.aliases.iter().flat_map(|alias| alias_paths(self, &alias.value, record));
                paths.extend(aliases.map(|(_, path)| path));
            }
        }
        paths
    }
}

/// Two sites have the same pages, given that they have the same terms and articles.
pub fn has_same_pages(one: &Content, other: &Content) -> bool {
    let all = |site| {
        let mut all = Vec::new();
        overviews(site, &mut |page| all.push(page));
        all
    };
    let dates_are_same = one.dates.iter().map(|date| date.page).eq(other.dates.iter().map(|date| date.page));
    dates_are_same && all(one) == all(other)
}

/// Calls `register` with every page of one language. The page that answers for missing ones is
/// registered once, for the site.
fn pages(site: &Content, register: &mut impl FnMut(Page)) {
    overviews(site, register);
    site.briefings.indices().for_each(|ix| register(Page::Briefing(ix)));
    site.stubs.indices().for_each(|ix| register(Page::Stub(ix)));
    site.pages.indices().for_each(|ix| register(Page::Plain(ix)));
}

/// The pages that gather what others say.
fn overviews(site: &Content, register: &mut impl FnMut(Page)) {
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
    list(site, register, Page::Changes);
    list(site, register, Page::Figures);
    for ix in site.neighbourhoods.indices() {
        list(site, register, |number| Page::Neighbourhood(ix, number));
        if site.config.outputs.sheets {
            register(Page::Sheet(ix));
        }
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
}

fn list(site: &Content, register: &mut impl FnMut(Page), page: impl Fn(PageNumber) -> Page) {
    for number in 0..=site.numbered_pages(page(0)) {
        register(page(number));
    }
}

fn push_generated(site: &Content, routes: &mut Vec<(OutPath, Route)>) {
    let named = |name: String| OutPath::new(name).expect("a plain name");
    routes.push((named("404.html".to_owned()), Route::Page(DEFAULT_LANGUAGE, Page::NotFound)));
    routes.push((named("robots.txt".to_owned()), Route::Robots));
    routes.push((named(COPY_RECORD.to_owned()), Route::CopyRecord));
    if site.config.public_key.is_some() {
        routes.push((named(PUBLIC_KEY.to_owned()), Route::PublicKey));
    }
    if site.config.outputs.data {
        routes.extend(DataFile::all().map(|file| (file.path(), Route::Data(file))));
    }
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

/// Pages that a search engine may show: not those that say nothing that no other page says.
#[must_use]
pub fn is_in_sitemap(route: Route) -> bool {
    let is_left_out = |page| matches!(page, Page::NotFound | Page::Stub(_) | Page::Search | Page::Sheet(_));
    matches!(route, Route::Page(_, page) if !is_left_out(page))
}

fn cards(site: &Content, routes: &mut Vec<(OutPath, Route)>) {
    if !site.has_cards() {
        return;
    }
    let briefings = site.briefings.indices().map(Page::Briefing);
    let pages: Vec<Page> = briefings.chain(site.stubs.indices().map(Page::Stub)).collect();
    for language in site.language_indices() {
        let own = pages.iter().filter(|page| site.is_in(language, **page));
        routes.extend(own.map(|page| (card_of(&site.path(language, *page)), Route::Card(language, *page))));
    }
}

fn feeds(site: &Content, routes: &mut Vec<(OutPath, Route)>) {
    if !site.has_feeds() {
        return;
    }
    for language in site.language_indices() {
        let places = site.neighbourhoods.indices().map(Feed::Neighbourhood);
        let sources = site.listed_sources().map(Feed::Source);
        let all = [Feed::Briefings, Feed::BriefingsAsJson, Feed::Corrections, Feed::Changes].into_iter();
        let events = site.events.indices().map(Feed::Event);
        let topics = (0..site.config.topics.len()).map(Feed::Topic);
        let all = all.chain(places).chain(sources).chain(events).chain(topics);
        routes.extend(all.map(|feed| (site.feed_path(language, feed), Route::Feed(language, feed))));
    }
}

fn redirects(site: &Content, routes: &mut Vec<(OutPath, Route)>) {
    for_each_alias(site, &mut |alias, article, page| {
        let redirects = alias_paths(site, &alias.value, article).into_iter();
        routes.extend(redirects.map(|(language, path)| (path, Route::Redirect(language, page))));
    });
}
