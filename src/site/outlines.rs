//! The outlines of neighbourhoods, from the GeoJSON files that their records name.
//!
//! Owns which file belongs to which record. Reads no file: the set of sources holds their bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostics::Diagnostics;
use super::indices::NeighbourhoodIx;
use super::linked::Content;
use super::terms::neighbourhoods::Neighbourhoods;
use crate::diag::{Code, Diagnostic};
use crate::model::Outline;
use crate::parse::outline;
use crate::sources::FilePlace;

/// The outline of each neighbourhood that has one. A file that holds none is an error; of one that could not be
/// read, that is said already.
pub fn read(
    neighbourhoods: &Neighbourhoods,
    diagnostics: &mut Diagnostics<'_>,
) -> BTreeMap<NeighbourhoodIx, Outline> {
    let mut outlines = BTreeMap::new();
    let files = diagnostics.sources.files.iter().filter_map(|file| match &file.place {
        FilePlace::Geometry(bytes) => Some((Arc::clone(&file.path), bytes.clone())),
        _ => None,
    });
    let files: BTreeMap<Arc<str>, Option<Arc<[u8]>>> = files.collect();
    for (ix, place) in neighbourhoods.enumerated() {
        let Some(record) = &place.term.record else { continue };
        let Some(name) = &record.geometry else { continue };
        let path = outline_path(&name.value);
        let Some(bytes) = files.get(path.as_str()) else {
            diagnostics.push(
                Diagnostic::error(Code::MISSING_FILE, format!("there is no {path}"))
                    .at(diagnostics.place(&record.file, name.span))
                    .help("`geometry` names a GeoJSON file next to the record"),
            );
            continue;
        };
        match bytes.as_ref().map(|bytes| outline::parse(&path, bytes)) {
            None => {}
            Some(Ok(outline)) => {
                outlines.insert(ix, outline);
            }
            Some(Err(diagnostic)) => diagnostics.push(*diagnostic),
        }
    }
    outlines
}

impl Content {
    /// It is known where a place lies: it has an outline, or a point.
    #[must_use]
    pub fn is_on_map(&self, ix: NeighbourhoodIx) -> bool {
        let record = self.neighbourhoods[ix].term.record.as_ref();
        self.outlines.contains_key(&ix) || record.is_some_and(|record| record.point.is_some())
    }

    /// The places that can be drawn, by id.
    pub fn places_on_map(&self) -> impl Iterator<Item = NeighbourhoodIx> + '_ {
        self.neighbourhoods.indices().filter(|ix| self.is_on_map(*ix))
    }
}

/// Where the file is that a record names.
pub fn outline_path(name: &str) -> String {
    format!("content/neighbourhoods/{name}")
}
