//! The HTML of a body while it is written: text with slots.
//!
//! Slots are offsets next to the text, so that nothing in an author's text can look like one.

use crate::html::push_escaped;
use crate::model::{Slot, SlottedHtml};

#[derive(Default)]
pub(super) struct BodyHtml {
    text: String,
    /// Offsets in `text`, in order.
    slots: Vec<(usize, Slot)>,
}

impl BodyHtml {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), slots: Vec::new() }
    }

    /// The offset of what is written next.
    pub(super) fn len(&self) -> usize {
        self.text.len()
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
        self.slots.push((self.text.len(), slot));
    }

    /// Inserts HTML before what was written last.
    pub(super) fn insert(&mut self, at: usize, html: &str) {
        self.text.insert_str(at, html);
        for (offset, _) in self.slots.iter_mut().rev().take_while(|(offset, _)| *offset >= at) {
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
        let from = self.slots.partition_point(|(offset, _)| offset < first);
        let mut inserted = insertions.iter().peekable();
        let mut by = 0;
        for (offset, _) in &mut self.slots[from..] {
            while let Some((_, html)) = inserted.next_if(|(at, _)| at <= offset) {
                by += html.len();
            }
            *offset += by;
        }
    }

    /// Removes what was written last.
    pub(super) fn truncate(&mut self, to: usize) {
        self.text.truncate(to);
        while self.slots.last().is_some_and(|(offset, _)| *offset > to) {
            self.slots.pop();
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.slots.extend(other.slots.into_iter().map(|(offset, slot)| (offset + by, slot)));
    }

    pub(super) fn finished(&self) -> SlottedHtml {
        SlottedHtml::new(&self.text, &self.slots)
    }
}
