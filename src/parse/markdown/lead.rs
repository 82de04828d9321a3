//! The begin of a body as plain text: its first paragraph, list or quotation.

use super::plain;

/// Between the items of a list.
const BETWEEN_ITEMS: &str = " · ";

#[derive(Default)]
pub(super) enum Lead {
    #[default]
    Awaited,
    Reading(String),
    Done(Box<str>),
}

impl Lead {
    /// A paragraph, list or quotation begins that is in no other block.
    pub(super) fn start(&mut self) {
        if matches!(self, Self::Awaited) {
            *self = Self::Reading(String::new());
        }
    }

    /// A text that readers see.
    pub(super) fn push(&mut self, text: &str) {
        if let Self::Reading(read) = self {
            read.push_str(text);
        }
    }

    /// An item begins within the block.
    pub(super) fn item(&mut self) {
        if let Self::Reading(read) = self {
            let is_sentence = read
                .trim_end()
                .ends_with(['.', ',', ';', ':', '!', '?', '؟', '،', '؛', '。', '，', '；', '：']);
            let between = if read.trim().is_empty() || is_sentence { " " } else { BETWEEN_ITEMS };
            read.push_str(between);
        }
    }

    /// The block ends. One without text, such as a picture, is no lead.
    pub(super) fn end(&mut self) {
        if let Self::Reading(read) = self {
            let text = plain::lead(read);
            *self = if text.is_empty() { Self::Awaited } else { Self::Done(text) };
        }
    }

    pub(super) fn into_text(self) -> Box<str> {
        match self {
            Self::Done(text) => text,
            _ => Box::default(),
        }
    }
}
