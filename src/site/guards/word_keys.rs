//! Words as numbers, the same for all forms of a word.
//!
//! Owns which words count, and how the forms of one are known. English endings of verbs and plurals, the article and
//! the persons of Arabic, and the first letters of any other word decide. Forms that change the word within, as
//! "drunk" of "drink" or "hierva" of "hervir", are different words.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher as _};
use std::sync::LazyLock;

use crate::fold::bare_words;

/// A word that counts, as a number: its first letters, without case, accents and ending.
pub type WordKey = u64;

/// How many letters of a word count, so that "evacuate" and "evacuation" are one.
const STEM_LETTERS: usize = 5;

/// Words that do not count, in all languages. For looking up.
static LITTLE: LazyLock<std::collections::HashSet<String, ahash::RandomState>> = LazyLock::new(|| {
    let languages: BTreeMap<String, String> =
        toml::from_str(include_str!("little_words.toml")).expect("a test reads the words of each language");
    languages.values().flat_map(|words| words.split_whitespace()).map(bare_words).collect()
});

/// The words of a text that count, in its order.
pub fn word_keys(text: &str) -> Vec<WordKey> {
    bare_words(text).split(' ').filter_map(word_key).collect()
}

/// `None` for a word that does not count. The word is in bare letters.
pub fn word_key(word: &str) -> Option<WordKey> {
    if word.is_empty() || LITTLE.contains(word) {
        return None;
    }
    let stem = if word.is_ascii() {
        english_stem(word)
    } else {
        arabic_stem(without_arabic_article(word)).to_owned()
    };
    let end = stem.char_indices().nth(STEM_LETTERS).map_or(stem.len(), |(at, _)| at);
    Some(hash(&stem[..end]))
}

/// One form for "leave", "leaves" and "leaving", "stop" and "stopped", "carry" and "carried".
fn english_stem(word: &str) -> String {
    let is_plural = word.len() > 3 && !word.ends_with("ss");
    let word = word.strip_suffix('s').filter(|_| is_plural).unwrap_or(word);
    let stem =
        word.strip_suffix("ing").or_else(|| word.strip_suffix("ed").filter(|stem| !stem.ends_with('e')));
    let word = stem.filter(|stem| has_syllable(stem)).unwrap_or(word);
    let word = word.strip_suffix('e').filter(|stem| stem.len() >= 3).unwrap_or(word);
    let mut stem = without_double_end(word).to_owned();
    if stem.len() > 3
        && stem.ends_with('y')
        && !["ay", "ey", "oy", "uy"].iter().any(|end| stem.ends_with(end))
    {
        stem.replace_range(stem.len() - 1.., "i");
    }
    stem
}

/// "br" of "bring" is no verb, and neither is "str" of "string".
fn has_syllable(stem: &str) -> bool {
    stem.len() >= 3 && stem.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn without_double_end(word: &str) -> &str {
    match word.as_bytes() {
        [_, _, .., one, other] if one == other => &word[..word.len() - 1],
        _ => word,
    }
}

/// Without the article, and what is written before it.
fn without_arabic_article(word: &str) -> &str {
    let rest = word.strip_prefix(['و', 'ف', 'ب', 'ك']).unwrap_or(word);
    let rest = rest.strip_prefix("ال").or_else(|| word.strip_prefix("لل"));
    rest.filter(|rest| rest.chars().count() > 2).unwrap_or(word)
}

/// Without the letter that makes a person or a noun of a verb, and without the ending.
fn arabic_stem(word: &str) -> &str {
    const LETTERS: usize = 3;
    let has_letters = |rest: &&str| rest.chars().count() >= LETTERS;
    if !word.starts_with(|c| matches!(c, '\u{600}'..='\u{6ff}')) {
        return word;
    }
    let without_prefix =
        word.strip_prefix(['ي', 'ت', 'ن', 'م', 'ا']).filter(|rest| rest.chars().count() > LETTERS);
    let word = without_prefix.unwrap_or(word);
    let endings = ["وا", "ون", "ين", "ات", "ان", "ه", "ا"];
    endings.iter().find_map(|ending| word.strip_suffix(ending).filter(has_letters)).unwrap_or(word)
}

/// A number for any value, the same on every machine: the keys of this hash are fixed.
pub fn hash<T: std::hash::Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::word_keys;

    #[test]
    fn forms_of_a_word_are_one() {
        for forms in [
            "leave leaves leaving",
            "boil boils boiled boiling",
            "stop stops stopped stopping",
            "carry carries carried carrying",
            "evacuate evacuated evacuating evacuation",
            "close closed closing",
            "house houses housing",
            "box boxes",
            "cross crossed crossing",
            "stay stayed staying",
            "need needed",
            "غادروا يغادروا مغادرة المغادرة",
        ] {
            let mut keys = word_keys(forms);
            keys.dedup();
            assert_eq!(keys.len(), 1, "{forms}");
        }
        for different in ["need new", "red reed", "string stre", "bus busy", "quay quit"] {
            let mut keys = word_keys(different);
            keys.dedup();
            assert_eq!(keys.len(), 2, "{different}");
        }
    }

    #[test]
    fn every_shipped_language_has_its_little_words() {
        let words: toml::Table = include_str!("little_words.toml").parse().expect("it is TOML");
        crate::i18n::assert_has_every_shipped_language(words.keys().map(String::as_str));
    }
}
