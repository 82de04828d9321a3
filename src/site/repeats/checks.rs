//! What is wrong with repeats that have an original.

use crate::diag::{Code, Diagnostic};
use crate::model::{Briefing, Repeat};
use crate::parse::unowned_numbers;
use crate::site::diagnostics::Diagnostics;
use crate::site::index_vec::IndexVec;
use crate::site::indices::{BriefingIx, ClaimIx, StubIx};
use crate::site::parts::{Briefings, Original, Stub, StubReason};

/// Reports the repeats of a briefing that are older than their originals, that repeat what is gone or that are one
/// too many, and the numbers in its text that no figure holds.
pub(super) fn check(
    ix: BriefingIx,
    originals: &[Option<Original>],
    briefings: &Briefings,
    stubs: &IndexVec<StubIx, Stub>,
    diagnostics: &mut Diagnostics<'_>,
) {
    let article = &briefings[ix].article;
    for (repeat, original) in article.repeats.iter().zip(originals) {
        match original {
            Some(Original::Claim(claim)) => {
                check_order(article, repeat, *claim, briefings, diagnostics);
                check_checked(article, repeat, *claim, briefings, diagnostics);
            }
            Some(Original::Gone(stub)) => warn_of_gone(article, repeat, &stubs[*stub], diagnostics),
            None => {}
        }
    }
    check_twice(article, originals, diagnostics);
    check_numbers(article, originals, briefings, diagnostics);
}

/// Reports a repeat that was published before its original.
fn check_order(
    article: &Briefing,
    repeat: &Repeat,
    claim: ClaimIx,
    briefings: &Briefings,
    diagnostics: &mut Diagnostics<'_>,
) {
    if briefings.linked_claim(claim).added <= article.last_published() {
        return;
    }
    let stated = diagnostics.place(&briefings[claim.briefing].article.file, briefings.claim(claim).id.span);
    diagnostics.push(
        Diagnostic::error(Code::REPEAT_OF_LATER, "this repeats a claim that was stated later")
            .at(diagnostics.place(&article.file, repeat.original.span))
            .label("published before that")
            .also(stated, "stated later")
            .help("state the claim in the earlier briefing, and repeat it in the later one")
            .help("if this briefing was changed since then, set `updated`"),
    );
}

/// Reports a check that is earlier than the claim, or than its source's words.
fn check_checked(
    article: &Briefing,
    repeat: &Repeat,
    claim: ClaimIx,
    briefings: &Briefings,
    diagnostics: &mut Diagnostics<'_>,
) {
    let Some(checked) = &repeat.checked else { return };
    let zone = &diagnostics.sources.config.timezone;
    let is_unsaid = briefings.claim(claim).said.is_some_and(|said| said.begins_after(checked.value, zone));
    if briefings.linked_claim(claim).added <= checked.value && !is_unsaid {
        return;
    }
    let stated = diagnostics.place(&briefings[claim.briefing].article.file, briefings.claim(claim).id.span);
    diagnostics.push(
        Diagnostic::error(Code::BAD_ORDER, "`checked` is before the claim that it checks")
            .at(diagnostics.place(&article.file, checked.span))
            .label("nothing to check yet")
            .also(stated, "stated later")
            .help("correct it; a date without a time means 00:00 of that day"),
    );
}

/// The page has no words for such a repeat, so that nothing that was withdrawn stays readable.
fn warn_of_gone(article: &Briefing, repeat: &Repeat, stub: &Stub, diagnostics: &mut Diagnostics<'_>) {
    let reason = match stub.reason {
        StubReason::Withdrawn => "was withdrawn",
        StubReason::Expired => "has expired",
    };
    let message = format!("this repeats a claim of \"{}\", which {reason}", stub.article.id);
    diagnostics.push(
        Diagnostic::warning(Code::REPEAT_OF_GONE, message)
            .at(diagnostics.place(&article.file, repeat.original.span))
            .label("readers see only that it is gone")
            .help("remove the repeat; if the claim still holds, state it here, with its `text` and `source`"),
    );
}

/// Reports two repeats of one claim.
fn check_twice(article: &Briefing, originals: &[Option<Original>], diagnostics: &mut Diagnostics<'_>) {
    for (position, original) in originals.iter().enumerate().filter(|(_, original)| original.is_some()) {
        let Some(Original::Claim(_)) = original else { continue };
        let Some(first) = originals[..position].iter().position(|earlier| earlier == original) else {
            continue;
        };
        let place =
            |position: usize| diagnostics.place(&article.file, article.repeats[position].original.span);
        let diagnostic = Diagnostic::error(Code::REPEATED_TWICE, "this briefing repeats one claim twice")
            .at(place(position))
            .label("the second time")
            .also(place(first), "the first time")
            .help("remove one of the two, and link to the other: [its words](claim:ID)");
        diagnostics.push(diagnostic);
    }
}

/// A warning for each number in the text that no figure of its claims holds, repeated ones included.
fn check_numbers(
    article: &Briefing,
    originals: &[Option<Original>],
    briefings: &Briefings,
    diagnostics: &mut Diagnostics<'_>,
) {
    for number in &article.unowned_numbers {
        let mut figures = originals.iter().filter_map(|original| match original {
            Some(Original::Claim(claim)) => briefings.claim(*claim).figure.as_deref(),
            _ => None,
        });
        if !figures.any(|figure| unowned_numbers::holds(figure, number.number, &number.word)) {
            let place = diagnostics.place(&article.file, number.span);
            diagnostics.push(unowned_numbers::warning(number, place));
        }
    }
}
