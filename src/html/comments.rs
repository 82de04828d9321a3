//! Pages without their comments.

use std::borrow::Cow;

use super::tokens::{Token, Tokens};

/// What is left of a page without comments and what browsers read as one. The doctype stays.
#[must_use]
pub fn page_without_comments(page: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut from = 0;
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next_token() {
        let Token::Comment(comment) = token else { continue };
        if is_doctype(comment) {
            continue;
        }
        let end = page.len() - tokens.rest().len();
        kept.push_str(&page[from..end - comment.len()]);
        if kept.ends_with(['<', '&']) {
            // Together with what follows, it would be a tag or a reference.
            kept.push(' ');
        }
        from = end;
    }
    if from == 0 {
        return Cow::Borrowed(page);
    }
    kept.push_str(&page[from..]);
    Cow::Owned(kept)
}

fn is_doctype(comment: &str) -> bool {
    comment.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn comments_go_and_all_else_stays() {
        for (page, left) in [
            ("<!DOCTYPE html><p>a<!-- b -->c", "<!DOCTYPE html><p>ac"),
            ("<p title=\"<!-- a -->\">b", "<p title=\"<!-- a -->\">b"),
            ("<script>x = '<!-- a -->'</script><!-- b", "<script>x = '<!-- a -->'</script>"),
            ("<style>/*<!--*/</style><? a ?></ b>c", "<style>/*<!--*/</style>c"),
            ("<<!-- a -->b>", "< b>"),
            ("&<!-- a -->lt;", "& lt;"),
            ("<!-><!--->a<!---->b<!-- c --!>d", "abd"),
            ("none", "none"),
        ] {
            assert_eq!(page_without_comments(page), left, "{page}");
        }
    }

    proptest! {
        #[test]
        fn no_comment_is_left(page in "(<|!|-|--|>|<!--|-->|a|/|\\?|&|;|=|\"|<script>|</script>| ){0,24}") {
            let left = page_without_comments(&page);
            prop_assert_eq!(&page_without_comments(&left), &left);
        }
    }
}
