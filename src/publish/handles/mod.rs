//! The output folder by open handles.
//!
//! Owns every way by which a publish reaches a file. A path is walked from the folder that was opened at the start,
//! and each step refuses a link: one that is planted while a build runs leads nothing out of the folder. Decides
//! nothing about what is written.
//!
//! A handle is for the folder that was opened: if somebody moves that away, files go where it is now.

#[cfg(not(unix))]
mod portable;
#[cfg(unix)]
mod unix;

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use jiff::Timestamp;

/// How many folders below the output folder are kept open: a process may have 256 open files at least.
const MOST_OPEN: usize = 64;

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

/// The output folder, open. Paths are relative to it, with `/`.
pub(super) struct OutputRoot {
    path: PathBuf,
    folder: Arc<FolderHandle>,
    opened: RwLock<HashMap<Box<str>, Arc<FolderHandle>>>,
}

impl OutputRoot {
    /// Opens the folder, which may itself be a link.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let folder = Arc::new(FolderHandle::open(path)?);
        Ok(Self { path: path.to_owned(), folder, opened: RwLock::default() })
    }

    /// Only to list what is in it.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens folders again from now on: what was opened long ago may have been moved.
    pub(super) fn forget_folders(&self) {
        self.opened.write().expect("no holder panics").clear();
    }

    fn folder(&self, path: &str) -> io::Result<Arc<FolderHandle>> {
        if path.is_empty() {
            return Ok(Arc::clone(&self.folder));
        }
        if let Some(known) = self.opened.read().expect("no holder panics").get(path) {
            return Ok(Arc::clone(known));
        }
        let opened = Arc::new(self.folder(parent(path))?.open_folder(name(path))?);
        let mut all = self.opened.write().expect("no holder panics");
        if all.len() >= MOST_OPEN {
            all.clear();
        }
        all.insert(path.into(), Arc::clone(&opened));
        Ok(opened)
    }

    pub(super) fn entry_kind(&self, path: &str) -> io::Result<EntryKind> {
        let found = self.folder(parent(path)).and_then(|folder| folder.entry_kind(name(path)));
        match found {
            Err(error) if is_missing(&error) => Ok(EntryKind::Nothing),
            found => found,
        }
    }

    /// Whether an open file is the one at a path.
    pub(super) fn is_at(&self, path: &str, file: &File) -> io::Result<bool> {
        match self.folder(parent(path)).and_then(|folder| folder.is_at(name(path), file)) {
            Err(error) if is_missing(&error) => Ok(false),
            found => found,
        }
    }

    /// When a file was last changed in any way, by the clock of its file system; if the system does not keep
    /// that, when it was last written.
    pub(super) fn changed_at(&self, path: &str) -> Option<Timestamp> {
        self.folder(parent(path)).ok()?.changed_at(name(path))
    }

    /// Opens a file to read it.
    pub(super) fn open_file(&self, path: &str) -> io::Result<File> {
        self.folder(parent(path))?.open_file(name(path))
    }

    /// Opens a file to read and write it, and makes it if `create` says so.
    pub(super) fn open_to_write(&self, path: &str, create: Create) -> io::Result<File> {
        self.folder(parent(path))?.open_to_write(name(path), create)
    }

    /// Makes a folder and those above it, unless they are there.
    pub(super) fn make_folders(&self, path: &str) -> io::Result<()> {
        if path.is_empty() {
            return Ok(());
        }
        self.make_folders(parent(path))?;
        match self.folder(parent(path))?.make_folder(name(path)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            made => made,
        }
    }

    /// Moves a file over the one at `to`, if any.
    pub(super) fn replace(&self, from: &str, to: &str) -> io::Result<()> {
        self.folder(parent(from))?.replace(name(from), &*self.folder(parent(to))?, name(to))
    }

    /// Moves a file or folder to where nothing is.
    ///
    /// # Errors
    /// `AlreadyExists` if something is there.
    pub(super) fn arrive(&self, from: &str, to: &str) -> io::Result<()> {
        self.folder(parent(from))?.arrive(name(from), &*self.folder(parent(to))?, name(to))
    }

    pub(super) fn remove_file(&self, path: &str) -> io::Result<()> {
        self.folder(parent(path))?.remove_file(name(path))
    }

    pub(super) fn remove_folder(&self, path: &str) -> io::Result<()> {
        self.folder(parent(path))?.remove_folder(name(path))
    }

    /// Returns when the bytes of a file are on the disk.
    pub(super) fn sync_file(&self, path: &str) -> io::Result<()> {
        self.folder(parent(path))?.sync_file(name(path))
    }

    /// Returns when the names in a folder are on the disk.
    pub(super) fn sync_folder(&self, path: &str) -> io::Result<()> {
        self.folder(path)?.sync()
    }

    /// Whether files can come into a folder and leave it.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn check_writable(&self, folder: &str) -> io::Result<()> {
        let opened = self.folder(folder)?;
        opened.check_writable()?;
        opened.check_same_device(&self.folder)
    }

    /// Whether a file is locked against all changes, its removal included.
    ///
    /// # Errors
    /// That it is.
    pub(super) fn check_not_immutable(&self, path: &str) -> io::Result<()> {
        self.folder(parent(path))?.check_not_immutable(name(path))
    }

    /// The first link on the way to a path, its end included.
    pub(super) fn link_in(&self, path: &str) -> Option<String> {
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        let mut folders = ends.map(|end| &path[..end]);
        folders.find(|folder| matches!(self.entry_kind(folder), Ok(EntryKind::Link))).map(str::to_owned)
    }
}

/// Whether a file that is opened to write must be missing, or may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Create {
    Never,
    IfMissing,
    Always,
}

/// The folder of a path; empty for the output folder itself.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// An open folder, and what the system does with the names in it.
struct FolderHandle {
    #[cfg(unix)]
    folder: std::os::fd::OwnedFd,
    #[cfg(not(unix))]
    path: PathBuf,
}
