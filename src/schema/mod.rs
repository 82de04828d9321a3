//! The registry of keys as JSON Schema, for editors, forms and validators.
//!
//! Owns how each type of value is said in JSON Schema 2020-12. Knows no key and reads no file.
//!
//! Invariant: what the readers of files accept, a schema accepts. It refuses less than they do: what is a matter of
//! several keys, of other files or of words in a text is left to them.

pub(crate) mod document;
mod patterns;
mod values;

use crate::parse::file_kinds;
use crate::toml::FileKind;
use document::{Document, Schema};
pub use values::to_json;

/// The schema of a kind of file by its name, as one JSON document; `None` if there is no such kind.
#[must_use]
pub fn of_kind(name: &str) -> Option<String> {
    file_kinds().find(|kind| kind.name == name).map(|kind| written(&one(&kind)))
}

/// The schemas of all kinds as one JSON document, in its `$defs`.
#[must_use]
pub fn of_all() -> String {
    let mut all = Document { title: "Files of a bulletin site", ..Document::default() };
    for kind in file_kinds() {
        let root = values::table(kind.table, &mut all.tables);
        all.tables.insert(kind.name.to_owned(), described(root, &kind));
    }
    written(&all)
}

/// The names of all kinds, in the order of the documentation.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    file_kinds().map(|kind| kind.name)
}

fn one(kind: &FileKind) -> Document {
    let mut document = Document { title: kind.title, ..Document::default() };
    let root = values::table(kind.table, &mut document.tables);
    document.root = Schema { title: None, ..described(root, kind) };
    document
}

fn described(root: Schema, kind: &FileKind) -> Schema {
    let description = format!("{} File: {}.", kind.meaning, kind.path);
    Schema { title: Some(kind.title.to_owned()), description: Some(description), ..root }
}

fn written(document: &Document) -> String {
    serde_json::to_string_pretty(document).expect("it has no key that is not text") + "\n"
}

#[cfg(test)]
mod tests;
