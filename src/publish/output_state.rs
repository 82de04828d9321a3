//! What the output folder holds, as metadata at one moment: to see later whether anything of it differs.
//!
//! Owns the listing of that folder, files of others included. Reads no content and changes nothing.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use super::folder::TEMPORARY;
use super::handles::OutputRoot;
use super::journal::Journal;
use crate::paths::kept_names::{BUILT, JOURNAL, SUMS};
use crate::sources::FileStamp;

/// Sorted by path. Links are not followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputState(Vec<(Box<[u8]>, FileStamp)>);

impl OutputState {
    /// Lists the folder `out`, which is empty if it is missing. `None` if something in it cannot be read.
    #[must_use]
    pub fn read(out: &Path) -> Option<Self> {
        let mut entries = match entries_below(out, b"") {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !out.exists() => Vec::new(),
            Err(_) => return None,
        };
        entries.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Some(Self(entries))
    }

    /// This state without what goes when the publish ends, if it is the result of one that began at `before` and
    /// moved in `moved`. `None` if somebody else changed a file meanwhile.
    pub(super) fn after_publish(
        mut self,
        before: &Self,
        moved: &BTreeMap<Box<str>, FileStamp>,
    ) -> Option<Self> {
        self.0.retain(|(path, _)| !path.starts_with(TEMPORARY.as_bytes()));
        let is_ours = |(path, stamp): &(Box<[u8]>, FileStamp)| {
            stamp.is_folder()
                || before.find(path) == Some(stamp)
                || [SUMS, JOURNAL].iter().any(|name| **path == *name.as_bytes())
                || std::str::from_utf8(path)
                    .ok()
                    .and_then(|path| moved.get(path))
                    .is_some_and(|staged| stamp.is_moved_from(staged))
        };
        self.0.iter().all(is_ours).then_some(self)
    }

    fn find(&self, path: &[u8]) -> Option<&FileStamp> {
        let found = self.0.binary_search_by(|(own, _)| own.as_ref().cmp(path)).ok()?;
        Some(&self.0[found].1)
    }

    /// When a file or folder changed last, by the clock of its file system. `None` if the system does not keep that
    /// of one of them.
    pub(super) fn newest_change(&self) -> Option<Timestamp> {
        let mut stamps = self.0.iter().map(|(_, stamp)| stamp);
        stamps.try_fold(Timestamp::UNIX_EPOCH, |newest, stamp| Some(newest.max(stamp.changed_at()?)))
    }

    /// Adds all of it to a hash.
    pub fn hash_into(&self, hash: &mut Sha256) {
        for (path, stamp) in &self.0 {
            hash.update(path.len().to_le_bytes());
            hash.update(path);
            stamp.hash_into(hash);
        }
    }
}

/// Whether no other build holds the lock of the folder `out`.
#[must_use]
pub fn is_free(out: &Path) -> bool {
    OutputRoot::open(out).is_ok_and(|root| Journal::open(&Arc::new(root)).is_ok())
}

/// All that is below a folder, in no order; `prefix` is its path with `/` at its end.
fn entries_below(folder: &Path, prefix: &[u8]) -> io::Result<Vec<(Box<[u8]>, FileStamp)>> {
    let is_listed = |entry: &DirEntry| !prefix.is_empty() || entry.file_name() != BUILT;
    let entries: Vec<DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    let each = entries.into_par_iter().filter(is_listed).map(|entry| {
        let path = [prefix, entry.file_name().as_encoded_bytes()].concat();
        let stamp = FileStamp::new(&entry.metadata()?);
        let mut found = match stamp.is_folder() {
            true => entries_below(&entry.path(), &[&path, &b"/"[..]].concat())?,
            false => Vec::new(),
        };
        found.push((path.into(), stamp));
        Ok(found)
    });
    each.try_reduce(Vec::new, |mut all, more| {
        all.extend(more);
        Ok(all)
    })
}
