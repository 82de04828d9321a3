//! Assesses the claims of one event.

use super::assessment::{Assessment, Origin, Strength, Support};
use super::independence::{Allegiance, Independence};
use crate::model::{Sees, Status};
use crate::site::indices::{ClaimIx, SourceIx};
use crate::site::parts::Briefings;

/// A claim that was taken back supports nothing and denies nothing.
pub fn is_in_force(briefings: &Briefings, claim: ClaimIx) -> bool {
    let status = briefings.claim(claim).status.as_ref().map(|status| status.value);
    !matches!(status, Some(Status::Withdrawn | Status::Disproved))
}

/// Assesses claims of one event together, or one claim alone.
pub fn assess_claims(independence: &Independence, briefings: &Briefings, claims: &[ClaimIx]) -> Assessment {
    let (denies, says): (Vec<ClaimIx>, Vec<ClaimIx>) = claims
        .iter()
        .filter(|claim| claims.len() == 1 || is_in_force(briefings, **claim))
        .partition(|claim| briefings.claim(**claim).denies);
    Assessment {
        says: support(independence, briefings, &says),
        denies: support(independence, briefings, &denies),
    }
}

fn support(independence: &Independence, briefings: &Briefings, claims: &[ClaimIx]) -> Support {
    let mut makers: Vec<SourceIx> = Vec::with_capacity(claims.len());
    let mut passed_on: Vec<SourceIx> = Vec::new();
    for claim in claims {
        let linked = briefings.linked_claim(*claim);
        makers.extend(linked.source);
        // A source that passed on an unattributed claim may still have seen something itself.
        passed_on.extend(linked.via.iter().filter(|relay| linked.source.is_some_and(|s| s != **relay)));
    }
    let has_unattributed = makers.len() < claims.len();
    sort(&mut makers);
    sort(&mut passed_on);
    let all_via = claims.iter().flat_map(|claim| &briefings.linked_claim(*claim).via).copied();
    let (own, set_aside): (Vec<SourceIx>, Vec<SourceIx>) =
        makers.iter().partition(|maker| !is_relay_among(independence, **maker, &makers, &passed_on));
    let joined = independence.joined(&own).into_iter();
    let mut origins: Vec<Origin> = joined.map(|sources| Origin { sources }).collect();
    let mut relays: Vec<SourceIx> = all_via.collect();
    if origins.is_empty() && !set_aside.is_empty() {
        // Relays without a known source count as one, however many: they may quote the same.
        origins.push(Origin { sources: set_aside });
    } else {
        relays.extend(set_aside);
    }
    sort(&mut relays);
    relays.retain(|relay| origins.iter().all(|origin| !origin.sources.contains(relay)));
    let strength = strength(independence, &origins);
    Support { origins, relays, has_unattributed, strength }
}

/// The source passes on what another of the makers said, or nothing but others' words.
fn is_relay_among(
    independence: &Independence,
    maker: SourceIx,
    makers: &[SourceIx],
    passed_on: &[SourceIx],
) -> bool {
    match independence.sees(maker) {
        Sees::Relay => return true,
        // Its own eyes are an origin, also if it quotes others as well.
        Sees::OnTheSpot | Sees::Network => {}
        Sees::Desk | Sees::Unknown if passed_on.binary_search(&maker).is_ok() => return true,
        Sees::Desk | Sees::Unknown => {}
    }
    independence.relays_one_of(maker, makers)
}

fn strength(independence: &Independence, origins: &[Origin]) -> Strength {
    match origins.len() {
        0 => return Strength::Nothing,
        1 => return Strength::OneOrigin,
        _ => {}
    }
    let mut sides =
        origins.iter().map(|origin| independence.side_of(&origin.sources)).collect::<Vec<Allegiance>>();
    sides.sort_unstable();
    sides.dedup();
    let known = sides.iter().filter(|side| matches!(side, Allegiance::Party(_))).count();
    if sides.contains(&Allegiance::None) {
        Strength::NoParty
    } else if known > 1 {
        Strength::Parties
    } else if sides.contains(&Allegiance::Unknown) {
        Strength::PartyUnknown
    } else {
        Strength::OneParty
    }
}

fn sort(sources: &mut Vec<SourceIx>) {
    sources.sort_unstable();
    sources.dedup();
}
