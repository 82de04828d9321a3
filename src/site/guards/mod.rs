//! Guards: what may put people in danger stops the build, unless a person wrote down why not.
//!
//! Owns the guards, one module each, and which exception lifts which. An exception is written in the file, or
//! in site.toml for all files, with a reason and a last day. Reads no clock: the time of the build comes with
//! the options of linking.

mod cancellations;
mod exceptions;
mod guard_check;
pub(super) mod instruction_index;
mod instructions;
mod map_references;
mod movement;
mod movement_words;
mod paraphrase;
mod points;
pub(super) mod quiet_period;
mod residents;
pub mod tracked_secrets;
mod word_keys;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::diagnostics::{CHUNK, Diagnostics};
use super::indices::BriefingIx;
use super::linked::Content;
pub(super) use guard_check::ExceptionUses;
use guard_check::{GuardCheck, shown_claims};

/// Reports what the guards find, and the exceptions.
pub fn check(site: &Content, diagnostics: &mut Diagnostics<'_>) {
    let mut guards = GuardCheck::new(site, diagnostics);
    residents::check(&mut guards);
    tracked_secrets::check(&mut guards);
    let mut uses: ExceptionUses = guards.exceptions;
    let all: Vec<BriefingIx> = site.briefings.indices().collect();
    let shared: &Diagnostics<'_> = diagnostics;
    let chunks = all.par_chunks(CHUNK).map(|chunk| {
        let mut found = shared.fork();
        let mut guards = GuardCheck::new(site, &mut found);
        chunk.iter().for_each(|ix| check_texts_and_claims(&mut guards, *ix));
        let uses = guards.exceptions;
        (found, uses)
    });
    let chunks: Vec<_> = chunks.collect();
    for (found, used) in chunks {
        diagnostics.append(found);
        uses.merge(used);
    }
    exceptions::report(site, &uses, diagnostics);
}

/// Reports what the guards find in one briefing, and the residents that it may name. Returns what became of the
/// exceptions there, and reports none of them.
pub(super) fn check_briefing(
    site: &Content,
    ix: BriefingIx,
    diagnostics: &mut Diagnostics<'_>,
) -> ExceptionUses {
    let mut guards = GuardCheck::new(site, diagnostics);
    residents::check(&mut guards);
    tracked_secrets::check(&mut guards);
    check_texts_and_claims(&mut guards, ix);
    guards.exceptions
}

fn check_texts_and_claims(guards: &mut GuardCheck<'_, '_, '_>, ix: BriefingIx) {
    instructions::check(guards, ix);
    let mut pointer = None;
    for shown in shown_claims(guards.site, ix) {
        points::check(guards, &shown, &mut pointer);
        movement::check(guards, &shown);
    }
}
