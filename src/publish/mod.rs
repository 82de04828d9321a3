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
//! [`Publisher::commit`] then finds the difference, plans, looks for all that would stop it half way, and takes these
//! steps, each of them atomic:
//!
//! 1. *The journal lists* every path that will be written or removed, and is on the disk. From
//!    here on a killed build cannot leave a file that the next one takes for somebody else's.
//! 2. *New files arrive*: no file in place links to them yet. A new folder arrives whole, in one rename,
//!    however many files it holds. Files that are not pages come first. (New pages may link to each other in
//!    circles, so for a moment one may link to another that is not there yet; but no page that a reader can
//!    reach links to it. On a first publish the home page comes last.)
//! 3. *Changed files are replaced*: their new links reach what has arrived, and their old
//!    readers' links reach what has not been removed.
//! 4. *SHA256SUMS is replaced*: a copy that is taken now is checked against the new site.
//! 5. *What is gone is removed*, pages first: no page links to it any more. Its folders go if they are empty.
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
//! The journal and SHA256SUMS, as they say what is ours, with their names, and the names that left, before the journal is
//! emptied; each file and folder only with [`PublishOptions::durable`], as that costs more than everything else together.
//! After a power cut the next build compares all bytes anyway.

#![allow(clippy::result_large_err, reason = "a diagnostic is made once per trouble, not once per file")]

mod adoption;
mod built_record;
mod commit;
mod diff;
mod disk;
mod finished;
mod folder;
mod handles;
mod journal;
mod left_pages;
mod list;
mod messages;
mod output_state;
mod ownership;
mod plan;
mod stage;
mod staying;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, RwLock};

pub use self::adoption::{Adoption, AdoptionAnswer, AskAdoption};
pub use self::built_record::{BuiltRecord, SealedRecord};
use self::diff::{FileChange, Staged};
pub use self::disk::published_file;
use self::disk::{Folders, output_of};
pub use self::finished::{FinishedOutput, HOME};
use self::folder::{MadeFolders, cannot_open, clear_left_overs, make_folder, read_sums};
use self::handles::OutputRoot;
use self::journal::Journal;
pub use self::list::published_list;
use self::messages::OutputMessages;
pub use self::output_state::{OutputState, is_free};
pub use self::ownership::{Hash, hash, hex, parse_hex, parse_sums, write_sums};
use self::ownership::{Owned, RecordFault};
pub use self::plan::leaving_order;
use crate::comparison::PageDifferences;
use crate::diag::Diagnostic;
use crate::engine::{CommitFailure, Observer, OutputSink, PublishedFile};
use crate::paths::OutPath;
use crate::paths::kept_names::SUMS;
use crate::sources::FileStamp;

const STAGE: &str = ".bulletin-tmp-stage";
const NEW_SUMS: &str = ".bulletin-tmp-sums";

/// How a publish is done.
#[derive(Clone, Default)]
pub struct PublishOptions {
    /// Waits until everything is on the disk, so that a power cut loses nothing.
    pub durable: bool,
    /// Takes over files of others at paths of this build, if the answer is yes. `None`: they stop the publish.
    pub adopt: Option<Arc<AskAdoption>>,
    /// The folder before the build, if [`Published::state`] is asked for.
    pub before: Option<Arc<OutputState>>,
}

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
    /// The pages among them, but for those whose address is secret.
    pub pages: PageDifferences,
    pub warnings: Vec<Diagnostic>,
    /// Identifies the whole output: equal if all files are.
    pub list: ListHash,
    /// The folder at the end, with this result and nothing else in it that came meanwhile. `None` if that cannot be
    /// said, or was not asked for.
    pub state: Option<OutputState>,
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
        will_change.then(|| output_of(&self.root, path)).flatten()
    }

    fn faults(&self) -> Vec<Diagnostic> {
        self.blocked_faults()
    }

    fn commit(
        self,
        secret: &BTreeSet<OutPath>,
        observer: &dyn Observer,
    ) -> Result<(Published, Vec<Diagnostic>), CommitFailure> {
        let mut published = Self::commit(self, secret, observer)?;
        let warnings = std::mem::take(&mut published.warnings);
        Ok((published, warnings))
    }
}

/// The output folder during one build, locked. Dropped without [`Publisher::commit`] it leaves
/// the folder as it was.
pub struct Publisher {
    root: Arc<OutputRoot>,
    messages: OutputMessages,
    options: PublishOptions,
    owned: Owned,
    /// What killed builds were about to write or remove: it may be done, and its names not be on the disk.
    unfinished: Vec<OutPath>,
    /// What is wrong with SHA256SUMS and `.bulletin`.
    record_fault: Option<RecordFault>,
    folders: Folders,
    /// The stage and the folders below it that have been made.
    staged_folders: RwLock<BTreeSet<Box<str>>>,
    staged: Mutex<Vec<Staged>>,
    /// What will be moved in, as it was staged.
    moved: BTreeMap<Box<str>, FileStamp>,
    /// Files of others at paths of this build, with other bytes.
    blocked: Mutex<Vec<String>>,
    /// Files of ours that lost their bytes.
    emptied: Mutex<Vec<String>>,
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
    pub fn open(out: &Path, shown_as: &str, options: PublishOptions) -> Result<Self, Diagnostic> {
        let messages = OutputMessages::new(shown_as);
        let made = make_folder(out, options.durable, &messages)?;
        let root = OutputRoot::open(out).map_err(|error| messages.io("open", "", &error))?;
        let root = Arc::new(root);
        let mut journal = Journal::open(&root).map_err(|error| cannot_open(&messages, &error))?;
        clear_left_overs(&root, &journal).map_err(|error| messages.io("clear", "", &error))?;
        let text = read_sums(&root, &messages)?;
        let record_fault = RecordFault::find(!journal.is_fresh(), journal.lists_files(), text.as_deref());
        let mut files = journal.take_files();
        let unfinished = files.iter().map(|(path, _)| path.clone()).collect();
        let mut list = ListHash::default();
        if let Some(text) = text.filter(|_| !record_fault.is_some_and(RecordFault::is_of_others)) {
            list = hash(&text);
            files.extend(parse_sums(&text).0);
        }
        Ok(Self {
            root,
            messages,
            options,
            owned: Owned::new(files),
            unfinished,
            record_fault,
            folders: Folders::default(),
            staged_folders: RwLock::default(),
            staged: Mutex::default(),
            moved: BTreeMap::new(),
            blocked: Mutex::default(),
            emptied: Mutex::default(),
            warnings: Mutex::default(),
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
        self.unmodified_since = (last == Some(self.list)).then(|| self.root.changed_at(SUMS)).flatten();
        self
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        // Nothing can report an error here, and the next build clears what could not be removed.
        // By its path: it has a name of ours, and is not followed if it is a link.
        let _ = fs::remove_dir_all(self.root.path().join(STAGE));
        let _ = self.root.remove_file(NEW_SUMS);
    }
}
