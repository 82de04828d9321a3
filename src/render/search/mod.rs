//! The search of a site: the text of each page, and Pagefind's index of all of them.
//!
//! Owns which part of a page is searched, and which of Pagefind's files a reader needs. `pages::about`
//! decides which pages are searched; `search.js` runs in the browser.
//!
//! Invariant: an index has nothing but the finished HTML of its pages, and one line about each in words of
//! the interface.

mod entry;
#[cfg(feature = "search")]
mod index;
#[cfg(feature = "search")]
mod join;
mod own_text;
#[cfg(feature = "search")]
mod packed;

pub use entry::{SearchEntry, SearchedPage};
#[cfg(feature = "search")]
pub use index::files;

/// Pages that are indexed at a time. Pagefind holds 0.2 MB for each until all of them are added.
pub const PART_PAGES: usize = 100;

/// The script of the search pages. It loads the rest at the first search.
pub const SCRIPT: &str = include_str!("search.js");

/// Without the feature, `config` refuses a site with search.
#[cfg(not(feature = "search"))]
pub fn files<P>(
    _: &[P],
    _: impl Fn(&P) -> Result<Vec<SearchEntry>, crate::diag::Diagnostic>,
) -> Result<Vec<(crate::paths::OutPath, Vec<u8>)>, crate::diag::Diagnostic> {
    Ok(Vec::new())
}
