//! What readers see of a block, and where it is in the body.

use std::ops::Range;

use crate::parse::markdown::source::is_escaped;
use crate::toml::invisible_name;

/// Replaces what is no text: code, HTML, a footnote, an escaped character.
pub(super) const OTHER: char = '\u{FFFC}';

/// Where a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph or an item.
    #[default]
    Prose,
    /// A heading or a cell: always one line.
    Line,
}

/// What readers see of a block, as one text.
#[derive(Default)]
pub struct BlockText {
    text: String,
    /// In the order of the text.
    pieces: Vec<TextPiece>,
    kind: BlockKind,
}

struct TextPiece {
    /// In the text.
    start: usize,
    /// In the body.
    at: usize,
}

impl BlockText {
    pub fn begin(&mut self, kind: BlockKind) {
        self.kind = kind;
    }

    /// A text that the parser found at `range` of `body`.
    pub fn text(&mut self, text: &str, range: &Range<usize>, body: &str) {
        if body.get(range.clone()) != Some(text) {
            return self.other(range);
        }
        let is_escaped = is_escaped(body, range.start);
        let escaped = text.chars().next().filter(|_| is_escaped).map_or(0, char::len_utf8);
        if escaped > 0 {
            self.other(range);
        }
        self.piece(&text[escaped..], range.start + escaped);
    }

    /// Something that is no text.
    pub fn other(&mut self, range: &Range<usize>) {
        self.piece(OTHER.encode_utf8(&mut [0; 4]), range.start);
    }

    pub fn line_break(&mut self, range: &Range<usize>) {
        self.piece("\n", range.start);
    }

    fn piece(&mut self, text: &str, at: usize) {
        self.pieces.push(TextPiece { start: self.text.len(), at });
        self.text.push_str(text);
    }

    /// Whether it may hold a mark. Almost no text does.
    pub(super) fn may_have_marks(&self) -> bool {
        // Marks of lists count at the begin of lines only, and there are hyphens and numbers in many texts.
        let begins_with_mark = |line: &str| line.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        self.text.bytes().any(may_be_a_mark) || self.text.split('\n').skip(1).any(begins_with_mark)
    }

    pub(super) fn is_prose(&self) -> bool {
        self.kind == BlockKind::Prose
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
        self.kind = BlockKind::default();
    }
}

/// The first bytes of what the checks look for; the last three begin Unicode's white space.
fn may_be_a_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'~' | b'[' | b'{' | b'|' | b'#' | b'+' | b'\t' | b':' | 0xC2 | 0xE2 | 0xE3)
}

/// A block whose marks are looked for.
pub(super) struct LiteralText<'a> {
    pub(super) block: &'a BlockText,
    pub(super) body: &'a str,
}

/// A line of a text, and its offset there.
#[derive(Clone, Copy)]
pub(super) struct TextLine<'a> {
    /// In the text of the block.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl<'a> LiteralText<'a> {
    pub(super) fn text(&self) -> &'a str {
        &self.block.text
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = TextLine<'a>> {
        let mut start = 0;
        self.text().split('\n').map(move |text| {
            let line = TextLine { start, text };
            start += text.len() + 1;
            line
        })
    }

    /// The place in the body of a range of the text that is not empty.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let last = self.text()[range.clone()].chars().next_back().map_or(0, char::len_utf8);
        self.offset(range.start)..self.offset(range.end - last) + last
    }

    pub(super) fn offset(&self, offset: usize) -> usize {
        let pieces = &self.block.pieces;
        let index = pieces.partition_point(|piece| piece.start <= offset);
        pieces.get(index.wrapping_sub(1)).map_or(0, |piece| piece.at + offset - piece.start)
    }

    /// What was typed for a range of the text.
    pub(super) fn source(&self, range: Range<usize>) -> &'a str {
        if range.is_empty() { "" } else { self.body.get(self.range(range)).unwrap_or_default() }
    }

    /// As [`LiteralText::source`], if it is short enough for a line of help.
    pub(super) fn short_source(&self, range: Range<usize>) -> Option<&'a str> {
        const LONGEST: usize = 120;
        Some(self.source(range)).filter(|source| source.len() <= LONGEST && !source.contains('\n'))
    }
}

/// As much of a text as one mark can span: what is looked for in it costs the same in every text.
pub(super) fn beginning(text: &str) -> &str {
    const LONGEST: usize = 500;
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// White space that Markdown does not take for a space, with its name.
pub(super) fn name_of_space(c: char) -> Option<&'static str> {
    match c {
        '\u{A0}' | '\u{202F}' | '\u{3000}' => invisible_name(c),
        '\u{200B}' | '\u{2060}' => Some("an invisible space"),
        c if c.is_whitespace() && !c.is_ascii() => Some("a space of another width"),
        _ => None,
    }
}
