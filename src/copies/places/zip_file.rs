//! A copy in an archive.
//!
//! Owns what an archive of a site may have: plain files with good names, each once, stored or deflated. Nothing is
//! unpacked to the disk. An archive that is made to do harm is refused before a file of it is read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use zip::{CompressionMethod, ZipArchive};

use super::copy_files::{CopyFiles, CopyListing, too_long, unreadable};
use crate::copies::byte_limit::{BUFFER, ByteLimit, FileState, read_small};
use crate::diag::{Code, Diagnostic};
use crate::paths::OutPath;
use crate::paths::kept_names::SUMS;
use crate::sources::reason;

/// A copy in an archive.
pub struct ZipCopy {
    file: PathBuf,
    shown_as: String,
    listing: CopyListing,
    /// By path in the site: the number of the entry.
    entries: BTreeMap<String, usize>,
}

type Archive = ZipArchive<BufReader<File>>;

impl ZipCopy {
    /// Reads the names in the archive. `shown_as` is how messages call it.
    ///
    /// # Errors
    /// If it cannot be read, or is not as an archive of a site is.
    pub fn open(file: &Path, shown_as: &str) -> Result<Self, Diagnostic> {
        let opened = File::open(file).map_err(|error| unreadable(shown_as, &reason(&error)))?;
        let refuse = |fault: &str| bad_archive(shown_as, fault);
        let mut archive = ZipArchive::new(BufReader::new(opened))
            .map_err(|_| refuse("it is no archive, or its end is missing"))?;
        if archive.has_duplicate_names() {
            return Err(refuse("a name is there twice, so that programs unpack different files"));
        }
        let mut names = BTreeMap::new();
        for number in 0..archive.len() {
            if let Some(name) = name_of(&mut archive, number).map_err(|fault| refuse(&fault))? {
                names.insert(name, number);
            }
        }
        if archive.offset() != 0 || archive.validate_header_consistency().is_err() {
            return Err(refuse("its two lists of files contradict each other, or files are over each other"));
        }
        let mut listing = CopyListing::default();
        let mut entries = BTreeMap::new();
        let top = top_folder(&names);
        for (name, number) in names {
            let path = name.strip_prefix(&top).map_or_else(|| format!("../{name}"), str::to_owned);
            listing.add_file(path.clone());
            entries.insert(path, number);
        }
        Ok(Self { file: file.to_owned(), shown_as: shown_as.to_owned(), listing, entries })
    }

    fn archive(&self) -> io::Result<Archive> {
        ZipArchive::new(BufReader::new(File::open(&self.file)?)).map_err(io::Error::from)
    }

    fn hash(&self, archive: &mut Archive, path: &str, limit: &ByteLimit<'_>, buffer: &mut [u8]) -> FileState {
        let Some(number) = self.entries.get(path) else { return FileState::Missing };
        let entry = archive.by_index(*number).map_err(io::Error::from);
        match entry.and_then(|entry| limit.hash(entry, buffer)) {
            Ok(state) => state,
            Err(_) => FileState::Unreadable("the archive is damaged here".to_owned()),
        }
    }
}

impl CopyFiles for ZipCopy {
    fn listing(&self) -> Option<&CopyListing> {
        Some(&self.listing)
    }

    fn read_small(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, Diagnostic> {
        let Some(number) = self.entries.get(path) else { return Ok(None) };
        let read = |mut archive: Archive| {
            let entry = archive.by_index(*number)?;
            read_small(entry, most)
        };
        match self.archive().and_then(read) {
            Ok(Some(bytes)) => Ok(Some(bytes)),
            Ok(None) => Err(too_long(path, most)),
            Err(_) => Err(bad_archive(&self.shown_as, &format!("it is damaged at {path}"))),
        }
    }

    /// Each thread opens the archive for itself: a reader has one position.
    fn hash_all(&self, paths: &[&OutPath], limit: &ByteLimit<'_>) -> Vec<FileState> {
        let share = paths.len().div_ceil(rayon::current_num_threads()).max(1);
        let states = paths.par_chunks(share).map(|paths| {
            let mut archive = match self.archive() {
                Ok(archive) => archive,
                Err(error) => return vec![FileState::Unreadable(reason(&error)); paths.len()],
            };
            let mut buffer = vec![0; BUFFER];
            paths.iter().map(|path| self.hash(&mut archive, path.as_str(), limit, &mut buffer)).collect()
        });
        states.collect::<Vec<Vec<FileState>>>().concat()
    }
}

/// The name of an entry, or `None` for a folder.
fn name_of(archive: &mut Archive, number: usize) -> Result<Option<String>, String> {
    let entry = archive.by_index_raw(number).map_err(|_| "it is damaged".to_owned())?;
    let Some(name) = std::str::from_utf8(entry.name_raw()).ok().map(str::to_owned) else {
        return Err("a name is not UTF-8".to_owned());
    };
    if entry.is_dir() {
        let is_good = entry.size() == 0 && OutPath::new(name.trim_end_matches('/')).is_ok();
        return if is_good { Ok(None) } else { Err(format!("the folder \"{name}\" has a bad name")) };
    }
    if OutPath::new(&*name).is_err() {
        return Err(format!("the name \"{name}\" leaves the folder, or no system can have it"));
    }
    if entry.is_symlink() {
        return Err(format!("{name} is a link"));
    }
    if entry.encrypted() {
        return Err(format!("{name} is encrypted"));
    }
    match entry.compression() {
        CompressionMethod::Stored | CompressionMethod::Deflated => Ok(Some(name)),
        _ => Err(format!("{name} is compressed in a way that not every program reads")),
    }
}

/// The folder in the archive that the site is in, with `/` at its end: the one with the list, nearest to the top.
fn top_folder(names: &BTreeMap<String, usize>) -> String {
    let folder = |name: &String| {
        name.strip_suffix(SUMS).filter(|top| top.is_empty() || top.ends_with('/')).map(str::to_owned)
    };
    names.keys().filter_map(folder).min_by_key(|top| top.matches('/').count()).unwrap_or_default()
}

fn bad_archive(shown_as: &str, fault: &str) -> Diagnostic {
    let help = "do not unpack it; get the copy again from another place";
    Diagnostic::error(Code::BAD_ARCHIVE, format!("{shown_as}: {fault}")).help(help)
}
