//! A finished build in another folder, such as a disk of a server or a USB stick.
//!
//! Owns nothing of how the folder changes: that is a publish like that of a build.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::difference::Difference;
use super::refusals::refusals;
use super::run::{UploadFailure, UploadSafety, Uploaded, as_uploaded, planned};
use crate::copies::replace_file;
use crate::diag::Diagnostic;
use crate::engine::{Observer, OutputSink as _, Stage, in_stage};
use crate::paths::kept_names::{MOST_LIST, MOST_SMALL, SIGNATURE, SUMS};
use crate::publish::{FinishedOutput, PublishOptions, Publisher, parse_sums};
use crate::render::copy_record::CopyRecord;
use crate::site::COPY_RECORD;
use crate::sources::{cannot_write, read_at_most};

/// Makes a folder hold what a build left.
///
/// # Errors
/// What stopped it.
pub fn copy(
    source: &FinishedOutput,
    folder: &Path,
    shown_as: &str,
    safety: UploadSafety,
    observer: &dyn Observer,
) -> Result<Uploaded, UploadFailure> {
    let read = |name: &str, most| File::open(folder.join(name)).and_then(|file| read_at_most(&file, most));
    let published = read(SUMS, MOST_LIST).map(|list| parse_sums(&list).0).unwrap_or_default();
    let difference = Difference::between(&published, source.files());
    let record = |bytes: Vec<u8>| CopyRecord::from_json(&bytes);
    let stored = read(COPY_RECORD, MOST_SMALL).ok().and_then(record);
    let new = source.unlisted(COPY_RECORD)?.and_then(record);
    let refused = refusals(shown_as, &difference, stored.as_ref(), new.as_ref());
    if safety.dry_run {
        return Ok(planned(difference, refused));
    }
    if !refused.is_empty() && !safety.force {
        return Err(UploadFailure { diagnostics: refused, progress: None });
    }
    let publisher =
        Publisher::open(folder, shown_as, PublishOptions { durable: true, ..PublishOptions::default() })?;
    in_stage(observer, Stage::Comparing, || stage(source, &publisher, observer))?;
    let faults = publisher.faults();
    if !faults.is_empty() {
        return Err(UploadFailure { diagnostics: faults, progress: None });
    }
    let committed = in_stage(observer, Stage::Publishing, || publisher.commit(&BTreeSet::new(), observer));
    let published = committed
        .map_err(|failure| UploadFailure { diagnostics: failure.diagnostics, progress: failure.progress })?;
    bring_signature(source, folder, shown_as)?;
    Ok(Uploaded { warnings: published.warnings, ..as_uploaded(difference) })
}

/// Makes the signature next to the list the one that the build has, or has not.
fn bring_signature(source: &FinishedOutput, folder: &Path, shown_as: &str) -> Result<(), Diagnostic> {
    let done = match source.unlisted(SIGNATURE)? {
        Some(signature) => replace_file(&folder.join(SIGNATURE), &signature),
        None => match fs::remove_file(folder.join(SIGNATURE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        },
    };
    done.map_err(|error| cannot_write(&format!("{shown_as}/{SIGNATURE}"), &error).setup())
}

fn stage(source: &FinishedOutput, publisher: &Publisher, observer: &dyn Observer) -> Result<(), Diagnostic> {
    observer.expects(source.files().len());
    source.files().par_iter().try_for_each(|(path, hash)| {
        let bytes = source.read(path, hash)?;
        publisher.stage(path, &bytes)?;
        observer.items_done(1, bytes.len() as u64);
        Ok(())
    })
}
