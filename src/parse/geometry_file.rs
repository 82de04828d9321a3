//! A GeoJSON file (RFC 7946) as typed geometry, whatever it is a map of.
//!
//! Owns which bytes are GeoJSON, and which positions are places on Earth. Does not own which geometry a map takes.

use geojson::{GeoJson, PolygonType, Position};
use serde_json::Value;

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
        let text = text_in(bytes);
        let at = offset_of_feature(text, number);
        at.map_or_else(|| Place::file(self.path), |at| self.place(text, at))
    }

    /// A diagnostic at a member of the whole, by its key.
    pub fn refused_member(&self, bytes: &[u8], key: &str, fact: &str, help: &str) -> Box<Diagnostic> {
        let text = text_in(bytes);
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
        text.parse().or_else(|error: geojson::Error| {
            without_empty_parts(text).ok_or_else(|| self.no_geojson(text, &error))
        })
    }

    /// A diagnostic where the text stops being GeoJSON.
    fn no_geojson(&self, text: &str, error: &geojson::Error) -> Box<Diagnostic> {
        let geojson::Error::MalformedGeoJson(error) = error else {
            return self
                .refused(&format!("{} is not GeoJSON: {}", self.name, cut(&error.to_string())), self.least);
        };
        let (line, column) = (error.line(), error.column());
        let said = error.to_string();
        let said = said.trim_start_matches("Error while deserializing GeoJSON: ");
        let said = said.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(said);
        let fact = format!("{} is not GeoJSON: {}", self.name, cut(said));
        if line == 0 {
            return self.refused(&fact, self.least);
        }
        let place = self.place(text, offset_of(text, line, column));
        Box::new(Diagnostic::error(self.code, fact).at(place).label("as read up to here").help(self.least))
    }
}

/// What a text is without the empty parts of its shapes. The crate takes an empty first part for one of lower rank, and
/// reads none of the shape.
fn without_empty_parts(text: &str) -> Option<GeoJson> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    remove_empty_parts(&mut value);
    serde_json::from_value(value).ok()
}

fn remove_empty_parts(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(remove_empty_parts),
        Value::Object(members) => {
            let is_empty: Option<fn(&Value) -> bool> = match members.get("type").and_then(Value::as_str) {
                Some("MultiLineString") => Some(is_empty_list),
                Some("MultiPolygon") => Some(|polygon| is_empty_list(polygon) || is_empty_list(&polygon[0])),
                _ => None,
            };
            if let Some(is_empty) = is_empty
                && let Some(Value::Array(parts)) = members.get_mut("coordinates")
            {
                parts.retain(|part| !is_empty(part));
            }
            for key in ["features", "geometry", "geometries"] {
                members.get_mut(key).into_iter().for_each(remove_empty_parts);
            }
        }
        _ => {}
    }
}

fn is_empty_list(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

/// What is wrong with a shape, and what to do about it.
#[derive(Debug)]
pub struct ShapeFault {
    /// As in "has a line of one corner".
    pub fact: String,
    pub help: &'static str,
}

impl ShapeFault {
    pub fn new(fact: impl Into<String>, help: &'static str) -> Self {
        Self { fact: fact.into(), help }
    }
}

/// The corners of a line or ring.
///
/// # Errors
/// What is wrong with a position, or with the edge to the next.
pub fn corners(positions: &[Position]) -> Result<DegreeLine, ShapeFault> {
    let corners =
        positions.iter().map(|position| corner(position.as_slice())).collect::<Result<DegreeLine, _>>()?;
    if let Some(edge) = corners.windows(2).find(|edge| is_half_around((edge[0].0 - edge[1].0).abs())) {
        let fact =
            format!("has an edge from {}° to {}° east, half around the globe or more", edge[0].0, edge[1].0);
        return Err(ShapeFault::new(fact, "split it at 180° east, as RFC 7946 says, or remove it"));
    }
    Ok(corners)
}

/// Programs cut a shape at 180° east with a little left over, which is on the other side.
fn corner(position: &[f64]) -> Result<(f64, f64), ShapeFault> {
    const LEFT_OVER: f64 = 0.5;
    let on_other_side = |east: f64| if east.abs() > 180.0 { east - 360.0_f64.copysign(east) } else { east };
    match position {
        [east, north, ..] if east.abs() <= 180.0 + LEFT_OVER && north.abs() <= 90.0 => {
            Ok((on_other_side(*east), *north))
        }
        other => Err(ShapeFault::new(
            format!("has a corner at {other:?}, which is no place on Earth"),
            "export it again as GeoJSON in degrees (WGS 84), east before north",
        )),
    }
}

/// By the difference of its longitudes. A short edge across the antimeridian goes nearly once around.
fn is_half_around(degrees: f64) -> bool {
    const NEARLY_AROUND: f64 = 340.0;
    (180.0..=NEARLY_AROUND).contains(&degrees) || degrees >= 360.0
}

/// The rings of an area: its border, then its holes. Programs leave empty ones for what they removed; an area without
/// a border has no rings.
///
/// # Errors
/// What is wrong with a ring.
pub fn rings(polygon: &PolygonType) -> Result<Vec<DegreeLine>, ShapeFault> {
    if polygon.first().is_none_or(Vec::is_empty) {
        return Ok(Vec::new());
    }
    polygon.iter().filter(|positions| !positions.is_empty()).map(|positions| ring(positions)).collect()
}

/// The corners of a closed ring; the last one is the first.
fn ring(positions: &[Position]) -> Result<DegreeLine, ShapeFault> {
    let corners = corners(positions)?;
    if corners.first() != corners.last() {
        return Err(ShapeFault::new(
            "has a ring that is not closed",
            "end each ring at the corner where it begins",
        ));
    }
    if corners.len() < 4 {
        return Err(ShapeFault::new(
            "has a ring of fewer than four corners",
            "a ring has four corners at least, the last of which is the first: add some, or remove it",
        ));
    }
    Ok(corners)
}

/// What may quote a whole file, in few letters.
fn cut(text: &str) -> String {
    const MOST_LETTERS: usize = 80;
    let end = text.char_indices().nth(MOST_LETTERS).map(|(at, _)| at);
    end.map_or_else(|| text.to_owned(), |end| format!("{}…", &text[..end]))
}

/// Of a file that was read.
fn text_in(bytes: &[u8]) -> &str {
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
