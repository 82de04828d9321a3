//! The city behind the places of every map, from map.geojson.
//!
//! Owns that it is made once for all pages, and once for all builds with the same bytes. Reads no file: the set of
//! sources holds its bytes.

use std::sync::Arc;

use super::diagnostics::Diagnostics;
use crate::charts::map::City;
use crate::diag::Diagnostic;
use crate::parse::city_map;
use crate::sources::{CITY_MAP, FilePlace};

/// The city as maps draw it.
#[derive(Debug)]
pub struct LinkedCity {
    pub city: City,
    /// Where its data is from, in one line; shown with each map that draws it.
    pub credit: Option<Box<str>>,
    /// Those that it is made of.
    bytes: Arc<[u8]>,
    /// About what of the file is not drawn.
    warning: Option<Diagnostic>,
}

/// The city, if there is a map of it. A file that is no map is an error; of one that could not be read, that is said
/// already. `before` is the city of the last build: a large file takes a second, at each save.
pub fn read(before: Option<&Arc<LinkedCity>>, diagnostics: &mut Diagnostics<'_>) -> Option<Arc<LinkedCity>> {
    let bytes = diagnostics.sources.files.iter().find_map(|file| match &file.place {
        FilePlace::CityMap(bytes) => bytes.as_ref(),
        _ => None,
    })?;
    let linked = match before.filter(|before| Arc::ptr_eq(&before.bytes, bytes)) {
        Some(same) => Arc::clone(same),
        None => match city_map::parse(CITY_MAP, bytes) {
            Ok((map, warning)) => Arc::new(LinkedCity {
                city: City::new(map.shapes),
                credit: map.credit,
                bytes: Arc::clone(bytes),
                warning,
            }),
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                return None;
            }
        },
    };
    diagnostics.extend(linked.warning.clone());
    Some(linked)
}
