//! Changes of a text, and the way back from a place in the result to the original.

use std::ops::Range;

/// A part of a text and what replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    pub range: Range<usize>,
    pub replacement: String,
}

/// Something that is left in a text for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFault {
    /// Byte offset in the text.
    pub at: usize,
    pub fact: String,
    pub remedy: String,
}

/// What reading a text for one purpose gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextFindings {
    pub edits: Vec<TextEdit>,
    pub faults: Vec<TextFault>,
}

impl TextFindings {
    pub fn edit(&mut self, range: Range<usize>, replacement: impl Into<String>) {
        self.edits.push(TextEdit { range, replacement: replacement.into() });
    }

    pub fn fault(&mut self, at: usize, fact: impl Into<String>, remedy: impl Into<String>) {
        self.faults.push(TextFault { at, fact: fact.into(), remedy: remedy.into() });
    }
}

/// A changed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditedText {
    pub text: String,
    /// For each piece, where it begins in the result and in the original, in their order.
    pieces: Vec<(usize, usize)>,
}

impl EditedText {
    /// Makes the edits. Of two that overlap, the first one is made.
    #[must_use]
    pub fn new(original: &str, mut edits: Vec<TextEdit>) -> Self {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let mut edited = Self { text: String::with_capacity(original.len()), pieces: vec![(0, 0)] };
        let mut at = 0;
        for TextEdit { range, replacement } in edits {
            if range.start < at {
                continue;
            }
            edited.text.push_str(&original[at..range.start]);
            edited.pieces.push((edited.text.len(), range.start));
            edited.text.push_str(&replacement);
            edited.pieces.push((edited.text.len(), range.end));
            at = range.end;
        }
        edited.text.push_str(&original[at..]);
        edited
    }

    /// Where a byte of the result was in the original; for a byte of a replacement, within what it replaced.
    #[must_use]
    pub fn original_offset(&self, at: usize) -> usize {
        let index = self.pieces.partition_point(|(begin, _)| *begin <= at).saturating_sub(1);
        let (begin, original) = self.pieces[index];
        let offset = original + (at - begin);
        self.pieces.get(index + 1).map_or(offset, |(_, next)| offset.min(*next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_the_result_have_an_original() {
        let edit = |range, text: &str| TextEdit { range, replacement: text.to_owned() };
        let edited =
            EditedText::new("abcdefgh", vec![edit(5..6, ""), edit(1..3, "XXXX"), edit(2..4, "lost")]);
        assert_eq!(edited.text, "aXXXXdegh");
        let back: Vec<usize> = (0..9).map(|at| edited.original_offset(at)).collect();
        assert_eq!(back, [0, 1, 2, 3, 3, 3, 4, 6, 7]);
    }
}
