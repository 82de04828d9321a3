//! Signs at the ends of bars, each told by its shape: open, cut off, best estimate.

use super::{Canvas, Share};

/// How an end of a bar looks where it is not simply its end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It goes on, or nobody knows how far: arrows that lead away.
    Open,
    /// It goes on beyond what is drawn: two strokes across, as where an axis is broken.
    Cut,
    /// A value of its own: a diamond.
    Best,
}

/// How wide a gutter for marks is, of the narrowest picture: 23 of 288 pixels.
pub const GUTTER: Share = 800;

impl Canvas {
    /// A mark that stands at a share and leads towards the end of lines; with `back`, to their
    /// beginning. `y` is its middle, in pixels.
    pub fn mark(&mut self, mark: Mark, share: Share, y: i64, back: bool) {
        let x = self.x(share);
        let turn = if self.rtl == back { "" } else { " transform=\"scale(-1 1)\"" };
        let path = match mark {
            Mark::Open => "d=\"M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6\" fill=\"none\" stroke-width=\"2.5\"",
            Mark::Cut => "d=\"M0 0h6M4 7l4-14M10 7l4-14M12 0h8\" fill=\"none\" stroke-width=\"2.5\"",
            Mark::Best => "d=\"M0-8l6 8-6 8-6-8z\"",
        };
        self.put(format_args!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\" overflow=\"visible\"><path {path} stroke=\"currentColor\"{turn}/></svg>"
        ));
    }

    /// A line of the legend: a sign, and what it means.
    pub fn legend(&mut self, sign: Sign, y: i64, text: &str) {
        match sign {
            Sign::Mark(mark @ Mark::Best) => self.mark(mark, 350, y - 5, false),
            Sign::Mark(mark) => self.mark(mark, 0, y - 5, false),
            Sign::Text(sign) => self.text(200, y, " font-weight=\"700\"", sign),
            Sign::Line(attributes) => self.line((0, 700), (y - 5, y - 5), attributes),
        }
        self.text(1_100, y, " font-size=\"13\"", &super::cut(text, super::LINE * 9 / 10));
    }
}

/// What stands before a line of the legend.
#[derive(Clone, Copy)]
pub enum Sign {
    Mark(Mark),
    Text(&'static str),
    /// A line with these attributes.
    Line(&'static str),
}
