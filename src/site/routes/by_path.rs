//! Finds the index of a path among the routes by its hash, without a copy of any path.

use crate::paths::OutPath;
use crate::site::page::Route;

/// A table of hashes, at most half full; for looking up, never to iterate.
#[derive(Debug, Default)]
pub struct ByPath {
    hasher: ahash::RandomState,
    /// As many as a power of two. One more than the index of a route, or 0: its own slot by the hash
    /// of its path, or the next one that was free.
    slots: Vec<u32>,
}

impl ByPath {
    /// Of sorted routes; of those with one path the last.
    pub fn new(routes: &[(OutPath, Route)]) -> Self {
        let slots = vec![0; (2 * routes.len()).next_power_of_two()];
        let mut table = Self { hasher: ahash::RandomState::new(), slots };
        for (index, (path, _)) in routes.iter().enumerate() {
            if routes.get(index + 1).is_some_and(|(next, _)| next == path) {
                continue;
            }
            let mut slot = table.slot(path.as_str());
            while table.slots[slot] != 0 {
                slot = table.after(slot);
            }
            table.slots[slot] = u32::try_from(index + 1).expect("a site has fewer than 4 billion pages");
        }
        table
    }

    /// The index of a path among the routes that the table was made of.
    pub fn find(&self, path: &str, routes: &[(OutPath, Route)]) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = self.slot(path);
        while let Some(index) = (self.slots[slot] as usize).checked_sub(1) {
            if routes[index].0.as_str() == path {
                return Some(index);
            }
            slot = self.after(slot);
        }
        None
    }

    fn slot(&self, path: &str) -> usize {
        // The length is a power of two, so that this takes the lowest bits.
        (self.hasher.hash_one(path) as usize) & (self.slots.len() - 1)
    }

    fn after(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }
}
