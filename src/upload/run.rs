//! One publish from its first request to its last.

use std::sync::atomic::AtomicUsize;

use object_store::PutMode;

use super::bucket::{Bucket, ListState};
use super::difference::{Difference, ListedFile};
use super::lease::{LEASE, Lease, LeaseTerms, LeaseTimes};
use super::messages;
use super::order::parts;
use super::published::PublishedList;
use super::refusals::refusals;
use super::transfer::Transfer;
use crate::diag::{Diagnostic, Severity};
use crate::engine::{Observer, Progress, Stage};
use crate::paths::OutPath;
use crate::paths::kept_names::SIGNATURE;
use crate::publish::{FinishedOutput, leaving_order, write_sums};
use crate::render::copy_record::CopyRecord;
use crate::site::COPY_RECORD;

/// What a publish must not do by mistake.
#[derive(Clone, Copy, Debug)]
pub struct UploadSafety {
    /// Only says what would be done.
    pub dry_run: bool,
    /// Removes however much it is.
    pub force: bool,
}

/// How a publish is done.
pub struct UploadOptions<'a> {
    /// Who publishes: no two have the same.
    pub publisher: String,
    pub safety: UploadSafety,
    pub times: LeaseTimes,
    /// Called once if another publish seems to be under way.
    pub on_wait: &'a (dyn Fn() + Sync),
    pub observer: &'a dyn Observer,
}

/// What a publish did, or would do.
#[derive(Debug, Default)]
pub struct Uploaded {
    pub new: Vec<OutPath>,
    pub changed: Vec<OutPath>,
    pub removed: Vec<OutPath>,
    pub unchanged: usize,
    pub warnings: Vec<Diagnostic>,
}

/// Why a publish stopped, and how far it had come.
#[derive(Debug)]
pub struct UploadFailure {
    pub diagnostics: Vec<Diagnostic>,
    /// `None` if nothing was changed.
    pub progress: Option<Progress>,
}

impl From<Diagnostic> for UploadFailure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], progress: None }
    }
}

/// Makes a bucket hold what a build left, in an order in which every link always works.
///
/// # Errors
/// What stopped it. The next publish does the rest.
pub async fn upload(
    source: &FinishedOutput,
    bucket: &Bucket,
    options: &UploadOptions<'_>,
) -> Result<Uploaded, UploadFailure> {
    let published = PublishedList::read(bucket).await?;
    if published.is(source.list()) {
        // It may have been signed since.
        if source.unlisted(SIGNATURE)?.is_some() && !options.safety.dry_run {
            bring_signature(source, bucket).await?;
        }
        return Ok(Uploaded { unchanged: source.files().len(), ..Uploaded::default() });
    }
    if options.safety.dry_run {
        let difference = difference(source, bucket, &published).await?;
        let refused = refused(source, bucket, &published, &difference).await?;
        return Ok(planned(difference, refused));
    }
    let terms = LeaseTerms { publisher: &options.publisher, times: options.times, on_wait: options.on_wait };
    let lease = Lease::take(bucket, &terms).await;
    let lease = lease.map_err(|fault| messages::lease_failed(bucket.shown_as(), fault))?;
    let result = with_lease(source, bucket, options, &lease).await;
    let given_back = lease.give_back().await;
    let mut uploaded = result?;
    if let Err(fault) = given_back {
        // The site is whole; only the next publish has to wait.
        let mut warning = messages::store_failed(bucket.shown_as(), LEASE, &fault);
        warning.severity = Severity::Warning;
        uploaded.warnings.push(warning);
    }
    Ok(uploaded)
}

async fn difference(
    source: &FinishedOutput,
    bucket: &Bucket,
    published: &PublishedList,
) -> Result<Difference, Diagnostic> {
    let in_doubt = published.in_doubt(bucket).await?;
    Ok(Difference::between(&published.files, source.files()).with_doubt(&in_doubt, source.files()))
}

async fn refused(
    source: &FinishedOutput,
    bucket: &Bucket,
    published: &PublishedList,
    difference: &Difference,
) -> Result<Vec<Diagnostic>, Diagnostic> {
    let place = bucket.shown_as();
    let is_published = published.files.iter().any(|(path, _)| path.as_str() == COPY_RECORD);
    let stored = if is_published {
        bucket.get(COPY_RECORD).await.map_err(|fault| messages::not_reached(place, COPY_RECORD, &fault))?
    } else {
        None
    };
    let stored = stored.and_then(|stored| CopyRecord::from_json(&stored.bytes));
    let new = source.unlisted(COPY_RECORD)?.and_then(|record| CopyRecord::from_json(&record));
    Ok(refusals(place, difference, stored.as_ref(), new.as_ref()))
}

async fn with_lease(
    source: &FinishedOutput,
    bucket: &Bucket,
    options: &UploadOptions<'_>,
    lease: &Lease,
) -> Result<Uploaded, UploadFailure> {
    // Another publish may have ended just before the lease was ours.
    let published = PublishedList::read(bucket).await?;
    let difference = difference(source, bucket, &published).await?;
    if !options.safety.force {
        let refused = refused(source, bucket, &published, &difference).await?;
        if !refused.is_empty() {
            return Err(UploadFailure { diagnostics: refused, progress: None });
        }
    }
    let of = difference.files();
    let transfer = Transfer { source, bucket, lease, done: AtomicUsize::new(0), observer: options.observer };
    let run = Run { transfer: &transfer, difference: &difference, published };
    options.observer.stage_begins(Stage::Sending);
    options.observer.expects(of);
    let done = run.all().await;
    options.observer.stage_ends();
    match done {
        Ok(kept) => {
            let place = bucket.shown_as();
            let mut uploaded = as_uploaded(difference);
            uploaded.removed.retain(|path| !kept.contains(path));
            uploaded.warnings.extend(lease.is_unconditional.then(|| messages::unconditional(place)));
            uploaded.warnings.extend(kept.iter().map(|path| messages::kept(place, path)));
            Ok(uploaded)
        }
        Err(diagnostic) => {
            let done = transfer.sent();
            Err(UploadFailure { progress: (done > 0).then_some(Progress { done, of }), ..diagnostic.into() })
        }
    }
}

/// What a publish would do, and what it would refuse.
pub(super) fn planned(difference: Difference, mut refused: Vec<Diagnostic>) -> Uploaded {
    refused.iter_mut().for_each(|refusal| refusal.severity = Severity::Warning);
    Uploaded { warnings: refused, ..as_uploaded(difference) }
}

pub(super) fn as_uploaded(difference: Difference) -> Uploaded {
    let paths = |files: Vec<ListedFile>| files.into_iter().map(|(path, _)| path).collect();
    Uploaded {
        new: paths(difference.new),
        changed: paths(difference.changed),
        removed: paths(difference.removed),
        unchanged: difference.unchanged,
        warnings: Vec::new(),
    }
}

struct Run<'a> {
    transfer: &'a Transfer<'a>,
    difference: &'a Difference,
    published: PublishedList,
}

impl Run<'_> {
    /// Returns the files that left the site and stay, as somebody else changed them.
    async fn all(self) -> Result<Vec<OutPath>, Diagnostic> {
        let Self { transfer, difference, published } = self;
        let (bucket, lease) = (transfer.bucket, transfer.lease);
        let fail = |fault| messages::transfer_failed(bucket.shown_as(), fault);
        let sent = || difference.new.iter().chain(&difference.changed);
        transfer.verify_source(sent()).map_err(fail)?;
        if published.text.is_empty() {
            transfer.find_foreign(&difference.new).await.map_err(fail)?;
        }
        let announced = sent().chain(&difference.stray).chain(&difference.removed).cloned().collect();
        let mut published = published.announce(bucket, lease, announced).await?;
        let new = difference.new.as_slice();
        let is_new = |path: &OutPath| new.binary_search_by(|(new, _)| new.cmp(path)).is_ok();
        for part in parts(difference) {
            transfer.send(&part, is_new).await.map_err(fail)?;
        }
        transfer.read_back(sent()).await.map_err(fail)?;
        let mut leaving: Vec<ListedFile> =
            difference.removed.iter().chain(&difference.stray).cloned().collect();
        let mut kept = Vec::new();
        if !leaving.is_empty() {
            let union = union(transfer.source.files(), &leaving);
            published = published.write(bucket, lease, &union, ListState::Unfinished).await?;
            leaving.sort_by(|a, b| leaving_order(&a.0).cmp(&leaving_order(&b.0)));
            kept = transfer.remove(&leaving).await.map_err(fail)?;
        }
        published.write(bucket, lease, transfer.source.list(), ListState::Finished).await?;
        PublishedList::settle(bucket).await?;
        bring_signature(transfer.source, bucket).await?;
        Ok(kept)
    }
}

/// Makes the signature of the published list the one that the folder has, or has not.
async fn bring_signature(source: &FinishedOutput, bucket: &Bucket) -> Result<(), Diagnostic> {
    let fail = |fault| messages::store_failed(bucket.shown_as(), SIGNATURE, &fault);
    let stored = bucket.get(SIGNATURE).await.map_err(fail)?;
    match (source.unlisted(SIGNATURE)?, stored) {
        (Some(new), Some(old)) if old.bytes == new => Ok(()),
        (Some(new), _) => bucket.put(SIGNATURE, new, PutMode::Overwrite).await.map_err(fail),
        (None, Some(old)) if old.is_ours => bucket.remove(SIGNATURE).await.map_err(fail),
        (None, _) => Ok(()),
    }
}

/// The list of everything that is ours while the last files are removed.
fn union(new: &[ListedFile], removed: &[ListedFile]) -> Vec<u8> {
    let mut files: Vec<&ListedFile> = new.iter().chain(removed).collect();
    files.sort_unstable();
    write_sums(files.into_iter().map(|(path, hash)| (path, hash))).into_bytes()
}
