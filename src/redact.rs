//! Words that must not reach anybody: the private list of redact.txt.
//!
//! Owns how such words are found, whatever their case, accents, spacing and script forms, and how
//! they are masked. Does not read the file, and does not say what happens when one is found.
//!
//! Invariant: a masked text holds none of the words, and has as many characters as before.

mod fold;

use std::ops::Range;

use crate::diag::{Diagnostic, Place};
use fold::{Folded, fold};

/// From this many letters on, a word is found within longer ones too.
const FOUND_WITHIN: usize = 5;

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
            words.push(Word { is_long: folded.chars().count() >= FOUND_WITHIN, folded, line });
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
        let folded = fold(text);
        self.words.iter().filter(|word| word.first_in(&folded.text).is_some()).map(|word| word.line).collect()
    }

    /// The same for an output: as it is, and as its readers and their machines read it.
    #[must_use]
    pub fn found_in_output(&self, bytes: &[u8]) -> Vec<usize> {
        if self.is_empty() {
            return Vec::new();
        }
        let text = String::from_utf8_lossy(bytes);
        let mut lines: Vec<usize> =
            fold::readings(&text).iter().flat_map(|reading| self.found_in(reading)).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Where the word of a line first stands in a text, as bytes.
    #[must_use]
    pub fn place_in(&self, line: usize, text: &str) -> Option<Range<usize>> {
        let folded = fold(text);
        let word = self.words.iter().find(|word| word.line == line)?;
        Some(folded.original(word.first_in(&folded.text)?))
    }

    /// The text with each letter of each word masked.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        if self.is_empty() {
            return text.to_owned();
        }
        let folded = fold(text);
        let found: Vec<Range<usize>> = self.words.iter().flat_map(|word| word.all_in(&folded)).collect();
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
    fn first_in(&self, folded: &str) -> Option<Range<usize>> {
        folded
            .match_indices(self.folded.as_str())
            .map(|(at, word)| at..at + word.len())
            .find(|range| self.is_long || stands_alone(folded, range))
    }

    fn all_in(&self, folded: &Folded) -> Vec<Range<usize>> {
        let found = folded.text.match_indices(self.folded.as_str()).map(|(at, word)| at..at + word.len());
        found
            .filter(|range| self.is_long || stands_alone(&folded.text, range))
            .map(|range| folded.original(range))
            .collect()
    }
}

/// A short word counts where it is a word: with an Arabic prefix, or a genitive s.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].rsplit(' ').next().unwrap_or_default();
    let after = text[range.end..].split(' ').next().unwrap_or_default();
    (before.is_empty() || PREFIXES.contains(&before)) && matches!(after, "" | "s")
}

#[cfg(test)]
mod tests;
