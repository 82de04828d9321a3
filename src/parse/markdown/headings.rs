//! Ids of headings: written as `{#id}`, or made as GitHub makes them. Other attributes are refused.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::diag::{Code, Diagnostic};
use crate::paths::lower_case;

/// Prefixes of the ids that pages use for claims, footnotes and their own parts.
const OUR_PREFIXES: [&str; 4] = ["claim-", "fn-", "fnref-", "page-"];

/// A heading that a body begins with.
#[derive(Debug)]
pub struct OpeningHeading {
    /// Without markup.
    pub text: Box<str>,
    /// Bytes of the body.
    pub range: Range<usize>,
    pub is_first_level: bool,
}

/// A warning about a heading of the first level, without its place.
#[must_use]
pub fn first_level() -> Diagnostic {
    let message = "the page's title is its only heading of the first level";
    Diagnostic::warning(Code::HEADING_LEVEL, message).label("shown as the second level").help("write ##")
}

/// The ids given so far in a body.
#[derive(Default)]
pub struct HeadingIds {
    /// By id: how many headings had it.
    given: BTreeMap<Box<str>, usize>,
}

impl HeadingIds {
    /// The id of `{#id}`, if a heading may have it.
    ///
    /// # Errors
    /// If no heading can have it, or an earlier one has it.
    pub fn take(&mut self, attributes: &str) -> Result<Box<str>, Diagnostic> {
        let id = written_id(attributes)?;
        if self.given.contains_key(id) {
            let message = format!("another heading of this text has the id \"{id}\"");
            return Err(Diagnostic::error(Code::BAD_HEADING_ID, message).help("write another one"));
        }
        self.given.insert(id.into(), 0);
        Ok(id.into())
    }

    /// An id for a heading, not given before.
    pub fn give(&mut self, text: &str) -> Box<str> {
        let (base, id, count) = self.free(text);
        self.given.insert(base, count);
        self.given.entry(id.clone()).or_insert(0);
        id
    }

    /// The id that a heading would be given now.
    #[must_use]
    pub fn next(&self, text: &str) -> Box<str> {
        self.free(text).1
    }

    /// The id of a text, the one that is not given yet, and its number.
    fn free(&self, text: &str) -> (Box<str>, Box<str>, usize) {
        let base: Box<str> = id_of(text).into();
        let mut id = base.clone();
        let mut count = self.given.get(&id).copied().unwrap_or(0);
        while self.given.contains_key(&id) {
            count += 1;
            id = format!("{base}-{count}").into();
        }
        (base, id, count)
    }
}

/// The id in `{#id}`. Other attributes are refused.
fn written_id(attributes: &str) -> Result<&str, Diagnostic> {
    let inner = attributes.trim_start_matches('{').trim_end_matches('}').trim();
    let Some(id) = inner.strip_prefix('#').filter(|id| !id.contains([' ', '=', '#'])) else {
        return Err(Diagnostic::error(Code::HEADING_ATTRIBUTES, "a heading takes no attribute but its id")
            .help("write only {#id}, or delete this"));
    };
    let refused =
        |message: String, help: &str| Err(Diagnostic::error(Code::BAD_HEADING_ID, message).help(help));
    if let Some(c) = id.chars().find(|&c| !is_of_id(c)) {
        let message = format!("{c:?} cannot be in the id of a heading");
        return refused(message, "write letters, digits, - and _ only");
    }
    match OUR_PREFIXES.iter().find(|prefix| id.starts_with(**prefix)) {
        Some(prefix) => {
            refused(format!("ids that begin with \"{prefix}\" are made by the program"), "write another one")
        }
        None if id.is_empty() => {
            refused("the id of this heading is empty".to_owned(), "write it behind #, or delete this")
        }
        None => Ok(id),
    }
}

fn is_of_id(c: char) -> bool {
    matches!(c, '-' | '_') || c.is_alphanumeric() || is_combining_mark(c) && !is_joiner(c)
}

/// Variation selectors, joiners and the frame of a key: parts of emoji that no one could type.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{34F}' | '\u{200C}' | '\u{200D}' | '\u{20E3}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
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
            c if is_of_id(c) => id.push(c),
            _ => {}
        }
    }
    if id.is_empty() || OUR_PREFIXES.iter().any(|prefix| id.starts_with(prefix)) {
        id.insert_str(0, "h-");
    }
    id
}

/// The `{#id}`, `{.class}` or `{key=value}` that the source of a heading ends in.
#[must_use]
pub fn attributes(heading: &str) -> Option<Range<usize>> {
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
            ("❤\u{FE0F} Aid 👩\u{200D}⚕\u{FE0F} 1\u{FE0F}\u{20E3}", "-aid--1"),
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
