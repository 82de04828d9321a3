//! The picture of a briefing that messengers show with its address: what it says, as PNG.
//!
//! Owns the design, the fonts, and how a text is broken into lines. Takes a small typed input with words in the
//! reader's language; knows no site, no route and no template.
//!
//! Invariants: pure and deterministic, from fonts in the program and of the site, never of the system; always
//! [`WIDTH`] × [`HEIGHT`]; the alert and up to when the briefing knows are never cut; no letter is a box.
//!
//! The order of the files; each imports only from those before it: `fonts`, `shaping`, `wrapping`, `canvas`.

mod canvas;
mod fonts;
mod shaping;
mod wrapping;

#[cfg(test)]
mod tests;

use crate::bidi::TextDirection;
use canvas::{CardCanvas, Ink};
pub use canvas::{HEIGHT, WIDTH};
pub use fonts::{FontWeight, Fonts};
use shaping::{ShapedLine, Style, shape};
use wrapping::{measured, wrap};

/// Between the text and the edges. Some messengers cut a little off.
const MARGIN: f32 = 72.0;
const TEXT_WIDTH: f32 = WIDTH as f32 - 2.0 * MARGIN;
const ALERT_HEIGHT: usize = 112;
/// The line at the top of a card without an alert.
const TOP_LINE: usize = 16;
/// Where the title begins, and where it ends at the latest.
const TITLE_TOP: f32 = 140.0;
const TITLE_BOTTOM: f32 = 470.0;
const AS_OF_BASELINE: f32 = 532.0;
const SITE_BASELINE: f32 = 586.0;
/// From one baseline to the next, in letters' sizes: Arabic letters are high and deep.
const LINE_HEIGHT: f32 = 1.34;
/// From the top of a line to its baseline.
const ASCENT: f32 = 1.0;
/// Sizes of a title, the largest first.
const TITLE_SIZES: [f32; 5] = [84.0, 76.0, 66.0, 58.0, 50.0];
const MOST_TITLE_LINES: usize = 4;
const DETAIL_SIZE: f32 = 34.0;
const MOST_DETAIL_LINES: usize = 3;

/// What a picture says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PictureCard {
    /// Of the page.
    pub direction: TextDirection,
    /// What a reader must know first, such as that the briefing was withdrawn; may be empty.
    pub alert: String,
    pub title: CardText,
    /// Smaller, below the title; may be empty.
    pub detail: CardText,
    /// Up to when the briefing knows.
    pub as_of: String,
    /// The title of the site.
    pub site: String,
}

/// A text and its direction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CardText {
    pub text: String,
    pub direction: TextDirection,
}

impl PictureCard {
    /// All that it says, in the order of reading.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let all = [&self.alert, &self.title.text, &self.detail.text, &self.as_of, &self.site];
        all.into_iter().map(String::as_str).filter(|line| !line.is_empty())
    }

    /// All that it says, a part a line.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines().collect::<Vec<_>>().join("\n")
    }

    /// The letters that no font has, in the order of their numbers.
    #[must_use]
    pub fn missing_letters(&self, fonts: &Fonts) -> Vec<char> {
        fonts.missing(self.lines())
    }

    /// The picture as PNG. A letter that no font has is left out.
    #[must_use]
    pub fn draw(&self, fonts: &Fonts) -> Vec<u8> {
        let mut canvas = CardCanvas::new();
        self.draw_alert(&mut canvas, fonts);
        let end = self.draw_title(&mut canvas, fonts);
        self.draw_detail(&mut canvas, fonts, end);
        let style = Style { direction: self.direction, weight: FontWeight::Bold, fonts };
        let (as_of, size) = fitted(&self.as_of, &style, 40.0);
        draw_line(&mut canvas, &as_of, self.direction, size, AS_OF_BASELINE, Ink::Black);
        let style = Style { weight: FontWeight::Regular, ..style };
        let size = 34.0;
        let wrapped = wrap(&measured(&self.site, &style), TEXT_WIDTH / size, 1);
        if let Some(line) = wrapped.lines.first() {
            let line = shape(line, &style);
            draw_line(&mut canvas, &line, self.direction, size, SITE_BASELINE, Ink::Grey);
        }
        canvas.into_png()
    }

    fn draw_alert(&self, canvas: &mut CardCanvas, fonts: &Fonts) {
        if self.alert.is_empty() {
            canvas.fill(0..TOP_LINE, Ink::Black);
            return;
        }
        canvas.fill(0..ALERT_HEIGHT, Ink::WhiteOnRed);
        let style = Style { direction: self.direction, weight: FontWeight::Bold, fonts };
        let (line, size) = fitted(&self.alert, &style, 46.0);
        let baseline = ALERT_HEIGHT as f32 / 2.0 + size * 0.36;
        draw_line(canvas, &line, self.direction, size, baseline, Ink::WhiteOnRed);
    }

    /// In the largest size in which it fits; returns where it ends.
    fn draw_title(&self, canvas: &mut CardCanvas, fonts: &Fonts) -> f32 {
        let style = Style { direction: self.title.direction, weight: FontWeight::Bold, fonts };
        let bottom = if self.detail.text.is_empty() { TITLE_BOTTOM } else { TITLE_BOTTOM - 130.0 };
        let top = if self.alert.is_empty() { TITLE_TOP - 60.0 } else { TITLE_TOP };
        let text = measured(&self.title.text, &style);
        let wrapped_in = |size: f32| {
            let room = ((bottom - top) / (size * LINE_HEIGHT)) as usize;
            wrap(&text, TEXT_WIDTH / size, room.clamp(1, MOST_TITLE_LINES))
        };
        let smallest = TITLE_SIZES[TITLE_SIZES.len() - 1];
        let size = TITLE_SIZES.into_iter().find(|size| !wrapped_in(*size).is_cut).unwrap_or(smallest);
        let lines = wrapped_in(size).lines;
        draw_lines(canvas, &lines, &style, size, top, Ink::Black)
    }

    fn draw_detail(&self, canvas: &mut CardCanvas, fonts: &Fonts, title_end: f32) {
        let style = Style { direction: self.detail.direction, weight: FontWeight::Regular, fonts };
        let top = title_end + DETAIL_SIZE * 0.4;
        let room = ((TITLE_BOTTOM - top) / (DETAIL_SIZE * LINE_HEIGHT)) as usize;
        let lines =
            wrap(&measured(&self.detail.text, &style), TEXT_WIDTH / DETAIL_SIZE, room.min(MOST_DETAIL_LINES));
        draw_lines(canvas, &lines.lines, &style, DETAIL_SIZE, top, Ink::Grey);
    }
}

/// A text as one line, whole, and the size in which it fits.
fn fitted<'f>(text: &str, style: &Style<'f>, largest: f32) -> (ShapedLine<'f>, f32) {
    let line = shape(&wrapping::in_one_line(text), style);
    let size = if line.width > 0.0 { largest.min(TEXT_WIDTH / line.width) } else { largest };
    (line, size)
}

/// Returns the end of the last line.
fn draw_lines(
    canvas: &mut CardCanvas,
    lines: &[String],
    style: &Style<'_>,
    size: f32,
    top: f32,
    ink: Ink,
) -> f32 {
    let mut top = top;
    for line in lines {
        draw_line(canvas, &shape(line, style), style.direction, size, top + size * ASCENT, ink);
        top += size * LINE_HEIGHT;
    }
    top
}

/// At the side where its direction begins.
fn draw_line(
    canvas: &mut CardCanvas,
    line: &ShapedLine<'_>,
    direction: TextDirection,
    size: f32,
    baseline: f32,
    ink: Ink,
) {
    let left = match direction {
        TextDirection::LeftToRight => MARGIN,
        TextDirection::RightToLeft => WIDTH as f32 - MARGIN - line.width * size,
    };
    canvas.text(line, size, (left, baseline), ink);
}
