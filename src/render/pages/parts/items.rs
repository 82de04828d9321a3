//! Briefings, neighbourhoods and sources as items of a list.

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::labels::{briefing_kind, source_kind};
use crate::render::pages::parts::links::{neighbourhood_links, source_links};
use crate::render::pages::parts::texts::{briefing_title, summary};
use crate::render::pages::parts::times::published;
use crate::render::views::{ItemView, Shared, TermItem};
use crate::site::{BriefingIx, NeighbourhoodIx, Page, SourceIx};

pub fn items<'b>(
    context: &PageContext<'_>,
    briefings: impl IntoIterator<Item = &'b BriefingIx>,
) -> Vec<Shared<ItemView>> {
    briefings.into_iter().map(|ix| item(context, *ix)).collect()
}

pub fn item(context: &PageContext<'_>, ix: BriefingIx) -> Shared<ItemView> {
    context.shared(|shared| &shared.items, ix.into(), || make_item(context, ix))
}

fn make_item(context: &PageContext<'_>, ix: BriefingIx) -> ItemView {
    let briefing = &context.site.briefings[ix];
    let article = &briefing.article;
    let (title, lang) = briefing_title(context, ix);
    let (summary, summary_lang) = summary(context, ix);
    ItemView {
        dir: context.dir_of(&title, &lang),
        title,
        lang,
        url: context.url(Page::Briefing(ix)),
        published: published(context, ix),
        updated: article.updated.map(|moment| context.time(moment)),
        checked: article.checked.as_ref().map(|checked| context.time(checked.value)),
        kind: article.kind.map(|kind| briefing_kind(context, kind)),
        summary_dir: context.dir_of(&summary, &summary_lang),
        summary,
        summary_lang,
        neighbourhoods: neighbourhood_links(context, &briefing.neighbourhoods),
        sources: source_links(context, &briefing.sources),
        draft: article.draft,
        corrected: article.corrections.iter().any(|correction| correction.is_fault()),
    }
}

pub fn neighbourhood_item(context: &PageContext<'_>, ix: NeighbourhoodIx) -> TermItem {
    let term = &context.site.neighbourhoods[ix].term;
    TermItem {
        text: context.neighbourhood_name(ix),
        url: context.url(Page::Neighbourhood(ix, 0)),
        dir: "auto",
        kind: None,
        briefings: term.briefings.len(),
        claims: term.claims.len(),
        newest: term.briefings.first().map(|ix| published(context, *ix)),
    }
}

pub fn source_item(context: &PageContext<'_>, ix: SourceIx) -> TermItem {
    let term = &context.site.sources[ix].term;
    let kind = term.record.as_ref().and_then(|record| record.kind.as_ref());
    TermItem {
        text: context.source_name(ix),
        url: context.url(Page::Source(ix, 0)),
        dir: "auto",
        kind: kind.map(|kind| source_kind(context, kind)),
        briefings: term.briefings.len(),
        claims: term.claims.len(),
        newest: term.briefings.first().map(|ix| published(context, *ix)),
    }
}
