//! A linked site with everything that renders it.
//!
//! Owns the handing over from linking to rendering, and no rule of either.

use std::sync::Arc;

use crate::checks::copied_files::{self, CopiedOutput};
use crate::checks::leaks::LeakCheck;
use crate::diag::Diagnostic;
use crate::i18n::Messages;
use crate::render::Renderer;
use crate::render::templates::Templates;
use crate::site::{FileIx, Site};
use crate::sources::SourceSet;

/// A linked site with everything that renders it.
pub struct Prepared {
    pub sources: SourceSet,
    pub site: Arc<Site>,
    pub templates: Arc<Templates>,
    pub words: Arc<Messages>,
    pub(super) leak_check: LeakCheck,
}

impl Prepared {
    #[must_use]
    pub fn renderer(&self) -> Renderer {
        Renderer::new(&self.site, &self.templates, &self.words)
    }

    /// What is published for a copied file.
    ///
    /// # Errors
    /// If it cannot be read, or may not be published.
    pub fn file(&self, ix: FileIx) -> Result<CopiedOutput, Diagnostic> {
        let file = &self.site.files[ix];
        let bytes = self.sources.read(&self.sources.files[file.source])?;
        copied_files::published(&file.path, bytes)
    }
}
