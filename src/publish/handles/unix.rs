//! Names in an open folder, on Unix. A link is never followed.
//!
//! Owns the calls of the system, and which of its errors mean the same.

use std::fs::File;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use rustix::fs::{
    Access, AtFlags, FileType, Mode, OFlags, Stat, accessat, fstat, fsync, mkdirat, open, openat, renameat,
    statat, unlinkat,
};
use rustix::io::Errno;

use super::{Create, EntryKind, FolderHandle};

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);
/// A name that no file has: temporary files of ours have others.
const MISSING: &str = ".bulletin-tmp-missing";
/// What is no plain file, such as a pipe, must not make the program wait.
const FILE: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);

impl FolderHandle {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { folder: open(path, FOLDER, Mode::empty())? })
    }

    pub(super) fn open_folder(&self, name: &str) -> io::Result<Self> {
        match openat(&self.folder, name, FOLDER | OFlags::NOFOLLOW, Mode::empty()) {
            // What some systems say of a link, and Linux of a link or a file.
            Err(Errno::LOOP | Errno::MLINK) => Err(Errno::NOTDIR.into()),
            opened => Ok(Self { folder: opened? }),
        }
    }

    fn stat(&self, name: &str) -> Result<Stat, Errno> {
        statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW)
    }

    pub(super) fn entry_kind(&self, name: &str) -> io::Result<EntryKind> {
        let found = self.stat(name)?;
        Ok(match FileType::from_raw_mode(found.st_mode) {
            FileType::RegularFile => EntryKind::File { length: found.st_size.try_into().unwrap_or(0) },
            FileType::Directory => EntryKind::Folder,
            FileType::Symlink => EntryKind::Link,
            _ => EntryKind::Other,
        })
    }

    pub(super) fn is_at(&self, name: &str, file: &File) -> io::Result<bool> {
        let (there, ours) = (self.stat(name)?, fstat(file)?);
        Ok((there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino))
    }

    pub(super) fn changed_at(&self, name: &str) -> Option<Timestamp> {
        let found = self.stat(name).ok()?;
        Timestamp::new(found.st_ctime, i32::try_from(found.st_ctime_nsec).ok()?).ok()
    }

    pub(super) fn open_file(&self, name: &str) -> io::Result<File> {
        Ok(openat(&self.folder, name, FILE | OFlags::RDONLY, Mode::empty())?.into())
    }

    pub(super) fn open_to_write(&self, name: &str, create: Create) -> io::Result<File> {
        let create = match create {
            Create::Never => OFlags::empty(),
            Create::IfMissing => OFlags::CREATE,
            Create::Always => OFlags::CREATE | OFlags::EXCL,
        };
        let mode = Mode::from_bits_truncate(0o666);
        Ok(openat(&self.folder, name, FILE | OFlags::RDWR | create, mode)?.into())
    }

    pub(super) fn make_folder(&self, name: &str) -> io::Result<()> {
        Ok(mkdirat(&self.folder, name, Mode::from_bits_truncate(0o777))?)
    }

    pub(super) fn replace(&self, name: &str, folder: &Self, new: &str) -> io::Result<()> {
        Ok(renameat(&self.folder, name, &folder.folder, new)?)
    }

    pub(super) fn arrive(&self, name: &str, folder: &Self, new: &str) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
        {
            use rustix::fs::{RenameFlags, renameat_with};
            match renameat_with(&self.folder, name, &folder.folder, new, RenameFlags::NOREPLACE) {
                // A file system that does not know how.
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
                moved => return Ok(moved?),
            }
        }
        match folder.stat(new) {
            Ok(_) => Err(Errno::EXIST.into()),
            Err(Errno::NOENT) => self.replace(name, folder, new),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn remove_file(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.folder, name, AtFlags::empty())?)
    }

    pub(super) fn remove_folder(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.folder, name, AtFlags::REMOVEDIR)?)
    }

    pub(super) fn sync_file(&self, name: &str) -> io::Result<()> {
        self.open_file(name)?.sync_all()
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        match fsync(&self.folder) {
            // A file system that keeps no folders on a disk of its own.
            Err(Errno::INVAL) => Ok(()),
            synced => Ok(synced?),
        }
    }

    pub(super) fn check_writable(&self) -> io::Result<()> {
        Ok(accessat(&self.folder, ".", Access::WRITE_OK | Access::EXEC_OK, AtFlags::empty())?)
    }

    pub(super) fn check_same_device(&self, other: &Self) -> io::Result<()> {
        if fstat(&self.folder)?.st_dev != fstat(&other.folder)?.st_dev {
            return Err(Errno::XDEV.into());
        }
        // A folder that is mounted twice has one device. Linux looks at the mounts before it misses the file.
        match renameat(&other.folder, MISSING, &self.folder, MISSING) {
            Err(Errno::XDEV) => Err(Errno::XDEV.into()),
            _ => Ok(()),
        }
    }

    pub(super) fn check_not_immutable(&self, name: &str) -> io::Result<()> {
        // A file that is read-only (ACCES) can be replaced all the same.
        match accessat(&self.folder, name, Access::WRITE_OK, AtFlags::empty()) {
            Err(Errno::PERM) => Err(Errno::PERM.into()),
            _ => Ok(()),
        }
    }
}
