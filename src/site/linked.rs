//! A linked site.
//!
//! Owns what is in a site and how it is looked up. Only [`super::link`] and [`super::relink`] make one,
//! complete in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use super::changes::{Changed, SiteChanges};
use super::city::LinkedCity;
use super::corrections::{Corrected, Corrections};
use super::dates::Dates;
use super::evidence::assessment::Assessments;
use super::figures::Figures;
use super::guards::instruction_index::InstructionIndex;
use super::index_vec::IndexVec;
use super::indices::{
    BriefingIx, ClaimIx, DEFAULT_LANGUAGE, DateIx, EventIx, FileIx, LanguageIx, NeighbourhoodIx, PlainIx,
    SourceIx, StubIx,
};
use super::names::index::NameIndex;
use super::names::record::Record;
use super::options::LinkOptions;
use super::page::Page;
use super::parts::{
    Briefings, LinkTarget, LinkedClaim, LinkedPage, NoticeLinks, NoticeTarget, Original, OutputFile,
    ShownPicture, Spellings, Stub, TextLinks, Translations, shown_files,
};
use super::repeats::list::Repeats;
use super::routes::table::Routes;
use super::schedule::{DueMoment, Schedule};
use super::terms::Term;
use super::terms::events::Events;
use super::terms::neighbourhoods::Neighbourhoods;
use super::terms::sources::Sources;
use crate::config::{Config, Untranslated};
use crate::diag::Diagnostic;
use crate::file_formats::Recording;
use crate::model::{ArticleBase, Body, Claim, Outline};
use crate::paths::{Id, fold_name};
use crate::sources::{Logo, SourceSet};
use crate::time::{CalendarPage, Moment};

/// The content of a site, where its links lead, and its output paths. A copy costs a few references.
#[derive(Clone, Debug)]
pub struct Site {
    pub(super) content: Content,
    pub(super) links: Links,
    pub routes: Arc<Routes>,
    /// Those that texts show in more than one size.
    pub(super) pictures: Arc<BTreeMap<FileIx, ShownPicture>>,
}

/// All of a site but links and output paths.
#[derive(Clone, Debug)]
pub struct Content {
    pub config: Arc<Config>,
    /// Set if this is the site as it was known then.
    pub as_of: Option<Moment>,
    pub(super) options: LinkOptions,
    /// Every file gave an article.
    pub(super) is_whole: bool,
    /// The default one first.
    pub languages: Vec<String>,
    /// When something changes by itself or is awaited.
    pub(super) schedule: Arc<Schedule>,
    /// Newest first.
    pub briefings: Briefings,
    /// By id.
    pub stubs: IndexVec<StubIx, Stub>,
    pub home: Option<LinkedPage>,
    /// By id.
    pub pages: IndexVec<PlainIx, LinkedPage>,
    /// By id.
    pub neighbourhoods: Neighbourhoods,
    /// By id.
    pub sources: Sources,
    /// By id.
    pub events: Events,
    /// Years, then months, then days, each in order of time.
    pub dates: Dates,
    pub corrections: Arc<Corrections>,
    pub changes: Arc<SiteChanges>,
    /// By measure, then newest first.
    pub figures: Figures,
    pub(super) repeats: Repeats,
    pub(super) assessments: Assessments,
    pub(super) instructions: Arc<InstructionIndex>,
    pub spellings: Arc<Spellings>,
    /// How many lines the A–Z has.
    pub spelling_count: usize,
    pub(super) names: Arc<NameIndex>,
    pub logo: Option<Logo>,
    /// Files that are copied: static ones and attachments.
    pub files: IndexVec<FileIx, OutputFile>,
    pub outlines: Arc<BTreeMap<NeighbourhoodIx, Outline>>,
    /// What is drawn behind places.
    pub city: Option<Arc<LinkedCity>>,
}

/// Where the links of every text lead, and which pages link to each page.
#[derive(Clone, Debug)]
pub struct Links {
    pub briefings: IndexVec<BriefingIx, TextLinks>,
    /// Of all other texts.
    pub others: Arc<BTreeMap<Page, TextLinks>>,
    /// The briefings (newest first) and pages that link to a briefing or a page.
    pub backlinks: Arc<BTreeMap<Page, Vec<Page>>>,
    /// Of the notice.
    pub notice: Arc<NoticeLinks>,
}

/// The body of an article, its translations, and the links of all these texts.
#[derive(Clone, Copy, Debug)]
pub struct LinkedText<'a> {
    pub original: &'a Body,
    pub translations: &'a Translations,
    pub links: &'a TextLinks,
}

impl Deref for Site {
    type Target = Content;

    fn deref(&self) -> &Content {
        &self.content
    }
}

impl Site {
    /// The pictures of each text that has some, with the language and the page that show it.
    pub fn pictures_of_texts(&self) -> impl Iterator<Item = (LanguageIx, Page, BTreeSet<FileIx>)> {
        let texts = self.links.briefings.enumerated().map(|(ix, links)| (Page::Briefing(ix), links.as_ref()));
        let texts = texts.chain(self.links.others.iter().map(|(page, links)| (*page, links)));
        let with_pictures = texts.flat_map(move |(page, links)| {
            let translated = links.translated.iter().filter_map(move |(code, links)| {
                let language = self.language_indices().find(|ix| self.language(*ix) == code)?;
                Some((language, page, shown_files(links.iter())))
            });
            [(DEFAULT_LANGUAGE, page, shown_files(links.own.iter()))].into_iter().chain(translated)
        });
        with_pictures.filter(|(_, _, pictures)| !pictures.is_empty())
    }

    /// A picture that a text shows in more than one size.
    #[must_use]
    pub fn picture(&self, file: FileIx) -> Option<&ShownPicture> {
        self.pictures.get(&file)
    }

    /// The next moment after the build at which pages change, if the files do not: an embargo or a briefing
    /// ends, or a serious correction is no longer recent.
    #[must_use]
    pub fn next_change(&self) -> Option<Moment> {
        self.schedule.next_change()
    }

    /// The next moment after the build at which pages or messages may change, if the files do not.
    #[must_use]
    pub fn next_moment(&self) -> Option<Moment> {
        self.schedule.next_moment()
    }

    /// The time of the build.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.options.now
    }

    /// The time of the build, in the site's zone.
    #[must_use]
    pub fn local_now(&self) -> Moment {
        self.config.timezone.local(self.options.now)
    }

    /// Whether linking the same articles with these options gives the same pages.
    #[must_use]
    pub fn holds_with(&self, options: &LinkOptions) -> bool {
        let made_with = &self.options;
        if made_with == options {
            return true;
        }
        // With `--as-of`, more depends on the time than the schedule lists.
        made_with.as_of.is_none()
            && options.as_of.is_none()
            && made_with.drafts == options.drafts
            && made_with.now <= options.now
            && self.next_change().is_none_or(|next| next > options.now)
    }

    /// A note for each moment in the next two days at which something changes by itself or is awaited.
    #[must_use]
    pub fn due(&self, sources: &SourceSet) -> Vec<Diagnostic> {
        self.schedule.notes(sources, self.options.now)
    }

    /// Everything that will happen to the site, the next first; nothing of a site as it was known earlier.
    #[must_use]
    pub fn to_come(&self, sources: &SourceSet) -> Vec<DueMoment> {
        if self.as_of.is_some() { Vec::new() } else { self.schedule.to_come(sources) }
    }

    /// Whether drafts are in the site.
    #[must_use]
    pub fn has_drafts(&self) -> bool {
        self.options.drafts
    }

    /// The text of an article; `None` if the page shows none.
    #[must_use]
    pub fn text(&self, page: Page) -> Option<LinkedText<'_>> {
        Some(match page {
            Page::Home => self.linked_text(page, &self.home.as_ref()?.article),
            Page::Briefing(ix) => self.briefing_text(ix),
            Page::Plain(ix) => self.plain_text(ix),
            Page::Neighbourhood(ix, _) => {
                self.linked_text(page, self.neighbourhoods[ix].term.record.as_ref()?)
            }
            Page::Source(ix, _) => self.linked_text(page, self.sources[ix].term.record.as_ref()?),
            Page::Event(ix, _) => self.linked_text(page, self.events[ix].term.record.as_ref()?),
            _ => return None,
        })
    }

    #[must_use]
    pub fn briefing_text(&self, ix: BriefingIx) -> LinkedText<'_> {
        self.linked_text(Page::Briefing(ix), &self.briefings[ix].article)
    }

    #[must_use]
    pub fn plain_text(&self, ix: PlainIx) -> LinkedText<'_> {
        self.linked_text(Page::Plain(ix), &self.pages[ix].article)
    }

    fn linked_text<'a>(&'a self, page: Page, article: &'a ArticleBase) -> LinkedText<'a> {
        LinkedText {
            original: &article.body,
            translations: self.content.translations(page).expect("the page shows an article"),
            links: self.links.of(page).expect("the links of every article were resolved"),
        }
    }

    /// The target of the notice in a language.
    #[must_use]
    pub fn notice_target(&self, language: LanguageIx) -> Option<&NoticeTarget> {
        self.links.notice.of(self.language(language))
    }

    /// The pages that link to this one: briefings newest first, then others.
    #[must_use]
    pub fn backlinks(&self, page: Page) -> &[Page] {
        self.links.backlinks.get(&page).map_or(&[], Vec::as_slice)
    }
}

impl Links {
    pub fn of(&self, page: Page) -> Option<&TextLinks> {
        match page {
            Page::Briefing(ix) => Some(&self.briefings[ix]),
            page => self.others.get(&page.first()),
        }
    }

    /// The links of a page that has some, to be changed in this copy alone.
    pub fn of_mut(&mut self, page: Page) -> Option<&mut TextLinks> {
        match page {
            Page::Briefing(ix) => Some(self.briefings.edit(ix)),
            page => Arc::make_mut(&mut self.others).get_mut(&page.first()),
        }
    }

    /// All links, each with the page that it is on; that of the notice is on the home page.
    pub fn all(&self) -> impl Iterator<Item = (Page, &LinkTarget)> {
        let briefings = self.briefings.enumerated().map(|(ix, links)| (Page::Briefing(ix), links.as_ref()));
        let others = self.others.iter().map(|(page, links)| (*page, links));
        let of_texts = briefings.chain(others).flat_map(|(page, links)| {
            let all = links.own.iter().chain(links.translated.values().flatten());
            all.map(move |link| (page, link))
        });
        of_texts.chain(self.notice.inside().map(|link| (Page::Home, link)))
    }
}

impl Content {
    /// The picture next to a recording that has its name, which is shown before it is played.
    #[must_use]
    pub fn poster(&self, file: FileIx) -> Option<FileIx> {
        const ENDINGS: [&str; 4] = ["jpg", "jpeg", "png", "webp"];
        let path = &self.files[file].path;
        if Recording::of_name(path) != Some(Recording::Video) {
            return None;
        }
        let (stem, _) = path.rsplit_once('.')?;
        let wanted = ENDINGS.map(|ending| format!("{stem}.{ending}"));
        let found =
            wanted.iter().find_map(|path| self.files.binary_search_by(|file| (*file.path).cmp(path)).ok());
        found.map(FileIx::from)
    }

    #[must_use]
    pub fn claim(&self, claim: ClaimIx) -> &Claim {
        self.briefings.claim(claim)
    }

    /// What the claim names.
    #[must_use]
    pub fn linked_claim(&self, claim: ClaimIx) -> &LinkedClaim {
        self.briefings.linked_claim(claim)
    }

    /// The places that a change is about, without those that they are a part of.
    #[must_use]
    pub fn places_of<'a>(&'a self, changed: &'a Changed) -> &'a [NeighbourhoodIx] {
        let of_briefing = |ix: BriefingIx| self.briefings[ix].named_neighbourhoods();
        let of_claim = |ix: ClaimIx| self.linked_claim(ix).neighbourhoods.as_slice();
        match changed {
            Changed::Corrected(Corrected::In((briefing, position))) => {
                match self.briefings[*briefing].corrected[*position] {
                    Some(claim) => of_claim(ClaimIx::new(*briefing, claim)),
                    None => of_briefing(*briefing),
                }
            }
            Changed::Corrected(Corrected::Withdrawn(_)) | Changed::Expired(_) => &[],
            Changed::EventStatus { event, by, .. } => {
                by.or(self.events[*event].term.claims.first().copied()).map_or(&[], of_claim)
            }
            Changed::HeardAgain { place, .. } => std::slice::from_ref(place),
            Changed::Published(briefing) | Changed::Updated(briefing) => of_briefing(*briefing),
            Changed::Claimed(claim) => of_claim(*claim),
        }
    }

    /// The claims of a briefing, in the order of its file.
    pub fn claims_of(&self, briefing: BriefingIx) -> impl Iterator<Item = ClaimIx> + use<> {
        self.briefings.claims_of(briefing)
    }

    /// The claim that a briefing states or repeats by an id, or by a former one.
    #[must_use]
    pub fn claim_named(&self, briefing: BriefingIx, id: &str) -> Option<ClaimIx> {
        let is_named =
            |own: &Id, former: &[Id]| own.as_str() == id || former.iter().any(|former| former.as_str() == id);
        let own = self.claims_of(briefing).find(|ix| {
            let claim = self.claim(*ix);
            is_named(&claim.id.value, &claim.aliases)
        });
        let linked = &self.briefings[briefing];
        let mut repeats = linked.article.repeats.iter().zip(&linked.repeats);
        own.or_else(|| {
            repeats.find_map(|(repeat, original)| match original {
                Some(Original::Claim(claim)) if is_named(&repeat.id.value, &repeat.aliases) => Some(*claim),
                _ => None,
            })
        })
    }

    /// All claims, in the order of the briefings and their files.
    pub fn all_claims(&self) -> impl Iterator<Item = ClaimIx> {
        self.briefings.all_claims()
    }

    /// The translations of the article that a page shows, if it shows one.
    #[must_use]
    pub fn translations(&self, page: Page) -> Option<&Translations> {
        Some(match page {
            Page::Home => &self.home.as_ref()?.translations,
            Page::Briefing(ix) => &self.briefings[ix].translations,
            Page::Plain(ix) => &self.pages[ix].translations,
            Page::Neighbourhood(ix, _) => &self.neighbourhoods[ix].term.translations,
            Page::Source(ix, _) => &self.sources[ix].term.translations,
            Page::Event(ix, _) => &self.events[ix].term.translations,
            _ => return None,
        })
    }

    /// As [`Content::translations`], to be changed in this copy alone.
    pub(super) fn translations_mut(&mut self, page: Page) -> Option<&mut Translations> {
        Some(match page {
            Page::Home => &mut self.home.as_mut()?.translations,
            Page::Briefing(ix) => &mut self.briefings.edit(ix).translations,
            Page::Plain(ix) => &mut self.pages.edit(ix).translations,
            Page::Neighbourhood(ix, _) => &mut self.neighbourhoods.edit(ix).term.translations,
            Page::Source(ix, _) => &mut self.sources.edit(ix).term.translations,
            Page::Event(ix, _) => &mut self.events.edit(ix).term.translations,
            _ => return None,
        })
    }

    /// Whether a page is in the tree of a language.
    #[must_use]
    pub fn is_in(&self, language: LanguageIx, page: Page) -> bool {
        self.config.untranslated == Untranslated::Show || self.is_translated(language, page)
    }

    /// Whether a page is in the words of a language: only briefings and plain pages may not be.
    #[must_use]
    pub fn is_translated(&self, language: LanguageIx, page: Page) -> bool {
        if language == DEFAULT_LANGUAGE {
            return true;
        }
        let translations = match page {
            Page::Briefing(_) | Page::Plain(_) => self.translations(page),
            Page::Stub(ix) => Some(&self.stubs[ix].translations),
            _ => None,
        };
        translations.is_none_or(|translations| translations.contains_key(self.language(language)))
    }

    #[must_use]
    pub fn language(&self, language: LanguageIx) -> &str {
        &self.languages[usize::from(language)]
    }

    /// All briefings by id.
    #[must_use]
    pub fn briefings_by_id(&self) -> Vec<BriefingIx> {
        let mut all: Vec<BriefingIx> = self.briefings.indices().collect();
        all.sort_by(|a, b| self.briefings[*a].article.id.cmp(&self.briefings[*b].article.id));
        all
    }

    /// The neighbourhood that has this id, name or spelling.
    #[must_use]
    pub fn neighbourhood_named(&self, name: &str) -> Option<NeighbourhoodIx> {
        self.spellings.neighbourhoods.get(&fold_name(name)).copied()
    }

    /// The source that has this id, name or spelling.
    #[must_use]
    pub fn source_named(&self, name: &str) -> Option<SourceIx> {
        self.spellings.sources.get(&fold_name(name)).copied()
    }

    /// Every language of the site, the default one first.
    pub fn language_indices(&self) -> impl Iterator<Item = LanguageIx> + use<> {
        (0..self.languages.len()).map(LanguageIx::from)
    }

    /// The name in a language; the name as first written if it has no other.
    #[must_use]
    pub fn neighbourhood_name(&self, ix: NeighbourhoodIx, language: LanguageIx) -> &str {
        self.name_of(&self.neighbourhoods[ix].term, language)
    }

    /// As [`Content::neighbourhood_name`]. Of a protected source it is the label.
    #[must_use]
    pub fn source_name(&self, ix: SourceIx, language: LanguageIx) -> &str {
        let term = &self.sources[ix].term;
        match &term.record {
            Some(record) if record.protected => record.label.as_deref().unwrap_or_default(),
            _ => self.name_of(term, language),
        }
    }

    /// As [`Content::neighbourhood_name`].
    #[must_use]
    pub fn event_name(&self, ix: EventIx, language: LanguageIx) -> &str {
        self.name_of(&self.events[ix].term, language)
    }

    fn name_of<'a, R: Record>(&'a self, term: &'a Term<R>, language: LanguageIx) -> &'a str {
        let language = self.language(language);
        let record_name = term.record.as_ref().and_then(|record| record.naming().names.get(language));
        if let Some(name) = record_name {
            return &name.value;
        }
        let translation = term.translations.get(language);
        translation.and_then(|translation| translation.title.as_ref()).unwrap_or(&term.name)
    }

    /// The page of the calendar, if something belongs to it.
    #[must_use]
    pub fn date(&self, page: CalendarPage) -> Option<DateIx> {
        self.dates.find(page)
    }

    /// The sources that have a page.
    pub fn listed_sources(&self) -> impl Iterator<Item = SourceIx> + '_ {
        self.sources.indices().filter(|ix| !self.sources[*ix].is_protected())
    }
}
