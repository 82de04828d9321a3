//! Files on their way to a bucket: sent, read back, removed.
//!
//! Owns how many are on their way at once, and what happens where something is there already.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use object_store::PutMode;
use rayon::prelude::*;

use super::bucket::Bucket;
use super::difference::ListedFile;
use super::fault::{FaultKind, StoreFault};
use super::lease::Lease;
use crate::diag::Diagnostic;
use crate::engine::Observer;
use crate::paths::OutPath;
use crate::publish::{FinishedOutput, hash};

/// Requests at the same time: enough to hide the way to a server, few enough for a weak line.
const AT_ONCE: usize = 16;

/// Why files did not get through.
#[derive(Debug)]
pub(super) enum TransferFault {
    Store(OutPath, StoreFault),
    /// The names of what is there cannot be read.
    NoNames(StoreFault),
    /// Files of somebody else are in the way.
    Foreign(Vec<OutPath>),
    /// What was read back differs.
    Differs(OutPath),
    /// The folder that is published changed meanwhile.
    Source(Diagnostic),
    /// Another publish took over.
    LeaseLost,
}

/// What a publish reads from, writes to, and counts.
pub(super) struct Transfer<'a> {
    pub(super) source: &'a FinishedOutput,
    pub(super) bucket: &'a Bucket,
    pub(super) lease: &'a Lease,
    pub(super) done: AtomicUsize,
    pub(super) observer: &'a dyn Observer,
}

impl Transfer<'_> {
    /// Reads every file that will be sent: nothing is sent of a folder that is not as the build left it.
    pub(super) fn verify_source<'f>(
        &self,
        files: impl Iterator<Item = &'f ListedFile>,
    ) -> Result<(), TransferFault> {
        let files: Vec<_> = files.collect();
        files
            .par_iter()
            .try_for_each(|(path, expected)| self.source.read(path, expected).map(drop))
            .map_err(TransferFault::Source)
    }

    /// Sends files in any order; `new` ones where nothing is.
    pub(super) async fn send(
        &self,
        files: &[&ListedFile],
        is_new: impl Fn(&OutPath) -> bool,
    ) -> Result<(), TransferFault> {
        let is_new = &is_new;
        let sent = stream::iter(files).map(Ok).try_for_each_concurrent(AT_ONCE, |file| async move {
            self.send_one(file, is_new(&file.0)).await?;
            self.count();
            Ok(())
        });
        sent.await
    }

    async fn send_one(&self, (path, expected): &ListedFile, is_new: bool) -> Result<(), TransferFault> {
        self.keep_lease()?;
        let bytes = self.source.read(path, expected).map_err(TransferFault::Source)?;
        let fail = |fault| TransferFault::Store(path.clone(), fault);
        if !is_new {
            return self.bucket.put(path.as_str(), bytes, PutMode::Overwrite).await.map_err(fail);
        }
        if !self.lease.is_unconditional {
            match self.bucket.put(path.as_str(), bytes.clone(), PutMode::Create).await {
                Err(fault) if fault.kind == FaultKind::Changed => {}
                sent => return sent.map_err(fail),
            }
        }
        self.send_if_ours(path, bytes).await
    }

    /// Where something may be: of a publish that was stopped, or of somebody else.
    async fn send_if_ours(&self, path: &OutPath, bytes: Vec<u8>) -> Result<(), TransferFault> {
        let fail = |fault| TransferFault::Store(path.clone(), fault);
        let found = self.bucket.get(path.as_str()).await.map_err(fail)?;
        let mode = match &found {
            // The same bytes without our mark are right as well.
            Some(found) if found.bytes == bytes => return Ok(()),
            Some(found) if !found.is_ours => return Err(TransferFault::Foreign(vec![path.clone()])),
            _ if self.lease.is_unconditional => PutMode::Overwrite,
            Some(found) => PutMode::Update(found.version.clone()),
            None => PutMode::Create,
        };
        self.bucket.put(path.as_str(), bytes, mode).await.map_err(fail)
    }

    /// Looks for files of others at the paths of a first publish, before anything is sent.
    pub(super) async fn find_foreign(&self, new: &[ListedFile]) -> Result<(), TransferFault> {
        let names = self.bucket.names().await.map_err(TransferFault::NoNames)?;
        let taken = new.iter().filter(|(path, _)| names.contains(path.as_str()));
        let found = stream::iter(taken).map(|(path, expected)| async move {
            let found = self.bucket.get(path.as_str()).await;
            let found = found.map_err(|fault| TransferFault::Store(path.clone(), fault))?;
            let is_foreign = found.is_some_and(|found| !found.is_ours && hash(&found.bytes) != *expected);
            Ok(is_foreign.then(|| path.clone()))
        });
        let found: Vec<Option<OutPath>> = found.buffered(AT_ONCE).try_collect().await?;
        let foreign: Vec<OutPath> = found.into_iter().flatten().collect();
        if foreign.is_empty() { Ok(()) } else { Err(TransferFault::Foreign(foreign)) }
    }

    /// Compares what is stored with what was sent.
    pub(super) async fn read_back<'f>(
        &self,
        files: impl Iterator<Item = &'f ListedFile>,
    ) -> Result<(), TransferFault> {
        let read =
            stream::iter(files).map(Ok).try_for_each_concurrent(AT_ONCE, |(path, expected)| async move {
                self.keep_lease()?;
                let found = self.bucket.get(path.as_str()).await;
                let found = found.map_err(|fault| TransferFault::Store(path.clone(), fault))?;
                match found {
                    Some(found) if hash(&found.bytes) == *expected => Ok(()),
                    _ => Err(TransferFault::Differs(path.clone())),
                }
            });
        read.await
    }

    /// Removes files in their order, and returns those that somebody else changed: they stay.
    pub(super) async fn remove(&self, files: &[ListedFile]) -> Result<Vec<OutPath>, TransferFault> {
        // In order: a page is gone before what it links to.
        let mut kept = Vec::new();
        let mut removals = stream::iter(files).map(|file| self.remove_one(file)).buffered(AT_ONCE);
        while let Some(stays) = removals.try_next().await? {
            kept.extend(stays);
            self.count();
        }
        Ok(kept)
    }

    async fn remove_one(&self, (path, published): &ListedFile) -> Result<Option<OutPath>, TransferFault> {
        self.keep_lease()?;
        let fail = |fault| TransferFault::Store(path.clone(), fault);
        match self.bucket.get(path.as_str()).await.map_err(fail)? {
            None => Ok(None),
            Some(found) if found.is_ours || hash(&found.bytes) == *published => {
                self.bucket.remove(path.as_str()).await.map_err(fail)?;
                Ok(None)
            }
            Some(_) => Ok(Some(path.clone())),
        }
    }

    fn keep_lease(&self) -> Result<(), TransferFault> {
        if self.lease.is_lost() { Err(TransferFault::LeaseLost) } else { Ok(()) }
    }

    fn count(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
        self.observer.items_done(1, 0);
    }

    pub(super) fn sent(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }
}
