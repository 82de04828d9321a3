//! HTML with slots for what only the whole site knows.
//!
//! Owns how it is held: a preview keeps the text of every article, so it is one text and a
//! list of offsets. Knows nothing of what the slots are filled with.

/// Finished HTML, and where something goes into it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlottedHtml {
    text: Box<str>,
    /// Offsets in `text`, rising, and what goes there.
    slots: Box<[(u32, Slot)]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The URL of the body's `links[n]`, within a quoted attribute.
    Link(u32),
    /// The width and height of the picture at the body's `links[n]`, as attributes.
    PictureSize(u32),
    /// The picture that is shown before the recording at the body's `links[n]` is played, with its width and height, as
    /// attributes; nothing if there is none.
    Poster(u32),
    /// How sure the claim is that the body's `links[n]` leads to, as an element; nothing for another target.
    Status(u32),
    /// A word of the interface in the page's language, as text; a key of the theme's Fluent files.
    Word(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Finished HTML, and not empty.
    Html(&'a str),
    Slot(Slot),
}

impl SlottedHtml {
    /// The offsets rise, and each is a boundary of characters in the text.
    #[must_use]
    pub fn new(text: &str, slots: &[(usize, Slot)]) -> Self {
        let offset = |at: usize| u32::try_from(at).expect("an article is too short for that");
        let slots = slots.iter().map(|(at, slot)| (offset(*at), *slot)).collect();
        Self { text: text.into(), slots }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.slots.is_empty()
    }

    /// In their order; no two of HTML follow each other.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let at = |index: usize| self.slots.get(index).map_or(self.text.len(), |(at, _)| *at as usize);
        (0..=self.slots.len()).flat_map(move |index| {
            let from = index.checked_sub(1).map_or(0, at);
            let text = &self.text[from..at(index)];
            let slot = self.slots.get(index).map(|(_, slot)| Piece::Slot(*slot));
            (!text.is_empty()).then_some(Piece::Html(text)).into_iter().chain(slot)
        })
    }

    /// How long the HTML is about to be, in bytes.
    #[must_use]
    pub fn expected_len(&self) -> usize {
        const SLOT: usize = 40;
        self.text.len() + SLOT * self.slots.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Slot, SlottedHtml};

    #[track_caller]
    fn check(text: &str, slots: &[usize], pieces: &[Piece<'_>]) {
        let slots: Vec<_> = slots.iter().map(|at| (*at, Slot::Word("w"))).collect();
        let html = SlottedHtml::new(text, &slots);
        assert_eq!(html.pieces().collect::<Vec<_>>(), pieces);
    }

    #[test]
    fn slots_stand_where_they_were_put_and_no_piece_is_empty() {
        let slot = Piece::Slot(Slot::Word("w"));
        check("", &[], &[]);
        check("", &[0], &[slot]);
        check("ab", &[], &[Piece::Html("ab")]);
        check("ab", &[0, 1, 1, 2], &[slot, Piece::Html("a"), slot, slot, Piece::Html("b"), slot]);
    }
}
