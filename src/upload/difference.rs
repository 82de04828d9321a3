//! What differs between what is published and what will be.

use std::cmp::Ordering;

use crate::paths::OutPath;
use crate::publish::Hash;

pub(super) type ListedFile = (OutPath, Hash);

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) new: Vec<ListedFile>,
    pub(super) changed: Vec<ListedFile>,
    /// With the hashes that they were published with.
    pub(super) removed: Vec<ListedFile>,
    /// What a stopped publish left, which is in no list.
    pub(super) stray: Vec<ListedFile>,
    pub(super) unchanged: usize,
}

impl Difference {
    /// Both lists are sorted by path.
    pub(super) fn between(old: &[ListedFile], new: &[ListedFile]) -> Self {
        let mut difference = Self::default();
        let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return difference,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(old), Some(new)) => old.0.cmp(&new.0),
            };
            let before = if order.is_le() { old.next() } else { None };
            let after = if order.is_ge() { new.next() } else { None };
            match (before, after) {
                (Some(before), None) => difference.removed.push(before.clone()),
                (None, Some(after)) => difference.new.push(after.clone()),
                (Some(before), Some(after)) if before.1 != after.1 => difference.changed.push(after.clone()),
                _ => difference.unchanged += 1,
            }
        }
    }

    /// Adds the files that a stopped publish may have written: those of the new list are sent again, the others go.
    pub(super) fn with_doubt(mut self, in_doubt: &[ListedFile], new: &[ListedFile]) -> Self {
        let mut sent_again = Vec::new();
        for (path, hash) in in_doubt {
            match find(new, path) {
                Some(file) if find(&self.new, path).or(find(&self.changed, path)).is_none() => {
                    sent_again.push(file.clone());
                }
                None if find(&self.removed, path).is_none() => self.stray.push((path.clone(), *hash)),
                _ => {}
            }
        }
        self.unchanged -= sent_again.len();
        self.changed.extend(sent_again);
        self.changed.sort_unstable();
        self
    }

    /// Whether it removes more than one in ten of the published files, or more than 256.
    pub(super) fn removes_many(&self) -> bool {
        let published = self.unchanged + self.changed.len() + self.removed.len();
        self.removed.len() > 256 || self.removed.len() * 10 > published
    }

    /// How many files are sent or removed.
    pub(super) fn files(&self) -> usize {
        self.new.len() + self.changed.len() + self.removed.len() + self.stray.len()
    }
}

/// A file of a list that is sorted by path.
fn find<'f>(files: &'f [ListedFile], path: &OutPath) -> Option<&'f ListedFile> {
    files.binary_search_by(|(other, _)| other.cmp(path)).ok().map(|index| &files[index])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(files: &[(u8, u8)]) -> Vec<ListedFile> {
        let mut files: Vec<_> = files
            .iter()
            .map(|(name, bytes)| (OutPath::new(format!("f{name:03}")).expect("a plain name"), [*bytes; 32]))
            .collect();
        files.sort_unstable();
        files.dedup_by(|a, b| a.0 == b.0);
        files
    }

    fn removing(removed: usize, of: usize) -> bool {
        let file = |n: usize| (OutPath::new(format!("f{n:06}")).expect("a plain name"), [0; 32]);
        let old: Vec<_> = (0..of).map(file).collect();
        Difference::between(&old, &old[removed..]).removes_many()
    }

    #[test]
    fn more_than_one_in_ten_files_or_256_is_many() {
        assert!(!removing(0, 0) && !removing(1, 10) && removing(2, 10) && removing(1, 9));
        assert!(!removing(256, 10_000) && removing(257, 10_000));
    }

    proptest! {
        #[test]
        fn the_difference_makes_the_new_list_of_the_old_one(
            old in prop::collection::vec((0u8..20, 0u8..3), 0..20),
            new in prop::collection::vec((0u8..20, 0u8..3), 0..20),
        ) {
            let (old, new) = (list(&old), list(&new));
            let difference = Difference::between(&old, &new);
            let mut made: Vec<ListedFile> = old
                .iter()
                .filter(|(path, _)| {
                    let replaced = difference.changed.iter().chain(&difference.removed);
                    replaced.into_iter().all(|(gone, _)| gone != path)
                })
                .cloned()
                .collect();
            prop_assert_eq!(made.len(), difference.unchanged);
            made.extend(difference.new.iter().chain(&difference.changed).cloned());
            made.sort_unstable();
            prop_assert_eq!(made, new);
            prop_assert!(difference.removed.iter().all(|file| old.contains(file)));
        }
    }
}
