//! GeoJSON of a place or a city: any bytes are shapes on the globe, or refused, and a map of them is small.

#![cfg_attr(feature = "libfuzzer", no_main)]

use bulletin::charts::Frame;
use bulletin::charts::map::{self, City, CityShape, MapPlace, MapSize, MapWords};
use bulletin::parse::{city_map, outline};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(outline) = outline::parse("content/neighbourhoods/x.geojson", bytes) {
        outline.rings().for_each(|ring| assert_on_globe(ring));
    }
    let Ok((city, _)) = city_map::parse("map.geojson", bytes) else { return };
    for shape in &city.shapes {
        match shape {
            CityShape::Area(_, rings) => rings.iter().for_each(|ring| assert_on_globe(ring)),
            CityShape::Line(_, line) => assert_on_globe(line),
        }
    }
    draw(&city.shapes);
});

fn assert_on_globe(line: &[(f64, f64)]) {
    for (east, north) in line {
        assert!(east.abs() <= 180.0 && north.abs() <= 90.0, "{east}, {north} is on no map");
    }
}

/// A map of a place at the first corner of the first shape.
fn draw(shapes: &[CityShape]) {
    let centre = shapes.first().and_then(|shape| match shape {
        CityShape::Area(_, rings) => rings.first()?.first().copied(),
        CityShape::Line(_, line) => line.first().copied(),
    });
    let places = [MapPlace { centre, radius: 600.0, ..MapPlace::default() }];
    let frame = Frame { id: "page-x", title: "", description: "", rtl: false };
    let size = MapSize { width: 288, least_height: 200, most_height: 400 };
    let words = MapWords { distance: &|_| String::new(), area: "", silent: "", water: "", roads: "" };
    let Some(map) = map::draw(&frame, &places, Some(&City::new(shapes.to_vec())), size, &words) else {
        return;
    };
    // The frame, the place, the scale and the legend have as much again.
    assert!(map.chart.svg.len() <= 2 * map::MOST_CITY_BYTES, "{}", map.chart.svg);
}

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
