//! The parts of a drawing that stay.

pub const SVG: &str = "http://www.w3.org/2000/svg";
pub const XLINK: &str = "http://www.w3.org/1999/xlink";

/// A part of the drawing that stays, in the order of the file.
pub enum Part<'a> {
    Open(&'a str, Vec<PartAttribute>),
    Text(String),
    Style(String),
    Close(&'a str),
}

/// Its name with a prefix, and its value.
pub type PartAttribute = (&'static str, String);
