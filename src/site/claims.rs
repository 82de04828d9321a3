//! Claims across briefings: who made each, who passed it on, where it belongs.

use std::ops::Range;

use rayon::prelude::*;

use super::published::Sorted;
use super::terms::Registry;
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
    let briefings = sorted.briefings.par_iter().enumerate();
    let of_briefings: Vec<_> =
        briefings.map(|(index, briefing)| link_briefing(BriefingIx::new(index), briefing, terms)).collect();
    let count = of_briefings.iter().map(|(_, claims)| claims.len()).sum();
    let mut linked =
        Linked { claims: Vec::with_capacity(count), briefings: Vec::with_capacity(of_briefings.len()) };
    for (named, claims) in of_briefings {
        let first = linked.claims.len();
        linked.claims.extend(claims);
        linked.briefings.push(BriefingTerms { claims: first..linked.claims.len(), ..named });
    }
    linked
}

/// What a briefing names, and its claims, before they have their place among those of the site.
fn link_briefing(
    index: BriefingIx,
    briefing: &Briefing,
    terms: &Registry,
) -> (BriefingTerms, Vec<LinkedClaim>) {
    let mut neighbourhoods = Vec::new();
    for name in &briefing.neighbourhoods {
        push_new(&mut neighbourhoods, terms.neighbourhoods.resolve(name));
    }
    let own = neighbourhoods.clone();
    let mut sources = Vec::new();
    let mut claims = Vec::with_capacity(briefing.claims.len());
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
    (BriefingTerms { neighbourhoods, sources, claims: 0..0 }, claims)
}

fn link_claim(
    briefing_index: BriefingIx,
    position: usize,
    claim: &Claim,
    briefing: &Briefing,
    own: &[NeighbourhoodIx],
    terms: &Registry,
) -> LinkedClaim {
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
        source: terms.maker(&claim.source),
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
