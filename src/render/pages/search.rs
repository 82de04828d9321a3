//! The search page, and what the search says of a page that it found.

use super::PageContext;
use super::layout::Heading;
use crate::render::views::{LinkView, SearchView, Url};
use crate::site::{Page, SEARCH_SCRIPT};

#[must_use]
pub fn search(context: &PageContext<'_>) -> SearchView {
    let ways = [
        ("menu-names", Page::Names(0)),
        ("menu-briefings", Page::Briefings(0)),
        ("menu-neighbourhoods", Page::Neighbourhoods(0)),
        ("menu-sources", Page::Sources(0)),
        ("menu-dates", Page::Dates),
    ];
    let script = crate::paths::OutPath::new(SEARCH_SCRIPT).expect("a plain name");
    SearchView {
        site: context.site_view(),
        page: context.page_view(Heading::new("search", context.word("title-search"))),
        script: Url::relative(context.path, &script, ""),
        ways: ways.map(|(key, page)| LinkView { text: context.word(key), url: context.url(page) }).into(),
    }
}

/// What kind of page it is, and of a briefing when it was published; `None` for pages that the search
/// leaves out. Lists and calendars repeat what stands on others, and further pages of a place or a
/// source would come up beside its first for the same words.
#[must_use]
pub fn about(context: &PageContext<'_>, page: Page) -> Option<String> {
    match page {
        Page::Briefing(ix) => {
            let article = &context.site.briefings[ix.get()].article;
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
