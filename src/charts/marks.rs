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
        self.sign(mark, share, y, 0, back);
    }

    /// A mark, some pixels beside a share.
    fn sign(&mut self, mark: Mark, share: Share, y: i64, beside: i64, back: bool) {
        let x = self.x(share);
        let turn = if self.rtl == back { "" } else { " transform=\"scale(-1 1)\"" };
        let path = match mark {
            Mark::Open => "d=\"M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6\" fill=\"none\" stroke-width=\"2.5\"",
            Mark::Cut => "d=\"M0 0h6M4 7l4-14M10 7l4-14M12 0h8\" fill=\"none\" stroke-width=\"2.5\"",
            Mark::Best => "d=\"M0-8l6 8-6 8-6-8z\"",
        };
        let beside = if self.rtl { -beside } else { beside };
        let shift = if beside == 0 { String::new() } else { format!(" transform=\"translate({beside})\"") };
        let turn = if beside == 0 { turn } else { &shift };
        self.put(format_args!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\" overflow=\"visible\"><path {path} stroke=\"currentColor\"{turn}/></svg>"
        ));
    }

    /// A line of the legend: a sign, and what it means.
    pub fn legend(&mut self, sign: Sign, y: i64, text: &str) {
        match sign {
            Sign::Mark(mark @ Mark::Best) => self.sign(mark, 0, y - 5, 10, false),
            Sign::Mark(mark) => self.mark(mark, 0, y - 5, false),
            Sign::Text(sign) => {
                let beside = if self.rtl { -6 } else { 6 };
                self.text(0, y, &format!(" dx=\"{beside}\" font-weight=\"700\""), sign);
            }
            Sign::Line(attributes) => {
                let (x, to) = (self.x(0), if self.rtl { -20 } else { 20 });
                self.put(format_args!(
                    "<svg x=\"{x}\" y=\"{}\" width=\"1\" height=\"1\" overflow=\"visible\"><path d=\"M0 0H{to}\" stroke=\"currentColor\"{attributes}/></svg>",
                    y - 5
                ));
            }
        }
        // In pixels, so that on a wide page it stands by its sign.
        let beside = if self.rtl { -32 } else { 32 };
        let attributes = format!(" dx=\"{beside}\" font-size=\"13\"");
        self.text(0, y, &attributes, &super::cut(text, super::LINE * 9 / 10));
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
