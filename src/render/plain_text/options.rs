//! What the writer of a text needs to know besides its page.

use crate::paths::{OutPath, ascii_url_path, resolve_url};
use crate::site::{Route, Routes};

/// The width of a line in columns. A longer word or address has a line of its own.
pub const COLUMNS: usize = 72;

/// What a text needs to know that the HTML of its page does not say.
pub struct PlainTextOptions<'a> {
    /// Of the page.
    pub path: &'a OutPath,
    pub routes: &'a Routes,
    pub base_url: Option<&'a str>,
    /// The address of the page.
    pub page_url: &'a str,
    /// The word before the address of the page.
    pub page_word: &'a str,
    /// The heading of the links.
    pub links_word: &'a str,
}

impl PlainTextOptions<'_> {
    /// The target of a page's link, from its text: the text of a page, or the file if it has none.
    /// `None` for a link within the page.
    pub fn target(&self, href: &str) -> Option<String> {
        let path = href.split_once('#').map_or(href, |(path, _)| path);
        let resolved = resolve_url(self.path.as_str(), path).unwrap_or_default();
        if resolved == self.path.as_str() {
            return None;
        }
        let target = match (self.routes.find(&resolved), self.base_url) {
            (Some((_, Route::Page(_, page))), _) if page.has_plain_text() => {
                path.strip_suffix(".html").map(|stem| [stem, ".txt"].concat())
            }
            (Some((index, _)), Some(base)) => {
                Some([base, &ascii_url_path(self.routes.all()[index].0.as_str())].concat())
            }
            _ => None,
        };
        Some(target.unwrap_or_else(|| href.to_owned()))
    }
}
