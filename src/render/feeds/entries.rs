//! The entries of feeds: briefings, withdrawn or expired ones, and corrections.
//!
//! Their texts are those of the pages.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::entry::FeedEntry;
use crate::model::Correction;
use crate::paths::ascii_url_path;
use crate::render::pages::{
    ChangeDay, PageContext, briefing_title, change_line, claim_line, correction_at, correction_heading,
    days_of, stub_title, summary, withdrawn_why,
};
use crate::site::{BriefingIx, ClaimIx, Page, Site, SiteChange, StubIx, StubReason};
use crate::site::{Changed, Corrected, CorrectionIx};
use crate::time::Moment;

/// Daily readers miss nothing, and older news is on the pages.
pub const MOST_ENTRIES: usize = 50;

/// An entry before its texts are made.
#[derive(Clone, Copy)]
enum FeedCandidate {
    Briefing(BriefingIx),
    Gone(StubIx),
}

/// The briefings that changed last, among them those that were withdrawn or have expired.
pub fn briefing_entries(
    context: &PageContext<'_>,
    briefings: &[BriefingIx],
    gone: &[StubIx],
) -> Vec<FeedEntry> {
    newest(context.site, briefings, gone).into_iter().map(|each| candidate_entry(context, each)).collect()
}

/// As [`briefing_entries`], each with those of some claims that are its own.
pub fn claim_entries(
    context: &PageContext<'_>,
    briefings: &[BriefingIx],
    claims: &BTreeMap<BriefingIx, Vec<ClaimIx>>,
    gone: &[StubIx],
) -> Vec<FeedEntry> {
    let entry = |(updated, candidate)| {
        let claims = match candidate {
            FeedCandidate::Briefing(ix) => claims.get(&ix).map_or(&[][..], Vec::as_slice),
            FeedCandidate::Gone(_) => &[],
        };
        let mut entry = candidate_entry(context, (updated, candidate));
        let mut lines = vec![std::mem::take(&mut entry.summary)];
        lines.extend(claims.iter().take(MOST_LINES).map(|claim| claim_line(context, *claim)));
        lines.extend(more(context, claims.len()));
        lines.retain(|line| !line.is_empty());
        entry.summary = lines.join("\n");
        entry
    };
    newest(context.site, briefings, gone).into_iter().map(entry).collect()
}

fn newest(site: &Site, briefings: &[BriefingIx], gone: &[StubIx]) -> Vec<(Moment, FeedCandidate)> {
    let article = |ix: BriefingIx| &site.briefings[ix].article;
    let published = briefings.iter().copied().filter(|ix| !article(*ix).draft);
    let published = published.map(|ix| (article(ix).last_change(), FeedCandidate::Briefing(ix)));
    let gone = gone.iter().map(|ix| (site.stubs[*ix].at, FeedCandidate::Gone(*ix)));
    let mut all: Vec<(Moment, FeedCandidate)> = published.chain(gone).collect();
    // Stable: ties keep the order of the pages, newest first.
    all.sort_by_key(|(changed, _)| Reverse(*changed));
    all.truncate(MOST_ENTRIES);
    all
}

fn candidate_entry(context: &PageContext<'_>, (updated, candidate): (Moment, FeedCandidate)) -> FeedEntry {
    match candidate {
        FeedCandidate::Briefing(ix) => briefing_entry(context, ix, updated),
        FeedCandidate::Gone(ix) => gone_entry(context, ix, ""),
    }
}

fn briefing_entry(context: &PageContext<'_>, ix: BriefingIx, updated: Moment) -> FeedEntry {
    let briefing = &context.site.briefings[ix];
    let url = address(context, Page::Briefing(ix), "");
    let (title, title_lang) = briefing_title(context, ix);
    let (mut summary, summary_lang) = summary(context, ix);
    // In the text alone: a check is no change, and must not move the entry.
    if let Some(checked) = &briefing.article.checked {
        let checked =
            format!("{} {}.", context.word("checked"), context.words.moment(context.lang(), checked.value));
        summary = if summary.is_empty() { checked } else { format!("{summary} {checked}") };
    }
    FeedEntry {
        id: url.clone(),
        url,
        title,
        title_lang,
        summary,
        summary_lang,
        authors: briefing.article.authors.iter().map(ToString::to_string).collect(),
        tags: briefing.neighbourhoods.iter().map(|ix| context.neighbourhood_name(*ix)).collect(),
        published: briefing.article.date,
        updated,
    }
}

/// A briefing that is gone, under the id that it had, and why. A mark makes it an entry of its own.
fn gone_entry(context: &PageContext<'_>, ix: StubIx, mark: &str) -> FeedEntry {
    let stub = &context.site.stubs[ix];
    let url = address(context, Page::Stub(ix), "");
    let (title, text) = match stub.reason {
        StubReason::Withdrawn => ("title-withdrawn", "stub-withdrawn"),
        StubReason::Expired => ("title-expired", "stub-expired"),
    };
    let (what, _) = stub_title(context, ix);
    let (why, _) = withdrawn_why(context, ix);
    let summary = [context.word(text), why].join(" ");
    FeedEntry {
        id: if mark.is_empty() { url.clone() } else { format!("{url}#{mark}") },
        url,
        title: format!("{}: {}", context.word(title), what),
        title_lang: String::new(),
        summary: summary.trim_end().to_owned(),
        summary_lang: String::new(),
        authors: Vec::new(),
        tags: Vec::new(),
        published: stub.article.date,
        updated: stub.at,
    }
}

/// The newest corrections.
pub fn correction_entries(context: &PageContext<'_>) -> Vec<FeedEntry> {
    let site = context.site;
    let is_public = |corrected: &&Corrected| match corrected {
        Corrected::In((ix, _)) => !site.briefings[*ix].article.draft,
        Corrected::Withdrawn(_) => true,
    };
    let entry = |corrected: &Corrected| match *corrected {
        Corrected::In(ix) => correction_entry(context, ix),
        Corrected::Withdrawn(ix) => gone_entry(context, ix, "withdrawn"),
    };
    site.corrections.all.iter().filter(is_public).take(MOST_ENTRIES).map(entry).collect()
}

fn correction_entry(context: &PageContext<'_>, ix: CorrectionIx) -> FeedEntry {
    let correction = &context.site.briefings[ix.0].article.corrections[ix.1];
    let view = correction_at(context, ix);
    let heading = correction_heading(context, &view);
    let (title, title_lang) = briefing_title(context, ix.0);
    let labelled = |key: &str, text: &str| {
        if text.is_empty() { String::new() } else { format!("{} {text}", context.word(key)) }
    };
    let was = labelled("correction-was", &view.was);
    let now = labelled("correction-now", &view.now);
    let lines = [view.about, was, now, view.why];
    let fragment =
        correction.claim.as_ref().map_or_else(String::new, |claim| format!("claim-{}", claim.value));
    FeedEntry {
        id: correction_id(context, ix, correction),
        url: address(context, Page::Briefing(ix.0), &fragment),
        title: format!("{heading}: {title}"),
        title_lang,
        summary: lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        summary_lang: String::new(),
        authors: Vec::new(),
        tags: Vec::new(),
        published: correction.at,
        updated: correction.at,
    }
}

/// The most lines of an entry: a day may have thousands of changes.
const MOST_LINES: usize = 100;

/// How many lines are left out, if any.
fn more(context: &PageContext<'_>, lines: usize) -> Option<String> {
    let more = lines.checked_sub(MOST_LINES).filter(|more| *more > 0);
    more.map(|more| context.word_with_count("and-more", more))
}

/// The newest days on which something changed, each as an entry that grows until the day is over.
pub fn change_entries(context: &PageContext<'_>) -> Vec<FeedEntry> {
    let site = context.site;
    let all = &site.changes.all;
    // Usually there are no drafts, and many changes.
    let public = site.has_drafts().then(|| without_drafts(site, all));
    days_of(context, public.as_ref().unwrap_or(all))
        .take(MOST_ENTRIES)
        .map(|day| day_entry(context, &day))
        .collect()
}

fn without_drafts(site: &Site, changes: &[SiteChange]) -> Vec<SiteChange> {
    let is_draft = |ix: BriefingIx| site.briefings[ix].article.draft;
    let is_public = |change: &&SiteChange| match change.changed {
        Changed::EventStatus { by, .. } => by.is_some_and(|by| !is_draft(by.briefing)),
        Changed::HeardAgain { briefing, .. } => !is_draft(briefing),
        changed => !changed.briefing().is_some_and(is_draft),
    };
    changes.iter().filter(is_public).copied().collect()
}

fn day_entry(context: &PageContext<'_>, ChangeDay { day, changes }: &ChangeDay<'_>) -> FeedEntry {
    let mut lines: Vec<String> =
        changes.iter().take(MOST_LINES).map(|change| change_line(context, change)).collect();
    lines.extend(more(context, changes.len()));
    let date = context.words.date(context.lang(), *day);
    let first = context.site.changes.all.binary_search(&changes[0]).unwrap_or_default();
    let number = context.site.paging(context.site.changes.all.len()).number_of(first);
    FeedEntry {
        id: address(context, Page::Changes(0), &day.to_string()),
        url: address(context, Page::Changes(number), &format!("page-{day}")),
        title: format!("{}: {date}", context.word("title-changes")),
        title_lang: String::new(),
        summary: lines.join("\n"),
        summary_lang: String::new(),
        authors: Vec::new(),
        tags: Vec::new(),
        published: changes[changes.len() - 1].at(),
        updated: changes[0].at(),
    }
}

/// By what is corrected and when, as its position in the file may change; several alike are numbered.
fn correction_id(
    context: &PageContext<'_>,
    (briefing, position): CorrectionIx,
    correction: &Correction,
) -> String {
    let key = |correction: &Correction| {
        let claim = correction.claim.as_ref().map_or("", |id| id.value.as_str());
        let field = correction.field.as_ref().map_or("", |name| name.value.as_ref());
        format!("correction/{}/{claim}/{field}", correction.at.at)
    };
    let own = key(correction);
    let before = &context.site.briefings[briefing].article.corrections[..position];
    match before.iter().filter(|other| key(other) == own).count() {
        0 => address(context, Page::Briefing(briefing), &own),
        n => address(context, Page::Briefing(briefing), &format!("{own}/{n}")),
    }
}

/// The absolute address of a page in the feed's language.
pub fn address(context: &PageContext<'_>, page: Page, fragment: &str) -> String {
    let mut url = context.absolute(page);
    if !fragment.is_empty() {
        url.push('#');
        url.push_str(&ascii_url_path(fragment));
    }
    url
}
