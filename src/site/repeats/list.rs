//! Which briefings repeat each claim.
//!
//! Invariant: the repeats of a claim are newest first, ties in the order of the briefings and their files.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::indices::{BriefingIx, ClaimIx};
use crate::site::parts::{Briefings, Original};

/// A repeat: its briefing, and its position among the repeats there.
pub type RepeatIx = (BriefingIx, usize);

/// The repeats of each claim.
#[derive(Clone, Debug, Default)]
pub struct Repeats {
    by_claim: BTreeMap<ClaimIx, Vec<RepeatIx>>,
}

impl Repeats {
    pub fn add(&mut self, briefings: &Briefings, added: &[BriefingIx]) {
        for ix in added {
            for (position, original) in briefings[*ix].repeats.iter().enumerate() {
                if let Some(Original::Claim(claim)) = original {
                    let repeats = self.by_claim.entry(*claim).or_default();
                    let at = repeats.partition_point(|other| *other < (*ix, position));
                    repeats.insert(at, (*ix, position));
                }
            }
        }
    }

    pub fn remove(&mut self, briefings: &Briefings, ix: BriefingIx) {
        for original in &briefings[ix].repeats {
            let Some(Original::Claim(claim)) = original else { continue };
            if let Some(repeats) = self.by_claim.get_mut(claim) {
                repeats.retain(|(briefing, _)| *briefing != ix);
                if repeats.is_empty() {
                    self.by_claim.remove(claim);
                }
            }
        }
    }

    pub fn of(&self, claim: ClaimIx) -> &[RepeatIx] {
        self.by_claim.get(&claim).map_or(&[], Vec::as_slice)
    }

    /// The briefings that repeat claims of this one.
    pub fn repeating(&self, ix: BriefingIx) -> BTreeSet<BriefingIx> {
        let of_briefing = self.by_claim.range(ClaimIx::new(ix, 0)..);
        let of_briefing = of_briefing.take_while(|(claim, _)| claim.briefing == ix);
        of_briefing.flat_map(|(_, repeats)| repeats).map(|(briefing, _)| *briefing).collect()
    }
}
