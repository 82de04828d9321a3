//! What a correction says, in lists and below the claim that it corrects.

use crate::diag::Spanned;
use crate::model::{Claim, Correction, CorrectionKind};
use crate::render::pages::context::{PageContext, claim_anchor};
use crate::render::pages::parts::texts::{
    briefing_title, claim_text, correction_why, stub_title, withdrawn_why,
};
use crate::render::views::{CorrectionView, LinkView};
use crate::site::corrections::Field;
use crate::site::{BriefingIx, Original, Page, StubIx};
use crate::site::{Corrected, CorrectionIx};

pub fn corrections<'c>(
    context: &PageContext<'_>,
    list: impl IntoIterator<Item = &'c CorrectionIx>,
) -> Vec<CorrectionView> {
    list.into_iter().map(|ix| correction_at(context, *ix)).collect()
}

/// Corrections, and briefings that were withdrawn.
pub fn corrected(context: &PageContext<'_>, list: &[Corrected]) -> Vec<CorrectionView> {
    list.iter().map(|which| corrected_at(context, *which)).collect()
}

pub fn corrected_at(context: &PageContext<'_>, which: Corrected) -> CorrectionView {
    match which {
        Corrected::In(ix) => correction_at(context, ix),
        Corrected::Withdrawn(ix) => withdrawal(context, ix),
    }
}

/// What kind it is, and whether it is serious, for feeds.
pub fn correction_heading(context: &PageContext<'_>, correction: &CorrectionView) -> String {
    let serious = if correction.serious {
        format!("{} · ", context.word("correction-serious"))
    } else {
        String::new()
    };
    serious + &correction.kind.label
}

/// The serious corrections of a briefing, and of the claims that it repeats, that are recent enough for the box
/// above its text.
pub fn boxed_of(context: &PageContext<'_>, ix: BriefingIx) -> Vec<CorrectionView> {
    let boxed = context.site.corrections.boxed.iter().filter_map(|corrected| match *corrected {
        Corrected::In(correction) if correction.0 == ix || is_of_repeated(context, ix, correction) => {
            Some(correction)
        }
        _ => None,
    });
    boxed.map(|ix| correction_at(context, ix)).collect()
}

/// The correction is of a claim that the briefing repeats.
fn is_of_repeated(context: &PageContext<'_>, ix: BriefingIx, (stated, position): CorrectionIx) -> bool {
    let Some(id) = &context.site.briefings[stated].article.corrections[position].claim else { return false };
    context.site.briefings[ix].repeats.iter().flatten().any(|original| match original {
        Original::Claim(claim) => claim.briefing == stated && context.site.claim(*claim).id.value == id.value,
        Original::Gone(_) => false,
    })
}

pub fn corrections_of_claim(
    context: &PageContext<'_>,
    briefing: BriefingIx,
    claim: &Claim,
) -> Vec<CorrectionView> {
    let corrections = context.site.briefings[briefing].article.corrections.iter().enumerate();
    let of_claim = corrections.filter(|(_, correction)| is_of(correction, claim));
    of_claim.map(|(position, _)| correction_at(context, (briefing, position))).collect()
}

/// Whether a correction of the claim changed its figure.
pub fn is_figure_corrected(context: &PageContext<'_>, briefing: BriefingIx, claim: &Claim) -> bool {
    let is_of_figure = |correction: &Correction| {
        let field = correction.field.as_ref().and_then(|name| Field::named(&name.value, true));
        field.is_some_and(Field::is_of_figure)
    };
    of_claim(&context.site.briefings[briefing].article.corrections, claim).any(is_of_figure)
}

pub fn of_claim<'a>(corrections: &'a [Correction], claim: &'a Claim) -> impl Iterator<Item = &'a Correction> {
    corrections.iter().filter(|correction| is_of(correction, claim))
}

fn is_of(correction: &Correction, claim: &Claim) -> bool {
    correction.claim.as_ref().is_some_and(|id| id.value == claim.id.value)
}

/// Whether a correction is at the top of its briefing.
pub fn is_boxed(context: &PageContext<'_>, ix: CorrectionIx) -> bool {
    context.site.corrections.boxed.contains(&Corrected::In(ix))
}

pub fn correction_at(context: &PageContext<'_>, ix: CorrectionIx) -> CorrectionView {
    let (briefing, position) = ix;
    let correction = &context.site.briefings[briefing].article.corrections[position];
    let text = |value: &Option<Spanned<Box<str>>>| {
        value.as_ref().map(|value| value.value.to_string()).unwrap_or_default()
    };
    let fragment = correction.claim.as_ref().map(|id| claim_anchor(&id.value)).unwrap_or_default();
    let (about, about_lang) = about(context, briefing, correction);
    let (why, why_lang) = correction_why(context, briefing, correction);
    CorrectionView {
        at: context.time(correction.at),
        kind: context.labelled("correction-", correction.kind),
        serious: correction.serious,
        boxed: is_boxed(context, ix),
        was: text(&correction.was),
        now: text(&correction.now),
        values_lang: context.translated("", None).1,
        why,
        why_lang,
        about,
        about_lang,
        target: LinkView {
            text: briefing_title(context, briefing).0,
            url: context.url_at(Page::Briefing(briefing), &fragment),
        },
    }
}

/// The text of the corrected claim and its language.
fn about(context: &PageContext<'_>, briefing: BriefingIx, correction: &Correction) -> (String, String) {
    let site = context.site;
    let Some(id) = &correction.claim else { return Default::default() };
    let claim = site.claims_of(briefing).find(|ix| site.claim(*ix).id.value == id.value);
    claim.map(|ix| claim_text(context, site.linked_claim(ix), site.claim(ix))).unwrap_or_default()
}

/// A whole briefing was withdrawn.
fn withdrawal(context: &PageContext<'_>, ix: StubIx) -> CorrectionView {
    let stub = &context.site.stubs[ix];
    let (why, why_lang) = withdrawn_why(context, ix);
    CorrectionView {
        at: context.time(stub.at),
        kind: context.labelled("correction-", CorrectionKind::Withdrawal),
        serious: true,
        boxed: false,
        was: String::new(),
        now: String::new(),
        values_lang: String::new(),
        why,
        why_lang,
        about: context.word("title-withdrawn"),
        about_lang: String::new(),
        target: LinkView { text: stub_title(context, ix).0, url: context.url(Page::Stub(ix)) },
    }
}
