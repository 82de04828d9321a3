//! What the records say about how sources depend on each other: owners, parties, relays.
//!
//! Made once for a site, so that weighing an event looks nothing up by name.
//!
//! Invariant: independence is declared. A source without a record, or without a known side, never makes a
//! status higher.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::strength::{Origin, Strength};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Allegiance {
    None,
    Unknown,
    /// A position in site.toml's parties.
    Party(usize),
}

/// Sources of one owner have one number.
type OwnerGroup = u32;

/// Which sides count for the strength of some origins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    AsWritten,
    /// As if every record without a `party` said that the source is of no party.
    UnwrittenAsNone,
}

#[derive(Debug, Default)]
pub struct Independence {
    /// By source.
    sources: Vec<OfSource>,
}

#[derive(Debug)]
struct OfSource {
    has_record: bool,
    /// No one wrote its `party`, and so its side is unknown.
    has_unwritten_side: bool,
    house: OwnerGroup,
    sees: Sees,
    side: Allegiance,
    side_if_unwritten_is_none: Allegiance,
    /// Whom it passes on, through any number of relays; sorted.
    behind: Vec<OwnerGroup>,
    /// All that its words may come from: its house, and whom it passes on; sorted.
    possible_origins: Vec<OwnerGroup>,
    /// A record whose name is close to this one's, which has none.
    near: Option<SourceIx>,
}

impl Independence {
    #[must_use]
    pub fn of(sources: &Sources, spellings: &Spellings, config: &Config) -> Self {
        let records = Records { sources, spellings, config };
        let houses = houses(records);
        let as_written = HouseSides::of(records, &houses, Sides::AsWritten);
        let if_none = HouseSides::of(records, &houses, Sides::UnwrittenAsNone);
        let sources = sources.indices().map(|ix| {
            let record = record(records, ix);
            let house = houses[usize::from(ix)];
            let behind = behind(records, ix, &houses);
            let mut possible_origins = behind.clone();
            possible_origins.push(house);
            possible_origins.sort_unstable();
            possible_origins.dedup();
            OfSource {
                has_record: record.is_some(),
                has_unwritten_side: has_unwritten_side(record),
                house,
                sees: record.map_or(Sees::Unknown, |record| record.sees),
                side: as_written.of_source(records, ix, house, &behind),
                side_if_unwritten_is_none: if_none.of_source(records, ix, house, &behind),
                behind,
                possible_origins,
                near: records.sources[ix].near,
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

    pub fn has_record(&self, ix: SourceIx) -> bool {
        self.get(ix).has_record
    }

    /// The source with a record that this name is perhaps a misspelling of.
    pub fn near(&self, ix: SourceIx) -> Option<SourceIx> {
        self.get(ix).near
    }

    /// The sources that may be behind the words of this one, and whose side no one wrote.
    pub fn without_written_side(&self, ix: SourceIx) -> impl Iterator<Item = SourceIx> {
        let possible = &self.get(ix).possible_origins;
        let all = self.sources.iter().enumerate();
        all.filter(|(_, source)| source.has_unwritten_side && possible.binary_search(&source.house).is_ok())
            .map(|(index, _)| SourceIx::from(index))
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

    /// How much sources with records support together. They support as much as the best two of them
    /// whose words cannot have one origin, so that another source never makes them weaker.
    pub fn strength(&self, makers: &[SourceIx], sides: Sides) -> Strength {
        match self.best_pair(makers, sides) {
            Some((.., strength)) => strength,
            None if makers.is_empty() => Strength::Nothing,
            None => Strength::OneOrigin,
        }
    }

    /// The first two sources with different origins that support most.
    fn best_pair(&self, makers: &[SourceIx], sides: Sides) -> Option<(SourceIx, SourceIx, Strength)> {
        let side = |ix: SourceIx| match sides {
            Sides::AsWritten => self.get(ix).side,
            Sides::UnwrittenAsNone => self.get(ix).side_if_unwritten_is_none,
        };
        // Sources that are alike in both need no comparing: an event may have thousands of one owner.
        let mut seen = HashSet::new();
        let mut different = makers.to_vec();
        different.retain(|ix| seen.insert((&self.get(*ix).possible_origins, side(*ix))));
        let mut best: Option<(SourceIx, SourceIx, Strength)> = None;
        for (index, one) in different.iter().enumerate() {
            for other in &different[index + 1..] {
                let strength = strength_of_two(side(*one), side(*other));
                if best.is_none_or(|(.., most)| strength > most) && !self.share_an_origin(*one, *other) {
                    best = Some((*one, *other, strength));
                }
            }
            if best.is_some_and(|(.., strength)| strength == Strength::NoParty) {
                break;
            }
        }
        best
    }

    fn share_an_origin(&self, one: SourceIx, other: SourceIx) -> bool {
        let (one, other) = (&self.get(one).possible_origins, &self.get(other).possible_origins);
        let (fewer, more) = if one.len() < other.len() { (one, other) } else { (other, one) };
        fewer.iter().any(|house| more.binary_search(house).is_ok())
    }

    /// The sources as origins, and those of them who only pass on another; both in order of their ids. Those
    /// of one owner, and those who pass on the same others, are one origin.
    pub fn origins(&self, makers: &[SourceIx]) -> (Vec<Origin>, Vec<SourceIx>) {
        let (relays, speakers): (Vec<SourceIx>, Vec<SourceIx>) =
            makers.iter().partition(|ix| self.relays_one_of(**ix, makers));
        let ordered = [speakers, relays.clone()].concat();
        let first = match self.best_pair(&ordered, Sides::AsWritten) {
            Some((one, other, _)) => vec![one, other],
            None => ordered.first().copied().into_iter().collect(),
        };
        let mut origins: Vec<Origin> = Vec::new();
        let mut passing_on = Vec::new();
        let mut origin_of: HashMap<OwnerGroup, usize> = HashMap::new();
        let rest = ordered.iter().filter(|ix| !first.contains(ix));
        for ix in first.iter().chain(rest) {
            let possible = &self.get(*ix).possible_origins;
            match possible.iter().filter_map(|house| origin_of.get(house)).min() {
                Some(_) if relays.binary_search(ix).is_ok() => passing_on.push(*ix),
                Some(origin) => origins[*origin].sources.push(*ix),
                None => {
                    origin_of.extend(possible.iter().map(|house| (*house, origins.len())));
                    origins.push(Origin { sources: vec![*ix] });
                }
            }
        }
        origins.iter_mut().for_each(|origin| origin.sources.sort_unstable());
        origins.sort_unstable_by_key(|origin| origin.sources[0]);
        passing_on.sort_unstable();
        (origins, passing_on)
    }
}

fn strength_of_two(one: Allegiance, other: Allegiance) -> Strength {
    match (one, other) {
        (Allegiance::None, _) | (_, Allegiance::None) => Strength::NoParty,
        (Allegiance::Unknown, _) | (_, Allegiance::Unknown) => Strength::PartyUnknown,
        (Allegiance::Party(one), Allegiance::Party(other)) if one == other => Strength::OneParty,
        (Allegiance::Party(_), Allegiance::Party(_)) => Strength::Parties,
    }
}

fn record<'a>(records: Records<'a>, ix: SourceIx) -> Option<&'a SourceRecord> {
    records.sources[ix].term.record.as_deref()
}

fn has_unwritten_side(record: Option<&SourceRecord>) -> bool {
    record.is_some_and(|record| !record.has_party && &*record.party == "unknown")
}

/// The side of each house, as readers may know it.
struct HouseSides {
    sides: Sides,
    /// Of its members with a record, but for protected ones: a status could show on whose side they are.
    of_houses: BTreeMap<OwnerGroup, Allegiance>,
    /// Of a house that has no such member.
    of_others: Allegiance,
}

impl HouseSides {
    fn of(records: Records<'_>, houses: &[OwnerGroup], sides: Sides) -> Self {
        let mut members: BTreeMap<OwnerGroup, BTreeSet<Allegiance>> = BTreeMap::new();
        for ix in records.sources.indices().filter(|ix| !records.sources[*ix].is_protected()) {
            if let Some(record) = record(records, ix) {
                let side = own_side(records.config, record, sides);
                members.entry(houses[usize::from(ix)]).or_default().insert(side);
            }
        }
        let of_houses = members.into_iter().map(|(house, sides)| (house, side_of_house(&sides))).collect();
        let has_parties = !records.config.parties.is_empty();
        let of_others = if has_parties { Allegiance::Unknown } else { Allegiance::None };
        Self { sides, of_houses, of_others }
    }

    /// The side of all that the words of a source may come from. A protected source that is of a party,
    /// or whose house is, counts as one of an unknown side.
    fn of_source(
        &self,
        records: Records<'_>,
        ix: SourceIx,
        house: OwnerGroup,
        behind: &[OwnerGroup],
    ) -> Allegiance {
        let of_house = |house: &OwnerGroup| self.of_houses.get(house).copied();
        let mut possible: BTreeSet<Allegiance> =
            behind.iter().map(|house| of_house(house).unwrap_or(self.of_others)).collect();
        possible.extend(of_house(&house));
        let protected = record(records, ix).filter(|record| record.protected);
        let Some(record) = protected else { return side_of_possible(&possible) };
        possible.insert(own_side(records.config, record, self.sides));
        let is_of_none = possible.iter().all(|side| *side == Allegiance::None);
        if is_of_none { Allegiance::None } else { Allegiance::Unknown }
    }
}

fn own_side(config: &Config, record: &SourceRecord, sides: Sides) -> Allegiance {
    if record.party.as_ref() == "none" || sides == Sides::UnwrittenAsNone && has_unwritten_side(Some(record))
    {
        return Allegiance::None;
    }
    let party = config.parties.iter().position(|known| known.id.as_str() == record.party.as_ref());
    party.map_or(Allegiance::Unknown, Allegiance::Party)
}

/// An outlet of a party's house is of that party. Two parties in one house are no side that is known.
fn side_of_house(members: &BTreeSet<Allegiance>) -> Allegiance {
    let mut parties = members.iter().filter(|side| matches!(side, Allegiance::Party(_)));
    match (parties.next(), parties.next()) {
        (Some(party), None) => *party,
        (Some(_), Some(_)) => Allegiance::Unknown,
        (None, _) if members.contains(&Allegiance::Unknown) => Allegiance::Unknown,
        (None, _) => Allegiance::None,
    }
}

/// Of words that may come from several houses, the side that supports least.
fn side_of_possible(houses: &BTreeSet<Allegiance>) -> Allegiance {
    if houses.contains(&Allegiance::Unknown) { Allegiance::Unknown } else { side_of_house(houses) }
}

/// The owner, if it is a source that the site knows.
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

/// The houses of all whom a source passes on; sorted.
fn behind(records: Records<'_>, ix: SourceIx, houses: &[OwnerGroup]) -> Vec<OwnerGroup> {
    let behind: BTreeSet<OwnerGroup> =
        records.sources.behind(ix).into_iter().map(|ix| houses[usize::from(ix)]).collect();
    behind.into_iter().collect()
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
