//! From one build after another to what there is to see and to say.
//!
//! Owns when a new edition replaces the last one, and the search for what only rendering all pages
//! brings to light. Serves nothing and prints nothing.
//!
//! Invariants: an edition is shown only where reading, parsing and linking found no error; what is
//! wrong with the files as they are now is shown beside it, and nothing that was found in older ones
//! comes after it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::edition::{Edition, Kept};
use super::follow::Round;
use super::state::Live;
use crate::diag::{self, Diagnostic, has_errors};
use crate::engine::{OutputSink, Prepared, RenderCache, find_render_faults};
use crate::paths::OutPath;
use crate::sources::Changes;

/// All that one part of the work found in the files as they are now. What both parts found is never told
/// together: when the first one is told, nobody knows yet whether the second finds again what it found before.
#[derive(Clone, Copy, Debug)]
pub enum Told<'a> {
    /// Reading, parsing and linking.
    Linked(&'a [Diagnostic]),
    /// Rendering, beside that.
    Rendered(&'a [Diagnostic]),
}

/// Is told all that was found whenever it may have changed.
pub type Tell = dyn Fn(Told<'_>) + Send + Sync;

/// Shows what is built.
pub struct Presenter {
    live: Arc<Live>,
    kept: Arc<Kept>,
    teller: Arc<Teller>,
    searches: Sender<Search>,
}

/// Tells of one round after the other.
struct Teller {
    tell: Arc<Tell>,
    /// The number of the newest round.
    newest: AtomicU64,
    order: Mutex<()>,
}

impl Teller {
    /// Tells unless there is something newer, and holds up what is newer meanwhile: who checked and then
    /// told could be overtaken in between.
    fn tell(&self, number: u64, told: Told<'_>) {
        let _order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_newest(number) {
            (self.tell)(told);
        }
    }

    fn is_newest(&self, number: u64) -> bool {
        self.newest.load(Ordering::Relaxed) == number
    }
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
        let teller = Arc::new(Teller { tell, newest: AtomicU64::new(0), order: Mutex::default() });
        let searcher = Searcher { live: Arc::clone(&live), teller: Arc::clone(&teller) };
        thread::spawn(move || searcher.run(&waiting));
        Self { live, kept: Arc::default(), teller, searches }
    }

    /// Shows the edition of a round, or what keeps it from being one.
    pub fn show(&self, round: Round) {
        let Round { prepared, mut diagnostics, changes, .. } = round;
        diag::sort(&mut diagnostics);
        let prepared = prepared.map(Arc::new);
        let is_good = !has_errors(&diagnostics);
        // Before anything of it can be seen: from here on a search of what was before is over.
        let number = self.teller.newest.fetch_add(1, Ordering::Relaxed) + 1;
        self.live.show(|showing| {
            showing.files = prepared.iter().flat_map(|prepared| changed_files(prepared, &changes)).collect();
            showing.faults = if is_good { Arc::default() } else { diagnostics.as_slice().into() };
            if let Some(prepared) = prepared.as_ref().filter(|_| is_good) {
                showing.edition = Some(Arc::new(Edition::new(Arc::clone(prepared), Arc::clone(&self.kept))));
            }
        });
        self.teller.tell(number, Told::Linked(&diagnostics));
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

/// How long memory must have been free to be given back when its thread ends: a little longer than the
/// allocator waits.
const UNTIL_FREE: Duration = Duration::from_millis(20);

struct Searcher {
    live: Arc<Live>,
    teller: Arc<Teller>,
}

impl Searcher {
    fn run(&self, waiting: &Receiver<Search>) {
        let mut cache = RenderCache::default();
        while let Ok(mut search) = waiting.recv() {
            while let Ok(newer) = waiting.try_recv() {
                search = newer;
            }
            // A thread of its own for each: what it has free goes back to the system when it ends.
            match patient_pool() {
                Some(pool) => pool.install(|| {
                    self.search(search, &mut cache);
                    thread::sleep(UNTIL_FREE);
                }),
                None => self.search(search, &mut cache),
            }
        }
    }

    fn search(&self, search: Search, cache: &mut RenderCache) {
        let Search { number, prepared, mut diagnostics } = search;
        let until_newer = UntilNewer { number, teller: &self.teller };
        let mut found = find_render_faults(&prepared, cache, &diagnostics, &until_newer);
        drop(prepared);
        if until_newer.is_cancelled() {
            return;
        }
        diag::sort(&mut found);
        diagnostics.extend_from_slice(&found);
        diag::sort(&mut diagnostics);
        if !found.is_empty() && has_errors(&diagnostics) {
            self.live.show(|showing| {
                // Something newer may have come in this moment.
                if !until_newer.is_cancelled() {
                    showing.faults = diagnostics.as_slice().into();
                }
            });
        }
        self.teller.tell(number, Told::Rendered(&found));
    }
}

/// Wants no bytes, and nothing at all once there is something newer.
struct UntilNewer<'a> {
    number: u64,
    teller: &'a Teller,
}

impl OutputSink for UntilNewer<'_> {
    type Done = ();

    fn stage(&self, _: &OutPath, _: &[u8]) -> Result<(), Diagnostic> {
        Ok(())
    }

    fn keep(&self, _: &OutPath) -> bool {
        true
    }

    fn low_memory(&self) -> bool {
        true
    }

    fn is_cancelled(&self) -> bool {
        !self.teller.is_newest(self.number)
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::atomic::AtomicUsize;
    use std::time::Instant;

    use super::*;
    use crate::engine::{BuildOptions, prepare};
    use crate::sources::Store;
    use crate::time::{DayOrMoment, parse_day_or_moment};

    /// A site of many pages; `page` stands on the last of them.
    fn round(page: &str) -> Round {
        let briefing = |n| format!("+++\ntitle = \"B{n}\"\ndate = 2031-01-01\n+++\n\nText.\n");
        let briefings = (0..100).map(|n| (format!("content/briefings/b{n}.md"), briefing(n)));
        let template =
            format!("{{% extends \"default/page.html\" %}}{{% block content %}}{page}{{% endblock %}}");
        let files = [
            ("site.toml", "title = \"A site\"\n".to_owned()),
            ("content/zz.md", "+++\ntitle = \"Z\"\n+++\n\nText.\n".to_owned()),
            ("templates/page.html", template),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text)).into_iter().chain(briefings);
        let DayOrMoment::Moment(now) = parse_day_or_moment("2031-05-04T12:00:00Z").unwrap() else {
            unreachable!()
        };
        let (prepared, diagnostics) = prepare(&BuildOptions {
            store: Store::memory(files),
            now: DayOrMoment::Moment(now),
            as_of: None,
            drafts: false,
            base_url: None,
        });
        Round { prepared, diagnostics, changes: Changes::default(), since: Instant::now() }
    }

    #[test]
    fn what_is_found_in_the_site_before_is_not_shown_beside_a_newer_one() {
        let (wrong, right) = (round("<a href=\"nowhere.html\">x</a>"), round("Mended."));
        let live = Arc::new(Live::default());
        let told = Arc::new(Mutex::new(Vec::new()));
        let (calls, heard) = (AtomicUsize::new(0), Arc::clone(&told));
        let tell = move |told: Told<'_>| {
            let (Told::Linked(found) | Told::Rendered(found)) = told;
            // A terminal takes its time with the second round, and the search of the first goes on.
            if calls.fetch_add(1, Ordering::Relaxed) == 1 && !has_errors(found) {
                let end = Instant::now() + Duration::from_secs(3);
                while Instant::now() < end && !heard.lock().unwrap().contains(&true) {
                    thread::sleep(Duration::from_millis(10));
                }
            }
            heard.lock().unwrap().push(has_errors(found));
        };
        let presenter = Presenter::new(Arc::clone(&live), Arc::new(tell));
        presenter.show(wrong);
        presenter.show(right);
        assert_eq!(told.lock().unwrap().last(), Some(&false));
        assert!(live.now().faults.is_empty(), "{:?}", live.now().faults);
    }
}
