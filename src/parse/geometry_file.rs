//! A GeoJSON file (RFC 7946) as typed geometry, whatever it is a map of.
//!
//! Owns which bytes are GeoJSON, and which positions are places on Earth. Does not own which geometry a map takes.

use geojson::{GeoJson, Position};

use crate::diag::{Code, Diagnostic, Place, Span};
use crate::sources::merge_conflict;
use crate::toml::without_bom;

/// A file, and how messages call it.
#[derive(Clone, Copy)]
pub struct GeometryFile<'p> {
    pub path: &'p str,
    pub code: Code,
    /// As in "the outline".
    pub name: &'static str,
    /// What the file may be, at least.
    pub least: &'static str,
}

/// Degrees east and north.
pub type DegreeLine = Vec<(f64, f64)>;

impl GeometryFile<'_> {
    /// A diagnostic at the file as a whole.
    pub fn refused(&self, fact: &str, help: &str) -> Box<Diagnostic> {
        Box::new(Diagnostic::error(self.code, fact).at(Place::file(self.path)).help(help))
    }

    /// A diagnostic at a feature of a collection, counted from 0.
    pub fn refused_feature(&self, bytes: &[u8], number: usize, fact: &str, help: &str) -> Box<Diagnostic> {
        let place = self.place_of_feature(bytes, number);
        Box::new(Diagnostic::error(self.code, fact).at(place).label("the feature begins here").help(help))
    }

    /// Where a feature of a collection begins, counted from 0.
    pub fn place_of_feature(&self, bytes: &[u8], number: usize) -> Place {
        let text = text_of(bytes);
        let at = offset_of_feature(text, number);
        at.map_or_else(|| Place::file(self.path), |at| self.place(text, at))
    }

    /// A diagnostic at a member of the whole, by its key.
    pub fn refused_member(&self, bytes: &[u8], key: &str, fact: &str, help: &str) -> Box<Diagnostic> {
        let text = text_of(bytes);
        let Some(at) = offset_of_member(text, key) else { return self.refused(fact, help) };
        Box::new(Diagnostic::error(self.code, fact).at(self.place(text, at)).help(help))
    }

    fn place(&self, text: &str, at: usize) -> Place {
        Place::new(self.path, text, Span::new(at..at))
    }

    /// # Errors
    /// Bytes that are no GeoJSON.
    pub fn read(&self, bytes: &[u8]) -> Result<GeoJson, Box<Diagnostic>> {
        let Self { path, name, .. } = self;
        let text = std::str::from_utf8(bytes)
            .map_err(|_| self.refused(&format!("{name} is not UTF-8 text"), "export it again as GeoJSON"))?;
        // RFC 8259 lets a reader ignore it, and GIS programs write it.
        let text = without_bom(text);
        if let Some(unfinished) = merge_conflict(path, text) {
            return Err(Box::new(unfinished));
        }
        serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| {
            let at = offset_of(text, error.line(), error.column());
            Box::new(
                Diagnostic::error(self.code, format!("{name} is not JSON"))
                    .at(self.place(text, at))
                    .label("it cannot be read from here")
                    .help("export it again as GeoJSON"),
            )
        })?;
        text.parse().map_err(|error: geojson::Error| {
            self.refused(&format!("{name} is not GeoJSON: {error}"), self.least)
        })
    }
}

/// The corners of a line or ring.
///
/// # Errors
/// What is wrong with a position.
pub fn corners(positions: &[Position]) -> Result<DegreeLine, String> {
    let corner = |position: &Position| match position.as_slice() {
        [east, north, ..] if is_on_earth(*east, *north) => Ok((*east, *north)),
        other => Err(format!("has a corner at {other:?}, which is no place on Earth")),
    };
    positions.iter().map(corner).collect()
}

/// The corners of a closed ring; the last one is the first.
///
/// # Errors
/// What is wrong with the ring.
pub fn ring(positions: &[Position]) -> Result<DegreeLine, String> {
    let corners = corners(positions)?;
    if corners.len() < 4 || corners.first() != corners.last() {
        return Err("has a ring of fewer than four corners, or one that is not closed".to_owned());
    }
    Ok(corners)
}

fn is_on_earth(east: f64, north: f64) -> bool {
    (-180.0..=180.0).contains(&east) && (-90.0..=90.0).contains(&north)
}

/// Of a file that was read.
fn text_of(bytes: &[u8]) -> &str {
    without_bom(std::str::from_utf8(bytes).unwrap_or_default())
}

/// The offset of a byte in a line, both counted from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Where a feature of a collection begins, counted from 0, in a text that is JSON.
fn offset_of_feature(text: &str, number: usize) -> Option<usize> {
    let mut last_key = "";
    let mut is_list_of_features = false;
    let mut members = 0;
    for mark in (JsonMarks { text, at: 0, depth: 0 }) {
        match (mark.depth, mark.text) {
            (1, "[" | "{") => is_list_of_features = mark.text == "[" && last_key == "features",
            (1, text) => last_key = text.trim_matches('"'),
            (2, "[" | "{") if is_list_of_features => {
                if members == number {
                    return Some(mark.at);
                }
                members += 1;
            }
            _ => {}
        }
    }
    None
}

/// Where the key of a member of the whole begins, in a text that is JSON. Of two of one name, the last counts.
fn offset_of_member(text: &str, key: &str) -> Option<usize> {
    let marks = JsonMarks { text, at: 0, depth: 0 };
    let is_key = |mark: &JsonMark<'_>| {
        let behind = &text[mark.at + mark.text.len()..];
        mark.depth == 1 && mark.text.trim_matches('"') == key && behind.trim_start().starts_with(':')
    };
    marks.filter(is_key).last().map(|mark| mark.at)
}

/// The strings and opening brackets of a text that is JSON.
struct JsonMarks<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

struct JsonMark<'t> {
    at: usize,
    /// How many brackets are open before it.
    depth: usize,
    /// A string has its quotation marks.
    text: &'t str,
}

impl<'t> Iterator for JsonMarks<'t> {
    type Item = JsonMark<'t>;

    fn next(&mut self) -> Option<JsonMark<'t>> {
        loop {
            let (at, depth) = (self.at, self.depth);
            let length = match self.text.as_bytes().get(at)? {
                b'"' => length_of_string(&self.text.as_bytes()[at..]),
                b'{' | b'[' => {
                    self.depth += 1;
                    1
                }
                other => {
                    self.depth -= usize::from(matches!(other, b'}' | b']')).min(depth);
                    self.at += 1;
                    continue;
                }
            };
            self.at += length;
            return Some(JsonMark { at, depth, text: self.text.get(at..at + length)? });
        }
    }
}

/// With both quotation marks.
fn length_of_string(from: &[u8]) -> usize {
    let mut is_escaped = true;
    let end = from.iter().position(|byte| {
        let ends = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        ends
    });
    end.map_or(from.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_among_other_members_and_in_spite_of_its_words() {
        let text = r#"{"bbox":[{}], "name":"features","features": [{"a":"}\"{[\\"}, {"features":[{}]},
 {"b":1}], "features_of":[{}]}"#;
        let at = |number| offset_of_feature(text, number).map(|at| &text[at..at + 4]);
        assert_eq!([at(0), at(1), at(2), at(3)], [Some("{\"a\""), Some("{\"fe"), Some("{\"b\""), None]);
    }

    #[test]
    fn a_member_of_the_whole_is_found_by_its_key() {
        let text = r#"{"type":"b","a":{"b":1,"c":2},"b" : 3,"d":["c"]}"#;
        assert_eq!(offset_of_member(text, "b"), text.find("\"b\" :"));
        assert_eq!(offset_of_member(text, "c"), None);
    }
}
