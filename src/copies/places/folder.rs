//! A copy in a folder.
//!
//! Invariant: links are not followed, and nothing but plain files is opened.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::copy_files::{CopyFiles, CopyListing, too_long, unreadable};
use crate::copies::byte_limit::{BUFFER, ByteLimit, FileState, read_small};
use crate::diag::Diagnostic;
use crate::paths::OutPath;
use crate::sources::reason;

/// A copy in a folder.
pub struct FolderCopy {
    root: PathBuf,
    shown_as: String,
    listing: CopyListing,
}

impl FolderCopy {
    /// Lists the folder. `shown_as` is how messages call it.
    ///
    /// # Errors
    /// If it or a folder in it cannot be read.
    pub fn open(root: &Path, shown_as: &str) -> Result<Self, Diagnostic> {
        let mut listing = CopyListing::default();
        for entry in WalkDir::new(root).min_depth(1) {
            let entry = entry.map_err(|error| {
                let error = io::Error::from(error);
                unreadable(shown_as, &reason(&error))
            })?;
            let path = relative(root, entry.path());
            if entry.file_type().is_file() {
                listing.add_file(path);
            } else if !entry.file_type().is_dir() {
                listing.others.insert(path);
            }
        }
        Ok(Self { root: root.to_owned(), shown_as: shown_as.to_owned(), listing })
    }

    fn hash(&self, path: &str, limit: &ByteLimit<'_>, buffer: &mut [u8]) -> FileState {
        if !self.listing.files.contains(path) && !self.has_hidden(path) {
            return FileState::Missing;
        }
        let hash = File::open(self.root.join(path)).and_then(|file| limit.hash(file, buffer));
        hash.unwrap_or_else(|error| FileState::Unreadable(reason(&error)))
    }

    /// Whether a file is there that a listing leaves out by its name. The site may have one of such a name.
    fn has_hidden(&self, path: &str) -> bool {
        let mut at = self.root.clone();
        let is_plain = path.split('/').all(|part| {
            at.push(part);
            at.symlink_metadata().is_ok_and(|found| !found.file_type().is_symlink())
        });
        is_plain && at.is_file()
    }
}

impl CopyFiles for FolderCopy {
    fn listing(&self) -> Option<&CopyListing> {
        Some(&self.listing)
    }

    fn read_small(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, Diagnostic> {
        if !self.listing.files.contains(path) && !self.has_hidden(path) {
            return Ok(None);
        }
        let read = File::open(self.root.join(path)).and_then(|file| read_small(file, most));
        let name = format!("{}/{path}", self.shown_as);
        match read {
            Ok(Some(bytes)) => Ok(Some(bytes)),
            Ok(None) => Err(too_long(path, most)),
            Err(error) => Err(unreadable(&name, &reason(&error))),
        }
    }

    fn hash_all(&self, paths: &[&OutPath], limit: &ByteLimit<'_>) -> Vec<FileState> {
        let buffer = || vec![0; BUFFER];
        paths.par_iter().map_init(buffer, |buffer, path| self.hash(path.as_str(), limit, buffer)).collect()
    }
}

fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).iter();
    parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
