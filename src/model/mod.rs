//! One file as one typed article. References are as written, with their spans; nothing is resolved.
//!
//! Owns the types that `parse` makes and `site` links. Holds no page, no URL and no view.

mod slotted_html;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Exception;
use crate::diag::{Span, Spanned};
use crate::paths::{Id, OutPath};
use crate::time::{CalendarPage, Moment, When};
pub use slotted_html::{Piece, Slot, SlottedHtml};

/// An enum whose values are words of the front matter.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($variant),+ }

        impl Word for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

/// What [`words!`] gives: a closed list of values, each with its word in the front matter.
pub trait Word: Copy + 'static {
    const ALL: &'static [Self];

    fn word(self) -> &'static str;

    #[must_use]
    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == word)
    }
}

words!(BriefingKind {
    Flash = "flash",
    Daily = "daily",
    Situation = "situation",
    Explainer = "explainer",
    Notice = "notice",
});

words!(ClaimKind {
    Event = "event",
    Condition = "condition",
    Statement = "statement",
    Allegation = "allegation",
    Instruction = "instruction",
    Forecast = "forecast",
    Rumour = "rumour",
});

words!(
    /// How sure one can be of a claim; the first five in rising order.
    Status {
        Unverified = "unverified",
        SingleSource = "single-source",
        OneSide = "one-side",
        Corroborated = "corroborated",
        Confirmed = "confirmed",
        Contested = "contested",
        Withdrawn = "withdrawn",
        Disproved = "disproved",
    }
);

words!(CorrectionKind {
    Correction = "correction",
    Clarification = "clarification",
    Update = "update",
    Withdrawal = "withdrawal",
});

words!(SourceKind {
    Monitor = "monitor",
    StateMedia = "state-media",
    Military = "military",
    Government = "government",
    Activists = "activists",
    Resident = "resident",
    CivilDefence = "civil-defence",
    Un = "un",
    Ngo = "ngo",
    Medical = "medical",
    NewsAgency = "news-agency",
    Newsroom = "newsroom",
    Reporter = "reporter",
    Official = "official",
    Document = "document",
    Imagery = "imagery",
});

words!(
    /// How a source comes to know what it says.
    Sees {
        OnTheSpot = "on-the-spot",
        Network = "network",
        Relay = "relay",
        Desk = "desk",
        Unknown = "unknown",
    }
);

words!(
    /// How fine a point on the map is, from fine to coarse.
    Precision {
        Building = "building",
        Street = "street",
        Neighbourhood = "neighbourhood",
        District = "district",
        City = "city",
        Region = "region",
    }
);

/// A name, an id or a spelling, as written.
pub type Name = Spanned<Box<str>>;

/// Free values for a theme, as written in `[extra]`.
pub type Extra = toml::Table;

/// The source of a claim that nobody is named for; never an origin, and no page.
pub const UNATTRIBUTED: &str = "unattributed";

/// Which file an article comes from, and its text's own parts of every article.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Relative to the root of the site, forward slashes.
    pub file: Arc<str>,
    pub id: Id,
    /// Where the id was written, or where to point when there is none: the first line.
    pub id_span: Span,
}

#[derive(Clone, Debug)]
pub struct Briefing {
    pub origin: Origin,
    pub title: Box<str>,
    pub date: Moment,
    pub updated: Option<Moment>,
    pub as_of: Option<Moment>,
    pub summary: Option<Box<str>>,
    pub kind: Option<BriefingKind>,
    pub neighbourhoods: Vec<Name>,
    pub sources: Vec<Name>,
    pub draft: bool,
    pub embargo_until: Option<Moment>,
    pub expires: Option<Moment>,
    pub withdrawn: Option<Withdrawal>,
    pub authors: Vec<Box<str>>,
    pub next_due: Option<Moment>,
    pub aliases: Vec<Spanned<OutPath>>,
    pub allow: Vec<Exception>,
    pub not_known: Vec<Box<str>>,
    pub not_reached: Vec<Box<str>>,
    pub withheld: Vec<Box<str>>,
    pub extra: Extra,
    /// In the order of the file. Every claim has an id: one without gets its number, from 1.
    pub claims: Vec<Claim>,
    pub corrections: Vec<Correction>,
    pub body: Body,
}

#[derive(Clone, Debug)]
pub struct Withdrawal {
    pub at: Moment,
    pub why: Box<str>,
}

#[derive(Clone, Debug)]
pub struct Claim {
    /// The fragment is `claim-ID`.
    pub id: Spanned<Id>,
    /// False where the build numbered it.
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
    /// Already checked to be one of site.toml's topics.
    pub topic: Option<Box<str>>,
    pub event: Option<Spanned<Id>>,
    pub denies: bool,
    pub status: Option<Spanned<Status>>,
    pub status_why: Option<Box<str>>,
    /// 1 to 6.
    pub credibility: Option<u8>,
    pub evidence: Vec<Evidence>,
    /// It is large, and a claim without one has no room for it.
    pub figure: Option<Box<Figure>>,
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
    /// All of them finite and not negative; `min <= best <= max` where given.
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

/// A page of its own: `content/about.md`; `content/index.md` is the text of the home page.
#[derive(Clone, Debug)]
pub struct PlainPage {
    pub origin: Origin,
    pub title: Box<str>,
    pub summary: Option<Box<str>>,
    /// Up to what time it was looked through; none: it does not say.
    pub as_of: Option<Moment>,
    /// After when to look for a newer one.
    pub next_due: Option<Moment>,
    pub draft: bool,
    pub aliases: Vec<Spanned<OutPath>>,
    pub extra: Extra,
    pub body: Body,
}

/// What every record has: names in several languages and spellings.
#[derive(Clone, Debug)]
pub struct Naming {
    pub title: Spanned<Box<str>>,
    /// By language code.
    pub names: BTreeMap<Box<str>, Spanned<Box<str>>>,
    pub spellings: Vec<Name>,
}

#[derive(Clone, Debug)]
pub struct NeighbourhoodRecord {
    pub origin: Origin,
    pub naming: Naming,
    pub summary: Option<Box<str>>,
    pub parent: Option<Name>,
    pub point: Option<MapPoint>,
    /// A file beside the record.
    pub geometry: Option<Name>,
    /// Of `pcode`, `geonames` and `wikidata`, those that are not empty.
    pub codes: BTreeMap<&'static str, Box<str>>,
    /// Ids of homonyms that must never be merged.
    pub not: Vec<Name>,
    pub aliases: Vec<Spanned<OutPath>>,
    pub extra: Extra,
    pub body: Body,
}

#[derive(Clone, Copy, Debug)]
pub struct MapPoint {
    /// Degrees north, -90 to 90.
    pub lat: f64,
    /// Degrees east, -180 to 180.
    pub lon: f64,
    pub precision: Precision,
}

/// The shape of a place on the map, from its GeoJSON file.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Closed rings of degrees east (-180 to 180) and north (-90 to 90); holes are rings too.
    pub rings: Vec<Vec<(f64, f64)>>,
}

#[derive(Clone, Debug)]
pub struct SourceRecord {
    pub origin: Origin,
    pub naming: Naming,
    pub short: Option<Box<str>>,
    pub summary: Option<Box<str>>,
    pub kind: Option<SourceKind>,
    /// An id of site.toml's parties, `none` or `unknown`; checked.
    pub party: Box<str>,
    pub sees: Sees,
    pub owner: Option<Box<str>>,
    pub relays: Vec<Name>,
    /// http or https.
    pub url: Option<Box<str>>,
    /// Readers see `label` only, and there is no page.
    pub protected: bool,
    /// Not empty where protected.
    pub label: Option<Box<str>>,
    pub not: Vec<Name>,
    pub aliases: Vec<Spanned<OutPath>>,
    pub allow: Vec<Exception>,
    pub extra: Extra,
    pub body: Body,
}

#[derive(Clone, Debug)]
pub struct EventRecord {
    pub origin: Origin,
    pub naming: Naming,
    pub summary: Option<Box<str>>,
    pub aliases: Vec<Spanned<OutPath>>,
    pub extra: Extra,
    pub body: Body,
}

/// The text of an article in another language; dates, figures, sources and status come from
/// the original.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The translation's own file.
    pub file: Arc<str>,
    /// Of the file that it translates.
    pub of: Arc<str>,
    /// A language of site.toml other than the default.
    pub language: Box<str>,
    pub title: Option<Box<str>>,
    pub summary: Option<Box<str>>,
    pub not_known: Option<Vec<Box<str>>>,
    pub not_reached: Option<Vec<Box<str>>>,
    pub withheld: Option<Vec<Box<str>>>,
    /// The claim's id, and its text.
    pub claim_text: Vec<(Spanned<Id>, Box<str>)>,
    /// When it was last brought in line with its original, a briefing; else it counts as made when
    /// that was published.
    pub updated: Option<Moment>,
    pub body: Body,
}

impl Translation {
    /// When the original was changed after this translation.
    #[must_use]
    pub fn is_behind(&self, original: &Briefing) -> Option<Moment> {
        let made = self.updated.unwrap_or(original.date);
        original.last_change().filter(|changed| *changed > made)
    }
}

impl Briefing {
    /// When something of it was changed after it was published: said by `updated`, or by a correction.
    #[must_use]
    pub fn last_change(&self) -> Option<Moment> {
        self.corrections.iter().map(|correction| correction.at).chain(self.updated).max()
    }

    /// The briefing covers what was known up to then.
    pub fn known_until(&self) -> Moment {
        self.as_of.or(self.updated).unwrap_or(self.date)
    }
}

impl Correction {
    /// Something was wrong; an update is only news.
    pub fn is_fault(&self) -> bool {
        self.kind != CorrectionKind::Update
    }
}

/// What one file of `content/` holds; shared, so that linking again costs no copy.
#[derive(Clone, Debug)]
pub enum Article {
    Briefing(Arc<Briefing>),
    Page(Arc<PlainPage>),
    Neighbourhood(Arc<NeighbourhoodRecord>),
    Source(Arc<SourceRecord>),
    Event(Arc<EventRecord>),
    Translation(Arc<Translation>),
}

/// Markdown as HTML with slots for what only the whole site knows.
#[derive(Clone, Debug, Default)]
pub struct Body {
    pub html: SlottedHtml,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// What the [`Slot::Link`]s lead to.
    pub links: Vec<BodyLink>,
    /// The first paragraph as plain text, for lists where there is no summary.
    pub lead: Box<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique within the body, as on GitHub; never begins with a prefix of ours.
    pub id: Box<str>,
    /// Without markup.
    pub text: Box<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyLink {
    pub target: Target,
    /// Of the whole link, in the file's text.
    pub span: Span,
}

/// Where a link in Markdown leads. External links are finished HTML and do not stand here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `place:NAME`
    Neighbourhood(Box<str>),
    /// `source:NAME`
    Source(Box<str>),
    /// `claim:ID`, or `claim:BRIEFING/ID` elsewhere.
    Claim { briefing: Option<Box<str>>, claim: Box<str> },
    /// `date:2016-10-02`, `date:2016-10`, `date:2016`
    Date(CalendarPage),
    /// `#part` of the same body.
    Fragment(Box<str>),
    /// Another file: relative to the root of the site, forward slashes, percent-decoded, dots
    /// resolved as on GitHub. The fragment may be empty.
    File { path: Box<str>, fragment: Box<str> },
    /// As `File`, shown in the page.
    Picture { path: Box<str> },
}
