//! The search of a site: an index of what its pages say, made once all of them are known to be right.
//!
//! Pages are rendered again for the index. Keeping their text would hold a whole site in memory, and
//! unchanged pages are not rendered by the build.

use rayon::prelude::*;

use super::Prepared;
use super::observer::{Observer, Stage, in_stage};
use crate::diag::Diagnostic;
use crate::paths::OutPath;
use crate::render::search;

/// A file of the search: its path and bytes.
pub type SearchFile = (OutPath, Vec<u8>);

impl Prepared {
    /// The files of the search, sorted by path; none where site.toml does not ask for it.
    ///
    /// # Errors
    /// What is wrong with a template, or with the index.
    pub fn search_files(&self, observer: &dyn Observer) -> Result<Vec<SearchFile>, Diagnostic> {
        if !self.site.config.outputs.search {
            return Ok(Vec::new());
        }
        in_stage(observer, Stage::Indexing, || self.indexed(observer))
    }

    fn indexed(&self, observer: &dyn Observer) -> Result<Vec<SearchFile>, Diagnostic> {
        observer.expects(self.site.routes.all().len());
        let renderer = self.renderer();
        let routes = self.site.routes.all().par_iter();
        let entries = routes.map(|(path, route)| {
            let entry = renderer.searched(path, *route);
            observer.items_done(1, 0);
            entry
        });
        let entries: Result<Vec<_>, _> = entries.filter_map(Result::transpose).collect();
        search::files(entries.map_err(|fault| *fault)?)
    }
}
