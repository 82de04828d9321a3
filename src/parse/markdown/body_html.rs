//! The HTML of a body while it is written: text with slots.
//!
//! Slots are offsets next to the text, so that nothing in an author's text can look like one. So are the places for
//! the `dir` of each block, which is known only once the block and those around it are read.

use super::block_directions::{BlockNumber, Directions};
use crate::html::push_escaped;
use crate::model::{Slot, SlottedHtml};

/// What goes into the text at an offset.
#[derive(Clone, Copy)]
enum Insertion {
    Slot(Slot),
    /// The `dir` of a block, within its opening tag.
    Direction(BlockNumber),
}

#[derive(Default)]
pub(super) struct BodyHtml {
    text: String,
    /// Offsets in `text`, in order.
    insertions: Vec<(usize, Insertion)>,
}

impl BodyHtml {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), insertions: Vec::new() }
    }

    /// The offset of what is written next.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What was written from an offset on; nothing if that was taken back.
    pub(super) fn from(&self, offset: usize) -> &str {
        self.text.get(offset..).unwrap_or_default()
    }

    pub(super) fn ends_with(&self, end: &str) -> bool {
        self.text.ends_with(end)
    }

    /// Finished HTML.
    pub(super) fn raw(&mut self, html: &str) {
        self.text.push_str(html);
    }

    /// Text, or the value of an attribute in double quotes.
    pub(super) fn escaped(&mut self, text: &str) {
        push_escaped(&mut self.text, text);
    }

    pub(super) fn number(&mut self, number: impl std::fmt::Display) {
        use std::fmt::Write as _;
        write!(self.text, "{number}").expect("a String takes every write");
    }

    pub(super) fn slot(&mut self, slot: Slot) {
        self.insertions.push((self.text.len(), Insertion::Slot(slot)));
    }

    /// Where the `dir` of a block goes, within the tag that begins at `tag`.
    pub(super) fn direction(&mut self, block: BlockNumber, tag: usize) {
        let name = self.text[tag..].find([' ', '>']).unwrap_or(self.text.len() - tag);
        let at = tag + name;
        let before = self.insertions.partition_point(|(offset, _)| *offset < at);
        self.insertions.insert(before, (at, Insertion::Direction(block)));
    }

    /// Inserts HTML before what was written last.
    pub(super) fn insert(&mut self, at: usize, html: &str) {
        self.text.insert_str(at, html);
        for (offset, _) in self.insertions.iter_mut().rev().take_while(|(offset, _)| *offset >= at) {
            *offset += html.len();
        }
    }

    /// Inserts HTML at many offsets, in order, into what was written last.
    pub(super) fn insert_all(&mut self, insertions: &[(usize, String)]) {
        let Some((first, _)) = insertions.first() else { return };
        let tail = self.text.split_off(*first);
        let mut copied = *first;
        for (at, html) in insertions {
            self.text.push_str(&tail[copied - first..at - first]);
            self.text.push_str(html);
            copied = *at;
        }
        self.text.push_str(&tail[copied - first..]);
        let from = self.insertions.partition_point(|(offset, _)| offset < first);
        let mut inserted = insertions.iter().peekable();
        let mut by = 0;
        for (offset, _) in &mut self.insertions[from..] {
            while let Some((_, html)) = inserted.next_if(|(at, _)| at <= offset) {
                by += html.len();
            }
            *offset += by;
        }
    }

    /// Removes what was written last.
    pub(super) fn truncate(&mut self, to: usize) {
        self.text.truncate(to);
        while self.insertions.last().is_some_and(|(offset, _)| *offset > to) {
            self.insertions.pop();
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.insertions.extend(other.insertions.into_iter().map(|(offset, each)| (offset + by, each)));
    }

    pub(super) fn finished(&self, directions: &Directions) -> SlottedHtml {
        let mut text = String::with_capacity(self.text.len());
        let mut slots = Vec::with_capacity(self.insertions.len());
        let mut copied = 0;
        for (at, insertion) in &self.insertions {
            text.push_str(&self.text[copied..*at]);
            copied = *at;
            match insertion {
                Insertion::Slot(slot) => slots.push((text.len(), *slot)),
                Insertion::Direction(block) => text.push_str(directions.attribute(*block)),
            }
        }
        text.push_str(&self.text[copied..]);
        SlottedHtml::new(&text, &slots)
    }
}
