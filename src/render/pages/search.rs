//! The search page, and what the search says of a page that it found.

use super::Scene;
use super::layout::Heading;
use crate::render::views::{LinkView, SearchView, Url};
use crate::site::{Page, SEARCH_SCRIPT};

#[must_use]
pub fn search(scene: &Scene<'_>) -> SearchView {
    let ways = [
        ("menu-names", Page::Names(0)),
        ("menu-briefings", Page::Briefings(0)),
        ("menu-neighbourhoods", Page::Neighbourhoods(0)),
        ("menu-sources", Page::Sources(0)),
        ("menu-dates", Page::Dates),
    ];
    let script = crate::paths::OutPath::new(SEARCH_SCRIPT).expect("a plain name");
    SearchView {
        site: scene.site_view(),
        page: scene.page_view(Heading::new("search", scene.word("title-search"))),
        script: Url::relative(scene.path, &script, ""),
        ways: ways.map(|(key, page)| LinkView { text: scene.word(key), url: scene.url(page) }).into(),
    }
}

/// What kind of page it is, and of a briefing when it was published; `None` for pages that the search
/// leaves out. Lists and calendars repeat what stands on others, and further pages of a place or a
/// source would come up beside its first for the same words.
#[must_use]
pub fn about(scene: &Scene<'_>, page: Page) -> Option<String> {
    match page {
        Page::Briefing(ix) => {
            let article = &scene.site.briefings[ix.get()].article;
            let day = scene.site.config.timezone.day_of(article.date);
            let date = scene.words.date(scene.lang(), day);
            let kind = article.kind.map(|kind| scene.labelled("kind-", kind).label);
            Some(kind.into_iter().chain([date]).collect::<Vec<_>>().join(" · "))
        }
        Page::Neighbourhood(_, 0) => Some(scene.word("of-neighbourhood")),
        Page::Source(_, 0) => Some(scene.word("of-source")),
        Page::Event(_, 0) => Some(scene.word("of-event")),
        Page::Plain(_) => Some(String::new()),
        _ => None,
    }
}
