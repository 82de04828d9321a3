//! Who follows a run: which stage it is in, how far it is, and how long each output takes.
//!
//! Owns the stages and what an observer is given. Reads no clock: an observer may have one, and what it says goes back
//! to the observer alone.
//!
//! Invariant: nothing that an observer does reaches an output or a diagnostic.

#[cfg(test)]
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::paths::OutPath;

/// What a command spends its time on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What differs since the last build or publish is looked for.
    Comparing,
    /// Files of a site are read, and parsed at the same time.
    Reading,
    Linking,
    Rendering,
    /// The index of the search page is made.
    Indexing,
    /// The git repository of a site is searched.
    Searching,
    /// Files are moved into the output folder.
    Publishing,
    /// Other sites are asked.
    Asking,
    /// Files are sent to storage, and removed from there.
    Sending,
    Packing,
    Verifying,
}

impl Stage {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Comparing => "comparing",
            Self::Reading => "reading",
            Self::Linking => "linking",
            Self::Rendering => "rendering",
            Self::Indexing => "indexing",
            Self::Searching => "searching",
            Self::Publishing => "publishing",
            Self::Asking => "asking",
            Self::Sending => "sending",
            Self::Packing => "packing",
            Self::Verifying => "verifying",
        }
    }
}

/// How long an output took, on its thread.
pub struct OutputTime<'a> {
    pub path: &'a OutPath,
    /// The template that printed it, if any.
    pub template: Option<&'a str>,
    pub took: Duration,
}

/// Follows a run, from any thread.
pub trait Observer: Send + Sync {
    /// Stages follow each other; none is inside another.
    fn stage_begins(&self, stage: Stage);

    fn stage_ends(&self);

    /// How many items the stage has in all, once that is known. It may change.
    fn expects(&self, items: usize);

    /// So many more items of the stage are done, with so many bytes.
    fn items_done(&self, items: usize, bytes: u64);

    /// The time since a moment that stays the same; `None` if the observer does not want times of outputs.
    fn clock(&self) -> Option<Duration> {
        None
    }

    /// Called only if there is a clock.
    fn output_done(&self, _output: OutputTime<'_>) {}
}

/// Ignores the run.
pub struct Unobserved;

impl Observer for Unobserved {
    fn stage_begins(&self, _: Stage) {}

    fn stage_ends(&self) {}

    fn expects(&self, _: usize) {}

    fn items_done(&self, _: usize, _: u64) {}
}

/// Does the work of a stage.
pub fn in_stage<T>(observer: &dyn Observer, stage: Stage, work: impl FnOnce() -> T) -> T {
    observer.stage_begins(stage);
    let result = work();
    observer.stage_ends();
    result
}

/// Counts items, for tests of what reports them.
#[cfg(test)]
#[derive(Default)]
pub struct ItemCounter {
    expected: AtomicUsize,
    done: AtomicUsize,
}

#[cfg(test)]
impl ItemCounter {
    /// How many items were expected at last, and how many were done.
    pub fn counts(&self) -> (usize, usize) {
        (self.expected.load(Ordering::Relaxed), self.done.load(Ordering::Relaxed))
    }
}

#[cfg(test)]
impl Observer for ItemCounter {
    fn stage_begins(&self, _: Stage) {
        self.expected.store(0, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
    }

    fn stage_ends(&self) {}

    fn expects(&self, items: usize) {
        self.expected.store(items, Ordering::Relaxed);
    }

    fn items_done(&self, items: usize, _: u64) {
        self.done.fetch_add(items, Ordering::Relaxed);
    }
}
