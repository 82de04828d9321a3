//! Where the outputs of a build go.
//!
//! Owns the one trait between rendering and what takes the bytes: the folder of `publish`, the background
//! check of the preview, a closure of `check`; and how far a publish came. Writes nothing itself.

use std::collections::BTreeSet;
use std::io::{self, BufRead};

use super::observer::Observer;
use crate::diag::Diagnostic;
use crate::paths::OutPath;

/// An output of the last publish, to be read; `None` if there is none.
pub type PublishedFile = Option<io::Result<Box<dyn BufRead>>>;

/// Opens an output of the last publish.
pub type OpenPublished = dyn Fn(&OutPath) -> PublishedFile + Send + Sync;

/// How far a publish came.
#[derive(Debug)]
pub enum Outcome<Done> {
    /// Nothing was changed.
    NotStarted,
    /// It failed after its first change.
    Partly(Progress),
    Done(Done),
}

impl<Done> Outcome<Done> {
    /// The result of a publish that was done.
    #[must_use]
    pub fn done(self) -> Option<Done> {
        match self {
            Self::Done(done) => Some(done),
            Self::NotStarted | Self::Partly(_) => None,
        }
    }
}

/// How many of the files that differ had been changed when a publish failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub of: usize,
}

/// Why outputs could not be put in place.
#[derive(Debug)]
pub struct CommitFailure {
    pub diagnostics: Vec<Diagnostic>,
    /// `None` if nothing was changed.
    pub progress: Option<Progress>,
}

impl From<Vec<Diagnostic>> for CommitFailure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, progress: None }
    }
}

/// Takes the outputs of a build, from any thread.
pub trait OutputSink: Sync {
    /// The result of [`OutputSink::commit`].
    type Done: Default;

    /// Takes one output.
    ///
    /// # Errors
    /// If it cannot be taken.
    fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic>;

    /// Whether the sink has the bytes of this output from the last build, and needs them no more.
    fn keep(&self, _path: &OutPath) -> bool {
        false
    }

    /// The bytes of this output in the last publish; `None` if there are none, or if they stay as they are.
    fn published(&self, _path: &OutPath) -> PublishedFile {
        None
    }

    /// Prefer low memory to speed.
    fn low_memory(&self) -> bool {
        false
    }

    /// The result is not wanted any more.
    fn is_cancelled(&self) -> bool {
        false
    }

    /// What is wrong with the outputs that were staged, beyond each of them alone.
    fn faults(&self) -> Vec<Diagnostic> {
        Vec::new()
    }

    /// Puts everything that was staged in place; also returns warnings, none of which names an output of `secret`.
    ///
    /// # Errors
    /// Everything that blocked it, or the one change that failed.
    fn commit(
        self,
        _secret: &BTreeSet<OutPath>,
        _observer: &dyn Observer,
    ) -> Result<(Self::Done, Vec<Diagnostic>), CommitFailure>
    where
        Self: Sized,
    {
        Ok((Self::Done::default(), Vec::new()))
    }
}

impl<F: Fn(&OutPath, &[u8]) -> Result<(), Diagnostic> + Sync> OutputSink for F {
    type Done = ();

    fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        self(path, bytes)
    }
}
