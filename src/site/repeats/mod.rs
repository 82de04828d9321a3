//! Claims that state the claim of another briefing again.
//!
//! Owns which claim each of them means, and whether it may mean it. A repeat is no claim of its own: no list of claims
//! has it, and nothing is weighed by it.
//!
//! Invariant: the original of a repeat is a claim with words of its own.

mod checks;
pub mod list;
mod original;

use std::sync::Arc;

use super::diagnostics::Diagnostics;
use super::index_vec::IndexVec;
use super::indices::{BriefingIx, ClaimIx, StubIx};
use super::linked::Content;
use super::parts::{Briefings, Original, Stub};
use super::published::Sorted;
use crate::model::{Repeat, Status};
use crate::time::Moment;
use list::RepeatIx;
use original::Originals;

impl Content {
    /// The repeats of a claim, those of the newest briefing first.
    #[must_use]
    pub fn repeats_of(&self, claim: ClaimIx) -> &[RepeatIx] {
        self.repeats.of(claim)
    }

    #[must_use]
    pub fn repeat(&self, (briefing, position): RepeatIx) -> &Repeat {
        &self.briefings[briefing].article.repeats[position]
    }

    /// When a claim that no one disputes was last found to be still so, by its own briefing or by one that repeats
    /// it.
    #[must_use]
    pub fn checked(&self, claim: ClaimIx) -> Option<Moment> {
        let own = self.claim(claim).checked.as_ref();
        let repeats = self.repeats_of(claim).iter().filter_map(|ix| self.repeat(*ix).checked.as_ref());
        let last = own.into_iter().chain(repeats).map(|checked| checked.value).max()?;
        let status = self.status(claim);
        (status.holds() && status != Status::Contested).then_some(last)
    }
}

/// Links every repeat to its original, and adds what that names to the briefing. In a site as it was known
/// earlier, repeats of what came later are left out.
pub fn link(
    briefings: &mut Briefings,
    stubs: &IndexVec<StubIx, Stub>,
    sorted: &Sorted,
    as_of: Option<Moment>,
    diagnostics: &mut Diagnostics<'_>,
) {
    let with_repeats: Vec<BriefingIx> =
        briefings.enumerated().filter(|(_, b)| !b.article.repeats.is_empty()).map(|(ix, _)| ix).collect();
    if with_repeats.is_empty() {
        return;
    }
    let mut found = diagnostics.fork();
    let originals = Originals::of(&with_repeats, briefings, stubs, Some(sorted));
    let linked = originals.of_all(&with_repeats, briefings, &mut found);
    for (ix, originals) in with_repeats.iter().zip(&linked) {
        checks::check(*ix, originals, briefings, stubs, &mut found);
    }
    for (ix, originals) in with_repeats.into_iter().zip(linked) {
        put(briefings, ix, originals);
        if as_of.is_some() {
            leave_out_unknown(briefings, ix);
        }
    }
    if as_of.is_none() {
        diagnostics.append(found);
    }
}

/// Links the repeats of some briefings of a linked site again; `None` if there is anything to report.
pub fn relink(content: &mut Content, of: &[BriefingIx], diagnostics: &mut Diagnostics<'_>) -> Option<()> {
    let briefings = &mut content.briefings;
    let originals = Originals::of(of, briefings, &content.stubs, None);
    let linked = originals.of_all(of, briefings, diagnostics);
    for (ix, originals) in of.iter().zip(&linked) {
        checks::check(*ix, originals, briefings, &content.stubs, diagnostics);
    }
    for (ix, originals) in of.iter().zip(linked) {
        put(briefings, *ix, originals);
    }
    diagnostics.is_empty().then_some(())
}

/// A briefing is also about the places and the sources of the claims that it repeats.
fn put(briefings: &mut Briefings, ix: BriefingIx, originals: Vec<Option<Original>>) {
    let mut neighbourhoods = briefings[ix].neighbourhoods.clone();
    let mut sources = briefings[ix].sources.clone();
    for original in originals.iter().flatten() {
        if let Original::Claim(claim) = original {
            let claim = briefings.linked_claim(*claim);
            push_new(&mut neighbourhoods, claim.neighbourhoods.iter().copied());
            push_new(&mut sources, claim.source);
        }
    }
    let briefing = briefings.edit(ix);
    briefing.neighbourhoods = neighbourhoods;
    briefing.sources = sources;
    briefing.repeats = originals;
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, items: impl IntoIterator<Item = T>) {
    for item in items {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

fn leave_out_unknown(briefings: &mut Briefings, ix: BriefingIx) {
    let briefing = briefings.edit(ix);
    let mut is_known = briefing.repeats.iter().map(Option::is_some).collect::<Vec<_>>().into_iter();
    let repeats = briefing.article.repeats.iter().filter(|_| is_known.next() == Some(true)).cloned();
    let repeats: Box<[Repeat]> = repeats.collect();
    Arc::make_mut(&mut briefing.article).repeats = repeats;
    briefing.repeats.retain(Option::is_some);
}
