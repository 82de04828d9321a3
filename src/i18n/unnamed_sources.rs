//! Words that name no one: anonymous, eyewitnesses, social media.
//!
//! Owns how they are recognised. The words are in unnamed_sources.toml, one table a language, so that a
//! translator finds all of them in one place. All tables count in every site: a writer quotes sources in
//! other languages than their own.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::paths::fold_name;

/// The most words of a name that is looked at. Longer ones name somebody.
const MOST_WORDS: usize = 8;

/// The words of one language, as its table has them.
#[derive(Deserialize)]
struct UnnamedTable {
    nobody: Vec<String>,
    beside: Vec<String>,
}

type WordsByLanguage = std::collections::BTreeMap<String, UnnamedTable>;

static SHIPPED: LazyLock<WordsByLanguage> = LazyLock::new(|| {
    toml::from_str(include_str!("unnamed_sources.toml")).expect("a test reads the words of each language")
});

/// Folded words that name no one: the shipped ones and those of a site.
#[derive(Debug, Default)]
pub struct UnnamedSources {
    nobody: HashSet<String, ahash::RandomState>,
    beside: HashSet<String, ahash::RandomState>,
}

impl UnnamedSources {
    /// `further` are words of the site.
    pub fn new<'a>(further: impl IntoIterator<Item = &'a str>) -> Self {
        let mut words = Self::default();
        for language in SHIPPED.values() {
            words.nobody.extend(language.nobody.iter().map(|word| fold_name(word)));
            words.beside.extend(language.beside.iter().map(|word| fold_name(word)));
        }
        words.nobody.extend(further.into_iter().map(fold_name));
        words
    }

    /// A source of this name is no one in particular. `folded` is a name as [`fold_name`] makes it.
    #[must_use]
    pub fn has(&self, folded: &str) -> bool {
        let words: Vec<&str> = folded.split('-').collect();
        words.len() <= MOST_WORDS && self.is_made_of_these(&words, false)
    }

    /// All words belong to one of these lists, and at least one to those that are for a source.
    fn is_made_of_these(&self, words: &[&str], has_source: bool) -> bool {
        if words.is_empty() {
            return has_source;
        }
        (1..=words.len()).any(|count| {
            let (first, rest) = words.split_at(count);
            let first = first.join("-");
            self.nobody.contains(&first) && self.is_made_of_these(rest, true)
                || self.beside.contains(&first) && self.is_made_of_these(rest, has_source)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_name_nobody_are_found_in_every_language() {
        let words = UnnamedSources::new(["A reader"]);
        for name in [
            "anonymous",
            "Unknown",
            "EYEWITNESS",
            "Eyewitnesses",
            "Residents say",
            "social media",
            "Facebook",
            "X/Twitter",
            "Facebook and WhatsApp",
            "a Telegram channel",
            "posts on X",
            "two local residents",
            "شهود عيان",
            "فيسبوك",
            "مصادر محلية",
            "Témoins",
            "des habitants",
            "réseaux sociaux",
            "Redes sociales",
            "unos testigos",
            "a reader",
        ] {
            assert!(words.has(&fold_name(name)), "{name}");
        }
        for name in [
            "Residents of Quay Street",
            "Signal Hill Council",
            "Telegram channel Rybar",
            "The X Factory",
            "Line 4",
            "Unknown Soldier Foundation",
            "of the",
            "",
            "مستشفى",
        ] {
            assert!(!words.has(&fold_name(name)), "{name}");
        }
    }

    #[test]
    fn every_shipped_language_has_its_words() {
        let languages = SHIPPED.keys().map(String::as_str).filter(|key| *key != "networks");
        crate::i18n::assert_has_every_shipped_language(languages);
    }
}
