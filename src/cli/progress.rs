//! Shows how far a run is, on a line of a terminal that is written over and removed.
//!
//! Owns when the line is there: for work over half a second, and never while something else is printed. A thread of its
//! own draws it, so that the work only counts.

use std::fmt::Write as _;
use std::process;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::exit_codes::EXIT_INTERRUPTED;
use crate::engine::Stage;
use crate::preview::server::interrupts;

/// Shorter work shows nothing. Work that begins again sooner than this after its end goes on.
const PATIENCE: Duration = Duration::from_millis(500);

/// In letters.
const BAR: usize = 20;

const BETWEEN_DRAWINGS: Duration = Duration::from_millis(100);

/// How long an interrupt waits for a line that is being drawn: a terminal may be stopped.
const WAIT_FOR_DRAWING: Duration = Duration::from_millis(200);

pub struct ProgressLine {
    work: Mutex<WorkUnderWay>,
    changed: Condvar,
    done: AtomicUsize,
    /// 0 if it is not known.
    of: AtomicUsize,
    /// Counts everything that happens.
    events: AtomicUsize,
    /// Held while something is written to the terminal.
    shown: Mutex<ShownLine>,
    /// The command ends itself at a signal.
    leaves_signals: AtomicBool,
}

#[derive(Default)]
struct WorkUnderWay {
    stage: Option<(Stage, Instant)>,
    since: Option<Instant>,
    ended: Option<Instant>,
    has_thread: bool,
}

#[derive(Default)]
struct ShownLine {
    bar: Option<ProgressBar>,
    /// The number of events when something else was printed. The line comes back with the next one.
    paused_at: Option<usize>,
    catches_signals: bool,
}

/// Keeps the line away.
pub struct HeldLine<'a>(#[expect(dead_code, reason = "it is held, not read")] MutexGuard<'a, ShownLine>);

impl ProgressLine {
    /// `None` if stderr is no terminal that can write over a line.
    pub fn on_terminal() -> Option<Arc<Self>> {
        let line = || Self {
            work: Mutex::default(),
            changed: Condvar::new(),
            done: AtomicUsize::new(0),
            of: AtomicUsize::new(0),
            events: AtomicUsize::new(0),
            shown: Mutex::default(),
            leaves_signals: AtomicBool::new(false),
        };
        (!ProgressDrawTarget::stderr().is_hidden()).then(|| Arc::new(line()))
    }

    pub fn stage_begins(self: &Arc<Self>, stage: Stage) {
        let now = Instant::now();
        let mut work = lock(&self.work);
        self.done.store(0, Ordering::Relaxed);
        self.of.store(0, Ordering::Relaxed);
        self.events.fetch_add(1, Ordering::Relaxed);
        let goes_on = work.ended.is_some_and(|ended| now.duration_since(ended) < PATIENCE);
        work.since = work.since.filter(|_| goes_on).or(Some(now));
        work.stage = Some((stage, now));
        if !work.has_thread {
            let line = Arc::clone(self);
            // Without a thread, the work goes on without a line.
            work.has_thread = thread::Builder::new().spawn(move || line.run()).is_ok();
        }
        self.changed.notify_all();
    }

    pub fn stage_ends(&self) {
        let mut work = lock(&self.work);
        work.stage = None;
        work.ended = Some(Instant::now());
    }

    pub fn expects(&self, items: usize) {
        self.of.store(items, Ordering::Relaxed);
    }

    pub fn items_done(&self, items: usize) {
        self.done.fetch_add(items, Ordering::Relaxed);
        self.events.fetch_add(1, Ordering::Relaxed);
    }

    /// Removes the line, and keeps it away while the result is held and until the work goes on.
    pub fn hold(&self) -> HeldLine<'_> {
        let mut shown = lock(&self.shown);
        shown.remove();
        shown.paused_at = Some(self.events.load(Ordering::Relaxed));
        HeldLine(shown)
    }

    /// From now on the command ends itself at a signal, and removes the line.
    pub fn leave_signals(&self) {
        self.leaves_signals.store(true, Ordering::Relaxed);
    }

    fn run(self: Arc<Self>) {
        loop {
            let work = lock(&self.work);
            let Some((stage, begun)) = work.stage else {
                drop(work);
                self.wait_for_work();
                continue;
            };
            let is_long = work.since.is_some_and(|since| since.elapsed() >= PATIENCE);
            drop(work);
            if is_long {
                self.draw(stage, begun.elapsed());
            }
            thread::sleep(BETWEEN_DRAWINGS);
        }
    }

    fn wait_for_work(&self) {
        lock(&self.shown).remove();
        let has_none = |work: &mut WorkUnderWay| work.stage.is_none();
        let work = self.changed.wait_while(lock(&self.work), has_none);
        drop(work.unwrap_or_else(PoisonError::into_inner));
    }

    fn draw(self: &Arc<Self>, stage: Stage, elapsed: Duration) {
        let (done, of) = (self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed));
        let mut shown = lock(&self.shown);
        if shown.paused_at == Some(self.events.load(Ordering::Relaxed)) {
            return;
        }
        shown.paused_at = None;
        if !shown.catches_signals {
            shown.catches_signals = true;
            let (line, (ready, is_ready)) = (Arc::clone(self), mpsc::channel());
            // Without a thread, the system's own way to end applies.
            let _ = thread::Builder::new().spawn(move || line.end_when_interrupted(ready));
            // Until it listens, or cannot: a signal before that would leave the line.
            let _ = is_ready.recv();
        }
        shown.draw(stage, elapsed, (done, of));
    }

    /// The system's own way to end would leave the line.
    fn end_when_interrupted(&self, ready: Sender<()>) {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        let context = runtime.enter();
        let Ok(interrupted) = interrupts() else { return };
        drop((context, ready));
        runtime.block_on(interrupted);
        if self.leaves_signals.load(Ordering::Relaxed) {
            return;
        }
        let begun = Instant::now();
        while begun.elapsed() < WAIT_FOR_DRAWING {
            if let Ok(mut shown) = self.shown.try_lock() {
                shown.remove();
                // Held, so that the line does not come back.
                process::exit(EXIT_INTERRUPTED.into());
            }
            thread::sleep(WAIT_FOR_DRAWING / 20);
        }
        process::exit(EXIT_INTERRUPTED.into());
    }
}

impl ShownLine {
    fn draw(&mut self, stage: Stage, elapsed: Duration, counted: (usize, usize)) {
        let bar = self.bar.get_or_insert_with(|| {
            ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style())
        });
        bar.set_message(text(stage, elapsed, counted));
    }

    fn remove(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Cut where the terminal ends.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("{wide_msg}").expect("the template is constant")
}

/// "[==>                 ] rendering: 120 of 3010, about 12 s left", in letters that every terminal has.
fn text(stage: Stage, elapsed: Duration, (done, of): (usize, usize)) -> String {
    let word = stage.word();
    let mut text = match (done, of) {
        (0, 0) => word.to_owned(),
        (done, 0) => format!("{word}: {done}"),
        (done, of) => format!("[{:<BAR$}] {word}: {} of {of}", bar(done.min(of), of), done.min(of)),
    };
    if let Some(left) = time_left(elapsed, (done, of)) {
        let _ = write!(text, ", {}", in_words(left));
    }
    text
}

fn bar(done: usize, of: usize) -> String {
    let full = BAR * done / of;
    let end = if full < BAR { ">" } else { "" };
    "=".repeat(full) + end
}

/// If the rest goes on as what is done. `None` if too little is known.
fn time_left(elapsed: Duration, (done, of): (usize, usize)) -> Option<Duration> {
    let rest = of.checked_sub(done).filter(|rest| *rest > 0 && done > 0)?;
    let millis = elapsed.as_millis().saturating_mul(rest as u128) / done as u128;
    Some(Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX)))
}

fn in_words(left: Duration) -> String {
    let seconds = left.as_millis().div_ceil(1000).max(1);
    let minutes = seconds.div_ceil(60);
    match seconds {
        1..=59 => format!("about {seconds} s left"),
        60..=3_540 => format!("about {minutes} min left"),
        3_541..=86_400 => format!("about {} h {} min left", minutes / 60, minutes % 60),
        _ => "more than a day left".to_owned(),
    }
}

/// A thread that panicked is a bug, and no reason to end another one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_that_is_left_is_said_in_words() {
        let said = |seconds: u64, done: usize, of: usize| {
            let text = text(Stage::Rendering, Duration::from_secs(seconds), (done, of));
            text.split_once("] ").map_or(text.clone(), |(_, text)| text.to_owned())
        };
        assert_eq!(said(1, 0, 0), "rendering");
        assert_eq!(said(1, 7, 0), "rendering: 7");
        assert_eq!(said(1, 0, 9), "rendering: 0 of 9");
        assert_eq!(said(9, 9, 9), "rendering: 9 of 9");
        assert_eq!(said(9, 12, 9), "rendering: 9 of 9");
        assert_eq!(said(1, 2, 3), "rendering: 2 of 3, about 1 s left");
        assert_eq!(said(0, 2, 3), "rendering: 2 of 3, about 1 s left");
        assert_eq!(said(10, 10, 69), "rendering: 10 of 69, about 59 s left");
        assert_eq!(said(10, 10, 70), "rendering: 10 of 70, about 1 min left");
        assert_eq!(said(10, 10, 71), "rendering: 10 of 71, about 2 min left");
        assert_eq!(said(10, 1, 355), "rendering: 1 of 355, about 59 min left");
        assert_eq!(said(100, 1, 37), "rendering: 1 of 37, about 1 h 0 min left");
        assert_eq!(said(7_200, 1, 13), "rendering: 1 of 13, about 24 h 0 min left");
        assert_eq!(said(7_201, 1, 13), "rendering: 1 of 13, more than a day left");
        assert_eq!(
            said(u64::MAX, 1, usize::MAX),
            format!("rendering: 1 of {}, more than a day left", usize::MAX)
        );
    }

    #[test]
    fn the_bar_is_as_long_as_what_is_done() {
        let text = |done, of| text(Stage::Packing, Duration::ZERO, (done, of));
        assert_eq!(text(0, 9), "[>                   ] packing: 0 of 9");
        assert_eq!(text(2, 4), "[==========>         ] packing: 2 of 4, about 1 s left");
        assert_eq!(text(3_009, 3_010), "[===================>] packing: 3009 of 3010, about 1 s left");
        assert_eq!(text(9, 9), "[====================] packing: 9 of 9");
    }
}
