//! What the preview shows at this moment.
//!
//! Owns the one place where builds and browsers meet, and wakes those who wait for a change. Neither
//! renders nor serves.

use std::sync::Arc;

use tokio::sync::watch;

use super::edition::Edition;
use crate::diag::Diagnostic;

/// What the preview shows, from one change to the next.
#[derive(Clone, Default)]
pub struct Revision {
    /// Counts up with every change.
    pub number: u64,
    /// The newest site without errors; `None` before the first.
    pub edition: Option<Arc<Edition>>,
    /// What is wrong with the files as they are now, in their fixed order; empty unless there is an error.
    /// While it is not empty, `edition` may be older than the files.
    pub faults: Arc<[Diagnostic]>,
    /// Output paths of copied files whose bytes may have changed in this revision.
    pub changed_files: Arc<[Box<str>]>,
}

/// The current [`Revision`], shared by the builder and all connections.
pub struct PreviewState(watch::Sender<Arc<Revision>>);

impl Default for PreviewState {
    fn default() -> Self {
        Self(watch::Sender::new(Arc::default()))
    }
}

impl PreviewState {
    /// Replaces the revision by a changed copy, and wakes everybody who waits.
    pub fn update(&self, change: impl FnOnce(&mut Revision)) {
        self.0.send_modify(|revision| {
            let mut next = Revision { changed_files: Arc::default(), ..Revision::clone(revision) };
            next.number += 1;
            change(&mut next);
            *revision = Arc::new(next);
        });
    }

    #[must_use]
    pub fn current(&self) -> Arc<Revision> {
        Arc::clone(&self.0.borrow())
    }

    /// Wakes at every change from now on.
    #[must_use]
    pub fn subscribe(&self) -> watch::Receiver<Arc<Revision>> {
        self.0.subscribe()
    }
}
