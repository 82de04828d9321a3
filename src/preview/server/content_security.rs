//! What a page's own content security policy needs so that the preview's script may run.
//!
//! Owns the reading of `<meta http-equiv="Content-Security-Policy">`. Touches nothing else, and a
//! policy that lets the script run already stays as it is.
//!
//! Invariant: a policy gains `'self'` for scripts and for connections, and nothing more.

use std::borrow::Cow;
use std::ops::Range;

use super::styles::find;

/// The page with every policy widened as far as it must be.
pub fn widened(page: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Vec::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(at) = find(&page[from..], b"<meta") {
        let tag = Tag::read(page, from + at + b"<meta".len());
        if let Some((range, quote)) = tag.policy(page)
            && let Ok(policy) = std::str::from_utf8(&page[range.clone()])
        {
            let more = more_of(&decoded(policy));
            if let Some(more) = more {
                out.extend_from_slice(&page[done..range.start]);
                out.extend_from_slice(encoded(&more, quote).as_bytes());
                done = range.end;
            }
        }
        from = tag.end;
    }
    if done == 0 {
        return Cow::Borrowed(page);
    }
    out.extend_from_slice(&page[done..]);
    Cow::Owned(out)
}

/// The policy with what it lacks; `None` where it lacks nothing.
fn more_of(policy: &str) -> Option<String> {
    let scripts = widened_for(policy, &["script-src-elem", "script-src", "default-src"], "script-src");
    let more = scripts.as_deref().unwrap_or(policy);
    let connections = widened_for(more, &["connect-src", "default-src"], "connect-src");
    connections.or(scripts)
}

/// `names` are the directives that decide, the first that is there; where it is only the default,
/// `own` is written, so that nothing else is let in.
fn widened_for(policy: &str, names: &[&str], own: &str) -> Option<String> {
    let directives: Vec<&str> = policy.split(';').collect();
    let name = |directive: &str| directive.split_ascii_whitespace().next().unwrap_or("").to_ascii_lowercase();
    let at = names.iter().find_map(|wanted| directives.iter().position(|d| name(d) == *wanted))?;
    let sources: Vec<&str> = directives[at].split_ascii_whitespace().skip(1).collect();
    if sources.iter().any(|source| *source == "*" || source.eq_ignore_ascii_case("'self'")) {
        return None;
    }
    let sources = sources.into_iter().filter(|source| !source.eq_ignore_ascii_case("'none'"));
    let sources: Vec<&str> = sources.chain(["'self'"]).collect();
    if name(directives[at]) == "default-src" {
        return Some(format!("{policy}; {own} {}", sources.join(" ")));
    }
    let changed = format!(" {} {}", name(directives[at]), sources.join(" "));
    let mut directives = directives;
    directives[at] = if at == 0 { changed.trim_start() } else { &changed };
    Some(directives.join(";"))
}

/// The values that matter of one `<meta>`.
struct Tag {
    is_policy: bool,
    /// The value of `content`, and the quote around it.
    content: Option<(Range<usize>, Option<u8>)>,
    end: usize,
}

impl Tag {
    /// Reads attributes as browsers do, from after the tag's name.
    fn read(page: &[u8], begin: usize) -> Self {
        let mut tag = Self { is_policy: false, content: None, end: begin };
        let mut at = begin;
        loop {
            at += count(page, at, |byte| byte.is_ascii_whitespace() || byte == b'/');
            if page.get(at).is_none_or(|byte| *byte == b'>') {
                tag.end = at;
                return tag;
            }
            let name = at..at + 1 + count(page, at + 1, |b| !b.is_ascii_whitespace() && !b"/>=".contains(&b));
            at = name.end + count(page, name.end, |byte| byte.is_ascii_whitespace());
            if page.get(at) == Some(&b'=') {
                let (value, quote, end) = value(page, at + 1);
                tag.take(page, &page[name], value, quote);
                at = end;
            }
        }
    }

    fn take(&mut self, page: &[u8], name: &[u8], value: Range<usize>, quote: Option<u8>) {
        if name.eq_ignore_ascii_case(b"http-equiv") {
            self.is_policy = page[value].eq_ignore_ascii_case(b"content-security-policy");
        } else if name.eq_ignore_ascii_case(b"content") {
            self.content = Some((value, quote));
        }
    }

    fn policy(&self, _: &[u8]) -> Option<(Range<usize>, Option<u8>)> {
        // Without quotes a policy is one word, and there is no room for another.
        self.content.clone().filter(|(_, quote)| self.is_policy && quote.is_some())
    }
}

/// A value, the quote around it, and where what follows begins.
fn value(page: &[u8], at: usize) -> (Range<usize>, Option<u8>, usize) {
    let begin = at + count(page, at, |byte| byte.is_ascii_whitespace());
    match page.get(begin) {
        Some(quote @ (b'"' | b'\'')) => {
            let end = begin + 1 + count(page, begin + 1, |byte| byte != *quote);
            (begin + 1..end, Some(*quote), (end + 1).min(page.len()))
        }
        _ => {
            let end = begin + count(page, begin, |byte| !byte.is_ascii_whitespace() && byte != b'>');
            (begin..end, None, end)
        }
    }
}

fn count(page: &[u8], from: usize, is_wanted: impl Fn(u8) -> bool) -> usize {
    page.get(from..).unwrap_or_default().iter().take_while(|byte| is_wanted(**byte)).count()
}

/// Of all references, those that stand in policies: quotes around keywords, and what templates
/// escape.
fn decoded(text: &str) -> String {
    let quotes = text.replace("&#39;", "'").replace("&#x27;", "'").replace("&apos;", "'");
    quotes.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#x2F;", "/").replace("&amp;", "&")
}

fn encoded(text: &str, quote: Option<u8>) -> String {
    let text = text.replace('&', "&amp;");
    if quote == Some(b'\'') { text.replace('\'', "&#39;") } else { text.replace('"', "&quot;") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(policy: &str) -> String {
        more_of(policy).unwrap_or_else(|| policy.to_owned())
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
        let check = |page: &str| String::from_utf8(widened(page.as_bytes()).into_owned()).unwrap();
        let page = "<meta name=x content=\"script-src 'none'\"><META content='script-src &#39;none&#39;' HTTP-EQUIV=Content-Security-Policy>x";
        let wanted = "<meta name=x content=\"script-src 'none'\"><META content='script-src &#39;self&#39;' HTTP-EQUIV=Content-Security-Policy>x";
        assert_eq!(check(page), wanted);
        for page in [
            "<meta",
            "<meta http-equiv",
            "<meta http-equiv=",
            "<meta content=\"",
            "<meta http-equiv=refresh content='0'>",
        ] {
            assert_eq!(check(page), page);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(page in any::<Vec<u8>>(), tag in "<meta[ a-z=\"'>/;-]{0,40}") {
            widened(&[&page[..], tag.as_bytes(), &page[..]].concat());
        }

        #[test]
        fn a_widened_policy_needs_nothing_more(policy in "((default|script|connect|img)-src( '(self|none)'| https:){0,3}; ?){0,4}") {
            let more = check(&policy);
            prop_assert_eq!(check(&more), more);
        }
    }
}
