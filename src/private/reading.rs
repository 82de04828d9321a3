//! A text as some reader or machine reads it, with the place of each of its characters.
//!
//! Owns the way back from a reading to the text that it is of.

use std::borrow::Cow;
use std::ops::Range;

/// A text, or one that was made from it.
pub struct Reading<'t> {
    pub text: Cow<'t, str>,
    /// In order; empty if this is the text itself.
    pieces: Vec<ReadingPiece>,
}

/// A part of a reading, which ends where the next one begins.
struct ReadingPiece {
    at: usize,
    /// What it comes from, as bytes of the text.
    from: Range<usize>,
}

impl<'t> Reading<'t> {
    /// The text as it is.
    pub fn as_is(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), pieces: Vec::new() }
    }

    /// What a range of this reading comes from, as bytes of the text.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return range.clone();
        }
        let first = self.original_of(range.start);
        let last = self.original_of(range.end.saturating_sub(1).max(range.start));
        first.start..last.end.max(first.end)
    }

    /// What the character around a byte comes from.
    fn original_of(&self, at: usize) -> Range<usize> {
        let index = self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
        let Some(piece) = self.pieces.get(index) else { return 0..0 };
        let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at);
        // What was copied has as many bytes as before.
        if end - piece.at == piece.from.len() {
            let at = piece.from.start + (at - piece.at);
            return at..at + 1;
        }
        piece.from.clone()
    }
}

/// Makes a reading of another one.
pub struct ReadingBuilder<'r> {
    base: &'r Reading<'r>,
    text: String,
    pieces: Vec<ReadingPiece>,
}

impl<'r> ReadingBuilder<'r> {
    pub fn new(base: &'r Reading<'r>) -> Self {
        Self { base, text: String::with_capacity(base.text.len()), pieces: Vec::new() }
    }

    /// Takes over a part of the base.
    pub fn copy(&mut self, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(&self.base.text[part.clone()]);
        if self.base.pieces.is_empty() {
            self.pieces.push(ReadingPiece { at, from: part });
            return;
        }
        let first = self.base.pieces.partition_point(|piece| piece.at <= part.start).saturating_sub(1);
        for (index, piece) in self.base.pieces.iter().enumerate().skip(first) {
            if piece.at >= part.end {
                break;
            }
            let end = self.base.pieces.get(index + 1).map_or(self.base.text.len(), |next| next.at);
            let (from, to) = (piece.at.max(part.start), end.min(part.end));
            if from == to {
                continue;
            }
            let is_copy = end - piece.at == piece.from.len();
            let original = if is_copy {
                piece.from.start + (from - piece.at)..piece.from.start + (to - piece.at)
            } else {
                piece.from.clone()
            };
            self.pieces.push(ReadingPiece { at: at + (from - part.start), from: original });
        }
    }

    /// Adds a text for a part of the base.
    pub fn replace(&mut self, part: &Range<usize>, text: &str) {
        if !text.is_empty() {
            self.pieces.push(ReadingPiece { at: self.text.len(), from: self.base.original(part) });
            self.text.push_str(text);
        }
    }

    /// Adds a character for a part of the base.
    pub fn replace_by(&mut self, part: &Range<usize>, c: char) {
        self.replace(part, c.encode_utf8(&mut [0; 4]));
    }

    pub fn finish(self) -> Reading<'static> {
        Reading { text: Cow::Owned(self.text), pieces: self.pieces }
    }
}
