//! One line of text as glyphs in their places.
//!
//! Owns the order of runs from left to right, and which font each letter is drawn with. Breaks no lines.

use harfrust::font::Font;
use harfrust::{Buffer, Direction, GlyphId, ShapeOptions, ShaperFont};
use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{FontWeight, Fonts};
use crate::bidi::TextDirection;

/// How a text is written.
#[derive(Clone, Copy)]
pub struct Style<'f> {
    pub direction: TextDirection,
    pub weight: FontWeight,
    pub fonts: &'f Fonts,
}

/// Glyphs from left to right. All lengths are in letters' sizes.
#[derive(Default)]
pub struct ShapedLine<'f> {
    pub glyphs: Vec<PlacedGlyph<'f>>,
    pub width: f32,
}

/// A glyph, to the right of the line's begin and above its baseline.
pub struct PlacedGlyph<'f> {
    pub font: &'f Font,
    pub id: GlyphId,
    pub x: f32,
    pub y: f32,
}

/// Shapes a text without line breaks. A letter that no font has is left out.
pub fn shape<'f>(text: &str, style: &Style<'f>) -> ShapedLine<'f> {
    let level = match style.direction {
        TextDirection::LeftToRight => Level::ltr(),
        TextDirection::RightToLeft => Level::rtl(),
    };
    let bidi = BidiInfo::new(text, Some(level));
    let mut line = ShapedLine::default();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let is_rtl = levels[run.start].is_rtl();
            let mut pieces = by_font(&text[run], style);
            if is_rtl {
                pieces.reverse();
            }
            for (font, piece) in pieces {
                line.push(font, piece, is_rtl);
            }
        }
    }
    line
}

/// The pieces of a run that are drawn with one font each.
fn by_font<'t, 'f>(run: &'t str, style: &Style<'f>) -> Vec<(&'f Font, &'t str)> {
    let mut pieces: Vec<(&Font, usize, usize)> = Vec::new();
    for (begin, cluster) in run.grapheme_indices(true) {
        let Some(font) = style.fonts.find(cluster, style.weight) else { continue };
        let end = begin + cluster.len();
        match pieces.last_mut() {
            Some((last, _, last_end)) if std::ptr::eq(*last, font) && *last_end == begin => *last_end = end,
            _ => pieces.push((font, begin, end)),
        }
    }
    pieces.into_iter().map(|(font, begin, end)| (font, &run[begin..end])).collect()
}

impl<'f> ShapedLine<'f> {
    fn push(&mut self, font: &'f Font, text: &str, is_rtl: bool) {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        if harfrust::shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new()).is_err() {
            return;
        }
        let unit = 1.0 / f32::from(font.units_per_em().max(1));
        let length = |units: i32| units as f32 * unit;
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            self.glyphs.push(PlacedGlyph {
                font,
                id: GlyphId::new(info.glyph_id),
                x: self.width + length(position.x_offset),
                y: length(position.y_offset),
            });
            self.width += length(position.x_advance);
        }
    }
}
