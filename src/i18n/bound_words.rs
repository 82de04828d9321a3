//! Words that say which end of a range a number is, and words between its two ends.
//!
//! The words are in bound_words.toml, one table a language. All tables count for every text: a spreadsheet can be in
//! another language than the site.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// What a word says about the number next to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    AtLeast,
    AtMost,
    About,
}

#[derive(Deserialize)]
struct BoundTable {
    at_least: Vec<String>,
    at_most: Vec<String>,
    about: Vec<String>,
    to: Vec<String>,
}

static LANGUAGES: LazyLock<BTreeMap<String, BoundTable>> = LazyLock::new(|| {
    toml::from_str(include_str!("bound_words.toml")).expect("a test reads the words of each language")
});

/// The words with what they say, the longest first: one may begin with another.
static WORDS: LazyLock<Vec<(&'static str, Bound)>> = LazyLock::new(|| {
    let of_language = |table: &'static BoundTable| {
        [(&table.at_least, Bound::AtLeast), (&table.at_most, Bound::AtMost), (&table.about, Bound::About)]
    };
    let lists = LANGUAGES.values().flat_map(of_language);
    let mut words: Vec<(&str, Bound)> =
        lists.flat_map(|(words, bound)| words.iter().map(move |word| (word.as_str(), bound))).collect();
    words.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), *word));
    words
});

/// The same of no language. A plus sign is behind its number.
const SIGNS: [(&str, Bound); 8] = [
    ("≥", Bound::AtLeast),
    (">=", Bound::AtLeast),
    ("≤", Bound::AtMost),
    ("<=", Bound::AtMost),
    ("~", Bound::About),
    ("≈", Bound::About),
    ("±", Bound::About),
    ("+", Bound::AtLeast),
];

/// What a text in lower case says about the number in it, and the text without the words that say it.
#[must_use]
pub fn bound_in(text: &str) -> Option<(Bound, &str)> {
    let text = text.trim();
    let by_sign = SIGNS.iter().find_map(|(sign, bound)| {
        let rest = if *sign == "+" { text.strip_suffix(sign) } else { text.strip_prefix(sign) };
        Some((*bound, rest?))
    });
    by_sign.or_else(|| WORDS.iter().find_map(|(word, bound)| Some((*bound, without_word(text, word)?))))
}

/// The text without a word at one of its ends.
fn without_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let before = text.strip_prefix(word).filter(|rest| !rest.starts_with(char::is_alphabetic));
    before
        .or_else(|| text.strip_suffix(word).filter(|rest| !rest.ends_with(char::is_alphabetic)))
        .map(str::trim)
}

/// The two ends of a range, at each word or dash that may be between them. `text` is in lower case.
pub fn range_ends(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let dashes = ["-", "–", "—"].into_iter().filter_map(|dash| text.split_once(dash));
    let words = LANGUAGES.values().flat_map(|table| &table.to);
    let at_words = words.filter_map(|word| {
        let (before, after) = text.split_once(&format!(" {word} "))?;
        Some((before, after))
    });
    dashes.chain(at_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_and_behind_a_number_say_which_end_it_is() {
        for (text, bound, rest) in [
            ("at least 6", Bound::AtLeast, "6"),
            ("6 or more", Bound::AtLeast, "6"),
            ("6+", Bound::AtLeast, "6"),
            ("≥ 6", Bound::AtLeast, " 6"),
            ("au plus 6", Bound::AtMost, "6"),
            ("6 como máximo", Bound::AtMost, "6"),
            ("6 على الأقل", Bound::AtLeast, "6"),
            ("دست کم ۶", Bound::AtLeast, "۶"),
            ("حدود ۶", Bound::About, "۶"),
            ("environ 6", Bound::About, "6"),
        ] {
            assert_eq!(bound_in(text), Some((bound, rest)), "{text}");
        }
        for text in ["6", "somebody 6", "children under 5", "dozens"] {
            assert_eq!(bound_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_has_two_ends_in_each_language() {
        for text in ["6 to 9", "6 à 9", "6 a 9", "6 إلى 9", "6 تا 9", "6 – 9"] {
            let found = range_ends(text).any(|(from, to)| (from.trim(), to.trim()) == ("6", "9"));
            assert!(found, "{text}");
        }
    }

    #[test]
    fn every_shipped_language_has_bound_words() {
        let languages = LANGUAGES.keys().map(String::as_str).filter(|language| *language != "fa");
        crate::i18n::assert_has_every_shipped_language(languages);
    }
}
