//! What came in, and what did not: one line for each thing that a person must look at.
//!
//! Invariant: the same site gives the same report; lines are in the order of files and lines.

use std::collections::BTreeMap;

use serde_json::json;

use super::mapping::UnmappedTerms;
use crate::diag::{Place, Span};

/// Something of the other site that did not come through as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leftover {
    /// Relative to the folder of the other site.
    pub file: String,
    /// From 1, as the column.
    pub line: u32,
    pub column: u32,
    /// The fact, without a full stop.
    pub fact: String,
    /// What to do.
    pub remedy: String,
}

impl Leftover {
    /// A leftover at a byte of a file.
    #[must_use]
    pub fn at(
        file: &str,
        text: &str,
        byte: usize,
        fact: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::at_place(&Place::new(file, text, Span::new(byte..byte)), fact, remedy)
    }

    #[must_use]
    pub fn at_place(place: &Place, fact: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { line: place.line, column: place.column, ..Self::of_file(&place.file, fact, remedy) }
    }

    /// A leftover of a whole file.
    #[must_use]
    pub fn of_file(file: &str, fact: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 1, column: 1, fact: fact.into(), remedy: remedy.into() }
    }

    /// A line for people.
    #[must_use]
    pub fn in_words(&self) -> String {
        let Self { file, line, column, fact, remedy } = self;
        format!("{file}:{line}:{column}: {fact}; {remedy}\n")
    }

    /// An object for programs.
    #[must_use]
    pub fn as_json(&self) -> serde_json::Value {
        let Self { file, line, column, fact, remedy } = self;
        json!({ "file": file, "line": line, "column": column, "fact": fact, "remedy": remedy })
    }
}

/// How much came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub briefings: usize,
    pub drafts: usize,
    pub pages: usize,
    pub translations: usize,
    pub files: usize,
    pub aliases: usize,
}

/// A key without an equivalent, and in how many files it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptKeys {
    counts: BTreeMap<String, usize>,
}

impl KeptKeys {
    pub fn add(&mut self, key: &str) {
        *self.counts.entry(key.to_owned()).or_default() += 1;
    }
}

/// Everything that the user of an import reads.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    pub counts: ImportCounts,
    pub leftovers: Vec<Leftover>,
    /// Kept under `[extra]`.
    pub kept_keys: KeptKeys,
    /// Keys of translations, whose data comes from the original.
    pub dropped_keys: KeptKeys,
    pub unmapped: UnmappedTerms,
    /// Pieces of HTML in texts, and how many files they are in.
    pub html: (usize, usize),
}

impl ImportReport {
    /// Sorts the leftovers; of equal ones, one stays.
    pub fn finish(&mut self) {
        self.leftovers.sort();
        self.leftovers.dedup();
    }

    /// For people.
    #[must_use]
    pub fn in_words(&self) -> String {
        let ImportCounts { briefings, drafts, pages, translations, files, aliases } = self.counts;
        let mut text = format!(
            "{} ({}), {}, {}, {}, {}\n",
            counted(briefings, "briefing", "briefings"),
            counted(drafts, "draft", "drafts"),
            counted(pages, "page", "pages"),
            counted(translations, "translation", "translations"),
            counted(files, "picture or other file", "pictures and other files"),
            counted(aliases, "old address", "old addresses"),
        );
        if self.html.0 > 0 {
            text += &format!(
                "{} of HTML in {}: write html = \"sanitise\" into site.toml to use what is harmless of them; without it they \
                 are shown as text\n",
                counted(self.html.0, "piece", "pieces"),
                counted(self.html.1, "file", "files"),
            );
        }
        text += &in_lines(&self.kept_keys, "has no equivalent, and is kept under [extra]");
        text += &in_lines(
            &self.dropped_keys,
            "of a translation is left out: a translation is text, and its data comes from the original",
        );
        self.leftovers.iter().for_each(|leftover| text += &leftover.in_words());
        text + &self.unmapped.in_words()
    }

    /// For programs.
    #[must_use]
    pub fn as_json(&self) -> serde_json::Value {
        let ImportCounts { briefings, drafts, pages, translations, files, aliases } = self.counts;
        let leftovers: Vec<_> = self.leftovers.iter().map(Leftover::as_json).collect();
        json!({
            "briefings": briefings, "drafts": drafts, "pages": pages, "translations": translations,
            "files": files, "aliases": aliases,
            "html": { "pieces": self.html.0, "files": self.html.1 },
            "kept_keys": self.kept_keys.counts,
            "dropped_keys": self.dropped_keys.counts,
            "leftovers": leftovers,
            "mapping": self.unmapped.as_toml(),
        })
    }
}

fn in_lines(keys: &KeptKeys, what: &str) -> String {
    keys.counts
        .iter()
        .map(|(key, count)| format!("key \"{key}\" {what} ({})\n", counted(*count, "file", "files")))
        .collect()
}

/// A number with its noun.
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
