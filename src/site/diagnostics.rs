//! Where linking reports what is wrong.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::diag::{Diagnostic, Place, PlaceIndex, Span};
use crate::paths::slugify;
use crate::sources::SourceSet;

/// How many items one task checks: enough tasks for all cores, and little cost to hand them out.
pub const CHUNK: usize = 256;

/// Collects the diagnostics of linking.
pub struct Diagnostics<'a> {
    pub sources: &'a SourceSet,
    /// Files whose front matter could not be read as a whole, by path.
    pub broken: &'a [Arc<str>],
    list: Vec<Diagnostic>,
    /// The file of the last place: its text may have to be read from the disk.
    last: Mutex<Option<IndexedFile>>,
}

/// A file, and an index of its places.
struct IndexedFile {
    file: Box<str>,
    text: Box<str>,
    index: PlaceIndex,
}

impl IndexedFile {
    fn read(sources: &SourceSet, file: &str) -> Self {
        let text = sources.text(file);
        Self { file: file.into(), index: PlaceIndex::new(&text), text: text.into() }
    }
}

impl<'a> Diagnostics<'a> {
    pub fn new(sources: &'a SourceSet, broken: &'a [Arc<str>]) -> Self {
        Self { sources, broken, list: Vec::new(), last: Mutex::default() }
    }

    /// An empty list for work that runs in parallel. The caller appends it in a fixed order.
    pub fn fork(&self) -> Self {
        Self::new(self.sources, self.broken)
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(diagnostics);
    }

    pub fn append(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.list
    }

    /// Checks many items on all cores. The diagnostics are in the order of the items.
    pub fn check_each<T: Sync>(&mut self, items: &[T], check: impl Fn(&T, &mut Self) + Sync) {
        let shared: &Self = self;
        let found = items.par_chunks(CHUNK).map(|chunk| {
            let mut diagnostics = shared.fork();
            chunk.iter().for_each(|item| check(item, &mut diagnostics));
            diagnostics.list
        });
        let found: Vec<Vec<Diagnostic>> = found.collect();
        self.list.extend(found.into_iter().flatten());
    }

    pub fn is_broken(&self, file: &str) -> bool {
        self.broken.binary_search_by(|broken| broken.as_ref().cmp(file)).is_ok()
    }

    /// A file that could not be read may be the briefing with this id.
    pub fn has_broken_briefing(&self, id: &str) -> bool {
        self.broken.iter().any(|file| slugify(stem(file)) == id)
    }

    pub fn place(&self, file: &str, span: Span) -> Place {
        let (file, span) = self.sources.file_at(file, span);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.as_ref().is_none_or(|known| *known.file != *file) {
            *last = Some(IndexedFile::read(self.sources, file));
        }
        last.as_ref().map_or_else(|| Place::file(file), |known| known.index.place(file, &known.text, span))
    }
}

/// What an article is named after: its file, or the folder of an index.md.
fn stem(path: &str) -> &str {
    let path = path.strip_suffix("/index.md").or(path.strip_suffix(".md")).unwrap_or(path);
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Two checks report and return the same.
pub fn same_diagnostics<T: PartialEq>(
    sources: &SourceSet,
    one: impl FnOnce(&mut Diagnostics<'_>) -> T,
    other: impl FnOnce(&mut Diagnostics<'_>) -> T,
) -> bool {
    let mut found = [Diagnostics::new(sources, &[]), Diagnostics::new(sources, &[])];
    one(&mut found[0]) == other(&mut found[1]) && found[0].list == found[1].list
}
