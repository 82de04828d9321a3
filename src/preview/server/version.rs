//! The version of a page: what a browser has, and what it should have.
//!
//! Owns the two hashes in it, of the page without its styles and of all of it. From two versions the server
//! knows whether only styles differ, and keeps no old page to compare. The hashes of styles in a policy
//! change with the styles, and count as a part of them.

use super::policy::is_policy;
use crate::html::{Token, Tokens};
use crate::render::fingerprint;

/// The version of an HTML page. Bytes that are not UTF-8 have no styles.
pub fn of_page(page: &[u8]) -> String {
    let all = fingerprint::of_bytes(page);
    let bare =
        std::str::from_utf8(page).map_or(all, |html| fingerprint::of_bytes(without_styles(html).as_bytes()));
    format!("{bare:016x}.{all:016x}")
}

/// Whether two pages differ in their styles and in nothing else.
pub fn only_styles_differ(before: &str, now: &str) -> bool {
    match (before.split_once('.'), now.split_once('.')) {
        (Some((bare_before, _)), Some((bare_now, _))) => bare_before == bare_now && before != now,
        _ => false,
    }
}

fn without_styles(page: &str) -> String {
    let mut bare = String::with_capacity(page.len());
    let mut copied = 0;
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next_token() {
        let Token::Start(tag) = token else { continue };
        if tag.is("style") {
            bare.push_str(&page[copied..tag.span.end]);
            copied = tag.span.end + tag.raw_text.len();
        } else if is_policy(tag) {
            bare.push_str(&page[copied..tag.span.start]);
            push_without_hashes(&mut bare, &page[tag.span.clone()]);
            copied = tag.span.end;
        }
    }
    bare.push_str(&page[copied..]);
    bare
}

fn push_without_hashes(bare: &mut String, policy: &str) {
    const HASH: &str = "'sha256-";
    let mut rest = policy;
    while let Some((before, hash)) = rest.split_once(HASH) {
        bare.push_str(before);
        rest = hash.split_once('\'').map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(before: &str, now: &str) -> bool {
        only_styles_differ(&of_page(before.as_bytes()), &of_page(now.as_bytes()))
    }

    #[test]
    fn hashes_of_styles_change_with_them() {
        let page = |hash: &str, style: &str| {
            format!(
                "<meta http-equiv=content-security-policy content=\"style-src {hash}\"><style>{style}</style>"
            )
        };
        assert!(check(&page("'sha256-a'", "a{}"), &page("'sha256-b'", "b{}")));
        assert!(!check(&page("'sha256-a' x", "a{}"), &page("'sha256-b' y", "b{}")));
        assert!(!check(&page("'sha256-a'", "a{}"), &page("'sha256-a'", "a{}")), "it is the same");
    }

    #[test]
    fn any_other_difference_is_no_matter_of_style() {
        for (before, now) in [
            ("<style>a{}</style>x", "<style>b{}</style>y"),
            ("<style>a{}</style>", "<style media=print>a{}</style>"),
            ("<style>a{}</style>", "<style>a{}</style><style>b{}</style>"),
            ("<styles>a</styles>", "<styles>b</styles>"),
            ("<p>'sha256-a'<style>a{}</style>", "<p>'sha256-b'<style>b{}</style>"),
        ] {
            assert!(!check(before, now), "{before} {now}");
        }
        assert!(!only_styles_differ("missing", "folder"));
    }

    proptest! {
        #[test]
        fn a_change_of_style_is_one(text in "[a-z ]{0,20}", old in "[a-z{}:;]{0,20}", new in "[a-z{}:;]{0,20}") {
            prop_assume!(old != new);
            let page = |style: &str| format!("<head><style>{style}</style></head><body>{text}</body>");
            prop_assert!(check(&page(&old), &page(&new)));
        }

        #[test]
        fn any_bytes_are_read(page in any::<Vec<u8>>()) {
            of_page(&page);
        }
    }
}
