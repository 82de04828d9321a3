//! Metadata that changes if the content of a file may have changed.
//!
//! Owns which metadata that is. Reads no content, and follows no link by itself.

use std::fs::Metadata;
use std::time::{Duration, UNIX_EPOCH};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// `None` for a folder.
    pub(super) length: Option<u64>,
    modified: Option<Duration>,
    inode: u64,
    /// Seconds and nanoseconds of the last change of its metadata, if the system keeps it.
    changed: (i64, i64),
}

impl FileStamp {
    #[must_use]
    pub fn new(found: &Metadata) -> Self {
        let modified = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let (inode, changed) = state(found);
        Self { length: (!found.is_dir()).then_some(found.len()), modified, inode, changed }
    }

    /// Whether the bytes may be others. A folder has none: its files have stamps of their own.
    pub(super) fn hints_at_change_from(&self, before: &Self) -> bool {
        self.length != before.length || (self.length.is_some() && self != before)
    }

    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.length.is_none()
    }

    /// Whether this is the same file after it was renamed, and not written since. A rename changes only when its
    /// metadata changed.
    #[must_use]
    pub fn is_moved_from(&self, before: &Self) -> bool {
        Self { changed: before.changed, ..*self } == *before
    }

    /// When its metadata changed last, by the clock of its file system; `None` if the system does not keep that. No
    /// program can set it.
    #[must_use]
    pub fn changed_at(&self) -> Option<Timestamp> {
        if cfg!(not(unix)) {
            return None;
        }
        Timestamp::new(self.changed.0, i32::try_from(self.changed.1).ok()?).ok()
    }

    /// Adds all of it to a hash.
    pub fn hash_into(&self, hash: &mut Sha256) {
        let modified = self.modified.unwrap_or_default();
        let numbers = [
            u128::from(self.length.is_some()),
            u128::from(self.length.unwrap_or_default()),
            modified.as_nanos(),
            u128::from(self.inode),
        ];
        let mut bytes = [0; 80];
        for (slot, number) in bytes.chunks_exact_mut(16).zip(numbers) {
            slot.copy_from_slice(&number.to_le_bytes());
        }
        bytes[64..72].copy_from_slice(&self.changed.0.to_le_bytes());
        bytes[72..].copy_from_slice(&self.changed.1.to_le_bytes());
        hash.update(bytes);
    }
}

#[cfg(unix)]
fn state(found: &Metadata) -> (u64, (i64, i64)) {
    use std::os::unix::fs::MetadataExt as _;
    (found.ino(), (found.ctime(), found.ctime_nsec()))
}

#[cfg(not(unix))]
fn state(_: &Metadata) -> (u64, (i64, i64)) {
    (0, (0, 0))
}
