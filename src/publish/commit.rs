//! Brings the folder from what it was to what was staged.
//!
//! Owns the check of everything that could stop a publish, before its first step; the steps; and how far they came.

use std::collections::BTreeSet;
use std::io::{self, Write as _};

use super::adoption::{Adoption, AdoptionAnswer};
use super::diff::{Diff, FileChange, OutputDir, Removals, Staged, clashes, find_diff, insert_parents};
use super::disk::has_bytes;
use super::folder::not_a_file;
use super::handles::{Create, EntryKind, parent};
use super::messages::failure;
use super::output_state::OutputState;
use super::ownership::{RecordFault, hash, write_sums};
use super::plan::{PlanOptions, Step, plan};
use super::staying::{is_secret, staying_files};
use super::{NEW_SUMS, Published, Publisher, STAGE, left_pages};
use crate::comparison::PageDifferences;
use crate::diag::{self, Diagnostic};
use crate::engine::{CommitFailure, Observer, Progress};
use crate::paths::OutPath;
use crate::paths::kept_names::{JOURNAL, SUMS};

impl Publisher {
    /// Brings the folder from what it was to what was staged.
    ///
    /// # Errors
    /// Everything that is in the way, before anything is changed; or the one step that failed,
    /// after which the folder holds together and the next build goes on.
    pub fn commit(
        mut self,
        secret: &BTreeSet<OutPath>,
        observer: &dyn Observer,
    ) -> Result<Published, CommitFailure> {
        let (steps, published) = self.prepare(secret)?;
        let outcome = self.run(steps, observer);
        let mut warnings = std::mem::take(self.warnings.get_mut().expect("no holder panics"));
        match outcome {
            Ok(()) => {
                diag::sort(&mut warnings);
                // A warning about this publish is not one of the next.
                let state = if warnings.is_empty() { self.state_at_the_end() } else { None };
                Ok(Published { warnings, state, ..published })
            }
            Err(mut failure) => {
                // Some of them are true already, and the next build does not find them again.
                if failure.progress.is_some() {
                    failure.diagnostics.extend(warnings);
                }
                diag::sort(&mut failure.diagnostics);
                Err(failure)
            }
        }
    }

    /// Read while the folder is locked, so that it is of this publish.
    fn state_at_the_end(&self) -> Option<OutputState> {
        let before = self.options.before.as_ref()?;
        OutputState::read(self.root.path())?.after_publish(before, &self.moved)
    }

    /// Takes the steps.
    pub(super) fn run(&mut self, steps: Vec<Step>, observer: &dyn Observer) -> Result<(), CommitFailure> {
        let of = steps.iter().map(Step::files).sum();
        observer.expects(of);
        let mut done = 0;
        let mut folder = None;
        for step in steps {
            let files = step.files();
            // A folder that was opened long ago may have been moved since.
            if step.folder().map(str::to_owned) != folder {
                folder = step.folder().map(str::to_owned);
                self.root.forget_folders();
            }
            if let Err(error) = self.execute(step) {
                return Err(failure(error, Progress { done, of }));
            }
            done += files;
            observer.items_done(files, 0);
        }
        Ok(())
    }

    /// The steps that are to be taken, and what will have been done then.
    pub(super) fn prepare(
        &mut self,
        secret: &BTreeSet<OutPath>,
    ) -> Result<(Vec<Step>, Published), Vec<Diagnostic>> {
        self.root.forget_folders();
        let mut staged = std::mem::take(self.staged.get_mut().expect("no holder panics"));
        staged.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let moved = staged.iter().filter_map(|file| Some((file.path.as_str().into(), file.stamp?)));
        self.moved = moved.collect();
        let text = write_sums(staged.iter().map(|file| (&file.path, &file.hash)));
        let list_differs = self.check_staged(&staged, &text)?;
        let blocked = self.blocked();
        let mut diff = self.diff(&staged, blocked.is_empty())?;
        let leaving = diff.leaving.iter().filter(|path| !secret.contains(path));
        diff.warnings.extend(left_pages::warnings(&self.root, STAGE, leaving, &staged));
        diff.warnings.extend(self.repairs(&staged, secret, blocked.is_empty()));
        self.warnings.get_mut().expect("no holder panics").append(&mut diff.warnings);
        let options = PlanOptions {
            list_differs,
            journal_is_fresh: self.journal.is_fresh(),
            journal_is_empty: self.journal.is_empty(),
            durable: self.options.durable,
        };
        let published = Published { list: hash(text.as_bytes()), ..count(&staged, &diff, secret) };
        let steps = plan(diff, options);
        self.check_writable(&steps)?;
        if self.options.durable {
            let synced = self.sync_earlier(&staged).and_then(|()| self.sync_stage());
            synced.map_err(|error| vec![self.messages.io("write", "", &error)])?;
        }
        self.confirm_adoption(&staged, &blocked, secret)?;
        Ok((steps, published))
    }

    /// Whether the list differs from the one in place.
    fn check_staged(&self, staged: &[Staged], list: &str) -> Result<bool, Vec<Diagnostic>> {
        let clashes = clashes(staged, &self.messages);
        if !clashes.is_empty() {
            return Err(clashes);
        }
        if self.failed.load(std::sync::atomic::Ordering::Relaxed) {
            return Err(vec![self.messages.incomplete()]);
        }
        let list_differs = self.stage_sums(list).map_err(|error| vec![error])?;
        let blocked = self.blocked_faults();
        if blocked.is_empty() { Ok(list_differs) } else { Err(blocked) }
    }

    /// A folder that is taken over by its paths alone loses no file: what no list names was never ours for sure.
    fn diff(&self, staged: &[Staged], is_ours: bool) -> Result<Diff, Vec<Diagnostic>> {
        let Self { root, owned, folders, messages, .. } = self;
        let removals = match self.lost_records(staged) {
            Some(RecordFault::PartialList) => Removals::None,
            Some(_) if !is_ours => Removals::None,
            _ => Removals::AllThatLeft,
        };
        find_diff(OutputDir { root, owned, folders, messages }, staged, removals)
    }

    /// What the folder had lost by itself, and has again.
    fn repairs(&mut self, staged: &[Staged], secret: &BTreeSet<OutPath>, is_ours: bool) -> Vec<Diagnostic> {
        let mut emptied = std::mem::take(self.emptied.get_mut().expect("no holder panics"));
        emptied.retain(|path| !is_secret(path, secret));
        emptied.sort_unstable();
        let mut warnings = Vec::new();
        if !emptied.is_empty() {
            warnings.push(self.messages.emptied(&emptied));
        }
        // A folder that never was ours lost nothing; what is taken over was shown.
        if let Some(fault) = self.lost_records(staged).filter(|_| is_ours) {
            let staying = staying_files(&self.root, staged, secret);
            warnings.push(self.messages.records_repaired(fault, &staying));
        }
        warnings
    }

    fn lost_records(&self, staged: &[Staged]) -> Option<RecordFault> {
        match self.record_fault {
            Some(RecordFault::NoRecords) => None,
            None if !self.journal.is_fresh() => self.left_out(staged),
            fault => fault,
        }
    }

    /// Whether the list leaves out most of the files that it should name. The list of a site without a file is empty,
    /// too; but then none of its files is there.
    fn left_out(&self, staged: &[Staged]) -> Option<RecordFault> {
        let there = staged.iter().filter(|file| file.change == FileChange::Unchanged);
        let (listed, left_out): (Vec<_>, Vec<_>) =
            there.partition(|file| self.owned.holds(file.path.as_str()));
        let fault = if self.owned.is_empty() { RecordFault::NoList } else { RecordFault::PartialList };
        (left_out.len() > listed.len()).then_some(fault)
    }

    /// Files of others at paths of this build, sorted.
    fn blocked(&self) -> Vec<String> {
        let mut blocked = self.blocked.lock().expect("no holder panics").clone();
        blocked.sort_unstable();
        blocked
    }

    /// The errors about files of others that could be taken over, unless that was asked for: one for each file
    /// where the records of the folder are whole, and otherwise one for all of them.
    pub(super) fn blocked_faults(&self) -> Vec<Diagnostic> {
        let blocked = self.blocked();
        if blocked.is_empty() || self.options.adopt.is_some() {
            return Vec::new();
        }
        let is_cut = || self.owned.ends_before(&blocked).then_some(RecordFault::CutList);
        match self.record_fault.or_else(is_cut) {
            Some(fault) => vec![self.messages.not_ours(fault, &blocked)],
            None => blocked.iter().map(|path| self.messages.adoptable_file(path)).collect(),
        }
    }

    fn confirm_adoption(
        &self,
        staged: &[Staged],
        blocked: &[String],
        secret: &BTreeSet<OutPath>,
    ) -> Result<(), Vec<Diagnostic>> {
        let Some(ask) = self.options.adopt.as_ref().filter(|_| !blocked.is_empty()) else { return Ok(()) };
        let adoption = Adoption {
            shown_as: self.messages.folder().to_owned(),
            kept: staged.iter().filter(|file| file.change == FileChange::Unchanged).count(),
            replaced: blocked.to_vec(),
            staying: staying_files(&self.root, staged, secret),
        };
        match ask(&adoption) {
            AdoptionAnswer::Yes => Ok(()),
            answer => Err(vec![self.messages.not_adopted(answer)]),
        }
    }

    /// Whether the list differs from the one in place; if so, the new one is on the disk.
    fn stage_sums(&self, text: &str) -> Result<bool, Diagnostic> {
        let fail = |doing: &'static str| move |error: io::Error| self.messages.io(doing, SUMS, &error);
        match self.root.entry_kind(SUMS).map_err(fail("read"))? {
            EntryKind::Nothing => {}
            EntryKind::File { length } => {
                let same = length == text.len() as u64
                    && self
                        .root
                        .open_file(SUMS)
                        .and_then(|file| has_bytes(file, text.as_bytes()))
                        .map_err(fail("read"))?;
                if same {
                    return Ok(false);
                }
                if self.journal.is_fresh() {
                    self.blocked.lock().expect("no holder panics").push(SUMS.to_owned());
                }
            }
            other => return Err(not_a_file(&self.messages, SUMS, other)),
        }
        let write = || {
            let mut file = self.root.open_to_write(NEW_SUMS, Create::Always)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        write().map_err(fail("write")).map(|()| true)
    }

    /// Looks for everything that would stop the steps half way.
    fn check_writable(&self, steps: &[Step]) -> Result<(), Vec<Diagnostic>> {
        // A folder that still holds something stays, and needs no permission.
        let needed = steps.iter().filter(|step| !matches!(step, Step::TidyFolder(_)));
        let folders: BTreeSet<&str> = needed.filter_map(Step::folder).collect();
        let folders = folders.into_iter().map(|folder| (folder, self.root.check_writable(folder)));
        let files = steps.iter().filter_map(|step| match step {
            Step::Replace(path) | Step::Remove(path) => Some(path.as_str()),
            Step::List => Some(SUMS),
            _ => None,
        });
        let files = files.map(|path| (path, self.root.check_not_immutable(path)));
        let refused: Vec<(&str, io::Error)> =
            folders.chain(files).filter_map(|(path, checked)| Some((path, checked.err()?))).collect();
        if let Some(link) = refused.iter().find_map(|(path, _)| self.root.link_in(path)) {
            return Err(vec![self.messages.link(&link)]);
        }
        if refused.is_empty() { Ok(()) } else { Err(self.messages.not_writable(&refused)) }
    }

    /// Waits until the names that earlier builds left are on the disk, also those of killed ones. Files with the right
    /// bytes are on it since they were compared.
    fn sync_earlier(&self, staged: &[Staged]) -> io::Result<()> {
        let in_place =
            staged.iter().filter(|file| file.change == FileChange::Unchanged).map(|file| &file.path);
        let mut folders = BTreeSet::from([""]);
        in_place.chain(&self.unfinished).for_each(|path| insert_parents(&mut folders, path.as_str()));
        folders.into_iter().try_for_each(|folder| unless_in_use(self.root.sync_folder(folder)))
    }

    /// Waits until the names in the stage are on the disk; its files are.
    fn sync_stage(&self) -> io::Result<()> {
        let staged = self.staged_folders.read().expect("no holder panics");
        let mut folders = BTreeSet::new();
        for folder in staged.iter() {
            folders.insert(folder.as_ref());
            insert_parents(&mut folders, folder);
        }
        folders.into_iter().try_for_each(|folder| self.root.sync_folder(folder))
    }

    pub(super) fn execute(&mut self, step: Step) -> Result<(), Diagnostic> {
        let outcome = match &step {
            Step::Announce(block) => self.journal.append(block),
            Step::Arrive { path, .. } => self.root.arrive(&format!("{STAGE}/{path}"), path),
            Step::Replace(path) => self.root.replace(&format!("{STAGE}/{path}"), path.as_str()),
            Step::List => self.root.replace(NEW_SUMS, SUMS),
            Step::Remove(path) => unless_missing(self.root.remove_file(path.as_str())),
            Step::RemoveFolder(path) => unless_missing(self.root.remove_folder(path)),
            Step::TidyFolder(path) => unless_in_use(self.root.remove_folder(path)),
            Step::Sync(folders) => {
                folders.iter().try_for_each(|folder| unless_in_use(self.root.sync_folder(folder)))
            }
            Step::EmptyJournal => self.journal.empty(),
        };
        outcome.map_err(|error| self.step_fault(&step, &error))
    }

    /// What a step that failed says.
    fn step_fault(&self, step: &Step, error: &io::Error) -> Diagnostic {
        let (doing, path) = match step {
            Step::Announce(_) | Step::EmptyJournal => ("write", JOURNAL),
            Step::Arrive { path, .. } => ("write", path.as_str()),
            Step::Replace(path) => ("write", path.as_str()),
            Step::List => ("write", SUMS),
            Step::Remove(path) => ("remove", path.as_str()),
            Step::RemoveFolder(path) | Step::TidyFolder(path) => ("remove", path.as_str()),
            Step::Sync(_) => ("write", ""),
        };
        if let Some(link) = self.root.link_in(parent(path)) {
            return self.messages.link(&link);
        }
        match step {
            // It came while we were building.
            Step::Arrive { path, .. } if is_there(error) => self.messages.foreign_file(path),
            _ => self.messages.io(doing, path, error),
        }
    }
}

/// A folder that is not empty, where a folder was to arrive, has an error of its own on some systems.
fn is_there(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty)
}

fn unless_missing(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Ignores a folder that still holds something, or that a file has replaced.
fn unless_in_use(outcome: io::Result<()>) -> io::Result<()> {
    match outcome {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory) =>
        {
            Ok(())
        }
        other => unless_missing(other),
    }
}

fn count(staged: &[Staged], diff: &Diff, secret: &BTreeSet<OutPath>) -> Published {
    let of = |change| staged.iter().filter(|file| file.change == change).count();
    let pages_of = |change| pages(staged.iter().filter(|file| file.change == change).map(|file| &file.path));
    Published {
        written: of(FileChange::New) + of(FileChange::ReplacesFolder),
        changed: of(FileChange::Changed),
        unchanged: of(FileChange::Unchanged),
        removed: diff.leaving.len(),
        pages: PageDifferences {
            new: pages_of(FileChange::New),
            changed: pages_of(FileChange::Changed),
            removed: pages(diff.leaving.iter().filter(|path| !secret.contains(path))),
        },
        ..Published::default()
    }
}

fn pages<'p>(paths: impl Iterator<Item = &'p OutPath>) -> Vec<OutPath> {
    paths.filter(|path| path.is_page()).cloned().collect()
}
