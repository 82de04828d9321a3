//! One publish at a time.
//!
//! Owns the file `.bulletin-publish`: who publishes, and a count that rises while they do. A publish that finds it waits. If the
//! count stops, its publish was stopped, and the next one takes over. Each write is on the condition that the file is
//! still the one that was read, so that two cannot take it at once. Since a storage may ignore conditions, the file is
//! read back as well.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use object_store::{PutMode, UpdateVersion};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::bucket::Bucket;
use super::fault::{FaultKind, StoreFault};

pub(super) const LEASE: &str = ".bulletin-publish";

/// How often a lease is renewed, and how long one without a sign of life is waited for.
#[derive(Clone, Copy, Debug)]
pub struct LeaseTimes {
    pub renewed_every: Duration,
    pub ends_after: Duration,
}

impl Default for LeaseTimes {
    fn default() -> Self {
        Self { renewed_every: Duration::from_secs(4), ends_after: Duration::from_secs(20) }
    }
}

/// Who takes a lease.
pub(super) struct LeaseTerms<'a> {
    /// No two have the same.
    pub(super) publisher: &'a str,
    pub(super) times: LeaseTimes,
    /// Called once if another publish seems to be under way.
    pub(super) on_wait: &'a (dyn Fn() + Sync),
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LeaseNote {
    publisher: String,
    renewed: u64,
}

#[derive(Debug)]
pub(super) enum LeaseFault {
    /// Another publish is at work.
    Taken,
    Store(StoreFault),
}

impl From<StoreFault> for LeaseFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

/// The right to change a bucket, renewed until it is given back.
pub(super) struct Lease {
    bucket: Bucket,
    publisher: String,
    lost: Arc<AtomicBool>,
    stop: oneshot::Sender<()>,
    renewal: JoinHandle<()>,
    /// The storage cannot write on a condition.
    pub(super) is_unconditional: bool,
}

impl Lease {
    /// Takes the lease, or waits until its holder gives no sign of life.
    pub(super) async fn take(bucket: &Bucket, terms: &LeaseTerms<'_>) -> Result<Self, LeaseFault> {
        let (publisher, times) = (terms.publisher.to_owned(), terms.times);
        let mut writer =
            LeaseWriter { bucket: bucket.clone(), publisher: publisher.clone(), is_unconditional: false };
        match writer.create().await {
            // If the answer to our own write was lost, the file is ours.
            Err(fault) if fault.kind == FaultKind::Changed && writer.held().await?.is_none() => {
                (terms.on_wait)();
                writer.take_over(times).await?;
            }
            Err(fault) if fault.kind != FaultKind::Changed => return Err(fault.into()),
            _ => {}
        }
        writer.try_conditions().await?;
        if writer.is_unconditional {
            // Another one that writes at the same time has the last word.
            sleep(times.renewed_every / 2).await;
        }
        let version = writer.held().await?.ok_or(LeaseFault::Taken)?;
        let lost = Arc::new(AtomicBool::new(false));
        let (stop, stopped) = oneshot::channel();
        let is_unconditional = writer.is_unconditional;
        let renewal = tokio::spawn(renew(writer, version, times, Arc::clone(&lost), stopped));
        Ok(Self { bucket: bucket.clone(), publisher, lost, stop, renewal, is_unconditional })
    }

    /// Whether another publish took over.
    pub(super) fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// Gives the lease back, unless another publish has it.
    pub(super) async fn give_back(self) -> Result<(), StoreFault> {
        let _ = self.stop.send(());
        // A renewal that is under way would write the file again.
        let _ = self.renewal.await;
        let writer = LeaseWriter { bucket: self.bucket, publisher: self.publisher, is_unconditional: false };
        if writer.held().await?.is_some() { writer.bucket.remove(LEASE).await } else { Ok(()) }
    }
}

struct LeaseWriter {
    bucket: Bucket,
    publisher: String,
    is_unconditional: bool,
}

impl LeaseWriter {
    async fn write(&mut self, renewed: u64, mode: PutMode) -> Result<(), StoreFault> {
        let note = LeaseNote { publisher: self.publisher.clone(), renewed };
        let bytes = serde_json::to_vec(&note).expect("a text and a number are always JSON");
        let mode = if self.is_unconditional { PutMode::Overwrite } else { mode };
        let written = self.bucket.put(LEASE, bytes.clone(), mode).await;
        match written {
            Err(fault) if fault.kind == FaultKind::Unconditional && !self.is_unconditional => {
                self.is_unconditional = true;
                self.bucket.put(LEASE, bytes, PutMode::Overwrite).await
            }
            written => written,
        }
    }

    /// Looks first, as a storage may ignore the condition.
    async fn create(&mut self) -> Result<(), StoreFault> {
        if self.bucket.get(LEASE).await?.is_some() {
            let fact = "another publish is under way".to_owned();
            return Err(StoreFault { kind: FaultKind::Changed, fact });
        }
        self.write(0, PutMode::Create).await
    }

    /// Finds out whether the storage lets a file be made that is there.
    async fn try_conditions(&mut self) -> Result<(), StoreFault> {
        if self.is_unconditional {
            return Ok(());
        }
        match self.write(0, PutMode::Create).await {
            Err(fault) if fault.kind == FaultKind::Changed => Ok(()),
            written => {
                self.is_unconditional = true;
                written
            }
        }
    }

    /// Waits as long as a holder may be silent, then takes the lease in its place.
    async fn take_over(&mut self, times: LeaseTimes) -> Result<(), LeaseFault> {
        let Some(found) = self.bucket.get(LEASE).await? else {
            return self.write(0, PutMode::Create).await.map_err(as_taken);
        };
        let begun = Instant::now();
        while begun.elapsed() < times.ends_after {
            sleep(times.renewed_every).await;
            match self.bucket.get(LEASE).await? {
                None => return self.write(0, PutMode::Create).await.map_err(as_taken),
                Some(now) if now.bytes == found.bytes => {}
                Some(_) => return Err(LeaseFault::Taken),
            }
        }
        self.write(0, PutMode::Update(found.version)).await.map_err(as_taken)
    }

    /// The version of the file, if it is ours.
    async fn held(&self) -> Result<Option<UpdateVersion>, StoreFault> {
        let Some(stored) = self.bucket.get(LEASE).await? else { return Ok(None) };
        let note = serde_json::from_slice::<LeaseNote>(&stored.bytes).ok();
        Ok(note.filter(|note| note.publisher == self.publisher).map(|_| stored.version))
    }
}

fn as_taken(fault: StoreFault) -> LeaseFault {
    if fault.kind == FaultKind::Changed { LeaseFault::Taken } else { LeaseFault::Store(fault) }
}

/// Writes the file again and again, until it is stopped or the lease is lost.
async fn renew(
    mut writer: LeaseWriter,
    mut version: UpdateVersion,
    times: LeaseTimes,
    lost: Arc<AtomicBool>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut last = Instant::now();
    for renewed in 1.. {
        if timeout(times.renewed_every, &mut stopped).await.is_ok() {
            return;
        }
        let written = writer.write(renewed, PutMode::Update(version.clone())).await;
        let held = if written.as_ref().is_err_and(|fault| fault.kind != FaultKind::Changed) {
            Err(())
        } else {
            writer.held().await.map_err(drop)
        };
        match held {
            Ok(Some(held)) => (version, last) = (held, Instant::now()),
            Ok(None) => break,
            Err(()) if last.elapsed() < times.ends_after / 2 => {}
            Err(()) => break,
        }
    }
    lost.store(true, Ordering::Relaxed);
}
