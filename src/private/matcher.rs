//! One matcher for all private words.
//!
//! One pass over the letters of each reading of a text finds the letters of all words at once, however many words
//! there are. `occurrence` then decides about each place.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind};

use super::encodings;
use super::forms::{WordForm, forms};
use super::letters::{Letters, MASK};
use super::occurrence::{Occurrence, Rule, TextKind, WrittenWord};
use super::readings::readings;
use crate::fold::letters_of;

/// With more forms, a table of all steps takes long to make.
const MOST_FORMS_OF_TABLE: usize = 5_000;

/// A private word or name, prepared for the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    word: WrittenWord,
    /// Each way in which it is written.
    forms: Arc<[WordForm]>,
}

impl Pattern {
    /// `None` if the word has no letter and no digit.
    #[must_use]
    pub fn new(word: &str, rule: Rule) -> Option<Self> {
        let forms = forms(word);
        let word = WrittenWord { written: word.trim().into(), rule };
        (!forms.is_empty()).then(|| Self { word, forms: forms.into() })
    }

    #[cfg(test)]
    pub(super) fn word(&self) -> &WrittenWord {
        &self.word
    }

    #[cfg(test)]
    pub(super) fn forms(&self) -> &[WordForm] {
        &self.forms
    }

    /// Whether the search finds the same for another word.
    #[must_use]
    pub fn has_the_forms_of(&self, other: &Self) -> bool {
        self.forms == other.forms && self.word.rule == other.word.rule
    }

    /// How many words it has, which are looked for together only.
    #[must_use]
    pub fn word_count(&self) -> usize {
        self.forms.first().map_or(0, WordForm::word_count)
    }

    /// Whether it is found within longer words and in files that are no texts; else it is too short for that, or a name
    /// of one word.
    #[must_use]
    pub fn is_found_within_words(&self) -> bool {
        self.forms.first().is_some_and(|form| self.word.is_found_within(form))
    }
}

/// Finds private words. A pattern is known by its position.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    patterns: Arc<[Pattern]>,
    /// `None` if there are no patterns.
    letters: Option<Arc<LetterIndex>>,
}

/// Finds the letters of each form of each pattern.
#[derive(Debug)]
struct LetterIndex {
    automaton: AhoCorasick,
    /// By the number that the automaton gives: the pattern, and which of its forms.
    forms: Vec<(usize, usize)>,
}

impl LetterIndex {
    fn new(patterns: &[Pattern]) -> Self {
        let of_pattern =
            |(index, pattern): (usize, &Pattern)| (0..pattern.forms.len()).map(move |form| (index, form));
        let forms: Vec<(usize, usize)> = patterns.iter().enumerate().flat_map(of_pattern).collect();
        let letters = forms.iter().map(|(pattern, form)| &patterns[*pattern].forms[*form].letters);
        // Twice as fast as the default for so many words, for some megabytes of memory.
        let kind = (forms.len() <= MOST_FORMS_OF_TABLE).then_some(AhoCorasickKind::DFA);
        let automaton = AhoCorasickBuilder::new().kind(kind).build(letters);
        let automaton = automaton.expect("the words of a site have fewer than 2 billion letters");
        Self { automaton, forms }
    }
}

impl PartialEq for Matcher {
    fn eq(&self, other: &Self) -> bool {
        self.patterns == other.patterns
    }
}

impl Eq for Matcher {}

impl Matcher {
    #[must_use]
    pub fn new(patterns: Vec<Pattern>) -> Self {
        let letters = (!patterns.is_empty()).then(|| Arc::new(LetterIndex::new(&patterns)));
        Self { letters, patterns: patterns.into() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    #[must_use]
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The patterns in the bytes of an output, in any encoding and any reading; sorted.
    #[must_use]
    pub fn found_in_output(&self, bytes: &[u8]) -> Vec<usize> {
        if self.is_empty() {
            return Vec::new();
        }
        let texts = encodings::texts(bytes);
        let kind = if texts.are_texts { TextKind::Text } else { TextKind::Binary };
        let mut found = BTreeSet::new();
        for text in &texts.all {
            for reading in readings(text) {
                self.search(&reading.text, kind, |hit| {
                    if !found.contains(&hit.pattern) && hit.place().is_some() {
                        found.insert(hit.pattern);
                    }
                });
            }
        }
        found.into_iter().collect()
    }

    /// The patterns in the path of an output; sorted.
    #[must_use]
    pub fn found_in_path(&self, path: &str) -> Vec<usize> {
        let found: BTreeSet<usize> =
            self.places(path, TextKind::Path).into_iter().map(|(pattern, _)| pattern).collect();
        found.into_iter().collect()
    }

    /// The first place in a text, as bytes, of the patterns that are meant.
    #[must_use]
    pub fn place_in(&self, text: &str, is_meant: impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let found = self.places(text, TextKind::Text).into_iter();
        let meant = found.filter(|(pattern, _)| is_meant(*pattern));
        meant.map(|(_, range)| range).min_by_key(|range| (range.start, range.end))
    }

    /// The text with each letter of each pattern masked.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        self.masked_in(text, TextKind::Text)
    }

    /// As [`Matcher::masked`], for a path, where names have no capitals.
    #[must_use]
    pub fn masked_path(&self, path: &str) -> String {
        self.masked_in(path, TextKind::Path)
    }

    fn masked_in(&self, text: &str, kind: TextKind) -> String {
        let mut masked = text.to_owned();
        loop {
            let found = self.places(&masked, kind);
            let next = with_masks(&masked, found.into_iter().map(|(_, range)| range).collect());
            // A mask can bring letters together that a reading had apart.
            if next == masked {
                return masked;
            }
            masked = next;
        }
    }

    /// Each pattern with each of its places, in any reading.
    fn places(&self, text: &str, kind: TextKind) -> Vec<(usize, Range<usize>)> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut places = Vec::new();
        for reading in &readings(text) {
            self.search(&reading.text, kind, |hit| {
                places.extend(hit.place().map(|range| (hit.pattern, reading.original(&range))));
            });
        }
        places
    }

    /// Calls `take` with each place where the letters of a pattern are in one reading.
    fn search(&self, text: &str, kind: TextKind, mut take: impl FnMut(Hit<'_>)) {
        let Some(LetterIndex { automaton, forms }) = self.letters.as_deref() else { return };
        let letters = letters_of(text);
        let mut hits = automaton.find_overlapping_iter(&letters).peekable();
        // Most texts have the letters of no private word.
        if hits.peek().is_none() {
            return;
        }
        let text = &Letters::of(text);
        for hit in hits {
            let (pattern, form) = forms[hit.pattern().as_usize()];
            let Pattern { word, forms } = &self.patterns[pattern];
            let occurrence = Occurrence { word, form: &forms[form], text, kind, range: hit.range() };
            take(Hit { pattern, occurrence });
        }
    }
}

/// A place where the letters of a pattern are.
struct Hit<'a> {
    pattern: usize,
    occurrence: Occurrence<'a>,
}

impl Hit<'_> {
    /// The bytes of the text that are the word, if it is meant.
    fn place(&self) -> Option<Range<usize>> {
        self.occurrence.letters().map(|letters| self.occurrence.text.original(&letters))
    }
}

fn with_masks(text: &str, mut private: Vec<Range<usize>>) -> String {
    if private.is_empty() {
        return text.to_owned();
    }
    private.sort_unstable_by_key(|range| (range.start, range.end));
    let mut ranges = private.into_iter().peekable();
    let mut end = 0;
    let mut masked = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        while let Some(range) = ranges.next_if(|range| range.start <= at) {
            end = end.max(range.end);
        }
        masked.push(if at < end { MASK } else { c });
    }
    masked
}
