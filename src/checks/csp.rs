//! A page's content security policy, completed by the hashes of its styles.
//!
//! Owns the word that stands for them in a template. A policy without that word stays as it is, and
//! so does a page without a policy.
//!
//! Invariant: a policy lets in the texts of the page's `<style>` elements and no other: not one that
//! somebody brings into the page, and no `style="…"`.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;
use sha2::{Digest as _, Sha256};

/// What a template writes in its policy: `style-src 'bulletin-styles'`.
const STYLES: &str = "'bulletin-styles'";
/// In the place of hashes where a page has no style: a bare directive would read like a slip.
const NO_STYLE: &str = "'none'";

/// Hashes of the styles that were met. Nearly all pages of a site have the same one.
#[derive(Default)]
pub struct Styles {
    first: OnceLock<(String, String)>,
}

impl Styles {
    /// The page with the hashes in place of the word.
    #[must_use]
    pub fn completed(&self, page: String) -> String {
        // In the head: what a writer wrote in the text is no policy.
        let head = find(&page, "<body").unwrap_or(page.len());
        let Some(at) = find(&page[..head], STYLES) else { return page };
        let mut sources: Vec<String> = texts(&page).map(|style| self.source(style)).collect();
        sources.dedup();
        if sources.is_empty() {
            sources.push(NO_STYLE.to_owned());
        }
        let mut completed = String::with_capacity(page.len() + 64 * sources.len());
        completed.push_str(&page[..at]);
        completed.push_str(&sources.join(" "));
        completed.push_str(&page[at + STYLES.len()..]);
        completed
    }

    /// The hash of a style, as policies write it.
    fn source(&self, style: &str) -> String {
        let (known, source) = self.first.get_or_init(|| (style.to_owned(), source(style)));
        if known == style { source.clone() } else { self::source(style) }
    }
}

fn source(style: &str) -> String {
    // Browsers hash what they read, and read every line break as one character.
    let text = style.replace("\r\n", "\n").replace('\r', "\n");
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// The texts of the styles of a rendered page, which comes out of a template: its tags are lower case.
fn texts(page: &str) -> impl Iterator<Item = &str> {
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            let after = find(rest, "<style")? + "<style".len();
            let is_tag = rest[after..].starts_with(|c: char| c == '>' || c.is_ascii_whitespace());
            rest = &rest[after..];
            if is_tag {
                let begin = rest.find('>')? + 1;
                let end = begin + find(&rest[begin..], "</style")?;
                let text = &rest[begin..end];
                rest = &rest[end..];
                return Some(text);
            }
        }
    })
}

/// As `str::find`, but many bytes at once: whole pages are looked through.
fn find(text: &str, word: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str) -> String {
        Styles::default().completed(page.to_owned())
    }

    #[test]
    fn each_style_is_let_in_by_its_hash() {
        // By `printf 'a{}' | openssl dgst -sha256 -binary | base64`.
        let a = "'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='";
        let empty = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
        assert_eq!(
            check(
                "<meta content=\"style-src 'bulletin-styles'\"><style>a{}</style><style media=print></style>"
            ),
            format!(
                "<meta content=\"style-src {a} {empty}\"><style>a{{}}</style><style media=print></style>"
            )
        );
        assert_eq!(
            check("'bulletin-styles'<style>\r\n</style>"),
            check("'bulletin-styles'<style>\n</style>").replace('\n', "\r\n")
        );
    }

    #[test]
    fn a_page_without_a_style_or_without_the_word_is_left_with_a_policy() {
        assert_eq!(check("style-src 'bulletin-styles'; <styles>"), "style-src 'none'; <styles>");
        assert_eq!(check("<style>a{}</style>"), "<style>a{}</style>");
        assert_eq!(check("<body>'bulletin-styles'"), "<body>'bulletin-styles'");
    }

    #[test]
    fn another_style_than_the_first_has_its_own_hash() {
        let styles = Styles::default();
        let of = |text: &str| styles.completed(format!("'bulletin-styles'<style>{text}</style>"));
        assert_eq!(of("a{}"), check("'bulletin-styles'<style>a{}</style>"));
        assert_eq!(of("b{}"), check("'bulletin-styles'<style>b{}</style>"));
    }
}
