//! One page as the search sees it.

use super::own_text::own_text;
use crate::paths::{OutPath, ascii_url_path};
use crate::site::{LanguageIx, Page};

/// A page that the search finds, before it is rendered.
pub struct SearchedPage<'s> {
    pub path: &'s OutPath,
    pub language: LanguageIx,
    pub page: Page,
    /// One line next to the title in results; may be empty.
    pub about: String,
}

/// A page in the search index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchEntry {
    /// Relative to the root of the output.
    pub url: String,
    pub language: Box<str>,
    /// One line next to the title in results; may be empty.
    pub about: String,
    /// What the page itself says, as HTML.
    pub html: String,
}

impl SearchEntry {
    pub fn new(page: &SearchedPage<'_>, language: &str, html: &str) -> Self {
        // The page repeats texts of briefings, which are found on their own pages.
        let gathers = !matches!(page.page, Page::Briefing(_) | Page::Plain(_));
        Self {
            url: ascii_url_path(page.path.as_str()),
            language: language.into(),
            about: page.about.clone(),
            html: own_text(main_of(html), gathers),
        }
    }
}

/// The `<main>` element. Templates have lower-case tags.
fn main_of(html: &str) -> &str {
    let begin = html.find("<main");
    let end = html.rfind("</main>").map(|at| at + "</main>".len());
    let main = begin.zip(end).and_then(|(begin, end)| html.get(begin..end));
    main.filter(|main| !main.is_empty()).unwrap_or(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_main_part_of_a_page_is_searched() {
        assert_eq!(main_of("<header>a</header><main id=x>b</main><footer>c"), "<main id=x>b</main>");
        assert_eq!(main_of("<p>a"), "<p>a");
        assert_eq!(main_of("</main><main>"), "</main><main>");
    }
}
