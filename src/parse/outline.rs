//! A GeoJSON file as the outline of one place.
//!
//! Owns the part of GeoJSON (RFC 7946) that is accepted: areas with their holes. A line or a point is
//! refused, since a map would show it as more than it is.

use geojson::{Feature, GeoJson, Geometry, GeometryValue, PolygonType};

use crate::diag::{Code, Diagnostic};
use crate::model::Outline;
use crate::parse::geometry_file::{DegreeLine, GeometryFile, ShapeFault, rings};

const BORDER: &str =
    "draw the border of the place as a Polygon or MultiPolygon in degrees, east before north";

/// # Errors
/// A file that is no GeoJSON, or has other things than areas.
pub fn parse(path: &str, bytes: &[u8]) -> Result<Outline, Box<Diagnostic>> {
    let file = GeometryFile {
        path,
        code: Code::BAD_OUTLINE,
        name: "the outline",
        least: "a polygon is the least that it can be: https://geojson.org/",
    };
    let geojson = file.read(bytes)?;
    let mut areas = Vec::new();
    of_geojson(geojson, &mut areas)
        .map_err(|ShapeFault { fact, help }| file.refused(&format!("the outline {fact}"), help))?;
    Ok(Outline { areas })
}

/// Each with its border, then its holes.
type Areas = Vec<Vec<DegreeLine>>;

fn of_geojson(geojson: GeoJson, areas: &mut Areas) -> Result<(), ShapeFault> {
    match geojson {
        GeoJson::Geometry(geometry) => of_geometry(geometry, areas)?,
        GeoJson::Feature(feature) => of_feature(feature, areas)?,
        GeoJson::FeatureCollection(collection) => {
            collection.features.into_iter().try_for_each(|feature| of_feature(feature, areas))?;
        }
    }
    if areas.is_empty() { Err(ShapeFault::new("holds no area", BORDER)) } else { Ok(()) }
}

fn of_feature(feature: Feature, areas: &mut Areas) -> Result<(), ShapeFault> {
    feature.geometry.map_or(Ok(()), |geometry| of_geometry(geometry, areas))
}

fn of_geometry(geometry: Geometry, areas: &mut Areas) -> Result<(), ShapeFault> {
    match geometry.value {
        GeometryValue::Polygon { coordinates } => of_polygon(coordinates, areas),
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.into_iter().try_for_each(|polygon| of_polygon(polygon, areas))
        }
        GeometryValue::GeometryCollection { geometries } => {
            geometries.into_iter().try_for_each(|geometry| of_geometry(geometry, areas))
        }
        other => Err(ShapeFault::new(format!("holds a {}, which is no area", other.type_name()), BORDER)),
    }
}

fn of_polygon(polygon: PolygonType, areas: &mut Areas) -> Result<(), ShapeFault> {
    let rings = rings(&polygon)?;
    if !rings.is_empty() {
        areas.push(rings);
    }
    Ok(())
}
