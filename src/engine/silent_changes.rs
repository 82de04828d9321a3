//! Compares the claims of a site with those that were published last.
//!
//! Owns when they are compared: not in a site as it was known earlier, and not without open data.

use super::prepared::Prepared;
use super::sink::PublishedFile;
use crate::checks::silent_changes::{Compared, check, unreadable};
use crate::diag::Diagnostic;
use crate::open_data::claim_lines;
use crate::paths::OutPath;
use crate::site::{DataFile, Dataset};

impl Prepared {
    /// Claims that say something else than in the last publish. `published` opens an output of the last
    /// publish; it is called last, since it may read a large file.
    pub(super) fn silent_changes(&self, published: &dyn Fn(&OutPath) -> PublishedFile) -> Vec<Diagnostic> {
        let site = &self.site;
        if site.as_of.is_some() || !site.config.outputs.data {
            return Vec::new();
        }
        let path = &DataFile::Json(Dataset::Claims).path();
        let mut found = match published(path) {
            None => return Vec::new(),
            Some(Err(_)) => vec![unreadable(path)],
            Some(Ok(published)) => {
                let compared = Compared { site, sources: &self.sources, leak_check: &self.leak_check, path };
                check(compared, published, |ix| claim_lines(site, ix).collect())
            }
        };
        self.mask_all(&mut found);
        site.config.levels.apply(&mut found);
        found
    }
}
