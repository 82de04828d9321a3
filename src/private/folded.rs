//! Folded texts that remember where each letter was.

use std::ops::Range;

use crate::fold::bare_letters;

/// Lower case, without accents and script forms; everything that is no letter or digit is one space.
pub struct Folded {
    pub text: String,
    /// For each byte of `text`, the byte range of the original character that it comes from.
    from: Vec<(usize, usize)>,
}

impl Folded {
    pub fn of(text: &str) -> Self {
        let mut folded =
            Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            let original = (at, at + c.len_utf8());
            bare_letters(c, &mut |c| {
                if c != ' ' || !folded.text.ends_with(' ') {
                    folded.text.push(c);
                    folded.from.resize(folded.text.len(), original);
                }
            });
        }
        folded
    }

    /// The byte range of the original that a range of the folded text comes from.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let first = self.from.get(range.start);
        let last = self.from.get(range.end.saturating_sub(1));
        first.zip(last).map_or(0..0, |(first, last)| first.0..last.1)
    }
}

/// A folded text without its spaces.
#[derive(Default)]
pub struct Joined {
    text: String,
    /// For each byte of `text`, its offset in the folded text.
    at: Vec<usize>,
}

impl Joined {
    pub fn of(folded: &str) -> Self {
        let mut joined =
            Self { text: String::with_capacity(folded.len()), at: Vec::with_capacity(folded.len()) };
        for (at, c) in folded.char_indices().filter(|(_, c)| *c != ' ') {
            joined.text.push(c);
            joined.at.extend(at..at + c.len_utf8());
        }
        joined
    }

    /// All places of a word, as ranges of the folded text.
    pub fn all(&self, word: &str) -> impl Iterator<Item = Range<usize>> {
        let found = self.text.match_indices(word).map(|(at, found)| at..at + found.len());
        found.filter_map(|range| {
            Some(*self.at.get(range.start)?..*self.at.get(range.end.checked_sub(1)?)? + 1)
        })
    }
}
