//! The text of an article in another language.

use std::sync::Arc;

use super::{Body, Briefing};
use crate::diag::Spanned;
use crate::paths::Id;
use crate::time::Moment;

/// Holds text only: dates, figures, sources and status come from the original.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The translation's own file.
    pub file: Arc<str>,
    /// The file that it translates.
    pub of: Arc<str>,
    /// A language of site.toml other than the default.
    pub language: Box<str>,
    pub title: Option<Box<str>>,
    pub summary: Option<Box<str>>,
    pub not_known: Option<Vec<Box<str>>>,
    pub not_reached: Option<Vec<Box<str>>>,
    pub withheld: Option<Vec<Box<str>>>,
    /// By the id of the claim.
    pub claim_text: Vec<(Spanned<Id>, Box<str>)>,
    /// When it last matched its briefing. None: when the briefing was published.
    pub updated: Option<Moment>,
    pub body: Body,
}

impl Translation {
    /// When the original changed, if that was after this translation was made.
    #[must_use]
    pub fn is_behind(&self, original: &Briefing) -> Option<Moment> {
        let made = self.updated.unwrap_or(original.date);
        original.last_edit().filter(|changed| *changed > made)
    }
}
