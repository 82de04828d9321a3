//! The addresses of other sites that the finished pages link to.
//!
//! Owns which links count: those that a reader can follow. Pages are read rather than articles, so that nothing is asked
//! that is not published.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::html::{Token, Tokens};
use crate::paths::OutPath;

/// The addresses of other sites, collected while pages are rendered, on any thread.
#[derive(Debug, Default)]
pub struct LinkedAddresses(Mutex<BTreeMap<String, OutPath>>);

impl LinkedAddresses {
    /// Adds the links of a page; other outputs have none.
    pub fn add(&self, path: &OutPath, bytes: &[u8]) {
        if !path.is_page() {
            return;
        }
        let Ok(html) = std::str::from_utf8(bytes) else { return };
        let found = addresses(html);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for address in found {
            let page = all.entry(address).or_insert_with(|| path.clone());
            if path < page {
                *page = path.clone();
            }
        }
    }

    /// The addresses, each with its first page. Those that begin with `base_url` are the site's own.
    pub(super) fn into_pages(self, base_url: Option<&str>) -> BTreeMap<String, OutPath> {
        let mut all = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.retain(|address, _| base_url.is_none_or(|own| !address.starts_with(own)));
        all
    }
}

fn addresses(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next_token() {
        let Token::Start(tag) = token else { continue };
        if !tag.is("a") && !tag.is("area") {
            continue;
        }
        if let Some(href) = tag.attribute("href").filter(|href| is_web_address(href)) {
            found.insert(href.as_ref().to_owned());
        }
    }
    found
}

fn is_web_address(href: &str) -> bool {
    let Some((scheme, _)) = href.split_once("://") else { return false };
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_a_reader_can_follow_are_collected_with_their_first_page() {
        let linked = LinkedAddresses::default();
        let add = |path: &str, html: &str| linked.add(&OutPath::new(path).unwrap(), html.as_bytes());
        add(
            "b.html",
            "<link rel=canonical href=https://own.org/b.html><a href='https://a.org/?x=1&amp;y'>a</a>\
             <a href=c.html>c</a><a href=mailto:a@a.org>d</a><p>https://text.org/</p>\
             <!-- <a href=https://comment.org/>c</a> --><a href=https://own.org/c.html>own</a>",
        );
        add("a.html", "<A HREF=HTTPS://a.org/?x=1&y>a</A><a href='https://a.org/?x=1&y'>a</a>");
        add("a.json", "<a href=https://json.org/>a</a>");
        let found = linked.into_pages(Some("https://own.org/"));
        let found: Vec<(&str, &str)> =
            found.iter().map(|(address, page)| (address.as_str(), page.as_str())).collect();
        assert_eq!(found, [("HTTPS://a.org/?x=1&y", "a.html"), ("https://a.org/?x=1&y", "a.html")]);
    }
}
