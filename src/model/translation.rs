//! The text of an article in another language.

use std::sync::Arc;

use super::{ArticleBase, Body, Briefing};
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
    /// By the id of the claim, as are the next three.
    pub claim_text: TextsById,
    pub status_why: TextsById,
    pub figure_said: TextsById,
    pub figure_who: TextsById,
    /// By the id of the correction.
    pub correction_why: TextsById,
    pub withdrawn_why: Option<Box<str>>,
    /// When it last matched its briefing. None: when the briefing was published.
    pub updated: Option<Moment>,
    pub body: Body,
}

/// Texts by the id of what they are about, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct TextsById(Vec<(Spanned<Id>, Box<str>)>);

impl TextsById {
    pub fn new(texts: impl IntoIterator<Item = (Spanned<Id>, Box<str>)>) -> Self {
        Self(texts.into_iter().collect())
    }

    #[must_use]
    pub fn get(&self, id: &Id) -> Option<&str> {
        self.0.iter().find(|(known, _)| known.value == *id).map(|(_, text)| text.as_ref())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Spanned<Id>, &str)> {
        self.0.iter().map(|(id, text)| (id, text.as_ref()))
    }

    pub fn retain(&mut self, keep: impl Fn(&Id) -> bool) {
        self.0.retain(|(id, _)| keep(&id.value));
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Translation {
    /// The tables with texts by id, each under its key: those of claims, then that of corrections.
    #[must_use]
    pub fn texts_by_id(&self) -> [(&'static str, &TextsById); 5] {
        [
            ("claim_text", &self.claim_text),
            ("status_why", &self.status_why),
            ("figure_said", &self.figure_said),
            ("figure_who", &self.figure_who),
            ("correction_why", &self.correction_why),
        ]
    }

    /// Whether readers see a text in its language. A translation without one only has a title.
    #[must_use]
    pub fn has_body_of(&self, original: &ArticleBase) -> bool {
        !self.body.html.is_empty() || original.body.html.is_empty()
    }

    /// When the original changed, if that was after this translation was made.
    #[must_use]
    pub fn is_behind(&self, original: &Briefing) -> Option<Moment> {
        let made = self.updated.unwrap_or(original.date);
        original.last_edit().filter(|changed| *changed > made)
    }
}
