//! The one marked block that makes a page of the build a page of the preview.
//!
//! Owns its text and its place. The same page gets the same block.
//!
//! Invariant: a page without its block, and without what its content security policy needs for it, is the
//! build's, byte for byte.

use std::borrow::Cow;

use super::policy;
use crate::html::escape;

const BEGIN: &str = "<!--bulletin-preview-->";
const END: &str = "<!--/bulletin-preview-->";

/// The page with the block before its last `</body>`, or at its end. The browser asks for events with
/// `path` and `version`.
pub fn with_block(page: &[u8], path: &str, version: &str) -> Vec<u8> {
    // In UTF-16 the block would be noise. Browsers show such a page; it stays as it is.
    if page.starts_with(&[0xfe, 0xff]) || page.starts_with(&[0xff, 0xfe]) {
        return page.to_vec();
    }
    let page = match std::str::from_utf8(page).map(policy::widened) {
        Ok(Cow::Owned(wider)) => Cow::Owned(wider.into_bytes()),
        // A page of another encoding gets the block, and keeps its policy.
        Ok(Cow::Borrowed(_)) | Err(_) => Cow::Borrowed(page),
    };
    let block = format!(
        "{BEGIN}<script src=\"/.bulletin/preview.js\" data-path=\"{}\" data-version=\"{}\" async></script>{END}",
        escape(path),
        escape(version)
    );
    let at = last_end_of_body(&page).unwrap_or(page.len());
    [&page[..at], block.as_bytes(), &page[at..]].concat()
}

fn last_end_of_body(page: &[u8]) -> Option<usize> {
    const TAG: &[u8] = b"</body>";
    page.windows(TAG.len()).rposition(|window| window.eq_ignore_ascii_case(TAG))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(page: &str) -> String {
        String::from_utf8(with_block(page.as_bytes(), "a/\"b\".html", "v")).unwrap()
    }

    fn without_block(page: &[u8]) -> Vec<u8> {
        let find = |needle: &str| page.windows(needle.len()).rposition(|w| w == needle.as_bytes()).unwrap();
        let begin = find(BEGIN);
        let end = find(END) + END.len();
        [&page[..begin], &page[end..]].concat()
    }

    #[test]
    fn the_block_is_before_the_last_end_of_the_body() {
        let page = text("<body>&lt;/body> <pre></body></pre></BODY>\n</html>");
        assert!(
            page.starts_with("<body>&lt;/body> <pre></body></pre><!--bulletin-preview--><script "),
            "{page}"
        );
        assert!(page.ends_with("</script><!--/bulletin-preview--></BODY>\n</html>"), "{page}");
        assert!(page.contains(" data-path=\"a/&quot;b&quot;.html\" data-version=\"v\""), "{page}");
    }

    #[test]
    fn without_an_end_of_the_body_it_is_at_the_end() {
        assert!(text("<p>x").ends_with("<!--/bulletin-preview-->"));
    }

    proptest! {
        #[test]
        fn without_its_block_a_page_is_the_builds(page in any::<Vec<u8>>()) {
            prop_assume!(!page.starts_with(&[0xfe, 0xff]) && !page.starts_with(&[0xff, 0xfe]));
            prop_assert_eq!(without_block(&with_block(&page, "a.html", "v")), page);
        }

        #[test]
        fn tags_in_the_page_do_not_confuse_it(parts in prop::collection::vec("<(/?body|/?script|!--|p)>|[a-z<>&]{0,4}", 0..12)) {
            let page = parts.concat().into_bytes();
            prop_assert_eq!(without_block(&with_block(&page, "a.html", "v")), page);
        }
    }
}
