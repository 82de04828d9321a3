//! What each neighbourhood is a part of.
//!
//! Invariants: no neighbourhood is its own ancestor, and none has more ancestors than [`MOST_ANCESTORS`]. Costs
//! the same for each neighbourhood, however its parents are written.

use crate::diag::{Code, Diagnostic};
use crate::model::NeighbourhoodRecord;
use crate::site::diagnostics::Diagnostics;
use crate::site::indices::NeighbourhoodIx;
use crate::site::names::Entry;
use crate::site::names::index::NameIndex;

/// A street in a block in a quarter in a district in a city in a province in a country is six deep.
const MOST_ANCESTORS: usize = 20;

/// The parent of each neighbourhood. A circle is an error, and is cut; a chain that is too long too.
pub fn parents(
    entries: &[Entry<NeighbourhoodRecord>],
    names: &NameIndex,
    diagnostics: &mut Diagnostics<'_>,
) -> Vec<Option<NeighbourhoodIx>> {
    let parent =
        |entry: &Entry<NeighbourhoodRecord>| names.neighbourhood(entry.record.as_ref()?.parent.as_ref()?);
    let mut chains = Chains::new(entries.iter().map(parent).collect());
    for index in 0..entries.len() {
        chains.follow(index);
    }
    let mut refuse = |index: &usize, code, fact: &str, help: &str| {
        let record = entries[*index].record.as_ref().expect("only a record has a parent");
        let name = record.parent.as_ref().expect("it was followed");
        let refused = Diagnostic::error(code, format!("\"{}\" is {fact}", record.id));
        diagnostics.push(refused.at(diagnostics.place(&record.file, name.span)).help(help));
    };
    for index in &chains.circles {
        let help = "a parent is the larger place that this one is a part of";
        refuse(index, Code::PARENT_CIRCLE, "its own ancestor", help);
    }
    for index in &chains.too_long {
        let fact = format!("in more than {MOST_ANCESTORS} places, each a part of the next");
        refuse(index, Code::PARENT_DEPTH, &fact, "name a larger place as its parent");
    }
    chains.parents
}

/// How far the parents of a neighbourhood have been followed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Followed {
    No,
    /// It is on the way that is being followed.
    OnTheWay,
    /// With so many ancestors.
    Yes(usize),
}

struct Chains {
    parents: Vec<Option<NeighbourhoodIx>>,
    followed: Vec<Followed>,
    /// Those whose parent was cut, one of each circle.
    circles: Vec<usize>,
    too_long: Vec<usize>,
}

impl Chains {
    fn new(parents: Vec<Option<NeighbourhoodIx>>) -> Self {
        Self {
            followed: vec![Followed::No; parents.len()],
            parents,
            circles: Vec::new(),
            too_long: Vec::new(),
        }
    }

    /// Goes up from a neighbourhood, to the first whose ancestors are known, and down the same way.
    fn follow(&mut self, start: usize) {
        let mut way = Vec::new();
        let mut next = Some(start);
        while let Some(index) = next.filter(|index| self.followed[*index] == Followed::No) {
            self.followed[index] = Followed::OnTheWay;
            way.push(index);
            next = self.parents[index].map(usize::from);
        }
        if let Some(met) = next.filter(|index| self.followed[*index] == Followed::OnTheWay) {
            // Its first member, whichever the way began with, so that the message is always the same.
            let from = way.iter().position(|index| *index == met).unwrap_or_default();
            let first = way[from..].iter().copied().min().unwrap_or(met);
            self.parents[first] = None;
            self.circles.push(first);
            // The rest of the way hangs on the member that was cut.
            way.iter().for_each(|index| self.followed[*index] = Followed::No);
            return self.follow(start);
        }
        for index in way.into_iter().rev() {
            self.set(index);
        }
    }

    /// Sets how many ancestors a neighbourhood has. Those of its parent are known.
    fn set(&mut self, index: usize) {
        let parent = self.parents[index].map(|parent| self.followed[usize::from(parent)]);
        let mut ancestors = match parent {
            Some(Followed::Yes(more)) => more + 1,
            _ => 0,
        };
        if ancestors > MOST_ANCESTORS {
            self.parents[index] = None;
            self.too_long.push(index);
            ancestors = 0;
        }
        self.followed[index] = Followed::Yes(ancestors);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chains(parents: &[Option<usize>]) -> Chains {
        let parents = parents.iter().map(|parent| parent.map(NeighbourhoodIx::from)).collect();
        let mut chains = Chains::new(parents);
        (0..chains.parents.len()).for_each(|index| chains.follow(index));
        chains
    }

    fn ancestors(parents: &[Option<NeighbourhoodIx>], index: usize) -> usize {
        std::iter::successors(parents[index], |ix| parents[usize::from(*ix)]).take(10_000).count()
    }

    proptest! {
        #[test]
        fn no_place_is_its_own_ancestor_or_has_too_many(
            parents in (1..60_usize).prop_flat_map(|len| prop::collection::vec(prop::option::weighted(0.9, 0..len), len)),
        ) {
            let found = chains(&parents);
            for (index, written) in parents.iter().enumerate() {
                prop_assert!(ancestors(&found.parents, index) <= MOST_ANCESTORS);
                let is_cut = found.circles.contains(&index) || found.too_long.contains(&index);
                let kept = found.parents[index].map(usize::from);
                prop_assert_eq!(kept, written.filter(|_| !is_cut));
            }
        }
    }

    #[test]
    fn a_circle_is_cut_once_at_its_first_member() {
        assert_eq!(chains(&[Some(3), Some(2), Some(1), Some(2)]).circles, [1]);
        assert_eq!(chains(&[Some(0)]).circles, [0]);
    }

    #[test]
    fn a_long_chain_is_cut_where_it_becomes_too_long() {
        let parents: Vec<Option<usize>> = (0..50).map(|index: usize| index.checked_sub(1)).collect();
        assert_eq!(chains(&parents).too_long, [21, 42]);
    }
}
