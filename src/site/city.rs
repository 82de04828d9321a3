//! The city behind the places of every map, from map.geojson.
//!
//! Owns that it is made once for all pages. Reads no file: the set of sources holds its bytes.

use super::diagnostics::Diagnostics;
use crate::charts::map::City;
use crate::parse::city_map;
use crate::sources::{CITY_MAP, FilePlace};

/// The city as maps draw it.
#[derive(Debug)]
pub struct LinkedCity {
    pub city: City,
    /// Where its data is from, in one line; shown with each map that draws it.
    pub credit: Option<Box<str>>,
}

/// The city, if there is a map of it. A file that is no map is an error; of one that could not be read, that is said
/// already.
pub fn read(diagnostics: &mut Diagnostics<'_>) -> Option<LinkedCity> {
    let bytes = diagnostics.sources.files.iter().find_map(|file| match &file.place {
        FilePlace::CityMap(bytes) => bytes.as_ref(),
        _ => None,
    })?;
    match city_map::parse(CITY_MAP, bytes) {
        Ok((map, warning)) => {
            diagnostics.extend(warning);
            Some(LinkedCity { city: City::new(map.shapes), credit: map.credit })
        }
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    }
}
