//! When what is known about an event became surer or less sure.
//!
//! A status changes only where a claim is added that says something else, by someone else, than those before it, or
//! where a correction changes a status or a source. Only then are the claims weighed again: an event may have
//! thousands of claims by a few sources.

use std::collections::BTreeMap;

use super::change::{Changed, LinkedLists, SiteChange, shown_since};
use crate::model::{Correction, Status, Word as _};
use crate::paths::fold_name;
use crate::site::corrections::Field;
use crate::site::evidence::weighing::{Statement, assess};
use crate::site::indices::{ClaimIx, EventIx, SourceIx};
use crate::site::names::index::is_unattributed;
use crate::time::Moment;

/// Of a claim at some time what the status of its event depends on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weight<'a> {
    /// `None`: its source was one that the site no longer knows.
    statement: Option<Statement<'a>>,
    status: Option<Status>,
    has_reason: bool,
}

/// From this moment on, a claim has another weight.
struct Turn<'a> {
    at: Moment,
    claim: ClaimIx,
    before: Option<Weight<'a>>,
    after: Weight<'a>,
}

/// Each change of the status of an event, the oldest first.
pub fn changes(lists: LinkedLists<'_>, event: EventIx) -> Vec<SiteChange> {
    let claims = &lists.events[event].term.claims;
    let mut turns: Vec<Turn<'_>> = claims.iter().flat_map(|claim| turns(lists, *claim)).collect();
    turns.sort_by_key(|turn| (turn.at, turn.claim));
    let mut weights = Weights::default();
    let mut known: Option<Status> = None;
    let mut changes = Vec::new();
    for turns in turns.chunk_by(|one, other| one.at == other.at) {
        turns.iter().for_each(|turn| weights.apply(turn));
        if !weights.are_others {
            continue;
        }
        let now = weights.status(lists);
        if let (Some(was), Some(now)) = (known, now)
            && was != now
        {
            let by = turns[0].claim;
            changes.push(SiteChange::new(turns[0].at, Changed::EventStatus { event, was, now, by }));
        }
        known = now;
    }
    changes
}

/// The weights of a claim, from when it was first shown.
fn turns(lists: LinkedLists<'_>, claim: ClaimIx) -> Vec<Turn<'_>> {
    let shown_since = shown_since(lists.briefings, claim);
    let article = &lists.briefings[claim.briefing].article;
    let id = &lists.briefings.claim(claim).id.value;
    let of_claim = article.corrections.iter().filter(|correction| {
        correction.claim.as_ref().is_some_and(|of| of.value == *id) && field(correction).is_some()
    });
    let mut later: Vec<&Correction> = of_claim.filter(|correction| correction.at > shown_since).collect();
    later.sort_by_key(|correction| correction.at);
    let mut turns = Vec::with_capacity(1 + later.len());
    let mut before = None;
    for (undone, at) in std::iter::once(shown_since).chain(later.iter().map(|later| later.at)).enumerate() {
        let after = weight(lists, claim, &later[undone..]);
        turns.push(Turn { at, claim, before, after });
        before = Some(after);
    }
    turns
}

/// The corrections of these fields change what a claim weighs.
fn field(correction: &Correction) -> Option<Field> {
    let field = Field::named(&correction.field.as_ref()?.value, true)?;
    matches!(field, Field::Status | Field::Source).then_some(field)
}

/// What the claim weighed before some corrections were made, which are in their order.
fn weight<'a>(lists: LinkedLists<'a>, claim: ClaimIx, undone: &[&Correction]) -> Weight<'a> {
    let today = lists.briefings.claim(claim);
    let first = |of: Field| undone.iter().find(|correction| field(correction) == Some(of));
    let was = |correction: &Correction| correction.was.as_ref().map(|was| was.value.clone());
    let (status, has_reason) = match first(Field::Status) {
        // The reason is that of today's status.
        Some(correction) => (was(correction).and_then(|was| Status::from_word(&was)), false),
        None => (today.status.as_ref().map(|status| status.value), today.status_why.is_some()),
    };
    let mut statement = Some(Statement::of(lists.briefings, claim));
    if let Some(correction) = first(Field::Source) {
        let source = was(correction).and_then(|name| maker(lists, &name));
        statement = statement.zip(source).map(|(statement, source)| Statement { source, ..statement });
    }
    Weight { statement, status, has_reason }
}

/// Who a name means: inner `None` for one that names no one, outer `None` for one that the site does not know.
fn maker(lists: LinkedLists<'_>, name: &str) -> Option<Option<SourceIx>> {
    if lists.names.unattributed.contains(name) || is_unattributed(name) {
        return Some(None);
    }
    lists.spellings.sources.get(&fold_name(name)).map(|ix| Some(*ix))
}

/// The different weights of the claims of an event at some time.
#[derive(Default)]
struct Weights<'a> {
    /// Each with the number of claims that have it.
    counts: BTreeMap<Weight<'a>, usize>,
    claims: usize,
    /// They are not those that were weighed last.
    are_others: bool,
}

impl<'a> Weights<'a> {
    fn apply(&mut self, turn: &Turn<'a>) {
        match turn.before {
            Some(before) => {
                let count = self.counts.get_mut(&before).expect("an earlier turn added it");
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&before);
                    self.are_others = true;
                }
            }
            None => self.claims += 1,
        }
        let count = self.counts.entry(turn.after).or_default();
        *count += 1;
        // A claim alone is weighed even where it was taken back, and no longer once there are two.
        self.are_others |= *count == 1 || self.claims == 2;
    }

    /// As readers see it; `None` if a source is not known any more.
    fn status(&mut self, lists: LinkedLists<'_>) -> Option<Status> {
        self.are_others = false;
        let is_in_force = |weight: &Weight<'_>| weight.status.is_none_or(Status::holds);
        let is_alone = self.claims == 1;
        let weighed = self.counts.keys().filter(|weight| is_alone || is_in_force(weight));
        let statements: Option<Vec<Statement<'_>>> = weighed.map(|weight| weight.statement).collect();
        let assessment = assess(lists.independence, statements?.into_iter());
        if assessment.is_contested() {
            return Some(Status::Contested);
        }
        let carried = assessment.says.strength.status();
        let status = |weight: &Weight<'_>| match weight.status {
            // The word may rest on what was not known then.
            Some(word) if !weight.has_reason && word < Status::Confirmed => word.min(carried),
            Some(word) => word,
            None => carried,
        };
        let in_force = self.counts.keys().filter(|weight| is_in_force(weight));
        Some(in_force.map(status).max().unwrap_or(Status::Unverified))
    }
}
