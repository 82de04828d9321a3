//! One build after another, as the files change.
//!
//! Owns when to look, when to watch and when to build. Renders, serves and publishes nothing.
//!
//! Invariant: when the files have been still for a moment, what was handed on last was made of
//! them as they are.

use std::mem;
use std::path::Path;
use std::time::{Duration, Instant};

use super::watch::{Hint, Watcher, Woken};
use crate::diag::{Cause, Diagnostic, has_errors};
use crate::engine::{Prepared, Workspace};
use crate::sources::{Changes, Tree};

/// How long the first hint of a change waits for the second: a file is emptied before it is
/// written, and half a change would cost more than the wait.
const BREATH: Duration = Duration::from_millis(1);

/// The most breaths.
const BREATHS: usize = 4;

/// How long it must be still after a change for it to be over.
const STILL: Duration = Duration::from_millis(60);

/// The longest that a change which goes on is waited for.
const PATIENCE: Duration = Duration::from_millis(400);

/// One build and why it was made.
pub struct Round {
    /// `None` where the set-up leaves nothing to render with.
    pub prepared: Option<Prepared>,
    pub diagnostics: Vec<Diagnostic>,
    /// None at the first build.
    pub changes: Changes,
    /// When the change was noticed.
    pub since: Instant,
}

/// Builds whenever the files change.
pub struct Follower {
    watcher: Watcher,
    tree: Tree,
    workspace: Workspace,
    /// What changed since the last build that was handed on.
    pending: Changes,
    /// What could not be read by the last build, and is to be tried again.
    unread: Vec<Diagnostic>,
}

/// How long after a build that could not read a file it is read again, once: a folder may have been away for
/// that moment only, with nothing left to see of it.
const READ_AGAIN: Duration = Duration::from_millis(500);

impl Follower {
    /// Looks at everything for the first time; from here on no change is missed.
    #[must_use]
    pub fn new(root: &Path, watcher: Watcher, workspace: Workspace) -> Self {
        Self { tree: Tree::new(root), watcher, workspace, pending: Changes::default(), unread: Vec::new() }
    }

    pub fn first(&mut self) -> Round {
        let since = Instant::now();
        let (prepared, diagnostics) = self.prepare(None);
        Round { prepared, diagnostics, changes: Changes::default(), since }
    }

    /// Watches from now on, and gives a line about that to tell. After the first build: the system has word
    /// of every file that is opened, which would hold up the reading. What changed meanwhile is found by the
    /// look that [`Follower::run`] begins with.
    pub fn watch(&mut self) -> Option<String> {
        self.watcher.begin();
        self.watcher.take_notice()
    }

    /// Hands on a round for every change until somebody ends it.
    pub fn run(&mut self, mut take: impl FnMut(Round, &mut Watcher)) {
        let since = Instant::now();
        self.pending.add(self.tree.look_after_reading());
        if !self.pending.is_empty() && self.when_still(since, &mut take).is_break() {
            return;
        }
        loop {
            let limit = (!self.unread.is_empty()).then_some(READ_AGAIN);
            let hint = match self.watcher.wait(limit) {
                Woken::Hint(hint) => hint,
                Woken::Quiet => {
                    self.read_again(&mut take);
                    continue;
                }
                Woken::Ended => return,
            };
            let since = Instant::now();
            let Some(hint) = self.breathe(hint) else { return };
            if self.look(&hint).is_empty() {
                continue;
            }
            self.at_once(since, &mut take);
            if self.when_still(since, &mut take).is_break() {
                return;
            }
        }
    }

    /// The hint with those that come right behind it; `None` where the end came.
    fn breathe(&mut self, mut hint: Hint) -> Option<Hint> {
        for _ in 0..BREATHS {
            match self.watcher.wait(Some(BREATH)) {
                Woken::Hint(next) => hint = hint.and(next),
                Woken::Quiet => break,
                Woken::Ended => return None,
            }
        }
        Some(hint)
    }

    fn look(&mut self, hint: &Hint) -> Changes {
        let started = Instant::now();
        let changes = match hint {
            Hint::Everywhere => {
                let changes = self.tree.look();
                self.watcher.looked(started.elapsed());
                changes
            }
            Hint::At(paths) => {
                let mut changes = Changes::default();
                paths.iter().for_each(|path| changes.add(self.tree.look_at(path)));
                changes
            }
        };
        self.pending.add(changes.clone());
        changes
    }

    /// The first look at a change is built at once, unless it may be half of one: an editor that
    /// moves the old file away before the new one comes, or that has only begun to write.
    fn at_once(&mut self, since: Instant, take: &mut impl FnMut(Round, &mut Watcher)) {
        if !self.pending.removed.is_empty() || !self.pending.added.is_empty() {
            return;
        }
        let round = self.build(since);
        if has_errors(&round.diagnostics) || round.prepared.is_none() {
            self.pending = round.changes;
            return;
        }
        take(round, &mut self.watcher);
    }

    /// Waits until it is still, looks at everything, and builds what is not built yet.
    fn when_still(
        &mut self,
        since: Instant,
        take: &mut impl FnMut(Round, &mut Watcher),
    ) -> std::ops::ControlFlow<()> {
        let end = since + PATIENCE;
        loop {
            let rest = end.saturating_duration_since(Instant::now());
            match self.watcher.wait(Some(STILL.min(rest))) {
                Woken::Ended => return std::ops::ControlFlow::Break(()),
                Woken::Hint(hint) => {
                    self.look(&hint);
                    if rest.is_zero() {
                        break;
                    }
                }
                Woken::Quiet => break,
            }
        }
        self.look(&Hint::Everywhere);
        if !self.pending.is_empty() {
            let round = self.build(since);
            take(round, &mut self.watcher);
        }
        std::ops::ControlFlow::Continue(())
    }

    /// Reads everything after a build that could not, and hands it on where that gave something else.
    fn read_again(&mut self, take: &mut impl FnMut(Round, &mut Watcher)) {
        if self.unread.is_empty() {
            return;
        }
        let before = mem::take(&mut self.unread);
        let since = Instant::now();
        self.look(&Hint::Everywhere);
        let is_changed = !self.pending.is_empty();
        self.pending.changed.extend(self.tree.all());
        let round = self.build(since);
        let unread = mem::take(&mut self.unread);
        if is_changed || unread != before {
            take(round, &mut self.watcher);
        }
    }

    fn build(&mut self, since: Instant) -> Round {
        let changes = mem::take(&mut self.pending);
        let (prepared, diagnostics) = self.prepare(Some(&changes));
        Round { prepared, diagnostics, changes, since }
    }

    fn prepare(&mut self, changes: Option<&Changes>) -> (Option<Prepared>, Vec<Diagnostic>) {
        let (prepared, diagnostics) = self.workspace.prepare(changes);
        let is_unread = |diagnostic: &&Diagnostic| diagnostic.cause == Cause::Setup;
        self.unread = diagnostics.iter().filter(is_unread).cloned().collect();
        (prepared, diagnostics)
    }
}
