//! The output folder before a build: made where it is missing, cleared of what killed builds left.
//!
//! Owns what happens between the path that a person gave and a folder that can be staged into.
//! Removes nothing but empty folders of its own making and `.bulletin-tmp-*`.

use crate::paths::kept_names::{JOURNAL, MOST_LIST, SUMS};
use crate::sources::read_at_most;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::handles::{EntryKind, OutputRoot};
use super::journal::{Journal, OpenError};
use super::messages::OutputMessages;
use crate::diag::Diagnostic;

/// How the name of every temporary file and folder begins.
pub(super) const TEMPORARY: &str = ".bulletin-tmp-";

/// Folders that were made for this build; those that are still empty go with it.
pub(super) struct MadeFolders(Vec<PathBuf>);

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // Fails where the site has moved in, as it should.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Makes the output folder where it is missing, with its name on the disk if the publish is durable. The folder itself
/// may be a link.
pub(super) fn make_folder(
    out: &Path,
    is_durable: bool,
    messages: &OutputMessages,
) -> Result<MadeFolders, Diagnostic> {
    let made = make_if_missing(out, messages)?;
    if is_durable {
        sync_names(out).map_err(|error| messages.io("write", "", &error))?;
    }
    Ok(made)
}

fn make_if_missing(out: &Path, messages: &OutputMessages) -> Result<MadeFolders, Diagnostic> {
    match fs::metadata(out) {
        Ok(found) if found.is_dir() => return Ok(MadeFolders(Vec::new())),
        Ok(_) => return Err(messages.not_a_folder()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(messages.io("read", "", &error)),
    }
    let missing = out.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
    let missing = missing.map(Path::to_owned).collect();
    fs::create_dir_all(out).map_err(|error| messages.io("make", "", &error))?;
    Ok(MadeFolders(missing))
}

/// Returns when the name of the folder is on the disk, and those of the folders around it: an earlier build may have made
/// them. No build made one in a folder that cannot be opened.
fn sync_names(out: &Path) -> io::Result<()> {
    let out = fs::canonicalize(out)?;
    let mut around = out.ancestors().skip(1).map_while(|folder| OutputRoot::open(folder).ok());
    around.try_for_each(|folder| folder.sync_folder(""))
}

pub(super) fn cannot_open(messages: &OutputMessages, error: &OpenError) -> Diagnostic {
    match error {
        OpenError::Locked => messages.locked(),
        OpenError::NotAFile(kind) => not_a_file(messages, JOURNAL, *kind),
        OpenError::Io(error) => messages.io("write", JOURNAL, error),
    }
}

pub(super) fn not_a_file(messages: &OutputMessages, path: &str, kind: EntryKind) -> Diagnostic {
    match kind {
        EntryKind::Link => messages.link(path),
        EntryKind::Folder => messages.foreign_folder(path),
        _ => messages.foreign_file(path),
    }
}

/// Removes what killed builds left. Links are removed, not followed.
pub(super) fn clear_left_overs(root: &OutputRoot, journal: &Journal) -> io::Result<()> {
    for entry in fs::read_dir(root.path())? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if !name.starts_with(TEMPORARY) || journal.is_named(name) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The list of the files that are ours; `None` if it is missing.
pub(super) fn read_sums(root: &OutputRoot, messages: &OutputMessages) -> Result<Option<Vec<u8>>, Diagnostic> {
    let fail = |error: io::Error| messages.io("read", SUMS, &error);
    match root.entry_kind(SUMS).map_err(fail)? {
        EntryKind::Nothing => Ok(None),
        EntryKind::File { .. } => {
            let list = root.open_file(SUMS).and_then(|file| read_at_most(&file, MOST_LIST));
            list.map(Some).map_err(fail)
        }
        other => Err(not_a_file(messages, SUMS, other)),
    }
}
