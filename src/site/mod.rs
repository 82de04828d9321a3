//! The linked site: what each name means, which page shows what, and where every page is.
//!
//! Owns the resolving of names, claims, dates and links across files. Does no input or output,
//! builds no HTML and reads no clock: `LinkOptions` brings the time.
//!
//! Invariants: only [`link`] and [`relink`] make a [`Site`], complete, and nothing changes it afterwards;
//! briefings and claims are newest first, terms by id, ties by path; every output path is registered
//! once.

mod as_of;
mod attachments;
mod changes;
mod checked;
mod city;
mod claims;
pub mod corrections;
mod data_files;
mod dates;
mod diagnostics;
mod doubles;
pub mod evidence;
pub mod figures;
mod future_dates;
mod guards;
mod history;
mod host_files;
mod incremental;
mod index;
mod index_vec;
mod indices;
mod linked;
mod links;
mod merge;
mod names;
mod notice;
mod options;
mod outlines;
mod overdue;
mod page;
mod parts;
mod pictures;
mod published;
mod repeats;
pub mod routes;
mod schedule;
mod stray_city;
mod terms;
mod translations;
mod untranslated;

use std::sync::Arc;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::model::Article;
use crate::sources::SourceSet;
use changes::SiteChanges;
pub use changes::{Changed, SiteChange};
use city::LinkedCity;
use corrections::Corrections;
pub use corrections::{Corrected, CorrectionIx};
pub use data_files::{DataFile, Dataset};
pub use dates::DatePage;
use dates::Dates;
use diagnostics::Diagnostics;
use evidence::Assessments;
pub use figures::FigureRow;
use figures::Figures;
use guards::instruction_index::InstructionIndex;
pub use guards::tracked_secrets::tracked_secrets;
pub use host_files::{HostFile, is_unserved};
pub use incremental::relink;
pub use index_vec::IndexVec;
pub use indices::{
    BriefingIx, ClaimIx, DEFAULT_LANGUAGE, DateIx, EventIx, FigureIx, FileIx, LanguageIx, NeighbourhoodIx,
    PlainIx, SourceIx, StubIx,
};
pub use linked::{Content, LinkedText, Site};
pub use names::record::Record;
pub use options::LinkOptions;
pub use page::{
    COPY_RECORD, Feed, PUBLIC_KEY, Page, PageNumber, Paging, Route, SEARCH_FOLDER, SEARCH_SCRIPT,
    URLS_PER_SITEMAP,
};
pub use parts::{
    LinkTarget, LinkedBriefing, LinkedClaim, NoticeTarget, Original, OutputFile, PictureCopy, ResolvedBody,
    ShownPicture, Stub, StubReason, TextLinks, Translations,
};
use parts::{LinkedPage, Spellings};
use published::Sorted;
pub use repeats::list::RepeatIx;
use repeats::list::Repeats;
pub use routes::table::Routes;
pub use schedule::DueMoment;
use schedule::Schedule;
pub use terms::Term;
pub use terms::events::Event;
pub use terms::neighbourhoods::Neighbourhood;
pub use terms::sources::Source;
pub use translations::original_text;
pub use untranslated::notes as untranslated_notes;

/// Links the articles of a site. `broken` are the files whose front matter could not be read as a whole, sorted: a link to one of them is not
/// a second error. There is a site whatever the diagnostics say; with an error among them it must not be
/// published. `before` is an earlier site, of which a city is kept that was made of the very same bytes.
#[must_use]
pub fn link(
    sources: &SourceSet,
    articles: &[Article],
    broken: &[Arc<str>],
    before: Option<&Site>,
    options: &LinkOptions,
) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Diagnostics::new(sources, broken);
    let mut sorted = published::sort(articles, options, &mut diagnostics);
    future_dates::check(articles, options, &mut diagnostics);
    corrections::check(&sorted, &mut diagnostics);
    checked::check(&sorted, options.now, &mut diagnostics);
    doubles::check(&sorted.briefings, &mut diagnostics);
    if options.as_of.is_some() {
        as_of::rewind(&mut sorted, options.known_at());
    }
    let mut schedule = Schedule::new(sources, options);
    articles.iter().for_each(|article| schedule.set(article, &sources.config.timezone, options));
    let city = city::read(before.and_then(|before| before.city.as_ref()), &mut diagnostics);
    let content = content(&sorted, (schedule, city), options, &mut diagnostics);
    let links = links::resolve(&content, &sorted.hidden, &mut diagnostics);
    let unlinked = attachments::unlinked(&content, &links, &mut diagnostics);
    let mut of_routes = diagnostics.fork();
    let check = || {
        evidence::check(&content, &mut diagnostics);
        guards::check(&content, &mut diagnostics);
        history::check(&content, &mut diagnostics);
        stray_city::check(&content, &mut diagnostics);
    };
    let register = || {
        let pictures = pictures::shown(&content, &links, &mut of_routes);
        (routes::register(&content, &unlinked, &pictures, &mut of_routes), pictures)
    };
    let ((), (routes, pictures)) = rayon::join(check, register);
    diagnostics.append(of_routes);
    let site = Site { content, links, routes: Arc::new(routes), pictures: Arc::new(pictures) };
    (site, diagnostics.into_vec())
}

fn content(
    sorted: &Sorted,
    (schedule, city): (Schedule, Option<Arc<LinkedCity>>),
    options: &LinkOptions,
    diagnostics: &mut Diagnostics<'_>,
) -> Content {
    let config = &diagnostics.sources.config;
    let translations = &sorted.translations;
    let names::Registry { neighbourhoods: place_names, sources: source_names, events: event_names, index } =
        names::Registry::new(sorted, diagnostics);
    let mut briefings = claims::link(sorted, &index);
    let stubs = sorted.stubs.clone().into();
    repeats::link(&mut briefings, &stubs, sorted, options.as_of, diagnostics);
    let spellings = Spellings { neighbourhoods: place_names.by_fold, sources: source_names.by_fold.clone() };
    let neighbourhoods = terms::neighbourhoods::link(place_names.entries, &index, translations, diagnostics);
    let sources = terms::sources::link(source_names, &index, translations, diagnostics);
    let events = terms::events::link(event_names, translations);
    let files = routes::output_files(&briefings, &neighbourhoods, diagnostics);
    let outlines = outlines::read(&neighbourhoods, diagnostics);
    let linked_page = |article: &Arc<_>| linked_page(article, sorted);
    let mut content = Content {
        config: Arc::new(config.clone()),
        as_of: options.as_of.map(|_| options.known_at()),
        options: *options,
        is_whole: diagnostics.broken.is_empty(),
        languages: languages(config),
        schedule: Arc::new(schedule),
        corrections: Arc::new(Corrections::new(&stubs, options.known_at())),
        changes: Arc::new(SiteChanges::new(&stubs, &neighbourhoods, &spellings)),
        home: sorted.home.as_ref().map(linked_page),
        pages: sorted.pages.iter().map(linked_page).collect::<Vec<_>>().into(),
        dates: Dates::default(),
        figures: Figures::default(),
        repeats: Repeats::default(),
        assessments: Assessments::new(&sources, &events, &spellings, config),
        spelling_count: routes::count_spellings(&neighbourhoods, &sources),
        spellings: Arc::new(spellings),
        names: Arc::new(index),
        logo: diagnostics.sources.logo.clone(),
        files: files.into(),
        outlines: Arc::new(outlines),
        city,
        instructions: Arc::new(InstructionIndex::new(&briefings)),
        briefings,
        stubs,
        neighbourhoods,
        sources,
        events,
    };
    let all: Vec<BriefingIx> = content.briefings.indices().collect();
    content.add(&all);
    content
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
