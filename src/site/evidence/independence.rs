//! What the records say about how sources depend on each other: owners, parties, relays.
//!
//! Made once for a site, so that weighing an event looks nothing up by name.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::{Sees, SourceRecord};
use crate::paths::fold_name;
use crate::site::indices::SourceIx;
use crate::site::parts::Spellings;
use crate::site::terms::sources::Sources;

/// The sources, and what their records refer to.
#[derive(Clone, Copy)]
struct Records<'a> {
    sources: &'a Sources,
    spellings: &'a Spellings,
    config: &'a Config,
}

/// The side of a source in the conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allegiance {
    None,
    Unknown,
    /// A position in site.toml's parties.
    Party(usize),
}

/// Sources of one owner have one number.
type OwnerGroup = u32;

#[derive(Debug, Default)]
pub struct Independence {
    /// By source.
    sources: Vec<OfSource>,
}

#[derive(Debug)]
struct OfSource {
    house: OwnerGroup,
    sees: Sees,
    side: Allegiance,
    /// That of the owner, where the owner is a source.
    owner: Option<SourceIx>,
    /// Whom it passes on, through any number of relays; sorted.
    behind: Vec<OwnerGroup>,
}

impl Independence {
    #[must_use]
    pub fn of(sources: &Sources, spellings: &Spellings, config: &Config) -> Self {
        let records = Records { sources, spellings, config };
        let houses = houses(records);
        let sources = sources.indices().map(|ix| {
            let record = record(records, ix);
            let (side, owner) = told_side(records, ix, record);
            OfSource {
                house: houses[usize::from(ix)],
                sees: record.map_or(Sees::Unknown, |record| record.sees),
                side,
                owner,
                behind: behind(records, ix, &houses),
            }
        });
        Self { sources: sources.collect() }
    }

    fn get(&self, ix: SourceIx) -> &OfSource {
        &self.sources[usize::from(ix)]
    }

    pub fn sees(&self, ix: SourceIx) -> Sees {
        self.get(ix).sees
    }

    /// It passes on another of these by its record. Of two that pass on each other, one stays.
    pub fn relays_one_of(&self, ix: SourceIx, makers: &[SourceIx]) -> bool {
        let own = self.get(ix);
        if own.behind.is_empty() {
            return false;
        }
        makers.iter().any(|maker| {
            let other = self.get(*maker);
            let passes_on = other.house != own.house && own.behind.binary_search(&other.house).is_ok();
            passes_on && !(ix < *maker && other.behind.binary_search(&own.house).is_ok())
        })
    }

    /// The sources as origins: those of one owner, and those who pass on the same others, are one.
    pub fn joined(&self, sources: &[SourceIx]) -> Vec<Vec<SourceIx>> {
        // Each source with every house that it may speak for.
        let mut keys: Vec<(OwnerGroup, usize)> = Vec::with_capacity(sources.len());
        for (index, source) in sources.iter().enumerate() {
            let own = self.get(*source);
            keys.push((own.house, index));
            keys.extend(own.behind.iter().map(|house| (*house, index)));
        }
        keys.sort_unstable();
        let mut union = Union::new(sources.len());
        for pair in keys.windows(2) {
            if pair[0].0 == pair[1].0 {
                union.join(pair[0].1, pair[1].1);
            }
        }
        let mut origins: BTreeMap<usize, Vec<SourceIx>> = BTreeMap::new();
        for (index, source) in sources.iter().enumerate() {
            origins.entry(union.root(index)).or_default().push(*source);
        }
        origins.into_values().collect()
    }

    /// The side of an origin: that of any of its members. Two sides in one house are no side that
    /// is known.
    pub fn side_of(&self, sources: &[SourceIx]) -> Allegiance {
        let own = sources.iter().map(|ix| self.get(*ix));
        let owners = own.clone().filter_map(|source| source.owner).map(|ix| self.get(ix));
        let mut side = Allegiance::None;
        for other in own.chain(owners).map(|source| source.side) {
            side = match (side, other) {
                (side, Allegiance::None) => side,
                (Allegiance::None | Allegiance::Unknown, other @ Allegiance::Party(_)) => other,
                (Allegiance::None, Allegiance::Unknown) => Allegiance::Unknown,
                (side, other) if side == other => side,
                (Allegiance::Party(party), Allegiance::Unknown) => Allegiance::Party(party),
                _ => return Allegiance::Unknown,
            };
        }
        side
    }
}

fn record<'a>(records: Records<'a>, ix: SourceIx) -> Option<&'a SourceRecord> {
    records.sources[ix].term.record.as_deref()
}

/// The side of a source and its owner. A status could show on whose side a protected source is: one
/// that is of a party, or whose owner is, counts as one of an unknown side.
fn told_side(
    records: Records<'_>,
    ix: SourceIx,
    record: Option<&SourceRecord>,
) -> (Allegiance, Option<SourceIx>) {
    let (side, owner) = (side(records, record), owner(records, record));
    if !records.sources[ix].is_protected() {
        return (side, owner);
    }
    let of_owner = owner.map_or(Allegiance::None, |owner| self::side(records, self::record(records, owner)));
    let is_of_none = side == Allegiance::None && of_owner == Allegiance::None;
    (if is_of_none { Allegiance::None } else { Allegiance::Unknown }, None)
}

fn side(records: Records<'_>, record: Option<&SourceRecord>) -> Allegiance {
    match record.map(|record| record.party.as_ref()) {
        None | Some("none") => Allegiance::None,
        Some(party) => {
            let known = records.config.parties.iter().position(|known| known.id.as_str() == party);
            known.map_or(Allegiance::Unknown, Allegiance::Party)
        }
    }
}

/// The owner, where it is a source that the site knows.
fn owner(records: Records<'_>, record: Option<&SourceRecord>) -> Option<SourceIx> {
    records.spellings.sources.get(&fold_name(record?.owner.as_deref()?)).copied()
}

fn houses(records: Records<'_>) -> Vec<OwnerGroup> {
    let mut union = Union::new(records.sources.len());
    // An owner that is no source itself, by its name: the first source that it owns.
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    for ix in records.sources.indices() {
        let record = record(records, ix);
        let Some(name) = record.and_then(|record| record.owner.as_deref()) else { continue };
        let first = match owner(records, record) {
            Some(owner) => owner.into(),
            None => *owners.entry(fold_name(name)).or_insert(ix.into()),
        };
        union.join(first, ix.into());
    }
    (0..records.sources.len())
        .map(|index| OwnerGroup::try_from(union.root(index)).unwrap_or(OwnerGroup::MAX))
        .collect()
}

/// Everybody whom a source passes on, through whatever chain; a circle ends where it began.
fn behind(records: Records<'_>, ix: SourceIx, houses: &[OwnerGroup]) -> Vec<OwnerGroup> {
    let mut found: Vec<SourceIx> = Vec::new();
    let mut open: Vec<SourceIx> = records.sources[ix].relays.clone();
    while let Some(next) = open.pop() {
        if next != ix && !found.contains(&next) {
            found.push(next);
            open.extend(&records.sources[next].relays);
        }
    }
    let mut behind: Vec<OwnerGroup> = found.into_iter().map(|ix| houses[usize::from(ix)]).collect();
    behind.sort_unstable();
    behind.dedup();
    behind
}

/// Sets that grow together; the root of one is its smallest member.
struct Union(Vec<usize>);

impl Union {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            // Each look shortens the way of the next: a long chain of joins stays cheap.
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let root = one.min(other);
        self.0[one] = root;
        self.0[other] = root;
    }
}
