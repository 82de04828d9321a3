//! What a copied file is, by its content first and by its name second, and which private data it holds.
//!
//! Owns the lists of formats that hold what their author wrote and no more, of those that run, and of those
//! that keep metadata. Only kinds of data are named ("an author"), never values. Reads no disk.
//!
//! Does not own pictures: [`crate::images`] knows and cleans those.
//!
//! Invariant: a format that is on no list is never [`FileClass::Plain`].

mod fonts;
mod layers;
mod media_type;
mod metadata_format;
mod names;
mod recording;
mod signatures;
mod text;
mod traces;

use std::collections::BTreeSet;

pub use media_type::media_type;
pub use names::{FONTS as FONT_ENDINGS, PLAIN_TEXT as PLAIN_TEXT_ENDINGS};
pub use recording::Recording;
pub use traces::{Trace, named as named_traces};

use fonts::FontContent;
use metadata_format::MetadataFormat;
use signatures::Signature;

/// What readers get if the file is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileClass {
    /// What its author wrote, and no more.
    Plain,
    /// Runs on a server, or on the reader's machine outside of the browser.
    Program,
    /// Can run in the reader's browser.
    WebPage,
    /// Keeps metadata of the program, the machine and the person that made it.
    Document {
        /// With its article: "a PDF".
        name: &'static str,
        traces: BTreeSet<Trace>,
    },
    /// Text with an ending that is on no list.
    UnlistedText,
    /// Bytes of no known format.
    Unknown,
}

/// What a file is. `name` is the last part of its path.
#[must_use]
pub fn class(name: &str, bytes: &[u8]) -> FileClass {
    let ending = ending(name);
    let is_hidden = name.starts_with('.');
    // Many programs are archives by their content, and a server reads its settings from hidden files.
    if is_hidden || names::is_program(&ending) {
        return FileClass::Program;
    }
    match signatures::find(bytes) {
        Some(Signature::Program) => FileClass::Program,
        Some(Signature::WebCode) => FileClass::WebPage,
        Some(Signature::Font) if names::is_font(&ending) => font(bytes),
        Some(Signature::Document(format, name)) => {
            FileClass::Document { name, traces: traces::find(format, bytes) }
        }
        Some(Signature::Font) | None => by_name(&ending, bytes),
    }
}

fn font(bytes: &[u8]) -> FileClass {
    match fonts::content(bytes) {
        Some(FontContent::Letters) => plain(traces::find(MetadataFormat::Text, bytes)),
        Some(FontContent::Metadata) => {
            FileClass::Document { name: "a font", traces: BTreeSet::from([Trace::Properties]) }
        }
        None => FileClass::Unknown,
    }
}

/// What a file without a signature is.
fn by_name(ending: &str, bytes: &[u8]) -> FileClass {
    let text = text::of(bytes);
    if let Some(name) = names::document(ending) {
        return match text {
            Some(text) if text::runs_as_xml(&text) => FileClass::WebPage,
            _ => FileClass::Document { name, traces: traces::find(MetadataFormat::Other, bytes) },
        };
    }
    let Some(text) = text else { return FileClass::Unknown };
    if names::is_web_page(ending) {
        return FileClass::WebPage;
    }
    if names::is_plain_text(ending) {
        return plain_text(bytes, &text);
    }
    if !ending.is_empty() {
        return FileClass::UnlistedText;
    }
    // Programs open a file without an ending by its content.
    match text::what_runs(&text) {
        Some(text::Runs::AsProgram) => FileClass::Program,
        Some(text::Runs::AsWebPage) => FileClass::WebPage,
        None => plain_text(bytes, &text),
    }
}

/// A text, unless it has traces all the same: in its letters, or in bytes that are others in UTF-16.
fn plain_text(bytes: &[u8], text: &str) -> FileClass {
    let format = text::format(text);
    plain(traces::find(format, bytes).union(&traces::find(format, text.as_bytes())).copied().collect())
}

fn plain(traces: BTreeSet<Trace>) -> FileClass {
    if traces.is_empty() { FileClass::Plain } else { FileClass::Document { name: "a file", traces } }
}

/// Whether a page, script or setting can have these bytes: text, or WebAssembly.
#[must_use]
pub fn is_code(bytes: &[u8]) -> bool {
    signatures::find(bytes) == Some(Signature::WebCode) || text::of(bytes).is_some()
}

/// Kinds of data that a program put into a file that is one's own: the metadata of pictures and documents.
#[must_use]
pub fn traces_in_own_page(bytes: &[u8]) -> BTreeSet<Trace> {
    traces::find(MetadataFormat::Text, bytes)
}

/// Whether a web page holds nothing that runs: feeds and other XML without scripts and style sheets.
#[must_use]
pub fn is_harmless_xml(name: &str, bytes: &[u8]) -> bool {
    names::is_xml(&ending(name)) && text::of(bytes).is_some_and(|text| !text::runs_as_xml(&text))
}

/// Whether browsers load the file as a part of a page: what a site needs in static/.
#[must_use]
pub fn is_part_of_a_site(name: &str) -> bool {
    names::is_part_of_a_site(&ending(name))
}

/// In small letters and without its dot; empty if there is none.
fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
