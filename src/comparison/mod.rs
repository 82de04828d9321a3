//! What differs between two builds of a site, by their open data.
//!
//! Owns the comparison, and how it is printed as text, as Markdown and as JSON. Opens no file: the caller brings the
//! files of a copy, or a linked site.
//!
//! Invariants: a record is the same one if its id is; records are in the order of their datasets and ids, fields in that
//! of the data; what only an older or a newer program writes is compared as it is written.

mod pages;
mod printed;
mod records;

pub use pages::PageDifferences;
pub use printed::{as_json, as_markdown, as_text};
pub use records::{DataSnapshot, FieldDifference, RecordChange, RecordDifference, compare};
