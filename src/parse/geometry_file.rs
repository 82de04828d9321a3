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
        let text = without_bom(std::str::from_utf8(bytes).unwrap_or_default());
        let Some(at) = offset_of_feature(text, number) else { return self.refused(fact, help) };
        let place = Place::new(self.path, text, Span::new(at..at));
        Box::new(Diagnostic::error(self.code, fact).at(place).label("the feature begins here").help(help))
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
                    .at(Place::new(path, text, Span::new(at..at)))
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

/// The offset of a byte in a line, both counted from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Where a feature of a collection begins, counted from 0, in a text that is JSON.
fn offset_of_feature(text: &str, number: usize) -> Option<usize> {
    let mut depth = 0;
    let mut last_key = "";
    let mut is_list_of_features = false;
    let mut passed = 0;
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => {
                let length = length_of_string(&text.as_bytes()[at..]);
                if depth == 1 {
                    last_key = text.get(at + 1..at + length - 1)?;
                }
                at += length - 1;
            }
            b'{' if depth == 2 && is_list_of_features && passed == number => return Some(at),
            b'{' | b'[' => {
                passed += usize::from(depth == 2 && is_list_of_features);
                depth += 1;
                if depth == 2 {
                    is_list_of_features = *byte == b'[' && last_key == "features";
                }
            }
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// With both quotation marks.
fn length_of_string(from: &[u8]) -> usize {
    let mut is_escaped = true;
    let end = from.iter().position(|byte| {
        let ends = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        ends
    });
    end.map_or(from.len().max(2), |end| end + 1)
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
}
