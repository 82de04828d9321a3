//! What a publish does not do by mistake: remove much, write over another site, or go back in time.

use jiff::Timestamp;

use super::difference::Difference;
use super::messages;
use crate::diag::{Cause, Diagnostic};
use crate::publish::FinishedOutput;
use crate::render::copy_record::CopyRecord;
use crate::site::COPY_RECORD;

/// What a person must confirm before the difference is made; `published` and `new` are what both sides say of
/// themselves.
pub(super) fn refusals(
    place: &str,
    difference: &Difference,
    published: Option<&CopyRecord>,
    new: Option<&CopyRecord>,
) -> Vec<Diagnostic> {
    let mut refusals = Vec::new();
    if difference.removes_many() {
        refusals.push(messages::many_removals(place, difference));
    }
    if let (Some(published), Some(new)) = (published, new) {
        if !published.is_of_same_site(new) {
            refusals.push(messages::other_site(place, &published.title));
        } else if new.changed < published.changed {
            refusals.push(messages::older_build(place, published.changed));
        }
    }
    refusals
}

/// A build that readers should not get as the site.
///
/// # Errors
/// If its record cannot be read.
pub fn check_for_readers(source: &FinishedOutput, now: Timestamp) -> Result<(), Diagnostic> {
    let record = source.unlisted(COPY_RECORD)?.and_then(|record| CopyRecord::from_json(&record));
    let Some(mut refusal) = record.and_then(|record| record.why_not_for_readers(now)) else { return Ok(()) };
    refusal.cause = Cause::Removals;
    Err(refusal.help("if readers are to have it, add --force"))
}
