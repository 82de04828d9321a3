//! Writes the outputs of a build into the output folder.
//!
//! Owns everything that changes that folder: what is ours in it, the lock, the temporaries and
//! the order of a publish. Does not know what the outputs are, and never removes or overwrites
//! a file that it did not write.
//!
//! # The order, and why
//!
//! [`Publisher::open`] locks the folder and learns what is ours: what SHA256SUMS lists, and what
//! the journal of a killed build lists. [`Publisher::stage`] compares each output with the file at its path;
//! an output that differs goes to `.bulletin-tmp-stage/`, at the path that it will have.
//! Up to here the site is untouched, and dropping the publisher leaves the folder as it was.
//! [`Publisher::commit`] then finds the difference, plans, and takes these steps, each of them atomic:
//!
//! 1. *The journal lists* every path that will be written or removed, and is on the disk. From
//!    here on a killed build cannot leave a file that the next one takes for somebody else's.
//! 2. *New files arrive*: no file in place links to them yet. A new folder arrives whole, in one rename,
//!    however many files it holds. Files that are not pages come first. (New pages may link to each other in
//!    circles, so for a moment one may link to another that is not there yet; but no page that a reader can
//!    reach links to it.)
//! 3. *Changed files are replaced*: their new links reach what has arrived, and their old
//!    readers' links reach what has not been removed.
//! 4. *SHA256SUMS is replaced*: a copy that is taken now is checked against the new site.
//! 5. *What is gone is removed*: no page links to it any more. Its folders go if they are empty.
//!    The journal still knows these paths, as SHA256SUMS no longer does.
//! 6. *The journal is emptied.*
//!
//! A build that was killed on the way left a site that holds together, and a journal. The next
//! build needs no repair: its own comparison finds what is still to be done.
//!
//! One case is not seamless: a file where the site had a folder of that name, or the reverse.
//! The one must go before the other can come, at the end of step 2.
//!
//! # What is synced
//!
//! The journal and SHA256SUMS, as they say what is ours; not each file, which would cost more
//! than everything else together. After a power cut the next build compares all bytes anyway.

#![allow(clippy::result_large_err, reason = "a diagnostic is made once per trouble, not once per file")]

mod diff;
mod disk;
mod folder;
mod journal;
mod left_pages;
mod messages;
mod ownership;
mod plan;

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, RwLock};

use self::diff::{Diff, FileChange, OutputDir, Staged, clashes, find_diff};
pub use self::disk::published_file;
use self::disk::{EntryKind, Folder, Folders, changed_at, entry_kind, has_bytes, hash_of, parent};
use self::folder::{MadeFolders, cannot_open, clear_left_overs, make_folder, not_a_file, read_sums};
use self::journal::Journal;
use self::messages::OutputMessages;
use self::ownership::{Owned, SUMS, hash, is_reserved, parse_sums, write_sums};
use self::plan::{RecordFiles, Step, plan};
use crate::diag::{self, Diagnostic};
use crate::engine::{OutputSink, PublishedFile};
use crate::paths::OutPath;

const STAGE: &str = ".bulletin-tmp-stage";
const NEW_SUMS: &str = ".bulletin-tmp-sums";

/// What a publish did to the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that were not there.
    pub written: usize,
    /// Files that had other bytes.
    pub changed: usize,
    /// Files that were not touched.
    pub unchanged: usize,
    /// Files that left the site.
    pub removed: usize,
    pub warnings: Vec<Diagnostic>,
    /// Identifies the whole output: equal if all files are.
    pub list: ListHash,
}

/// Identifies one state of the output: the hash of its SHA256SUMS.
pub type ListHash = [u8; 32];

impl OutputSink for Publisher {
    type Done = Published;

    fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        Self::stage(self, path, bytes)
    }

    fn keep(&self, path: &OutPath) -> bool {
        Self::keep(self, path)
    }

    fn published(&self, path: &OutPath) -> PublishedFile {
        let staged = self.staged.lock().expect("no holder panics");
        let will_change =
            staged.iter().any(|staged| staged.path == *path && staged.change == FileChange::Changed);
        will_change.then(|| published_file(&self.out, path)).flatten()
    }

    fn commit(self, secret: &BTreeSet<OutPath>) -> Result<(Published, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut published = Self::commit(self, secret)?;
        let warnings = std::mem::take(&mut published.warnings);
        Ok((published, warnings))
    }
}

/// The output folder during one build, locked. Dropped without [`Publisher::commit`] it leaves
/// the folder as it was.
pub struct Publisher {
    out: PathBuf,
    messages: OutputMessages,
    owned: Owned,
    folders: Folders,
    /// Folders below the stage that have been made.
    staged_folders: RwLock<HashSet<Box<str>>>,
    staged: Mutex<Vec<Staged>>,
    warnings: Mutex<Vec<Diagnostic>>,
    failed: AtomicBool,
    journal: Journal,
    /// Of the list that was there when the folder was opened.
    list: ListHash,
    /// When the last build ended: a file that changed later was changed by somebody else. `None`: every file is
    /// compared.
    unmodified_since: Option<jiff::Timestamp>,
    // Last, as its folders can only go when all of the above has gone from them.
    _made: MadeFolders,
}

impl Publisher {
    /// Locks the folder, makes it if need be, and clears the temporaries of killed builds.
    /// `shown_as` is how messages call the folder.
    ///
    /// # Errors
    /// If another build holds the lock, if what is there is no folder or has links, or if the folder cannot be
    /// read or written.
    pub fn open(out: &Path, shown_as: &str) -> Result<Self, Diagnostic> {
        let messages = OutputMessages::new(shown_as);
        let made = make_folder(out, &messages)?;
        let mut journal = Journal::open(out).map_err(|error| cannot_open(&messages, &error))?;
        clear_left_overs(out, &journal).map_err(|error| messages.io("clear", "", &error))?;
        let mut files = journal.take_files();
        let mut warnings = Vec::new();
        let mut list = ListHash::default();
        if !journal.is_fresh() {
            let text = read_sums(out, &messages)?;
            list = hash(&text);
            let (listed, foreign_lines) = parse_sums(&text);
            files.extend(listed);
            warnings.extend(foreign_lines.into_iter().map(|line| messages.foreign_line(SUMS, line)));
        }
        Ok(Self {
            out: out.to_owned(),
            messages,
            owned: Owned::new(files),
            folders: Folders::new(out),
            staged_folders: RwLock::default(),
            staged: Mutex::default(),
            warnings: Mutex::new(warnings),
            failed: AtomicBool::new(false),
            journal,
            list,
            unmodified_since: None,
            _made: made,
        })
    }

    /// Skips files that were not modified since the last build, if SHA256SUMS is still the one it wrote: they
    /// need not be staged again.
    #[must_use]
    pub fn skip_unmodified_since(mut self, last: Option<ListHash>) -> Self {
        self.unmodified_since = (last == Some(self.list)).then(|| changed_at(&self.out.join(SUMS))).flatten();
        self
    }

    /// Takes an output with the bytes that it has; false if they must be staged.
    fn keep(&self, path: &OutPath) -> bool {
        let Some(until) = self.unmodified_since else { return false };
        if !matches!(self.folders.find(parent(path.as_str()), &self.owned), Ok(Folder::There)) {
            return false;
        }
        let mut hashes = self.owned.hashes(path.as_str());
        let (Some(hash), None) = (hashes.next(), hashes.next()) else { return false };
        let place = self.out.join(path.as_str());
        if !matches!(entry_kind(&place), Ok(EntryKind::File { .. }))
            || changed_at(&place).is_none_or(|at| at > until)
        {
            return false;
        }
        let staged = Staged { path: path.clone(), hash: *hash, change: FileChange::Unchanged };
        self.staged.lock().expect("no holder panics").push(staged);
        true
    }

    /// Takes one output. Writes a temporary file if the one at `path` differs.
    ///
    /// # Errors
    /// If something that is not ours is in the way, or the disk refuses.
    pub fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        let staged = self.try_stage(path, bytes);
        if staged.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        staged
    }

    fn try_stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        if is_reserved(path.as_str()) {
            return Err(self.messages.reserved(path.as_str()));
        }
        let change = self.compare(path.as_str(), bytes)?;
        if change != FileChange::Unchanged {
            match self.write_temporary(path.as_str(), bytes) {
                // Another output is there already, or where this one needs a folder. Which of the two
                // comes second is chance, so `commit` reports it, once it knows both.
                Err(error) if is_taken(&error) => self.failed.store(true, Ordering::Relaxed),
                written => written.map_err(|error| self.messages.io("write", path.as_str(), &error))?,
            }
        }
        let staged = Staged { path: path.clone(), hash: hash(bytes), change };
        self.staged.lock().expect("no holder panics").push(staged);
        Ok(())
    }

    fn compare(&self, path: &str, bytes: &[u8]) -> Result<FileChange, Diagnostic> {
        match self.folders.find(parent(path), &self.owned) {
            Ok(Folder::There) => {}
            Ok(Folder::Missing) => return Ok(FileChange::New),
            Ok(Folder::Link(link)) => return Err(self.messages.link(&link)),
            Ok(Folder::Foreign(file)) => return Err(self.messages.foreign_file(&file)),
            Err((folder, error)) => return Err(self.messages.io("read", &folder, &error)),
        }
        let place = self.out.join(path);
        match entry_kind(&place).map_err(|error| self.messages.io("read", path, &error))? {
            EntryKind::Nothing => Ok(FileChange::New),
            EntryKind::File { length } => self.compare_file(path, &place, length, bytes),
            EntryKind::Folder if self.owned.has_any_below(path) => Ok(FileChange::ReplacesFolder),
            EntryKind::Folder => Err(self.messages.foreign_folder(path)),
            EntryKind::Link => Err(self.messages.link(path)),
            EntryKind::Other => Err(self.messages.foreign_file(path)),
        }
    }

    fn compare_file(
        &self,
        path: &str,
        place: &Path,
        length: u64,
        bytes: &[u8],
    ) -> Result<FileChange, Diagnostic> {
        let fail = |error: io::Error| self.messages.io("read", path, &error);
        if length == bytes.len() as u64 && has_bytes(place, bytes).map_err(fail)? {
            return Ok(FileChange::Unchanged);
        }
        if !self.owned.holds(path) {
            return Err(self.messages.foreign_file(path));
        }
        let found = hash_of(place).map_err(fail)?;
        if !self.owned.hashes(path).any(|hash| *hash == found) {
            self.warnings.lock().expect("no holder panics").push(self.messages.put_right(path));
        }
        Ok(FileChange::Changed)
    }

    /// The stage has the shape of the site, so that a folder which is new can move as a whole.
    fn write_temporary(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let stage = self.out.join(STAGE);
        self.make_staged_folder(&stage, parent(path))?;
        let place = stage.join(path);
        let mut file = File::create_new(&place)?;
        let written = file.write_all(bytes);
        if written.is_err() {
            // Gives a full disk its space back at once; the whole stage goes later in any case.
            let _ = fs::remove_file(&place);
        }
        written
    }

    fn make_staged_folder(&self, stage: &Path, folder: &str) -> io::Result<()> {
        if self.staged_folders.read().expect("no holder panics").contains(folder) {
            return Ok(());
        }
        fs::create_dir_all(stage.join(folder))?;
        self.staged_folders.write().expect("no holder panics").insert(folder.into());
        Ok(())
    }

    /// Brings the folder from what it was to what was staged.
    ///
    /// # Errors
    /// Everything that is in the way, before anything is changed; or the one step that failed,
    /// after which the folder holds together and the next build goes on. Warnings come along.
    pub fn commit(mut self, secret: &BTreeSet<OutPath>) -> Result<Published, Vec<Diagnostic>> {
        let outcome = self.prepare(secret).and_then(|(steps, published)| {
            steps.into_iter().try_for_each(|step| self.execute(step)).map_err(|error| vec![error])?;
            Ok(published)
        });
        let mut diagnostics = std::mem::take(self.warnings.get_mut().expect("no holder panics"));
        match outcome {
            Ok(published) => {
                diag::sort(&mut diagnostics);
                Ok(Published { warnings: diagnostics, ..published })
            }
            Err(errors) => {
                diagnostics.extend(errors);
                diag::sort(&mut diagnostics);
                Err(diagnostics)
            }
        }
    }

    /// The steps that are to be taken, and what will have been done then.
    fn prepare(&mut self, secret: &BTreeSet<OutPath>) -> Result<(Vec<Step>, Published), Vec<Diagnostic>> {
        let mut staged = std::mem::take(self.staged.get_mut().expect("no holder panics"));
        staged.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let clashes = clashes(&staged, &self.messages);
        if !clashes.is_empty() {
            return Err(clashes);
        }
        if *self.failed.get_mut() {
            return Err(vec![self.messages.incomplete()]);
        }
        let Self { out, owned, folders, messages, .. } = self;
        let mut diff = find_diff(OutputDir { path: out, owned, folders, messages }, &staged)?;
        let text = write_sums(staged.iter().map(|file| (&file.path, &file.hash)));
        let list_differs = self.stage_sums(&text).map_err(|error| vec![error])?;
        let leaving = diff.leaving.iter().filter(|path| !secret.contains(path));
        diff.warnings.extend(left_pages::warnings(&self.out, &self.out.join(STAGE), leaving, &staged));
        self.warnings.get_mut().expect("no holder panics").append(&mut diff.warnings);
        let records = RecordFiles {
            list_differs,
            journal_is_fresh: self.journal.is_fresh(),
            journal_is_empty: self.journal.is_empty(),
        };
        let published = Published { list: hash(text.as_bytes()), ..count(&staged, &diff) };
        Ok((plan(diff, records), published))
    }

    /// Whether the list differs from the one in place; if so, the new one is on the disk.
    fn stage_sums(&self, text: &str) -> Result<bool, Diagnostic> {
        let place = self.out.join(SUMS);
        match entry_kind(&place).map_err(|error| self.messages.io("read", SUMS, &error))? {
            EntryKind::Nothing => {}
            EntryKind::File { length } => {
                let same = length == text.len() as u64
                    && has_bytes(&place, text.as_bytes())
                        .map_err(|error| self.messages.io("read", SUMS, &error))?;
                if same {
                    return Ok(false);
                }
                if self.journal.is_fresh() {
                    return Err(self.messages.foreign_file(SUMS));
                }
            }
            other => return Err(not_a_file(&self.messages, SUMS, other)),
        }
        let write = || {
            let mut file = File::create_new(self.out.join(NEW_SUMS))?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().map_err(|error| self.messages.io("write", SUMS, &error)).map(|()| true)
    }

    fn execute(&mut self, step: Step) -> Result<(), Diagnostic> {
        let out = &self.out;
        let messages = &self.messages;
        let arrive = |path: &str| fs::rename(out.join(STAGE).join(path), out.join(path));
        let failed = |doing, path: &str| {
            let messages = messages.clone();
            let path = path.to_owned();
            move |error: io::Error| messages.io(doing, &path, &error)
        };
        match step {
            Step::Announce(block) => self.journal.append(&block).map_err(failed("write", journal::NAME)),
            Step::Arrive(path) => match entry_kind(&out.join(&path)).map_err(failed("read", &path))? {
                EntryKind::Nothing => arrive(&path).map_err(failed("write", &path)),
                // It came while we were building.
                _ => Err(messages.foreign_file(&path)),
            },
            Step::Replace(path) => arrive(path.as_str()).map_err(failed("write", path.as_str())),
            Step::List => fs::rename(out.join(NEW_SUMS), out.join(SUMS)).map_err(failed("write", SUMS)),
            Step::Remove(path) => unless_missing(fs::remove_file(out.join(path.as_str())))
                .map_err(failed("remove", path.as_str())),
            Step::RemoveFolder(path) => {
                unless_missing(fs::remove_dir(out.join(&path))).map_err(failed("remove", &path))
            }
            Step::TidyFolder(path) => {
                unless_in_use(fs::remove_dir(out.join(&path))).map_err(failed("remove", &path))
            }
            Step::EmptyJournal => self.journal.empty().map_err(failed("write", journal::NAME)),
        }
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        // Nothing can report an error here, and the next build clears what could not be removed.
        let _ = fs::remove_dir_all(self.out.join(STAGE));
        let _ = fs::remove_file(self.out.join(NEW_SUMS));
    }
}

fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory)
}

fn unless_missing(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Ignores a folder that still holds something, or that a file has replaced.
fn unless_in_use(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory) =>
        {
            Ok(())
        }
        other => unless_missing(other),
    }
}

fn count(staged: &[Staged], diff: &Diff) -> Published {
    let of = |change| staged.iter().filter(|file| file.change == change).count();
    Published {
        written: of(FileChange::New) + of(FileChange::ReplacesFolder),
        changed: of(FileChange::Changed),
        unchanged: of(FileChange::Unchanged),
        removed: diff.leaving.len(),
        ..Published::default()
    }
}
