//! Whether two pages differ in nothing but their styles.
//!
//! Owns the search for `<style>` elements in bytes. It is simpler than HTML, and may take for a
//! style what is none (in a comment, in a script): the browser counts its own, and loads the page
//! again where the numbers differ. The hashes of styles in a policy change with them, and do not count.

/// The texts of the second page's styles, if only they differ from the first's.
pub fn only_styles_differ(former: &[u8], now: &[u8]) -> Option<Vec<String>> {
    let (former, now) = (Parts::of(former), Parts::of(now));
    let is_same = |(former, now): (&&[u8], &&[u8])| without_hashes(former) == without_hashes(now);
    if former.around.len() != now.around.len()
        || former.styles == now.styles
        || !former.around.iter().zip(&now.around).all(is_same)
    {
        return None;
    }
    now.styles.into_iter().map(|style| String::from_utf8(style.to_vec()).ok()).collect()
}

struct Parts<'a> {
    /// What stands before, between and after the styles, their tags included.
    around: Vec<&'a [u8]>,
    styles: Vec<&'a [u8]>,
}

impl<'a> Parts<'a> {
    fn of(page: &'a [u8]) -> Self {
        let mut parts = Parts { around: Vec::new(), styles: Vec::new() };
        let mut rest = page;
        while let Some((begin, end)) = style(rest) {
            parts.around.push(&rest[..begin]);
            parts.styles.push(&rest[begin..end]);
            rest = &rest[end..];
        }
        parts.around.push(rest);
        parts
    }
}

/// What stands around a style, without the hashes that policies have.
fn without_hashes(text: &[u8]) -> Vec<&[u8]> {
    const BEGIN: &[u8] = b"'sha256-";
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, BEGIN) {
        let after = &rest[at + BEGIN.len()..];
        let end = after.iter().position(|byte| *byte == b'\'').unwrap_or(after.len());
        parts.push(&rest[..at]);
        rest = &after[end..];
    }
    parts.push(rest);
    parts
}

/// Where the text of the first style begins and ends.
fn style(page: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let tag = from + find(&page[from..], b"<style")?;
        let after = tag + b"<style".len();
        // `<styles>` is something else.
        if page.get(after).is_some_and(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'\n' | b'\r')) {
            let begin = after + page[after..].iter().position(|byte| *byte == b'>')? + 1;
            return Some((begin, begin + find(&page[begin..], b"</style")?));
        }
        from = after;
    }
}

/// The first place where a lower-case needle stands, whatever the case there.
pub fn find(page: &[u8], needle: &[u8]) -> Option<usize> {
    page.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(former: &str, now: &str) -> Option<Vec<String>> {
        only_styles_differ(former.as_bytes(), now.as_bytes())
    }

    #[test]
    fn changed_styles_are_told_with_those_that_stayed() {
        let now = "<style>a{}</style><p>x<STYLE media=print>c{}</STYLE>";
        let told = check("<style>a{}</style><p>x<STYLE media=print>b{}</STYLE>", now);
        assert_eq!(told, Some(vec!["a{}".to_owned(), "c{}".to_owned()]));
    }

    #[test]
    fn hashes_of_styles_change_with_them() {
        let told = check("style-src 'sha256-a'<style>a{}</style>", "style-src 'sha256-b'<style>b{}</style>");
        assert_eq!(told, Some(vec!["b{}".to_owned()]));
    }

    #[test]
    fn whatever_else_differs_is_no_matter_of_style() {
        for (former, now) in [
            ("<style>a{}</style>x", "<style>b{}</style>y"),
            ("<style>a{}</style>", "<style media=print>a{}</style>"),
            ("<style>a{}</style>", "<style>a{}</style><style>b{}</style>"),
            ("<styles>a</styles>", "<styles>b</styles>"),
            ("<style>a{}</style>", "<style>a{}</style>"),
            ("'sha256-a' x<style>a{}</style>", "'sha256-b' y<style>b{}</style>"),
            ("<style>a", "<style>b"),
        ] {
            assert_eq!(check(former, now), None, "{former} {now}");
        }
    }

    proptest! {
        #[test]
        fn a_change_of_style_is_told_whole(text in "[a-z ]{0,20}", old in "[a-z{}:;]{0,20}", new in "[a-z{}:;]{0,20}") {
            prop_assume!(old != new);
            let page = |style: &str| format!("<head><style>{style}</style></head><body>{text}</body>");
            prop_assert_eq!(check(&page(&old), &page(&new)), Some(vec![new]));
        }

        #[test]
        fn any_bytes_are_read(former in any::<Vec<u8>>(), now in any::<Vec<u8>>()) {
            only_styles_differ(&former, &now);
        }
    }
}
