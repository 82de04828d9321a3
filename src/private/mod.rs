//! Words that must not reach anybody: the private list of redact.txt.
//!
//! Owns how such words are found, whatever their case, accents, spacing and script forms, and how
//! they are masked. Does not read the file, and does not say what happens when one is found.
//!
//! Invariant: a masked text holds none of the words, and has as many characters as before.

mod encodings;
mod fold;

use std::ops::Range;

use crate::diag::{Diagnostic, Place};
use fold::{Folded, Tight, fold};

/// From this many letters on, a word is found within longer ones too.
const FOUND_WITHIN: usize = 5;

/// As [`FOUND_WITHIN`], where several words are written as one.
const FOUND_WITHIN_JOINED: usize = 12;

/// What one letter of a word is masked with.
const MASK: char = '█';

/// What a short Arabic word can have before it, written as one: and, so, with, like, for, the.
const PREFIXES: [&str; 13] = ["و", "ف", "ب", "ك", "ل", "ال", "وال", "فال", "بال", "كال", "لل", "ول", "وب"];

/// The words of a site's redact.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redactions {
    words: Vec<Word>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    folded: String,
    /// Several words written as one, as `عبدالرحمن`; none for a single word.
    joined: Option<String>,
    is_long: bool,
    /// From 1, in redact.txt.
    line: usize,
}

impl Redactions {
    /// One word or name a line; `#` begins a comment, empty lines do not count. Returns the
    /// numbers of lines that hold nothing that could be found.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<usize>) {
        let (mut words, mut empty) = (Vec::new(), Vec::new());
        for (line, written) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let written = written.trim();
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            let folded = fold(written).text.trim().to_owned();
            if folded.is_empty() {
                empty.push(line);
                continue;
            }
            let joined = folded.contains(' ').then(|| folded.replace(' ', ""));
            words.push(Word { is_long: folded.chars().count() >= FOUND_WITHIN, folded, joined, line });
        }
        (Self { words }, empty)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The lines of redact.txt whose words stand in a plain text.
    #[must_use]
    pub fn found_in(&self, text: &str) -> Vec<usize> {
        if self.is_empty() {
            return Vec::new();
        }
        self.lines_in(text, |_| true)
    }

    fn lines_in(&self, text: &str, is_asked: impl Fn(&Word) -> bool) -> Vec<usize> {
        let folded = fold(text);
        let tight = self.tight(&folded);
        let words = self.words.iter().filter(|word| is_asked(word));
        words.filter(|word| word.first_in(&folded.text, &tight).is_some()).map(|word| word.line).collect()
    }

    /// The text without spaces, where a word asks for it.
    fn tight(&self, folded: &Folded) -> Tight {
        let is_asked = self.words.iter().any(|word| word.joined.is_some());
        if is_asked { Tight::of(&folded.text) } else { Tight::default() }
    }

    /// The same for an output: as it is, and as its readers and their machines read it.
    #[must_use]
    pub fn found_in_output(&self, bytes: &[u8]) -> Vec<usize> {
        if self.is_empty() {
            return Vec::new();
        }
        let texts = encodings::texts(bytes);
        // Three letters in a row stand in every picture by chance.
        let is_asked = |word: &Word| texts.are_texts || word.is_long;
        let readings = texts.all.iter().flat_map(|text| fold::readings(text));
        let mut lines: Vec<usize> = readings.flat_map(|reading| self.lines_in(&reading, is_asked)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Where the word of a line first stands in a text, as bytes.
    #[must_use]
    pub fn place_in(&self, line: usize, text: &str) -> Option<Range<usize>> {
        let folded = fold(text);
        let word = self.words.iter().find(|word| word.line == line)?;
        Some(folded.original(word.first_in(&folded.text, &self.tight(&folded))?))
    }

    /// The text with each letter of each word masked.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        if self.is_empty() {
            return text.to_owned();
        }
        let folded = fold(text);
        let tight = self.tight(&folded);
        let all_in = |word: &Word| word.all_in(&folded.text, &tight);
        let found: Vec<Range<usize>> =
            self.words.iter().flat_map(all_in).map(|range| folded.original(range)).collect();
        let is_masked = |at: usize| found.iter().any(|range| range.contains(&at));
        text.char_indices().map(|(at, c)| if is_masked(at) { MASK } else { c }).collect()
    }

    pub fn mask_all(&self, diagnostics: &mut [Diagnostic]) {
        if !self.is_empty() {
            diagnostics.iter_mut().for_each(|diagnostic| self.mask(diagnostic));
        }
    }

    fn mask(&self, diagnostic: &mut Diagnostic) {
        for text in [&mut diagnostic.message, &mut diagnostic.label].into_iter().chain(&mut diagnostic.help) {
            *text = self.masked(text);
        }
        for (place, label) in &mut diagnostic.related {
            self.mask_place(place);
            *label = self.masked(label);
        }
        diagnostic.place.iter_mut().for_each(|place| self.mask_place(place));
    }

    /// A mask is longer in bytes than most letters: the mark moves with its characters.
    fn mask_place(&self, place: &mut Place) {
        place.file = self.masked(&place.file);
        let masked = self.masked(&place.excerpt);
        let moved = |at: usize| {
            let characters = place.excerpt[..at].chars().count();
            masked.char_indices().nth(characters).map_or(masked.len(), |(at, _)| at)
        };
        place.mark = moved(place.mark.start)..moved(place.mark.end);
        place.excerpt = masked;
    }
}

impl Word {
    fn first_in(&self, folded: &str, tight: &Tight) -> Option<Range<usize>> {
        self.apart(folded).next().or_else(|| self.together(folded, tight).next())
    }

    fn all_in(&self, folded: &str, tight: &Tight) -> Vec<Range<usize>> {
        self.apart(folded).chain(self.together(folded, tight)).collect()
    }

    fn apart(&self, folded: &str) -> impl Iterator<Item = Range<usize>> {
        let found = folded.match_indices(self.folded.as_str()).map(|(at, word)| at..at + word.len());
        found.filter(|range| self.is_long || stands_alone(folded, range))
    }

    /// Its words as one, or with spaces elsewhere. What begins or ends within another word is one only
    /// where it is too long for chance.
    fn together(&self, folded: &str, tight: &Tight) -> impl Iterator<Item = Range<usize>> {
        let joined = self.joined.as_deref();
        let is_long = joined.is_some_and(|joined| joined.chars().count() >= FOUND_WITHIN_JOINED);
        let found = joined.into_iter().flat_map(|joined| tight.all(joined));
        found.filter(move |range| is_long || stands_alone(folded, range))
    }
}

/// A short word counts where it is a word: with an Arabic prefix, a genitive s, or a number beside it.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
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

/// Whether nothing can be found in a file, as what it says is packed: archives, office documents, PDF.
#[must_use]
pub fn is_packed(bytes: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 7] = [
        b"PK\x03\x04",
        b"%PDF",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ",
        b"7z\xbc\xaf\x27\x1c",
        b"\x28\xb5\x2f\xfd",
    ];
    BEGINNINGS.iter().any(|beginning| bytes.starts_with(beginning))
}

#[cfg(test)]
mod tests;
