//! A page's content security policy, completed with the hashes of its styles.
//!
//! Owns the placeholder that a template writes for them. A page without it stays as it is.
//!
//! Invariant: a completed policy allows the texts of the page's `<style>` elements and no other
//! style: none that is brought into the page, and no `style="…"`.

use std::ops::Range;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use sha2::{Digest as _, Sha256};

use crate::html::{Token, Tokens};

/// What a template writes in its policy: `style-src 'bulletin-styles'`.
const PLACEHOLDER: &str = "'bulletin-styles'";
/// Instead of hashes on a page without styles: an empty directive would look like a slip.
const NO_STYLE: &str = "'none'";

/// Hashes of styles. Nearly all pages of a site have the same style, so the first one is kept.
#[derive(Default)]
pub struct StyleHashes {
    first: OnceLock<(String, String)>,
}

impl StyleHashes {
    /// The page with a complete policy.
    #[must_use]
    pub fn complete(&self, mut page: String) -> String {
        let mut policy = PolicyReader::new(&page);
        let mut tokens = Tokens::new(&page);
        while let Some(token) = tokens.next_token() {
            policy.token(&token);
        }
        if let Some((at, sources)) = policy.finish(self) {
            page.replace_range(at, &sources);
        }
        page
    }

    /// The hash of a style, as a policy writes it.
    fn source(&self, style: &str) -> String {
        let (known, source) = self.first.get_or_init(|| (style.to_owned(), source(style)));
        if known == style { source.clone() } else { self::source(style) }
    }
}

fn source(style: &str) -> String {
    // Browsers hash what they parsed, in which every line break is one character.
    let text = style.replace("\r\n", "\n").replace('\r', "\n");
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Reads a page's policy and styles.
pub struct PolicyReader<'h> {
    html: &'h str,
    is_in_head: bool,
    /// Bytes of the page.
    placeholder: Option<Range<usize>>,
    styles: Vec<&'h str>,
}

impl<'h> PolicyReader<'h> {
    #[must_use]
    pub fn new(html: &'h str) -> Self {
        Self { html, is_in_head: true, placeholder: None, styles: Vec::new() }
    }

    pub fn token(&mut self, token: &Token<'_, 'h>) {
        let Token::Start(tag) = token else { return };
        if tag.is("style") {
            self.styles.push(tag.raw_text);
        } else if self.is_in_head && tag.is("body") {
            // A policy in the text of a page is no policy.
            self.is_in_head = false;
        } else if self.is_in_head && self.placeholder.is_none() && tag.is("meta") {
            let written = &self.html[tag.span.clone()];
            let found = memmem::find(written.as_bytes(), PLACEHOLDER.as_bytes());
            self.placeholder =
                found.map(|found| tag.span.start + found).map(|start| start..start + PLACEHOLDER.len());
        }
    }

    /// The bytes of the page to replace, and by what; `None` without a placeholder.
    #[must_use]
    pub fn finish(self, hashes: &StyleHashes) -> Option<(Range<usize>, String)> {
        let placeholder = self.placeholder?;
        let mut sources: Vec<String> = self.styles.iter().map(|style| hashes.source(style)).collect();
        sources.dedup();
        if sources.is_empty() {
            sources.push(NO_STYLE.to_owned());
        }
        Some((placeholder, sources.join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str) -> String {
        StyleHashes::default().complete(page.to_owned())
    }

    #[test]
    fn each_style_is_let_in_by_its_hash() {
        // By `printf 'a{}' | openssl dgst -sha256 -binary | base64`.
        let a = "'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='";
        let empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        assert_eq!(
            check(
                "<meta content=\"style-src 'bulletin-styles'\"><style>a{}</style><STYLE media=print></STYLE>"
            ),
            format!(
                "<meta content=\"style-src {a} {empty}\"><style>a{{}}</style><STYLE media=print></STYLE>"
            )
        );
        assert_eq!(
            check("<meta content=\"'bulletin-styles'\"><style>\r\n</style>"),
            check("<meta content=\"'bulletin-styles'\"><style>\n</style>").replace('\n', "\r\n")
        );
    }

    #[test]
    fn a_page_without_a_style_or_without_the_word_is_left_with_a_policy() {
        for (page, completed) in [
            ("<meta content=\"'bulletin-styles'\"><styles>", "<meta content=\"'none'\"><styles>"),
            (
                "<meta content=\"'bulletin-styles'\"><!--<style></style>-->",
                "<meta content=\"'none'\"><!--<style></style>-->",
            ),
            ("<style>a{}</style>", "<style>a{}</style>"),
            ("<body><meta content=\"'bulletin-styles'\">", "<body><meta content=\"'bulletin-styles'\">"),
            ("'bulletin-styles'<style>a{}</style>", "'bulletin-styles'<style>a{}</style>"),
        ] {
            assert_eq!(check(page), completed);
        }
    }

    #[test]
    fn another_style_than_the_first_has_its_own_hash() {
        let hashes = StyleHashes::default();
        let page = |text: &str| format!("<meta content=\"'bulletin-styles'\"><style>{text}</style>");
        assert_eq!(hashes.complete(page("a{}")), check(&page("a{}")));
        assert_eq!(hashes.complete(page("b{}")), check(&page("b{}")));
    }
}
