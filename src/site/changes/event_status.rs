//! When what is known about an event became surer or less sure, as far as the site still says what was known.
//!
//! A status changes only where a claim is added that says something else, by someone else, than those before it, or
//! where a correction changes a status or a source. Only then are the claims assessed again: an event may have
//! thousands of claims by a few sources. Of an event by thousands of sources, a status that came and went between two
//! of [`MOST_ASSESSED`] steps is not found.

use std::collections::BTreeMap;
use std::ops::Range;

use super::change::{Changed, LinkedLists, SiteChange, shown_from};
use crate::model::{Correction, Status, Word as _};
use crate::paths::fold_name;
use crate::site::corrections::Field;
use crate::site::evidence::weighing::{Statement, assess};
use crate::site::indices::{ClaimIx, EventIx, SourceIx};
use crate::site::names::index::is_unattributed;
use crate::time::Moment;

/// How often the claims of one event are assessed, and where a status changed between two of these times, once more
/// for each halving.
const MOST_ASSESSED: usize = 256;

/// What one claim adds to the status of its event at one time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weight<'a> {
    /// `None`: its source was one that the site no longer knows.
    statement: Option<Statement<'a>>,
    status: Option<Status>,
    has_reason: bool,
}

/// From this moment on, a claim has another weight.
struct WeightChange<'a> {
    at: Moment,
    claim: ClaimIx,
    before: Option<Weight<'a>>,
    after: Weight<'a>,
}

/// Each change of the status of an event, the oldest first.
pub fn changes(lists: LinkedLists<'_>, event: EventIx) -> Vec<SiteChange> {
    let claims = &lists.events[event].term.claims;
    let mut changes: Vec<WeightChange<'_>> =
        claims.iter().flat_map(|claim| weight_changes(lists, *claim)).collect();
    changes.sort_by_key(|change| (change.at, change.claim));
    let history = History::new(lists, changes.chunk_by(|one, other| one.at == other.at).collect());
    let found = history.status_changes().into_iter().map(|StatusChange { step, was, now }| {
        let AssessedStep { moment, by } = history.steps[step];
        SiteChange::new(history.moments[moment][0].at, Changed::EventStatus { event, was, now, by })
    });
    found.collect()
}

/// All that changed the weights of the claims of an event.
struct History<'a> {
    lists: LinkedLists<'a>,
    /// What changed at one moment, the oldest first.
    moments: Vec<&'a [WeightChange<'a>]>,
    steps: Vec<AssessedStep>,
}

/// A moment after which the weights are others.
#[derive(Clone, Copy)]
struct AssessedStep {
    /// Its position.
    moment: usize,
    /// The claim that made the difference; `None` if there are several.
    by: Option<ClaimIx>,
}

struct StatusChange {
    /// Its position among the steps.
    step: usize,
    was: Status,
    now: Status,
}

impl<'a> History<'a> {
    fn new(lists: LinkedLists<'a>, moments: Vec<&'a [WeightChange<'a>]>) -> Self {
        let mut weights = Weights::default();
        let mut steps = Vec::new();
        for (moment, changes) in moments.iter().enumerate() {
            let was_alone = weights.claims == 1;
            let mut makers: Vec<ClaimIx> = Vec::new();
            for change in *changes {
                if weights.apply(change) {
                    makers.push(change.claim);
                }
            }
            makers.dedup();
            // A lone claim is assessed even if it was taken back. Next to another one it is not.
            if !makers.is_empty() || was_alone && weights.claims > 1 {
                let by = if let [by] = makers[..] { Some(by) } else { None };
                steps.push(AssessedStep { moment, by });
            }
        }
        Self { lists, moments, steps }
    }

    fn status_changes(&self) -> Vec<StatusChange> {
        let stride = self.steps.len().div_ceil(MOST_ASSESSED).max(1);
        let last = self.steps.len().checked_sub(1);
        let assessed = (0..self.steps.len()).filter(|step| step % stride == 0 || Some(*step) == last);
        let mut weights = Weights::default();
        let mut next = 0;
        let mut before: Option<(usize, Option<Status>)> = None;
        let mut found = Vec::new();
        for step in assessed {
            let until = self.steps[step].moment + 1;
            self.apply(&mut weights, next..until);
            next = until;
            let status = weights.status(self.lists);
            if let Some(before) = before {
                self.find_between(before, (step, status), &mut found);
            }
            before = Some((step, status));
        }
        found
    }

    /// Adds the changes after one step, up to another one. Between two steps of one status there is none.
    fn find_between(
        &self,
        (low, was): (usize, Option<Status>),
        (high, now): (usize, Option<Status>),
        found: &mut Vec<StatusChange>,
    ) {
        if was == now {
            return;
        }
        if high > low + 1 {
            let middle = usize::midpoint(low, high);
            let status = self.status_after(middle);
            self.find_between((low, was), (middle, status), found);
            self.find_between((middle, status), (high, now), found);
        } else if let (Some(was), Some(now)) = (was, now) {
            found.push(StatusChange { step: high, was, now });
        }
    }

    fn status_after(&self, step: usize) -> Option<Status> {
        let mut weights = Weights::default();
        self.apply(&mut weights, 0..self.steps[step].moment + 1);
        weights.status(self.lists)
    }

    fn apply(&self, weights: &mut Weights<'a>, moments: Range<usize>) {
        for change in self.moments[moments].iter().copied().flatten() {
            weights.apply(change);
        }
    }
}

/// The weights of a claim, from when it was first shown.
fn weight_changes(lists: LinkedLists<'_>, claim: ClaimIx) -> Vec<WeightChange<'_>> {
    let shown_from = shown_from(lists.briefings, claim);
    let article = &lists.briefings[claim.briefing].article;
    let id = &lists.briefings.claim(claim).id.value;
    let of_claim = article.corrections.iter().filter(|correction| {
        correction.claim.as_ref().is_some_and(|of| of.value == *id) && field(correction).is_some()
    });
    let mut later: Vec<&Correction> = of_claim.filter(|correction| correction.at > shown_from).collect();
    later.sort_by_key(|correction| correction.at);
    let mut changes = Vec::with_capacity(1 + later.len());
    let mut before = None;
    for (undone, at) in std::iter::once(shown_from).chain(later.iter().map(|later| later.at)).enumerate() {
        let after = weight(lists, claim, &later[undone..]);
        changes.push(WeightChange { at, claim, before, after });
        before = Some(after);
    }
    changes
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
        let source = was(correction).and_then(|name| source_named(lists, &name));
        statement = statement.zip(source).map(|(statement, source)| Statement { source, ..statement });
    }
    Weight { statement, status, has_reason }
}

/// The source that a name means: inner `None` for one that names no one, outer `None` for one that the site does not know.
fn source_named(lists: LinkedLists<'_>, name: &str) -> Option<Option<SourceIx>> {
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
}

impl<'a> Weights<'a> {
    /// Whether there is a weight more or less.
    fn apply(&mut self, change: &WeightChange<'a>) -> bool {
        let mut is_another = false;
        match change.before {
            Some(before) => {
                let count = self.counts.get_mut(&before).expect("an earlier change added it");
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&before);
                    is_another = true;
                }
            }
            None => self.claims += 1,
        }
        let count = self.counts.entry(change.after).or_default();
        *count += 1;
        is_another || *count == 1
    }

    /// As readers see it; `None` if a source is not known any more.
    fn status(&self, lists: LinkedLists<'_>) -> Option<Status> {
        let is_in_force = |weight: &Weight<'_>| weight.status.is_none_or(Status::holds);
        let is_alone = self.claims == 1;
        let assessed = self.counts.keys().filter(|weight| is_alone || is_in_force(weight));
        let statements: Option<Vec<Statement<'_>>> = assessed.map(|weight| weight.statement).collect();
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
