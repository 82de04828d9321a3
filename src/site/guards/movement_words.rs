//! Words that speak of troops or convoys.
//!
//! Owns how they are found. The words are in movement_words.toml, one table a language. All tables count in
//! every site, since a claim may quote another language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use serde::Deserialize;

use crate::fold::bare_words;

/// The words of one language, as its table has them.
#[derive(Deserialize)]
struct MovementTable {
    movement: Vec<String>,
    harmless: Vec<String>,
}

static SHIPPED: LazyLock<BTreeMap<String, MovementTable>> = LazyLock::new(|| {
    toml::from_str(include_str!("movement_words.toml")).expect("a test reads the words of each language")
});

/// What Arabic writes before a word without a space: "and", "in", "to", "then", "as", and the article.
const ARABIC_PREFIXES: [&str; 12] = ["", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "فال", "ك", "كال"];

struct MovementWords {
    automaton: AhoCorasick,
    /// For each pattern, the phrase as the table has it; `None` if it is harmless.
    phrases: Vec<Option<&'static str>>,
}

static WORDS: LazyLock<MovementWords> = LazyLock::new(|| {
    let mut patterns = Vec::new();
    let mut phrases = Vec::new();
    for (language, table) in &*SHIPPED {
        let prefixes = if language == "ar" { &ARABIC_PREFIXES[..] } else { &[""] };
        let movement = table.movement.iter().map(|phrase| (phrase, true));
        let all = movement.chain(table.harmless.iter().map(|phrase| (phrase, false)));
        for (phrase, is_movement) in all {
            for prefix in prefixes {
                patterns.push(format!(" {} ", bare_words(&format!("{prefix}{phrase}"))));
                phrases.push(is_movement.then_some(phrase.as_str()));
            }
        }
    }
    // The longest first: a harmless phrase has a word that is looked for.
    let automaton = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(patterns);
    MovementWords { automaton: automaton.expect("the words are few"), phrases }
});

/// The first word or phrase about movement in a text, as the table has it.
pub fn find(text: &str) -> Option<&'static str> {
    let words = &*WORDS;
    let text = format!(" {} ", bare_words(text));
    let mut from = 0;
    while let Some(found) = words.automaton.find(&text[from..]) {
        if let Some(phrase) = words.phrases[found.pattern()] {
            return Some(phrase);
        }
        // The space behind a phrase is also the one before the next.
        from += found.end() - 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_shipped_language_has_its_words() {
        let languages = std::fs::read_dir("themes/default/i18n").expect("the theme has words");
        let languages = languages.map(|file| file.expect("it is listed").path());
        let shipped: BTreeSet<String> =
            languages.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
        assert_eq!(SHIPPED.keys().cloned().collect::<BTreeSet<String>>(), shipped);
    }
}
