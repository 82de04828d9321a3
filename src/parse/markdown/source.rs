//! What is parsed, and how.

use crate::bidi::TextDirection;

/// How HTML that an author writes in Markdown is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It is shown as text.
    #[default]
    Escape,
    /// Harmless elements stay, everything else is removed with a diagnostic.
    Sanitise,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct MarkdownOptions {
    pub raw_html: RawHtml,
    /// Whether numbers about people are looked for.
    pub people_counts: bool,
    /// That of the text's language.
    pub direction: TextDirection,
}

/// A body in its file.
#[derive(Clone, Copy)]
pub(super) struct BodySource<'a> {
    /// Relative to the root of the site, forward slashes.
    pub(super) file: &'a str,
    /// The whole file.
    pub(super) text: &'a str,
    /// The offset of the body in `text`.
    pub(super) at: usize,
    /// `&text[at..]`
    pub(super) body: &'a str,
}

/// Whether the character at `at` is escaped by a backslash.
pub(super) fn is_escaped(body: &str, at: usize) -> bool {
    body.as_bytes()[..at].iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 1
}
