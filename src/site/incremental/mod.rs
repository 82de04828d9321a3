//! A site from the one before it, where only texts changed.
//!
//! Owns what counts as text: that which linking does not look at, or only in ways that are looked at
//! here again. What an article says beside its texts is its shape, and the site stays only where
//! every shape does. Resolves nothing that names another file: such links must have stood before.
//!
//! Invariants: what comes out is what [`super::link`] would make of all articles, with the same
//! diagnostics, or nothing; what is not named here as text is shape, also a field that is new.

mod reshape;
mod shape;

use std::sync::Arc;

use super::links::{text_mut, without_files};
use super::{
    BriefingIx, EventIx, LinkOptions, LinkTarget, LinkedText, NeighbourhoodIx, Notes, Page, PlainIx,
    ResolvedBody, Site, SourceIx, corrections, guards,
};
use crate::diag::{Diagnostic, Place};
use crate::model::{Article, Body, Briefing, Translation};
use crate::sources::SourceSet;
use reshape::reshape;
use shape::has_same_shape;

/// The site after some articles changed, each given as it was and as it is; `None` where it must be
/// linked anew. `previous` was made with the same options, of the same articles but for these, and of
/// sources that differ in nothing but the texts of these files; its diagnostics are those that came
/// with it.
#[must_use]
pub fn relink(
    previous: &Site,
    previous_diagnostics: &[Diagnostic],
    sources: &SourceSet,
    changed: &[(Article, Article)],
    options: &LinkOptions,
) -> Option<(Site, Vec<Diagnostic>)> {
    let told = || previous_diagnostics.iter().chain(&previous.due);
    let is_told_of = changed.iter().any(|(before, _)| told().any(|told| is_about(told, file(before))));
    // A site as it was is made of other articles than these, and a fault may end with what it leads to.
    let is_plain = previous.as_of.is_none() && previous.is_whole && !told().any(Diagnostic::is_error);
    if is_told_of || !is_plain || *options != previous.options {
        return None;
    }
    let mut site = previous.clone();
    for (before, after) in changed {
        let page = replace(&mut site, before, after, sources, previous_diagnostics)?;
        if let Page::Briefing(ix) = page {
            let is_guarded = |site| repeats_instruction(site, ix);
            if is_guarded(previous) || is_guarded(&site) {
                return None;
            }
        }
        if let Article::Briefing(briefing) = after
            && !is_corrected_truly(briefing, sources)
        {
            return None;
        }
    }
    Some((site, previous_diagnostics.to_vec()))
}

fn file(article: &Article) -> &str {
    match article {
        Article::Briefing(article) => &article.file,
        Article::Page(article) => &article.file,
        Article::Neighbourhood(record) => &record.file,
        Article::Source(record) => &record.file,
        Article::Event(record) => &record.file,
        Article::Translation(translation) => &translation.file,
    }
}

fn is_about(told: &Diagnostic, file: &str) -> bool {
    let places = told.place.iter().chain(told.related.iter().map(|(place, _)| place));
    let mut places = places.map(|place: &Place| place.file.as_str());
    places.any(|place| place == file)
}

fn repeats_instruction(site: &Site, ix: BriefingIx) -> bool {
    let briefing = &site.briefings[ix];
    guards::repeated_instructions(&briefing.article, &briefing.text.translations).next().is_some()
}

/// Corrections say what a text is now.
fn is_corrected_truly(briefing: &Briefing, sources: &SourceSet) -> bool {
    let mut notes = Notes { sources, broken: &[], diagnostics: Vec::new() };
    corrections::check_briefing(briefing, &mut notes);
    notes.diagnostics.is_empty()
}

/// Puts one article into the place of another; the page that shows it.
fn replace(
    site: &mut Site,
    before: &Article,
    after: &Article,
    sources: &SourceSet,
    told: &[Diagnostic],
) -> Option<Page> {
    let is_text = has_same_shape(before, after);
    let page = find(site, before)?;
    if let (Article::Translation(before), Article::Translation(after), true) = (before, after, is_text) {
        replace_translation(site, page, before, after)?;
        return Some(page);
    }
    let links = text(site, page).links.clone();
    match (page, before, after) {
        _ if is_text => put(site, page, after),
        (Page::Briefing(ix), Article::Briefing(before), Article::Briefing(after)) => {
            reshape(site, ix, before, after, sources, told)?;
        }
        _ => return None,
    }
    let resolved = resolve(site, page, &links, body(before), body(after))?;
    if backlinked(&resolved) != backlinked(&links) {
        return None;
    }
    text_mut(site, page).links = resolved;
    Some(page)
}

fn replace_translation(
    site: &mut Site,
    page: Page,
    before: &Translation,
    after: &Arc<Translation>,
) -> Option<()> {
    let language = before.language.as_ref();
    let old = text(site, page).translated_links.get(language)?;
    let links = resolve(site, page, old, &before.body, &after.body)?;
    let text = text_mut(site, page);
    text.translations.insert(language.to_owned(), Arc::clone(after));
    text.translated_links.insert(language.to_owned(), links);
    Some(())
}

fn put(site: &mut Site, page: Page, after: &Article) {
    match (page, after) {
        (Page::Briefing(ix), Article::Briefing(after)) => {
            site.briefings.edit(ix).article = Arc::clone(after);
        }
        (Page::Plain(ix), Article::Page(after)) => site.pages.edit(ix).article = Arc::clone(after),
        (Page::Home, Article::Page(after)) => {
            let home = site.home.as_mut().expect("the article was found there");
            home.article = Arc::clone(after);
        }
        (Page::Neighbourhood(ix, _), Article::Neighbourhood(after)) => {
            site.neighbourhoods.edit(ix).term.record = Some(Arc::clone(after));
        }
        (Page::Source(ix, _), Article::Source(after)) => {
            site.sources.edit(ix).term.record = Some(Arc::clone(after));
        }
        (Page::Event(ix, _), Article::Event(after)) => {
            site.events.edit(ix).term.record = Some(Arc::clone(after));
        }
        _ => unreachable!("the page was found by an article of this kind"),
    }
}

/// The page of an article, where it is this very one that the site was linked from: drafts and what
/// has a stub in its place have none.
fn find(site: &Site, article: &Article) -> Option<Page> {
    match article {
        Article::Briefing(briefing) => {
            // Newest first, ties by path.
            let order = |linked: &Briefing| {
                briefing.date.cmp(&linked.date).then_with(|| linked.file.cmp(&briefing.file))
            };
            let found = site.briefings.binary_search_by(|linked| order(&linked.article)).ok()?;
            let is_it = Arc::ptr_eq(&site.briefings[BriefingIx::from(found)].article, briefing);
            is_it.then(|| Page::Briefing(BriefingIx::from(found)))
        }
        Article::Page(page) => {
            if site.home.as_ref().is_some_and(|home| Arc::ptr_eq(&home.article, page)) {
                return Some(Page::Home);
            }
            let found = site.pages.iter().position(|linked| Arc::ptr_eq(&linked.article, page));
            found.map(|index| Page::Plain(PlainIx::from(index)))
        }
        Article::Neighbourhood(record) => {
            let is_it = |own: &Arc<_>| Arc::ptr_eq(own, record);
            let found = site.neighbourhoods.iter().position(|n| n.term.record.as_ref().is_some_and(is_it));
            found.map(|index| Page::Neighbourhood(NeighbourhoodIx::from(index), 0))
        }
        Article::Source(record) => {
            let is_it = |own: &Arc<_>| Arc::ptr_eq(own, record);
            let found = site.sources.iter().position(|s| s.term.record.as_ref().is_some_and(is_it));
            found.map(|index| Page::Source(SourceIx::from(index), 0))
        }
        Article::Event(record) => {
            let is_it = |own: &Arc<_>| Arc::ptr_eq(own, record);
            let found = site.events.iter().position(|e| e.term.record.as_ref().is_some_and(is_it));
            found.map(|index| Page::Event(EventIx::from(index), 0))
        }
        Article::Translation(translation) => texts(site).find_map(|(page, text)| {
            let own = text.translations.get(translation.language.as_ref())?;
            Arc::ptr_eq(own, translation).then_some(page)
        }),
    }
}

fn texts(site: &Site) -> impl Iterator<Item = (Page, &LinkedText)> {
    let home = site.home.iter().map(|page| (Page::Home, &page.text));
    let briefings = site.briefings.enumerated().map(|(ix, b)| (Page::Briefing(ix), &b.text));
    let pages = site.pages.enumerated().map(|(ix, p)| (Page::Plain(ix), &p.text));
    let places = site.neighbourhoods.enumerated();
    let places = places.map(|(ix, n)| (Page::Neighbourhood(ix, 0), &n.term.text));
    let sources = site.sources.enumerated().map(|(ix, s)| (Page::Source(ix, 0), &s.term.text));
    let events = site.events.enumerated().map(|(ix, e)| (Page::Event(ix, 0), &e.term.text));
    home.chain(pages).chain(places).chain(sources).chain(events).chain(briefings)
}

fn text(site: &Site, page: Page) -> &LinkedText {
    match page {
        Page::Briefing(ix) => &site.briefings[ix].text,
        Page::Plain(ix) => &site.pages[ix].text,
        Page::Neighbourhood(ix, _) => &site.neighbourhoods[ix].term.text,
        Page::Source(ix, _) => &site.sources[ix].term.text,
        Page::Event(ix, _) => &site.events[ix].term.text,
        _ => &site.home.as_ref().expect("the other texts are the home page's").text,
    }
}

fn body(article: &Article) -> &Body {
    match article {
        Article::Briefing(article) => &article.body,
        Article::Page(article) => &article.body,
        Article::Neighbourhood(record) => &record.body,
        Article::Source(record) => &record.body,
        Article::Event(record) => &record.body,
        Article::Translation(translation) => &translation.body,
    }
}

/// The links of a changed body. Where a target leads depends on the page and its shape alone, so that
/// one which stood in the body before leads where it led. `None` where that is not known of all, or
/// where a part has gone that others may link to.
fn resolve(
    site: &Site,
    page: Page,
    links: &ResolvedBody,
    before: &Body,
    after: &Body,
) -> Option<ResolvedBody> {
    // Named one by one, so that a part that is new is not taken for text.
    let Body { html: _, headings, links: body_links, lead: _ } = after;
    let keeps = |id: &str| headings.iter().any(|heading| heading.id.as_ref() == id);
    if !before.headings.iter().all(|heading| keeps(&heading.id)) {
        return None;
    }
    // Most links stand in the order that they had.
    let mut next = 0;
    let mut resolved = Vec::with_capacity(body_links.len());
    for link in body_links {
        let mut from_next = (next..before.links.len()).chain(0..next.min(before.links.len()));
        if let Some(known) = from_next.find(|index| before.links[*index].target == link.target) {
            next = known + 1;
            resolved.push(links.get(known)?.clone());
        } else {
            resolved.push(without_files(site, &link.target, after, page)?.ok()?);
        }
    }
    Some(resolved)
}

/// Which pages list the one that these links stand on.
fn backlinked(links: &[LinkTarget]) -> Vec<Page> {
    let listed = links.iter().filter_map(|link| match link {
        LinkTarget::Page { page: page @ (Page::Briefing(_) | Page::Plain(_)), .. } => Some(*page),
        _ => None,
    });
    let mut listed: Vec<Page> = listed.collect();
    listed.sort_unstable();
    listed.dedup();
    listed
}

#[cfg(test)]
mod tests;
