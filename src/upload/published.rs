//! What a bucket holds besides the site: the list of what is ours, and what a stopped publish was about to do.
//!
//! Owns SHA256SUMS as it is stored, its mark while a publish is under way, and the journal `.bulletin-journal`, which
//! names every file that a publish writes. Decides nothing about what is sent.

use object_store::PutMode;

use super::bucket::{Bucket, ListState, Stored};
use super::difference::ListedFile;
use super::fault::FaultKind;
use super::lease::Lease;
use super::messages;
use crate::diag::Diagnostic;
use crate::paths::kept_names::SUMS;
use crate::publish::{parse_sums, write_sums};
use crate::site::COPY_RECORD;

pub(super) const JOURNAL: &str = ".bulletin-journal";

/// The SHA256SUMS that a bucket has.
pub(super) struct PublishedList {
    pub(super) text: Vec<u8>,
    pub(super) files: Vec<ListedFile>,
    pub(super) state: ListState,
    /// What it is written over with; a new one if there is none.
    mode: PutMode,
}

impl PublishedList {
    pub(super) async fn read(bucket: &Bucket) -> Result<Self, Diagnostic> {
        let place = bucket.shown_as();
        let stored = bucket.get(SUMS).await.map_err(|fault| messages::not_reached(place, SUMS, &fault))?;
        let Some(Stored { bytes, version, is_ours, state }) = stored else {
            let state = ListState::Unfinished;
            return Ok(Self { text: Vec::new(), files: Vec::new(), state, mode: PutMode::Create });
        };
        let (files, foreign_line) = parse_sums(&bytes);
        // A list without the mark of a publish is of this program if it lists what every build has.
        let is_build =
            || files.iter().any(|(path, _)| path.as_str() == COPY_RECORD) && bytes.ends_with(b"\n");
        if foreign_line.is_some() || !(is_ours || is_build()) {
            return Err(messages::foreign_list(place, foreign_line));
        }
        Ok(Self { text: bytes, files, state, mode: PutMode::Update(version) })
    }

    /// Whether the bucket holds this build, and no publish was stopped since.
    pub(super) fn is(&self, list: &[u8]) -> bool {
        self.text == list && self.state == ListState::Finished
    }

    /// The files that a stopped publish may have written.
    pub(super) async fn in_doubt(&self, bucket: &Bucket) -> Result<Vec<ListedFile>, Diagnostic> {
        if self.state == ListState::Finished {
            return Ok(Vec::new());
        }
        let stored = bucket.get(JOURNAL).await;
        let stored = stored.map_err(|fault| messages::store_failed(bucket.shown_as(), JOURNAL, &fault))?;
        Ok(stored
            .filter(|journal| journal.is_ours)
            .map(|journal| parse_sums(&journal.bytes).0)
            .unwrap_or_default())
    }

    /// Says what will be written, before anything is.
    pub(super) async fn announce(
        self,
        bucket: &Bucket,
        lease: &Lease,
        files: Vec<ListedFile>,
    ) -> Result<Self, Diagnostic> {
        let mut files = files;
        files.sort_unstable();
        files.dedup_by(|a, b| a.0 == b.0);
        let text = write_sums(files.iter().map(|(path, hash)| (path, hash))).into_bytes();
        let put = bucket.put(JOURNAL, text, PutMode::Overwrite).await;
        put.map_err(|fault| messages::store_failed(bucket.shown_as(), JOURNAL, &fault))?;
        if self.text.is_empty() {
            return Ok(self);
        }
        let text = self.text.clone();
        self.write(bucket, lease, &text, ListState::Unfinished).await
    }

    /// Forgets what was announced.
    pub(super) async fn settle(bucket: &Bucket) -> Result<(), Diagnostic> {
        let removed = bucket.remove(JOURNAL).await;
        removed.map_err(|fault| messages::store_failed(bucket.shown_as(), JOURNAL, &fault))
    }

    /// Writes SHA256SUMS over the version that was read.
    pub(super) async fn write(
        mut self,
        bucket: &Bucket,
        lease: &Lease,
        list: &[u8],
        state: ListState,
    ) -> Result<Self, Diagnostic> {
        let fail = |fault| messages::store_failed(bucket.shown_as(), SUMS, &fault);
        if lease.is_lost() {
            return Err(messages::lease_lost(bucket.shown_as()));
        }
        for _ in 0..3 {
            let condition = if lease.is_unconditional { PutMode::Overwrite } else { self.mode };
            let is_refused = match bucket.put_list(list.to_vec(), condition, state).await {
                Err(fault) if fault.kind != FaultKind::Changed => return Err(fail(fault)),
                put => put.is_err(),
            };
            // Read back in any case: the answer to our own write may have been lost, and a storage may ignore
            // conditions.
            match bucket.get(SUMS).await.map_err(fail)? {
                Some(stored) if stored.bytes == list && stored.state == state => {
                    return Ok(Self {
                        text: stored.bytes,
                        state,
                        mode: PutMode::Update(stored.version),
                        ..self
                    });
                }
                Some(stored) if !is_refused => self.mode = PutMode::Update(stored.version),
                _ => return Err(messages::list_changed(bucket.shown_as())),
            }
        }
        Err(messages::list_differs(bucket.shown_as()))
    }
}
