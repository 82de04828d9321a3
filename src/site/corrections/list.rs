//! All corrections of a site, withdrawn briefings included.
//!
//! Invariant: newest first; ties in the order of the briefings and their files, then withdrawn briefings by id.

use std::cmp::Reverse;

use crate::site::index_vec::IndexVec;
use crate::site::indices::{BriefingIx, StubIx};
use crate::site::merge::merge;
use crate::site::parts::{Briefings, Stub, StubReason};
use crate::time::Moment;

/// How long a serious correction is shown above its briefing's text and on the home page.
pub const HOURS_IN_THE_BOX: i64 = 48;

/// A correction: its briefing, and its position there.
pub type CorrectionIx = (BriefingIx, usize);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Corrected {
    In(CorrectionIx),
    /// A whole briefing was withdrawn. Always serious.
    Withdrawn(StubIx),
}

#[derive(Clone, Debug)]
pub struct Corrections {
    pub all: Vec<Corrected>,
    /// The serious ones of the last 48 hours.
    pub boxed: Vec<Corrected>,
}

impl Corrections {
    /// The briefings that were withdrawn.
    pub fn new(stubs: &IndexVec<StubIx, Stub>, known_at: Moment) -> Self {
        let mut corrections = Self { all: Vec::new(), boxed: Vec::new() };
        let withdrawn = stubs.enumerated().filter(|(_, stub)| stub.reason == StubReason::Withdrawn);
        let withdrawn = withdrawn.map(|(ix, _)| Corrected::Withdrawn(ix)).collect();
        corrections.add_all(withdrawn, &Briefings::default(), stubs, known_at);
        corrections
    }

    /// Which corrections are recent depends on `known_at`.
    pub fn add(
        &mut self,
        briefings: &Briefings,
        stubs: &IndexVec<StubIx, Stub>,
        added: &[BriefingIx],
        known_at: Moment,
    ) {
        let own = |ix: &BriefingIx| {
            let ix = *ix;
            (0..briefings[ix].article.corrections.len()).map(move |position| Corrected::In((ix, position)))
        };
        self.add_all(added.iter().flat_map(own).collect(), briefings, stubs, known_at);
    }

    pub fn remove(&mut self, ix: BriefingIx) {
        let is_of_another =
            |corrected: &Corrected| !matches!(corrected, Corrected::In((own, _)) if *own == ix);
        self.all.retain(is_of_another);
        self.boxed.retain(is_of_another);
    }

    fn add_all(
        &mut self,
        mut added: Vec<Corrected>,
        briefings: &Briefings,
        stubs: &IndexVec<StubIx, Stub>,
        known_at: Moment,
    ) {
        let at = |corrected: Corrected| match corrected {
            Corrected::In((ix, position)) => briefings[ix].article.corrections[position].at,
            Corrected::Withdrawn(ix) => stubs[ix].at,
        };
        let newest_first = |corrected: Corrected| (Reverse(at(corrected)), corrected);
        added.sort_by_key(|corrected| newest_first(*corrected));
        merge(&mut self.all, &added, newest_first);
        added.retain(|corrected| {
            let age = known_at.at.as_second().saturating_sub(at(*corrected).at.as_second());
            is_serious(*corrected, briefings) && age < HOURS_IN_THE_BOX * 3600
        });
        merge(&mut self.boxed, &added, newest_first);
    }
}

fn is_serious(corrected: Corrected, briefings: &Briefings) -> bool {
    match corrected {
        Corrected::In((ix, position)) => briefings[ix].article.corrections[position].serious,
        Corrected::Withdrawn(_) => true,
    }
}
