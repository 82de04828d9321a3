//! The one cache of finished work: a value by path, valid for one stamp.
//!
//! What is cached, and where:
//! - the checks of every page, between two runs over all pages (`render_all`): no budget, since losing a
//!   check means rendering its page again;
//! - pages that a browser asked for (`preview::edition`): the few megabytes that one person looks at.
//!
//! A value is used again only if its stamp is equal, so that nothing has to say what became stale. The
//! least recently used value goes first once there are more bytes than the budget.
//!
//! Not here: the last build (`workspace`), which is a state and not a cache, and the parts that pages
//! share (`render::Renderer`), which live as long as their renderer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Values by path, each valid for one stamp.
pub struct Cache<Stamp, Value> {
    /// For looking up, never to iterate into an output.
    values: HashMap<Box<str>, CachedValue<Stamp, Value>, ahash::RandomState>,
    budget: usize,
    bytes: usize,
    /// Counts every use, to find the value that was used longest ago.
    clock: AtomicU64,
    hits: AtomicU64,
    misses: AtomicU64,
}

struct CachedValue<Stamp, Value> {
    stamp: Stamp,
    value: Value,
    bytes: usize,
    last_used: AtomicU64,
}

impl<Stamp: PartialEq, Value> Cache<Stamp, Value> {
    /// A cache of at most `budget` bytes.
    #[must_use]
    pub fn new(budget: usize) -> Self {
        Self {
            values: HashMap::default(),
            budget,
            bytes: 0,
            clock: AtomicU64::new(0),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    /// The value at a path, if it has this stamp.
    pub fn find(&self, path: &str, stamp: &Stamp) -> Option<&Value> {
        let Some(cached) = self.values.get(path).filter(|cached| cached.stamp == *stamp) else {
            self.misses.fetch_add(1, Ordering::Relaxed);
            return None;
        };
        self.hits.fetch_add(1, Ordering::Relaxed);
        cached.last_used.store(self.tick(), Ordering::Relaxed);
        Some(&cached.value)
    }

    /// Replaces the value at a path. A value of more bytes than the budget is not kept.
    pub fn insert(&mut self, path: &str, stamp: Stamp, value: Value, bytes: usize) {
        self.remove(path);
        if bytes > self.budget {
            return;
        }
        while self.bytes > self.budget - bytes {
            self.remove_least_recently_used();
        }
        self.bytes += bytes;
        let last_used = AtomicU64::new(self.tick());
        self.values.insert(path.into(), CachedValue { stamp, value, bytes, last_used });
    }

    /// Removes all values but those that pass.
    pub fn retain(&mut self, mut passes: impl FnMut(&Stamp, &Value) -> bool) {
        self.values.retain(|_, cached| {
            let is_kept = passes(&cached.stamp, &cached.value);
            if !is_kept {
                self.bytes -= cached.bytes;
            }
            is_kept
        });
    }

    pub fn clear(&mut self) {
        self.values.clear();
        self.bytes = 0;
    }

    /// Lookups that found a value.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// Lookups that found none, or one with another stamp.
    #[must_use]
    pub fn misses(&self) -> u64 {
        self.misses.load(Ordering::Relaxed)
    }

    fn tick(&self) -> u64 {
        self.clock.fetch_add(1, Ordering::Relaxed)
    }

    fn remove(&mut self, path: &str) {
        if let Some(cached) = self.values.remove(path) {
            self.bytes -= cached.bytes;
        }
    }

    fn remove_least_recently_used(&mut self) {
        // A scan: a cache with a budget holds some hundred values.
        let oldest = self.values.iter().min_by_key(|(_, cached)| cached.last_used.load(Ordering::Relaxed));
        let Some(path) = oldest.map(|(path, _)| path.clone()) else { return };
        self.remove(&path);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_is_found_by_its_path_and_its_stamp() {
        let mut cache = Cache::new(100);
        cache.insert("a", 1, "one", 10);
        assert_eq!(cache.find("a", &1), Some(&"one"));
        assert_eq!(cache.find("a", &2), None);
        assert_eq!(cache.find("b", &1), None);
        cache.insert("a", 2, "two", 10);
        assert_eq!(cache.find("a", &1), None);
        assert_eq!(cache.find("a", &2), Some(&"two"));
        assert_eq!((cache.hits(), cache.misses()), (2, 3));
    }

    #[test]
    fn the_least_recently_used_value_goes_first() {
        let mut cache = Cache::new(30);
        for path in ["a", "b", "c"] {
            cache.insert(path, (), path, 10);
        }
        cache.find("a", &());
        cache.insert("d", (), "d", 10);
        assert_eq!(cache.find("b", &()), None);
        assert!(["a", "c", "d"].iter().all(|path| cache.find(path, &()).is_some()));
        cache.insert("e", (), "e", 25);
        assert_eq!(cache.values.len(), 1);
    }

    #[test]
    fn a_value_that_is_larger_than_the_budget_replaces_none_but_its_own() {
        let mut cache = Cache::new(30);
        cache.insert("a", 1, (), 10);
        cache.insert("b", 1, (), 10);
        cache.insert("a", 2, (), 31);
        assert_eq!((cache.find("a", &1), cache.find("a", &2)), (None, None));
        assert_eq!(cache.find("b", &1), Some(&()));
    }

    proptest! {
        #[test]
        fn the_bytes_are_those_of_the_values(
            inserts in prop::collection::vec((0..6_u8, 0..40_usize), 0..40),
            odd in any::<bool>(),
        ) {
            let mut cache = Cache::new(100);
            for (path, bytes) in inserts {
                cache.insert(&path.to_string(), (), bytes, bytes);
                prop_assert!(cache.bytes <= 100);
            }
            cache.retain(|(), bytes| (bytes % 2 == 1) == odd);
            let bytes: usize = cache.values.values().map(|cached| cached.value).sum();
            prop_assert_eq!(cache.bytes, bytes);
        }
    }
}
