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

pub use entry::SearchEntry;
#[cfg(feature = "search")]
pub use index::files;

/// The script of the search pages. It loads the rest at the first search.
pub const SCRIPT: &str = include_str!("search.js");

/// Without the feature, `config` refuses a site with search.
#[cfg(not(feature = "search"))]
pub fn files(_: Vec<SearchEntry>) -> Result<Vec<(crate::paths::OutPath, Vec<u8>)>, crate::diag::Diagnostic> {
    Ok(Vec::new())
}
