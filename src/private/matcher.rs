//! One matcher for all private words.
//!
//! A fast pass reduces each reading of a text to its letters and searches for the letters of all words at
//! once. Only a word that it finds is looked for exactly: word borders, case and place.

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::encodings;
use super::folded::{Folded, Joined};
use super::readings::{readings, without_tags};
use crate::fold::letters_of;

/// A word of at least this many letters is found within longer words too.
const FOUND_WITHIN: usize = 5;

/// As [`FOUND_WITHIN`], for several words written as one.
const FOUND_WITHIN_JOINED: usize = 12;

/// Replaces one letter of a word.
const MASK: char = '█';

/// What Arabic writes as one with a short word after it: and, so, with, like, for, the.
const PREFIXES: [&str; 13] = ["و", "ف", "ب", "ك", "ل", "ال", "وال", "فال", "بال", "كال", "لل", "ول", "وب"];

/// What a word must look like to count, apart from its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Any case counts: a word of redact.txt.
    AnyCase,
    /// A name: a single word counts with a capital only if the name has one, and never within another
    /// word. `mark` and `will` are words of any text.
    Name,
}

/// A private word or name, prepared for the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    folded: String,
    /// Several words written as one, as `عبدالرحمن`; `None` for a single word.
    joined: Option<String>,
    rule: Rule,
    /// As it was written.
    written: String,
}

impl Pattern {
    /// `None` if the word has no letter and no digit.
    #[must_use]
    pub fn new(word: &str, rule: Rule) -> Option<Self> {
        let folded = Folded::of(word).text.trim().to_owned();
        let joined = folded.contains(' ').then(|| folded.replace(' ', ""));
        (!folded.is_empty()).then(|| Self { folded, joined, rule, written: word.trim().to_owned() })
    }

    fn letters(&self) -> &str {
        self.joined.as_deref().unwrap_or(&self.folded)
    }

    fn is_found_within_words(&self) -> bool {
        match self.rule {
            Rule::AnyCase => self.folded.chars().count() >= FOUND_WITHIN,
            Rule::Name => self.joined.is_some(),
        }
    }

    /// Three letters in a row are in every picture by chance.
    fn is_found_in_binary(&self) -> bool {
        self.folded.chars().count() >= FOUND_WITHIN
    }

    fn ranges_in(&self, text: &FoldedText<'_>) -> Vec<Range<usize>> {
        let folded = text.folded.text.as_str();
        let with_spaces = folded
            .match_indices(&self.folded)
            .map(|(at, word)| at..at + word.len())
            .filter(|range| self.is_found_within_words() || is_a_word(folded, range));
        // What begins or ends within another word counts only if it is too long for chance.
        let is_long = self.letters().chars().count() >= FOUND_WITHIN_JOINED;
        let without_spaces = self
            .joined
            .iter()
            .flat_map(|joined| text.joined.all(joined))
            .filter(|range| is_long || is_a_word(folded, range));
        with_spaces
            .chain(without_spaces)
            .map(|range| text.folded.original(range))
            .filter(|range| {
                text.kind == TextKind::Path || self.has_its_capital(&text.original[range.clone()])
            })
            .collect()
    }

    fn has_its_capital(&self, found: &str) -> bool {
        let is_single_name = self.rule == Rule::Name && self.joined.is_none();
        !is_single_name || !begins_with_capital(&self.written) || begins_with_capital(found)
    }
}

fn begins_with_capital(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// A short word counts if it is a word of its own: an Arabic prefix, a genitive s or a number may be next to
/// it.
fn is_a_word(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    // A number goes on with digits, a name does not.
    let ends = |at_edge: Option<char>| {
        let is_number = at_edge.is_some_and(|c| !c.is_alphabetic());
        move |c: char| !(c.is_alphabetic() || is_number && c.is_alphanumeric())
    };
    let before = text[..range.start].rsplit(ends(word.chars().next())).next().unwrap_or_default();
    let after = text[range.end..].split(ends(word.chars().last())).next().unwrap_or_default();
    (before.is_empty() || PREFIXES.contains(&before)) && matches!(after, "" | "s")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextKind {
    Text,
    /// Bytes of a picture or another file that is no text.
    Binary,
    /// A file name or the path of a URL: its words have no capitals.
    Path,
}

/// A text prepared for the exact search.
struct FoldedText<'t> {
    original: &'t str,
    kind: TextKind,
    folded: Folded,
    joined: Joined,
}

/// Finds private words. A pattern is known by its position.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    patterns: Arc<[Pattern]>,
    /// Finds the letters of each pattern; `None` if there are no patterns.
    letters: Option<Arc<AhoCorasick>>,
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
        let letters = (!patterns.is_empty()).then(|| {
            let automaton = AhoCorasick::new(patterns.iter().map(Pattern::letters));
            Arc::new(automaton.expect("the words of a site have fewer than 2 billion letters"))
        });
        Self { letters, patterns: patterns.into() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    pub fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.patterns.iter()
    }

    /// The patterns in the bytes of an output, in any encoding and any reading; sorted.
    #[must_use]
    pub fn found_in_output(&self, bytes: &[u8]) -> Vec<usize> {
        if self.is_empty() {
            return Vec::new();
        }
        let texts = encodings::texts(bytes);
        let kind = if texts.are_texts { TextKind::Text } else { TextKind::Binary };
        sorted(texts.all.iter().flat_map(|text| {
            let mut found = self.matches_without_tags(text, kind);
            found.extend(readings(text).iter().flat_map(|reading| self.matches(reading, kind)));
            found
        }))
    }

    /// The patterns in the text of a page, as if a tag were nothing, and as if it were a space.
    fn matches_without_tags(&self, page: &str, kind: TextKind) -> Vec<(usize, Range<usize>)> {
        if !page.contains('<') {
            return Vec::new();
        }
        let joined = without_tags(page, "");
        // A space more or less changes no letter, so both have the same candidates.
        let candidates = self.candidates(&joined);
        if candidates.is_empty() {
            return Vec::new();
        }
        let mut found = self.places(&joined, kind, &candidates);
        found.extend(self.places(&without_tags(page, " "), kind, &candidates));
        found
    }

    /// The patterns in the path of an output; sorted.
    #[must_use]
    pub fn found_in_path(&self, path: &str) -> Vec<usize> {
        sorted(self.matches(path, TextKind::Path).into_iter())
    }

    /// The first place in a text, as bytes, of the patterns that are meant.
    #[must_use]
    pub fn place_in(&self, text: &str, is_meant: impl Fn(usize) -> bool) -> Option<Range<usize>> {
        let mut found = self.matches(text, TextKind::Text);
        // Of one pattern, a place with its spaces comes before one without.
        found.dedup_by_key(|(pattern, _)| *pattern);
        let meant = found.into_iter().filter(|(pattern, _)| is_meant(*pattern));
        meant.map(|(_, range)| range).min_by_key(|range| range.start)
    }

    /// The text with each letter of each pattern masked.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        let found = self.matches(text, TextKind::Text);
        if found.is_empty() {
            return text.to_owned();
        }
        let is_private = |at: usize| found.iter().any(|(_, range)| range.contains(&at));
        text.char_indices().map(|(at, c)| if is_private(at) { MASK } else { c }).collect()
    }

    /// Each pattern with each of its places.
    fn matches(&self, text: &str, kind: TextKind) -> Vec<(usize, Range<usize>)> {
        self.places(text, kind, &self.candidates(text))
    }

    /// Each candidate with each of its places.
    fn places(&self, text: &str, kind: TextKind, candidates: &[usize]) -> Vec<(usize, Range<usize>)> {
        if candidates.is_empty() {
            return Vec::new();
        }
        let folded = Folded::of(text);
        let joined = Joined::of(&folded.text);
        let text = FoldedText { original: text, kind, folded, joined };
        let candidates = candidates.iter().map(|index| (*index, &self.patterns[*index]));
        candidates
            .filter(|(_, pattern)| kind != TextKind::Binary || pattern.is_found_in_binary())
            .flat_map(|(index, pattern)| {
                pattern.ranges_in(&text).into_iter().map(move |range| (index, range))
            })
            .collect()
    }

    /// The patterns whose letters are in the text in a row, whatever is between them; sorted.
    fn candidates(&self, text: &str) -> Vec<usize> {
        let Some(automaton) = &self.letters else { return Vec::new() };
        let letters = letters_of(text);
        let found = automaton.find_overlapping_iter(&letters);
        let mut candidates: Vec<usize> = Vec::new();
        // A short word may be in a text a thousand times.
        for pattern in found.map(|found| found.pattern().as_usize()) {
            if !candidates.contains(&pattern) {
                candidates.push(pattern);
            }
        }
        candidates.sort_unstable();
        candidates
    }
}

fn sorted(matches: impl Iterator<Item = (usize, Range<usize>)>) -> Vec<usize> {
    let mut patterns: Vec<usize> = matches.map(|(pattern, _)| pattern).collect();
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}
