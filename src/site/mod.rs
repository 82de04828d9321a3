//! The linked site: who names whom, what stands on which page, and where every page is.
//!
//! Owns the resolving of names, claims, dates and links across files. Does no input or output,
//! builds no HTML and reads no clock: `LinkOptions` brings the time.
//!
//! Invariants: only [`link`] and [`relink`] make a [`Site`], and nothing changes it afterwards;
//! briefings and claims are newest first, terms by id, ties by path; every output path is registered
//! once.

pub mod as_of;
mod claims;
pub mod corrections;
mod dates;
mod due;
pub mod evidence;
pub mod figures;
pub mod guards;
mod incremental;
mod index_vec;
mod links;
mod names;
mod outlines;
mod published;
pub mod routes;

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diag::{Diagnostic, Place, Span};
use crate::model::{
    Article, Briefing, Claim, EventRecord, NeighbourhoodRecord, Outline, PlainPage, SourceRecord, Translation,
};
use crate::paths::Id;
use crate::sources::SourceSet;
use crate::time::{CalendarPage, Moment};
pub use incremental::relink;
pub use index_vec::IndexVec;
pub use links::{LinkTarget, ResolvedBody};
pub use routes::{Feed, Page, Paging, Route, Routes, SEARCH_SCRIPT};

/// An index into one of the site's lists, typed by the list.
macro_rules! indices {
    ($($name:ident),+) => {$(
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(u32::try_from(index).expect("a site has fewer than 4 billion of anything"))
            }
        }

        impl From<$name> for usize {
            fn from(index: $name) -> Self {
                index.0 as Self
            }
        }
    )+};
}

indices!(
    BriefingIx,
    NeighbourhoodIx,
    SourceIx,
    EventIx,
    DateIx,
    PlainIx,
    StubIx,
    FileIx,
    FigureIx,
    LanguageIx
);

/// A claim: that of a briefing at a position. What is claimed in one briefing moves no other claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIx {
    pub briefing: BriefingIx,
    /// In its briefing's claims, in the order of the file.
    position: u32,
}

impl ClaimIx {
    pub(crate) fn new(briefing: BriefingIx, position: usize) -> Self {
        let position = u32::try_from(position).expect("a file has fewer than 4 billion claims");
        Self { briefing, position }
    }

    fn position(self) -> usize {
        self.position as usize
    }
}

/// The default language.
pub const DEFAULT_LANGUAGE: LanguageIx = LanguageIx(0);

/// What a build is told beside the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkOptions {
    /// Opens and closes embargoes, expiry and the box of serious corrections; nothing else looks at it.
    pub now: Moment,
    /// The site as it was known then; `None` for as it is known now.
    pub as_of: Option<Moment>,
    /// Drafts are part of the site.
    pub drafts: bool,
}

impl LinkOptions {
    /// The time that the site is told for: never later than now.
    #[must_use]
    pub fn known_at(&self) -> Moment {
        self.as_of.map_or(self.now, |at| at.min(self.now))
    }
}

/// A copy costs a few references, so that a site can be made from another one.
#[derive(Clone, Debug)]
pub struct Site {
    /// Newest first.
    pub briefings: IndexVec<BriefingIx, LinkedBriefing>,
    /// What stands where a withdrawn or expired briefing was, by id.
    pub stubs: IndexVec<StubIx, Stub>,
    pub home: Option<LinkedPage>,
    /// By id.
    pub pages: IndexVec<PlainIx, LinkedPage>,
    pub neighbourhoods: IndexVec<NeighbourhoodIx, Neighbourhood>,
    pub sources: IndexVec<SourceIx, Source>,
    pub events: IndexVec<EventIx, Event>,
    /// Its fields read as those of the site.
    shape: Arc<Shape>,
}

/// All of a site that holds no text of an article, and so stays when only texts change.
#[derive(Clone, Debug)]
pub struct Shape {
    pub config: Arc<Config>,
    /// It is told as it was known then, and not as today.
    pub as_of: Option<Moment>,
    /// What it was linked with.
    options: LinkOptions,
    /// No file gave no article.
    is_whole: bool,
    /// What lapses or is awaited in the next two days, for `check`.
    pub due: Vec<Diagnostic>,
    /// The default one first.
    pub languages: Vec<String>,
    /// Years, then months, then days, each in order of time.
    pub dates: IndexVec<DateIx, DatePage>,
    pub spellings: Arc<Spellings>,
    /// What a name in an article means, for when one of them changes.
    meanings: Arc<names::Meanings>,
    /// Files that are copied: static ones and attachments.
    pub files: IndexVec<FileIx, OutputFile>,
    /// The shapes of neighbourhoods that have one.
    pub outlines: Arc<BTreeMap<NeighbourhoodIx, Outline>>,
    /// How many lines the A–Z has.
    pub spelling_count: usize,
    pub corrections: Arc<corrections::Corrections>,
    /// By measure, then newest first.
    pub figures: IndexVec<FigureIx, figures::FigureRow>,
    /// Who stands behind each claim, and how much that carries.
    pub weights: evidence::Weights,
    pub routes: Arc<Routes>,
}

impl Deref for Site {
    type Target = Shape;

    fn deref(&self) -> &Shape {
        &self.shape
    }
}

/// What every spelling leads to, by [`crate::paths::fold_name`]; for looking up, never to iterate.
#[derive(Debug, Default)]
pub struct Spellings {
    pub neighbourhoods: HashMap<String, NeighbourhoodIx, ahash::RandomState>,
    pub sources: HashMap<String, SourceIx, ahash::RandomState>,
}

/// Translations by language code.
pub type Translations = BTreeMap<String, Arc<Translation>>;

#[derive(Clone, Debug)]
pub struct LinkedBriefing {
    pub article: Arc<Briefing>,
    pub text: LinkedText,
    /// Its own, then those of its claims.
    pub neighbourhoods: Vec<NeighbourhoodIx>,
    /// Those of its claims, then its own.
    pub sources: Vec<SourceIx>,
    /// In the order of the file.
    pub claims: Vec<LinkedClaim>,
    /// Who links here, newest first, pages last.
    pub backlinks: Vec<Page>,
}

/// The links of an article's body and of its translations' bodies.
#[derive(Clone, Debug, Default)]
pub struct LinkedText {
    pub links: ResolvedBody,
    pub translations: Translations,
    pub translated_links: BTreeMap<String, ResolvedBody>,
}

#[derive(Clone, Debug)]
pub struct Stub {
    pub article: Arc<Briefing>,
    pub reason: StubReason,
    pub at: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StubReason {
    Withdrawn,
    Expired,
}

#[derive(Clone, Debug)]
pub struct LinkedPage {
    pub article: Arc<PlainPage>,
    pub text: LinkedText,
    pub backlinks: Vec<Page>,
}

/// What neighbourhoods, sources and events have in common.
#[derive(Clone, Debug)]
pub struct Term<R> {
    pub id: Id,
    /// The title of its record, or the name as first written.
    pub name: Box<str>,
    pub record: Option<Arc<R>>,
    pub text: LinkedText,
    /// Newest first.
    pub briefings: Vec<BriefingIx>,
    /// Newest first by when they were added.
    pub claims: Vec<ClaimIx>,
}

#[derive(Clone, Debug)]
pub struct Neighbourhood {
    /// Its claims and briefings are its own and its children's.
    pub term: Term<NeighbourhoodRecord>,
    pub parent: Option<NeighbourhoodIx>,
    pub children: Vec<NeighbourhoodIx>,
}

#[derive(Clone, Debug)]
pub struct Source {
    /// The claims that it made.
    pub term: Term<SourceRecord>,
    /// The claims that it passed on, newest first.
    pub relayed: Vec<ClaimIx>,
    pub relays: Vec<SourceIx>,
}

impl Source {
    /// Readers see its label only, and there is no page for it.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.term.record.as_ref().is_some_and(|record| record.protected)
    }
}

#[derive(Clone, Debug)]
pub struct Event {
    pub term: Term<EventRecord>,
}

#[derive(Clone, Debug)]
pub struct LinkedClaim {
    pub briefing: BriefingIx,
    /// `None`: nobody is named.
    pub source: Option<SourceIx>,
    pub via: Vec<SourceIx>,
    pub neighbourhoods: Vec<NeighbourhoodIx>,
    pub event: Option<EventIx>,
    pub added: Moment,
}

/// A year, month or day that something belongs to.
#[derive(Clone, Debug)]
pub struct DatePage {
    pub page: CalendarPage,
    pub happened: Vec<ClaimIx>,
    /// Said then, about another time.
    pub said: Vec<ClaimIx>,
    pub published: Vec<BriefingIx>,
    /// Corrections made later about it: the briefing, and the position in its `corrections`.
    pub corrected: Vec<(BriefingIx, usize)>,
}

/// A file that is copied into the output.
#[derive(Debug)]
pub struct OutputFile {
    /// In [`SourceSet::files`].
    pub source: usize,
    pub path: Arc<str>,
    pub out: crate::paths::OutPath,
}

impl Site {
    #[must_use]
    pub fn claim(&self, claim: ClaimIx) -> &Claim {
        &self.briefings[claim.briefing].article.claims[claim.position()]
    }

    /// Whom and what a claim names.
    #[must_use]
    pub fn linked_claim(&self, claim: ClaimIx) -> &LinkedClaim {
        &self.briefings[claim.briefing].claims[claim.position()]
    }

    /// The claims of a briefing, in the order of its file.
    pub fn claims_of(&self, briefing: BriefingIx) -> impl Iterator<Item = ClaimIx> + use<> {
        let count = self.briefings[briefing].claims.len();
        (0..count).map(move |position| ClaimIx::new(briefing, position))
    }

    /// All claims, in the order of the briefings and their files.
    pub fn all_claims(&self) -> impl Iterator<Item = ClaimIx> {
        self.briefings.indices().flat_map(|ix| self.claims_of(ix))
    }

    #[must_use]
    pub fn language(&self, language: LanguageIx) -> &str {
        &self.languages[usize::from(language)]
    }

    /// What readers of a language see; the name as first written where it has no other.
    #[must_use]
    pub fn neighbourhood_name(&self, ix: NeighbourhoodIx, language: LanguageIx) -> &str {
        self.name_of(&self.neighbourhoods[ix].term, language)
    }

    /// As [`Site::neighbourhood_name`]; of a protected source its label only.
    #[must_use]
    pub fn source_name(&self, ix: SourceIx, language: LanguageIx) -> &str {
        let term = &self.sources[ix].term;
        match &term.record {
            Some(record) if record.protected => record.label.as_deref().unwrap_or_default(),
            _ => self.name_of(term, language),
        }
    }

    /// As [`Site::neighbourhood_name`].
    #[must_use]
    pub fn event_name(&self, ix: EventIx, language: LanguageIx) -> &str {
        self.name_of(&self.events[ix].term, language)
    }

    fn name_of<'a, R: names::Record>(&'a self, term: &'a Term<R>, language: LanguageIx) -> &'a str {
        let language = self.language(language);
        let named = term
            .record
            .as_ref()
            .and_then(|record| record.naming().names.get(language))
            .map(|name| &name.value);
        let translated =
            || term.text.translations.get(language).and_then(|translation| translation.title.as_ref());
        named.or_else(translated).unwrap_or(&term.name)
    }

    /// Every language of the site, the default one first.
    pub fn language_indices(&self) -> impl Iterator<Item = LanguageIx> + use<> {
        (0..self.languages.len()).map(LanguageIx::from)
    }

    /// The page of the calendar, where something belongs to it.
    #[must_use]
    pub fn date(&self, page: CalendarPage) -> Option<DateIx> {
        self.dates.binary_search_by(|date| date.page.cmp(&page)).ok().map(DateIx::from)
    }
}

/// Links the articles of a site; `broken` names the files that gave none, so that what leads to
/// one of them is not told as a second error. The site stands whatever the diagnostics say; with an error
/// among them it must not be published.
#[must_use]
pub fn link(
    sources: &SourceSet,
    articles: &[Article],
    broken: &[Arc<str>],
    options: &LinkOptions,
) -> (Site, Vec<Diagnostic>) {
    let mut notes = Notes { sources, broken, diagnostics: Vec::new() };
    let mut sorted = published::sort(articles, options, &mut notes);
    corrections::check(&sorted, &mut notes);
    if options.as_of.is_some() {
        as_of::rewind(&mut sorted, options.known_at());
    }
    let terms = names::Registry::new(&sorted, &mut notes);
    let linked = claims::link(&sorted, &terms.meanings);
    let mut shape = Shape::new(sources, broken, options);
    let (dates, (corrections, due)) = rayon::join(
        || dates::calendar(&sorted, &linked, &sources.config.timezone),
        || (corrections::collect(&sorted, options), due::list(sources, articles, options)),
    );
    (shape.dates, shape.corrections, shape.due) = (dates.into(), Arc::new(corrections), due);
    let hidden = std::mem::take(&mut sorted.hidden);
    let mut site = names::assemble(terms, sorted, linked, shape, &mut notes);
    let files = routes::output_files(&site, &mut notes);
    let outlines = outlines::read(&site, &mut notes);
    let shape = site.shape_mut();
    shape.files = files.into();
    shape.outlines = Arc::new(outlines);
    links::resolve(&mut site, &hidden, &mut notes);
    let ((figures, spelling_count), weights) =
        rayon::join(|| (figures::collect(&site), site.count_spellings()), || evidence::weigh(&site));
    let shape = site.shape_mut();
    (shape.figures, shape.weights, shape.spelling_count) = (figures.into(), weights, spelling_count);
    let mut of_routes = notes.beside();
    let check = || {
        evidence::check(&site, &mut notes);
        guards::check(&site, &mut notes);
    };
    let ((), routes) = rayon::join(check, || Routes::register(&site, &mut of_routes));
    notes.diagnostics.append(&mut of_routes.diagnostics);
    site.shape_mut().routes = Arc::new(routes);
    (site, notes.diagnostics)
}

impl Shape {
    /// What is known before anything is linked.
    fn new(sources: &SourceSet, broken: &[Arc<str>], options: &LinkOptions) -> Self {
        Self {
            config: Arc::new(sources.config.clone()),
            as_of: options.as_of.map(|_| options.known_at()),
            options: *options,
            is_whole: broken.is_empty(),
            due: Vec::new(),
            languages: languages(&sources.config),
            dates: IndexVec::default(),
            spellings: Arc::default(),
            meanings: Arc::default(),
            files: IndexVec::default(),
            outlines: Arc::default(),
            spelling_count: 0,
            corrections: Arc::default(),
            figures: IndexVec::default(),
            weights: evidence::Weights::default(),
            routes: Arc::default(),
        }
    }
}

/// The default language first, then the others in the order of site.toml.
fn languages(config: &Config) -> Vec<String> {
    let others = config.languages.iter().filter(|code| **code != config.language);
    std::iter::once(&config.language).chain(others).map(ToString::to_string).collect()
}

impl Site {
    /// The shape of this copy alone.
    fn shape_mut(&mut self) -> &mut Shape {
        Arc::make_mut(&mut self.shape)
    }
}

/// How many briefings a core looks through at a time: few enough for all cores to have some, and
/// enough for the handing out to cost nothing.
const AT_A_TIME: usize = 256;

/// Where linking writes what it finds wrong.
pub struct Notes<'a> {
    sources: &'a SourceSet,
    /// Files that gave no article, by path.
    broken: &'a [Arc<str>],
    diagnostics: Vec<Diagnostic>,
}

impl Notes<'_> {
    /// For what is looked at beside others; who made it adds its diagnostics in order.
    fn beside(&self) -> Self {
        Self { sources: self.sources, broken: self.broken, diagnostics: Vec::new() }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Looks at many things on all cores; what is wrong is told in their order.
    fn of_each<T: Sync>(&mut self, all: &[T], look: impl Fn(&T, &mut Self) + Sync) {
        let shared: &Self = self;
        let found = all.par_chunks(AT_A_TIME).map(|some| {
            let mut notes = shared.beside();
            some.iter().for_each(|one| look(one, &mut notes));
            notes.diagnostics
        });
        let found: Vec<Vec<Diagnostic>> = found.collect();
        self.diagnostics.extend(found.into_iter().flatten());
    }

    fn is_broken(&self, file: &str) -> bool {
        self.broken.binary_search_by(|broken| broken.as_ref().cmp(file)).is_ok()
    }

    fn place(&self, file: &str, span: Span) -> Place {
        self.sources.place(file, span)
    }
}
