//! Who a claim comes from once relays are taken away, and how much that carries.
//!
//! Owns origins and the ceiling of each claim's status. Claims that share an event are weighed
//! together, across briefings; one without an event is weighed alone. Reads the linked site and
//! changes nothing: the page says what stands here, and `check` refuses what claims more.
//!
//! Invariant: where the records leave it open whether two sources are independent, they count as
//! one. More sources can only raise a ceiling, but for a denial, which makes it `contested`.

mod independence;
mod status;

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;

use super::{ClaimIx, Event, EventIx, IndexVec, Site, SourceIx};
use crate::model::{Sees, Status};
use independence::{Kin, Side};
pub use status::{check, check_claims};

/// What the weighing of a site came to.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    kin: Arc<Kin>,
    /// By event.
    events: IndexVec<EventIx, Weight>,
}

/// The two sides of what is said about one event, or of one claim.
#[derive(Clone, Debug, Default)]
pub struct Weight {
    /// Those who say it.
    pub says: Support,
    /// Those who say that it is wrong.
    pub denies: Support,
}

/// Who stands behind one side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    /// By their first source; joined ones are one origin.
    pub origins: Vec<Origin>,
    /// Those who only passed it on, in order of their ids.
    pub relays: Vec<SourceIx>,
    /// Nobody is named for some of it.
    pub has_unattributed: bool,
    /// The most that the origins carry, from `unverified` to `corroborated`.
    pub carries: Carries,
}

/// Sources that count as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// In order of their ids.
    pub sources: Vec<SourceIx>,
}

/// What a number of origins carries, by the words of the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Carries {
    /// There is no origin.
    #[default]
    Nothing,
    OneOrigin,
    /// Two or more, all of one party.
    OneParty,
    /// Two or more; which side some of them are on is not known, and no two are known to differ.
    PartyUnknown,
    /// Two or more, one of them of no party.
    NoParty,
    /// Two or more, of different parties.
    Parties,
}

impl Carries {
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::Nothing => Status::Unverified,
            Self::OneOrigin => Status::SingleSource,
            Self::OneParty | Self::PartyUnknown => Status::OneSide,
            Self::NoParty | Self::Parties => Status::Corroborated,
        }
    }
}

impl Support {
    /// How many sources made or passed on what this side says.
    #[must_use]
    pub fn outlets(&self) -> usize {
        self.origins.iter().map(|origin| origin.sources.len()).sum::<usize>() + self.relays.len()
    }

    /// Somebody says it, named or not.
    fn is_there(&self) -> bool {
        self.has_unattributed || !self.origins.is_empty()
    }
}

impl Weight {
    /// Sources disagree.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        self.denies.is_there()
    }

    /// The most that a claim of it can be without a reason.
    #[must_use]
    pub fn ceiling(&self) -> Status {
        if self.is_contested() { Status::Contested } else { self.says.carries.status() }
    }
}

impl Site {
    /// What a claim is weighed by: all that is said about its event, or itself alone.
    #[must_use]
    pub fn weight(&self, claim: ClaimIx) -> Cow<'_, Weight> {
        match self.linked_claim(claim).event {
            Some(event) => Cow::Borrowed(self.weight_of_event(event)),
            None => Cow::Owned(self.weights.kin.weigh(self, &[claim])),
        }
    }

    #[must_use]
    pub fn weight_of_event(&self, event: EventIx) -> &Weight {
        &self.weights.events[event]
    }

    /// Sources disagree about what a claim says.
    #[must_use]
    pub fn is_contested(&self, claim: ClaimIx) -> bool {
        match self.linked_claim(claim).event {
            Some(event) => self.weight_of_event(event).is_contested(),
            None => self.claim(claim).denies,
        }
    }

    /// The most that a claim can be without a reason: `contested` where sources disagree.
    #[must_use]
    pub fn ceiling(&self, claim: ClaimIx) -> Status {
        if let Some(event) = self.linked_claim(claim).event {
            return self.weight_of_event(event).ceiling();
        }
        match self.linked_claim(claim).source {
            _ if self.claim(claim).denies => Status::Contested,
            Some(_) => Status::SingleSource,
            None => Status::Unverified,
        }
    }

    /// What the claims of an event come to: that sources disagree, or the most that one of those
    /// that still stand is said to be.
    #[must_use]
    pub fn status_of_event(&self, event: EventIx) -> Status {
        if self.weight_of_event(event).is_contested() {
            return Status::Contested;
        }
        let claims = self.events[event].term.claims.iter();
        let standing = claims.filter(|claim| stands(self, **claim)).map(|claim| self.status(*claim));
        standing.max().unwrap_or(Status::Unverified)
    }

    /// What the origins of the claim's own side carry.
    #[must_use]
    pub fn carried(&self, claim: ClaimIx) -> Carries {
        let linked = self.linked_claim(claim);
        let Some(event) = linked.event else {
            // One maker is one origin, also where it is known to pass on others.
            return if linked.source.is_some() { Carries::OneOrigin } else { Carries::Nothing };
        };
        let weight = self.weight_of_event(event);
        if self.claim(claim).denies { weight.denies.carries } else { weight.says.carries }
    }

    /// What readers see: the writer's word, or the ceiling.
    #[must_use]
    pub fn status(&self, claim: ClaimIx) -> Status {
        let Some(status) = &self.claim(claim).status else { return self.ceiling(claim) };
        if self.as_of.is_some() && self.claim(claim).status_why.is_none() && status.value < Status::Confirmed
        {
            // The word is today's, and may rest on what was not known then.
            return status.value.min(self.carried(claim).status());
        }
        status.value
    }
}

/// Weighs every event of a site.
#[must_use]
pub fn weigh(site: &Site) -> Weights {
    let kin = Kin::of(site);
    let weigh = |event: &Arc<Event>| kin.weigh(site, &event.term.claims);
    let events: Vec<Weight> = site.events.par_iter().map(weigh).collect();
    Weights { kin: Arc::new(kin), events: events.into() }
}

/// Weighs an event anew.
pub fn weigh_again(site: &mut Site, event: EventIx) {
    let kin = Arc::clone(&site.weights.kin);
    let weight = kin.weigh(site, &site.events[event].term.claims);
    *site.shape_mut().weights.events.edit(event) = weight;
}

/// A claim that was taken back supports nothing and denies nothing.
fn stands(site: &Site, claim: ClaimIx) -> bool {
    let status = site.claim(claim).status.as_ref().map(|status| status.value);
    !matches!(status, Some(Status::Withdrawn | Status::Disproved))
}

impl Kin {
    fn weigh(&self, site: &Site, claims: &[ClaimIx]) -> Weight {
        let (denies, says): (Vec<ClaimIx>, Vec<ClaimIx>) = claims
            .iter()
            .filter(|claim| claims.len() == 1 || stands(site, **claim))
            .partition(|claim| site.claim(**claim).denies);
        Weight { says: self.support(site, &says), denies: self.support(site, &denies) }
    }

    fn support(&self, site: &Site, claims: &[ClaimIx]) -> Support {
        let mut makers: Vec<SourceIx> = Vec::with_capacity(claims.len());
        let mut passed_on: Vec<SourceIx> = Vec::new();
        for claim in claims {
            let linked = site.linked_claim(*claim);
            makers.extend(linked.source);
            // Who passed on what nobody is named for may still have seen something itself.
            passed_on.extend(linked.via.iter().filter(|relay| linked.source.is_some_and(|s| s != **relay)));
        }
        let has_unattributed = makers.len() < claims.len();
        sort(&mut makers);
        sort(&mut passed_on);
        let all_via = claims.iter().flat_map(|claim| &site.linked_claim(*claim).via).copied();
        let (own, set_aside): (Vec<SourceIx>, Vec<SourceIx>) =
            makers.iter().partition(|maker| !self.is_relay_among(**maker, &makers, &passed_on));
        let mut origins = self.joined(&own);
        let mut relays: Vec<SourceIx> = all_via.collect();
        if origins.is_empty() && !set_aside.is_empty() {
            // Relays with nobody behind them count as one, however many: they may quote the same.
            origins.push(Origin { sources: set_aside });
        } else {
            relays.extend(set_aside);
        }
        sort(&mut relays);
        relays.retain(|relay| origins.iter().all(|origin| !origin.sources.contains(relay)));
        let carries = self.carries(&origins);
        Support { origins, relays, has_unattributed, carries }
    }

    /// The source passes on what another of the makers said, or nothing but others' words.
    fn is_relay_among(&self, maker: SourceIx, makers: &[SourceIx], passed_on: &[SourceIx]) -> bool {
        match self.sees(maker) {
            Sees::Relay => return true,
            // Its own eyes are an origin, also where it quotes others beside them.
            Sees::OnTheSpot | Sees::Network => {}
            Sees::Desk | Sees::Unknown if passed_on.binary_search(&maker).is_ok() => return true,
            Sees::Desk | Sees::Unknown => {}
        }
        self.relays_one_of(maker, makers)
    }

    fn carries(&self, origins: &[Origin]) -> Carries {
        match origins.len() {
            0 => return Carries::Nothing,
            1 => return Carries::OneOrigin,
            _ => {}
        }
        let mut sides = origins.iter().map(|origin| self.side_of(&origin.sources)).collect::<Vec<Side>>();
        sides.sort_unstable();
        sides.dedup();
        let known = sides.iter().filter(|side| matches!(side, Side::Party(_))).count();
        if sides.contains(&Side::None) {
            Carries::NoParty
        } else if known > 1 {
            Carries::Parties
        } else if sides.contains(&Side::Unknown) {
            Carries::PartyUnknown
        } else {
            Carries::OneParty
        }
    }
}

fn sort(sources: &mut Vec<SourceIx>) {
    sources.sort_unstable();
    sources.dedup();
}

#[cfg(test)]
mod tests;
