//! The paths that redirect to a page.

use crate::diag::Spanned;
use crate::model::ArticleBase;
use crate::paths::OutPath;
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
