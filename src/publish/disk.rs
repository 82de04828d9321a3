//! What is in the output folder: the reading half of a publish.
//!
//! Owns every read of a path below the folder, and never follows a link there. Changes nothing on the disk.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::RwLock;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::ownership::{Hash, Owned};
use crate::engine::PublishedFile;
use crate::paths::OutPath;

/// What is at a path. Links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EntryKind {
    Nothing,
    File {
        length: u64,
    },
    Folder,
    Link,
    /// A device, a pipe, a socket.
    Other,
}

/// When a file was last changed in any way, by the clock of its file system; if the system does not keep
/// that, when it was last written.
pub(super) fn changed_at(path: &Path) -> Option<Timestamp> {
    let found = fs::symlink_metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Timestamp::new(found.ctime(), i32::try_from(found.ctime_nsec()).ok()?).ok()
    }
    #[cfg(not(unix))]
    found.modified().ok().and_then(|at| Timestamp::try_from(at).ok())
}

pub(super) fn entry_kind(path: &Path) -> io::Result<EntryKind> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Ok(EntryKind::Link),
        Ok(found) if found.is_dir() => Ok(EntryKind::Folder),
        Ok(found) if found.is_file() => Ok(EntryKind::File { length: found.len() }),
        Ok(_) => Ok(EntryKind::Other),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(EntryKind::Nothing)
        }
        Err(error) => Err(error),
    }
}

/// Reads only as far as the two agree. The caller knows that the lengths are equal.
pub(super) fn has_bytes(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = [0; 32 * 1024];
    let mut rest = bytes;
    while !rest.is_empty() {
        let wanted = rest.len().min(buffer.len());
        let read = file.read(&mut buffer[..wanted])?;
        if read == 0 || buffer[..read] != rest[..read] {
            return Ok(false);
        }
        rest = &rest[read..];
    }
    Ok(true)
}

pub(super) fn hash_of(path: &Path) -> io::Result<Hash> {
    let mut file = File::open(path)?;
    let mut buffer = [0; 32 * 1024];
    let mut hasher = Sha256::new();
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize().into()),
            read => hasher.update(&buffer[..read]),
        }
    }
}

/// Opens an output of the last publish in the folder `out`.
#[must_use]
pub fn published_file(out: &Path, path: &OutPath) -> PublishedFile {
    let place = out.join(path.as_str());
    let folder = out.join(parent(path.as_str()));
    match (entry_kind(&folder), entry_kind(&place)) {
        (Ok(EntryKind::Folder), Ok(EntryKind::File { .. })) => {
            Some(File::open(place).map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead>))
        }
        (Ok(EntryKind::Folder), Err(error)) => Some(Err(error)),
        _ => None,
    }
}

/// The folder of a path; empty for the output folder itself.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What is at a path where an output needs a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    There,
    /// Nothing is there, or a file of ours, which makes way.
    Missing,
    /// A link, here or further up; which one.
    Link(Box<str>),
    /// A file that is not ours, here or further up; which one.
    Foreign(Box<str>),
}

/// The folders below the output folder, each inspected once.
pub(super) struct Folders {
    out: PathBuf,
    seen: RwLock<HashMap<Box<str>, Folder>>,
}

impl Folders {
    pub(super) fn new(out: &Path) -> Self {
        Self { out: out.to_owned(), seen: RwLock::default() }
    }

    /// # Errors
    /// The folder that could not be inspected, and why.
    pub(super) fn find(&self, folder: &str, owned: &Owned) -> Result<Folder, (String, io::Error)> {
        if folder.is_empty() {
            return Ok(Folder::There);
        }
        if let Some(known) = self.seen.read().expect("no holder panics").get(folder) {
            return Ok(known.clone());
        }
        let found = match self.find(parent(folder), owned)? {
            Folder::There => self.inspect(folder, owned).map_err(|error| (folder.to_owned(), error))?,
            above => above,
        };
        self.seen.write().expect("no holder panics").insert(folder.into(), found.clone());
        Ok(found)
    }

    fn inspect(&self, folder: &str, owned: &Owned) -> io::Result<Folder> {
        Ok(match entry_kind(&self.out.join(folder))? {
            EntryKind::Folder => Folder::There,
            EntryKind::Nothing => Folder::Missing,
            EntryKind::File { .. } if owned.holds(folder) => Folder::Missing,
            EntryKind::Link => Folder::Link(folder.into()),
            EntryKind::File { .. } | EntryKind::Other => Folder::Foreign(folder.into()),
        })
    }
}
