//! Whether a build would have the result of the last one: then it is left out as a whole.
//!
//! Owns what is compared: the program, the options, all that a build reads, all that the output folder holds, and how long
//! the last result holds. `sources` and `publish` list files; docs/decisions/publishing.md has the reasons.
//!
//! Invariant: when in doubt, the site is built. What is compared is read before the build reads anything, and is
//! remembered only if it was still so at its end.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};

use super::args::{Args, Publishing};
use super::options::{Output, read_clock};
use crate::diag::{Code, Diagnostic};
use crate::engine::{BuildOptions, Built, Outcome};
use crate::publish::{BuiltRecord, Hash, OutputState, Published, SealedRecord, is_free};
use crate::sources::{self, FileStamp, Inputs};
use crate::time::DayOrMoment;

/// Two writes within one tick of a file system's clock may leave the same metadata. Its ticks are at most ten
/// milliseconds apart.
const TICK: SignedDuration = SignedDuration::from_millis(20);

/// The same for clocks that count whole seconds.
const COARSE_TICK: SignedDuration = SignedDuration::from_secs(3);

/// What there was before a build began.
pub struct SinceLastBuild {
    root: PathBuf,
    /// Of the output.
    folder: PathBuf,
    /// Of the program and its options.
    settings: Sha256,
    record: Option<SealedRecord>,
    inputs: Inputs,
    outputs: Option<Arc<OutputState>>,
    /// `None` if git could not say, or was not asked.
    tracked: Option<BTreeSet<String>>,
    /// A record of this build could be trusted.
    is_certain: bool,
    /// Each build must be done, as it asks a question.
    must_build: bool,
}

impl SinceLastBuild {
    pub fn look(args: &Args, options: &BuildOptions, publishing: &Publishing, output: &Output) -> Self {
        let root = args.absolute_root();
        let program = program();
        let boot = boot();
        let is_safe = boot.is_some() || publishing.durable;
        // What was known at a time depends on more moments than a site lists.
        let is_certain = program.is_some() && is_safe && options.as_of.is_none();
        let mut settings = Sha256::new_with_prefix("bulletin build");
        let BuildOptions { drafts, base_url, .. } = options;
        let typed = (env!("CARGO_PKG_VERSION"), boot, publishing.durable, drafts, base_url);
        settings.update(format!("{typed:?}"));
        if let Some(program) = program {
            program.hash_into(&mut settings);
        }
        let record = if is_certain { SealedRecord::read(&output.folder) } else { None };
        let is_asked = record.is_some();
        let (inputs, (outputs, tracked)) = rayon::join(
            || Inputs::scan(&root, &output.folder),
            || {
                rayon::join(
                    || OutputState::read(&output.folder),
                    || if is_asked { sources::tracked_now(&root) } else { None },
                )
            },
        );
        let outputs = outputs.filter(|_| is_certain).map(Arc::new);
        let must_build = publishing.adopt;
        let folder = output.folder.clone();
        Self { root, folder, settings, record, inputs, outputs, tracked, is_certain, must_build }
    }

    /// The record of the last build, if one at this time would have the same result and report the same.
    pub fn unchanged(&self, now: DayOrMoment) -> Option<BuiltRecord> {
        if self.must_build {
            return None;
        }
        let state = self.state(self.outputs.as_ref()?, self.tracked.as_ref()?);
        let record = self.record.as_ref()?.open(&state)?;
        let now = match now {
            DayOrMoment::Moment(moment) => moment,
            DayOrMoment::Day(_) => now.moment_in(&sources::time_zone(&self.root)).ok()?,
        };
        // Another build may be at work, which is an error to report.
        (record.holds_at(now.at) && is_free(&self.folder)).then_some(record)
    }

    fn state(&self, outputs: &OutputState, tracked: &BTreeSet<String>) -> Hash {
        let mut hash = self.settings.clone();
        self.inputs.hash_into(&mut hash);
        hash.update(format!("{tracked:?}"));
        outputs.hash_into(&mut hash);
        hash.finalize().into()
    }

    /// Waits for the next tick of the file system's clock, if a file was written in this one.
    pub fn wait_for_the_clock(&mut self) {
        let Some(newest) = self.inputs.newest_change().filter(|_| self.is_certain) else {
            self.is_certain = false;
            return;
        };
        let age = read_clock().duration_since(newest);
        if age > TICK && (newest.subsec_nanosecond() != 0 || age > COARSE_TICK) {
            return;
        }
        // A file of the future, or a clock that counts seconds: to wait would take too long.
        self.is_certain = newest.subsec_nanosecond() != 0 && age > -TICK;
        if self.is_certain {
            let rest = Duration::try_from(TICK - age).unwrap_or_default();
            sleep(rest);
        }
    }

    /// The output folder as it was, if its state at the end is asked for.
    pub fn outputs(&self) -> Option<Arc<OutputState>> {
        self.outputs.clone().filter(|_| self.is_certain)
    }

    /// Writes down what this build was of, if a later one may rely on it. A record that cannot be written costs only time.
    pub fn remember(self, built: &Built<Published>, output: &Output) {
        let (Outcome::Done(published), Some(prepared)) = (&built.outcome, &built.prepared) else { return };
        let Some(outputs) = published.state.as_ref().filter(|_| self.is_certain) else { return };
        if built.diagnostics.iter().any(is_shown_once) {
            return;
        }
        let state = self.state(outputs, &prepared.sources.tracked);
        let record = BuiltRecord {
            built_at: prepared.site.now().at,
            until: prepared.site.next_moment().map(|moment| moment.at),
            outputs: published.written + published.changed + published.unchanged,
            diagnostics: built.diagnostics.clone(),
        };
        if self.inputs.is_still_so() {
            let _ = record.write(&output.folder, &state, outputs);
        }
    }
}

/// Whether it compares this build with the one before. What is not listed may be such a one, too.
fn is_shown_once(diagnostic: &Diagnostic) -> bool {
    [Code::SILENT_CHANGE, Code::UNREADABLE_PUBLISH, Code::MORE_PROBLEMS].contains(&diagnostic.code)
}

/// The file of this program, which another build of it replaces.
fn program() -> Option<FileStamp> {
    let found = fs::metadata(env::current_exe().ok()?).ok()?;
    let stamp = FileStamp::new(&found);
    stamp.changed_at().is_some().then_some(stamp)
}

/// Identifies the time since the computer was started. A power cut may empty files that were just written, and leave their
/// times as they were; `--durable` rules that out.
fn boot() -> Option<String> {
    fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_and_the_start_of_the_computer_are_known_on_linux() {
        assert!(program().is_some());
        assert!(boot().is_some_and(|boot| boot.trim().len() == 36));
    }
}
