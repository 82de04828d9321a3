//! Marks at the ends of bars, which differ by shape: open, cut off, best estimate; and the legend.

use super::canvas::{Canvas, Share};
use super::text::{LINE, cut};

/// How the end of a bar looks if it is not a plain end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The end is open or not known: arrows pointing away.
    Open,
    /// The bar continues beyond the scale: two strokes across, like a broken axis.
    Cut,
    /// Time is left out: two strokes.
    Break,
    /// A single value: a diamond.
    Best,
}

/// The width of a gutter for marks: 23 of 288 pixels on the narrowest chart.
pub const GUTTER: Share = 800;

/// The height of a line of the legend.
pub const LEGEND_LINE: i64 = 22;

impl Canvas {
    /// A mark at a share that points to where lines end; with `back`, to where they begin. `y` is its middle.
    pub fn mark(&mut self, mark: Mark, share: Share, y: i64, back: bool) {
        self.mark_near(mark, share, y, 0, back);
    }

    /// A mark some pixels away from a share.
    fn mark_near(&mut self, mark: Mark, share: Share, y: i64, gap: i64, back: bool) {
        let x = self.x(share);
        let turn = if self.rtl == back { "" } else { " transform=\"scale(-1 1)\"" };
        let path = match mark {
            Mark::Open => "d=\"M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6\" fill=\"none\" stroke-width=\"2.5\"",
            Mark::Cut => "d=\"M0 0h6M4 7l4-14M10 7l4-14M12 0h8\" fill=\"none\" stroke-width=\"2.5\"",
            Mark::Break => "d=\"M5 7l4-14M11 7l4-14\" fill=\"none\" stroke-width=\"2\"",
            Mark::Best => "d=\"M0-8l6 8-6 8-6-8z\"",
        };
        let gap = if self.rtl { -gap } else { gap };
        let shift = format!(" transform=\"translate({gap})\"");
        let turn = if gap == 0 { turn } else { &shift };
        self.put(format_args!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\" overflow=\"visible\"><path {path} stroke=\"currentColor\"{turn}/></svg>"
        ));
    }

    /// The lines of the legend, below each other from a base line on; each is a sign and its meaning.
    pub fn legend(&mut self, lines: &[(Sign, &str)], top: i64) {
        for ((sign, text), line) in lines.iter().zip(0..) {
            self.legend_line(*sign, top + line * LEGEND_LINE, text);
        }
    }

    fn legend_line(&mut self, sign: Sign, y: i64, text: &str) {
        match sign {
            Sign::Mark(mark @ Mark::Best) => self.mark_near(mark, 0, y - 5, 10, false),
            Sign::Mark(mark) => self.mark(mark, 0, y - 5, false),
            Sign::Text(sign) => {
                let gap = if self.rtl { -6 } else { 6 };
                self.text(0, y, &format!(" dx=\"{gap}\" font-weight=\"700\""), sign);
            }
            Sign::Line(attributes) => {
                let x = self.x(0);
                let to = if self.rtl { -20 } else { 20 };
                self.put(format_args!(
                    "<svg x=\"{x}\" y=\"{}\" width=\"1\" height=\"1\" overflow=\"visible\"><path d=\"M0 0H{to}\" stroke=\"currentColor\"{attributes}/></svg>",
                    y - 5
                ));
            }
        }
        // In pixels, so that it stays next to its sign on a wide page.
        let gap = if self.rtl { -32 } else { 32 };
        let attributes = format!(" dx=\"{gap}\" font-size=\"13\"");
        self.text(0, y, &attributes, &cut(text, LINE * 9 / 10));
    }
}

/// The sign at the beginning of a line of the legend.
#[derive(Clone, Copy)]
pub enum Sign {
    Mark(Mark),
    Text(&'static str),
    /// A line with these attributes.
    Line(&'static str),
}
