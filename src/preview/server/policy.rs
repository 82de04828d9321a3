//! What a page's content security policy needs for the preview's script.
//!
//! Owns the widening of `<meta http-equiv="Content-Security-Policy">`, of the default theme and of any
//! other. A policy that allows the script already stays as it is.
//!
//! Invariant: a policy gains `'self'` for scripts and for connections, and nothing more.

use std::borrow::Cow;

use crate::html::{StartTag, Token, Tokens, escape};

/// Whether a tag holds a policy.
pub fn is_policy(tag: &StartTag<'_>) -> bool {
    let name = tag.attribute("http-equiv");
    tag.is("meta") && name.is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"))
}

/// The page, with all its policies wide enough.
pub fn widened(page: &str) -> Cow<'_, str> {
    let mut wider_page = String::new();
    let mut copied = 0;
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next_token() {
        if let Token::Start(tag) = token
            && is_policy(tag)
            && let Some(policy) = tag.attribute("content").and_then(|policy| wider(policy))
        {
            wider_page.push_str(&page[copied..tag.span.start]);
            push_tag(&mut wider_page, tag, &policy);
            copied = tag.span.end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(page);
    }
    wider_page.push_str(&page[copied..]);
    Cow::Owned(wider_page)
}

/// The tag with another policy.
fn push_tag(page: &mut String, tag: &StartTag<'_>, policy: &str) {
    page.push('<');
    page.push_str(tag.name);
    for (name, value) in &tag.attributes {
        page.push(' ');
        page.push_str(name);
        let value = if name.eq_ignore_ascii_case("content") { Some(policy) } else { value.as_deref() };
        if let Some(value) = value {
            page.push_str("=\"");
            page.push_str(&escape(value));
            page.push('"');
        }
    }
    page.push('>');
}

/// A policy that allows the script; `None` if this one does.
fn wider(policy: &str) -> Option<String> {
    let with_scripts = with_self(policy, &["script-src-elem", "script-src", "default-src"], "script-src");
    let policy = with_scripts.as_deref().unwrap_or(policy);
    with_self(policy, &["connect-src", "default-src"], "connect-src").or(with_scripts)
}

/// Adds `'self'` to the first of the directives that the policy has. If that is only the default, the
/// directive `own` is added, so that nothing else is allowed.
fn with_self(policy: &str, directives: &[&str], own: &str) -> Option<String> {
    let mut all: Vec<&str> = policy.split(';').collect();
    let at = directives.iter().find_map(|wanted| all.iter().position(|known| name_of(known) == *wanted))?;
    let name = name_of(all[at]);
    let sources: Vec<&str> = all[at].split_ascii_whitespace().skip(1).collect();
    if sources.iter().any(|source| *source == "*" || source.eq_ignore_ascii_case("'self'")) {
        return None;
    }
    let sources = sources.into_iter().filter(|source| !source.eq_ignore_ascii_case("'none'"));
    let sources: Vec<&str> = sources.chain(["'self'"]).collect();
    let sources = sources.join(" ");
    if name == "default-src" {
        return Some(format!("{policy}; {own} {sources}"));
    }
    let directive = format!(" {name} {sources}");
    all[at] = if at == 0 { directive.trim_start() } else { &directive };
    Some(all.join(";"))
}

fn name_of(directive: &str) -> String {
    directive.split_ascii_whitespace().next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(policy: &str) -> String {
        wider(policy).unwrap_or_else(|| policy.to_owned())
    }

    #[test]
    fn a_policy_gains_self_for_scripts_and_connections_only() {
        for (policy, wanted) in [
            (
                "default-src 'none'; img-src 'self'",
                "default-src 'none'; img-src 'self'; script-src 'self'; connect-src 'self'",
            ),
            ("script-src 'none'", "script-src 'self'"),
            (
                "img-src 'self'; Script-Src https://a.example",
                "img-src 'self'; script-src https://a.example 'self'",
            ),
            ("script-src 'self'; script-src-elem 'none'", "script-src 'self'; script-src-elem 'self'"),
            ("connect-src 'none';", "connect-src 'self';"),
            ("default-src https:", "default-src https:; script-src https: 'self'; connect-src https: 'self'"),
            ("default-src 'self'", "default-src 'self'"),
            ("img-src 'none'", "img-src 'none'"),
            ("", ""),
        ] {
            assert_eq!(check(policy), wanted, "{policy}");
        }
    }

    #[test]
    fn only_metas_that_are_policies_change() {
        let page = "<meta name=x content=\"script-src 'none'\"><META content='script-src &#39;none&#39;; x \"&amp;' HTTP-EQUIV=Content-Security-Policy hidden>x";
        let wanted = "<meta name=x content=\"script-src 'none'\"><META content=\"script-src 'self'; x &quot;&amp;\" HTTP-EQUIV=\"Content-Security-Policy\" hidden>x";
        assert_eq!(widened(page), wanted);
        for page in [
            "<meta",
            "<meta http-equiv",
            "<meta http-equiv=",
            "<meta content=\"",
            "<meta http-equiv=refresh content='0'>",
            "<!--<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">-->",
        ] {
            assert_eq!(widened(page), page);
        }
    }

    proptest! {
        #[test]
        fn any_page_is_read(page in any::<String>(), tag in "<meta[ a-z=\"'>/;-]{0,40}") {
            widened(&[&page, tag.as_str(), &page].concat());
        }

        #[test]
        fn a_widened_policy_needs_nothing_more(policy in "((default|script|connect|img)-src( '(self|none)'| https:){0,3}; ?){0,4}") {
            let more = check(&policy);
            prop_assert_eq!(check(&more), more);
        }
    }
}
