//! The fonts of cards: those in the program, then those that a site brings.
//!
//! Owns which font has a letter. `fonts/README.md` says where the files come from.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use harfrust::font::Font;
use unicode_segmentation::UnicodeSegmentation;

/// How thick letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontWeight {
    Regular,
    Bold,
}

/// Fonts in the order in which a letter is looked for.
#[derive(Clone, Default)]
pub struct Fonts {
    own: Vec<Font>,
    /// Of the bytes of `own`.
    digest: u64,
}

/// Latin, Greek and Cyrillic letters, then Arabic ones.
static REGULAR: LazyLock<[Font; 2]> = LazyLock::new(|| {
    [
        built_in(include_bytes!("fonts/NotoSans-Regular.ttf")),
        built_in(include_bytes!("fonts/NotoSansArabic-Regular.ttf")),
    ]
});

static BOLD: LazyLock<[Font; 2]> = LazyLock::new(|| {
    [
        built_in(include_bytes!("fonts/NotoSans-Bold.ttf")),
        built_in(include_bytes!("fonts/NotoSansArabic-Bold.ttf")),
    ]
});

fn built_in(bytes: &'static [u8]) -> Font {
    Font::new(bytes, 0).expect("a test reads every font of the program")
}

impl Fonts {
    /// Those of a site, as TrueType or OpenType. One that cannot be read has no letters.
    #[must_use]
    pub fn new(own: Vec<Vec<u8>>) -> Self {
        const SEEDS: ahash::RandomState = ahash::RandomState::with_seeds(5, 6, 7, 8);
        let digest = SEEDS.hash_one(&own);
        Self { own: own.into_iter().filter_map(|bytes| Font::new(bytes, 0)).collect(), digest }
    }

    /// The first font that has all letters of a cluster: a letter with its marks.
    pub(super) fn find(&self, cluster: &str, weight: FontWeight) -> Option<&Font> {
        let built_in = match weight {
            FontWeight::Regular => &*REGULAR,
            FontWeight::Bold => &*BOLD,
        };
        built_in.iter().chain(&self.own).find(|font| has_all(font, cluster))
    }

    /// The letters of clusters that no font has, in the order of their numbers.
    pub(super) fn missing<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<char> {
        let mut missing = BTreeSet::new();
        for cluster in texts.flat_map(|text| text.graphemes(true)) {
            if self.find(cluster, FontWeight::Bold).is_none() {
                missing.extend(cluster.chars().filter(|letter| !is_blank(*letter)));
            }
        }
        missing.into_iter().collect()
    }
}

/// Only compared within one run.
impl Hash for Fonts {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

/// A letter without an outline, as pictures of faces in colour are, would be a gap.
fn has_all(font: &Font, cluster: &str) -> bool {
    let (letters, outlines) = (font.charmap(), font.outline_glyphs());
    let has = |letter: char| letters.map_unicode(letter).is_some_and(|glyph| outlines.get(glyph).is_some());
    cluster.chars().filter(|letter| !is_blank(*letter)).all(has)
}

/// What is never seen: spaces, controls, and what says how others are joined and ordered.
pub(super) fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}')
}
