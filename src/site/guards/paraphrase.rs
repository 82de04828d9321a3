//! Whether a text repeats an instruction in other words.
//!
//! Owns how many words must be the same. Knows no briefing. Finds an instruction whose words were left out, put in
//! another order or form, or mixed with others; finds no synonyms. News that an order was cancelled is none.
//!
//! Invariant: the order of the words of a text never decides, only how close they are.

use super::cancellations::{names_order, without_cancelled};
use super::word_keys::{WordKey, hash, word_key, word_keys};
use crate::fold::bare_words;

/// An instruction, prepared for comparisons.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstructionWords {
    /// In its order.
    keys: Vec<WordKey>,
    /// The same, sorted, each once.
    distinct: Vec<WordKey>,
    /// Where in `keys` the verb is that says what to do.
    verb: Option<usize>,
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
        let verb = verb_of(instruction).and_then(|verb| keys.iter().position(|key| *key == verb));
        let mut distinct = keys.clone();
        distinct.sort_unstable();
        distinct.dedup();
        Self { keys, distinct, verb }
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
                || text.sentences.iter().any(|sentence| self.is_said_by(sentence, likeness)))
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
    fn is_said_by(&self, sentence: &ComparedSentence, likeness: Likeness) -> bool {
        let mut said = sentence.keys.clone();
        said.sort_unstable();
        said.dedup();
        if !said.iter().all(|key| self.distinct.binary_search(key).is_ok()) {
            return false;
        }
        let count = self.distinct.len();
        match likeness {
            Likeness::OtherPage => said.len() >= (3 * count).div_ceil(4).max(2),
            Likeness::SamePage => {
                // Two words alone are often only what the instruction is about.
                let fewest = if self.verb.is_some() { 3 } else { 2 };
                said.len() >= count.div_ceil(2).max(fewest)
                    || !sentence.names_order && self.says_what_to_do(&said)
            }
        }
    }

    /// What to do, and with what: "The water must be boiled". Few words are enough for that.
    fn says_what_to_do(&self, said: &[WordKey]) -> bool {
        let Some(verb) = self.verb else { return false };
        said.contains(&self.keys[verb])
            && self.keys[verb + 1..].iter().any(|key| *key != self.keys[verb] && said.contains(key))
    }
}

/// A text, prepared for comparisons with many instructions, without what it says was cancelled.
#[derive(Debug)]
pub struct ComparedText {
    all: Vec<WordKey>,
    sentences: Vec<ComparedSentence>,
    /// All words, in bare letters, with a space before and behind each.
    words: String,
}

#[derive(Debug)]
struct ComparedSentence {
    keys: Vec<WordKey>,
    /// It calls the instruction an order or a notice, as news does.
    names_order: bool,
}

impl ComparedText {
    pub fn new(text: &str) -> Self {
        let mut compared = Self { all: Vec::new(), sentences: Vec::new(), words: " ".to_owned() };
        for sentence in text.split(['.', '!', '?', '؟', '…', ':', ';', '؛', '\n', '。', '！', '？']) {
            let names_order = names_order(&bare_words(sentence));
            let words = without_cancelled(sentence);
            let keys: Vec<WordKey> = words.split(' ').filter_map(word_key).collect();
            if words.is_empty() {
                continue;
            }
            compared.words.push_str(&words);
            compared.words.push(' ');
            compared.all.extend(&keys);
            if !keys.is_empty() {
                compared.sentences.push(ComparedSentence { keys, names_order });
            }
        }
        compared
    }

    /// As [`InstructionWords::pairs`], with up to two words between them.
    pub fn pairs(&self) -> Vec<u64> {
        near_pairs(&self.all, 3)
    }

    /// It holds the instruction word for word, whatever its case and punctuation.
    pub fn holds(&self, instruction: &str) -> bool {
        let words = bare_words(instruction);
        !words.is_empty() && self.words.contains(&format!(" {words} "))
    }
}

/// Words before a verb that says what to do. Articles behind them mean that a place or a thing follows.
const MARKS_OF_A_VERB: [&str; 12] =
    ["to", "must", "should", "shall", "أن", "يجب", "deben", "debe", "que", "doivent", "devez", "doit"];
const ARTICLES: [&str; 12] =
    ["the", "a", "an", "this", "that", "their", "your", "our", "all", "el", "la", "les"];

/// Words before an order that begins with its verb.
const BEFORE_AN_ORDER: [&str; 9] =
    ["please", "now", "immediately", "urgent", "do", "dont", "not", "never", "always"];

/// The verb of an instruction: behind "to" or "must", or else its first word.
fn verb_of(instruction: &str) -> Option<WordKey> {
    let words = bare_words(instruction);
    let words: Vec<&str> = words.split(' ').collect();
    match words.windows(2).position(|pair| is_before_verb(pair[0], pair[1])) {
        Some(mark) => words[mark + 1..].iter().find_map(|word| word_key(word)),
        None => word_key(words.iter().find(|word| !BEFORE_AN_ORDER.contains(word))?),
    }
}

fn is_before_verb(word: &str, next: &str) -> bool {
    MARKS_OF_A_VERB.contains(&word) && !ARTICLES.contains(&next)
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
