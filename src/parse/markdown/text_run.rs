//! Text that the parser gave in pieces, put together again: an address may hold marks that split it.

use std::ops::Range;

/// Adjacent pieces of text, not yet written.
#[derive(Default)]
pub(super) struct TextRun {
    pub(super) text: String,
    /// In the body.
    pub(super) range: Range<usize>,
}

impl TextRun {
    pub(super) fn push(&mut self, text: &str, range: &Range<usize>) {
        if self.text.is_empty() {
            self.range = range.clone();
        }
        self.text.push_str(text);
        self.range.end = range.end;
    }
}
