//! Computes the changes of a publish before any of them is made.
//!
//! Owns the comparison of what was staged with what is ours: what is gone, which folders move as
//! a whole, what must make way. Reads the folder and changes nothing in it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::disk::{Folder, Folders, hash_of};
use super::handles::{EntryKind, OutputRoot, parent};
use super::messages::OutputMessages;
use super::ownership::{Hash, Owned};
use crate::diag::Diagnostic;
use crate::paths::OutPath;
use crate::sources::FileStamp;

/// One output: all that is kept of it.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) path: OutPath,
    pub(super) hash: Hash,
    pub(super) change: FileChange,
    /// Of the file in the stage, if it was written and the state of the folder is asked for.
    pub(super) stamp: Option<FileStamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileChange {
    /// Nothing is there.
    New,
    /// A folder is there, with files of ours somewhere below it.
    ReplacesFolder,
    Changed,
    Unchanged,
}

/// The folder, what is ours in it, and how it is called.
#[derive(Clone, Copy)]
pub(super) struct OutputDir<'a> {
    pub(super) root: &'a OutputRoot,
    pub(super) owned: &'a Owned,
    pub(super) folders: &'a Folders,
    pub(super) messages: &'a OutputMessages,
}

/// A new file, or a new folder with all that is in it: one rename.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) path: String,
    pub(super) is_folder: bool,
    /// How many files arrive: those of a folder, or one.
    pub(super) files: usize,
    /// Files of ours that are in the way, then folders that they leave empty, deepest first.
    pub(super) files_in_the_way: Vec<OutPath>,
    pub(super) folders_in_the_way: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Diff {
    pub(super) arrivals: Vec<Arrival>,
    pub(super) changed: Vec<OutPath>,
    /// Files of ours that left the site and are still there, sorted.
    pub(super) leaving: Vec<OutPath>,
    /// Folders that may be empty once those have left, deepest first.
    pub(super) left_folders: Vec<String>,
    /// What the journal must list: path and bytes of all that is written or gone.
    pub(super) journal: Vec<(OutPath, Hash)>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Which files of ours are removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removals {
    AllThatLeft,
    None,
}

/// The staged outputs are sorted, and have no [`clashes`].
///
/// # Errors
/// Foreign files in a folder that must make way, and what
/// cannot be read.
pub(super) fn find_diff(
    output: OutputDir<'_>,
    staged: &[Staged],
    removals: Removals,
) -> Result<Diff, Vec<Diagnostic>> {
    let gone = match removals {
        Removals::AllThatLeft => gone(output.owned, staged),
        Removals::None => Vec::new(),
    };
    let (leaving, warnings) = leaving(output, &gone)?;
    Ok(Diff {
        arrivals: arrivals(output, staged, &leaving)?,
        changed: with_change(staged, FileChange::Changed).map(|file| file.path.clone()).collect(),
        left_folders: left_folders(output, &gone).map_err(|error| vec![error])?,
        journal: to_journal(output.owned, staged, &gone),
        leaving,
        warnings,
    })
}

fn with_change(staged: &[Staged], change: FileChange) -> impl Iterator<Item = &Staged> {
    staged.iter().filter(move |file| file.change == change)
}

pub(super) fn is_staged(staged: &[Staged], path: &str) -> bool {
    staged.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok()
}

/// Two outputs at one path, or one where another needs a folder.
pub(super) fn clashes(staged: &[Staged], messages: &OutputMessages) -> Vec<Diagnostic> {
    let twice = staged.windows(2).filter(|pair| pair[0].path == pair[1].path);
    let mut clashes: Vec<_> = twice.map(|pair| messages.twice(pair[0].path.as_str())).collect();
    let mut folders = BTreeSet::new();
    for file in staged {
        insert_parents(&mut folders, file.path.as_str());
    }
    let both = folders.iter().filter(|folder| is_staged(staged, folder));
    clashes.extend(both.map(|folder| messages.file_and_folder(folder)));
    clashes
}

/// Every folder above a path.
pub(super) fn insert_parents<'a>(folders: &mut BTreeSet<&'a str>, path: &'a str) {
    let mut folder = parent(path);
    while !folder.is_empty() && folders.insert(folder) {
        folder = parent(folder);
    }
}

/// Ours, and not part of the site any more.
fn gone<'a>(owned: &'a Owned, staged: &[Staged]) -> Vec<&'a OutPath> {
    let mut staged = staged.iter().peekable();
    let mut is_gone = |path: &OutPath| {
        while staged.next_if(|file| file.path < *path).is_some() {}
        staged.peek().is_none_or(|file| file.path != *path)
    };
    owned.paths().filter(|path| is_gone(path)).collect()
}

fn to_journal(owned: &Owned, staged: &[Staged], gone: &[&OutPath]) -> Vec<(OutPath, Hash)> {
    let written = staged.iter().filter(|file| file.change != FileChange::Unchanged);
    let mut lines: Vec<_> = written.map(|file| (file.path.clone(), file.hash)).collect();
    for path in gone {
        lines.extend(owned.hashes(path.as_str()).map(|hash| ((*path).clone(), *hash)));
    }
    lines
}

/// The outputs that left the site and are still on disk, with the warnings about them.
fn leaving(
    output: OutputDir<'_>,
    gone: &[&OutPath],
) -> Result<(Vec<OutPath>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let found: Vec<_> = gone.par_iter().map(|path| look_at_gone(output, path)).collect();
    let mut leaving = Vec::new();
    let mut warnings = Vec::new();
    let mut errors = Vec::new();
    for (path, found) in gone.iter().zip(found) {
        match found {
            Ok((is_there, warning)) => {
                leaving.extend(is_there.then(|| (*path).clone()));
                warnings.extend(warning);
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok((leaving, warnings)) } else { Err(errors) }
}

/// Whether the file is to be removed, and what there is to say about it.
fn look_at_gone(output: OutputDir<'_>, path: &OutPath) -> Result<(bool, Option<Diagnostic>), Diagnostic> {
    let OutputDir { owned, messages, .. } = output;
    match find_folder(output, parent(path.as_str()))? {
        Folder::There => {}
        Folder::Link(link) => return Ok((false, Some(messages.link_left(&link)))),
        Folder::Missing | Folder::Foreign(_) => return Ok((false, None)),
    }
    let fail = |error: io::Error| messages.io("read", path.as_str(), &error);
    match output.root.entry_kind(path.as_str()).map_err(fail)? {
        // A power cut may have emptied it: nothing of anybody is lost.
        EntryKind::File { length: 0 } => Ok((true, None)),
        EntryKind::File { .. } => {
            let found = output.root.open_file(path.as_str()).and_then(hash_of).map_err(fail)?;
            let is_ours = owned.hashes(path.as_str()).any(|hash| *hash == found);
            Ok((true, (!is_ours).then(|| messages.removed_changed(path.as_str()))))
        }
        EntryKind::Link => Ok((false, Some(messages.link_left(path.as_str())))),
        EntryKind::Nothing | EntryKind::Folder | EntryKind::Other => Ok((false, None)),
    }
}

fn find_folder(output: OutputDir<'_>, folder: &str) -> Result<Folder, Diagnostic> {
    let found = output.folders.find(output.root, folder, output.owned);
    found.map_err(|(folder, error)| output.messages.io("read", &folder, &error))
}

/// Every folder above a file that is gone, whether the file is still there or an earlier build was killed
/// after it had removed it.
fn left_folders(output: OutputDir<'_>, gone: &[&OutPath]) -> Result<Vec<String>, Diagnostic> {
    let mut folders = BTreeSet::new();
    for path in gone {
        insert_parents(&mut folders, path.as_str());
    }
    let mut left = Vec::new();
    for folder in folders.into_iter().rev() {
        if find_folder(output, folder)? == Folder::There {
            left.push(folder.to_owned());
        }
    }
    Ok(left)
}

fn arrivals(
    output: OutputDir<'_>,
    staged: &[Staged],
    leaving: &[OutPath],
) -> Result<Vec<Arrival>, Vec<Diagnostic>> {
    let mut arrivals: Vec<Arrival> = Vec::new();
    let mut errors = Vec::new();
    for file in with_change(staged, FileChange::New) {
        match arrival(output, file.path.as_str(), leaving) {
            // A folder's files follow each other, as the outputs are sorted.
            Ok(next) => match arrivals.last_mut() {
                Some(last) if last.path == next.path => last.files += 1,
                _ => arrivals.push(next),
            },
            Err(error) => errors.push(error),
        }
    }
    for file in with_change(staged, FileChange::ReplacesFolder) {
        match over_folder(output, file.path.as_str(), leaving) {
            Ok(next) => arrivals.push(next),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(arrivals) } else { Err(errors) }
}

/// The new file itself, or the topmost of the folders above it that are new.
fn arrival(output: OutputDir<'_>, path: &str, leaving: &[OutPath]) -> Result<Arrival, Diagnostic> {
    let mut top = path;
    while find_folder(output, parent(top))? == Folder::Missing {
        top = parent(top);
    }
    let in_the_way = leaving.binary_search_by(|file| file.as_str().cmp(top));
    let found = output.root.entry_kind(top).map_err(|error| output.messages.io("read", top, &error))?;
    // It came while we were building, or is a file of ours that must stay.
    if in_the_way.is_err() && found != EntryKind::Nothing {
        return Err(output.messages.foreign_file(top));
    }
    Ok(Arrival {
        path: top.to_owned(),
        is_folder: top.len() < path.len(),
        files: 1,
        files_in_the_way: in_the_way.ok().map(|index| leaving[index].clone()).into_iter().collect(),
        folders_in_the_way: Vec::new(),
    })
}

/// A file that replaces a folder of ours. Everything in the folder must be ours and leaving.
fn over_folder(output: OutputDir<'_>, path: &str, leaving: &[OutPath]) -> Result<Arrival, Diagnostic> {
    let mut files = Vec::new();
    let mut folders = Vec::new();
    let entries = WalkDir::new(output.root.path().join(path)).contents_first(true).sort_by_file_name();
    for entry in entries {
        let entry = entry.map_err(|error| output.messages.io("read", path, &error.into()))?;
        let inside = below(output.root.path(), entry.path());
        if entry.file_type().is_dir() {
            folders.push(inside);
        } else if let Ok(index) = leaving.binary_search_by(|file| file.as_str().cmp(&inside)) {
            files.push(leaving[index].clone());
        } else {
            return Err(output.messages.foreign_file(&inside));
        }
    }
    Ok(Arrival {
        path: path.to_owned(),
        is_folder: false,
        files: 1,
        files_in_the_way: files,
        folders_in_the_way: folders,
    })
}

/// The path of an entry, relative and with `/`. A name that is not UTF-8 is never ours: it is only shown.
pub(super) fn below(out: &Path, entry: &Path) -> String {
    let inside = entry.strip_prefix(out).unwrap_or(entry);
    inside.iter().map(OsStr::to_string_lossy).collect::<Vec<_>>().join("/")
}
