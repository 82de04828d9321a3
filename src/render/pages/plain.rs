//! A page of its own, such as `about.md`.

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::backlinks::{backlinks, original};
use crate::render::pages::parts::body::{contents, html, shown_body};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::texts::plain_title;
use crate::render::views::{PlainView, printable_table};
use crate::site::{Page, PlainIx};

pub fn page(context: &PageContext<'_>, ix: PlainIx) -> PlainView {
    let page = &context.site.pages[ix];
    let article = &page.article;
    let shown = shown_body(context, context.site.plain_text(ix));
    let translation = page.translations.get(context.lang());
    let summary = translation.and_then(|t| t.summary.as_deref()).or(article.summary.as_deref());
    let (title, title_lang) = plain_title(context, ix);
    let heading = PageHeading {
        kind: "page",
        title,
        title_lang,
        description: summary.unwrap_or(&shown.body.lead).to_owned(),
        is_original: shown.is_original,
        as_of: article.as_of,
        next_due: article.next_due,
    };
    let (backlinks, more_backlinks) = backlinks(context, context.site.backlinks(Page::Plain(ix)));
    PlainView {
        site: site_view(context),
        page: page_view(context, heading),
        contents: contents(context, shown.body),
        body: html(context, &shown),
        backlinks,
        more_backlinks,
        original: original(context, article, &page.translations),
        extra: printable_table(&article.extra),
    }
}
