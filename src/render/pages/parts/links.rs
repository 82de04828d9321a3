//! Links to the pages of neighbourhoods, sources and events.

use crate::render::pages::context::PageContext;
use crate::render::views::{LinkView, Shared, TermLink, Url};
use crate::site::{EventIx, NeighbourhoodIx, Page, SourceIx};

pub fn neighbourhood_link(context: &PageContext<'_>, ix: NeighbourhoodIx) -> Shared<TermLink> {
    let make = || TermLink {
        text: context.neighbourhood_name(ix),
        url: context.url(Page::Neighbourhood(ix, 0)),
        dir: "auto",
    };
    context.shared(|shared| &shared.neighbourhoods, ix.into(), make)
}

pub fn neighbourhood_links(
    context: &PageContext<'_>,
    neighbourhoods: &[NeighbourhoodIx],
) -> Vec<Shared<TermLink>> {
    neighbourhoods.iter().map(|ix| neighbourhood_link(context, *ix)).collect()
}

/// A protected source has a label and no page.
pub fn source_link(context: &PageContext<'_>, ix: SourceIx) -> Shared<TermLink> {
    let make = || {
        let is_protected = context.site.sources[ix].is_protected();
        let url = if is_protected { Url::default() } else { context.url(Page::Source(ix, 0)) };
        TermLink { text: context.source_name(ix), url, dir: "auto" }
    };
    context.shared(|shared| &shared.sources, ix.into(), make)
}

pub fn source_links<'s>(
    context: &PageContext<'_>,
    sources: impl IntoIterator<Item = &'s SourceIx>,
) -> Vec<Shared<TermLink>> {
    sources.into_iter().map(|ix| source_link(context, *ix)).collect()
}

pub fn event_link(context: &PageContext<'_>, ix: EventIx) -> Shared<LinkView> {
    let make = || LinkView { text: context.event_name(ix), url: context.url(Page::Event(ix, 0)) };
    context.shared(|shared| &shared.events, ix.into(), make)
}
