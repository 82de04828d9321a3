//! Corrections: what was corrected of which briefing, and whether it is true.
//!
//! Owns the check that the last `now` of a field is what the briefing says and that each `was` is the `now`
//! before it. The texts themselves are the briefing's; `field` knows which of them can be named, and `list`
//! has all corrections in their order.
//!
//! Invariant: a field that several corrections name has a history without a gap, so that its value
//! at any time is known.

pub mod field;
mod list;

use std::collections::BTreeMap;

use super::diagnostics::Diagnostics;
use super::published::Sorted;
use crate::diag::{Code, Diagnostic, Spanned, did_you_mean};
use crate::model::{Briefing, Claim, Correction};
use crate::paths::Id;
pub use field::Field;
pub use list::{Corrected, CorrectionIx, Corrections, HOURS_IN_THE_BOX};

/// Reports the corrections that are not true.
pub fn check(sorted: &Sorted, diagnostics: &mut Diagnostics<'_>) {
    diagnostics.check_each(&sorted.briefings, |briefing, diagnostics| check_briefing(briefing, diagnostics));
}

/// What a correction names: a claim of the briefing or the briefing itself, and which text of it.
type Subject<'a> = (Option<&'a Id>, Field);

pub(super) fn check_briefing(briefing: &Briefing, diagnostics: &mut Diagnostics<'_>) {
    let mut histories: BTreeMap<Subject<'_>, Vec<&Correction>> = BTreeMap::new();
    for correction in &briefing.corrections {
        let Some(name) = &correction.field else { continue };
        let claim = correction.claim.as_ref().map(|id| &id.value);
        match Field::named(&name.value, claim.is_some()) {
            Some(field) if is_readable(briefing, correction, field, diagnostics) => {
                histories.entry((claim, field)).or_default().push(correction);
            }
            Some(_) => {}
            None => diagnostics.push(unknown_field(briefing, name, claim.is_some(), diagnostics)),
        }
    }
    for ((claim, field), mut history) in histories {
        history.sort_by_key(|correction| correction.at);
        check_history(briefing, claim, field, &history, diagnostics);
    }
}

/// Whether the numbers and dates among the values can be read, even if nothing compares them now.
fn is_readable(
    briefing: &Briefing,
    correction: &Correction,
    field: Field,
    diagnostics: &mut Diagnostics<'_>,
) -> bool {
    let mut is_readable = true;
    for value in [&correction.was, &correction.now].into_iter().flatten() {
        if let Err(expected) = field.read(&value.value) {
            let message = format!("`{}` is {expected}, and \"{}\" is not", field.name(), value.value);
            diagnostics.push(
                Diagnostic::error(Code::CORRECTION_VALUE, message)
                    .at(diagnostics.place(&briefing.file, value.span))
                    .label(format!("not {expected}"))
                    .help(format!("write the whole value as in the claim, as {}", field.example())),
            );
            is_readable = false;
        }
    }
    is_readable
}

fn unknown_field(
    briefing: &Briefing,
    name: &Spanned<Box<str>>,
    of_claim: bool,
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let known = Field::names(of_claim);
    let of = if of_claim { "a claim" } else { "a briefing" };
    let help = match did_you_mean(&name.value, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if !of_claim && Field::named(&name.value, true).is_some() => {
            "it is one of a claim: name the claim too, as in claim = \"…\"".to_owned()
        }
        None => format!("those of {of} are {}", known.join(", ")),
    };
    Diagnostic::error(
        Code::UNKNOWN_FIELD,
        format!("\"{}\" is no field of {of} that can be corrected", name.value),
    )
    .at(diagnostics.place(&briefing.file, name.span))
    .label("no such field")
    .help(help)
}

fn check_history(
    briefing: &Briefing,
    claim: Option<&Id>,
    field: Field,
    history: &[&Correction],
    diagnostics: &mut Diagnostics<'_>,
) {
    let file = &briefing.file;
    let name = |claim: Option<&Id>| {
        claim.map_or_else(|| "the briefing".to_owned(), |id| format!("the claim \"{id}\""))
    };
    for pair in history.windows(2) {
        if field.is_same(text(&pair[0].now), text(&pair[1].was)) {
            continue;
        }
        let message = format!(
            "`{}` of {} was {} after the correction before this one, and this one says that it was {}",
            field.name(),
            name(claim),
            shown(text(&pair[0].now)),
            shown(text(&pair[1].was))
        );
        let mut diagnostic = Diagnostic::error(Code::CORRECTION_GAP, message)
            .at(diagnostics.place(
                file,
                pair[1].was.as_ref().or(pair[1].field.as_ref()).map(|v| v.span).unwrap_or_default(),
            ))
            .label("does not follow")
            .help("each `was` must be the `now` before it, in order of `at`");
        if let Some(now) = &pair[0].now {
            diagnostic = diagnostic.also(diagnostics.place(file, now.span), "what it became before");
        }
        diagnostics.push(diagnostic);
    }
    let (Some(last), present) = (history.last(), field.present(briefing, claim_of(briefing, claim))) else {
        return;
    };
    if field.is_same(text(&last.now), present.as_deref()) {
        return;
    }
    let message = format!(
        "`{}` of {} is {} since its last correction, and the file says {}",
        field.name(),
        name(claim),
        shown(text(&last.now)),
        shown(present.as_deref())
    );
    let span = last.now.as_ref().or(last.field.as_ref()).map(|value| value.span).unwrap_or_default();
    diagnostics.push(
        Diagnostic::error(Code::CORRECTION_UNTRUE, message)
            .at(diagnostics.place(file, span))
            .label("not what readers see")
            .help("make the corrected text and this `now` the same"),
    );
}

fn claim_of<'a>(briefing: &'a Briefing, claim: Option<&Id>) -> Option<&'a Claim> {
    briefing.claims.iter().find(|known| Some(&known.id.value) == claim)
}

fn text(value: &Option<Spanned<Box<str>>>) -> Option<&str> {
    value.as_ref().map(|value| value.value.as_ref())
}

fn shown(value: Option<&str>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| format!("\"{value}\""))
}
