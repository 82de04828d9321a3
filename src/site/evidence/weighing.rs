//! Assesses what is said about one event.

use super::assessment::{Assessment, Support};
use super::independence::{Independence, Sides};
use super::strength::{Origin, Strength};
use crate::model::Sees;
use crate::site::indices::{ClaimIx, SourceIx};
use crate::site::parts::Briefings;

/// The parts of a claim that are assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement<'a> {
    /// `None`: unattributed.
    pub source: Option<SourceIx>,
    pub via: &'a [SourceIx],
    pub denies: bool,
}

impl<'a> Statement<'a> {
    pub fn of(briefings: &'a Briefings, claim: ClaimIx) -> Self {
        let linked = briefings.linked_claim(claim);
        Self { source: linked.source, via: &linked.via, denies: briefings.claim(claim).denies }
    }
}

/// A claim that was taken back supports nothing and denies nothing.
pub fn is_in_force(briefings: &Briefings, claim: ClaimIx) -> bool {
    briefings.claim(claim).status.as_ref().is_none_or(|status| status.value.holds())
}

/// Assesses claims of one event together, or one claim alone.
pub fn assess_claims(independence: &Independence, briefings: &Briefings, claims: &[ClaimIx]) -> Assessment {
    let weighed = claims.iter().filter(|claim| claims.len() == 1 || is_in_force(briefings, **claim));
    assess(independence, weighed.map(|claim| Statement::of(briefings, *claim)))
}

/// Assesses statements about one event.
pub fn assess<'a>(
    independence: &Independence,
    statements: impl Iterator<Item = Statement<'a>>,
) -> Assessment {
    let (denies, says): (Vec<_>, Vec<_>) = statements.partition(|statement| statement.denies);
    Assessment { says: support(independence, &says), denies: support(independence, &denies) }
}

/// The sources of some statements, by how they count.
struct Makers {
    /// With a record, and not known to only pass on words of others.
    speaking: Vec<SourceIx>,
    /// With a record, but only passing on.
    relaying: Vec<SourceIx>,
    unrecorded: Vec<SourceIx>,
    has_unattributed: bool,
}

impl Makers {
    fn of(independence: &Independence, statements: &[Statement<'_>]) -> Self {
        let mut makers: Vec<SourceIx> = Vec::with_capacity(statements.len());
        let mut passed_on: Vec<SourceIx> = Vec::new();
        for Statement { source, via, .. } in statements {
            makers.extend(*source);
            // A source that passed on an unattributed claim may still have seen something itself.
            let relays = via.iter().filter(|relay| source.is_some_and(|s| s != **relay));
            // A misspelt relay is no second source.
            passed_on.extend(relays.flat_map(|relay| [Some(*relay), independence.near(*relay)]).flatten());
        }
        let has_unattributed = makers.len() < statements.len();
        sort(&mut makers);
        sort(&mut passed_on);
        let (recorded, unrecorded): (Vec<SourceIx>, Vec<SourceIx>) =
            makers.into_iter().partition(|maker| independence.has_record(*maker));
        let (relaying, speaking) = recorded
            .into_iter()
            .partition(|maker| only_passes_on(independence.sees(*maker), *maker, &passed_on));
        Self { speaking, relaying, unrecorded, has_unattributed }
    }
}

/// The sources with a record that count towards the strength of these claims.
pub fn speaking(independence: &Independence, briefings: &Briefings, claims: &[ClaimIx]) -> Vec<SourceIx> {
    let statements: Vec<_> = claims.iter().map(|claim| Statement::of(briefings, *claim)).collect();
    Makers::of(independence, &statements).speaking
}

fn support(independence: &Independence, statements: &[Statement<'_>]) -> Support {
    let Makers { speaking, relaying, mut unrecorded, has_unattributed } =
        Makers::of(independence, statements);
    let mut relays: Vec<SourceIx> = statements.iter().flat_map(|statement| statement.via).copied().collect();
    let (origins, strength) = if !speaking.is_empty() {
        let (origins, passing_on) = independence.origins(&speaking);
        relays.extend(passing_on.into_iter().chain(relaying));
        (origins, independence.strength(&speaking, Sides::AsWritten))
    } else if !unrecorded.is_empty() {
        relays.extend(relaying);
        let origin = Origin { sources: unrecorded.clone() };
        unrecorded.retain(|_| origin.sources.len() > 1);
        (vec![origin], Strength::OneOrigin)
    } else if !relaying.is_empty() {
        // Relays without a known source count as one, however many: they may quote the same.
        (vec![Origin { sources: relaying }], Strength::OneOrigin)
    } else {
        (Vec::new(), Strength::Nothing)
    };
    sort(&mut relays);
    let mut in_origins: Vec<SourceIx> = origins.iter().flat_map(|origin| &origin.sources).copied().collect();
    sort(&mut in_origins);
    relays.retain(|relay| in_origins.binary_search(relay).is_err());
    unrecorded.retain(|source| relays.binary_search(source).is_err());
    let others = unrecorded.iter().filter(|source| in_origins.binary_search(source).is_err());
    let outlets = in_origins.len() + relays.len() + others.count();
    Support { origins, relays, unrecorded, outlets, has_unattributed, strength }
}

/// The source passes on what another of the makers said, or nothing but others' words.
fn only_passes_on(sees: Sees, maker: SourceIx, passed_on: &[SourceIx]) -> bool {
    match sees {
        Sees::Relay => true,
        // Its own eyes are an origin, also if it quotes others as well.
        Sees::OnTheSpot | Sees::Network => false,
        Sees::Desk | Sees::Unknown => passed_on.binary_search(&maker).is_ok(),
    }
}

fn sort(sources: &mut Vec<SourceIx>) {
    sources.sort_unstable();
    sources.dedup();
}
