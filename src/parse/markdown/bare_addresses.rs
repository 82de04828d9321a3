//! Addresses in a text that are links without any marks: of the web and of mail, as GFM has them.
//!
//! Owns where such an address begins and ends. Differs from GFM in scripts without spaces: their punctuation
//! ends an address, and so does a letter of theirs behind one of another script. The address of an onion service stays
//! text.

use std::ops::Range;

use super::characters::is_cjk;
use crate::config::is_of_onion_service;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BareAddress {
    /// In the text.
    pub(super) range: Range<usize>,
    /// Its target, as in a link.
    pub(super) target: String,
}

/// The addresses of a text, in its order.
pub(super) fn find(text: &str) -> Vec<BareAddress> {
    let mut found: Vec<BareAddress> = Vec::new();
    // Almost no text has one.
    if !text.contains("://") && !text.contains("www.") && !text.contains('@') {
        return found;
    }
    let mut from = 0;
    while let Some(at) = text[from..].find([':', 'w', '@']).map(|at| from + at) {
        let address = match text.as_bytes()[at] {
            b':' => web(text, at, from),
            b'w' => without_scheme(text, at),
            _ => mail(text, at, from),
        };
        from = match address {
            Some(address) => {
                let end = address.range.end;
                if !is_of_onion_service(&address.target) {
                    found.push(address);
                }
                end
            }
            None => at + 1,
        };
    }
    found
}

/// An address whose colon is at `colon`, not before `from`.
fn web(text: &str, colon: usize, from: usize) -> Option<BareAddress> {
    if !text[colon..].starts_with("://") {
        return None;
    }
    let start = ["https", "http"].iter().find_map(|scheme| {
        let start = colon.checked_sub(scheme.len()).filter(|start| *start >= from)?;
        text.get(start..colon)?.eq_ignore_ascii_case(scheme).then_some(start)
    })?;
    let host = colon + "://".len();
    if !is_begin(text, start) || !has_domain(&text[host..]) {
        return None;
    }
    let end = host + length(&text[host..]);
    has_domain(&text[host..end])
        .then(|| BareAddress { range: start..end, target: text[start..end].to_owned() })
}

fn without_scheme(text: &str, start: usize) -> Option<BareAddress> {
    if !text[start..].starts_with("www.") || !is_begin(text, start) || !has_domain(&text[start..]) {
        return None;
    }
    let end = start + length(&text[start..]);
    let is_one = has_domain(&text[start..end]) && end > start + "www.a.b".len();
    is_one.then(|| BareAddress { range: start..end, target: format!("http://{}", &text[start..end]) })
}

fn mail(text: &str, at: usize, from: usize) -> Option<BareAddress> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || ".+-_".contains(c);
    let name = &text[from..at];
    let start = at - (name.len() - name.trim_end_matches(is_of_name).len());
    let name = &text[start..at];
    let before = text[..start].chars().next_back();
    let rest = &text[at + 1..];
    let domain =
        &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c)).unwrap_or(rest.len())];
    let domain = domain.trim_end_matches(['.', '-', '_']);
    let end = at + 1 + domain.len();
    // `@desk@example.org` is no mail, and neither is a part of a longer name.
    let is_name = name.starts_with(|c: char| c.is_ascii_alphanumeric()) && !name.ends_with('.');
    let is_begin = before.is_none_or(|c| !c.is_alphanumeric() && !"@/:".contains(c));
    let is_one = is_name && is_begin && !text[end..].starts_with('@') && domain_parts(domain);
    is_one.then(|| BareAddress { range: start..end, target: format!("mailto:{}", &text[start..end]) })
}

/// Not within a word.
fn is_begin(text: &str, start: usize) -> bool {
    text[..start].chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric() && !"/@:._-".contains(c))
}

/// Whether an address without its scheme begins with a name of a server.
fn has_domain(address: &str) -> bool {
    let is_of_host = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let host = &address[..address.find(|c: char| !is_of_host(c)).unwrap_or(address.len())];
    domain_parts(host.trim_end_matches('.'))
}

fn domain_parts(host: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.') && host.split('.').all(is_part) && last.chars().any(char::is_alphabetic)
}

/// The length of the address that a text begins with.
fn length(text: &str) -> usize {
    let mut end = text.len();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins_other_script = is_cjk(c) && before.is_ascii_alphanumeric();
        if c.is_whitespace()
            || c.is_control()
            || c == '<'
            || c == '>'
            || c == '"'
            || is_foreign_mark(c)
            || begins_other_script
        {
            end = at;
            break;
        }
        before = c;
    }
    without_end(&text[..end]).len()
}

/// Punctuation that is not ASCII, and no letter.
fn is_foreign_mark(c: char) -> bool {
    let is_punctuation = matches!(c, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}');
    is_punctuation
        || matches!(c, '،' | '؛' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '၊' | '။' | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}' | '\u{FFFC}')
}

/// Without the punctuation of the sentence, and without brackets that it does not open.
fn without_end(address: &str) -> &str {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    let mut unopened = PAIRS
        .map(|(open, close)| address.matches(close).count().saturating_sub(address.matches(open).count()));
    let mut end = address.len();
    while let Some(c) = address[..end].chars().next_back() {
        match PAIRS.iter().position(|(_, close)| *close == c) {
            Some(pair) if unopened[pair] > 0 => unopened[pair] -= 1,
            None if "?!.,:;*_~'|".contains(c) => {}
            _ => break,
        }
        end -= 1;
    }
    &address[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = find(text);
        let found: Vec<&str> = found.iter().map(|address| &text[address.range.clone()]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_end_where_their_sentence_goes_on() {
        check(
            "See https://example.org/list and mail desk@example.org.",
            &["https://example.org/list", "desk@example.org"],
        );
        check(
            "(https://example.org/a_(b)), <https://x.org/>; HTTP://X.ORG!",
            &["https://example.org/a_(b)", "https://x.org/", "HTTP://X.ORG"],
        );
        check("www.example.org/a?b=c&d, www.example.org.", &["www.example.org/a?b=c&d", "www.example.org"]);
        check(
            "见https://example.org/list。然后 https://example.org/list然后",
            &["https://example.org/list", "https://example.org/list"],
        );
        check(
            "https://zh.wikipedia.org/wiki/北京市 https://ar.wikipedia.org/wiki/حلب، ثم",
            &["https://zh.wikipedia.org/wiki/北京市", "https://ar.wikipedia.org/wiki/حلب"],
        );
        check(
            "“https://example.org/”… desk+a.b@mail.example.org:",
            &["https://example.org/", "desk+a.b@mail.example.org"],
        );
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for text in [
            "example.org, file.md, a@b, @desk, @desk@example.org, a.@example.org, desk@example",
            "http://, https://localhost/, ftp://example.org, javascript://example.org/%0a, xhttps://example.org",
            "www. www.a awww.example.org, 10:30, a://b, w, @",
        ] {
            check(text, &[]);
        }
    }

    proptest! {
        #[test]
        fn addresses_are_whole_and_in_order(text in "(https?://|www\\.|[a-c.@:/ ()w。北]){0,24}") {
            let mut end = 0;
            for address in find(&text) {
                prop_assert!(address.range.start >= end && !text[address.range.clone()].is_empty());
                end = address.range.end;
            }
        }
    }
}
