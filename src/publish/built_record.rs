//! The record `.bulletin-built`: of which state the output folder is the result, and what that build reported.
//!
//! Owns its form, and how it is written. Does not know what the hash of the state is of.
//!
//! ```text
//! bulletin built 1
//! <proof> <time of the build>
//! <the rest, masked>
//! ```
//!
//! The proof is a hash of the state and of the rest. The rest is masked by the state, as the folder may be copied to
//! readers with all that is in it: it holds the moment at which the next embargo ends, and messages for the desk. Who
//! cannot list the files of the site, with their times and inodes, cannot unmask it.
//!
//! Invariant: a record is later than all that it describes, by a tick of the file system's clock.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::handles::{Create, OutputRoot};
use super::output_state::OutputState;
use super::ownership::{Hash, hex};
use crate::diag::Diagnostic;
use crate::paths::kept_names::{BUILT, MOST_SMALL};
use crate::sources::{FileStamp, read_at_most};

const TEMPORARY_NAME: &str = ".bulletin-tmp-built";
const FIRST_LINE: &str = "bulletin built 1";

/// A site with more messages than this holds has other worries than the time of a build.
const MOST_BYTES: u64 = 8 << 20;

/// The ticks of a file system's clock are at most ten milliseconds apart, unless it counts whole seconds.
const MOST_TICKS: usize = 25;
const SHORT: Duration = Duration::from_millis(1);

/// How long the result of a build holds, and what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltRecord {
    pub built_at: Timestamp,
    /// The moment from which the result may be another. `None`: it holds for ever.
    pub until: Option<Timestamp>,
    pub outputs: usize,
    /// All that the build reported.
    pub diagnostics: Vec<Diagnostic>,
}

/// A record as it is in the folder. Only who knows its state can read it.
pub struct SealedRecord(Vec<u8>);

impl SealedRecord {
    /// The record of the folder `out`; `None` if there is none.
    #[must_use]
    pub fn read(out: &Path) -> Option<Self> {
        let path = out.join(BUILT);
        let found = path.symlink_metadata().ok()?;
        if !found.is_file() || found.len() > MOST_BYTES {
            return None;
        }
        File::open(path).and_then(|file| read_at_most(&file, MOST_SMALL)).ok().map(Self)
    }

    /// What it says, if it is of this state.
    #[must_use]
    pub fn open(&self, state: &Hash) -> Option<BuiltRecord> {
        let mut lines = self.0.splitn(3, |byte| *byte == b'\n');
        let (first, second, rest) = (lines.next()?, lines.next()?, lines.next()?);
        let (proof, built_at) = std::str::from_utf8(second).ok()?.split_once(' ')?;
        let mut rest = rest.to_vec();
        mask(&mut rest, state, built_at);
        if first != FIRST_LINE.as_bytes() || proof != proof_of(&rest, state, built_at) {
            return None;
        }
        let (until, outputs, diagnostics): (Option<String>, usize, Vec<Diagnostic>) =
            serde_json::from_slice(&rest).ok()?;
        let until = until.map(|until| until.parse()).transpose().ok()?;
        Some(BuiltRecord { built_at: built_at.parse().ok()?, until, outputs, diagnostics })
    }
}

impl BuiltRecord {
    /// Whether a build at this time would have the same result.
    #[must_use]
    pub fn holds_at(&self, now: Timestamp) -> bool {
        self.built_at <= now && self.until.is_none_or(|until| now < until)
    }

    fn sealed(&self, state: &Hash) -> io::Result<Vec<u8>> {
        let Self { built_at, until, outputs, diagnostics } = self;
        let built_at = built_at.to_string();
        let until = until.map(|until| until.to_string());
        let mut rest = serde_json::to_vec(&(until, outputs, diagnostics))?;
        let proof = proof_of(&rest, state, &built_at);
        mask(&mut rest, state, &built_at);
        let mut sealed = format!("{FIRST_LINE}\n{proof} {built_at}\n").into_bytes();
        sealed.append(&mut rest);
        Ok(sealed)
    }

    /// Writes the record of the folder `out`, which holds `outputs`. It is not synced, as no record is trusted after the
    /// computer was started again.
    ///
    /// # Errors
    /// Those of the disk. Also if the file system's clock does not move on: then a file that is changed from now on
    /// would look as it was.
    pub fn write(&self, out: &Path, state: &Hash, outputs: &OutputState) -> io::Result<()> {
        let sealed = self.sealed(state)?;
        if sealed.len() as u64 > MOST_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let root = OutputRoot::open(out)?;
        let written = write_later(&root, &sealed, outputs).and_then(|()| root.replace(TEMPORARY_NAME, BUILT));
        if written.is_err() {
            let _ = root.remove_file(TEMPORARY_NAME);
        }
        written
    }
}

/// Writes the temporary file in a later tick than the last change of any output.
fn write_later(root: &OutputRoot, sealed: &[u8], outputs: &OutputState) -> io::Result<()> {
    let newest = outputs.newest_change().ok_or(io::ErrorKind::Unsupported)?;
    let mut file = root.open_to_write(TEMPORARY_NAME, Create::Always)?;
    for _ in 0..MOST_TICKS {
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(sealed)?;
        let stamp = FileStamp::new(&file.metadata()?);
        if stamp.changed_at().is_some_and(|at| at > newest) {
            return Ok(());
        }
        sleep(SHORT);
    }
    Err(io::ErrorKind::TimedOut.into())
}

fn proof_of(rest: &[u8], state: &Hash, built_at: &str) -> String {
    let mut proof = Sha256::new_with_prefix("bulletin proof");
    proof.update(state);
    proof.update(built_at);
    proof.update(rest);
    hex(&proof.finalize().into())
}

/// Masks, or takes the mask away. The same state at the same time has the same record, so that no mask is used twice.
fn mask(bytes: &mut [u8], state: &Hash, built_at: &str) {
    let mut begin = Sha256::new_with_prefix("bulletin mask");
    begin.update(state);
    begin.update(built_at);
    for (count, chunk) in bytes.chunks_mut(32).enumerate() {
        let mut hash = begin.clone();
        hash.update(count.to_le_bytes());
        for (byte, mask) in chunk.iter_mut().zip(hash.finalize()) {
            *byte ^= mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Place};

    fn record() -> BuiltRecord {
        let second = |second| Timestamp::from_second(second).unwrap();
        let diagnostic = Diagnostic::error(Code::DEAD_OUTPUT_LINK, "a link").at(Place::file("a.html"));
        BuiltRecord {
            built_at: second(1_000),
            until: Some(second(2_000)),
            outputs: 3,
            diagnostics: vec![diagnostic.help("mend it").also(Place::file("b.html"), "here")],
        }
    }

    #[test]
    fn a_record_opens_for_its_state_alone_and_shows_nothing_to_others() {
        let record = record();
        let sealed = record.sealed(&[7; 32]).unwrap();
        assert_eq!(SealedRecord(sealed.clone()).open(&[7; 32]), Some(record));
        assert_eq!(SealedRecord(sealed.clone()).open(&[8; 32]), None);
        let text = String::from_utf8_lossy(&sealed);
        assert!(!text.contains("1970-01-01T00:33:20") && !text.contains("mend"), "{text}");
    }

    #[test]
    fn a_record_that_was_cut_or_changed_anywhere_does_not_open() {
        let sealed = record().sealed(&[7; 32]).unwrap();
        for at in 0..sealed.len() {
            assert_eq!(SealedRecord(sealed[..at].to_vec()).open(&[7; 32]), None, "{at}");
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(SealedRecord(changed).open(&[7; 32]), None, "{at}");
        }
    }

    #[test]
    fn a_result_holds_from_its_build_until_its_next_moment() {
        let record = record();
        let holds = |second| record.holds_at(Timestamp::from_second(second).unwrap());
        assert_eq!([999, 1_000, 1_999, 2_000].map(holds), [false, true, true, false]);
        assert!(BuiltRecord { until: None, ..record }.holds_at(Timestamp::MAX));
    }
}
