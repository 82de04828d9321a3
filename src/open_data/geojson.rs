//! The places on the map as GeoJSON (RFC 7946), a place a line.
//!
//! Owns the geometry: the outline that the map draws, or else the point that the page of the place shows. Makes no
//! point more precise than its record, and no outline more precise than a map needs.

use serde::Serialize;
use serde_json::Number;

use super::claims::number;
use super::terms::NeighbourhoodData;
use super::value::DataId;
use crate::model::{MapPoint, Outline};
use crate::site::{NeighbourhoodIx, Site};

/// Corners of outlines keep four decimals: eleven metres.
const CORNERS_PER_DEGREE: f64 = 10_000.0;

/// Degrees east, then north.
type Position = [Number; 2];
type Corners = Vec<(f64, f64)>;

#[derive(Serialize)]
struct PlaceFeature {
    r#type: &'static str,
    id: DataId,
    geometry: PlaceGeometry,
    properties: NeighbourhoodData,
}

#[derive(Serialize)]
#[serde(tag = "type", content = "coordinates")]
enum PlaceGeometry {
    Point(Position),
    MultiPolygon(Vec<Vec<Vec<Position>>>),
}

/// All places with an outline or a point, by id.
pub fn neighbourhoods(site: &Site) -> String {
    let features = site.places_on_map().filter_map(|ix| feature(site, ix));
    let lines: Vec<String> = features
        .map(|feature| serde_json::to_string(&feature).expect("texts, numbers and lists are always JSON"))
        .collect();
    format!("{{\n\"type\":\"FeatureCollection\",\n\"features\":[\n{}\n]\n}}\n", lines.join(",\n"))
}

fn feature(site: &Site, ix: NeighbourhoodIx) -> Option<PlaceFeature> {
    let point = site.neighbourhoods[ix].term.record.as_ref().and_then(|record| record.point);
    let geometry = match (site.outlines.get(&ix), point) {
        (Some(outline), _) => PlaceGeometry::MultiPolygon(areas(outline)),
        (None, Some(MapPoint { lat, lon, .. })) => PlaceGeometry::Point(position(lon, lat)?),
        (None, None) => return None,
    };
    let properties = NeighbourhoodData::new(site, ix);
    Some(PlaceFeature { r#type: "Feature", id: properties.id.clone(), geometry, properties })
}

/// Each area with its border, then its holes.
fn areas(outline: &Outline) -> Vec<Vec<Vec<Position>>> {
    let area = |rings: &Vec<Corners>| {
        let rings = rings.iter().enumerate();
        rings.map(|(index, ring)| turned(&rounded(ring), index == 0)).collect()
    };
    outline.areas.iter().map(area).collect()
}

fn rounded(ring: &Corners) -> Corners {
    let round = |degrees: f64| (degrees * CORNERS_PER_DEGREE).round() / CORNERS_PER_DEGREE;
    ring.iter().map(|(east, north)| (round(*east), round(*north))).collect()
}

/// Borders run against the clock, and holes with it.
fn turned(ring: &Corners, is_border: bool) -> Vec<Position> {
    let doubled_area: f64 = ring.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1).sum();
    let mut positions: Vec<Position> =
        ring.iter().filter_map(|(east, north)| position(*east, *north)).collect();
    if (doubled_area > 0.0) != is_border {
        positions.reverse();
    }
    positions
}

fn position(east: f64, north: f64) -> Option<Position> {
    Some([number(east)?, number(north)?])
}
