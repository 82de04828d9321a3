//! The paths that redirect to a page.

use crate::diag::Spanned;
use crate::model::ArticleBase;
use crate::paths::OutPath;
use crate::site::indices::{DEFAULT_LANGUAGE, LanguageIx};
use crate::site::linked::Content;
use crate::site::page::Page;

/// Visits every alias with its article, and the page that it redirects to.
pub fn for_each_alias(site: &Content, visit: &mut impl FnMut(&Spanned<OutPath>, &ArticleBase, Page)) {
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

/// Where an alias of an article redirects, and into which language: at its path, and at the same path in the folder of
/// each other language. An alias that is written with such a folder is for that language alone.
pub fn alias_paths(site: &Content, alias: &OutPath, article: &ArticleBase) -> Vec<(LanguageIx, OutPath)> {
    let others = || site.language_indices().filter(|language| *language != DEFAULT_LANGUAGE);
    let folder = alias.as_str().split_once('/').map(|(folder, _)| folder);
    if let Some(language) = others().find(|language| Some(site.language(*language)) == folder) {
        return vec![(language, alias.clone())];
    }
    let below = |language| {
        let path = OutPath::new(format!("{}/{alias}", site.language(language)));
        (language, path.expect("a language and a checked path"))
    };
    let is_written = |path: &OutPath| article.aliases.iter().any(|written| written.value == *path);
    let in_others = others().map(below).filter(|(_, path)| !is_written(path));
    std::iter::once((DEFAULT_LANGUAGE, alias.clone())).chain(in_others).collect()
}
