//! What the search of a site knows: the text of each page, and Pagefind's index of all of them.
//!
//! Owns what of a page is looked through, and which of Pagefind's files a reader needs. Which pages
//! are searched is told by `pages::about`; what runs in the browser is `search.js`.
//!
//! Invariant: an index holds nothing but what stands in the finished HTML of its pages, and one sentence
//! about each that is made of the words of the interface.

#[cfg(feature = "search")]
mod index;

#[cfg(feature = "search")]
pub use index::files;

use crate::paths::{OutPath, ascii_url_path};
use crate::site::Page;

/// What runs on the search pages. It loads the rest once somebody searches.
pub const SCRIPT: &str = include_str!("search.js");

/// What the search knows of one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From the root of the output, as a URL.
    pub url: String,
    pub language: Box<str>,
    /// One line for the reader beside the title; may be empty.
    pub about: String,
    /// Around its own text the page gathers what briefings say, which is found there.
    pub gathers: bool,
    /// The `<main>` of the page, or all of it where a theme has none.
    pub html: String,
}

impl Entry {
    #[must_use]
    pub fn new(path: &OutPath, language: &str, page: Page, about: String, html: &str) -> Self {
        Self {
            url: ascii_url_path(path.as_str()),
            language: language.into(),
            about,
            gathers: !matches!(page, Page::Briefing(_) | Page::Plain(_)),
            html: main_of(html).to_owned(),
        }
    }
}

/// Of a page that comes out of a template: its tags are lower case.
fn main_of(html: &str) -> &str {
    let begin = html.find("<main");
    let end = html.rfind("</main>").map(|at| at + "</main>".len());
    let main = begin.zip(end).and_then(|(begin, end)| html.get(begin..end));
    main.filter(|main| !main.is_empty()).unwrap_or(html)
}

/// No program without search can be asked for one: `config` refuses that.
#[cfg(not(feature = "search"))]
pub fn files(_: Vec<Entry>) -> Result<Vec<(OutPath, Vec<u8>)>, crate::diag::Diagnostic> {
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_page_its_main_part_is_looked_through() {
        assert_eq!(main_of("<header>a</header><main id=x>b</main><footer>c"), "<main id=x>b</main>");
        assert_eq!(main_of("<p>a"), "<p>a");
        assert_eq!(main_of("</main><main>"), "</main><main>");
    }
}
