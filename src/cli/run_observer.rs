//! Who follows the run of a command: a line on a terminal, and what `--verbose` prints of times.
//!
//! Without either, only calls are left of it: no clock is read and nothing is kept.

use std::sync::Arc;
use std::time::Duration;

use super::progress::{HeldLine, ProgressLine};
use super::run_times::RunTimes;
use crate::engine::{Observer, OutputTime, Stage};

#[derive(Default)]
pub struct RunObserver {
    pub line: Option<Arc<ProgressLine>>,
    pub times: Option<RunTimes>,
}

impl RunObserver {
    /// Removes the line on the terminal, and keeps it away while the result is held.
    pub fn hold(&self) -> Option<HeldLine<'_>> {
        self.line.as_ref().map(|line| line.hold())
    }
}

impl Observer for RunObserver {
    fn stage_begins(&self, stage: Stage) {
        if let Some(times) = &self.times {
            times.stage_begins(stage);
        }
        if let Some(line) = &self.line {
            line.stage_begins(stage);
        }
    }

    fn stage_ends(&self) {
        if let Some(line) = &self.line {
            line.stage_ends();
        }
        if let Some(times) = &self.times {
            times.stage_ends();
        }
    }

    fn expects(&self, items: usize) {
        if let Some(line) = &self.line {
            line.expects(items);
        }
    }

    fn items_done(&self, items: usize, bytes: u64) {
        if let Some(line) = &self.line {
            line.items_done(items);
        }
        if let Some(times) = &self.times {
            times.items_done(items, bytes);
        }
    }

    fn clock(&self) -> Option<Duration> {
        self.times.as_ref().map(RunTimes::clock)
    }

    fn output_done(&self, output: OutputTime<'_>) {
        if let Some(times) = &self.times {
            times.output_done(&output);
        }
    }
}
