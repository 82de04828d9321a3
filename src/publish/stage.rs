//! Takes outputs, one by one and from any thread.
//!
//! Owns the comparison of an output with what is at its path, and the temporary files. Changes no file of the site.

use std::fs::File;
use std::io::{self, Write as _};
use std::sync::atomic::Ordering;

use super::diff::{FileChange, Staged};
use super::disk::{Folder, has_bytes, hash_of};
use super::handles::{Create, EntryKind, parent};
use super::ownership::hash;
use super::{Publisher, STAGE};
use crate::diag::Diagnostic;
use crate::paths::OutPath;
use crate::paths::kept_names::is_kept;
use crate::sources::FileStamp;

impl Publisher {
    /// Takes an output with the bytes that it has; false if they must be staged.
    pub(super) fn keep(&self, path: &OutPath) -> bool {
        let Some(until) = self.unmodified_since else { return false };
        if !matches!(self.folders.find(&self.root, parent(path.as_str()), &self.owned), Ok(Folder::There)) {
            return false;
        }
        let mut hashes = self.owned.hashes(path.as_str());
        let (Some(hash), None) = (hashes.next(), hashes.next()) else { return false };
        let Ok(EntryKind::File { length }) = self.root.entry_kind(path.as_str()) else { return false };
        // What was changed in the same tick of the clock may have been changed later.
        if self.root.changed_at(path.as_str()).is_none_or(|at| at >= until) {
            return false;
        }
        // No clock says that a file lost its bytes with the power.
        if length == 0 && *hash != super::ownership::hash(b"") {
            return false;
        }
        let staged = Staged { path: path.clone(), hash: *hash, change: FileChange::Unchanged, stamp: None };
        self.staged.lock().expect("no holder panics").push(staged);
        true
    }

    /// Takes one output. Writes a temporary file if the one at `path` differs. Files of others that can be
    /// taken over are reported together, by [`Publisher::blocked_faults`].
    ///
    /// # Errors
    /// If something that is not ours and cannot be taken over is in the way, or the disk refuses.
    pub fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        let staged = self.try_stage(path, bytes);
        if staged.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        staged
    }

    fn try_stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        if is_kept(path.as_str()) {
            return Err(self.messages.reserved(path.as_str()));
        }
        let change = self.compare(path.as_str(), bytes)?;
        let mut stamp = None;
        if change != FileChange::Unchanged {
            match self.write_temporary(path.as_str(), bytes) {
                // Another output is there already, or where this one needs a folder. Which of the two
                // comes second is chance, so `commit` reports it, once it knows both.
                Err(error) if is_taken(&error) => self.failed.store(true, Ordering::Relaxed),
                written => {
                    stamp = written.map_err(|error| self.messages.io("write", path.as_str(), &error))?;
                }
            }
        }
        let staged = Staged { path: path.clone(), hash: hash(bytes), change, stamp };
        self.staged.lock().expect("no holder panics").push(staged);
        Ok(())
    }

    fn compare(&self, path: &str, bytes: &[u8]) -> Result<FileChange, Diagnostic> {
        match self.folders.find(&self.root, parent(path), &self.owned) {
            Ok(Folder::There) => {}
            Ok(Folder::Missing) => return Ok(FileChange::New),
            Ok(Folder::Link(link)) => return Err(self.messages.link(&link)),
            Ok(Folder::Foreign(file)) => return Err(self.messages.foreign_file(&file)),
            Err((folder, error)) => return Err(self.messages.io("read", &folder, &error)),
        }
        match self.root.entry_kind(path).map_err(|error| self.messages.io("read", path, &error))? {
            EntryKind::Nothing => Ok(FileChange::New),
            EntryKind::File { length } => self.compare_file(path, length, bytes),
            EntryKind::Folder if self.owned.has_any_below(path) => Ok(FileChange::ReplacesFolder),
            EntryKind::Folder => Err(self.messages.foreign_folder(path)),
            EntryKind::Link => Err(self.messages.link(path)),
            EntryKind::Other => Err(self.messages.foreign_file(path)),
        }
    }

    fn compare_file(&self, path: &str, length: u64, bytes: &[u8]) -> Result<FileChange, Diagnostic> {
        let fail = |error: io::Error| self.messages.io("read", path, &error);
        let open = || self.root.open_file(path);
        if length == bytes.len() as u64 && open().and_then(|file| has_bytes(file, bytes)).map_err(fail)? {
            if self.options.durable {
                // An earlier build may not have waited for the disk.
                self.root.sync_file(path).map_err(|error| self.messages.io("write", path, &error))?;
            }
            return Ok(FileChange::Unchanged);
        }
        if !self.owned.holds(path) {
            self.blocked.lock().expect("no holder panics").push(path.to_owned());
        } else if length == 0 {
            self.emptied.lock().expect("no holder panics").push(path.to_owned());
        } else {
            let found = open().and_then(hash_of).map_err(fail)?;
            if !self.owned.hashes(path).any(|hash| *hash == found) {
                self.warnings.lock().expect("no holder panics").push(self.messages.put_right(path));
            }
        }
        Ok(FileChange::Changed)
    }

    /// The stage has the shape of the site, so that a folder which is new can move as a whole.
    fn write_temporary(&self, path: &str, bytes: &[u8]) -> io::Result<Option<FileStamp>> {
        let staged = format!("{STAGE}/{path}");
        self.make_staged_folder(parent(&staged))?;
        let mut file = self.root.open_to_write(&staged, Create::Always)?;
        let written = self.write_all(&mut file, bytes);
        if written.is_err() {
            // Gives a full disk its space back at once; the whole stage goes later in any case.
            let _ = self.root.remove_file(&staged);
        }
        written?;
        let is_asked_for = self.options.before.is_some();
        Ok(if is_asked_for { Some(FileStamp::new(&file.metadata()?)) } else { None })
    }

    fn write_all(&self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)?;
        if self.options.durable { file.sync_all() } else { Ok(()) }
    }

    fn make_staged_folder(&self, folder: &str) -> io::Result<()> {
        if self.staged_folders.read().expect("no holder panics").contains(folder) {
            return Ok(());
        }
        self.root.make_folders(folder)?;
        self.staged_folders.write().expect("no holder panics").insert(folder.into());
        Ok(())
    }
}

fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory)
}
