//! How wide and how high the pictures of a site are, so that a page keeps their room free until they come, and which of
//! them can be made smaller.
//!
//! Owns which files are measured. One that cannot be read or measured has no size; where it is copied, it is reported.

use rayon::prelude::*;

use super::files::PlainFile;
use super::store::Store;
use crate::images::{self, PictureHeader};

/// Measures every picture among some files. `untouched`: the file at a path as it was measured, if it has not changed.
pub fn measure<'a>(
    store: &Store,
    files: &mut [PlainFile],
    untouched: impl Fn(&str) -> Option<&'a PlainFile> + Sync,
) {
    files.par_iter_mut().for_each(|file| {
        file.picture = untouched(&file.path).map_or_else(|| header_of(store, file), |known| known.picture);
    });
}

/// The header of a file that is a picture by its name.
pub fn header_of(store: &Store, file: &PlainFile) -> Option<PictureHeader> {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    if !images::is_picture(name, b"") {
        return None;
    }
    store.check_file(&file.path).ok()?;
    images::header(name, &store.read(&file.path).ok()?)
}
