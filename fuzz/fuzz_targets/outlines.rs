//! GeoJSON of a place: any bytes are areas on the globe, or refused.

#![cfg_attr(feature = "libfuzzer", no_main)]

use bulletin::parse::outline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(outline) = outline::parse("content/neighbourhoods/x.geojson", bytes) else { return };
    for (east, north) in outline.rings().flatten() {
        assert!(east.abs() <= 180.0 && north.abs() <= 90.0, "{east}, {north} is on no map");
    }
});

/// Without libFuzzer a target is compiled, not run.
#[cfg(not(feature = "libfuzzer"))]
fn main() {}
