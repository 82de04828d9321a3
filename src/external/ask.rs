//! Asks all addresses of a schedule, several at once.
//!
//! Owns the threads, and the end of them. Knows neither HTTP nor what an answer means.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::answer::{LinkAnswer, LinkRequest};
use super::schedule::{AskSchedule, NextStep};
use super::verdict::{LinkVerdict, UncheckedReason};
use crate::engine::Observer;

/// Requests at once, to all hosts together.
const THREADS: usize = 16;
/// How soon a stop is noticed.
const ATTENTION: Duration = Duration::from_millis(100);
/// How much work is lost at most if the program is killed.
const BETWEEN_SAVES: Duration = Duration::from_secs(5);

/// The way to other sites.
pub trait AskSites: Sync {
    fn ask(&self, request: &LinkRequest) -> LinkAnswer;

    /// Ends running requests.
    fn give_up(&self);
}

/// Who follows the work.
pub struct Onlookers<'a> {
    /// Whether to stop.
    pub is_stopped: &'a (dyn Fn() -> bool + Sync),
    pub observer: &'a dyn Observer,
    /// Called now and then with what is known so far.
    pub on_save: &'a mut dyn FnMut(&[Option<LinkVerdict>]),
}

/// Asks until something is known of each address. The second value is whether it was stopped.
pub fn ask_all(
    schedule: AskSchedule,
    sites: &dyn AskSites,
    onlookers: &mut Onlookers<'_>,
) -> (Vec<Option<LinkVerdict>>, bool) {
    let work = SharedWork { schedule: Mutex::new(schedule), changed: Condvar::new(), begun: Instant::now() };
    let was_stopped = std::thread::scope(|scope| {
        let threads = work.lock().progress().1.min(THREADS);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| work.run(sites))).collect();
        work.watch(sites, onlookers, &|| workers.iter().all(|worker| worker.is_finished()))
    });
    let verdicts = work.lock().verdicts();
    (onlookers.on_save)(&verdicts);
    (verdicts, was_stopped)
}

struct SharedWork {
    schedule: Mutex<AskSchedule>,
    changed: Condvar,
    begun: Instant,
}

impl SharedWork {
    /// A worker that panicked is a bug, and no reason to lose the answers of the others.
    fn lock(&self) -> MutexGuard<'_, AskSchedule> {
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, sites: &dyn AskSites) {
        let mut schedule = self.lock();
        loop {
            let now = self.begun.elapsed();
            let wait = match schedule.next(now) {
                NextStep::Finished => break,
                NextStep::Ask(request) => {
                    drop(schedule);
                    let answer = sites.ask(&request);
                    schedule = self.lock();
                    schedule.answered(&request, answer, self.begun.elapsed());
                    self.changed.notify_all();
                    continue;
                }
                NextStep::WaitUntil(at) => at.saturating_sub(now).min(ATTENTION),
                NextStep::WaitForAnswers => ATTENTION,
            };
            let waited = self.changed.wait_timeout(schedule, wait);
            schedule = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        self.changed.notify_all();
    }

    fn watch(
        &self,
        sites: &dyn AskSites,
        onlookers: &mut Onlookers<'_>,
        is_finished: &dyn Fn() -> bool,
    ) -> bool {
        let mut saved = Instant::now();
        let mut was_stopped = false;
        let mut shown = 0;
        while !is_finished() {
            if !was_stopped && (onlookers.is_stopped)() {
                was_stopped = true;
                self.lock().stop(UncheckedReason::Interrupted);
                sites.give_up();
            }
            let waited = self.changed.wait_timeout(self.lock(), ATTENTION);
            let schedule = waited.unwrap_or_else(PoisonError::into_inner).0;
            let (known, all) = schedule.progress();
            let to_save = (saved.elapsed() >= BETWEEN_SAVES).then(|| schedule.verdicts());
            drop(schedule);
            onlookers.observer.expects(all);
            onlookers.observer.items_done(known.saturating_sub(shown), 0);
            shown = known.max(shown);
            if let Some(verdicts) = to_save {
                (onlookers.on_save)(&verdicts);
                saved = Instant::now();
            }
        }
        was_stopped
    }
}
