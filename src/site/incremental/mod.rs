//! A site from the one before it, after a few articles were edited.
//!
//! Owns in which cases that is possible: no page, name or date comes or goes, and no diagnostic. In all
//! other cases everything is linked again. Resolves no link to another file: such a link must have been in
//! the text before.
//!
//! Invariant: returns exactly what [`super::link`] would make of all articles, diagnostics included, or
//! nothing.

mod briefing;
mod texts;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::attachments::linked_files;
use super::diagnostics::{Diagnostics, same_diagnostics};
use super::future_dates;
use super::indices::{BriefingIx, EventIx, NeighbourhoodIx, PlainIx, SourceIx};
use super::linked::{Content, Site};
use super::links::{Terms, articles, backlinked, without_files};
use super::options::LinkOptions;
use super::page::Page;
use super::parts::{ResolvedBody, shown_files};
use super::translations;
use crate::diag::{Diagnostic, Place};
use crate::model::{Article, Body, Briefing, Translation};
use crate::sources::SourceSet;
use texts::differs_in_text_only;

/// The site after some articles changed, each given as it was and as it is; `None` if everything must be
/// linked again.
///
/// `previous` was made with the same options but for a later time, of the same articles but for these, and of
/// sources that differ only in the texts of these files. Its diagnostics are those that came with it.
#[must_use]
pub fn relink(
    previous: &Site,
    previous_diagnostics: &[Diagnostic],
    sources: &SourceSet,
    changed: &[(Article, Article)],
    options: &LinkOptions,
) -> Option<(Site, Vec<Diagnostic>)> {
    let has_diagnostics = previous_diagnostics.iter().any(|diagnostic| {
        // A fault in another file may end with this edit, and one in these files may move.
        diagnostic.is_error()
            || changed
                .iter()
                .any(|(before, _)| is_about(diagnostic, before.file()) || is_in_table(diagnostic, before))
    });
    if has_diagnostics || previous.as_of.is_some() || !previous.is_whole || !previous.holds_with(options) {
        return None;
    }
    let zone = &sources.config.timezone;
    let mut site = previous.clone();
    site.content.options = *options;
    if site.schedule.has_any_until(options.now) {
        Arc::make_mut(&mut site.content.schedule).forget_until(options.now);
    }
    for (before, after) in changed {
        // Copying the schedule for each save would cost more than the comparison.
        if !site.schedule.has(after, zone, options) {
            Arc::make_mut(&mut site.content.schedule).set(after, zone, options);
        }
        replace(&mut site, before, after, sources, previous_diagnostics)?;
    }
    Some((site, previous_diagnostics.to_vec()))
}

fn is_about(diagnostic: &Diagnostic, file: &str) -> bool {
    let places = diagnostic.place.iter().chain(diagnostic.related.iter().map(|(place, _)| place));
    let mut places = places.map(|place: &Place| place.file.as_str());
    places.any(|place| place == file)
}

/// Whether a place is in a table that the article includes.
fn is_in_table(diagnostic: &Diagnostic, article: &Article) -> bool {
    let Article::Briefing(briefing) = article else { return false };
    briefing.tables.iter().any(|table| is_about(diagnostic, table))
}

/// Replaces one article.
fn replace(
    site: &mut Site,
    before: &Article,
    after: &Article,
    sources: &SourceSet,
    known: &[Diagnostic],
) -> Option<()> {
    match (before, after) {
        (Article::Briefing(before), Article::Briefing(after)) => {
            if future_dates::find(after, &site.options).next().is_some() {
                return None;
            }
            let ix = find_briefing(&site.content, before)?;
            briefing::replace(site, ix, before, after, sources, known)?;
            replace_links(site, Page::Briefing(ix), &before.body, &after.body)
        }
        (Article::Translation(before), Article::Translation(after)) => {
            replace_translation(site, before, after, sources)
        }
        _ if !differs_in_text_only(before, after) => None,
        _ => {
            let (page, before, after) = put(&mut site.content, before, after)?;
            replace_links(site, page, before, after)
        }
    }
}

/// The index of this very article, if it is a briefing of the site: drafts and stubs are not.
fn find_briefing(content: &Content, article: &Arc<Briefing>) -> Option<BriefingIx> {
    // Newest first, ties by path.
    let order =
        |linked: &Briefing| article.date.cmp(&linked.date).then_with(|| linked.file.cmp(&article.file));
    let found = content.briefings.binary_search_by(|linked| order(&linked.article)).ok()?;
    let ix = BriefingIx::from(found);
    Arc::ptr_eq(&content.briefings[ix].article, article).then_some(ix)
}

/// Replaces a page or record. Returns the page that shows it, and the two bodies.
fn put<'a>(
    content: &mut Content,
    before: &'a Article,
    after: &'a Article,
) -> Option<(Page, &'a Body, &'a Body)> {
    match (before, after) {
        (Article::Page(before), Article::Page(after)) => {
            let bodies = (&before.body, &after.body);
            if let Some(home) = content.home.as_mut().filter(|home| Arc::ptr_eq(&home.article, before)) {
                home.article = Arc::clone(after);
                return Some((Page::Home, bodies.0, bodies.1));
            }
            let pages = content.pages.iter().map(|linked| Some(&linked.article));
            let ix = PlainIx::from(position_of(before, pages)?);
            content.pages.edit(ix).article = Arc::clone(after);
            Some((Page::Plain(ix), bodies.0, bodies.1))
        }
        (Article::Neighbourhood(before), Article::Neighbourhood(after)) => {
            let records = content.neighbourhoods.iter().map(|n| n.term.record.as_ref());
            let ix = NeighbourhoodIx::from(position_of(before, records)?);
            content.neighbourhoods.edit(ix).term.record = Some(Arc::clone(after));
            Some((Page::Neighbourhood(ix, 0), &before.body, &after.body))
        }
        (Article::Source(before), Article::Source(after)) => {
            let records = content.sources.iter().map(|s| s.term.record.as_ref());
            let ix = SourceIx::from(position_of(before, records)?);
            content.sources.edit(ix).term.record = Some(Arc::clone(after));
            Some((Page::Source(ix, 0), &before.body, &after.body))
        }
        (Article::Event(before), Article::Event(after)) => {
            let records = content.events.iter().map(|e| e.term.record.as_ref());
            let ix = EventIx::from(position_of(before, records)?);
            content.events.edit(ix).term.record = Some(Arc::clone(after));
            Some((Page::Event(ix, 0), &before.body, &after.body))
        }
        _ => None,
    }
}

/// The position of this very article.
fn position_of<'a, A: 'a>(
    article: &Arc<A>,
    mut all: impl Iterator<Item = Option<&'a Arc<A>>>,
) -> Option<usize> {
    all.position(|own| own.is_some_and(|own| Arc::ptr_eq(own, article)))
}

fn replace_translation(
    site: &mut Site,
    before: &Arc<Translation>,
    after: &Arc<Translation>,
    sources: &SourceSet,
) -> Option<()> {
    let language = before.language.as_ref();
    let page = articles(&site.content).map(|(page, _)| page).find(|page| {
        let translation = site.content.translations(*page).and_then(|all| all.get(language));
        translation.is_some_and(|translation| Arc::ptr_eq(translation, before))
    })?;
    let previous = site.content.clone();
    let links = resolve(
        &site.content,
        page,
        site.links.of(page)?.translated.get(language)?,
        &before.body,
        &after.body,
    )?;
    let translations = site.content.translations_mut(page)?;
    translations.insert(language.to_owned(), Arc::clone(after));
    let is_of_record = matches!(page, Page::Neighbourhood(..) | Page::Source(..) | Page::Event(..));
    // The title of a record's translation is one of its names.
    if is_of_record && before.title != after.title {
        return None;
    }
    if let Page::Briefing(ix) = page {
        let article = &site.content.briefings[ix].article;
        let check = |translation: &Translation, diagnostics: &mut Diagnostics<'_>| {
            translations::check_translation(translation, Some(article), diagnostics);
        };
        let content = &site.content;
        let guards = |content, found: &mut Diagnostics<'_>| briefing::check_guards(content, ix, found);
        if !same_diagnostics(sources, |found| check(before, found), |found| check(after, found))
            || briefing::instructions(&previous.briefings[ix])
                != briefing::instructions(&content.briefings[ix])
            || !same_diagnostics(sources, |found| guards(&previous, found), |found| guards(content, found))
        {
            return None;
        }
    } else if after.texts_by_id().iter().any(|(_, texts)| !texts.is_empty()) || after.withdrawn_why.is_some()
    {
        return None;
    }
    site.links.of_mut(page)?.translated.insert(language.to_owned(), links);
    Some(())
}

/// Resolves the links of a changed body.
fn replace_links(site: &mut Site, page: Page, before: &Body, after: &Body) -> Option<()> {
    let known = &site.links.of(page)?.own;
    let links = resolve(&site.content, page, known, before, after)?;
    if backlinked(page, &links) != backlinked(page, known) {
        return None;
    }
    site.links.of_mut(page)?.own = links;
    Some(())
}

/// A link with a target that was in the body before leads where it led. `None` if the target of some link is
/// not known, or if a heading has gone that others may link to, or the link to a file.
fn resolve(
    content: &Content,
    page: Page,
    links: &ResolvedBody,
    before: &Body,
    after: &Body,
) -> Option<ResolvedBody> {
    // Listed one by one, so that a new field is not forgotten here.
    let Body { html: _, headings, links: body_links, lead: _ } = after;
    let kept: BTreeSet<&str> = headings.iter().map(|heading| heading.id.as_ref()).collect();
    if !before.headings.iter().all(|heading| kept.contains(heading.id.as_ref())) {
        return None;
    }
    // Most links are in the order that they had.
    let mut next = 0;
    let mut resolved = Vec::with_capacity(body_links.len());
    let terms = Terms::default();
    for link in body_links {
        let mut from_next = (next..before.links.len()).chain(0..next.min(before.links.len()));
        if let Some(known) = from_next.find(|index| before.links[*index].target == link.target) {
            next = known + 1;
            resolved.push(links.get(known)?.clone());
        } else {
            resolved.push(without_files(content, &terms, &link.target, after, page)?.ok()?);
        }
    }
    // A file that no text links to any more is not published.
    let loses_file = !linked_files(links.iter()).is_subset(&linked_files(resolved.iter()));
    // A picture that is shown has sizes, each with a path.
    let has_same_pictures = shown_files(links.iter()) == shown_files(resolved.iter());
    (!loses_file && has_same_pictures).then_some(resolved)
}

#[cfg(test)]
mod tests;
