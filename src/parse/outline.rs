//! A GeoJSON file as the outline of one place.
//!
//! Owns the part of GeoJSON (RFC 7946) that is accepted: areas with their holes. A line or a point is
//! refused, since a map would show it as more than it is.

use geojson::{Feature, GeoJson, Geometry, GeometryValue, PolygonType};

use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::Outline;
use crate::sources::merge_conflict;
use crate::toml::without_bom;

/// # Errors
/// A file that is no GeoJSON, or has other things than areas.
pub fn parse(path: &str, bytes: &[u8]) -> Result<Outline, Box<Diagnostic>> {
    let refused = |fact: &str, help: &str| {
        Box::new(Diagnostic::error(Code::BAD_OUTLINE, fact).at(Place::file(path)).help(help))
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|_| refused("the outline is not UTF-8 text", "export it again as GeoJSON"))?;
    // RFC 8259 lets a reader ignore it, and GIS programs write it.
    let text = without_bom(text);
    if let Some(unfinished) = merge_conflict(path, text) {
        return Err(Box::new(unfinished));
    }
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| {
        let at = offset_of(text, error.line(), error.column());
        Box::new(
            Diagnostic::error(Code::BAD_OUTLINE, "the outline is not JSON")
                .at(Place::new(path, text, Span::new(at..at)))
                .label("it cannot be read from here")
                .help("export it again as GeoJSON"),
        )
    })?;
    let geojson: GeoJson = text.parse().map_err(|error: geojson::Error| {
        refused(
            &format!("the outline is not GeoJSON: {error}"),
            "a polygon is the least that it can be: https://geojson.org/",
        )
    })?;
    let mut areas = Vec::new();
    of_geojson(geojson, &mut areas).map_err(|fact| {
        refused(
            &fact,
            "draw the border of the place as a Polygon or MultiPolygon in degrees, east before north",
        )
    })?;
    Ok(Outline { areas })
}

/// Each with its border, then its holes.
type Areas = Vec<Vec<Vec<(f64, f64)>>>;

fn of_geojson(geojson: GeoJson, areas: &mut Areas) -> Result<(), String> {
    match geojson {
        GeoJson::Geometry(geometry) => of_geometry(geometry, areas)?,
        GeoJson::Feature(feature) => of_feature(feature, areas)?,
        GeoJson::FeatureCollection(collection) => {
            collection.features.into_iter().try_for_each(|feature| of_feature(feature, areas))?;
        }
    }
    if areas.is_empty() { Err("the outline holds no area".to_owned()) } else { Ok(()) }
}

fn of_feature(feature: Feature, areas: &mut Areas) -> Result<(), String> {
    feature.geometry.map_or(Ok(()), |geometry| of_geometry(geometry, areas))
}

fn of_geometry(geometry: Geometry, areas: &mut Areas) -> Result<(), String> {
    match geometry.value {
        GeometryValue::Polygon { coordinates } => of_polygon(coordinates, areas),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.into_iter().try_for_each(|polygon| of_polygon(polygon, areas))
        }
        GeometryValue::GeometryCollection { geometries } => {
            geometries.into_iter().try_for_each(|geometry| of_geometry(geometry, areas))
        }
        other => Err(format!("the outline holds a {}, which is no area", other.type_name())),
    }
}

fn of_polygon(polygon: PolygonType, areas: &mut Areas) -> Result<(), String> {
    let mut rings = Vec::new();
    for ring in polygon {
        let corners: Vec<(f64, f64)> = ring
            .iter()
            .map(|position| match position.as_slice() {
                [east, north, ..] if is_on_earth(*east, *north) => Ok((*east, *north)),
                other => Err(format!("the outline has a corner at {other:?}, which is no place on Earth")),
            })
            .collect::<Result<_, _>>()?;
        if corners.len() < 4 || corners.first() != corners.last() {
            return Err(
                "the outline has a ring of fewer than four corners, or one that is not closed".to_owned()
            );
        }
        rings.push(corners);
    }
    if !rings.is_empty() {
        areas.push(rings);
    }
    Ok(())
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
