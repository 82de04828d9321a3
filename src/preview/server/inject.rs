//! The one marked block that makes a page of the build a page of the preview.
//!
//! Owns its text and its place. The same page gets the same block.
//!
//! Invariant: a page without its block, and without what its content security policy needs for it,
//! is the build's, byte for byte.

use super::content_security;
use crate::html::escape;

const BEGIN: &str = "<!--bulletin-preview-->";
const END: &str = "<!--/bulletin-preview-->";

/// The page with the block before its last `</body>`, or at its end. `path` and `version` are what
/// the browser asks with.
pub fn inserted(page: &[u8], path: &str, version: &str) -> Vec<u8> {
    // In UTF-16 the block would be noise; browsers show such a page, and it stays as it is.
    if page.starts_with(&[0xfe, 0xff]) || page.starts_with(&[0xff, 0xfe]) {
        return page.to_vec();
    }
    let page = content_security::widened(page);
    let (path, version) = (escape(path), escape(version));
    let block = format!(
        "{BEGIN}<script src=\"/.bulletin/preview.js\" data-path=\"{path}\" data-version=\"{version}\" async></script>{END}"
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
        String::from_utf8(inserted(page.as_bytes(), "a/\"b\".html", "v")).unwrap()
    }

    fn without_block(page: &[u8]) -> Vec<u8> {
        let find = |needle: &str| page.windows(needle.len()).rposition(|w| w == needle.as_bytes()).unwrap();
        let (begin, end) = (find(BEGIN), find(END) + END.len());
        [&page[..begin], &page[end..]].concat()
    }

    #[test]
    fn the_block_stands_before_the_last_end_of_the_body() {
        let page = text("<body>&lt;/body> <pre></body></pre></BODY>\n</html>");
        assert!(
            page.starts_with("<body>&lt;/body> <pre></body></pre><!--bulletin-preview--><script "),
            "{page}"
        );
        assert!(page.ends_with("</script><!--/bulletin-preview--></BODY>\n</html>"), "{page}");
        assert!(page.contains(" data-path=\"a/&quot;b&quot;.html\" data-version=\"v\""), "{page}");
    }

    #[test]
    fn without_an_end_of_the_body_it_stands_at_the_end() {
        assert!(text("<p>x").ends_with("<!--/bulletin-preview-->"));
    }

    proptest! {
        #[test]
        fn without_its_block_a_page_is_the_builds(page in any::<Vec<u8>>()) {
            prop_assume!(!page.starts_with(&[0xfe, 0xff]) && !page.starts_with(&[0xff, 0xfe]));
            prop_assert_eq!(without_block(&inserted(&page, "a.html", "v")), page);
        }

        #[test]
        fn nor_do_tags_lead_astray(parts in prop::collection::vec("<(/?body|/?script|!--|p)>|[a-z<>&]{0,4}", 0..12)) {
            let page = parts.concat().into_bytes();
            prop_assert_eq!(without_block(&inserted(&page, "a.html", "v")), page);
        }
    }
}
