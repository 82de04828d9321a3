//! One content file as one typed article. References are kept as written, with their spans.
//!
//! Owns the types that `parse` makes and `site` links. Resolves nothing, and knows no page, URL or view.
//! Every kind of article has an [`ArticleBase`], and dereferences to it.

mod body;
mod briefing;
mod records;
mod slotted_html;
mod translation;
mod words;

use std::ops::Deref;
use std::sync::Arc;

use crate::diag::{Span, Spanned};
use crate::paths::{Id, OutPath};
use crate::time::Moment;
pub use body::{Body, BodyLink, Heading, Target};
pub use briefing::{Briefing, Claim, Correction, Evidence, Figure, Withdrawal};
pub use records::{EventRecord, MapPoint, Naming, NeighbourhoodRecord, Outline, SourceRecord};
pub use slotted_html::{Piece, Slot, SlottedHtml};
pub use translation::Translation;
pub use words::{BriefingKind, ClaimKind, CorrectionKind, Precision, Sees, SourceKind, Status};

pub use crate::toml::{Name, Word};

/// Free values for a theme, as written in `[extra]`.
pub type Extra = toml::Table;

/// The source of a claim that names no source. It never counts as an origin, and has no page.
pub const UNATTRIBUTED: &str = "unattributed";

/// One file of `content/`. Shared, so that linking again copies no article.
#[derive(Clone, Debug)]
pub enum Article {
    Briefing(Arc<Briefing>),
    Page(Arc<PlainPage>),
    Neighbourhood(Arc<NeighbourhoodRecord>),
    Source(Arc<SourceRecord>),
    Event(Arc<EventRecord>),
    Translation(Arc<Translation>),
}

/// What articles of every kind have.
#[derive(Clone, Debug)]
pub struct ArticleBase {
    /// Relative to the root of the site, forward slashes.
    pub file: Arc<str>,
    pub id: Id,
    /// Where the id is written; the first line if it comes from the file's name.
    pub id_span: Span,
    /// Empty only for a home page without a title.
    pub title: Box<str>,
    /// The first line if there is no title.
    pub title_span: Span,
    pub summary: Option<Box<str>>,
    /// Paths that redirect here.
    pub aliases: Vec<Spanned<OutPath>>,
    pub extra: Extra,
    pub body: Body,
}

/// A page of its own: `content/about.md`. `content/index.md` is the text of the home page.
#[derive(Clone, Debug)]
pub struct PlainPage {
    pub base: ArticleBase,
    /// The page covers what was known up to then.
    pub as_of: Option<Moment>,
    /// When readers should look for a newer version.
    pub next_due: Option<Moment>,
    pub draft: bool,
}

macro_rules! has_base {
    ($($kind:ident),+) => {$(
        impl Deref for $kind {
            type Target = ArticleBase;

            fn deref(&self) -> &ArticleBase {
                &self.base
            }
        }
    )+};
}

has_base!(Briefing, PlainPage, NeighbourhoodRecord, SourceRecord, EventRecord);
