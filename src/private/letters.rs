//! The letters of a text in a row, and what is between them.
//!
//! Owns which characters between two letters separate words, which may be within one, and which are nothing.

use std::ops::Range;

use super::scripts::is_unspaced;
use crate::fold::{bare_letters, is_apostrophe};

/// Replaces one letter of a private word.
pub const MASK: char = '█';

/// Replaces a tag in a text without tags. No text of people holds it.
pub const TAG: char = '\0';

/// How many characters of an address are looked at before and after a word.
const MOST_AROUND: usize = 200;

/// What is between two letters. A later one separates more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing, or characters that no reader sees.
    Nothing,
    Apostrophe,
    /// May be within a word as well as between two: a tag, a dot or hyphen without a space, the hyphen at the
    /// end of a line.
    Soft,
    /// Between two words.
    Break,
    /// Something that was masked: the letters on its two sides do not belong together.
    Masked,
}

/// The bare letters and digits of a text, each with its place.
pub struct Letters<'t> {
    text: &'t str,
    folded: String,
    /// For each byte of `folded`, where its character begins in `text`.
    at: Vec<usize>,
}

impl<'t> Letters<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut letters = Self { text, folded: String::with_capacity(text.len()), at: Vec::new() };
        letters.at.reserve(text.len());
        for (at, c) in text.char_indices() {
            bare_letters(c, &mut |letter| {
                if letter != ' ' {
                    letters.folded.push(letter);
                    letters.at.resize(letters.folded.len(), at);
                }
            });
        }
        letters
    }

    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The characters of the text that letters come from, as bytes of it.
    pub fn original(&self, letters: &Range<usize>) -> Range<usize> {
        self.at[letters.start]..self.end_of_character(letters.end - 1)
    }

    /// Whether letters begin and end where characters do: one character may be several letters.
    pub fn are_whole_characters(&self, letters: &Range<usize>) -> bool {
        self.is_between_characters(letters.start) && self.is_between_characters(letters.end)
    }

    fn is_between_characters(&self, at: usize) -> bool {
        at == 0 || at == self.at.len() || self.at[at - 1] != self.at[at]
    }

    /// The character that the letter at this byte comes from.
    pub fn character(&self, at: usize) -> char {
        self.text[self.at[at]..].chars().next().unwrap_or_default()
    }

    /// The character that the letter before this byte comes from; `None` at the beginning.
    pub fn character_before(&self, at: usize) -> Option<char> {
        at.checked_sub(1).map(|last| self.character(last))
    }

    fn end_of_character(&self, at: usize) -> usize {
        self.at[at] + self.character(at).len_utf8()
    }

    /// What is before the letter at this byte, or after the last one.
    pub fn gap(&self, at: usize) -> Gap {
        if at == 0 || at == self.at.len() {
            return Gap::Break;
        }
        let (from, to) = (self.end_of_character(at - 1), self.at[at]);
        if from >= to {
            return Gap::Nothing;
        }
        let (before, after) = (self.character(at - 1), self.character(at));
        match kind_of_gap(&self.text[from..to]) {
            // A decimal point, or the hyphen of a telephone number.
            Gap::Soft if before.is_numeric() && after.is_numeric() => Gap::Break,
            Gap::Break if is_white(&self.text[from..to]) && is_unspaced(before) && is_unspaced(after) => {
                Gap::Soft
            }
            gap => gap,
        }
    }

    /// The text between the letter before this byte and the letter at it.
    pub fn between(&self, at: usize) -> &str {
        let from = at.checked_sub(1).map_or(0, |last| self.end_of_character(last));
        let to = self.at.get(at).copied().unwrap_or(self.text.len());
        self.text.get(from..to).unwrap_or_default()
    }

    /// The characters around some letters up to a space, a quotation mark or a bracket; of a long row those that are near.
    pub fn surroundings(&self, letters: &Range<usize>) -> &str {
        let Range { start, end } = self.original(letters);
        let before = self.text[..start].char_indices().rev().take(MOST_AROUND);
        let from = before.take_while(|(_, c)| !ends_row(*c)).last().map_or(start, |(at, _)| at);
        let after = self.text[end..].char_indices().take(MOST_AROUND).take_while(|(_, c)| !ends_row(*c));
        let to = after.last().map_or(end, |(at, c)| end + at + c.len_utf8());
        &self.text[from..to]
    }

    /// Where the word ends that the letter at this byte is in.
    pub fn end_of_word(&self, at: usize) -> usize {
        let ends = self.folded[at..].char_indices().skip(1).map(|(offset, _)| at + offset);
        ends.chain([self.folded.len()]).find(|end| self.gap(*end) != Gap::Nothing).unwrap_or(at)
    }

    /// Where the word begins that the letter before this byte is in.
    pub fn start_of_word(&self, at: usize) -> usize {
        let starts = self.folded[..at].char_indices().rev().map(|(start, _)| start);
        starts.take_while(|start| *start < at).find(|start| self.gap(*start) != Gap::Nothing).unwrap_or(at)
    }
}

fn ends_row(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, TAG | MASK | '"' | '\'' | '`' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}')
}

fn kind_of_gap(between: &str) -> Gap {
    let mut widest = Gap::Nothing;
    for c in between.chars() {
        widest = widest.max(match c {
            MASK => return Gap::Masked,
            TAG | '.' | '_' | '-' | '+' | '*' | '~' | '·' | '‐' | '‑' => Gap::Soft,
            c if is_apostrophe(c) => Gap::Apostrophe,
            c if is_nothing(c) => Gap::Nothing,
            _ => Gap::Break,
        });
    }
    if widest == Gap::Break && is_hyphen_at_line_end(between) { Gap::Soft } else { widest }
}

/// What is no letter, and separates nothing: marks and layout.
fn is_nothing(c: char) -> bool {
    let mut separates = false;
    bare_letters(c, &mut |letter| separates |= letter == ' ');
    !separates
}

fn is_hyphen_at_line_end(between: &str) -> bool {
    let rest = between.strip_prefix(['-', '‐', '‑', '\u{ad}']);
    rest.is_some_and(|rest| rest.contains(['\n', '\r']) && is_white(rest))
}

fn is_white(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == TAG || is_nothing(c))
}
