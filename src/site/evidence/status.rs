//! What a writer says of a claim beside what its origins carry.
//!
//! A status above the ceiling is an error that tells the arithmetic, unless the writer says why;
//! below it is free. What was taken back needs a reason, since readers see it struck.

use super::{Carries, Support};
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::{Claim, CorrectionKind, Status, Word as _};
use crate::site::{BriefingIx, ClaimIx, DEFAULT_LANGUAGE, Notes, Site, SourceIx};

/// Compares every written status with the ceiling of its claim; not those of a site as it was
/// known earlier, whose words are of today.
pub fn check(site: &Site, notes: &mut Notes<'_>) {
    if site.as_of.is_some() {
        return;
    }
    let all: Vec<BriefingIx> = site.briefings.indices().collect();
    notes.of_each(&all, |briefing, notes| {
        check_claims(site, site.claims_of(*briefing), notes);
    });
}

/// As [`check`], for some claims.
pub fn check_claims(site: &Site, claims: impl IntoIterator<Item = ClaimIx>, notes: &mut Notes<'_>) {
    claims.into_iter().for_each(|ix| check_claim(site, ix, notes));
}

fn check_claim(site: &Site, ix: ClaimIx, notes: &mut Notes<'_>) {
    let claim = site.claim(ix);
    let Some(status) = &claim.status else { return };
    match status.value {
        Status::Withdrawn | Status::Disproved => check_reason(site, ix, claim, status, notes),
        // Only a person can know of a dispute that is not on the site.
        Status::Contested => {}
        _ => check_ceiling(site, ix, claim, status, notes),
    }
}

/// Of those who disagree, each side is held to what its own origins carry: that there are two
/// sides is shown beside whatever status.
fn check_ceiling(site: &Site, ix: ClaimIx, claim: &Claim, status: &Spanned<Status>, notes: &mut Notes<'_>) {
    // "confirmed" without a reason was told where the file was read.
    if claim.status_why.is_some() || status.value == Status::Confirmed {
        return;
    }
    let ceiling = site.carried(ix).status();
    if status.value <= ceiling {
        return;
    }
    let weight = site.weight(ix);
    let support = if claim.denies { &weight.denies } else { &weight.says };
    let of = if claim.event.is_some() { "its event" } else { "this claim" };
    let message = format!(
        "\"{}\" needs {}, and {of} has {}",
        status.value.word(),
        needs(status.value),
        has(support.carries)
    );
    let place = notes.place(&site.briefings[ix.briefing].article.file, status.span);
    notes.push(
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

fn has(carries: Carries) -> &'static str {
    match carries {
        Carries::Nothing => "none",
        Carries::OneOrigin => "one",
        Carries::OneParty => "only origins of one party",
        Carries::PartyUnknown => "origins whose parties are not known to differ",
        Carries::NoParty | Carries::Parties => "them",
    }
}

/// "3 outlets, 1 origin: SOHR; AFP, Al Jazeera only pass it on"
fn arithmetic(site: &Site, support: &Support) -> String {
    let names = |sources: &[SourceIx], between: &str| {
        sources.iter().map(|ix| site.source_name(*ix, DEFAULT_LANGUAGE)).collect::<Vec<_>>().join(between)
    };
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let origins: Vec<String> =
        support.origins.iter().map(|origin| names(&origin.sources, " with ")).collect();
    let mut text = format!("{}, {}", count(support.outlets(), "outlet"), count(origins.len(), "origin"));
    if !origins.is_empty() {
        text.push_str(": ");
        text.push_str(&origins.join(", "));
    }
    if support.has_unattributed {
        text.push_str("; where nobody is named there is no origin");
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
fn check_reason(site: &Site, ix: ClaimIx, claim: &Claim, status: &Spanned<Status>, notes: &mut Notes<'_>) {
    let article = &site.briefings[ix.briefing].article;
    let is_told = article.corrections.iter().any(|correction| {
        let is_about = correction.claim.as_ref().is_some_and(|id| id.value == claim.id.value);
        is_about && matches!(correction.kind, CorrectionKind::Withdrawal | CorrectionKind::Correction)
    });
    if claim.status_why.is_some() || is_told {
        return;
    }
    let message = format!("nothing says why this claim is {}", status.value.word());
    notes.push(
        Diagnostic::error(Code::NO_REASON, message)
            .at(notes.place(&article.file, status.span))
            .label("readers see it struck")
            .help("say it in `status_why`, or in a correction of this claim"),
    );
}
