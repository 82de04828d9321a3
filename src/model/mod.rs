//! One content file as one typed article. References are kept as written, with their spans.
//!
//! Owns the types that `parse` makes and `site` links. Resolves nothing, and knows no page, URL or view.
//! Every kind of article has an [`ArticleBase`], and dereferences to it.

mod base;
mod body;
mod briefing;
mod page;
mod records;
mod slotted_html;
mod translation;
mod words;

use std::sync::Arc;

pub use crate::toml::{Name, Word};
pub use base::{ArticleBase, Extra, UNATTRIBUTED};
pub use body::{Body, BodyLink, Heading, Target};
pub use briefing::{
    Briefing, Checked, Claim, ClaimName, Correction, Evidence, Figure, Repeat, StatedTime, UnownedNumber,
    Withdrawal,
};
pub use page::PlainPage;
pub use records::{
    CityMap, Currency, EventRecord, MapPoint, Naming, NeighbourhoodRecord, Outline, SourceRecord,
};
pub use slotted_html::{Piece, Slot, SlottedHtml};
pub use translation::{TextsById, Translation};
pub use words::{BriefingKind, ClaimKind, CorrectionKind, Precision, Sees, Status};

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

impl Article {
    /// Its path, relative to the root.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Briefing(article) => &article.file,
            Self::Page(article) => &article.file,
            Self::Neighbourhood(record) => &record.file,
            Self::Source(record) => &record.file,
            Self::Event(record) => &record.file,
            Self::Translation(translation) => &translation.file,
        }
    }

    /// In the language of its text; `None` for a translation that leaves it to the original.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Briefing(briefing) => Some(&briefing.title),
            Self::Page(page) => Some(&page.title),
            Self::Neighbourhood(record) => Some(&record.title),
            Self::Source(record) => Some(&record.title),
            Self::Event(record) => Some(&record.title),
            Self::Translation(translation) => translation.title.as_deref(),
        }
    }
}
