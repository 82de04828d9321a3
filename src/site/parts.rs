//! The parts of a linked site.
//!
//! Owns their types. Knows no page's path, and makes none of the parts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::index_vec::IndexVec;
use super::indices::{BriefingIx, ClaimIx, EventIx, FileIx, LanguageIx, NeighbourhoodIx, SourceIx, StubIx};
use super::page::Page;
use crate::images::{PictureHeader, PictureSize};
use crate::model::{Briefing, Claim, PlainPage, Translation, Withdrawal};
use crate::paths::OutPath;
use crate::time::Moment;

/// Translations by language code.
pub type Translations = BTreeMap<String, Arc<Translation>>;

/// Newest first, ties by path.
pub type Briefings = IndexVec<BriefingIx, LinkedBriefing>;

#[derive(Clone, Debug)]
pub struct LinkedBriefing {
    pub article: Arc<Briefing>,
    pub translations: Translations,
    /// Its own, those of its claims, then those of the claims that it repeats.
    pub neighbourhoods: Vec<NeighbourhoodIx>,
    /// How many of them it names itself.
    pub own_neighbourhoods: usize,
    /// Those of its claims, its own, then those of the claims that it repeats.
    pub sources: Vec<SourceIx>,
    /// How many of them it names itself.
    pub own_sources: usize,
    /// In the order of the file.
    pub claims: Vec<LinkedClaim>,
    /// For each correction of the article, the position of the claim that it is about.
    pub corrected: Vec<Option<usize>>,
    /// For each repeat of the article, what it repeats; `None` only if that is an error.
    pub repeats: Vec<Option<Original>>,
}

/// What a claim repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Original {
    Claim(ClaimIx),
    /// Its briefing was withdrawn or has expired: its words are not shown any more.
    Gone(StubIx),
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

impl LinkedBriefing {
    /// The neighbourhoods that it names itself, and not only by a claim that it repeats.
    #[must_use]
    pub fn named_neighbourhoods(&self) -> &[NeighbourhoodIx] {
        &self.neighbourhoods[..self.own_neighbourhoods]
    }

    /// The sources that it names itself, and not only by a claim that it repeats.
    #[must_use]
    pub fn named_sources(&self) -> &[SourceIx] {
        &self.sources[..self.own_sources]
    }
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

    /// The key of lists of claims: newest first by when they were added, ties in the order of the briefings
    /// and their files.
    pub fn newest_first(&self, claim: ClaimIx) -> (Reverse<Moment>, ClaimIx) {
        (Reverse(self.linked_claim(claim).added), claim)
    }
}

/// The page of a withdrawn or expired briefing.
#[derive(Clone, Debug)]
pub struct Stub {
    pub article: Arc<Briefing>,
    pub translations: Translations,
    pub reason: StubReason,
    pub at: Moment,
}

impl Stub {
    /// `None` if it has only expired, though it may be withdrawn later than a site as it was known earlier.
    #[must_use]
    pub fn withdrawal(&self) -> Option<&Withdrawal> {
        self.article.withdrawn.as_ref().filter(|_| self.reason == StubReason::Withdrawn)
    }
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

/// The term of each spelling, by [`crate::paths::fold_name`]. For looking up, never to iterate.
#[derive(Debug)]
pub struct Spellings {
    pub neighbourhoods: HashMap<String, NeighbourhoodIx, ahash::RandomState>,
    pub sources: HashMap<String, SourceIx, ahash::RandomState>,
}

/// A file that is copied into the output.
#[derive(Debug)]
pub struct OutputFile {
    /// Position in [`crate::sources::SourceSet::files`].
    pub source: usize,
    pub path: Arc<str>,
    pub out: OutPath,
    /// Of a picture.
    pub picture: Option<PictureHeader>,
}

/// A picture that a text shows.
#[derive(Debug)]
pub struct ShownPicture {
    /// At its own address, as it is seen.
    pub size: PictureSize,
    /// What is at its own address is a copy, as the picture is wider than the largest one.
    pub is_copy: bool,
    /// Browsers may choose what is at its own address. It is too large if it is wider than the largest copy.
    pub is_choice: bool,
    /// The copies at addresses of their own, the narrowest first. No picture is among them in its own width.
    pub copies: Vec<PictureCopy>,
}

/// A smaller copy of a picture.
#[derive(Clone, Debug)]
pub struct PictureCopy {
    /// As it is seen.
    pub width: u32,
    pub out: OutPath,
}

/// How wide a picture is on a phone, in pixels: 390 points without its margins, with two pixels a point.
const PHONE_PIXELS: u32 = 2 * (390 - 32);

impl ShownPicture {
    /// The width of the copy that a phone loads; `None` for what is at the picture's own address.
    #[must_use]
    pub fn copy_for_phones(&self) -> Option<u32> {
        let mut copies = self.copies.iter().map(|copy| copy.width);
        copies.find(|width| *width >= PHONE_PIXELS).or_else(|| {
            // Without a wide copy, browsers take the widest that there is.
            self.copies.last().filter(|_| !self.is_choice).map(|copy| copy.width)
        })
    }

    /// The widths of all copies, the narrowest first.
    #[must_use]
    pub fn widths(&self) -> Vec<u32> {
        let own = self.is_copy.then_some(self.size.width);
        self.copies.iter().map(|copy| copy.width).chain(own).collect()
    }
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
    /// A file that the page shows.
    Picture(FileIx),
    /// A broken link. It was reported as an error, and the site will not be published.
    Nowhere,
}

/// The pictures among the targets of links.
pub fn shown_files<'a>(targets: impl Iterator<Item = &'a LinkTarget>) -> BTreeSet<FileIx> {
    let pictures = targets.filter_map(|target| match target {
        LinkTarget::Picture(ix) => Some(*ix),
        _ => None,
    });
    pictures.collect()
}

/// The target of the notice, the line at the top of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeTarget {
    /// An address of an allowed scheme.
    Outside(Box<str>),
    Inside(LinkTarget),
}

/// The targets of the notice.
#[derive(Clone, Debug, Default)]
pub struct NoticeLinks {
    pub own: Option<NoticeTarget>,
    /// In the languages that have another one.
    pub by_language: BTreeMap<Box<str>, NoticeTarget>,
}

impl NoticeLinks {
    #[must_use]
    pub fn of(&self, language: &str) -> Option<&NoticeTarget> {
        self.by_language.get(language).or(self.own.as_ref())
    }

    /// Those within the site.
    pub fn inside(&self) -> impl Iterator<Item = &LinkTarget> {
        self.own.iter().chain(self.by_language.values()).filter_map(|target| match target {
            NoticeTarget::Inside(target) => Some(target),
            NoticeTarget::Outside(_) => None,
        })
    }
}

/// One target for each link of a body.
pub type ResolvedBody = Vec<LinkTarget>;

/// The links of an article's body, and of its translations' bodies by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextLinks {
    pub own: ResolvedBody,
    pub translated: BTreeMap<String, ResolvedBody>,
}
