//! The files that a build reads, each with what it is for.
//!
//! Owns the types, and the texts of articles. Reads nothing.

use std::sync::Arc;

use crate::paths::OutPath;

/// A Markdown file of `content/`.
#[derive(Clone, Debug)]
pub struct ArticleFile {
    pub path: Arc<str>,
    pub role: Role,
    /// Without a byte order mark. Empty once it was dropped.
    pub text: String,
    /// Of the text; only compared within one run.
    pub(super) digest: Digest,
}

/// Two hashes of one text: no two texts share both.
pub(super) type Digest = (u64, u64);

pub(super) fn digest(text: &str) -> Digest {
    const FIRST: ahash::RandomState = ahash::RandomState::with_seeds(11, 12, 13, 14);
    const SECOND: ahash::RandomState = ahash::RandomState::with_seeds(15, 16, 17, 18);
    (FIRST.hash_one(text), SECOND.hash_one(text))
}

impl ArticleFile {
    pub(super) fn has_lost_its_text(&self) -> bool {
        self.text.is_empty() && self.digest != digest("")
    }

    pub(super) fn new(path: Arc<str>, role: Role, text: String) -> Self {
        Self { digest: digest(&text), path, role, text }
    }

    /// Drops the text, unless it is a record's: diagnostics of linking point into those on every build.
    #[must_use]
    pub fn without_text(mut self) -> Self {
        if !self.role.is_record() {
            self.text = String::new();
        }
        self
    }
}

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
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilePlace {
    /// `static/` of the site or of a theme: where it lands.
    Static(OutPath),
    /// Next to a briefing's index.md: that file, and the path within its folder.
    Attachment { of: Arc<str>, within: String },
    /// A GeoJSON file next to the neighbourhood records, with its bytes: a site is linked again when they
    /// change.
    Geometry(Arc<[u8]>),
}
