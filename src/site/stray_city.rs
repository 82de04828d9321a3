//! A city that is on no map, as no place of the site is near it.
//!
//! Owns what is near, and whether degrees are swapped.

use super::diagnostics::Diagnostics;
use super::indices::NeighbourhoodIx;
use super::linked::Content;
use crate::charts::map::{City, DegreeBox};
use crate::diag::{Code, Diagnostic, Place};
use crate::sources::CITY_MAP;

/// Warns of a city that is on no map, as no place is near it.
pub fn check(content: &Content, diagnostics: &mut Diagnostics<'_>) {
    let Some(linked) = &content.city else { return };
    let places = || content.places_on_map().filter_map(|ix| around_place(content, ix));
    if places().any(|place| is_in_city(&linked.city, place)) {
        return;
    }
    let Some(around_places) = places().reduce(DegreeBox::with) else { return };
    let Some(city) = linked.city.all_near(around_places.west) else { return };
    let fact = format!(
        "no map shows the city, as no place is near it: it is at {}, and the places are at {}",
        in_degrees(city),
        in_degrees(around_places)
    );
    let is_swapped = places().any(|place| is_in_city(&linked.city, swapped(place)));
    let help = if is_swapped {
        "its east and north are swapped: in GeoJSON, east comes before north"
    } else {
        "export the map of the city that the places are in, in degrees, east before north"
    };
    diagnostics.push(Diagnostic::warning(Code::MAP_ELSEWHERE, fact).at(Place::file(CITY_MAP)).help(help));
}

/// A place at the edge has some of the city in its frame.
fn is_in_city(city: &City, place: DegreeBox) -> bool {
    const NEAR: f64 = 0.1;
    city.all_near(place.west).is_some_and(|city| city.is_near(place, NEAR))
}

fn around_place(content: &Content, ix: NeighbourhoodIx) -> Option<DegreeBox> {
    let corners =
        content.outlines.get(&ix).into_iter().flat_map(|outline| outline.rings().flatten().copied());
    let record = content.neighbourhoods[ix].term.record.as_ref();
    let point = record.and_then(|record| record.point).map(|point| (point.lon, point.lat));
    DegreeBox::around_all(corners.chain(point))
}

fn swapped(DegreeBox { west, south, east, north }: DegreeBox) -> DegreeBox {
    DegreeBox { west: south, south: west, east: north, north: east }
}

/// As records have it.
fn in_degrees(DegreeBox { west, south, east, north }: DegreeBox) -> String {
    format!("lat {south:.2} to {north:.2}, lon {west:.2} to {east:.2}")
}
