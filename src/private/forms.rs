//! The ways in which people write one name, as letters to search for.
//!
//! Owns which letters replace others in a language without them, the last name first, and stems. Whether
//! letters that were found are the name is decided in `occurrence`.

use unicode_normalization::UnicodeNormalization as _;

use super::scripts::Stem;
use crate::fold::bare_words;

/// With more words it is an address or a sentence, and no one reorders those.
const MOST_WORDS_OF_A_NAME: usize = 4;

/// More letters of this kind in one name are written in one way.
const MOST_MIXED: usize = 3;

/// Letters to search for, and what else must hold where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordForm {
    /// Bare letters, without anything between the words; of a form with endings, its first stem.
    pub letters: String,
    /// Where the second and each later word begins, as bytes of `letters`.
    pub words: Vec<usize>,
    pub condition: Condition,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    None,
    /// The last name is first, and a comma or no space at all is before the word that begins here.
    LastNameFirst(usize),
    /// These bytes of the letters come from ä, ö, ü, å or ø, which the name has as two letters.
    Umlauts(Vec<usize>),
    /// Words of these stems, each with any ending of its script.
    Endings(Vec<Stem>),
}

/// All forms of a word or name; none if it has no letter and no digit.
pub fn forms(word: &str) -> Vec<WordForm> {
    // Persian joins the words of a name with a character that no reader sees.
    let word = &word.replace('\u{200c}', " ");
    let bare = bare_words(word);
    let words: Vec<&str> = bare.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut forms = vec![WordForm::new(&words, Condition::None)];
    forms.extend(last_name_first(&words));
    forms.extend(spelt_with_e(word).iter().map(|bare| WordForm::new(&split(bare), Condition::None)));
    forms.extend(spelt_with_umlaut(&words));
    forms.extend(with_endings(&words));
    forms.extend(with_article_and_preposition(&words));
    forms
}

fn split(bare: &str) -> Vec<&str> {
    bare.split(' ').collect()
}

impl WordForm {
    fn new(words: &[&str], condition: Condition) -> Self {
        let mut letters = String::new();
        let mut starts = Vec::with_capacity(words.len());
        for word in words {
            starts.push(letters.len());
            letters.push_str(word);
        }
        starts.remove(0);
        Self { letters, words: starts, condition }
    }

    /// How many words the form has.
    pub fn word_count(&self) -> usize {
        self.words.len() + 1
    }

    pub fn is_single_word(&self) -> bool {
        self.words.is_empty()
    }
}

/// `Doe, Jane`; and `van der Berg, Jan` as well as `Berg, Jan van der`.
fn last_name_first(words: &[&str]) -> Vec<WordForm> {
    if words.len() < 2 || words.len() > MOST_WORDS_OF_A_NAME {
        return Vec::new();
    }
    let rotated = (1..words.len()).map(|first| {
        let comma = words[first..].iter().map(|word| word.len()).sum();
        let words = [&words[first..], &words[..first]].concat();
        WordForm::new(&words, Condition::LastNameFirst(comma))
    });
    rotated.collect()
}

/// What a language without this letter writes for it.
fn as_two_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
        'ü' | 'Ü' => "ue",
        'å' | 'Å' => "aa",
        'þ' | 'Þ' => "th",
        _ => return None,
    })
}

/// Bare words with two letters for some or all of ä, ö, ü, å, ø and þ.
fn spelt_with_e(word: &str) -> Vec<String> {
    let composed: String = word.nfc().collect();
    let count = composed.chars().filter(|c| as_two_letters(*c).is_some()).count();
    let choices: Vec<u32> = match count {
        0 => Vec::new(),
        1..=MOST_MIXED => (1..1 << count).collect(),
        _ => vec![u32::MAX],
    };
    choices.into_iter().map(|choice| bare_words(&replaced(&composed, choice))).collect()
}

/// The text with two letters for those of its letters whose bits are set in `choice`.
fn replaced(composed: &str, choice: u32) -> String {
    let mut bit = 1_u32;
    let mut text = String::with_capacity(composed.len() + 4);
    for c in composed.chars() {
        let Some(letters) = as_two_letters(c) else {
            text.push(c);
            continue;
        };
        if choice & bit != 0 {
            text.push_str(letters);
        } else {
            text.push(c);
        }
        bit = bit.rotate_left(1);
    }
    text
}

/// A name with ae, oe, ue or aa, as one with ä, ö, ü, å or ø. All of them are replaced.
fn spelt_with_umlaut(words: &[&str]) -> Option<WordForm> {
    let mut short: Vec<String> = Vec::new();
    let mut umlauts = Vec::new();
    let mut length = 0;
    for word in words {
        let mut rest = *word;
        let mut letters = String::new();
        while let Some(c) = rest.chars().next() {
            if ["ae", "oe", "ue", "aa"].iter().any(|two| rest.starts_with(two)) {
                umlauts.push(length + letters.len());
                rest = &rest[1..];
            }
            letters.push(c);
            rest = &rest[c.len_utf8()..];
        }
        length += letters.len();
        short.push(letters);
    }
    let short: Vec<&str> = short.iter().map(String::as_str).collect();
    (!umlauts.is_empty()).then(|| WordForm::new(&short, Condition::Umlauts(umlauts)))
}

/// `Ивана` for `Иван`; each word has an ending of its own.
fn with_endings(words: &[&str]) -> Option<WordForm> {
    if words.len() > MOST_WORDS_OF_A_NAME {
        return None;
    }
    let stems: Option<Vec<Stem>> = words.iter().map(|word| Stem::of(word)).collect();
    let stems = stems?;
    let letters = stems.first()?.letters.clone();
    Some(WordForm { letters, words: Vec::new(), condition: Condition::Endings(stems) })
}

/// Arabic writes the preposition ل and the article as one: للحسن for الحسن.
fn with_article_and_preposition(words: &[&str]) -> Option<WordForm> {
    let (first, rest) = words.split_first()?;
    let name = first.strip_prefix("ال").filter(|name| name.chars().count() >= 3)?;
    let first = format!("لل{name}");
    let words: Vec<&str> = std::iter::once(first.as_str()).chain(rest.iter().copied()).collect();
    Some(WordForm::new(&words, Condition::None))
}
