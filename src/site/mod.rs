//! The linked site: what each name means, which page shows what, and where every page is.
//!
//! Owns the resolving of names, claims, dates and links across files. Does no input or output,
//! builds no HTML and reads no clock: `LinkOptions` brings the time.
//!
//! Invariants: only [`link`] and [`relink`] make a [`Site`], complete, and nothing changes it afterwards;
//! briefings and claims are newest first, terms by id, ties by path; every output path is registered
//! once.

mod as_of;
mod claims;
pub mod corrections;
mod dates;
mod diagnostics;
mod due;
pub mod evidence;
pub mod figures;
mod guards;
mod incremental;
mod index_vec;
mod indices;
mod linked;
mod links;
mod names;
mod options;
mod outlines;
mod page;
mod parts;
mod published;
pub mod routes;
mod terms;

use std::sync::Arc;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::model::Article;
use crate::sources::SourceSet;
use diagnostics::Diagnostics;
pub use incremental::relink;
pub use index_vec::IndexVec;
pub use indices::{
    BriefingIx, ClaimIx, DEFAULT_LANGUAGE, DateIx, EventIx, FigureIx, FileIx, LanguageIx, NeighbourhoodIx,
    PlainIx, SourceIx, StubIx,
};
pub use linked::{Content, LinkedText, Site};
pub use options::LinkOptions;
pub use page::{Feed, Page, PageNumber, Paging, Route, SEARCH_FOLDER, SEARCH_SCRIPT, URLS_PER_SITEMAP};
pub use parts::{
    Corrected, CorrectionIx, DatePage, Event, FigureRow, LinkTarget, LinkedBriefing, LinkedClaim,
    Neighbourhood, OutputFile, ResolvedBody, Source, Stub, StubReason, Term, TextLinks, Translations,
};
use parts::{LinkedPage, Spellings};
use published::Sorted;
pub use routes::table::Routes;

/// Links the articles of a site. `broken` are the files that gave no article: a link to one of them is not
/// a second error. There is a site whatever the diagnostics say; with an error among them it must not be
/// published.
#[must_use]
pub fn link(
    sources: &SourceSet,
    articles: &[Article],
    broken: &[Arc<str>],
    options: &LinkOptions,
) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::new(sources, broken);
    let mut sorted = published::sort(articles, options, &mut diagnostics);
    corrections::check(&sorted, &mut diagnostics);
    if options.as_of.is_some() {
        as_of::rewind(&mut sorted, options.known_at());
    }
    let due = due::list(sources, articles, options);
    let content = content(&sorted, due, options, &mut diagnostics);
    let links = links::resolve(&content, &sorted.hidden, &mut diagnostics);
    let mut of_routes = diagnostics.fork();
    let check = || {
        evidence::check(&content, &mut diagnostics);
        guards::check(&content, &mut diagnostics);
    };
    let ((), routes) = rayon::join(check, || routes::register(&content, &mut of_routes));
    diagnostics.append(of_routes);
    (Site { content, links, routes: Arc::new(routes) }, diagnostics.into_vec())
}

fn content(
    sorted: &Sorted,
    due: Vec<Diagnostic>,
    options: &LinkOptions,
    diagnostics: &mut Diagnostics<'_>,
) -> Content {
    let config = &diagnostics.sources.config;
    let translations = &sorted.translations;
    let names::Registry { neighbourhoods: place_names, sources: source_names, events: event_names, index } =
        names::Registry::new(sorted, diagnostics);
    let briefings = claims::link(sorted, &index);
    let stubs = sorted.stubs.clone().into();
    let dates = dates::calendar(&briefings, &config.timezone);
    let spellings = Spellings { neighbourhoods: place_names.by_fold, sources: source_names.by_fold.clone() };
    let neighbourhoods =
        terms::neighbourhoods(place_names.entries, &index, &briefings, translations, diagnostics).into();
    let sources = terms::sources(source_names, &index, &briefings, translations, diagnostics).into();
    let events = terms::events(event_names, &briefings, translations).into();
    let files = routes::output_files(&briefings, &neighbourhoods, diagnostics);
    let outlines = outlines::read(&neighbourhoods, diagnostics);
    let (figures, assessments) = rayon::join(
        || figures::collect(&briefings),
        || evidence::assess(&briefings, &sources, &events, &spellings, config),
    );
    let linked_page = |article: &Arc<_>| linked_page(article, sorted);
    Content {
        config: Arc::new(config.clone()),
        as_of: options.as_of.map(|_| options.known_at()),
        options: *options,
        is_whole: diagnostics.broken.is_empty(),
        languages: languages(config),
        due: due.into(),
        corrections: Arc::new(corrections::collect(&briefings, &stubs, options)),
        home: sorted.home.as_ref().map(linked_page),
        pages: sorted.pages.iter().map(linked_page).collect::<Vec<_>>().into(),
        dates: dates.into(),
        figures: figures.into(),
        assessments,
        spelling_count: routes::count_spellings(&neighbourhoods, &sources),
        spellings: Arc::new(spellings),
        names: Arc::new(index),
        files: files.into(),
        outlines: Arc::new(outlines),
        briefings,
        stubs,
        neighbourhoods,
        sources,
        events,
    }
}

fn linked_page(article: &Arc<crate::model::PlainPage>, sorted: &Sorted) -> LinkedPage {
    let translations = sorted.translations.get(&article.file).cloned().unwrap_or_default();
    LinkedPage { article: Arc::clone(article), translations }
}

/// The default language first, then the others in the order of site.toml.
fn languages(config: &Config) -> Vec<String> {
    let others = config.languages.iter().filter(|code| **code != config.language);
    std::iter::once(&config.language).chain(others).map(ToString::to_string).collect()
}
