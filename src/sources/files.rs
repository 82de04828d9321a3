//! The files that a build reads, each with what it is for.
//!
//! Owns the types, and the texts of articles. Reads nothing.

use std::sync::Arc;

use crate::diag::{Diagnostic, Span};
use crate::images::PictureHeader;
use crate::paths::OutPath;

/// The file next to site.toml with the city that is drawn behind places.
pub const CITY_MAP: &str = "map.geojson";

/// A Markdown file of `content/`.
#[derive(Clone, Debug)]
pub struct ArticleFile {
    pub path: Arc<str>,
    pub role: Role,
    /// Without a byte order mark. Empty once it was dropped.
    pub text: String,
    /// The tables next to a briefing that may include them, by path.
    pub tables: Vec<TableFile>,
    /// Of all these texts; only compared within one run.
    pub(super) digest: Digest,
}

/// A CSV file next to a briefing.
#[derive(Clone, Debug)]
pub struct TableFile {
    pub path: Arc<str>,
    /// Where spans into it begin, among those of its briefing.
    pub start: usize,
    /// Without a byte order mark. Empty once it was dropped.
    pub text: Result<String, Box<Diagnostic>>,
}

/// Two hashes of one text: no two texts share both.
pub(super) type Digest = (u64, u64);

pub(super) fn digest(text: &str, tables: &[ReadTable]) -> Digest {
    const FIRST: ahash::RandomState = ahash::RandomState::with_seeds(11, 12, 13, 14);
    const SECOND: ahash::RandomState = ahash::RandomState::with_seeds(15, 16, 17, 18);
    let tables: Vec<(&str, Option<&str>)> =
        tables.iter().map(|(path, text)| (path.as_ref(), text.as_deref().ok())).collect();
    (FIRST.hash_one((text, &tables)), SECOND.hash_one((text, &tables)))
}

impl ArticleFile {
    pub(super) fn has_lost_its_text(&self) -> bool {
        self.text.is_empty() && self.digest != digest("", &[])
    }

    pub(super) fn new(path: Arc<str>, role: Role, text: String, tables: Vec<ReadTable>) -> Self {
        let digest = digest(&text, &tables);
        let mut start = text.len() + 1;
        let tables = tables.into_iter().map(|(path, text)| {
            let table = TableFile { path, start, text: text.map_err(Box::new) };
            start += table.text.as_ref().map_or(0, String::len) + 1;
            table
        });
        Self { path, role, tables: tables.collect(), text, digest }
    }

    /// Drops the texts, unless they are a record's: diagnostics of linking point into those on every build.
    #[must_use]
    pub fn without_text(mut self) -> Self {
        if !self.role.is_record() {
            self.text = String::new();
            self.tables.iter_mut().for_each(|table| table.text = Ok(String::new()));
        }
        self
    }

    /// The file that a span points into, and the span in that file.
    pub(super) fn file_at(&self, span: Span) -> (&Arc<str>, Span) {
        let begun = self.tables.iter().take_while(|table| table.start <= span.start as usize);
        begun.last().map_or((&self.path, span), |table| (&table.path, span.from(table.start)))
    }
}

/// The path of a table, and its text.
pub(super) type ReadTable = (Arc<str>, Result<String, Diagnostic>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Home,
    Page { stem: String },
    Briefing { stem: String },
    Neighbourhood { stem: String },
    Source { stem: String },
    Event { stem: String },
    Translation { of: Arc<str>, language: String },
}

impl Role {
    fn is_record(&self) -> bool {
        matches!(self, Self::Neighbourhood { .. } | Self::Source { .. } | Self::Event { .. })
    }
}

/// A file that is copied, or read when its owner asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainFile {
    pub path: Arc<str>,
    pub place: FilePlace,
    /// Of a picture.
    pub picture: Option<PictureHeader>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilePlace {
    /// `static/` of the site or of a theme: where it lands.
    Static(OutPath),
    /// Next to a briefing's index.md: that file, and the path within its folder.
    Attachment { of: Arc<str>, within: String },
    /// A GeoJSON file next to the neighbourhood records, with its bytes: a site is linked again when they
    /// change. `None` if it could not be read, which is reported.
    Geometry(Option<Arc<[u8]>>),
    /// map.geojson, in the same way.
    CityMap(Option<Arc<[u8]>>),
}
