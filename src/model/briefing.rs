//! Briefings with their claims and corrections.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::base::has_base;
use super::{ArticleBase, BriefingKind, ClaimKind, CorrectionKind, Name, Status};
use crate::config::Exception;
use crate::diag::{Span, Spanned};
use crate::paths::Id;
use crate::time::{Moment, When};

/// A text or a claim was still so then. It changes nothing that it checks.
pub type Checked = Spanned<Moment>;

has_base!(Briefing);

#[derive(Clone, Debug)]
pub struct Briefing {
    pub base: ArticleBase,
    pub date: Moment,
    pub updated: Option<Moment>,
    pub as_of: Option<Moment>,
    pub kind: Option<BriefingKind>,
    pub neighbourhoods: Vec<Name>,
    pub sources: Vec<Name>,
    pub draft: bool,
    pub embargo_until: Option<Moment>,
    pub expires: Option<Moment>,
    pub withdrawn: Option<Withdrawal>,
    pub authors: Vec<Box<str>>,
    pub next_due: Option<Moment>,
    pub checked: Option<Checked>,
    pub allow: Vec<Exception>,
    pub not_known: Vec<Box<str>>,
    pub not_reached: Vec<Box<str>>,
    pub withheld: Vec<Box<str>>,
    /// In the order of the file. A claim without an id gets its number, counting from 1.
    pub claims: Box<[Claim]>,
    /// The files that it includes, relative to the root. Their claims are behind those that are written.
    pub tables: BTreeSet<Arc<str>>,
    /// The claims of other briefings that this one states again, in the order of the file.
    pub repeats: Box<[Repeat]>,
    /// Numbers about people in the body that no figure of its own claims holds. Only listed if the briefing has
    /// repeats, whose figures are in other files.
    pub unowned_numbers: Box<[UnownedNumber]>,
    pub corrections: Vec<Correction>,
    /// Its dates that cannot be in the future, those of claims and corrections too.
    pub stated: Box<[StatedTime]>,
}

/// When something was published, said or changed, and where that is written.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedTime {
    pub key: &'static str,
    pub at: Moment,
    pub span: Span,
}

impl Briefing {
    /// From when on readers can see it.
    #[must_use]
    pub fn shown_from(&self) -> Moment {
        self.embargo_until.into_iter().fold(self.date, Ord::max)
    }

    /// From when on readers can see one of its claims.
    #[must_use]
    pub fn claim_shown_from(&self, claim: &Claim) -> Moment {
        claim.added.into_iter().fold(self.shown_from(), Ord::max)
    }

    /// When there last was something new for readers: feeds, sitemap and JSON-LD give this one answer.
    #[must_use]
    pub fn last_change(&self) -> Moment {
        let added = self.claims.iter().filter_map(|claim| claim.added);
        self.last_edit().into_iter().chain(added).fold(self.shown_from(), Ord::max)
    }

    /// The last change after publication, by `updated` or by a correction.
    #[must_use]
    pub fn last_edit(&self) -> Option<Moment> {
        self.corrections.iter().map(|correction| correction.at).chain(self.updated).max()
    }

    /// The ids of its claims, those that repeat others included.
    pub fn claim_ids(&self) -> impl Iterator<Item = &Id> {
        let repeats = self.repeats.iter().map(|repeat| &repeat.id.value);
        self.claims.iter().map(|claim| &claim.id.value).chain(repeats)
    }

    /// Whether its page has a claim or a repeat of that id.
    #[must_use]
    pub fn has_claim(&self, id: &str) -> bool {
        self.claim_ids().any(|known| known.as_str() == id)
    }

    /// The id that a claim or a repeat has now, if it had this one earlier.
    #[must_use]
    pub fn renamed_claim(&self, id: &str) -> Option<&Id> {
        let claims = self.claims.iter().map(|claim| (&claim.id.value, &claim.aliases));
        let repeats = self.repeats.iter().map(|repeat| (&repeat.id.value, &repeat.aliases));
        let mut all = claims.chain(repeats);
        all.find(|(_, aliases)| aliases.iter().any(|alias| alias.as_str() == id)).map(|(now, _)| now)
    }

    /// When it or one of its claims was found to be still so.
    pub fn checks(&self) -> impl Iterator<Item = &Checked> {
        let of_claims = self.claims.iter().filter_map(|claim| claim.checked.as_ref());
        let of_repeats = self.repeats.iter().filter_map(|repeat| repeat.checked.as_ref());
        self.checked.iter().chain(of_claims).chain(of_repeats)
    }

    /// When the briefing reached its readers last.
    #[must_use]
    pub fn last_published(&self) -> Moment {
        self.updated.into_iter().fold(self.shown_from(), Ord::max)
    }

    /// The briefing covers what was known up to then.
    pub fn known_until(&self) -> Moment {
        self.as_of.or(self.updated).unwrap_or(self.date)
    }
}

impl StatedTime {
    pub fn new(key: &'static str, at: &Spanned<Moment>) -> Self {
        Self { key, at: at.value, span: at.span }
    }
}

#[derive(Clone, Debug)]
pub struct Withdrawal {
    pub at: Moment,
    pub why: Box<str>,
}

#[derive(Clone, Debug)]
pub struct Claim {
    /// The page's fragment for it is `claim-ID`.
    pub id: Spanned<Id>,
    /// Its earlier ids: their fragments still reach it.
    pub aliases: Box<[Id]>,
    /// False if the build numbered it.
    pub has_own_id: bool,
    pub text: Box<str>,
    pub source: Name,
    pub via: Vec<Name>,
    pub kind: Option<ClaimKind>,
    /// None: the briefing's.
    pub neighbourhoods: Option<Vec<Name>>,
    pub happened: Option<When>,
    /// None: the briefing's date.
    pub added: Option<Moment>,
    pub said: Option<When>,
    /// One of site.toml's topics; checked.
    pub topic: Option<Box<str>>,
    pub event: Option<Spanned<Id>>,
    pub denies: bool,
    pub status: Option<Spanned<Status>>,
    pub status_why: Option<Box<str>>,
    /// 1 to 6.
    pub credibility: Option<u8>,
    pub evidence: Vec<Evidence>,
    /// Boxed: a figure is large, and most claims have none.
    pub figure: Option<Box<Figure>>,
    pub checked: Option<Checked>,
}

/// A claim that states the claim of another briefing again. All but its ids, its check and its note is the
/// original's. It is no further claim: it never counts as a source, an origin or support.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// The page's fragment for it is `claim-ID`.
    pub id: Spanned<Id>,
    /// Its earlier ids: their fragments still reach it.
    pub aliases: Box<[Id]>,
    /// How many claims of its own the briefing has before it.
    pub after: usize,
    pub original: Spanned<ClaimName>,
    pub checked: Option<Checked>,
    /// What the writer adds here.
    pub note: Option<Box<str>>,
}

/// A claim of any briefing, as `repeats` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimName {
    pub briefing: Id,
    pub claim: Id,
}

impl std::fmt::Display for ClaimName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.briefing, self.claim)
    }
}

/// A number about people in the body of a briefing.
#[derive(Clone, Debug)]
pub struct UnownedNumber {
    pub number: f64,
    /// As written.
    pub word: Box<str>,
    /// In the file.
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Evidence {
    /// http or https.
    pub url: Box<str>,
    pub archived: Option<Box<str>>,
    pub captured: Option<Moment>,
    /// 64 lower-case hexadecimal digits.
    pub sha256: Option<Box<str>>,
}

/// A count with who counted, what, where and when; a range, not a number.
#[derive(Clone, Debug)]
pub struct Figure {
    pub measure: Box<str>,
    pub said: Option<Box<str>>,
    /// All three are finite and not negative, and `min <= best <= max` if given.
    pub min: Option<f64>,
    pub best: Option<f64>,
    pub max: Option<f64>,
    pub vague: bool,
    pub rounded: bool,
    pub who: Option<Box<str>>,
    pub period: Option<When>,
    pub cumulative: bool,
    /// The id of a claim of the same briefing.
    pub part_of: Option<Spanned<Id>>,
}

#[derive(Clone, Debug)]
pub struct Correction {
    /// Unique among the corrections of its briefing.
    pub id: Option<Spanned<Id>>,
    pub at: Moment,
    pub kind: CorrectionKind,
    pub serious: bool,
    pub claim: Option<Spanned<Id>>,
    pub field: Option<Name>,
    /// Whole values, as text.
    pub was: Option<Spanned<Box<str>>>,
    pub now: Option<Spanned<Box<str>>>,
    pub why: Box<str>,
}

impl Correction {
    /// Something was wrong; an update is only news.
    pub fn is_fault(&self) -> bool {
        self.kind != CorrectionKind::Update
    }
}
