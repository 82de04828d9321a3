//! One build after another, as the files change and the time passes.
//!
//! Owns when to scan, when to watch and when to build. Renders, serves and publishes nothing.
//!
//! Invariants: when the files have been quiet for a moment, the last round was built from them as they are;
//! and no moment at which the site changes by itself has come since.

use std::mem;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use super::timer::{Clock, Timer};
use super::watch::{ChangeHint, WatchEvent, Watcher};
use crate::diag::{Cause, Diagnostic, has_errors};
use crate::engine::{Prepared, Workspace};
use crate::sources::{Changes, Snapshot};

/// How long the first hint of a change waits for the next: a file is emptied before it is written, and to
/// build half a change costs more than the wait.
const DEBOUNCE_FIRST: Duration = Duration::from_millis(1);

/// How many times [`DEBOUNCE_FIRST`] is waited for, at most.
const MOST_FIRST_WAITS: usize = 4;

/// How long it must be quiet after a change for it to be complete.
const DEBOUNCE_QUIET: Duration = Duration::from_millis(60);

/// The longest wait for a change to be complete.
const DEBOUNCE_MAX: Duration = Duration::from_millis(400);

/// How long after a build that could not read a file it is read again, once: a folder may have been away for
/// that moment only, and left no trace.
const READ_AGAIN: Duration = Duration::from_millis(500);

/// One build, and why it was made.
pub struct Round {
    /// `None` if site.toml or the theme cannot be used.
    pub prepared: Option<Prepared>,
    pub diagnostics: Vec<Diagnostic>,
    /// None at the first build, and if only time has passed.
    pub changes: Changes,
    /// When the change was noticed.
    pub since: Instant,
}

/// Builds whenever the files change.
pub struct Follower {
    watcher: Watcher,
    snapshot: Snapshot,
    workspace: Workspace,
    timer: Timer,
    /// What changed since the last round.
    pending: Changes,
    /// What the last build could not read, to be tried again.
    unread: Vec<Diagnostic>,
}

impl Follower {
    /// Scans everything for the first time; from here on no change is missed. Each build reads the clock;
    /// without one, all are of the time in the options of the workspace.
    #[must_use]
    pub fn new(root: &Path, watcher: Watcher, workspace: Workspace, clock: Option<Clock>) -> Self {
        Self {
            snapshot: Snapshot::new(root),
            watcher,
            workspace,
            timer: Timer::new(clock),
            pending: Changes::default(),
            unread: Vec::new(),
        }
    }

    pub fn first(&mut self) -> Round {
        let since = Instant::now();
        let (prepared, diagnostics) = self.prepare(None);
        Round { prepared, diagnostics, changes: Changes::default(), since }
    }

    /// Watches from now on; returns a notice about that, if any. Called after the first build, because the
    /// system reports every file that is opened, and that would slow the reading down. What changed before is
    /// found by the scan that [`Follower::run`] begins with.
    pub fn watch(&mut self) -> Option<Diagnostic> {
        self.watcher.follow_links(self.snapshot.linked_folders());
        self.watcher.begin();
        self.watcher.take_notice()
    }

    /// Calls `on_round` after every change of the files and of what is shown by the time, until the watcher is
    /// stopped.
    pub fn run(&mut self, mut on_round: impl FnMut(Round, &mut Watcher)) {
        let since = Instant::now();
        self.pending.add(self.snapshot.rescan_after_reading());
        let behind_links = self.follow_links();
        self.pending.add(behind_links);
        if !self.pending.is_empty() && self.build_when_quiet(since, &mut on_round).is_break() {
            return;
        }
        loop {
            if self.timer.is_due() {
                let round = self.build(Instant::now());
                on_round(round, &mut self.watcher);
            }
            let retry = (!self.unread.is_empty()).then_some(READ_AGAIN);
            let limit = retry.into_iter().chain(self.timer.rest()).min();
            let hint = match self.watcher.wait(limit) {
                WatchEvent::Changed(hint) => hint,
                WatchEvent::Quiet => {
                    self.read_again(&mut on_round);
                    continue;
                }
                WatchEvent::Stopped => return,
            };
            let since = Instant::now();
            let Some(hint) = self.debounce(hint) else { return };
            if self.rescan(&hint).is_empty() {
                continue;
            }
            self.build_at_once(since, &mut on_round);
            if self.build_when_quiet(since, &mut on_round).is_break() {
                return;
            }
        }
    }

    /// The hint with those that follow at once; `None` if the watcher was stopped.
    fn debounce(&mut self, mut hint: ChangeHint) -> Option<ChangeHint> {
        for _ in 0..MOST_FIRST_WAITS {
            match self.watcher.wait(Some(DEBOUNCE_FIRST)) {
                WatchEvent::Changed(next) => hint = hint.and(next),
                WatchEvent::Quiet => break,
                WatchEvent::Stopped => return None,
            }
        }
        Some(hint)
    }

    fn rescan(&mut self, hint: &ChangeHint) -> Changes {
        let started = Instant::now();
        let mut changes = match hint {
            ChangeHint::Everywhere => {
                let changes = self.snapshot.rescan();
                self.watcher.set_scan_time(started.elapsed());
                changes
            }
            ChangeHint::At(paths) => {
                let mut changes = Changes::default();
                paths.iter().for_each(|path| changes.add(self.snapshot.rescan_path(path)));
                changes
            }
        };
        changes.add(self.follow_links());
        self.pending.add(changes.clone());
        changes
    }

    /// Watches what the links of the site lead to now. Returns what changed there before it was watched.
    fn follow_links(&mut self) -> Changes {
        let mut changes = Changes::default();
        while self.watcher.follow_links(self.snapshot.linked_folders()) {
            changes.add(self.snapshot.rescan());
        }
        changes
    }

    /// Builds a change as soon as it is seen, unless it may be half of one: an editor may move the old file
    /// away before the new one comes, or may have only begun to write.
    fn build_at_once(&mut self, since: Instant, on_round: &mut impl FnMut(Round, &mut Watcher)) {
        if !self.pending.removed.is_empty() || !self.pending.added.is_empty() {
            return;
        }
        let round = self.build(since);
        if has_errors(&round.diagnostics) || round.prepared.is_none() {
            self.pending = round.changes;
            return;
        }
        on_round(round, &mut self.watcher);
    }

    /// Waits until it is quiet, scans everything, and builds what is not built yet.
    fn build_when_quiet(
        &mut self,
        since: Instant,
        on_round: &mut impl FnMut(Round, &mut Watcher),
    ) -> ControlFlow<()> {
        let end = since + DEBOUNCE_MAX;
        loop {
            let rest = end.saturating_duration_since(Instant::now());
            match self.watcher.wait(Some(DEBOUNCE_QUIET.min(rest))) {
                WatchEvent::Stopped => return ControlFlow::Break(()),
                WatchEvent::Changed(hint) => {
                    self.rescan(&hint);
                    if rest.is_zero() {
                        break;
                    }
                }
                WatchEvent::Quiet => break,
            }
        }
        self.rescan(&ChangeHint::Everywhere);
        if !self.pending.is_empty() {
            let round = self.build(since);
            on_round(round, &mut self.watcher);
        }
        ControlFlow::Continue(())
    }

    /// Reads everything again after a build that could not; a round only if the result is another.
    fn read_again(&mut self, on_round: &mut impl FnMut(Round, &mut Watcher)) {
        if self.unread.is_empty() {
            return;
        }
        let before = mem::take(&mut self.unread);
        let since = Instant::now();
        self.rescan(&ChangeHint::Everywhere);
        let is_changed = !self.pending.is_empty();
        self.pending.changed.extend(self.snapshot.paths());
        let round = self.build(since);
        let unread = mem::take(&mut self.unread);
        if is_changed || unread != before {
            on_round(round, &mut self.watcher);
        }
    }

    fn build(&mut self, since: Instant) -> Round {
        let changes = mem::take(&mut self.pending);
        let (prepared, diagnostics) = self.prepare(Some(&changes));
        Round { prepared, diagnostics, changes, since }
    }

    fn prepare(&mut self, changes: Option<&Changes>) -> (Option<Prepared>, Vec<Diagnostic>) {
        if let Some(now) = self.timer.now() {
            self.workspace.set_now(now);
        }
        let (prepared, diagnostics) = self.workspace.prepare(changes);
        self.timer.set(prepared.as_ref().and_then(|prepared| prepared.site.next_change()));
        let unread = diagnostics.iter().filter(|diagnostic| diagnostic.cause == Cause::Setup);
        self.unread = unread.cloned().collect();
        (prepared, diagnostics)
    }
}
