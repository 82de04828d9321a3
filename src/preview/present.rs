//! From one build after another to what there is to see and to say.
//!
//! Owns when a new edition replaces the last one, and the search for what only rendering all pages
//! brings to light. Serves nothing and prints nothing.
//!
//! Invariant: an edition is shown only where reading, parsing and linking found no error; what is
//! wrong with the files as they are now is shown beside it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::edition::{Edition, Kept};
use super::follow::Round;
use super::live::Live;
use crate::diag::{self, Diagnostic};
use crate::paths::OutPath;
use crate::pipeline::{Memory, Prepared, Take, faults_beside, has_errors};
use crate::source_set::Changes;

/// Is told all diagnostics whenever they may have changed: first those of linking, then with
/// those of rendering.
pub type Tell = dyn Fn(&[Diagnostic]) + Send + Sync;

/// Shows what is built.
pub struct Presenter {
    live: Arc<Live>,
    kept: Arc<Kept>,
    tell: Arc<Tell>,
    searches: Sender<Search>,
    newest: Arc<AtomicU64>,
}

/// A site of which all pages are to be rendered, to see what is wrong with them.
struct Search {
    number: u64,
    prepared: Arc<Prepared>,
    diagnostics: Vec<Diagnostic>,
}

impl Presenter {
    #[must_use]
    pub fn new(live: Arc<Live>, tell: Arc<Tell>) -> Self {
        let (searches, waiting) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let searcher =
            Searcher { live: Arc::clone(&live), tell: Arc::clone(&tell), newest: Arc::clone(&newest) };
        thread::spawn(move || searcher.run(&waiting));
        Self { live, kept: Arc::default(), tell, searches, newest }
    }

    /// Shows the edition of a round, or what keeps it from being one.
    pub fn show(&self, round: Round) {
        let Round { prepared, mut diagnostics, changes, .. } = round;
        diag::sort(&mut diagnostics);
        let prepared = prepared.map(Arc::new);
        let is_good = !has_errors(&diagnostics);
        self.live.show(|showing| {
            showing.files = prepared.iter().flat_map(|prepared| changed_files(prepared, &changes)).collect();
            showing.faults = if is_good { Arc::default() } else { diagnostics.as_slice().into() };
            if let Some(prepared) = prepared.as_ref().filter(|_| is_good) {
                showing.edition = Some(Arc::new(Edition::new(Arc::clone(prepared), Arc::clone(&self.kept))));
            }
        });
        (self.tell)(&diagnostics);
        let number = self.newest.fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(prepared) = prepared {
            // The searcher lives as long as the program.
            let _ = self.searches.send(Search { number, prepared, diagnostics });
        }
    }
}

/// Copied files that were written again, by their place in the output.
fn changed_files(prepared: &Prepared, changes: &Changes) -> Vec<Box<str>> {
    let is_changed = |path: &Arc<str>| changes.changed.contains(path);
    let files = prepared.site.files.iter().filter(|file| is_changed(&file.path));
    files.map(|file| file.out.as_str().into()).collect()
}

struct Searcher {
    live: Arc<Live>,
    tell: Arc<Tell>,
    newest: Arc<AtomicU64>,
}

impl Searcher {
    fn run(&self, waiting: &Receiver<Search>) {
        let mut memory = Memory::default();
        while let Ok(mut search) = waiting.recv() {
            while let Ok(newer) = waiting.try_recv() {
                search = newer;
            }
            // A thread of its own for each: what it has free goes back to the system when it ends.
            match patient_pool() {
                Some(pool) => pool.install(|| self.search(search, &mut memory)),
                None => self.search(search, &mut memory),
            }
        }
    }

    fn search(&self, search: Search, memory: &mut Memory) {
        let Search { number, prepared, mut diagnostics } = search;
        let until_newer = UntilNewer { number, newest: &self.newest };
        let found = faults_beside(&prepared, memory, &diagnostics, &until_newer);
        drop(prepared);
        if until_newer.is_over() || found.is_empty() {
            return;
        }
        diagnostics.extend(found);
        diag::sort(&mut diagnostics);
        if has_errors(&diagnostics) {
            self.live.show(|showing| {
                // Something newer may have come in this moment.
                if !until_newer.is_over() {
                    showing.faults = diagnostics.as_slice().into();
                }
            });
        }
        (self.tell)(&diagnostics);
    }
}

/// Wants no bytes, and nothing at all once there is something newer.
struct UntilNewer<'a> {
    number: u64,
    newest: &'a AtomicU64,
}

impl Take for UntilNewer<'_> {
    fn stage(&self, _: &OutPath, _: &[u8]) -> Result<(), Diagnostic> {
        Ok(())
    }

    fn keep(&self, _: &OutPath) -> bool {
        true
    }

    fn is_over(&self) -> bool {
        self.newest.load(Ordering::Relaxed) != self.number
    }
}

/// One thread that takes what time nobody else wants.
fn patient_pool() -> Option<ThreadPool> {
    let be_patient = |_| {
        // Where the system does not let us, the search is only less polite.
        let _ = thread_priority::set_current_thread_priority(thread_priority::ThreadPriority::Min);
    };
    ThreadPoolBuilder::new().num_threads(1).start_handler(be_patient).build().ok()
}
