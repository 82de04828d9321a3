//! A page's content security policy, completed with the hashes of its styles.
//!
//! Owns the placeholder that a template writes for them, and when a page may load fonts. A page without the
//! placeholder stays as it is.
//!
//! Invariant: a completed policy allows the texts of the page's `<style>` elements and no other
//! style: none that is brought into the page, and no `style="…"`. It allows fonts, those of the site alone, if one of
//! these texts names some and the template does not say itself which fonts are allowed. The same holds for recordings, if
//! the page plays one.

use std::ops::Range;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use sha2::{Digest as _, Sha256};

use crate::html::{Token, Tokens};

/// What a template writes in its policy: `style-src 'bulletin-styles'`.
pub const PLACEHOLDER: &str = "'bulletin-styles'";
/// Instead of hashes on a page without styles: an empty directive would look like a slip.
const NO_STYLE: &str = "'none'";
/// The fonts of the site, on a server and from disk, where no file has an origin.
const OWN_FONTS: &str = "font-src 'self' data: file:; ";
/// The recordings of the site, likewise.
const OWN_MEDIA: &str = "media-src 'self' file:; ";

/// Hashes of styles. Nearly all pages of a site have the same style, so the first one is kept.
#[derive(Default)]
pub struct StyleHashes {
    first: OnceLock<(String, StyleFacts)>,
}

/// What the policy of a page needs to know of a style.
#[derive(Clone)]
struct StyleFacts {
    /// As a policy writes it.
    hash: String,
    has_fonts: bool,
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

    fn facts(&self, style: &str) -> StyleFacts {
        let (known, facts) = self.first.get_or_init(|| (style.to_owned(), StyleFacts::of(style)));
        if known == style { facts.clone() } else { StyleFacts::of(style) }
    }
}

impl StyleFacts {
    fn of(style: &str) -> Self {
        Self { hash: hash(style), has_fonts: style.to_ascii_lowercase().contains("@font-face") }
    }
}

/// The hash of a style or script, as a policy writes it.
#[must_use]
pub fn hash(text: &str) -> String {
    // Browsers hash what they parsed, in which every line break is one character.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Reads a page's policy and styles.
pub struct PolicyReader<'h> {
    html: &'h str,
    is_in_head: bool,
    /// Bytes of the page.
    placeholder: Option<Range<usize>>,
    /// Where the directive with the placeholder begins.
    directive: usize,
    says_fonts: bool,
    says_media: bool,
    has_media: bool,
    styles: Vec<&'h str>,
}

impl<'h> PolicyReader<'h> {
    #[must_use]
    pub fn new(html: &'h str) -> Self {
        Self {
            html,
            is_in_head: true,
            placeholder: None,
            directive: 0,
            says_fonts: false,
            says_media: false,
            has_media: false,
            styles: Vec::new(),
        }
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
            if let Some(found) = memmem::find(written.as_bytes(), PLACEHOLDER.as_bytes()) {
                let start = tag.span.start + found;
                self.placeholder = Some(start..start + PLACEHOLDER.len());
                self.directive = tag.span.start + written[..found].rfind("style-src").unwrap_or(found);
                self.says_fonts = written.contains("font-src");
                self.says_media = written.contains("media-src");
            }
        } else if tag.is("video") || tag.is("audio") {
            self.has_media = true;
        }
    }

    /// The bytes of the page to replace, and by what; `None` without a placeholder.
    #[must_use]
    pub fn finish(self, hashes: &StyleHashes) -> Option<(Range<usize>, String)> {
        let placeholder = self.placeholder?;
        let facts: Vec<StyleFacts> = self.styles.iter().map(|style| hashes.facts(style)).collect();
        let has_fonts = facts.iter().any(|facts| facts.has_fonts);
        let mut sources: Vec<String> = facts.into_iter().map(|facts| facts.hash).collect();
        sources.dedup();
        if sources.is_empty() {
            sources.push(NO_STYLE.to_owned());
        }
        let sources = sources.join(" ");
        let fonts = if has_fonts && !self.says_fonts { OWN_FONTS } else { "" };
        let media = if self.has_media && !self.says_media { OWN_MEDIA } else { "" };
        let begin = &self.html[self.directive..placeholder.start];
        Some((self.directive..placeholder.end, [fonts, media, begin, &sources].concat()))
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
    fn recordings_of_the_site_are_let_in_on_a_page_that_plays_one() {
        let policy = |policy: &str, body: &str| {
            let page = check(&format!("<meta content=\"{policy}\"><body>{body}"));
            page.split('"').nth(1).unwrap().to_owned()
        };
        let own = "media-src 'self' file:; style-src 'none'";
        for body in ["<p><video src=a.mp4>", "<AUDIO src=a.mp3>"] {
            assert_eq!(policy("style-src 'bulletin-styles'", body), own, "{body}");
        }
        assert_eq!(policy("style-src 'bulletin-styles'", "<p>&lt;video>"), "style-src 'none'");
        let said = "style-src 'bulletin-styles'; media-src 'none'";
        assert_eq!(policy(said, "<video>"), "style-src 'none'; media-src 'none'");
    }

    #[test]
    fn fonts_of_the_site_are_let_in_for_a_style_that_names_some() {
        let page = |policy: &str| {
            check(&format!("<meta content=\"{policy}\"><style>@Font-Face{{src:url(a.woff2)}}</style>"))
        };
        let hash = hash("@Font-Face{src:url(a.woff2)}");
        for (policy, completed) in [
            (
                "default-src 'none'; style-src 'bulletin-styles'; img-src 'self'",
                format!("default-src 'none'; font-src 'self' data: file:; style-src {hash}; img-src 'self'"),
            ),
            (
                "style-src 'self' 'bulletin-styles'",
                format!("font-src 'self' data: file:; style-src 'self' {hash}"),
            ),
            ("style-src 'bulletin-styles'; font-src 'none'", format!("style-src {hash}; font-src 'none'")),
            ("default-src 'self'", "default-src 'self'".to_owned()),
        ] {
            assert!(page(policy).starts_with(&format!("<meta content=\"{completed}\">")), "{}", page(policy));
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
