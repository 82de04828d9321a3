//! Whether a text repeats an instruction in other words.
//!
//! Owns which words count, and how many of them must be the same. Knows no briefing. Finds an instruction whose
//! words were left out, put in another order or mixed with others; finds no synonyms.
//!
//! Invariant: the order of the words of a text never decides, only how close they are.

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

/// An instruction, prepared for comparisons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstructionWords {
    /// In its order.
    keys: Vec<WordKey>,
    /// The same, sorted, each once.
    distinct: Vec<WordKey>,
}

/// How alike a text and an instruction must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// On the page of the instruction itself.
    SamePage,
    /// In another briefing, which may speak of the same things for other reasons.
    OtherPage,
}

impl InstructionWords {
    /// `spoken_by` are the names of who gave it: a text can leave them out.
    pub fn new(instruction: &str, spoken_by: &[&str]) -> Self {
        let mut keys = word_keys(instruction);
        let names: Vec<WordKey> = spoken_by.iter().flat_map(|name| word_keys(name)).collect();
        if keys.iter().any(|key| !names.contains(key)) {
            keys.retain(|key| !names.contains(key));
        }
        let mut distinct = keys.clone();
        distinct.sort_unstable();
        distinct.dedup();
        Self { keys, distinct }
    }

    /// Pairs of words that are next to each other, or have one word between them.
    pub fn pairs(&self) -> Vec<u64> {
        near_pairs(&self.keys, 2)
    }

    /// It has words enough to be looked for: many texts have any one word.
    pub fn is_comparable(&self) -> bool {
        self.distinct.len() > 1
    }

    pub fn is_in(&self, text: &ComparedText, likeness: Likeness) -> bool {
        self.is_comparable()
            && (self.has_most_words_close_together(&text.all, likeness)
                || text.sentences().any(|sentence| self.is_said_by(sentence, likeness)))
    }

    /// Three quarters of its words are in a piece of the text that is half as long again as itself.
    fn has_most_words_close_together(&self, text: &[WordKey], likeness: Likeness) -> bool {
        let count = self.distinct.len();
        let (needed, window) = match (count, likeness) {
            (2, Likeness::OtherPage) => return false,
            (2, Likeness::SamePage) => (2, 2),
            _ => ((3 * count).div_ceil(4), count + count / 2),
        };
        let mut counts = vec![0_usize; count];
        let mut different = 0;
        for (at, key) in text.iter().enumerate() {
            if let Ok(index) = self.distinct.binary_search(key) {
                different += usize::from(counts[index] == 0);
                counts[index] += 1;
            }
            if let Some(Ok(index)) =
                at.checked_sub(window).map(|left| self.distinct.binary_search(&text[left]))
            {
                counts[index] -= 1;
                different -= usize::from(counts[index] == 0);
            }
            if different >= needed {
                return true;
            }
        }
        false
    }

    /// A whole sentence is made of its words.
    fn is_said_by(&self, sentence: &[WordKey], likeness: Likeness) -> bool {
        let mut said = sentence.to_vec();
        said.sort_unstable();
        said.dedup();
        let count = self.distinct.len();
        let needed = match likeness {
            Likeness::SamePage => count.div_ceil(2),
            Likeness::OtherPage => (3 * count).div_ceil(4),
        };
        said.len() >= needed.max(2) && said.iter().all(|key| self.distinct.binary_search(key).is_ok())
    }
}

/// A text, prepared for comparisons with many instructions.
#[derive(Debug)]
pub struct ComparedText {
    all: Vec<WordKey>,
    /// Where each sentence ends in `all`.
    ends: Vec<usize>,
}

impl ComparedText {
    pub fn new(text: &str) -> Self {
        let mut compared = Self { all: Vec::new(), ends: Vec::new() };
        for sentence in text.split(['.', '!', '?', '؟', '…', ':', ';', '؛', '\n', '。', '！', '？']) {
            let before = compared.all.len();
            compared.all.extend(word_keys(sentence));
            if compared.all.len() > before {
                compared.ends.push(compared.all.len());
            }
        }
        compared
    }

    /// As [`InstructionWords::pairs`], with up to two words between them.
    pub fn pairs(&self) -> Vec<u64> {
        near_pairs(&self.all, 3)
    }

    fn sentences(&self) -> impl Iterator<Item = &[WordKey]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.all[start..*end])
    }
}

/// A number for each two words that are at most so far from each other, whatever their order.
fn near_pairs(keys: &[WordKey], most_apart: usize) -> Vec<u64> {
    let mut pairs = Vec::with_capacity(keys.len() * most_apart);
    for (at, one) in keys.iter().enumerate() {
        let others = keys[at + 1..].iter().take(most_apart).filter(|other| *other != one);
        pairs.extend(others.map(|other| pair(*one, *other)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn pair(one: WordKey, other: WordKey) -> u64 {
    hash(&(one.min(other), one.max(other)))
}

/// The words of a text that count, in its order.
fn word_keys(text: &str) -> Vec<WordKey> {
    let words = bare_words(text);
    words.split(' ').filter(|word| !word.is_empty() && !LITTLE.contains(*word)).map(word_key).collect()
}

fn word_key(word: &str) -> WordKey {
    let word = without_arabic_article(word);
    let is_plural = word.is_ascii() && word.len() > 3 && !word.ends_with("ss");
    let word = word.strip_suffix('s').filter(|_| is_plural).unwrap_or(word);
    let word = arabic_stem(word);
    let end = word.char_indices().nth(STEM_LETTERS).map_or(word.len(), |(at, _)| at);
    hash(&word[..end])
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

/// The same on every machine: the keys of this hash are fixed.
fn hash<T: std::hash::Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn every_shipped_language_has_its_little_words() {
        let words: toml::Table = include_str!("little_words.toml").parse().expect("it is TOML");
        let languages = std::fs::read_dir("themes/default/i18n").expect("the theme has words");
        let languages = languages.map(|file| file.expect("it is listed").path());
        let shipped: BTreeSet<String> =
            languages.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
        assert_eq!(words.keys().cloned().collect::<BTreeSet<String>>(), shipped);
    }
}
