//! The pixels of a card, and their PNG.
//!
//! Owns the colours. A pixel is an index into a palette, so that a picture stays small.

use std::ops::Range;

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use tiny_skia::{FillRule, Mask, Path, PathBuilder, Transform};

use super::shaping::{PlacedGlyph, ShapedLine};

/// In pixels: what every messenger and social network shows whole.
pub const WIDTH: usize = 1200;
pub const HEIGHT: usize = 630;

/// Shades from the paper to the ink: those of three inks fit into four bits, and a fifth cannot be seen.
const SHADES: u8 = 4;

/// What a text is drawn with, and on what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    Black,
    Grey,
    WhiteOnRed,
}

impl Ink {
    const ALL: [Self; 3] = [Self::Black, Self::Grey, Self::WhiteOnRed];

    /// Paper and ink, as red, green and blue. Each pair has a contrast of at least 7 to 1.
    fn colours(self) -> ([u8; 3], [u8; 3]) {
        const PAPER: [u8; 3] = [255, 255, 255];
        match self {
            Self::Black => (PAPER, [17, 17, 17]),
            Self::Grey => (PAPER, [75, 75, 75]),
            Self::WhiteOnRed => ([153, 20, 20], PAPER),
        }
    }

    /// The index of a shade: 0 for paper.
    fn index(self, shade: u8) -> u8 {
        self as u8 * SHADES + shade
    }
}

pub struct CardCanvas {
    /// Row by row.
    pixels: Vec<u8>,
}

impl CardCanvas {
    pub fn new() -> Self {
        Self { pixels: vec![Ink::Black.index(0); WIDTH * HEIGHT] }
    }

    /// Fills rows: with the paper of an ink that is written on something else than white, or with the ink.
    pub fn fill(&mut self, rows: Range<usize>, ink: Ink) {
        let shade = if ink == Ink::WhiteOnRed { 0 } else { SHADES - 1 };
        self.pixels[rows.start * WIDTH..rows.end * WIDTH].fill(ink.index(shade));
    }

    /// Draws a line. Marks that are piled up cover no other line: what is too high or too deep is cut.
    pub fn text(&mut self, line: &ShapedLine<'_>, size: f32, (left, baseline): (f32, f32), ink: Ink) {
        let begin = (baseline - size * 1.15).max(0.0) as usize;
        let end = ((baseline + size * 0.6) as usize).min(HEIGHT);
        let mut pen = GlyphPen { builder: PathBuilder::new(), size, x: 0.0, y: 0.0 };
        for glyph in &line.glyphs {
            pen.x = left + glyph.x * size;
            pen.y = baseline - begin as f32 - glyph.y * size;
            pen.add(glyph);
        }
        let Some(path) = pen.builder.finish() else { return };
        self.fill_path(&path, begin..end, ink);
    }

    fn fill_path(&mut self, path: &Path, rows: Range<usize>, ink: Ink) {
        let Some(mut mask) = Mask::new(WIDTH as u32, rows.len() as u32) else { return };
        mask.fill_path(path, FillRule::Winding, true, Transform::identity());
        let pixels = &mut self.pixels[rows.start * WIDTH..rows.end * WIDTH];
        for (pixel, cover) in pixels.iter_mut().zip(mask.data()) {
            let shade = (u16::from(*cover) * u16::from(SHADES - 1) + 127) / 255;
            if shade > 0 {
                *pixel = ink.index(shade as u8);
            }
        }
    }

    pub fn into_png(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(palette());
        encoder.set_compression(png::Compression::High);
        // Behind the compression, which chooses a filter too. Without one, letters take a third less.
        encoder.set_filter(png::Filter::NoFilter);
        let pairs: Vec<u8> = self.pixels.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pairs));
        written.expect("memory takes every byte, and there are as many pixels as the header says");
        bytes
    }
}

fn palette() -> Vec<u8> {
    let mix = |paper: u8, ink: u8, shade: u8| {
        let (ink_parts, all) = (u16::from(shade), u16::from(SHADES - 1));
        ((u16::from(paper) * (all - ink_parts) + u16::from(ink) * ink_parts + all / 2) / all) as u8
    };
    let mut palette = Vec::new();
    for ink in Ink::ALL {
        let (paper, ink) = ink.colours();
        for shade in 0..SHADES {
            palette.extend((0..3).map(|part| mix(paper[part], ink[part], shade)));
        }
    }
    palette
}

/// Takes the outlines of glyphs to their places. The y of a font counts upwards.
struct GlyphPen {
    builder: PathBuilder,
    /// Pixels of a letter's size.
    size: f32,
    x: f32,
    y: f32,
}

impl GlyphPen {
    fn add(&mut self, glyph: &PlacedGlyph<'_>) {
        let Some(outline) = glyph.font.outline_glyphs().get(glyph.id) else { return };
        let options = DrawOptions::new().with_ppem(Some(self.size));
        // What a broken font of a site does not draw is missing, and nothing else.
        let _ = outline.draw(&options, DrawMemory::default(), self);
    }
}

impl PathSink for GlyphPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.builder.move_to(self.x + x, self.y - y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.builder.line_to(self.x + x, self.y - y);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.builder.quad_to(self.x + cx0, self.y - cy0, self.x + x, self.y - y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let (left, top) = (self.x, self.y);
        self.builder.cubic_to(left + cx0, top - cy0, left + cx1, top - cy1, left + x, top - y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
