//! What a publish does not do by mistake: remove much, write over another site, or go back in time.

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
        if !is_same_site(published, new) {
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
pub fn check_for_readers(source: &FinishedOutput) -> Result<(), Diagnostic> {
    let record = source.unlisted(COPY_RECORD)?.and_then(|record| CopyRecord::from_json(&record));
    let Some(mut refusal) = record.and_then(|record| record.why_not_for_readers()) else { return Ok(()) };
    refusal.cause = Cause::Removals;
    Err(refusal.help("if readers are to have it, add --force"))
}

/// An address names a site; without one, its title does.
fn is_same_site(published: &CopyRecord, new: &CopyRecord) -> bool {
    match (&published.address, &new.address) {
        (Some(published), Some(new)) => published == new,
        _ => published.title == new.title,
    }
}
