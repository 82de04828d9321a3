//! Words that speak of troops or convoys.
//!
//! Owns how they are found. The words are in movement_words.toml, one table a language. All tables count in
//! every site, since a claim may quote another language. A convoy of aid counts as well: its route is as
//! sensitive as that of troops.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use serde::Deserialize;

use crate::fold::bare_words;

/// The words of one language, as its table has them.
#[derive(Deserialize)]
struct MovementTable {
    movement: Vec<String>,
    harmless: Vec<String>,
    /// Words that most reports have: they count in a clause with one of `moving`.
    soldiers: Vec<String>,
    moving: Vec<String>,
}

static SHIPPED: LazyLock<BTreeMap<String, MovementTable>> = LazyLock::new(|| {
    toml::from_str(include_str!("movement_words.toml")).expect("a test reads the words of each language")
});

/// What Arabic writes before a word without a space: "and", "in", "to", "then", "as", and the article.
const ARABIC_PREFIXES: [&str; 12] = ["", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "فال", "ك", "كال"];

/// The endings of a masculine and of a feminine noun of Arabic: as it is, accusative, dual in its forms, plural.
const ARABIC_ENDINGS: [(&str, &str); 6] =
    [("", "ة"), ("ا", "ة"), ("ان", "تان"), ("ين", "تين"), ("ي", "تي"), ("ا", "تا")];

static BARE_PREFIXES: LazyLock<[String; 12]> = LazyLock::new(|| ARABIC_PREFIXES.map(bare_words));

static BARE_ENDINGS: LazyLock<[(String, String); 6]> = LazyLock::new(|| {
    ARABIC_ENDINGS.map(|(masculine, feminine)| (bare_words(masculine), bare_words(feminine)))
});

struct MovementWords {
    automaton: AhoCorasick,
    /// For each pattern, the phrase as it is shown; `None` if it is harmless.
    phrases: Vec<Option<String>>,
    soldiers: HashSet<String, ahash::RandomState>,
    moving: HashSet<String, ahash::RandomState>,
}

static WORDS: LazyLock<MovementWords> = LazyLock::new(|| {
    let mut patterns = Vec::new();
    let mut phrases = Vec::new();
    let (mut soldiers, mut moving) = (HashSet::default(), HashSet::default());
    for (language, table) in &*SHIPPED {
        let movement = table.movement.iter().map(|phrase| (phrase, true));
        for (written, is_movement) in movement.chain(table.harmless.iter().map(|phrase| (phrase, false))) {
            for phrase in alternatives(written) {
                for form in forms(language, &phrase) {
                    patterns.push(format!(" {form} "));
                    phrases.push(is_movement.then(|| phrase.clone()));
                }
            }
        }
        soldiers.extend(table.soldiers.iter().flat_map(|word| forms(language, word)));
        moving.extend(table.moving.iter().flat_map(|word| forms(language, word)));
    }
    // The longest first: a harmless phrase has a word that is looked for.
    let automaton = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(patterns);
    MovementWords { automaton: automaton.expect("the words are few"), phrases, soldiers, moving }
});

/// Each phrase that a line of the table means: `army|military truck|trucks` are four, and `tanks |clean water` two.
fn alternatives(line: &str) -> Vec<String> {
    line.split(' ').fold(vec![String::new()], |phrases, words| {
        let add = |phrase: &String, word: &str| match (phrase.as_str(), word) {
            ("", word) => word.to_owned(),
            (phrase, "") => phrase.to_owned(),
            (phrase, word) => format!("{phrase} {word}"),
        };
        phrases
            .iter()
            .flat_map(|phrase| words.split('|').map(|word| add(phrase, word)).collect::<Vec<_>>())
            .collect()
    })
}

/// How a language writes a phrase in a sentence, in bare letters, each form once.
fn forms(language: &str, phrase: &str) -> Vec<String> {
    if language != "ar" {
        return vec![bare_words(phrase)];
    }
    // Letters are made bare one by one: so the parts of a form can be, before they are joined.
    let stems: Vec<ArabicStem> = phrase.split(' ').map(stem).collect();
    let inflected: BTreeSet<String> = BARE_ENDINGS.iter().map(|endings| agreeing(&stems, endings)).collect();
    inflected
        .iter()
        .flat_map(|form| BARE_PREFIXES.iter().map(move |prefix| format!("{prefix}{form}")))
        .collect()
}

struct ArabicStem {
    letters: String,
    is_feminine: bool,
}

fn stem(word: &str) -> ArabicStem {
    let feminine = word.strip_suffix('ة');
    ArabicStem { letters: bare_words(feminine.unwrap_or(word)), is_feminine: feminine.is_some() }
}

/// All words of a phrase agree.
fn agreeing(stems: &[ArabicStem], (masculine, feminine): &(String, String)) -> String {
    let words = stems.iter().map(|stem| {
        let ending = if stem.is_feminine { feminine } else { masculine };
        format!("{}{ending}", stem.letters)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The first word or phrase about movement in a text, as messages show it. What belongs together is in one clause: the
/// water of one is not in the tanks of the next.
pub fn find(text: &str) -> Option<&'static str> {
    let clauses = text.split(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | '(' | ')' | '—' | '–' | '\n' | '،' | '؛' | '؟')
    });
    clauses.map(bare_words).find_map(|clause| phrase_in(&clause).or_else(|| soldiers_in(&clause)))
}

fn phrase_in(clause: &str) -> Option<&'static str> {
    let words = &*WORDS;
    let text = format!(" {clause} ");
    let mut from = 0;
    while let Some(found) = words.automaton.find(&text[from..]) {
        if let Some(phrase) = &words.phrases[found.pattern()] {
            return Some(phrase);
        }
        // The space behind a phrase is also the one before the next.
        from += found.end() - 1;
    }
    None
}

/// Soldiers who move or were seen somewhere.
fn soldiers_in(clause: &str) -> Option<&'static str> {
    let words = &*WORDS;
    let soldiers = clause.split(' ').find_map(|word| words.soldiers.get(word))?;
    clause.split(' ').any(|word| words.moving.contains(word)).then_some(soldiers)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_shipped_language_has_its_words() {
        crate::i18n::assert_has_every_shipped_language(super::SHIPPED.keys().map(String::as_str));
    }
}
