//! Which blocks of a body are written in another direction than the text around them.
//!
//! Owns the tree of blocks and the words of each. Knows no HTML but the attribute.

use crate::bidi::{TextDirection, WordDirections, has_letters_against};

/// The position of a block in the order in which blocks begin.
#[derive(Clone, Copy)]
pub(super) struct BlockNumber(usize);

#[derive(Clone, Copy)]
struct BlockWords {
    /// The block around it.
    parent: Option<usize>,
    /// Its own and those of the blocks within.
    words: WordDirections,
}

/// Reads the words of each block. Asleep in a body whose letters all have one direction, as most do.
pub(super) struct DirectionReader {
    direction: TextDirection,
    is_awake: bool,
    blocks: Vec<BlockWords>,
    /// None: no block around is shown around those within.
    open: Vec<Option<usize>>,
}

impl DirectionReader {
    pub(super) fn new(body: &str, direction: TextDirection) -> Self {
        let is_awake = has_letters_against(body, direction);
        Self { direction, is_awake, blocks: Vec::new(), open: Vec::new() }
    }

    /// Begins a block; none if no block needs a direction. Each that began is ended.
    pub(super) fn begin(&mut self) -> Option<BlockNumber> {
        if !self.is_awake {
            return None;
        }
        let parent = self.open.last().copied().flatten();
        let number = self.blocks.len();
        self.blocks.push(BlockWords { parent, words: WordDirections::default() });
        self.open.push(Some(number));
        Some(BlockNumber(number))
    }

    /// Begins a part that will be shown outside of the blocks that are open.
    pub(super) fn begin_apart(&mut self) {
        if self.is_awake {
            self.open.push(None);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(Some(block)) = self.open.last() {
            self.blocks[*block].words.push(text);
        }
    }

    pub(super) fn code(&mut self, text: &str) {
        if let Some(Some(block)) = self.open.last() {
            self.blocks[*block].words.push_uncounted(text);
        }
    }

    /// A word of the interface, in the language of the text.
    pub(super) fn word(&mut self) {
        if let Some(Some(block)) = self.open.last() {
            self.blocks[*block].words.begin_with(self.direction);
        }
    }

    pub(super) fn end(&mut self) {
        let Some(Some(block)) = self.open.pop() else { return };
        let BlockWords { parent, words } = self.blocks[block];
        if let Some(parent) = parent {
            self.blocks[parent].words.append(words);
        }
    }

    pub(super) fn finish(self) -> Directions {
        let mut directions: Vec<TextDirection> = Vec::with_capacity(self.blocks.len());
        let mut attributes = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let around = block.parent.map_or(self.direction, |parent| directions[parent]);
            directions.push(block.words.direction_within(around));
            attributes.push(match block.words.attribute_within(around) {
                Some("auto") => " dir=\"auto\"",
                Some("rtl") => " dir=\"rtl\"",
                Some(_) => " dir=\"ltr\"",
                None => "",
            });
        }
        Directions(attributes)
    }
}

/// The attribute of each block, with the space before it; empty if it needs none.
pub(super) struct Directions(Vec<&'static str>);

impl Directions {
    pub(super) fn attribute(&self, BlockNumber(number): BlockNumber) -> &'static str {
        self.0[number]
    }
}
