//! Everything that is written in a site, for what adds a file to it.

use super::workspace::{BuildOptions, Workspace};
use crate::checks::leaks::LeakCheck;
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::model::Article;

/// The articles of a site, and what finds its private words.
pub struct WrittenSite {
    pub config: Config,
    /// Those that could be parsed, in the order of their paths.
    pub articles: Vec<Article>,
    leak_check: LeakCheck,
}

impl WrittenSite {
    /// Whether a text holds private words.
    #[must_use]
    pub fn has_private_words_in(&self, text: &str) -> bool {
        !self.leak_check.found_in_repository("", text.as_bytes()).is_empty()
    }
}

/// What is written, with drafts and what readers do not see yet, and what is wrong with it. `None` if site.toml or the
/// theme cannot be used.
#[must_use]
pub fn written(options: &BuildOptions) -> (Option<WrittenSite>, Vec<Diagnostic>) {
    let (read, mut diagnostics) = Workspace::new(options.clone()).articles();
    diag::sort(&mut diagnostics);
    let written = read.map(|(config, articles, leak_check)| WrittenSite { config, articles, leak_check });
    (written, diagnostics)
}
