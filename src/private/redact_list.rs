//! The words of redact.txt, and diagnostics without them.

use std::ops::Range;

use super::matcher::{Matcher, Pattern, Rule};
use crate::diag::{Diagnostic, Place};

/// The words of a site's redact.txt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedactList {
    matcher: Matcher,
    /// The line of each word, from 1.
    lines: Vec<usize>,
}

impl RedactList {
    /// Reads one word or name a line. `#` starts a comment, and empty lines do not count. Also returns the
    /// numbers of lines without a letter or digit to look for.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<usize>) {
        let mut patterns = Vec::new();
        let mut lines = Vec::new();
        let mut empty = Vec::new();
        for (line, word) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let word = word.trim();
            if word.is_empty() || word.starts_with('#') {
                continue;
            }
            match Pattern::new(word, Rule::AnyCase) {
                Some(pattern) => {
                    patterns.push(pattern);
                    lines.push(line);
                }
                None => empty.push(line),
            }
        }
        (Self { matcher: Matcher::new(patterns), lines }, empty)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Each word with its line.
    pub fn words(&self) -> impl Iterator<Item = (usize, &Pattern)> {
        self.lines.iter().copied().zip(self.matcher.patterns())
    }

    /// The text with each letter of each word masked.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        self.matcher.masked(text)
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

    /// A mask has more bytes than most letters, so the marked range moves with its characters.
    fn mask_place(&self, place: &mut Place) {
        place.file = self.masked(&place.file);
        let masked = self.masked(&place.excerpt);
        place.mark = moved(&place.mark, &place.excerpt, &masked);
        place.excerpt = masked;
    }
}

fn moved(mark: &Range<usize>, text: &str, masked: &str) -> Range<usize> {
    let offset = |at: usize| {
        let characters = text[..at].chars().count();
        masked.char_indices().nth(characters).map_or(masked.len(), |(at, _)| at)
    };
    offset(mark.start)..offset(mark.end)
}
