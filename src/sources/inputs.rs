//! Everything that a build reads, as metadata at one moment: to see later whether anything of it differs.
//!
//! Owns what counts besides the files themselves: the names next to site.toml, since a misspelt name of a private
//! list there is an error. What git tracks is not part of it: only git knows.
//!
//! Invariant: two equal hashes are of the same bytes, if the first scan is older than every later write by a tick of
//! the file system's clock. [`Inputs::newest_change`] is for that.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::Snapshot;
use super::stamp::FileStamp;
use super::store::Store;
use crate::paths::kept_names::CACHE;

pub struct Inputs {
    root: PathBuf,
    /// The name next to site.toml below which the output is.
    output_name: Option<OsString>,
    snapshot: Snapshot,
    names: Vec<String>,
}

impl Inputs {
    /// Scans the folder of a site, which is built to `out`.
    #[must_use]
    pub fn scan(root: &Path, out: &Path) -> Self {
        let inside = out.strip_prefix(root).ok().and_then(|inside| inside.iter().next());
        let output_name = inside.map(ToOwned::to_owned);
        let names = names_at(root, output_name.as_deref());
        Self { root: root.to_owned(), output_name, snapshot: Snapshot::new(root), names }
    }

    /// When a file or folder changed last, by the clock of its file system. `None` if the system does not keep that
    /// of one of them.
    #[must_use]
    pub fn newest_change(&self) -> Option<Timestamp> {
        let mut stamps = self.snapshot.stamps().values();
        stamps.try_fold(Timestamp::UNIX_EPOCH, |newest, stamp| Some(newest.max(stamp.changed_at()?)))
    }

    /// Whether nothing has changed since the scan, not even for a moment.
    #[must_use]
    pub fn is_still_so(mut self) -> bool {
        self.snapshot.rescan_after_reading().is_empty()
            && names_at(&self.root, self.output_name.as_deref()) == self.names
    }

    /// Adds all of it to a hash.
    pub fn hash_into(&self, hash: &mut Sha256) {
        for name in &self.names {
            push(hash, name);
        }
        push(hash, "");
        for (path, stamp) in self.snapshot.stamps() {
            push(hash, path);
            FileStamp::hash_into(stamp, hash);
        }
    }
}

fn push(hash: &mut Sha256, text: &str) {
    hash.update(text.len().to_le_bytes());
    hash.update(text);
}

/// Without those that a first build makes.
fn names_at(root: &Path, output_name: Option<&OsStr>) -> Vec<String> {
    let mut names = Store::Disk(root.to_owned()).names_in("");
    names.retain(|name| Some(OsStr::new(name)) != output_name && name != CACHE);
    names
}
