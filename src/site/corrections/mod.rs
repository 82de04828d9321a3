//! Corrections: what was corrected of which briefing, in which order, and whether it is true.
//!
//! Owns the order of all corrections, the box of serious ones, and the check that the last `now`
//! of a field is what the briefing says and that each `was` is the `now` before it. The texts
//! themselves are the briefing's; `field` knows which of them can be named.
//!
//! Invariant: a field that several corrections name has a history without a gap, so that what it
//! was at any time can be told.

mod field;

use std::collections::BTreeMap;

use super::published::Sorted;
use super::{BriefingIx, LinkOptions, Notes, Stub, StubIx, StubReason};
use crate::diag::{Code, Diagnostic, Spanned, did_you_mean};
use crate::model::{Briefing, Claim, Correction};
use crate::paths::Id;
pub use field::Field;

/// A correction: its briefing, and its position there.
pub type CorrectionIx = (BriefingIx, usize);

/// How long a serious correction stands above its briefing's text and on the home page.
pub const HOURS_IN_THE_BOX: i64 = 48;

/// Something that readers were told and must not go on believing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Corrected {
    In(CorrectionIx),
    /// A whole briefing was withdrawn: the gravest of all, and always serious.
    Withdrawn(StubIx),
}

/// All corrections of a site, those among them that took a whole briefing back.
#[derive(Debug, Default)]
pub struct Corrections {
    /// Newest first; ties in the order of the briefings and their files.
    pub all: Vec<Corrected>,
    /// The serious ones of the last 48 hours, newest first.
    pub boxed: Vec<Corrected>,
}

/// Tells the corrections that are not true.
pub fn check(sorted: &Sorted, notes: &mut Notes<'_>) {
    notes.of_each(&sorted.briefings, |briefing, notes| check_briefing(briefing, notes));
}

/// Puts the corrections in order.
pub fn collect(sorted: &Sorted, options: &LinkOptions) -> Corrections {
    let mut all: Vec<Corrected> = Vec::new();
    for (index, briefing) in sorted.briefings.iter().enumerate() {
        let own = (0..briefing.corrections.len()).map(|position| (BriefingIx::from(index), position));
        all.extend(own.map(Corrected::In));
    }
    let is_withdrawn = |(_, stub): &(usize, &Stub)| stub.reason == StubReason::Withdrawn;
    let withdrawn = sorted.stubs.iter().enumerate().filter(is_withdrawn);
    all.extend(withdrawn.map(|(index, _)| Corrected::Withdrawn(StubIx::from(index))));
    let get = |(ix, position): CorrectionIx| &sorted.briefings[usize::from(ix)].corrections[position];
    let at = |corrected: &Corrected| match *corrected {
        Corrected::In(ix) => get(ix).at,
        Corrected::Withdrawn(ix) => sorted.stubs[usize::from(ix)].at,
    };
    all.sort_by(|a, b| at(b).cmp(&at(a)).then(a.cmp(b)));
    let is_serious = |corrected: &Corrected| match *corrected {
        Corrected::In(ix) => get(ix).serious,
        Corrected::Withdrawn(_) => true,
    };
    let is_fresh = |corrected: &Corrected| {
        let age = options.known_at().at.as_second().saturating_sub(at(corrected).at.as_second());
        age < HOURS_IN_THE_BOX * 3600
    };
    let boxed = all.iter().copied().filter(|one| is_serious(one) && is_fresh(one)).collect();
    Corrections { all, boxed }
}

/// What a correction names: a claim of the briefing or the briefing itself, and which text of it.
type Subject<'a> = (Option<&'a Id>, Field);

pub(super) fn check_briefing(briefing: &Briefing, notes: &mut Notes<'_>) {
    let mut histories: BTreeMap<Subject<'_>, Vec<&Correction>> = BTreeMap::new();
    for correction in &briefing.corrections {
        let Some(name) = &correction.field else { continue };
        let claim = correction.claim.as_ref().map(|id| &id.value);
        match Field::named(&name.value, claim.is_some()) {
            Some(field) if is_readable(briefing, correction, field, notes) => {
                histories.entry((claim, field)).or_default().push(correction);
            }
            Some(_) => {}
            None => notes.push(unknown_field(briefing, name, claim.is_some(), notes)),
        }
    }
    for ((claim, field), mut history) in histories {
        history.sort_by_key(|correction| correction.at);
        check_history(briefing, claim, field, &history, notes);
    }
}

/// Numbers and dates among the values can be read, also where nothing compares them today.
fn is_readable(briefing: &Briefing, correction: &Correction, field: Field, notes: &mut Notes<'_>) -> bool {
    let mut is_readable = true;
    for value in [&correction.was, &correction.now].into_iter().flatten() {
        if let Err(expected) = field.read(&value.value) {
            let message = format!("`{}` is {expected}, and \"{}\" is not", field.name(), value.value);
            notes.push(
                Diagnostic::error(Code::CORRECTION_VALUE, message)
                    .at(notes.place(&briefing.file, value.span))
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
    notes: &Notes<'_>,
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
    .at(notes.place(&briefing.file, name.span))
    .label("no such field")
    .help(help)
}

fn check_history(
    briefing: &Briefing,
    claim: Option<&Id>,
    field: Field,
    history: &[&Correction],
    notes: &mut Notes<'_>,
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
            .at(notes.place(
                file,
                pair[1].was.as_ref().or(pair[1].field.as_ref()).map(|v| v.span).unwrap_or_default(),
            ))
            .label("does not follow")
            .help("each `was` must be the `now` before it, in order of `at`");
        if let Some(now) = &pair[0].now {
            diagnostic = diagnostic.also(notes.place(file, now.span), "what it became before");
        }
        notes.push(diagnostic);
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
    notes.push(
        Diagnostic::error(Code::CORRECTION_UNTRUE, message)
            .at(notes.place(file, span))
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
