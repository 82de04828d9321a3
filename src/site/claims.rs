//! Claims across briefings: who made each, who passed it on, where it belongs.

use rayon::prelude::*;

use super::names::Meanings;
use super::published::Sorted;
use super::{BriefingIx, ClaimIx, LinkedClaim, NeighbourhoodIx, SourceIx};
use crate::model::{Briefing, Claim};
use crate::time::Moment;

/// What each briefing names, in their order.
pub struct Linked {
    pub briefings: Vec<BriefingTerms>,
}

impl Linked {
    /// All claims, in the order of the briefings and their files.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimIx, &LinkedClaim)> {
        self.briefings.iter().enumerate().flat_map(|(index, briefing)| {
            let ix = move |position| ClaimIx::new(BriefingIx::from(index), position);
            briefing.claims.iter().enumerate().map(move |(position, claim)| (ix(position), claim))
        })
    }

    pub fn claim(&self, ix: ClaimIx) -> &LinkedClaim {
        &self.briefings[usize::from(ix.briefing)].claims[ix.position()]
    }
}

pub struct BriefingTerms {
    pub neighbourhoods: Vec<NeighbourhoodIx>,
    pub sources: Vec<SourceIx>,
    pub claims: Vec<LinkedClaim>,
}

pub fn link(sorted: &Sorted, terms: &Meanings) -> Linked {
    let briefings = sorted.briefings.par_iter().enumerate();
    let briefings =
        briefings.map(|(index, briefing)| link_briefing(BriefingIx::from(index), briefing, terms));
    Linked { briefings: briefings.collect() }
}

/// What a briefing names, and its claims.
pub fn link_briefing(index: BriefingIx, briefing: &Briefing, terms: &Meanings) -> BriefingTerms {
    let mut neighbourhoods = Vec::new();
    for name in &briefing.neighbourhoods {
        push_new(&mut neighbourhoods, terms.neighbourhood(name));
    }
    let own = neighbourhoods.clone();
    let mut sources = Vec::new();
    let mut claims = Vec::with_capacity(briefing.claims.len());
    for claim in &briefing.claims {
        let claim = link_claim(index, claim, briefing, &own, terms);
        for neighbourhood in &claim.neighbourhoods {
            push_new(&mut neighbourhoods, Some(*neighbourhood));
        }
        push_new(&mut sources, claim.source);
        claims.push(claim);
    }
    for name in &briefing.sources {
        push_new(&mut sources, terms.source(name));
    }
    BriefingTerms { neighbourhoods, sources, claims }
}

fn link_claim(
    briefing_index: BriefingIx,
    claim: &Claim,
    briefing: &Briefing,
    own: &[NeighbourhoodIx],
    terms: &Meanings,
) -> LinkedClaim {
    let mut via = Vec::new();
    for name in &claim.via {
        push_new(&mut via, terms.source(name));
    }
    let neighbourhoods = claim.neighbourhoods.as_ref().map_or_else(
        || own.to_vec(),
        |names| {
            let mut found = Vec::new();
            for name in names {
                push_new(&mut found, terms.neighbourhood(name));
            }
            found
        },
    );
    LinkedClaim {
        briefing: briefing_index,
        source: terms.maker(&claim.source),
        via,
        neighbourhoods,
        event: claim.event.as_ref().map(|id| terms.event(&id.value)),
        added: claim.added.unwrap_or(briefing.date),
    }
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: Option<T>) {
    if let Some(item) = item
        && !list.contains(&item)
    {
        list.push(item);
    }
}

/// By when they were added, newest first; ties in the order of the briefings and their files.
pub fn newest_first(list: &mut [ClaimIx], added: impl Fn(ClaimIx) -> Moment) {
    list.sort_by(|a, b| added(*b).cmp(&added(*a)).then(a.cmp(b)));
}
