//! Links from a text to the texts that link to it, and to its original.

use crate::model::ArticleBase;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::texts::{briefing_link, plain_title};
use crate::render::views::LinkView;
use crate::site::{DEFAULT_LANGUAGE, Page, Translations};

/// A page that every briefing links to must not grow with each of them.
const MOST_BACKLINKS: usize = 50;

/// Links to the pages that link here, and how many of them are left out.
pub fn backlinks(context: &PageContext<'_>, from: &[Page]) -> (Vec<LinkView>, usize) {
    let link = |page: &Page| match page {
        Page::Briefing(ix) => Some(briefing_link(context, *ix)),
        Page::Plain(ix) => Some(LinkView { text: plain_title(context, *ix).0, url: context.url(*page) }),
        _ => None,
    };
    let links = from.iter().take(MOST_BACKLINKS).filter_map(link).collect();
    (links, from.len().saturating_sub(MOST_BACKLINKS))
}

/// The page in the site's own language, if this one is a translation. One that shows the original's text says that
/// it is not translated.
pub fn original(
    context: &PageContext<'_>,
    article: &ArticleBase,
    translations: &Translations,
) -> Option<LinkView> {
    translations.get(context.lang()).filter(|translation| translation.has_body_of(article))?;
    Some(LinkView {
        text: context.words.language_name(context.original_lang()),
        url: context.url_in(DEFAULT_LANGUAGE, context.page, ""),
    })
}
