//! The search of a site: an index of what its pages say, made once all of them are known to be right.
//!
//! Pages are rendered again for the index, part by part. Keeping their text would hold a whole site in memory,
//! and unchanged pages are not rendered by the build.

use rayon::prelude::*;

use super::Prepared;
use super::observer::{Observer, Stage, in_stage};
use crate::diag::Diagnostic;
use crate::paths::OutPath;
use crate::render::search::{self, SearchedPage};

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
        let renderer = self.renderer();
        let routes = self.site.routes.all().par_iter();
        let found = routes.filter_map(|(path, route)| renderer.searched(path, *route));
        let mut pages: Vec<SearchedPage<'_>> = found.collect();
        pages.sort_by_key(|page| page.language);
        observer.expects(pages.len());
        let languages = pages.chunk_by(|a, b| a.language == b.language);
        let parts: Vec<_> = languages.flat_map(|pages| pages.chunks(search::PART_PAGES)).collect();
        search::files(&parts, |part| {
            let entries = part.iter().map(|page| renderer.search_entry(page));
            let entries = entries.collect::<Result<_, _>>().map_err(|fault| *fault);
            observer.items_done(part.len(), 0);
            entries
        })
    }
}
