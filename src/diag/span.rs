//! A part of a text.

use std::ops::Range;

/// Byte offsets into a file's text, byte order mark excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Offsets beyond 4 GiB are clipped; the loader refuses such files long before.
    #[must_use]
    pub fn new(range: Range<usize>) -> Self {
        let clip = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clip(range.start), end: clip(range.end) }
    }

    /// The same span in a text that begins `by` bytes earlier.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by..self.end as usize + by)
    }

    /// The same span in a text that begins `start` bytes later.
    #[must_use]
    pub fn from(self, start: usize) -> Self {
        Self::new((self.start as usize).saturating_sub(start)..(self.end as usize).saturating_sub(start))
    }

    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
