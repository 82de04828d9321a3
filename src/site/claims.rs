//! Claims across briefings: who made each, who passed it on, where it belongs.

use std::ops::Range;

use super::published::Sorted;
use super::terms::{Registry, is_unattributed};
use super::{BriefingIx, ClaimIx, LinkedClaim, NeighbourhoodIx, SourceIx};
use crate::model::{Briefing, Claim};

/// What each briefing names, and all claims in the order of the briefings.
pub struct Linked {
    pub claims: Vec<LinkedClaim>,
    pub briefings: Vec<BriefingTerms>,
}

pub struct BriefingTerms {
    pub neighbourhoods: Vec<NeighbourhoodIx>,
    pub sources: Vec<SourceIx>,
    pub claims: Range<usize>,
}

pub fn link(sorted: &Sorted, terms: &Registry) -> Linked {
    let mut linked = Linked { claims: Vec::new(), briefings: Vec::with_capacity(sorted.briefings.len()) };
    for (index, briefing) in sorted.briefings.iter().enumerate() {
        let terms = link_briefing(BriefingIx::new(index), briefing, terms, &mut linked.claims);
        linked.briefings.push(terms);
    }
    linked
}

fn link_briefing(
    index: BriefingIx,
    briefing: &Briefing,
    terms: &Registry,
    claims: &mut Vec<LinkedClaim>,
) -> BriefingTerms {
    let mut neighbourhoods = Vec::new();
    for name in &briefing.neighbourhoods {
        push_new(&mut neighbourhoods, terms.neighbourhoods.resolve(name));
    }
    let own = neighbourhoods.clone();
    let mut sources = Vec::new();
    let first = claims.len();
    for (position, claim) in briefing.claims.iter().enumerate() {
        let claim = link_claim(index, position, claim, briefing, &own, terms);
        for neighbourhood in &claim.neighbourhoods {
            push_new(&mut neighbourhoods, Some(*neighbourhood));
        }
        push_new(&mut sources, claim.source);
        claims.push(claim);
    }
    for name in &briefing.sources {
        push_new(&mut sources, terms.sources.resolve(name));
    }
    BriefingTerms { neighbourhoods, sources, claims: first..claims.len() }
}

fn link_claim(
    briefing_index: BriefingIx,
    position: usize,
    claim: &Claim,
    briefing: &Briefing,
    own: &[NeighbourhoodIx],
    terms: &Registry,
) -> LinkedClaim {
    let source = if is_unattributed(&claim.source) { None } else { terms.sources.resolve(&claim.source) };
    let mut via = Vec::new();
    for name in &claim.via {
        push_new(&mut via, terms.sources.resolve(name));
    }
    let neighbourhoods = claim.neighbourhoods.as_ref().map_or_else(
        || own.to_vec(),
        |names| {
            let mut found = Vec::new();
            for name in names {
                push_new(&mut found, terms.neighbourhoods.resolve(name));
            }
            found
        },
    );
    LinkedClaim {
        briefing: briefing_index,
        position,
        source,
        via,
        neighbourhoods,
        event: claim.event.as_ref().map(|id| terms.events.by_id(&id.value)),
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
pub fn newest_first(list: &mut [ClaimIx], claims: &[LinkedClaim]) {
    list.sort_by(|a, b| claims[b.get()].added.cmp(&claims[a.get()].added).then(a.cmp(b)));
}
