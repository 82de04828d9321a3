//! Charts as inline SVG: timelines, ranges of figures, calendars and sketch maps.
//!
//! Owns shapes, scales, and what is left out to keep a chart small. Takes small typed inputs with words in
//! the reader's language; knows no site, no route and no template.
//!
//! Invariants: pure and deterministic, in whole numbers and fixed decimals; well-formed XML; nothing
//! outside of the frame; no style sheet, no `style` attribute and no script, so that the strictest policy
//! allows it; no meaning by colour alone, so that it prints in black and white; every id begins with the
//! given prefix.
//!
//! A chart as wide as the page has its coordinates in percent and its letters in pixels: on a phone the
//! bars get shorter, and the words stay readable. A map has to keep its shape, and is scaled as a whole.
//!
//! The order of the files; each imports only from those before it: `text`, `canvas`, `axis`, `marks`, the
//! kinds of charts.

mod axis;
pub mod calendar;
mod canvas;
pub mod figures;
pub mod map;
mod marks;
mod text;
pub mod timeline;
pub mod trend;

pub use canvas::{Chart, Frame, RowMark, RowName};

#[cfg(test)]
mod tests;
