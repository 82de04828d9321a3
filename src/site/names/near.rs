//! Names that are near each other, among many.
//!
//! Owns what near means, and how the nearest of many thousands is found. Two names are near if they have the
//! same bare letters, sound the same, have the same words in another order, or differ in one letter, in
//! names of eight letters or more in two. Names with different numbers, as two districts, are not.
//!
//! Invariant: finds what comparing with each name would find. Names that differ in k letters have a common
//! rest after at most k letters are left out of each, so names are listed by their rests.

use std::collections::BTreeMap;

use super::phonetic::{phonetic_key, unordered_key};
use crate::fold::bare_words;

/// Names of fewer letters than this must have the same letters.
const FIRST_WITH_ONE_EDIT: usize = 3;

/// Names of this many letters may differ in two.
const FIRST_WITH_TWO_EDITS: usize = 8;

/// Longer ones are whole sentences, and must have the same letters, sound or words: the rests of a name are as
/// many as the square of its letters.
const LAST_WITH_EDITS: usize = 80;

/// How near two names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearness {
    /// How many letters differ.
    pub edits: usize,
    /// They sound the same, or have the same words.
    pub is_alike: bool,
}

/// A name, prepared for comparing.
#[derive(Debug)]
pub struct ComparedName {
    /// In bare letters.
    words: String,
    letters: usize,
    /// Its numbers, without leading zeros.
    numbers: String,
    sound: String,
    unordered: String,
}

impl ComparedName {
    pub fn new(name: &str) -> Self {
        let words = bare_words(name);
        Self {
            letters: words.chars().count(),
            numbers: numbers(&words),
            sound: phonetic_key(name),
            unordered: unordered_key(name),
            words,
        }
    }

    /// In how many letters it may differ from a name of so many letters.
    fn most_edits(&self, letters: usize) -> usize {
        match self.letters.min(letters) {
            _ if self.letters.max(letters) > LAST_WITH_EDITS => 0,
            0..FIRST_WITH_ONE_EDIT => 0,
            FIRST_WITH_ONE_EDIT..FIRST_WITH_TWO_EDITS => 1,
            _ => 2,
        }
    }

    fn edits(&self, other: &Self) -> usize {
        if self.letters.max(other.letters) > LAST_WITH_EDITS {
            return if self.words == other.words { 0 } else { self.letters.abs_diff(other.letters).max(1) };
        }
        strsim::damerau_levenshtein(&self.words, &other.words)
    }

    /// How near two names are; `None` if they are not.
    fn nearness(&self, other: &Self) -> Option<Nearness> {
        if self.numbers != other.numbers {
            return None;
        }
        let edits = self.edits(other);
        let is_alike = !self.sound.is_empty() && self.sound == other.sound
            || !self.unordered.is_empty() && self.unordered == other.unordered;
        let is_close = edits <= self.most_edits(other.letters) && !self.differs_in_a_letter_word(other);
        (edits == 0 || is_alike || is_close).then_some(Nearness { edits, is_alike })
    }

    /// In bare letters, with spaces.
    pub fn bare_words(&self) -> &str {
        &self.words
    }

    /// Both have the same words, but for one of a single letter, as "Zone A" and "Zone B".
    fn differs_in_a_letter_word(&self, other: &Self) -> bool {
        let is_letter = |word: &str| word.chars().count() == 1;
        let (own, others) = (self.words.split(' '), other.words.split(' '));
        own.clone().count() == others.clone().count()
            && own.zip(others).any(|(own, other)| own != other && is_letter(own) && is_letter(other))
    }
}

fn numbers(words: &str) -> String {
    let numbers = words.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty());
    numbers.map(|number| number.trim_start_matches('0')).collect::<Vec<_>>().join(" ")
}

/// Names by all ways in which another may be near.
#[derive(Default)]
pub struct NearIndex {
    names: Vec<ComparedName>,
    /// Hashes of each name without up to two of its letters, sorted; the position of the name.
    rests: Vec<(u64, u32)>,
    by_sound: BTreeMap<String, Vec<u32>>,
    by_words: BTreeMap<String, Vec<u32>>,
}

impl NearIndex {
    pub fn new(names: Vec<ComparedName>) -> Self {
        let mut index = Self::default();
        for (position, name) in (0_u32..).zip(&names) {
            index.rests.extend(rests(name).into_iter().map(|rest| (rest, position)));
            index.by_sound.entry(name.sound.clone()).or_default().push(position);
            index.by_words.entry(name.unordered.clone()).or_default().push(position);
        }
        index.by_sound.remove("");
        index.by_words.remove("");
        index.rests.sort_unstable();
        index.rests.dedup();
        Self { names, ..index }
    }

    /// As [`NearIndex::near`], of one of its own names, which is near itself.
    pub fn near_of(&self, position: usize) -> Vec<(usize, Nearness)> {
        self.near(&self.names[position])
    }

    /// The positions of all names that are near, in their order.
    pub fn near(&self, name: &ComparedName) -> Vec<(usize, Nearness)> {
        let mut positions: Vec<u32> = Vec::new();
        for rest in rests(name) {
            let from = self.rests.partition_point(|(known, _)| *known < rest);
            positions
                .extend(self.rests[from..].iter().take_while(|(known, _)| *known == rest).map(|(_, at)| at));
        }
        positions.extend(self.by_sound.get(&name.sound).into_iter().flatten());
        positions.extend(self.by_words.get(&name.unordered).into_iter().flatten());
        positions.sort_unstable();
        positions.dedup();
        let near = positions.into_iter().filter_map(|position| {
            let position = position as usize;
            Some((position, name.nearness(&self.names[position])?))
        });
        near.collect()
    }
}

/// The hashes of a name as it is and without any one or two letters. Numbers are a part of each, so that
/// a thousand numbered districts are not compared with each other.
fn rests(name: &ComparedName) -> Vec<u64> {
    let letters: Vec<u64> = name.words.chars().map(u64::from).collect();
    let prefixes = Prefixes::of(&letters);
    let numbers = Prefixes::of(&name.numbers.chars().map(u64::from).collect::<Vec<_>>()).all();
    let len = letters.len();
    let mut rests = vec![prefixes.all()];
    let most = name.most_edits(LAST_WITH_EDITS);
    if most > 0 {
        rests.extend((0..len).map(|at| prefixes.without(&[at])));
    }
    if most > 1 {
        let pairs = (0..len).flat_map(|first| (first + 1..len).map(move |second| [first, second]));
        rests.extend(pairs.map(|pair| prefixes.without(&pair)));
    }
    rests.iter_mut().for_each(|rest| *rest = rest.wrapping_mul(FACTOR) ^ numbers);
    rests.sort_unstable();
    rests.dedup();
    rests
}

/// Any large odd number. Names of one hash are compared, so a clash costs only time.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The polynomial hashes of all beginnings of a name, from which that of any rest is made in a few steps.
struct Prefixes {
    hashes: Vec<u64>,
    powers: Vec<u64>,
}

impl Prefixes {
    fn of(letters: &[u64]) -> Self {
        let mut prefixes = Self { hashes: vec![1], powers: vec![1] };
        for (index, letter) in letters.iter().enumerate() {
            let next = prefixes.hashes[index].wrapping_mul(FACTOR).wrapping_add(letter + 1);
            prefixes.hashes.push(next);
            prefixes.powers.push(prefixes.powers[index].wrapping_mul(FACTOR));
        }
        prefixes
    }

    fn all(&self) -> u64 {
        self.hashes[self.hashes.len() - 1]
    }

    /// The hash without the letters at these positions, which are in their order.
    fn without(&self, left_out: &[usize]) -> u64 {
        let mut hash = self.hashes[left_out[0]];
        for (index, at) in left_out.iter().enumerate() {
            let end = left_out.get(index + 1).copied().unwrap_or(self.hashes.len() - 1);
            let length = end - at - 1;
            let piece = self.hashes[end].wrapping_sub(self.hashes[at + 1].wrapping_mul(self.powers[length]));
            hash = hash.wrapping_mul(self.powers[length]).wrapping_add(piece);
        }
        hash
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, is_near: bool) {
        let (one, other) = (ComparedName::new(one), ComparedName::new(other));
        assert_eq!(one.nearness(&other).is_some(), is_near, "{one:?} {other:?}");
        assert_eq!(other.nearness(&one).is_some(), is_near, "{other:?} {one:?}");
    }

    #[test]
    fn misspelt_and_reordered_names_are_near() {
        for (one, other) in [
            ("Karkiv", "Kharkiv"),
            ("Lowmarsh Council", "Lowmarsh Councl"),
            ("Residents of Quay Street", "Quay Street residents"),
            ("UNHRC", "UNHCR"),
            ("أمل", "امل"),
            ("Ba'ath Street", "Baath Street"),
            ("Gate ٢", "Gate 2"),
            ("harbour-fire-2031-05-3", "harbour-fire-2031-05-03"),
        ] {
            check(one, other, true);
        }
    }

    #[test]
    fn other_names_are_not() {
        for (one, other) in [
            ("District 4", "District 5"),
            ("Zone A", "Zone B"),
            ("UN", "EU"),
            ("Harbour", "Old Town"),
            ("harbour-fire-2031-05-03", "harbour-fire-2031-05-04"),
        ] {
            check(one, other, false);
        }
    }

    fn name() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ab]{0,4}( [abc]{1,6}){0,2}",
            "[a-c]{6,11}",
            "Gate [0-9]{1,2}",
            "[حلبأا ]{0,5}",
            "\\PC{0,6}",
            "[ab]{79,82}"
        ]
    }

    proptest! {
        #[test]
        fn the_index_finds_what_comparing_with_each_name_finds(
            names in prop::collection::vec(name(), 0..30), query in name(),
        ) {
            let query = ComparedName::new(&query);
            let compared = || names.iter().map(|name| ComparedName::new(name));
            let each: Vec<(usize, Nearness)> = compared()
                .enumerate()
                .filter_map(|(at, name)| Some((at, query.nearness(&name)?)))
                .collect();
            prop_assert_eq!(NearIndex::new(compared().collect()).near(&query), each);
        }
    }
}
