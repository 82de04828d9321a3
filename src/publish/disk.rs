//! What is in the output folder: the reading half of a publish.
//!
//! Owns the comparison of a file with the bytes that it should have, and which folders are there. Changes nothing
//! on the disk.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;
use std::sync::RwLock;

use sha2::{Digest as _, Sha256};

use super::handles::{EntryKind, OutputRoot, parent};
use super::ownership::{Hash, Owned};
use crate::engine::PublishedFile;
use crate::paths::OutPath;

/// Reads only as far as the two agree. The caller knows that the lengths are equal.
pub(super) fn has_bytes(mut file: File, bytes: &[u8]) -> io::Result<bool> {
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

pub(super) fn hash_of(mut file: File) -> io::Result<Hash> {
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
    output_of(&OutputRoot::open(out).ok()?, path)
}

/// Opens an output of the last publish.
pub(super) fn output_of(root: &OutputRoot, path: &OutPath) -> PublishedFile {
    match root.entry_kind(path.as_str()) {
        Ok(EntryKind::File { .. }) => {
            let file = root.open_file(path.as_str());
            Some(file.map(|file| Box::new(BufReader::new(file)) as Box<dyn BufRead>))
        }
        Ok(_) => None,
        Err(error) => Some(Err(error)),
    }
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
#[derive(Default)]
pub(super) struct Folders(RwLock<HashMap<Box<str>, Folder>>);

impl Folders {
    /// # Errors
    /// The folder that could not be inspected, and why.
    pub(super) fn find(
        &self,
        root: &OutputRoot,
        folder: &str,
        owned: &Owned,
    ) -> Result<Folder, (String, io::Error)> {
        if folder.is_empty() {
            return Ok(Folder::There);
        }
        if let Some(known) = self.0.read().expect("no holder panics").get(folder) {
            return Ok(known.clone());
        }
        let found = match self.find(root, parent(folder), owned)? {
            Folder::There => inspect(root, folder, owned).map_err(|error| (folder.to_owned(), error))?,
            above => above,
        };
        self.0.write().expect("no holder panics").insert(folder.into(), found.clone());
        Ok(found)
    }
}

fn inspect(root: &OutputRoot, folder: &str, owned: &Owned) -> io::Result<Folder> {
    Ok(match root.entry_kind(folder)? {
        EntryKind::Folder => Folder::There,
        EntryKind::Nothing => Folder::Missing,
        EntryKind::File { .. } if owned.holds(folder) => Folder::Missing,
        EntryKind::Link => Folder::Link(folder.into()),
        EntryKind::File { .. } | EntryKind::Other => Folder::Foreign(folder.into()),
    })
}
