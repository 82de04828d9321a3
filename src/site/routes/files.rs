//! Where static files and attachments land, and whether a record names every outline.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Diagnostic, Place};
use crate::paths::{Id, OutPath};
use crate::site::diagnostics::Diagnostics;
use crate::site::outlines::outline_path;
use crate::site::parts::{Briefings, OutputFile};
use crate::site::terms::neighbourhoods::Neighbourhoods;
use crate::sources::{FilePlace, PlainFile, bad_output_path};

/// Where static files and attachments land.
pub fn output_files(
    briefings: &Briefings,
    neighbourhoods: &Neighbourhoods,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<OutputFile> {
    let owners = owners(briefings, &diagnostics.sources.files);
    let geometries = claimed_geometries(neighbourhoods);
    let mut files = Vec::new();
    for (source, file) in diagnostics.sources.files.iter().enumerate() {
        let out = match &file.place {
            FilePlace::Static(out) => Ok(out.clone()),
            FilePlace::Attachment { of, within } => match owners.get(of.as_ref()) {
                Some(id) => OutPath::new(format!("briefings/{id}/{within}")),
                None => continue,
            },
            FilePlace::CityMap(_) => continue,
            FilePlace::Geometry(_) if geometries.contains(file.path.as_ref()) => continue,
            FilePlace::Geometry(_) => {
                diagnostics.push(unclaimed_geometry(&file.path));
                continue;
            }
        };
        match out {
            Ok(out) => files.push(OutputFile { source, path: file.path.clone(), out, picture: file.picture }),
            Err(reason) => diagnostics.push(bad_output_path(&file.path, &reason)),
        }
    }
    files
}

/// The ids of the briefings that may have attachments, by file; none where there is no attachment.
fn owners<'a>(briefings: &'a Briefings, files: &[PlainFile]) -> BTreeMap<&'a str, &'a Id> {
    if !files.iter().any(|file| matches!(file.place, FilePlace::Attachment { .. })) {
        return BTreeMap::new();
    }
    let articles = briefings.iter().map(|briefing| &briefing.article);
    articles.map(|article| (article.file.as_ref(), &article.id)).collect()
}

/// The GeoJSON files that records name.
fn claimed_geometries(neighbourhoods: &Neighbourhoods) -> BTreeSet<String> {
    let records = neighbourhoods.iter().filter_map(|n| n.term.record.as_ref());
    records.filter_map(|record| record.geometry.as_ref()).map(|name| outline_path(&name.value)).collect()
}

fn unclaimed_geometry(path: &str) -> Diagnostic {
    Diagnostic::error(Code::UNCLAIMED_FILE, "no neighbourhood names this outline")
        .at(Place::file(path))
        .help("write `geometry = \"…\"` in the record that it belongs to, or remove it")
}
