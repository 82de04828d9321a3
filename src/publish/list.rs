//! The list of a build that is not published: what SHA256SUMS would be.
//!
//! Owns a sink that keeps the hash of each output and nothing else. Writes no file.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::ownership::{Hash, hash, write_sums};
use crate::diag::Diagnostic;
use crate::engine::{self, CommitFailure, Observer, OutputSink, Prepared, Unobserved};
use crate::paths::OutPath;

/// The SHA256SUMS that a build would write.
///
/// # Errors
/// What is wrong with the site.
pub fn published_list(prepared: &Prepared) -> Result<String, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let outcome = engine::publish(prepared, None, &Unobserved, || Ok(ListSink::default()), &mut diagnostics);
    outcome.done().ok_or(diagnostics)
}

#[derive(Default)]
struct ListSink(Mutex<Vec<(OutPath, Hash)>>);

impl OutputSink for ListSink {
    type Done = String;

    fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        let hash = hash(bytes);
        self.0.lock().expect("no holder panics").push((path.clone(), hash));
        Ok(())
    }

    fn commit(
        self,
        _: &BTreeSet<OutPath>,
        _: &dyn Observer,
    ) -> Result<(String, Vec<Diagnostic>), CommitFailure> {
        let mut files = self.0.into_inner().expect("no holder panics");
        files.sort_unstable();
        Ok((write_sums(files.iter().map(|(path, hash)| (path, hash))), Vec::new()))
    }
}
