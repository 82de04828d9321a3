//! A linked site with everything that renders it.
//!
//! Owns the handing over from linking to rendering, and no rule of either.

use std::sync::Arc;

use crate::cards::Fonts;
use crate::checks::leaks::{LeakCheck, Leaks};
use crate::checks::repository;
use crate::diag::Diagnostic;
use crate::i18n::Messages;
use crate::picture_cache::PictureCache;
use crate::render::Renderer;
use crate::render::templates::Templates;
use crate::site::Site;
use crate::sources::SourceSet;

/// A linked site with everything that renders it.
pub struct Prepared {
    pub sources: SourceSet,
    pub site: Arc<Site>,
    pub templates: Arc<Templates>,
    pub words: Arc<Messages>,
    /// Of cards.
    pub(super) fonts: Arc<Fonts>,
    pub(super) leak_check: LeakCheck,
    pub(super) pictures: Arc<PictureCache>,
}

impl Prepared {
    /// A path, or a text with one, without private words.
    #[must_use]
    pub fn masked_path(&self, path: &str) -> String {
        self.leak_check.masked_path(path)
    }

    #[must_use]
    pub fn renderer(&self) -> Renderer {
        Renderer::new(&self.site, &self.templates, &self.words, &self.fonts)
    }

    /// Whether there are any private words.
    #[must_use]
    pub fn has_private_words(&self) -> bool {
        !self.leak_check.is_empty()
    }

    /// Whether a text of a file holds private words.
    #[must_use]
    pub fn has_private_words_in(&self, path: &str, text: &[u8]) -> bool {
        !self.leak_check.found_in_repository(path, text).is_empty()
    }

    /// The private words that an output holds; it must not be shown then.
    #[must_use]
    pub fn private_words_in(&self, route: usize, bytes: &[u8]) -> Vec<Diagnostic> {
        let found = self.leak_check.found(&self.site.routes.all()[route].0, bytes);
        if found.is_empty() {
            return Vec::new();
        }
        let mut leaks = Leaks::default();
        leaks.add(route, &found);
        let mut diagnostics = leaks.into_diagnostics(&self.leak_check, &self.site, &self.sources);
        self.mask_all(&mut diagnostics);
        diagnostics
    }

    /// The private words that the repository of the site holds.
    pub(super) fn leaks_in_repository(&self) -> Vec<Diagnostic> {
        repository::search(&self.leak_check, &self.site, &self.sources)
    }

    /// Masks all private words of the site.
    pub fn mask_all(&self, diagnostics: &mut [Diagnostic]) {
        self.leak_check.mask_all(diagnostics);
    }
}
