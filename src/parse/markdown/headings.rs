//! Ids of headings, made as GitHub makes them, and attributes of headings, which are refused.

use std::collections::BTreeMap;

use unicode_normalization::char::is_combining_mark;

use crate::paths::lower_case;

/// Prefixes of the ids that pages use for claims, footnotes and their own parts.
const OUR_PREFIXES: [&str; 4] = ["claim-", "fn-", "fnref-", "page-"];

/// The ids given so far in a body.
#[derive(Default)]
pub(super) struct HeadingIds {
    /// By id: how many headings had it.
    given: BTreeMap<Box<str>, usize>,
}

impl HeadingIds {
    /// An id for a heading, not given before.
    pub(super) fn give(&mut self, text: &str) -> Box<str> {
        let base = id_of(text);
        let mut id: Box<str> = base.as_str().into();
        let mut count = self.given.get(&id).copied().unwrap_or(0);
        while self.given.contains_key(&id) {
            count += 1;
            id = format!("{base}-{count}").into();
        }
        self.given.insert(base.into(), count);
        self.given.entry(id.clone()).or_insert(0);
        id
    }
}

/// Lower case, punctuation dropped, spaces to `-`; letters, marks and digits of every script stay.
fn id_of(text: &str) -> String {
    id_from(text.len(), lower_case(text))
}

fn id_from(capacity: usize, characters: impl Iterator<Item = char>) -> String {
    let mut id = String::with_capacity(capacity);
    for c in characters {
        match c {
            ' ' => id.push('-'),
            '-' | '_' => id.push(c),
            c if c.is_alphanumeric() || is_combining_mark(c) => id.push(c),
            _ => {}
        }
    }
    if id.is_empty() || OUR_PREFIXES.iter().any(|prefix| id.starts_with(prefix)) {
        id.insert_str(0, "h-");
    }
    id
}

/// The `{#id}`, `{.class}` or `{key=value}` that the source of a heading ends in.
pub(super) fn attributes(heading: &str) -> Option<std::ops::Range<usize>> {
    let text = content(heading);
    if !text.ends_with('}') || text.ends_with("\\}") {
        return None;
    }
    let open = text.rfind('{')?;
    let inner = text[open + 1..text.len() - 1].trim();
    let is_attribute =
        inner.starts_with(['#', '.']) || inner.split_whitespace().any(|word| word.contains('='));
    is_attribute.then_some(open..text.len())
}

/// A heading without its closing `#`s or its underline.
fn content(heading: &str) -> &str {
    let text = heading.trim_end();
    if heading.starts_with('#') {
        return text.trim_end_matches('#').trim_end();
    }
    match text.rsplit_once('\n') {
        Some((above, line)) if line.trim_matches(['=', '-', ' ', '\t', '>']).is_empty() => above.trim_end(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    proptest! {
        #[test]
        fn plain_headings_get_their_ids_as_all_others_do(text in "[ -~]{0,16}") {
            prop_assert_eq!(id_of(&text), id_from(0, text.nfc().flat_map(char::to_lowercase).nfc()));
        }
    }

    #[test]
    fn ids_are_those_of_github() {
        for (text, id) in [
            ("What we know", "what-we-know"),
            ("What's new? (2016)", "whats-new-2016"),
            ("a  b", "a--b"),
            ("snake_case - dash", "snake_case---dash"),
            ("حلب الشرقية", "حلب-الشرقية"),
            ("Cafe\u{301}", "café"),
            ("claim-1", "h-claim-1"),
            ("fn-1", "h-fn-1"),
            ("Page-2", "h-page-2"),
            ("!?", "h-"),
            ("\"<&>", "h-"),
        ] {
            assert_eq!(id_of(text), id);
        }
    }

    #[test]
    fn no_id_is_given_twice() {
        let mut ids = HeadingIds::default();
        let given: Vec<_> = ["a", "a", "a-1", "a", "A"].iter().map(|text| ids.give(text)).collect();
        assert_eq!(given.iter().map(|id| &**id).collect::<Vec<_>>(), ["a", "a-1", "a-1-1", "a-2", "a-3"]);
    }

    #[test]
    fn attributes_are_seen_at_the_end_only() {
        for heading in ["## A {#b}", "## A {#b} ##", "## A {.b #c}", "A {#b}\n===", "# {k=v}"] {
            assert!(attributes(heading).is_some(), "{heading}");
        }
        for heading in ["## A {sic}", "## {#b} A", "## `{#b}`", "## A {#b\\}", "A\n==="] {
            assert_eq!(attributes(heading), None, "{heading}");
        }
    }
}
