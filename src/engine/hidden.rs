//! The names of protected sources in what a build makes: readers see their label only.
//!
//! Looks for the bytes of each name, as this runs on all that is written; of several words whatever their
//! case in ASCII. A single word counts as it is written, and where it is all in small letters it is no
//! name but a word that any text may hold. Other forms are for redact.txt.

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, Match};

use crate::model::SourceRecord;
use crate::site::{Site, SourceIx};

/// The shortest name that is looked for, in bytes: a shorter one stands in too many words.
const SHORTEST: usize = 3;

/// What must not be seen of protected sources.
#[derive(Clone, Default)]
pub struct HiddenNames {
    names: Vec<(SourceIx, String)>,
    /// None where there are no names.
    finder: Option<Arc<AhoCorasick>>,
}

/// Of the same names.
impl PartialEq for HiddenNames {
    fn eq(&self, other: &Self) -> bool {
        self.names == other.names
    }
}

impl HiddenNames {
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let mut names: Vec<(SourceIx, String)> = Vec::new();
        for index in (0..site.sources.len()).map(SourceIx::new) {
            let record = site.sources[index.get()].term.record.as_deref().filter(|record| record.protected);
            names.extend(record.into_iter().flat_map(hidden_in).map(|name| (index, name)));
        }
        let patterns = names.iter().map(|(_, name)| name.as_str());
        let build = || AhoCorasick::builder().ascii_case_insensitive(true).build(patterns);
        // Only a list of gigabytes of names cannot be built.
        let finder = (!names.is_empty()).then(build).and_then(Result::ok).map(Arc::new);
        Self { names, finder }
    }

    /// The sources whose names an output holds, sorted.
    pub fn found_in(&self, bytes: &[u8]) -> Vec<SourceIx> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let found = finder.find_overlapping_iter(bytes);
        let mut sources: Vec<SourceIx> = found.filter_map(|found| self.is_meant(bytes, &found)).collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// The same for the name of an output, where words are in small letters and joined by hyphens.
    pub fn found_in_path(&self, path: &str) -> Vec<SourceIx> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let path = path.replace(['-', '_'], " ");
        let found = finder.find_overlapping_iter(&path);
        let found = found.filter(|found| is_apart(path.as_bytes(), found.range()));
        found.map(|found| self.names[found.pattern()].0).collect()
    }

    /// Where a name of a source first stands in a text.
    pub fn place_in(&self, source: SourceIx, text: &str) -> Option<Range<usize>> {
        let finder = self.finder.as_ref()?;
        let mut found = finder.find_overlapping_iter(text);
        found.find(|found| self.is_meant(text.as_bytes(), found) == Some(source)).map(|found| found.range())
    }

    /// The source whose name it is.
    fn is_meant(&self, bytes: &[u8], found: &Match) -> Option<SourceIx> {
        let (source, name) = &self.names[found.pattern()];
        let is_as_written = name.contains(' ') || bytes[found.range()] == *name.as_bytes();
        (is_as_written && is_apart(bytes, found.range())).then_some(*source)
    }
}

/// Its names, but those that its own label says.
fn hidden_in(record: &SourceRecord) -> Vec<String> {
    let label = record.label.as_deref().unwrap_or_default().to_lowercase();
    let naming = &record.naming;
    let names = naming.names.values().chain(&naming.spellings).chain([&naming.title]);
    let names = names.map(|name| name.value.as_ref()).chain(record.short.as_deref());
    let is_word = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_hidden =
        |name: &&str| name.len() >= SHORTEST && !is_word(name) && !label.contains(&name.to_lowercase());
    names.map(str::trim).filter(is_hidden).flat_map(as_written).collect()
}

/// As it is, and as HTML and XML write its apostrophes.
fn as_written(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_owned()];
    if name.contains(['&', '\'']) {
        let escaped = name.replace('&', "&amp;");
        forms.extend(["&#x27;", "&#39;", "&apos;"].map(|form| escaped.replace('\'', form)));
    }
    forms
}

/// No letter stands right before or after it; beside a name of several words one may, as Arabic puts
/// "and" and "for" before a word.
fn is_apart(bytes: &[u8], range: Range<usize>) -> bool {
    if bytes[range.clone()].contains(&b' ') {
        return true;
    }
    let before = bytes[range.start.saturating_sub(4)..range.start]
        .utf8_chunks()
        .last()
        .and_then(|chunk| chunk.valid().chars().next_back());
    let after = &bytes[range.end..bytes.len().min(range.end + 4)];
    let after = after.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}
