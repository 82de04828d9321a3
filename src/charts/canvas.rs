//! An SVG that is being written.
//!
//! Owns coordinates: shares of the width, which run from the side where lines begin, and pixels from above.

use std::fmt;
use std::fmt::Write as _;

use super::text::{escaped, isolated, name_of_row};

/// What every chart has besides its data.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The prefix of each id in the chart; unique on the page.
    pub id: &'a str,
    /// What the chart shows, in a few words.
    pub title: &'a str,
    /// How to read it, and where to find the same as text.
    pub description: &'a str,
    /// Text, time and scales run from the right.
    pub rtl: bool,
}

/// A finished chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    pub svg: String,
    /// How many of the given rows or places it does not show.
    pub left_out: usize,
}

/// A share of the width in hundredths of a percent, 0 to 10,000, from the side where lines begin.
pub type Share = i64;

pub const WHOLE: Share = 10_000;

/// The width of the narrowest chart in pixels: that of a phone of 320 pixels without its margins.
pub const NARROWEST: i64 = 288;

/// An outline of letters in the colour of the page, so that lines below do not touch them.
pub const HALO: &str =
    "stroke=\"var(--p,Canvas)\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"";

/// The name of a row.
#[derive(Clone, Debug, Default)]
pub struct RowName {
    pub text: String,
    /// The language of the text; empty if it is the page's.
    pub lang: String,
    /// Where it leads; may be empty.
    pub url: String,
    pub mark: Option<RowMark>,
    /// Withdrawn or disproved.
    pub struck: bool,
}

/// The mark of a status before a name.
#[derive(Clone, Debug)]
pub struct RowMark {
    /// As in the classes of the theme.
    pub id: &'static str,
    /// For those who do not see the mark.
    pub word: String,
}

/// An SVG that is being written.
pub struct Canvas {
    out: String,
    pub rtl: bool,
}

impl Canvas {
    /// As wide as the page, with coordinates in percent; `height` in pixels. A chart with links is a group
    /// and not one image, as screen readers skip links within an image.
    pub fn as_wide_as_the_page(frame: &Frame<'_>, height: i64, has_links: bool) -> Self {
        Self::begin(frame, &format!("width=\"100%\" height=\"{height}\""), has_links)
    }

    /// Scaled as a whole, with coordinates in pixels.
    pub fn scaled(frame: &Frame<'_>, width: i64, height: i64, has_links: bool) -> Self {
        Self::begin(frame, &format!("viewBox=\"0 0 {width} {height}\" width=\"{width}\""), has_links)
    }

    fn begin(frame: &Frame<'_>, size: &str, has_links: bool) -> Self {
        let Frame { id, title, description, rtl } = *frame;
        let role = if has_links { "group" } else { "img" };
        let dir = if rtl { "rtl" } else { "ltr" };
        let title = isolated(title, rtl);
        let description = escaped(description);
        let out = format!(
            "<svg class=\"chart\" role=\"{role}\" aria-labelledby=\"{id}-t {id}-d\" {size} direction=\"{dir}\" \
             fill=\"currentColor\" font-family=\"system-ui,Noto Sans Arabic,sans-serif\" font-size=\"14\">\
             <title id=\"{id}-t\">{title}</title>\n<desc id=\"{id}-d\">{description}</desc>\n"
        );
        Self { out, rtl }
    }

    pub fn finish(mut self, left_out: usize) -> Chart {
        self.out.push_str("</svg>");
        Chart { svg: self.out, left_out }
    }

    /// Adds finished markup.
    pub fn put(&mut self, arguments: fmt::Arguments<'_>) {
        self.out.write_fmt(arguments).expect("a String takes every write");
    }

    /// A share as it is counted from the left.
    pub fn x(&self, share: Share) -> Percent {
        Percent(if self.rtl { WHOLE - share } else { share })
    }

    /// The left side and the width of an interval.
    pub fn span(&self, from: Share, to: Share) -> (Percent, Percent) {
        (if self.rtl { self.x(to) } else { self.x(from) }, Percent(to - from))
    }

    // A line ends behind each text: browsers without drawings would run the words together.

    /// A line of text that begins at a share; `y` is its base line.
    pub fn text(&mut self, share: Share, y: i64, attributes: &str, text: &str) {
        let x = self.x(share);
        let text = isolated(text, self.rtl);
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\"{attributes}>{text}</text>\n"));
    }

    /// The name of a row between two shares, in a line with a top and a height. In HTML, because SVG has no
    /// ellipsis and only the browser knows the width of the page. The theme's style keeps it on one line.
    pub fn name(&mut self, (from, to): (Share, Share), (top, height): (i64, i64), name: &RowName) {
        let (x, width) = self.span(from, to);
        self.put(format_args!(
            "<foreignObject x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"><div dir=\"auto\">"
        ));
        let RowName { text, lang, url, mark, struck } = name;
        let tag = if *struck { "s" } else { "span" };
        let text = escaped(&name_of_row(text));
        let lang = if lang.is_empty() { String::new() } else { format!(" lang=\"{}\"", escaped(lang)) };
        if let Some(RowMark { id, word }) = mark {
            // Isolated: the direction of the line is that of the text.
            self.put(format_args!("<bdi class=\"k s-{id}\">{}</bdi> ", escaped(word)));
        }
        if !url.is_empty() {
            self.put(format_args!("<a href=\"{}\">", escaped(url)));
        }
        self.put(format_args!("<{tag}{lang}>{text}</{tag}>"));
        self.put(format_args!("{}</div></foreignObject>\n", if url.is_empty() { "" } else { "</a>" }));
    }

    pub fn bar(&mut self, (from, to): (Share, Share), y: i64, height: i64, attributes: &str) {
        let (x, width) = self.span(from, to.max(from));
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{attributes}/>"
        ));
    }

    pub fn line(&mut self, (from, to): (Share, Share), (y, y_to): (i64, i64), attributes: &str) {
        let x = self.x(from);
        let x_to = self.x(to);
        self.put(format_args!(
            "<line x1=\"{x}\" y1=\"{y}\" x2=\"{x_to}\" y2=\"{y_to}\" stroke=\"currentColor\"{attributes}/>"
        ));
    }
}

/// Of the width, in hundredths, so that no float is ever printed.
pub struct Percent(i64);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0 / 100;
        let rest = self.0 % 100;
        match rest {
            0 if whole == 0 => f.write_str("0"),
            0 => write!(f, "{whole}%"),
            _ if rest % 10 == 0 => write!(f, "{whole}.{}%", rest / 10),
            _ => write!(f, "{whole}.{rest:02}%"),
        }
    }
}
