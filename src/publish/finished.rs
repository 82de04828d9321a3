//! The output folder as the last build left it, for those who copy it elsewhere.
//!
//! Owns the check that it is one whole build: its list is there and was written by a build, and no build is under way
//! or was killed. Changes nothing.

use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use super::folder::{cannot_open, read_sums};
use super::handles::{EntryKind, OutputRoot};
use super::journal::Journal;
use super::messages::OutputMessages;
use super::ownership::{Hash, hash, parse_sums};
use crate::diag::Diagnostic;
use crate::paths::OutPath;
use crate::paths::kept_names::{JOURNAL, MOST_LIST};
use crate::sources::read_at_most;

/// The page that readers come in by: there is no site without it.
pub const HOME: &str = "index.html";

/// One whole build. No other build begins in its folder while this lives.
pub struct FinishedOutput {
    root: Arc<OutputRoot>,
    messages: OutputMessages,
    list: Vec<u8>,
    files: Vec<(OutPath, Hash)>,
    /// `None` in a copy, which has no `.bulletin`.
    _lock: Option<Journal>,
}

impl FinishedOutput {
    /// Opens the folder `out`; `shown_as` is how messages call it.
    ///
    /// # Errors
    /// If it holds no whole build, or cannot be read.
    pub fn open(out: &Path, shown_as: &str) -> Result<Self, Diagnostic> {
        let messages = OutputMessages::new(shown_as);
        let root = match OutputRoot::open(out) {
            Ok(root) => Arc::new(root),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(messages.not_built()),
            Err(error) => return Err(messages.io("open", "", &error)),
        };
        let lock = lock(&root, &messages)?;
        if lock.as_ref().is_some_and(|journal| !journal.is_empty()) {
            return Err(messages.killed_build());
        }
        let list = read_sums(&root, &messages)?.ok_or_else(|| messages.not_built())?;
        let (files, foreign_line) = parse_sums(&list);
        if let Some(line) = foreign_line {
            return Err(messages.list_of_others(line));
        }
        if !list.ends_with(b"\n") || files.iter().all(|(path, _)| path.as_str() != HOME) {
            return Err(messages.no_whole_list());
        }
        Ok(Self { root, messages, list, files, _lock: lock })
    }

    /// Its files and their hashes, sorted by path.
    #[must_use]
    pub fn files(&self) -> &[(OutPath, Hash)] {
        &self.files
    }

    /// Its SHA256SUMS.
    #[must_use]
    pub fn list(&self) -> &[u8] {
        &self.list
    }

    /// A file that the build does not list, such as the signature of its list; `None` if there is none.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn unlisted(&self, name: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        match self.root.open_file(name).and_then(|file| read_at_most(&file, MOST_LIST)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.messages.io("read", name, &error)),
        }
    }

    /// The bytes of a file, which are those that the build gave it.
    ///
    /// # Errors
    /// If it has other bytes, or cannot be read.
    pub fn read(&self, path: &OutPath, expected: &Hash) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = Vec::new();
        let read = self.root.open_file(path.as_str()).and_then(|mut file| file.read_to_end(&mut bytes));
        match read {
            Ok(_) if hash(&bytes) == *expected => Ok(bytes),
            Ok(_) => Err(self.messages.altered(path, "has other bytes than the build gave it")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(self.messages.altered(path, "is missing"))
            }
            Err(error) => Err(self.messages.io("read", path.as_str(), &error)),
        }
    }
}

fn lock(root: &Arc<OutputRoot>, messages: &OutputMessages) -> Result<Option<Journal>, Diagnostic> {
    let found = root.entry_kind(JOURNAL).map_err(|error| messages.io("read", JOURNAL, &error))?;
    if found == EntryKind::Nothing {
        return Ok(None);
    }
    Journal::open(root).map(Some).map_err(|error| cannot_open(messages, &error))
}
