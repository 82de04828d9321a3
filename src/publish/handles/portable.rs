//! Names in a folder, where folders have no handles. A link is refused when it is looked at, and not in the moment after.
//!
//! Owns the same calls as on Unix, by paths.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::{Create, EntryKind, FolderHandle};

impl FolderHandle {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned() })
    }

    fn place(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub(super) fn open_folder(&self, name: &str) -> io::Result<Self> {
        match self.entry_kind(name)? {
            EntryKind::Folder => Ok(Self { path: self.place(name) }),
            _ => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn entry_kind(&self, name: &str) -> io::Result<EntryKind> {
        let found = fs::symlink_metadata(self.place(name))?;
        Ok(if found.is_symlink() {
            EntryKind::Link
        } else if found.is_dir() {
            EntryKind::Folder
        } else if found.is_file() {
            EntryKind::File { length: found.len() }
        } else {
            EntryKind::Other
        })
    }

    pub(super) fn is_at(&self, name: &str, _: &File) -> io::Result<bool> {
        self.entry_kind(name).map(|_| true)
    }

    pub(super) fn changed_at(&self, name: &str) -> Option<Timestamp> {
        let modified = fs::symlink_metadata(self.place(name)).ok()?.modified().ok()?;
        Timestamp::try_from(modified).ok()
    }

    pub(super) fn open_file(&self, name: &str) -> io::Result<File> {
        File::open(self.place(name))
    }

    pub(super) fn open_to_write(&self, name: &str, create: Create) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        options.create(create == Create::IfMissing).create_new(create == Create::Always);
        options.open(self.place(name))
    }

    pub(super) fn make_folder(&self, name: &str) -> io::Result<()> {
        fs::create_dir(self.place(name))
    }

    pub(super) fn replace(&self, name: &str, folder: &Self, new: &str) -> io::Result<()> {
        fs::rename(self.place(name), folder.place(new))
    }

    pub(super) fn arrive(&self, name: &str, folder: &Self, new: &str) -> io::Result<()> {
        match folder.entry_kind(new) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.replace(name, folder, new),
            Err(error) => Err(error),
        }
    }

    pub(super) fn remove_file(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.place(name))
    }

    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        fs::remove_dir(self.place(name))
    }

    /// Some systems sync only what could be written.
    pub(super) fn sync_file(&self, name: &str) -> io::Result<()> {
        self.open_to_write(name, Create::Never)?.sync_all()
    }

    /// Folders cannot be synced without a handle; files are.
    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn check_writable(&self) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn check_same_device(&self, _: &Self) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn check_not_immutable(&self, _: &str) -> io::Result<()> {
        Ok(())
    }
}
