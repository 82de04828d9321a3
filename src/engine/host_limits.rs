//! Whether a finished site fits on its host.

use super::Prepared;
use super::observer::Observer;
use super::search::SearchFile;
use crate::diag::Diagnostic;
use crate::hosts::{Occupancy, over_limits};

impl Prepared {
    /// The limits that the outputs are over. `search` are the files that have no route.
    pub(super) fn over_host_limits(
        &self,
        mut occupancy: Occupancy,
        search: Vec<SearchFile>,
    ) -> Vec<Diagnostic> {
        search.iter().for_each(|(path, bytes)| occupancy.add_search(path, bytes.len() as u64));
        let search: Vec<_> = search.into_iter().map(|(path, _)| path).collect();
        let mut diagnostics = over_limits(&self.site, occupancy, &search);
        self.mask_all(&mut diagnostics);
        self.site.config.levels.apply(&mut diagnostics);
        diagnostics
    }

    /// As a build reports them, for a check: it has made no files of the search.
    pub(super) fn over_host_limits_of_check(
        &self,
        occupancy: Occupancy,
        observer: &dyn Observer,
    ) -> Vec<Diagnostic> {
        if self.site.config.host.is_none() {
            return Vec::new();
        }
        match self.search_files(observer) {
            Ok(search) => self.over_host_limits(occupancy, search),
            Err(fault) => vec![fault],
        }
    }

    /// With a search they are left to the build: its index takes longer than all pages, and a preview has none. The
    /// size of open data is left to it too.
    pub(super) fn over_host_limits_of_preview(&self, occupancy: Occupancy) -> Vec<Diagnostic> {
        let has_search = self.site.config.outputs.search;
        if has_search { Vec::new() } else { self.over_host_limits(occupancy, Vec::new()) }
    }
}
