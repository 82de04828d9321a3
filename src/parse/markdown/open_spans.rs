//! Spans that have begun and not ended.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType};

/// A link whose text is being read.
pub(super) struct OpenLink {
    pub(super) range: Range<usize>,
    pub(super) has_text: bool,
    /// False for a link that was refused: only its text is shown.
    pub(super) has_tag: bool,
    /// The claim is the owner of the numbers in it.
    pub(super) is_to_claim: bool,
    /// Its position in the body's links, if it may lead to a claim: its status then follows the text.
    pub(super) status_of: Option<u32>,
    /// Its text is its target.
    pub(super) is_address: bool,
}

/// A picture whose text alternative is being read.
pub(super) struct OpenPicture<'a> {
    pub(super) link_type: LinkType,
    pub(super) destination: CowStr<'a>,
    pub(super) title: CowStr<'a>,
    pub(super) range: Range<usize>,
    pub(super) alt: String,
    /// How many pictures are open within the text alternative.
    pub(super) depth: usize,
    pub(super) starts_paragraph: bool,
}

/// The last `[` that opened no link, and whether a footnote came since. A footnote keeps the
/// brackets around it from being a link.
#[derive(Clone, Copy, Default)]
pub(super) enum Bracket {
    #[default]
    None,
    Open(usize),
    WithNote(usize),
}
