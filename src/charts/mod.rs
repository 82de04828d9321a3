//! Pictures of data as inline SVG: timelines, ranges of figures, calendars and sketch maps.
//!
//! Owns shapes, scales and what is left out so that a picture stays small. Takes small typed inputs
//! whose words are in the reader's language already; knows no site, no route and no template.
//!
//! Invariants: pure and deterministic, in whole numbers and fixed decimals; well-formed XML; nothing
//! outside of the picture; no style sheet, no `style` attribute and no script, so that the strictest
//! policy lets it through; nothing is told by colour alone, so that it prints in black and white;
//! every id begins with the prefix that it is given.
//!
//! A picture that is as wide as the page has its places in percent and its letters in pixels: on a
//! phone the bars become shorter, and the words stay readable. A map has to keep its shape, and is
//! scaled as a whole.

mod axis;
pub mod calendar;
pub mod figures;
pub mod map;
mod marks;
pub mod timeline;

use std::fmt::Write as _;

use crate::html::escape;

/// What every picture has beside its data.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Begins each id in it; unique on the page.
    pub id: &'a str,
    /// What it shows, in a few words.
    pub title: &'a str,
    /// How to read it, and where the same stands as text.
    pub description: &'a str,
    /// Lines of text, time and scales run from the right.
    pub rtl: bool,
}

/// A finished picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    pub svg: String,
    /// How many of what was given it does not show.
    pub left_out: usize,
}

/// A share of the width, in hundredths of a percent: 0 to 10,000 from the side where lines begin.
type Share = i64;

const WHOLE: Share = 10_000;

/// The widest that a line of text may be: that of a phone of 320 pixels, in hundredths of the size of
/// its letters.
const LINE: usize = 2_050;

/// The most of a name that a wide screen shows; what does not fit on a narrower one, the browser cuts.
const LONG_LINE: usize = 3 * LINE;

/// The narrowest picture: that of a phone of 320 pixels between its margins.
const NARROWEST: i64 = 288;

/// Letters stand out from lines that run below them, in the colour of the page.
const HALO: &str =
    "stroke=\"var(--p,Canvas)\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"";

/// An SVG that is being written.
struct Canvas {
    out: String,
    rtl: bool,
}

impl Canvas {
    /// As wide as the page, with places in percent; `height` in pixels. With links in it, it is a group
    /// and not one picture, so that they are not hidden from those who listen.
    fn as_wide_as_the_page(frame: &Frame<'_>, height: i64, has_links: bool) -> Self {
        Self::begin(frame, &format!("width=\"100%\" height=\"{height}\""), has_links)
    }

    /// Scaled as a whole.
    fn scaled(frame: &Frame<'_>, width: i64, height: i64, has_links: bool) -> Self {
        Self::begin(frame, &format!("viewBox=\"0 0 {width} {height}\" width=\"{width}\""), has_links)
    }

    fn begin(frame: &Frame<'_>, size: &str, has_links: bool) -> Self {
        let Frame { id, title, description, rtl } = *frame;
        let (role, dir) = (if has_links { "group" } else { "img" }, if rtl { "rtl" } else { "ltr" });
        let (title, description) = (isolated(title, rtl), escaped(description));
        let out = format!(
            "<svg class=\"chart\" role=\"{role}\" aria-labelledby=\"{id}-t {id}-d\" {size} direction=\"{dir}\" \
             fill=\"currentColor\" font-family=\"system-ui,Noto Sans Arabic,sans-serif\" font-size=\"14\">\
             <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>"
        );
        Self { out, rtl }
    }

    fn finish(mut self, left_out: usize) -> Picture {
        self.out.push_str("</svg>");
        Picture { svg: self.out, left_out }
    }

    /// Adds finished markup.
    fn put(&mut self, arguments: std::fmt::Arguments<'_>) {
        self.out.write_fmt(arguments).expect("a String takes every write");
    }

    /// Where a share is from the left.
    fn x(&self, share: Share) -> Percent {
        Percent(if self.rtl { WHOLE - share } else { share })
    }

    /// The left side and the width of what reaches from one share to another.
    fn span(&self, from: Share, to: Share) -> (Percent, Percent) {
        (if self.rtl { self.x(to) } else { self.x(from) }, Percent(to - from))
    }

    /// A line of text that begins at a share; its base line in pixels from above.
    fn text(&mut self, share: Share, y: i64, attributes: &str, text: &str) {
        let (x, text) = (self.x(share), isolated(text, self.rtl));
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\"{attributes}>{text}</text>"));
    }

    /// The name of a row, from a share to the end of the line, 20 pixels high. It is HTML: SVG knows no
    /// ellipsis, and only the browser knows how wide the page is. The theme's style keeps it in one line.
    fn name(&mut self, share: Share, top: i64, is_struck: bool, text: &str) {
        let (x, width) = self.span(share, WHOLE);
        let tag = if is_struck { "s" } else { "span" };
        let text = escaped(&cut(text, LONG_LINE));
        self.put(format_args!(
            "<foreignObject x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"20\"><div dir=\"auto\"><{tag}>{text}</{tag}></div></foreignObject>"
        ));
    }

    fn bar(&mut self, (from, to): (Share, Share), y: i64, height: i64, attributes: &str) {
        let (x, width) = self.span(from, to.max(from));
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{attributes}/>"
        ));
    }

    fn line(&mut self, (from, to): (Share, Share), (y, y_to): (i64, i64), attributes: &str) {
        let (x, x_to) = (self.x(from), self.x(to));
        self.put(format_args!(
            "<line x1=\"{x}\" y1=\"{y}\" x2=\"{x_to}\" y2=\"{y_to}\" stroke=\"currentColor\"{attributes}/>"
        ));
    }
}

/// Of the width; from hundredths, so that no float is ever printed.
struct Percent(i64);

impl std::fmt::Display for Percent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match rest {
            0 if whole == 0 => f.write_str("0"),
            0 => write!(f, "{whole}%"),
            _ if rest % 10 == 0 => write!(f, "{whole}.{}%", rest / 10),
            _ => write!(f, "{whole}.{rest:02}%"),
        }
    }
}

/// Text as XML holds it; characters that XML has no place for are left out.
fn escaped(text: &str) -> String {
    let has_place = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let in_one_line = text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c });
    let text: String = in_one_line.filter(has_place).collect();
    escape(&text).into_owned()
}

/// Text that may be of the other direction than the picture, kept together: a letter of the other one
/// would take signs beside it along.
fn isolated(text: &str, rtl: bool) -> String {
    let is_of_rtl = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{1e800}'..='\u{1efff}');
    let first = text.chars().find(|c| c.is_alphabetic());
    match first {
        Some(c) if is_of_rtl(c) != rtl => format!("\u{2068}{}\u{2069}", escaped(text)),
        _ => escaped(text),
    }
}

/// About how wide a text is, in hundredths of the size of its letters; rather too wide than too narrow.
fn width_of(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'ا' => 30,
            ' ' | 'f' | 'r' | 't' | '(' | ')' | '-' => 38,
            'm' | 'w' | 'M' | 'W' | '…' | '—' => 92,
            c if c.is_ascii_uppercase() => 70,
            c if unicode_normalization::char::is_combining_mark(c) => 0,
            '\u{600}'..='\u{6ff}' => 55,
            '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{1f000}'..='\u{3ffff}' => 105,
            c if c.is_ascii() => 57,
            _ => 66,
        })
        .sum()
}

/// The text, or as much of it as a width holds, with an ellipsis behind a whole word where there is one.
fn cut(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(width_of("…"));
    let mut used = 0;
    let fitting = text.char_indices().find(|(_, c)| {
        used += width_of(c.encode_utf8(&mut [0; 4]));
        used > room
    });
    let end = fitting.map_or(text.len(), |(at, _)| at);
    let word_end = text[..end].rfind(char::is_whitespace).filter(|at| *at * 2 > end).unwrap_or(end);
    format!("{}…", text[..word_end].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
}

#[cfg(test)]
mod tests;
