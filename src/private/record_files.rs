//! Names of the files of protected records, which are often names of people.

use std::ops::Range;

use super::letters::MASK;
use crate::diag::{Diagnostic, Place};

/// The folder of records that are in no repository.
pub const RECORDS_FOLDER: &str = "private/sources/";

const EXTENSION: &str = ".md";

/// What messages write for a name that the writer chooses.
const PLACEHOLDERS: [&str; 2] = ["FILE", "NAME"];

/// Masks the names of files of protected records, and leaves out the lines of these files: others than the desk read
/// these diagnostics.
pub fn mask_record_files(diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics {
        for text in [&mut diagnostic.message, &mut diagnostic.label].into_iter().chain(&mut diagnostic.help) {
            *text = without_names(text);
        }
        for (place, label) in &mut diagnostic.related {
            *label = without_names(label);
            mask_place(place);
        }
        diagnostic.place.iter_mut().for_each(mask_place);
    }
}

fn mask_place(place: &mut Place) {
    if place.file.contains(RECORDS_FOLDER) {
        place.excerpt.clear();
        place.mark = 0..0;
    }
    place.file = without_names(&place.file);
}

fn without_names(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(name) = next_name(rest) {
        masked.push_str(&rest[..name.start]);
        masked.extend(rest[name.clone()].chars().map(|c| if c == '/' { c } else { MASK }));
        rest = &rest[name.end..];
    }
    masked + rest
}

/// Where the next name of a record is, without its extension. Spaces may be in it.
fn next_name(text: &str) -> Option<Range<usize>> {
    text.match_indices(RECORDS_FOLDER).find_map(|(at, folder)| {
        let start = at + folder.len();
        let end = start + text[start..].find(EXTENSION)?;
        let name = &text[start..end];
        // Another path of the same sentence is no part of this one.
        let is_name =
            !name.is_empty() && !name.starts_with([' ', ',']) && !name.contains(['`', '"', ';', '\n']);
        (is_name && !PLACEHOLDERS.contains(&name)).then_some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_records_are_masked_in_texts_and_paths() {
        for (text, masked) in [
            ("private/sources/zoe.md", "private/sources/███.md"),
            (
                "site/private/sources/Zoe Miller.ar.md: no title",
                "site/private/sources/█████████████.md: no title",
            ),
            (
                "private/sources/a/b.md and private/sources/c.md",
                "private/sources/█/█.md and private/sources/█.md",
            ),
            (
                "write private/sources/FILE.md, or private/sources/zoe.md",
                "write private/sources/FILE.md, or private/sources/███.md",
            ),
            (
                "move it to private/sources/, and delete content/a.md",
                "move it to private/sources/, and delete content/a.md",
            ),
            ("content/sources/radio.md", "content/sources/radio.md"),
        ] {
            assert_eq!(without_names(text), masked);
        }
    }
}
