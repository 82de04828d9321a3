//! The home page: what is new in the site.

use crate::render::pages::context::PageContext;
use crate::render::pages::parts::body::{html, shown_body};
use crate::render::pages::parts::corrections::corrected;
use crate::render::pages::parts::dates::latest_days;
use crate::render::pages::parts::items::{items, neighbourhood_item, source_item};
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::lists::newest_briefings;
use crate::render::views::{HomeView, Html};
use crate::site::{BriefingIx, Page};

/// How many days, and how many neighbourhoods and sources each, the page shows.
const MOST_DAYS: usize = 7;
const MOST_TERMS: usize = 12;

pub fn home(context: &PageContext<'_>) -> HomeView {
    let site = context.site;
    let newest = newest_briefings(site);
    let mut heading = PageHeading::dated("home", context.site_title(), context, &[], &newest);
    let mut body = Html::default();
    if let Some((home, text)) = site.home.as_ref().zip(site.text(Page::Home)) {
        let shown = shown_body(context, text);
        heading.is_original = shown.is_original && !shown.body.html.is_empty();
        let translation = home.translations.get(context.lang());
        let summary = translation.and_then(|t| t.summary.as_deref()).or(home.article.summary.as_deref());
        heading.description = summary.unwrap_or(&shown.body.lead).to_owned();
        let title = translation.and_then(|t| t.title.as_deref());
        if !home.article.title.is_empty() || title.is_some() {
            (heading.title, heading.title_lang) = context.translated(&home.article.title, title);
        }
        body = html(context, &shown);
    }
    let places = site.neighbourhoods.indices();
    let places = latest(places, |ix| site.neighbourhoods[ix].term.briefings.first());
    let sources = latest(site.listed_sources(), |ix| site.sources[ix].term.briefings.first());
    HomeView {
        site: site_view(context),
        page: page_view(context, heading),
        body,
        boxed: corrected(context, &site.corrections.boxed),
        all_corrections: context.url(Page::Corrections(0)),
        briefings: items(context, &newest),
        all_briefings: context.url(Page::Briefings(0)),
        neighbourhoods: places.into_iter().map(|ix| neighbourhood_item(context, ix)).collect(),
        all_neighbourhoods: context.url(Page::Neighbourhoods(0)),
        sources: sources.into_iter().map(|ix| source_item(context, ix)).collect(),
        all_sources: context.url(Page::Sources(0)),
        days: latest_days(context, MOST_DAYS),
        all_dates: context.url(Page::Dates),
    }
}

/// The neighbourhoods or sources with the newest briefings; ties by id.
fn latest<'s, T: Copy + Ord>(
    terms: impl Iterator<Item = T>,
    newest: impl Fn(T) -> Option<&'s BriefingIx>,
) -> Vec<T> {
    let mut terms: Vec<(BriefingIx, T)> = terms.filter_map(|term| Some((*newest(term)?, term))).collect();
    if terms.len() > MOST_TERMS {
        terms.select_nth_unstable(MOST_TERMS);
        terms.truncate(MOST_TERMS);
    }
    terms.sort();
    terms.into_iter().map(|(_, term)| term).collect()
}
