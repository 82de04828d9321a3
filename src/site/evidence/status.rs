//! Compares the status that a writer gives a claim with what its origins support.
//!
//! A status above the ceiling is an error that shows the arithmetic, unless the writer says why;
//! a lower one is always allowed. A withdrawn claim needs a reason, since readers see it struck through.

use super::assessment::Support;
use super::declarations;
use super::strength::Strength;
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::{Claim, CorrectionKind, Status, Word as _};
use crate::site::diagnostics::Diagnostics;
use crate::site::indices::{BriefingIx, ClaimIx, DEFAULT_LANGUAGE, SourceIx};
use crate::site::linked::Content;

/// Compares every written status with the ceiling of its claim; not those of a site as it was
/// known earlier, whose words are of today.
pub fn check(site: &Content, diagnostics: &mut Diagnostics<'_>) {
    if site.as_of.is_some() {
        return;
    }
    let all: Vec<BriefingIx> = site.briefings.indices().collect();
    diagnostics.check_each(&all, |briefing, diagnostics| {
        check_claims(site, site.claims_of(*briefing), diagnostics);
    });
    declarations::check(site, diagnostics);
}

/// As [`check`], for some claims.
pub fn check_claims(
    site: &Content,
    claims: impl IntoIterator<Item = ClaimIx>,
    diagnostics: &mut Diagnostics<'_>,
) {
    claims.into_iter().for_each(|ix| check_claim(site, ix, diagnostics));
}

fn check_claim(site: &Content, ix: ClaimIx, diagnostics: &mut Diagnostics<'_>) {
    let claim = site.claim(ix);
    let Some(status) = &claim.status else { return };
    match status.value {
        Status::Withdrawn | Status::Disproved => check_reason(site, ix, claim, status, diagnostics),
        // Only a person can know of a dispute that is not on the site.
        Status::Contested => {}
        _ => check_ceiling(site, ix, claim, status, diagnostics),
    }
}

/// Of those who disagree, each side is held to what its own origins carry: that there are two
/// sides is shown next to any status.
fn check_ceiling(
    site: &Content,
    ix: ClaimIx,
    claim: &Claim,
    status: &Spanned<Status>,
    diagnostics: &mut Diagnostics<'_>,
) {
    // "confirmed" without a reason was reported when the file was read.
    if claim.status_why.is_some() || status.value == Status::Confirmed {
        return;
    }
    let ceiling = site.carried(ix).status();
    if status.value <= ceiling {
        return;
    }
    let assessment = site.assessment(ix);
    let support = if claim.denies { &assessment.denies } else { &assessment.says };
    let of = if claim.event.is_some() { "its event" } else { "this claim" };
    let message = format!(
        "\"{}\" needs {}, and {of} has {}",
        status.value.word(),
        needs(status.value),
        has(support.strength)
    );
    let place = diagnostics.place(&site.briefings[ix.briefing].article.file, status.span);
    diagnostics.push(
        Diagnostic::error(Code::STATUS_TOO_HIGH, message)
            .at(place)
            .label(format!("at most \"{}\"", ceiling.word()))
            .help(arithmetic(site, support))
            .help(format!(
                "write status = \"{}\" or leave it out, or say in `status_why` what else makes it sure",
                ceiling.word()
            )),
    );
}

fn needs(status: Status) -> &'static str {
    match status {
        Status::SingleSource => "an origin",
        Status::OneSide => "two origins",
        _ => "two origins, one of them of no party or both of different parties",
    }
}

fn has(carries: Strength) -> &'static str {
    match carries {
        Strength::Nothing => "none",
        Strength::OneOrigin => "one",
        Strength::OneParty => "only origins of one party",
        Strength::PartyUnknown => "origins whose parties are not known to differ",
        Strength::NoParty | Strength::Parties => "them",
    }
}

/// "3 outlets, 1 origin: SOHR; AFP, Al Jazeera only pass it on"
fn arithmetic(site: &Content, support: &Support) -> String {
    let names = |sources: &[SourceIx], between: &str| {
        sources.iter().map(|ix| site.source_name(*ix, DEFAULT_LANGUAGE)).collect::<Vec<_>>().join(between)
    };
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let origins: Vec<String> =
        support.origins.iter().map(|origin| names(&origin.sources, " with ")).collect();
    let mut text = format!("{}, {}", count(support.outlets, "outlet"), count(origins.len(), "origin"));
    if !origins.is_empty() {
        text.push_str(": ");
        text.push_str(&origins.join(", "));
    }
    if !support.unrecorded.is_empty() {
        text.push_str(&format!("; without a record {} adds no origin", names(&support.unrecorded, ", ")));
    }
    if support.has_unattributed {
        text.push_str("; a claim without a named source has no origin");
    }
    if !support.relays.is_empty() {
        text.push_str(&format!(
            "; {} only pass{} it on",
            names(&support.relays, ", "),
            if support.relays.len() == 1 { "es" } else { "" }
        ));
    }
    text
}

/// A claim stays on its page when it is taken back, and readers must learn why.
fn check_reason(
    site: &Content,
    ix: ClaimIx,
    claim: &Claim,
    status: &Spanned<Status>,
    diagnostics: &mut Diagnostics<'_>,
) {
    let article = &site.briefings[ix.briefing].article;
    let is_told = article.corrections.iter().any(|correction| {
        let is_about = correction.claim.as_ref().is_some_and(|id| id.value == claim.id.value);
        is_about && matches!(correction.kind, CorrectionKind::Withdrawal | CorrectionKind::Correction)
    });
    if claim.status_why.is_some() || is_told {
        return;
    }
    let message = format!("nothing says why this claim is {}", status.value.word());
    diagnostics.push(
        Diagnostic::error(Code::NO_REASON, message)
            .at(diagnostics.place(&article.file, status.span))
            .label("readers see it struck")
            .help("say it in `status_why`, or in a correction of this claim"),
    );
}
