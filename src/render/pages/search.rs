//! The search page, and the line that the search shows next to each page it finds.

use crate::paths::OutPath;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::views::{LinkView, SearchView, Url};
use crate::site::{Page, SEARCH_SCRIPT};

pub fn search(context: &PageContext<'_>) -> SearchView {
    let ways = [
        ("menu-names", Page::Names(0)),
        ("menu-briefings", Page::Briefings(0)),
        ("menu-neighbourhoods", Page::Neighbourhoods(0)),
        ("menu-sources", Page::Sources(0)),
        ("menu-dates", Page::Dates),
    ];
    let script = OutPath::new(SEARCH_SCRIPT).expect("a plain name");
    SearchView {
        site: site_view(context),
        page: page_view(context, PageHeading::new("search", context.word("title-search"))),
        script: Url::relative(context.path, &script, ""),
        ways: ways.map(|(key, page)| LinkView { text: context.word(key), url: context.url(page) }).into(),
    }
}

/// The kind of a page, and when a briefing was published; `None` for pages that the search leaves out.
/// Lists and calendars repeat other pages. Further pages of a place or a source would be found for the same
/// words as its first.
pub fn about(context: &PageContext<'_>, page: Page) -> Option<String> {
    match page {
        Page::Briefing(ix) => {
            let article = &context.site.briefings[ix].article;
            let day = context.site.config.timezone.day_of(article.date);
            let date = context.words.date(context.lang(), day);
            let kind = article.kind.map(|kind| context.labelled("kind-", kind).label);
            Some(kind.into_iter().chain([date]).collect::<Vec<_>>().join(" · "))
        }
        Page::Neighbourhood(_, 0) => Some(context.word("of-neighbourhood")),
        Page::Source(_, 0) => Some(context.word("of-source")),
        Page::Event(_, 0) => Some(context.word("of-event")),
        Page::Plain(_) => Some(String::new()),
        _ => None,
    }
}
