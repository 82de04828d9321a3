//! A change of the site, on its page and as a line of its feed.

use std::cmp::Ordering;

use crate::model::Status;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::claims::{claim_line, claim_source};
use crate::render::pages::parts::corrections::{corrected_at, correction_heading};
use crate::render::pages::parts::labels;
use crate::render::pages::parts::texts::{briefing_title, claim_text, stub_title};
use crate::render::views::{ChangeView, Labelled, LinkView};
use crate::site::{BriefingIx, Changed, ClaimIx, EventIx, Page, SiteChange, StubIx};

/// `above` is the change that is shown before it.
pub fn change_view(context: &PageContext<'_>, change: &SiteChange, above: Option<&SiteChange>) -> ChangeView {
    let mut view = changed_view(context, change);
    let came_with = |change: &SiteChange| match change.changed {
        Changed::Claimed(claim) => Some((claim.briefing, change.at())),
        _ => None,
    };
    if came_with(change).is_some_and(|with| above.and_then(came_with) == Some(with)) {
        view.briefing = None;
    }
    view
}

/// The first changes, each of another claim, event or briefing: of several of one thing, the first alone.
pub fn one_of_each<'c>(
    context: &PageContext<'_>,
    changes: impl Iterator<Item = &'c SiteChange>,
    most: usize,
) -> Vec<ChangeView> {
    let mut views: Vec<ChangeView> = Vec::with_capacity(most);
    for change in changes {
        if views.len() == most {
            break;
        }
        let view = change_view(context, change, None);
        if views.iter().all(|known| known.what.url != view.what.url) {
            views.push(view);
        }
    }
    views
}

fn changed_view(context: &PageContext<'_>, change: &SiteChange) -> ChangeView {
    let with_kind = |id: &str, what: LinkView, lang: String| ChangeView {
        kind: Labelled { id: id.to_owned(), label: context.word(&format!("change-{id}")) },
        at: context.time(change.at()),
        what,
        lang,
        briefing: None,
        briefing_lang: String::new(),
        with_briefing: false,
        draft: change.changed.briefing().is_some_and(|ix| context.site.briefings[ix].article.draft),
        source: None,
        claim_kind: None,
        status: None,
        was: None,
        by: None,
        by_lang: String::new(),
        last: None,
        correction: None,
    };
    match change.changed {
        Changed::Corrected(which) => {
            let correction = corrected_at(context, which);
            let what = correction.target.clone();
            ChangeView { correction: Some(correction), ..with_kind("corrected", what, String::new()) }
        }
        Changed::Expired(ix) => {
            let (what, lang) = gone(context, ix);
            with_kind("expired", what, lang)
        }
        Changed::EventStatus { event, was, now, by } => {
            let (by, by_lang) = by.map(|by| claim_link(context, by)).unzip();
            ChangeView {
                status: Some(labels::status(context, now)),
                was: Some(labels::status(context, was)),
                by,
                by_lang: by_lang.unwrap_or_default(),
                ..with_kind(direction(was, now), event_link(context, event), String::new())
            }
        }
        Changed::HeardAgain { place, briefing, last } => {
            let text = context.neighbourhood_name(place);
            let what = LinkView { text, url: context.url(Page::Neighbourhood(place, 0)) };
            let (briefing, briefing_lang) = briefing_with_language(context, briefing);
            ChangeView {
                briefing: Some(briefing),
                briefing_lang,
                last: Some(context.time(last)),
                ..with_kind("heard-again", what, String::new())
            }
        }
        Changed::Published(ix) => {
            let (what, lang) = briefing_with_language(context, ix);
            with_kind("briefing", what, lang)
        }
        Changed::Updated(ix) => {
            let (what, lang) = briefing_with_language(context, ix);
            with_kind("update", what, lang)
        }
        Changed::Claimed(ix) => {
            let (what, lang) = claim_link(context, ix);
            let (briefing, briefing_lang) = briefing_with_language(context, ix.briefing);
            let article = &context.site.briefings[ix.briefing].article;
            ChangeView {
                briefing: Some(briefing),
                briefing_lang,
                with_briefing: change.at() == article.shown_from(),
                source: Some(claim_source(context, context.site.linked_claim(ix))),
                claim_kind: context.site.claim(ix).kind.map(|kind| labels::claim_kind(context, kind)),
                status: Some(labels::status(context, context.site.status(ix))),
                ..with_kind("claim", what, lang)
            }
        }
    }
}

/// From one status to another: disputes are outside the order.
fn direction(was: Status, now: Status) -> &'static str {
    let is_in_order = |status: Status| status <= Status::Confirmed;
    match was.cmp(&now) {
        _ if now == Status::Contested => "status-contested",
        _ if !is_in_order(was) || !is_in_order(now) => "status-changed",
        Ordering::Less => "status-rose",
        _ => "status-fell",
    }
}

fn claim_link(context: &PageContext<'_>, ix: ClaimIx) -> (LinkView, String) {
    let (text, lang) = claim_text(context, context.site.linked_claim(ix), context.site.claim(ix));
    (LinkView { text, url: context.claim_url(ix) }, lang)
}

fn event_link(context: &PageContext<'_>, ix: EventIx) -> LinkView {
    LinkView { text: context.event_name(ix), url: context.url(Page::Event(ix, 0)) }
}

fn briefing_with_language(context: &PageContext<'_>, ix: BriefingIx) -> (LinkView, String) {
    let (text, lang) = briefing_title(context, ix);
    (LinkView { text, url: context.url(Page::Briefing(ix)) }, lang)
}

fn gone(context: &PageContext<'_>, ix: StubIx) -> (LinkView, String) {
    let (text, lang) = stub_title(context, ix);
    (LinkView { text, url: context.url(Page::Stub(ix)) }, lang)
}

/// A change as one line of text.
pub fn change_line(context: &PageContext<'_>, change: &SiteChange) -> String {
    let ChangeView { kind, what, correction, last, .. } = changed_view(context, change);
    let mut heading = kind.label;
    let mut parts = vec![what.text];
    let status = |status| context.labelled("status-", status).label;
    match change.changed {
        Changed::Claimed(claim) => parts = vec![claim_line(context, claim)],
        Changed::EventStatus { was, now, .. } => {
            parts.push(labelled(context, "correction-was", &status(was)));
            parts.push(labelled(context, "correction-now", &status(now)));
        }
        _ => {}
    }
    if let Some(correction) = correction {
        let was = labelled(context, "correction-was", &correction.was);
        let now = labelled(context, "correction-now", &correction.now);
        heading = correction_heading(context, &correction);
        parts.extend([correction.about, was, now, correction.why]);
    }
    parts.extend(last.map(|last| labelled(context, "change-first-since", &last.text)));
    parts.retain(|part| !part.is_empty());
    in_a_line(&format!("{heading}: {}", parts.join(" · ")))
}

/// Without the ends of its lines.
fn in_a_line(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

fn labelled(context: &PageContext<'_>, key: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{}: {text}", context.word(key)) }
}
