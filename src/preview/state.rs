//! What there is to see at this moment, and word of every change of it.
//!
//! Owns the one place where what is built meets who looks at it. Neither renders nor serves.

use std::sync::Arc;

use tokio::sync::watch;

use super::edition::Edition;
use crate::diag::Diagnostic;

/// What there is to see.
#[derive(Clone, Default)]
pub struct Showing {
    /// Counts up with every change.
    pub number: u64,
    /// The newest site without errors; `None` before there is one.
    pub edition: Option<Arc<Edition>>,
    /// What is wrong with the files as they are now, in the order of the terminal; empty where they
    /// have no error. While it is not, `edition` may be older than the files.
    pub faults: Arc<[Diagnostic]>,
    /// Output paths of copied files whose bytes may have changed with this number.
    pub files: Arc<[Box<str>]>,
}

/// The one [`Showing`] that all connections look at.
pub struct Live(watch::Sender<Arc<Showing>>);

impl Default for Live {
    fn default() -> Self {
        Self(watch::Sender::new(Arc::default()))
    }
}

impl Live {
    /// Makes something else visible, and tells everybody who waits.
    pub fn show(&self, change: impl FnOnce(&mut Showing)) {
        self.0.send_modify(|showing| {
            let mut next = Showing { files: Arc::default(), ..Showing::clone(showing) };
            next.number += 1;
            change(&mut next);
            *showing = Arc::new(next);
        });
    }

    #[must_use]
    pub fn now(&self) -> Arc<Showing> {
        Arc::clone(&self.0.borrow())
    }

    /// Wakes at every change from now on.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Arc<Showing>> {
        self.0.subscribe()
    }
}
