//! All instructions of a site, to be looked up by the words of any text.
//!
//! Owns which claims can be an instruction that a text repeats. A text is compared only with instructions that
//! have two near words of it, so that the cost grows with the texts and not with texts times instructions.
//!
//! Invariant: instructions of the same words are one entry, so that one that is given daily costs no more.

use std::collections::{BTreeMap, HashMap};

use super::paraphrase::{ComparedText, InstructionWords, Likeness};
use crate::model::{Claim, ClaimKind};
use crate::site::indices::{BriefingIx, ClaimIx};
use crate::site::parts::{Briefings, LinkedBriefing};

/// A pair of words that so many instructions have says nothing.
const MOST_OF_ONE_PAIR: usize = 64;

#[derive(Clone, Debug, Default)]
pub struct InstructionIndex {
    /// In order of their first claims.
    entries: Vec<(InstructionWords, ClaimIx)>,
    /// The entries with each pair of near words. For looking up, never to iterate.
    by_pair: HashMap<u64, Vec<usize>, ahash::RandomState>,
}

impl InstructionIndex {
    pub fn new(briefings: &Briefings) -> Self {
        let mut index = Self::default();
        let mut known: BTreeMap<InstructionWords, ()> = BTreeMap::new();
        for ix in briefings.all_claims().filter(|ix| is_instruction(briefings.claim(*ix))) {
            for words in all_words(&briefings[ix.briefing], briefings.claim(ix)) {
                if words.is_comparable() && known.insert(words.clone(), ()).is_none() {
                    index.add(words, ix);
                }
            }
        }
        index
    }

    fn add(&mut self, words: InstructionWords, ix: ClaimIx) {
        for pair in words.pairs() {
            self.by_pair.entry(pair).or_default().push(self.entries.len());
        }
        self.entries.push((words, ix));
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The first instruction of another briefing that a text repeats.
    pub fn repeated_by(&self, text: &ComparedText, in_briefing: BriefingIx) -> Option<ClaimIx> {
        let pairs = text.pairs();
        let near = pairs.iter().filter_map(|pair| self.by_pair.get(pair));
        let mut near: Vec<usize> =
            near.filter(|entries| entries.len() <= MOST_OF_ONE_PAIR).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let mut entries = near.into_iter().map(|entry| &self.entries[entry]);
        let found =
            entries.find(|(words, ix)| ix.briefing != in_briefing && words.is_in(text, Likeness::OtherPage));
        found.map(|(_, ix)| *ix)
    }
}

pub fn is_instruction(claim: &Claim) -> bool {
    claim.kind == Some(ClaimKind::Instruction)
}

/// The words of an instruction in each language of its briefing.
pub fn all_words<'b>(
    stated_in: &'b LinkedBriefing,
    claim: &'b Claim,
) -> impl Iterator<Item = InstructionWords> + 'b {
    texts_of(stated_in, claim).map(|text| InstructionWords::new(text, &[&claim.source.value]))
}

/// An instruction in each language of its briefing.
pub fn texts_of<'b>(stated_in: &'b LinkedBriefing, claim: &'b Claim) -> impl Iterator<Item = &'b str> {
    let translations = stated_in.translations.values();
    let translated = translations.filter_map(|translation| translation.claim_text.get(&claim.id.value));
    std::iter::once(&*claim.text).chain(translated)
}
