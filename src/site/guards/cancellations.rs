//! News that an instruction no longer holds.
//!
//! Owns which words of a sentence such news is made of: "The order to leave the quay was lifted", "The council lifts
//! its order to leave the quay", "Leaving the quay is no longer necessary". What else the sentence says stays, as it
//! may be an instruction.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::fold::bare_words;

/// So many words behind the verb the order may follow that it ends.
const MOST_BETWEEN: usize = 4;

/// The words of one language, as its table has them.
#[derive(Deserialize)]
struct CancellationTable {
    orders: String,
    ended: String,
    ending: String,
    not: String,
    and: String,
    needless: Vec<String>,
}

type WordSet = HashSet<String, ahash::RandomState>;

/// All languages, in bare letters. For looking up.
#[derive(Default)]
struct CancellationWords {
    orders: WordSet,
    ended: WordSet,
    ending: WordSet,
    not: WordSet,
    and: WordSet,
    needless: Vec<Vec<String>>,
}

fn shipped() -> BTreeMap<String, CancellationTable> {
    toml::from_str(include_str!("cancellation_words.toml")).expect("a test reads the words of each language")
}

/// What is one word with an article or a conjunction, in bare letters.
fn prefixes(language: &str) -> &'static [&'static str] {
    match language {
        "ar" => &["", "ال", "ب", "و", "ل", "بال", "وال", "لل"],
        "fr" => &["", "l", "d"],
        _ => &[""],
    }
}

static WORDS: LazyLock<CancellationWords> = LazyLock::new(|| {
    let mut all = CancellationWords::default();
    for (language, table) in shipped() {
        let prefixes = prefixes(&language);
        let forms = |words: &str| -> Vec<String> {
            let words = words.split_whitespace();
            words
                .flat_map(|word| prefixes.iter().map(move |prefix| bare_words(&format!("{prefix}{word}"))))
                .collect()
        };
        all.orders.extend(forms(&table.orders));
        all.ended.extend(forms(&table.ended));
        all.ending.extend(forms(&table.ending));
        all.not.extend(forms(&table.not));
        all.and.extend(forms(&table.and));
        let phrases = table.needless.iter().map(|phrase| bare_words(phrase));
        all.needless.extend(phrases.map(|phrase| phrase.split(' ').map(ToOwned::to_owned).collect()));
    }
    all
});

/// It calls something an order, in bare words.
pub fn names_order(sentence: &str) -> bool {
    sentence.split(' ').any(|word| WORDS.orders.contains(word))
}

/// The words of a sentence, in bare letters, without those of an order that it says has ended.
pub fn without_cancelled(sentence: &str) -> String {
    let parts: Vec<String> = sentence.split([',', '،']).map(bare_words).collect();
    // A comma is a word of its own here.
    let joined = parts.join(" , ");
    let words: Vec<&str> = joined.split(' ').filter(|word| !word.is_empty()).collect();
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        match end_of_cancellation(&words, at) {
            Some(end) => at = end,
            None => {
                kept.push(words[at]);
                at += 1;
            }
        }
    }
    kept.retain(|word| *word != ",");
    kept.join(" ")
}

/// Where news that begins at this word ends.
fn end_of_cancellation(words: &[&str], at: usize) -> Option<usize> {
    let known = &*WORDS;
    if known.orders.contains(words[at]) {
        let ended = end_of_ended_order(words, at);
        if ended.is_some() {
            return ended;
        }
    }
    let ends_order = known.ended.contains(words[at]) || known.ending.contains(words[at]);
    let near = words.iter().skip(at + 1).take(MOST_BETWEEN).take_while(|word| **word != ",");
    if ends_order && !is_denied(words, at) && near.into_iter().any(|word| known.orders.contains(*word)) {
        return Some(end_of_clause(words, at));
    }
    let begins_clause = at == 0 || is_border(words[at - 1]);
    let end = end_of_clause(words, at);
    (begins_clause && says_needless(&words[at..end])).then_some(end)
}

/// "Leaving the quay is no longer necessary", "Residents need not leave the quay".
fn says_needless(clause: &[&str]) -> bool {
    WORDS.needless.iter().any(|phrase| clause.windows(phrase.len()).any(|part| part == &phrase[..]))
}

/// "The order …, given on Sunday, was lifted": a remark between two commas may be within.
fn end_of_ended_order(words: &[&str], order: usize) -> Option<usize> {
    let ended =
        (order + 1..words.len()).find(|at| WORDS.ended.contains(words[*at]) && !is_denied(words, *at))?;
    let commas = words[order..ended].iter().filter(|word| **word == ",").count();
    commas.is_multiple_of(2).then_some(ended + 1)
}

fn is_denied(words: &[&str], at: usize) -> bool {
    words[at.saturating_sub(2)..at].iter().any(|word| WORDS.not.contains(*word))
}

fn end_of_clause(words: &[&str], at: usize) -> usize {
    words[at..].iter().position(|word| is_border(word)).map_or(words.len(), |length| at + length)
}

fn is_border(word: &str) -> bool {
    word == "," || WORDS.and.contains(word)
}

#[cfg(test)]
mod tests {
    use super::{shipped, without_cancelled};

    #[test]
    fn words_of_an_order_that_ended_are_left_out() {
        for (sentence, kept) in [
            ("The order to leave the quay was lifted", "the"),
            ("Council lifts its order to leave the quay", "council"),
            ("Council lifts its order to leave the quay, and asks for help", "council and asks for help"),
            ("The order, given on Sunday, was cancelled", "the"),
            ("Leaving the quay is no longer necessary", ""),
            ("Order to stay lifted, leave the quay", "leave the quay"),
            ("The order was not cancelled", "the order was not cancelled"),
            ("The order stays, as boats are cancelled", "the order stays as boats are cancelled"),
            ("Suspend all work at the quay", "suspend all work at the quay"),
        ] {
            assert_eq!(without_cancelled(sentence), kept, "{sentence}");
        }
    }

    #[test]
    fn every_shipped_language_has_its_words() {
        crate::i18n::assert_has_every_shipped_language(shipped().keys().map(String::as_str));
    }
}
