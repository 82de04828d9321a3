//! The parts of a linked site.
//!
//! Owns their types. Knows no page's path, and makes none of the parts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::index_vec::IndexVec;
use super::indices::{BriefingIx, ClaimIx, EventIx, FileIx, LanguageIx, NeighbourhoodIx, SourceIx, StubIx};
use super::page::Page;
use crate::model::{Briefing, Claim, EventRecord, NeighbourhoodRecord, PlainPage, SourceRecord, Translation};
use crate::paths::{Id, OutPath};
use crate::time::{CalendarPage, Moment};

/// Translations by language code.
pub type Translations = BTreeMap<String, Arc<Translation>>;

/// Newest first, ties by path.
pub type Briefings = IndexVec<BriefingIx, LinkedBriefing>;

#[derive(Clone, Debug)]
pub struct LinkedBriefing {
    pub article: Arc<Briefing>,
    pub translations: Translations,
    /// Its own, then those of its claims.
    pub neighbourhoods: Vec<NeighbourhoodIx>,
    /// Those of its claims, then its own.
    pub sources: Vec<SourceIx>,
    /// In the order of the file.
    pub claims: Vec<LinkedClaim>,
}

/// What a claim names.
#[derive(Clone, Debug)]
pub struct LinkedClaim {
    pub briefing: BriefingIx,
    /// `None`: unattributed.
    pub source: Option<SourceIx>,
    pub via: Vec<SourceIx>,
    pub neighbourhoods: Vec<NeighbourhoodIx>,
    pub event: Option<EventIx>,
    pub added: Moment,
}

impl Briefings {
    pub fn claim(&self, claim: ClaimIx) -> &Claim {
        &self[claim.briefing].article.claims[claim.position()]
    }

    /// What the claim names.
    pub fn linked_claim(&self, claim: ClaimIx) -> &LinkedClaim {
        &self[claim.briefing].claims[claim.position()]
    }

    /// The claims of a briefing, in the order of its file.
    pub fn claims_of(&self, briefing: BriefingIx) -> impl Iterator<Item = ClaimIx> + use<> {
        let count = self[briefing].claims.len();
        (0..count).map(move |position| ClaimIx::new(briefing, position))
    }

    /// All claims, in the order of the briefings and their files.
    pub fn all_claims(&self) -> impl Iterator<Item = ClaimIx> {
        self.indices().flat_map(|ix| self.claims_of(ix))
    }

    /// Where a claim belongs in a list that is sorted newest first.
    pub fn newest_first_position(&self, sorted: &[ClaimIx], claim: ClaimIx) -> usize {
        let key = |claim: ClaimIx| (Reverse(self.linked_claim(claim).added), claim);
        sorted.partition_point(|other| key(*other) < key(claim))
    }

    /// Sorts claims by when they were added, newest first; ties in the order of the briefings and their
    /// files.
    pub fn sort_newest_first(&self, claims: &mut [ClaimIx]) {
        let added = |claim: &ClaimIx| self.linked_claim(*claim).added;
        claims.sort_by(|a, b| added(b).cmp(&added(a)).then(a.cmp(b)));
    }
}

/// The page of a withdrawn or expired briefing.
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
    pub translations: Translations,
}

/// What neighbourhoods, sources and events have in common.
#[derive(Clone, Debug)]
pub struct Term<R> {
    pub id: Id,
    /// The title of its record, or the name as first written.
    pub name: Box<str>,
    pub record: Option<Arc<R>>,
    pub translations: Translations,
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
    /// Its claims are those that it made.
    pub term: Term<SourceRecord>,
    /// The claims that it passed on, newest first.
    pub relayed: Vec<ClaimIx>,
    pub relays: Vec<SourceIx>,
}

impl Source {
    /// Readers see only its label, and there is no page for it.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.term.record.as_ref().is_some_and(|record| record.protected)
    }
}

#[derive(Clone, Debug)]
pub struct Event {
    pub term: Term<EventRecord>,
}

/// The term of each spelling, by [`crate::paths::fold_name`]. For looking up, never to iterate.
#[derive(Debug)]
pub struct Spellings {
    pub neighbourhoods: HashMap<String, NeighbourhoodIx, ahash::RandomState>,
    pub sources: HashMap<String, SourceIx, ahash::RandomState>,
}

/// A year, month or day that something belongs to.
#[derive(Clone, Debug)]
pub struct DatePage {
    pub page: CalendarPage,
    pub happened: Vec<ClaimIx>,
    /// Said then, about another time.
    pub said: Vec<ClaimIx>,
    pub published: Vec<BriefingIx>,
    /// Later corrections of what happened or was published then.
    pub corrected: Vec<CorrectionIx>,
}

/// A correction: its briefing, and its position there.
pub type CorrectionIx = (BriefingIx, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Corrected {
    In(CorrectionIx),
    /// A whole briefing was withdrawn. Always serious.
    Withdrawn(StubIx),
}

/// All corrections of a site, withdrawn briefings included.
#[derive(Debug)]
pub struct Corrections {
    /// Newest first; ties in the order of the briefings and their files.
    pub all: Vec<Corrected>,
    /// The serious ones of the last 48 hours, newest first.
    pub boxed: Vec<Corrected>,
}

/// One row of the figures: what one source counted.
#[derive(Clone, Debug)]
pub struct FigureRow {
    /// The claims with this figure, newest first; the first one is shown.
    pub claims: Vec<ClaimIx>,
    /// How many wholes it is a part of, one within the other.
    pub depth: usize,
}

/// A file that is copied into the output.
#[derive(Debug)]
pub struct OutputFile {
    /// Position in [`crate::sources::SourceSet::files`].
    pub source: usize,
    pub path: Arc<str>,
    pub out: OutPath,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    Page {
        page: Page,
        /// Set by a link to a translation; `None`: the reader's language.
        language: Option<LanguageIx>,
        fragment: Box<str>,
    },
    /// A part of the page itself.
    Fragment(Box<str>),
    File(FileIx),
    /// A broken link. It was reported as an error, and the site will not be published.
    Nowhere,
}

/// One target for each link of a body.
pub type ResolvedBody = Vec<LinkTarget>;

/// The links of an article's body, and of its translations' bodies by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextLinks {
    pub own: ResolvedBody,
    pub translated: BTreeMap<String, ResolvedBody>,
}
