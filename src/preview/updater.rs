//! From one build after another to what the preview shows and reports.
//!
//! Owns when a new edition replaces the last one, and the check for faults that only rendering all pages
//! finds. Serves nothing and prints nothing.
//!
//! Invariants: an edition is shown only if reading, parsing and linking found no error; faults of the files
//! as they are now are shown with it; and nothing that was found in older files is shown after it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::edition::{Edition, PageCache};
use super::follow::Round;
use super::state::PreviewState;
use crate::diag::{self, Diagnostic, has_errors};
use crate::engine::{OpenPublished, OutputSink, Prepared, PublishedFile, RenderCache, find_render_faults};
use crate::paths::OutPath;
use crate::sources::Changes;

/// Everything that one half of the work found in the files as they are now. The halves are reported apart:
/// rendering ends much later than linking, and may find again what it found before.
#[derive(Clone, Copy, Debug)]
pub enum Report<'a> {
    /// Reading, parsing and linking.
    Linked(&'a [Diagnostic]),
    /// Rendering, without what linking reported.
    Rendered(&'a [Diagnostic]),
}

/// Called with all diagnostics whenever they may have changed.
pub type OnReport = dyn Fn(Report<'_>) + Send + Sync;

/// Shows each build, and has all its pages checked in the background.
pub struct PreviewUpdater {
    state: Arc<PreviewState>,
    cache: Arc<PageCache>,
    reporter: Arc<Reporter>,
    checks: Sender<BackgroundCheck>,
}

impl PreviewUpdater {
    #[must_use]
    pub fn new(state: Arc<PreviewState>, on_report: Arc<OnReport>, published: Arc<OpenPublished>) -> Self {
        let (checks, waiting) = channel();
        let reporter = Arc::new(Reporter { on_report, newest: AtomicU64::new(0), order: Mutex::default() });
        let checker =
            BackgroundChecker { state: Arc::clone(&state), reporter: Arc::clone(&reporter), published };
        thread::spawn(move || checker.run(&waiting));
        Self { state, cache: Arc::default(), reporter, checks }
    }

    /// Shows the edition of a round, or the errors that prevented it.
    pub fn show(&self, round: Round) {
        let Round { prepared, mut diagnostics, changes, .. } = round;
        diag::sort(&mut diagnostics);
        let prepared = prepared.map(Arc::new);
        let is_good = !has_errors(&diagnostics);
        // Before anything of it is visible: this cancels the check of the round before.
        let number = self.reporter.begin_round();
        self.state.update(|revision| {
            revision.changed_files =
                prepared.iter().flat_map(|prepared| changed_files(prepared, &changes)).collect();
            revision.faults = if is_good { Arc::default() } else { diagnostics.as_slice().into() };
            if let Some(prepared) = prepared.as_ref().filter(|_| is_good) {
                let edition = Edition::new(Arc::clone(prepared), Arc::clone(&self.cache));
                revision.edition = Some(Arc::new(edition));
            }
        });
        self.reporter.report(number, Report::Linked(&diagnostics));
        if let Some(prepared) = prepared {
            // The checker lives as long as the program.
            let _ = self.checks.send(BackgroundCheck { number, prepared, diagnostics });
        }
    }
}

/// Copied files that were written again, by output path.
fn changed_files(prepared: &Prepared, changes: &Changes) -> Vec<Box<str>> {
    let site = &prepared.site;
    let changed = site.files.enumerated().filter(|(_, file)| changes.changed.contains(&file.path));
    let outputs = changed.flat_map(|(ix, file)| {
        let copies = site.picture(ix).into_iter().flat_map(|picture| &picture.copies).map(|copy| &copy.out);
        std::iter::once(&file.out).chain(copies)
    });
    outputs.map(|out| out.as_str().into()).collect()
}

/// Reports one round after the other.
struct Reporter {
    on_report: Arc<OnReport>,
    /// The number of the newest round.
    newest: AtomicU64,
    order: Mutex<()>,
}

impl Reporter {
    fn begin_round(&self) -> u64 {
        self.newest.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Reports, unless there is a newer round.
    fn report(&self, number: u64, report: Report<'_>) {
        // Held while reporting: a newer report could otherwise overtake this one after the check.
        let _order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_newest(number) {
            (self.on_report)(report);
        }
    }

    fn is_newest(&self, number: u64) -> bool {
        self.newest.load(Ordering::Relaxed) == number
    }
}

/// A site whose pages are to be rendered, to find their faults.
struct BackgroundCheck {
    number: u64,
    prepared: Arc<Prepared>,
    /// Of reading, parsing and linking.
    diagnostics: Vec<Diagnostic>,
}

/// How long a finished thread stays alive: the allocator returns memory to the system only some milliseconds
/// after it was freed.
const ALLOCATOR_DELAY: Duration = Duration::from_millis(20);

struct BackgroundChecker {
    state: Arc<PreviewState>,
    reporter: Arc<Reporter>,
    published: Arc<OpenPublished>,
}

impl BackgroundChecker {
    fn run(&self, waiting: &Receiver<BackgroundCheck>) {
        let mut cache = RenderCache::default();
        while let Ok(mut check) = waiting.recv() {
            while let Ok(newer) = waiting.try_recv() {
                check = newer;
            }
            // A thread of its own for each check: its free memory goes back to the system when it ends.
            match idle_priority_pool() {
                Some(pool) => pool.install(|| {
                    self.check(check, &mut cache);
                    thread::sleep(ALLOCATOR_DELAY);
                }),
                None => self.check(check, &mut cache),
            }
        }
    }

    fn check(&self, check: BackgroundCheck, cache: &mut RenderCache) {
        let BackgroundCheck { number, prepared, mut diagnostics } = check;
        let sink = CheckOnly { number, reporter: &self.reporter, published: &*self.published };
        let mut found = find_render_faults(&prepared, cache, &diagnostics, &sink);
        drop(prepared);
        if sink.is_cancelled() {
            return;
        }
        diag::sort(&mut found);
        diagnostics.extend_from_slice(&found);
        diag::sort(&mut diagnostics);
        if !found.is_empty() && has_errors(&diagnostics) {
            self.state.update(|revision| {
                // A newer round may have begun in this moment.
                if !sink.is_cancelled() {
                    revision.faults = diagnostics.as_slice().into();
                }
            });
        }
        self.reporter.report(number, Report::Rendered(&found));
    }
}

/// Needs no bytes, and is cancelled by a newer round.
struct CheckOnly<'a> {
    number: u64,
    reporter: &'a Reporter,
    published: &'a OpenPublished,
}

impl OutputSink for CheckOnly<'_> {
    type Done = ();

    fn stage(&self, _: &OutPath, _: &[u8]) -> Result<(), Diagnostic> {
        Ok(())
    }

    fn keep(&self, _: &OutPath) -> bool {
        true
    }

    fn published(&self, path: &OutPath) -> PublishedFile {
        (self.published)(path)
    }

    fn low_memory(&self) -> bool {
        true
    }

    fn is_cancelled(&self) -> bool {
        !self.reporter.is_newest(self.number)
    }
}

/// One thread, which runs only when no other wants to.
fn idle_priority_pool() -> Option<ThreadPool> {
    let lower_priority = |_| {
        // If the system refuses, the check only competes with the rest.
        let _ = thread_priority::set_current_thread_priority(thread_priority::ThreadPriority::Min);
    };
    ThreadPoolBuilder::new().num_threads(1).start_handler(lower_priority).build().ok()
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

    /// A site of many pages; `page` is a part of the last of them.
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
    fn faults_of_an_older_round_are_not_shown_with_a_newer_one() {
        let wrong = round("<a href=\"nowhere.html\">x</a>");
        let right = round("Mended.");
        let state = Arc::new(PreviewState::default());
        let reports = Arc::new(Mutex::new(Vec::new()));
        let calls = AtomicUsize::new(0);
        let heard = Arc::clone(&reports);
        let on_report = move |report: Report<'_>| {
            let (Report::Linked(found) | Report::Rendered(found)) = report;
            // A terminal takes its time with the second round, and the check of the first goes on.
            if calls.fetch_add(1, Ordering::Relaxed) == 1 && !has_errors(found) {
                let end = Instant::now() + Duration::from_secs(3);
                while Instant::now() < end && !heard.lock().unwrap().contains(&true) {
                    thread::sleep(Duration::from_millis(10));
                }
            }
            heard.lock().unwrap().push(has_errors(found));
        };
        let updater = PreviewUpdater::new(Arc::clone(&state), Arc::new(on_report), Arc::new(|_| None));
        updater.show(wrong);
        updater.show(right);
        assert_eq!(reports.lock().unwrap().last(), Some(&false));
        let revision = state.current();
        assert!(revision.faults.is_empty(), "{:?}", revision.faults);
    }
}
