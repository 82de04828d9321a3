//! The site as it was known at an earlier time.
//!
//! Owns what is taken away and what goes back: later briefings, claims, checks and corrections are absent,
//! and a corrected text is what it was. Records and the bodies of texts are as they are now, since
//! nothing says what they were; pages say so.
//!
//! Invariant: a field gets its value from the earliest correction that is taken away, so that
//! corrections of corrections go back step by step.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::corrections::field::Field;
use super::published::Sorted;
use crate::diag::Spanned;
use crate::model::{Briefing, Checked, Claim, Correction, Currency, Translation};
use crate::paths::Id;
use crate::time::Moment;

/// Takes the sorted articles back to a time. Which briefings were shown then was decided before.
pub fn rewind(sorted: &mut Sorted, at: Moment) {
    for briefing in &mut sorted.briefings {
        if !is_as_it_was(briefing, at) {
            let past = past(briefing, at);
            if let Some(translations) = sorted.translations.get_mut(&briefing.file) {
                translations.values_mut().for_each(|translation| past.forget(translation));
            }
            *briefing = Arc::new(past.briefing);
        }
    }
    forget_later_checks_of_records(sorted, at);
}

fn is_as_it_was(briefing: &Briefing, at: Moment) -> bool {
    briefing.updated.is_none_or(|updated| updated <= at)
        && briefing.corrections.iter().all(|correction| correction.at <= at)
        && briefing.claims.iter().all(|claim| claim.added.is_none_or(|added| added <= at))
        && briefing.checks().all(|checked| checked.value <= at)
}

fn forget_later_checks(briefing: &mut Briefing, at: Moment) {
    let of_claims = briefing.claims.iter_mut().map(|claim| &mut claim.checked);
    let of_repeats = briefing.repeats.iter_mut().map(|repeat| &mut repeat.checked);
    of_claims.chain(of_repeats).for_each(|checked| forget_later(checked, at));
    forget_later(&mut briefing.checked, at);
}

fn forget_later(checked: &mut Option<Checked>, at: Moment) {
    if checked.as_ref().is_some_and(|checked| checked.value > at) {
        *checked = None;
    }
}

/// The records are as they are now, but for checks that were not made yet.
fn forget_later_checks_of_records(sorted: &mut Sorted, at: Moment) {
    let is_later = |currency: &Currency| currency.checked.as_ref().is_some_and(|checked| checked.value > at);
    macro_rules! forget {
        ($records:expr) => {
            for record in $records.iter_mut().filter(|record| is_later(&record.currency)) {
                Arc::make_mut(record).currency.checked = None;
            }
        };
    }
    forget!(sorted.neighbourhoods);
    forget!(sorted.sources);
    forget!(sorted.events);
}

/// A briefing as it was, and what of it was another text than today's.
struct Past {
    briefing: Briefing,
    /// The claim, or none for the briefing itself, and the field.
    changed: Vec<(Option<Id>, Field)>,
}

fn past(today: &Briefing, at: Moment) -> Past {
    let mut briefing = today.clone();
    briefing.updated = briefing.updated.filter(|updated| *updated <= at);
    forget_later_checks(&mut briefing, at);
    let claims = std::mem::take(&mut briefing.claims).into_iter();
    let is_known: Vec<bool> =
        today.claims.iter().map(|claim| claim.added.is_none_or(|added| added <= at)).collect();
    briefing.claims =
        claims.zip(&is_known).filter(|(_, is_known)| **is_known).map(|(claim, _)| claim).collect();
    for repeat in &mut briefing.repeats {
        repeat.after = is_known[..repeat.after].iter().filter(|is_known| **is_known).count();
    }
    let mut changed = Vec::new();
    for (claim, field, was) in first_undone(&today.corrections, at) {
        field.put_back(&mut briefing, claim.as_ref(), was.as_deref());
        changed.push((claim, field));
    }
    let is_there = |claims: &[Claim], id: &Spanned<Id>| claims.iter().any(|claim| claim.id.value == id.value);
    let claims = std::mem::take(&mut briefing.claims);
    briefing.corrections.retain(|correction| {
        correction.at <= at && correction.claim.as_ref().is_none_or(|id| is_there(&claims, id))
    });
    briefing.claims = claims;
    Past { briefing, changed }
}

type Undone = (Option<Id>, Field, Option<Box<str>>);

/// For each field the earliest of the corrections after a time, whose `was` is what it was then.
fn first_undone(corrections: &[Correction], at: Moment) -> Vec<Undone> {
    let mut later: Vec<&Correction> = corrections.iter().filter(|correction| correction.at > at).collect();
    later.sort_by_key(|correction| correction.at);
    let mut first: BTreeMap<(Option<Id>, Field), Option<Box<str>>> = BTreeMap::new();
    for correction in later {
        let claim = correction.claim.as_ref().map(|id| id.value.clone());
        let field = correction.field.as_ref().and_then(|name| Field::named(&name.value, claim.is_some()));
        if let Some(field) = field {
            let was = || correction.was.as_ref().map(|was| was.value.clone());
            first.entry((claim, field)).or_insert_with(was);
        }
    }
    first.into_iter().map(|((claim, field), was)| (claim, field, was)).collect()
}

impl Past {
    /// A translation of today's text would show what was corrected later, so the original is shown.
    fn forget(&self, translation: &mut Arc<Translation>) {
        let translation = Arc::make_mut(translation);
        let changed = |claim: Option<&Id>, field| {
            self.changed.iter().any(|(id, of)| id.as_ref() == claim && *of == field)
        };
        let is_there = |id: &Id| self.briefing.claims.iter().any(|claim| claim.id.value == *id);
        let Translation { claim_text, status_why, figure_said, figure_who, .. } = translation;
        for (texts, field) in [
            (claim_text, Field::Text),
            (status_why, Field::Status),
            (figure_said, Field::FigureSaid),
            (figure_who, Field::FigureWho),
        ] {
            texts.retain(|id| is_there(id) && !changed(Some(id), field));
        }
        if changed(None, Field::Title) {
            translation.title = None;
        }
        if changed(None, Field::Summary) {
            translation.summary = None;
        }
    }
}
