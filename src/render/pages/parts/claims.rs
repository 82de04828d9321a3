//! Claims, their figures, and which of several claims is the latest.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::i18n::RangeSense;
use crate::model::{Claim, ClaimKind, Evidence, Figure, Repeat, Status};
use crate::paths::Id;
use crate::render::pages::context::{PageContext, claim_anchor};
use crate::render::pages::parts::corrections::{corrections_of_claim, is_figure_corrected, of_claim};
use crate::render::pages::parts::evidence::why_of_claim;
use crate::render::pages::parts::labels;
use crate::render::pages::parts::links::{event_link, neighbourhood_links, source_link, source_links};
use crate::render::pages::parts::texts::{briefing_link, briefing_title, claim_text, stub_title, text_by_id};
use crate::render::pages::parts::times::{published, range_sense, when};
use crate::render::views::{
    ClaimView, EvidenceView, FigureView, GoneClaimView, KeyFigureView, LinkView, Shared, SheetClaimView,
    TermLink, Url,
};
use crate::site::{BriefingIx, ClaimIx, LinkedClaim, Original, Page, RepeatIx, StubIx, StubReason};
use crate::time::Moment;

/// How many repeats of a claim are listed.
pub const MOST_REPEATS: usize = 12;
/// How many figures are at the top of a briefing: those that still leave room for the text on a phone.
const MOST_KEY_FIGURES: usize = 3;

pub fn claims<'c>(
    context: &PageContext<'_>,
    claims: impl IntoIterator<Item = &'c ClaimIx>,
) -> Vec<ClaimView> {
    claims.into_iter().map(|ix| claim(context, *ix)).collect()
}

pub fn claim(context: &PageContext<'_>, ix: ClaimIx) -> ClaimView {
    let linked = context.site.linked_claim(ix);
    let claim = context.site.claim(ix);
    let (text, lang) = claim_text(context, linked, claim);
    let (status_why, status_why_lang) = status_why(context, linked, claim);
    let status = context.site.status(ix);
    let added_apart = linked.added != context.site.briefings[linked.briefing].article.date;
    ClaimView {
        id: claim.id.value.to_string(),
        url: context.claim_url(ix),
        anchor: claim_anchor(&claim.id.value),
        former_anchors: claim.aliases.iter().map(claim_anchor).collect(),
        dir: context.dir_of(&text, &lang),
        text,
        lang,
        kind: claim.kind.map(|kind| labels::claim_kind(context, kind)),
        source: claim_source(context, linked),
        unattributed: linked.source.is_none(),
        via: source_links(context, &linked.via),
        neighbourhoods: neighbourhood_links(context, &linked.neighbourhoods),
        happened: claim.happened.as_ref().map(|happened| when(context, happened, range_sense(claim.kind))),
        said: claim.said.as_ref().map(|said| when(context, said, RangeSense::Within)),
        added: if added_apart {
            Shared::new(context.time(linked.added))
        } else {
            published(context, linked.briefing)
        },
        added_apart,
        topic: claim.topic.as_deref().map(|topic| labels::topic(context, topic)),
        event: linked.event.map(|ix| event_link(context, ix)),
        denies: claim.denies,
        status: labels::status(context, status),
        contested: is_contested_besides(context, ix),
        struck: !status.holds(),
        why: why_of_claim(context, ix),
        status_why,
        status_why_lang,
        credibility: claim.credibility.unwrap_or(0),
        evidence: claim.evidence.iter().map(|each| evidence(context, each)).collect(),
        figure: claim.figure.as_deref().map(|each| figure(context, each, linked, claim)),
        corrections: corrections_of_claim(context, linked.briefing, claim),
        checked: context.site.checked(ix).map(|moment| context.time(moment)),
        first_in: None,
        more_also_in: context.site.repeats_of(ix).len().saturating_sub(MOST_REPEATS),
        also_in: repeat_links(context, context.site.repeats_of(ix).iter().take(MOST_REPEATS)),
        note: String::new(),
        note_lang: String::new(),
        briefing: briefing_link(context, linked.briefing),
        by_party: party_of_statement(context, linked, claim),
    }
}

/// A claim for a sheet of paper: all that a reader must know to judge it, in words.
pub fn claim_on_paper(context: &PageContext<'_>, ix: ClaimIx) -> SheetClaimView {
    let linked = context.site.linked_claim(ix);
    let claim = context.site.claim(ix);
    let (text, lang) = claim_text(context, linked, claim);
    let (status_why, status_why_lang) = status_why(context, linked, claim);
    let status = context.site.status(ix);
    let happened =
        claim.happened.map(|when| context.words.when(context.lang(), &when, range_sense(claim.kind)));
    let checked = context.site.checked(ix).map(|moment| context.words.moment_here(context.lang(), moment));
    SheetClaimView {
        dir: context.dir_of(&text, &lang),
        text,
        lang,
        struck: !status.holds(),
        status: context.labelled("status-", status),
        contested: is_contested_besides(context, ix),
        kind: claim.kind.map(|kind| context.labelled("claim-kind-", kind).label).unwrap_or_default(),
        by_party: party_of_statement(context, linked, claim),
        source: source_of(context, ix),
        via: linked.via.iter().map(|via| context.source_name(*via)).collect(),
        happened: happened.unwrap_or_default(),
        added: context.words.moment_here(context.lang(), linked.added),
        checked: checked.unwrap_or_default(),
        denies: claim.denies,
        corrected: of_claim(&context.site.briefings[linked.briefing].article.corrections, claim)
            .next()
            .is_some(),
        status_why,
        status_why_lang,
    }
}

/// The writer's reason for the status of a claim, and its language.
fn status_why(context: &PageContext<'_>, linked: &LinkedClaim, claim: &Claim) -> (String, String) {
    let why = claim.status_why.as_deref();
    text_by_id(context, linked.briefing, why, &claim.id.value, |all| &all.status_why)
}

/// A claim as a line of text, with who says so, who passed it on, and how sure it is: "The pumps run. (Radio Brine / One
/// source)"
pub fn claim_line(context: &PageContext<'_>, ix: ClaimIx) -> String {
    let (text, _) = claim_text(context, context.site.linked_claim(ix), context.site.claim(ix));
    let mut about = vec![source_of(context, ix)];
    about.extend(standing_of(context, ix));
    format!("{text} ({})", about.join(" / "))
}

/// Who makes a claim, in words.
pub fn source_of(context: &PageContext<'_>, ix: ClaimIx) -> String {
    let source = context.site.linked_claim(ix).source;
    source.map_or_else(|| context.word("unattributed"), |source| context.source_name(source))
}

/// Who passed a claim on, what kind it is, and how sure it is, in words.
pub fn standing_of(context: &PageContext<'_>, ix: ClaimIx) -> Vec<String> {
    let linked = context.site.linked_claim(ix);
    let mut about = Vec::new();
    if !linked.via.is_empty() {
        let comma = format!("{} ", context.word("comma"));
        let via: Vec<String> = linked.via.iter().map(|via| context.source_name(*via)).collect();
        about.push(format!("{} {}", context.word("claim-via"), via.join(&comma)));
    }
    about.extend(context.site.claim(ix).kind.map(|kind| context.labelled("claim-kind-", kind).label));
    let status = context.site.status(ix);
    about.push(context.labelled("status-", status).label);
    if is_contested_besides(context, ix) {
        about.push(context.labelled("status-", Status::Contested).label);
    }
    about
}

/// Sources disagree, and the status does not say so.
fn is_contested_besides(context: &PageContext<'_>, ix: ClaimIx) -> bool {
    context.site.is_contested(ix) && context.site.status(ix) != Status::Contested
}

/// The claims on the page of a briefing, in the order of its file: its own, and those that it repeats.
pub fn claims_on_page(context: &PageContext<'_>, briefing: BriefingIx) -> Vec<ClaimView> {
    let linked = &context.site.briefings[briefing];
    let mut views: Vec<ClaimView> = context.site.claims_of(briefing).map(|ix| claim(context, ix)).collect();
    let repeats = linked.article.repeats.iter().zip(&linked.repeats).enumerate();
    // From the last one, so that each is put behind claims that have their places.
    for (position, (repeat, original)) in repeats.rev() {
        if let Some(Original::Claim(original)) = original {
            views.insert(repeat.after, repeated_claim(context, *original, (briefing, position)));
        }
    }
    views
}

/// The claims of [`claims_on_page`], in its order.
pub fn indices_on_page(context: &PageContext<'_>, briefing: BriefingIx) -> Vec<ClaimIx> {
    let linked = &context.site.briefings[briefing];
    let mut indices: Vec<ClaimIx> = context.site.claims_of(briefing).collect();
    for (repeat, original) in linked.article.repeats.iter().zip(&linked.repeats).rev() {
        if let Some(Original::Claim(original)) = original {
            indices.insert(repeat.after, *original);
        }
    }
    indices
}

/// The figures for the top of a briefing with these claims. Each has a source that is named.
pub fn key_figures(claims: &[ClaimView]) -> Vec<KeyFigureView> {
    let is_key = |claim: &&ClaimView| {
        let figure = claim.figure.as_ref().filter(|figure| figure.part_of.is_none());
        !claim.struck && !claim.unattributed && figure.is_some_and(has_number)
    };
    let view = |claim: &ClaimView| {
        Some(KeyFigureView {
            figure: claim.figure.clone()?,
            url: claim.url.clone(),
            source: claim.source.clone(),
            status: claim.status.clone(),
            contested: claim.contested,
        })
    };
    claims.iter().filter(is_key).take(MOST_KEY_FIGURES).filter_map(view).collect()
}

fn has_number(figure: &FigureView) -> bool {
    [&figure.min, &figure.best, &figure.max, &figure.said].into_iter().any(|text| !text.is_empty())
}

/// The original claim on the page of a briefing that repeats it.
fn repeated_claim(context: &PageContext<'_>, original: ClaimIx, ix: RepeatIx) -> ClaimView {
    let repeat = context.site.repeat(ix);
    let stated = claim(context, original);
    let anchor = claim_anchor(&repeat.id.value);
    let others: Vec<&RepeatIx> =
        context.site.repeats_of(original).iter().filter(|other| **other != ix).collect();
    let (note, note_lang) =
        repeat.note.as_deref().map(|note| context.translated(note, None)).unwrap_or_default();
    ClaimView {
        id: repeat.id.value.to_string(),
        url: context.url_at(Page::Briefing(ix.0), &anchor),
        anchor,
        former_anchors: repeat.aliases.iter().map(claim_anchor).collect(),
        added_apart: true,
        first_in: Some(LinkView { text: stated.briefing.text.clone(), url: stated.url.clone() }),
        more_also_in: others.len().saturating_sub(MOST_REPEATS),
        also_in: repeat_links(context, others.into_iter().take(MOST_REPEATS)),
        note,
        note_lang,
        ..stated
    }
}

/// The repeats of claims whose briefing was withdrawn or has expired.
pub fn gone_claims(context: &PageContext<'_>, briefing: BriefingIx) -> Vec<GoneClaimView> {
    let linked = &context.site.briefings[briefing];
    let repeats = linked.article.repeats.iter().zip(&linked.repeats);
    let gone = repeats.filter_map(|(repeat, original)| match original {
        Some(Original::Gone(stub)) => Some((repeat, *stub)),
        _ => None,
    });
    let view = |(repeat, ix): (&Repeat, StubIx)| {
        let stub = &context.site.stubs[ix];
        let text = match stub.reason {
            StubReason::Withdrawn => "claim-gone-withdrawn",
            StubReason::Expired => "claim-gone-expired",
        };
        GoneClaimView {
            id: repeat.id.value.to_string(),
            anchor: claim_anchor(&repeat.id.value),
            text: context.word(text),
            briefing: LinkView { text: stub_title(context, ix).0, url: context.url(Page::Stub(ix)) },
        }
    };
    gone.map(view).collect()
}

/// Links to repeats, by the titles of their briefings.
pub fn repeat_links<'r>(
    context: &PageContext<'_>,
    repeats: impl Iterator<Item = &'r RepeatIx>,
) -> Vec<LinkView> {
    let link = |ix: &RepeatIx| {
        let anchor = claim_anchor(&context.site.repeat(*ix).id.value);
        LinkView { text: briefing_title(context, ix.0).0, url: context.url_at(Page::Briefing(ix.0), &anchor) }
    };
    repeats.map(link).collect()
}

pub fn claim_source(context: &PageContext<'_>, linked: &LinkedClaim) -> Shared<TermLink> {
    match linked.source {
        Some(ix) => source_link(context, ix),
        None => Shared::new(TermLink {
            text: context.word("unattributed"),
            url: Url::default(),
            dir: context.words.dir(context.lang()),
        }),
    }
}

/// The side of the conflict that makes a statement or gives an instruction; empty for other claims.
fn party_of_statement(context: &PageContext<'_>, linked: &LinkedClaim, claim: &Claim) -> String {
    if !matches!(claim.kind, Some(ClaimKind::Instruction | ClaimKind::Statement)) {
        return String::new();
    }
    let source = linked.source.map(|ix| &context.site.sources[ix]);
    let record =
        source.filter(|source| !source.is_protected()).and_then(|source| source.term.record.as_ref());
    record.and_then(|record| labels::side(context, &record.party)).map(|side| side.label).unwrap_or_default()
}

fn evidence(context: &PageContext<'_>, evidence: &Evidence) -> EvidenceView {
    EvidenceView {
        url: Url::external(&evidence.url),
        archived: evidence.archived.as_deref().map(Url::external).unwrap_or_default(),
        captured: evidence.captured.map(|moment| context.time(moment)),
        sha256: evidence.sha256.as_deref().unwrap_or_default().to_owned(),
    }
}

pub fn figure(context: &PageContext<'_>, figure: &Figure, linked: &LinkedClaim, claim: &Claim) -> FigureView {
    let number = |value: Option<f64>| value.map(|number| context.number(number)).unwrap_or_default();
    let (briefing, id) = (linked.briefing, &claim.id.value);
    let (said, said_lang) = text_by_id(context, briefing, figure.said.as_deref(), id, |all| &all.figure_said);
    let (who, who_lang) = text_by_id(context, briefing, figure.who.as_deref(), id, |all| &all.figure_who);
    FigureView {
        measure: labels::measure_name(context, &figure.measure),
        said,
        said_lang,
        min: number(figure.min),
        best: number(figure.best),
        max: number(figure.max),
        vague: figure.vague,
        rounded: figure.rounded,
        who,
        who_lang,
        period: figure.period.as_ref().map(|period| when(context, period, RangeSense::Throughout)),
        cumulative: figure.cumulative,
        corrected: is_figure_corrected(context, linked.briefing, claim),
        part_of: figure.part_of.as_ref().and_then(|id| whole(context, &id.value, linked.briefing)),
    }
}

/// The claim whose figure is the whole that another figure is a part of.
fn whole(context: &PageContext<'_>, id: &Id, briefing: BriefingIx) -> Option<LinkView> {
    let claims = &context.site.briefings[briefing].article.claims;
    let whole = claims.iter().find(|claim| claim.id.value == *id)?;
    let said = whole.figure.as_ref().and_then(|figure| figure.said.as_deref());
    let (text, _) = match said {
        Some(_) => text_by_id(context, briefing, said, id, |all| &all.figure_said),
        None => text_by_id(context, briefing, Some(&whole.text), id, |all| &all.claim_text),
    };
    Some(LinkView { text, url: context.url_at(Page::Briefing(briefing), &claim_anchor(id)) })
}

/// The claim with the largest key is the latest: the one about the latest day, then the one added last, then the first
/// in its briefing.
pub fn latest_key(context: &PageContext<'_>, ix: ClaimIx) -> (Date, Moment, Reverse<ClaimIx>) {
    (day_of_claim(context, ix), context.site.linked_claim(ix).added, Reverse(ix))
}

/// The last day that a claim is about; if it does not say, the day it was added.
pub fn day_of_claim(context: &PageContext<'_>, ix: ClaimIx) -> Date {
    let zone = &context.site.config.timezone;
    let added = zone.day_of(context.site.linked_claim(ix).added);
    let happened =
        context.site.claim(ix).happened.and_then(|when| when.last_day(zone).or(when.first_day(zone)));
    // A forecast, or a range that ends in the future, is news of the day it was made.
    happened.map_or(added, |day| day.min(added))
}
