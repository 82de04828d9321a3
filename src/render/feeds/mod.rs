//! Feeds: the newest briefings, those about a place or by a source, and all corrections, as Atom and
//! as JSON Feed.
//!
//! Owns what stands in a feed. Its texts are those of the pages: a protected source goes by its label,
//! and a briefing that was withdrawn or has expired says so under the id that its readers know.
//!
//! Invariants: times come from the content, never from a clock; an entry keeps its id, so that a reader
//! who has it sees its change; a feed holds at most [`MOST_ENTRIES`].

mod atom;
mod json;
mod stubs;

use crate::model::{Briefing, Correction};
use crate::paths::ascii_url_path;
use crate::render::pages::{PageContext, briefing_title, correction_views, summary};
use crate::site::corrections::{Corrected, CorrectionIx};
use crate::site::{BriefingIx, Feed, Page, StubIx, StubReason};
use crate::time::Moment;
pub use stubs::Stubs;

/// Who asks daily finds all; who reads on paper has the pages.
const MOST_ENTRIES: usize = 50;

/// A feed before it is bytes.
struct Contents {
    title: String,
    /// The page that it follows.
    home: String,
    /// Itself.
    url: String,
    entries: Vec<Entry>,
    updated: Moment,
}

/// One thing that readers may want to know.
struct Entry {
    id: String,
    url: String,
    title: String,
    /// The language of the title where it is not the feed's, else empty.
    title_lang: String,
    summary: String,
    summary_lang: String,
    authors: Vec<String>,
    tags: Vec<String>,
    published: Moment,
    updated: Moment,
}

/// The bytes of a feed. The context's page is the one that the feed follows.
#[must_use]
pub fn feed(context: &PageContext<'_>, feed: Feed, stubs: &Stubs) -> String {
    let contents = contents(context, feed, stubs);
    match feed {
        Feed::BriefingsAsJson => json::print(context, &contents),
        _ => atom::print(context, &contents),
    }
}

fn contents(context: &PageContext<'_>, feed: Feed, stubs: &Stubs) -> Contents {
    let site = context.site;
    let of_term = |briefings: &[BriefingIx], gone: &[StubIx]| briefing_entries(context, briefings, gone);
    let (name, entries) = match feed {
        Feed::Briefings | Feed::BriefingsAsJson => {
            let all: Vec<BriefingIx> = site.briefings.indices().collect();
            let gone: Vec<StubIx> = site.stubs.indices().collect();
            (String::new(), of_term(&all, &gone))
        }
        Feed::Neighbourhood(ix) => {
            let briefings = &site.neighbourhoods[ix].term.briefings;
            (context.neighbourhood_name(ix), of_term(briefings, stubs.of_neighbourhood(ix)))
        }
        Feed::Source(ix) => {
            let briefings = &site.sources[ix].term.briefings;
            (context.source_name(ix), of_term(briefings, stubs.of_source(ix)))
        }
        Feed::Corrections => (context.word("title-corrections"), correction_entries(context)),
    };
    let title =
        if name.is_empty() { context.site_title() } else { format!("{name} – {}", context.site_title()) };
    // Nothing has happened since the first briefing.
    let first = site.briefings.last().map(|briefing| briefing.article.date);
    let newest = entries.iter().map(|entry| entry.updated).max();
    Contents {
        title,
        home: address(context, context.page, ""),
        url: format!("{}{}", base(context), ascii_url_path(site.feed_path(context.language, feed).as_str())),
        updated: newest.or(first).unwrap_or(Moment { at: jiff::Timestamp::UNIX_EPOCH, offset: 0 }),
        entries,
    }
}

fn base<'s>(context: &PageContext<'s>) -> &'s str {
    context.site.config.base_url.as_deref().unwrap_or_default()
}

/// The absolute address of a page in the feed's language.
fn address(context: &PageContext<'_>, page: Page, fragment: &str) -> String {
    let path = context.site.path(context.language, page);
    let mut url = format!("{}{}", base(context), ascii_url_path(path.as_str()));
    if !fragment.is_empty() {
        url.push('#');
        url.push_str(&ascii_url_path(fragment));
    }
    url
}

/// Something that a feed can hold, before its texts are made.
enum Candidate {
    Briefing(BriefingIx),
    Gone(StubIx),
}

/// The briefings that changed last, and what stands where others were.
fn briefing_entries(context: &PageContext<'_>, briefings: &[BriefingIx], gone: &[StubIx]) -> Vec<Entry> {
    let site = context.site;
    let article = |ix: BriefingIx| &site.briefings[ix].article;
    let briefings = briefings.iter().copied().filter(|ix| !article(*ix).draft);
    let briefings = briefings.map(|ix| (changed(article(ix)), Candidate::Briefing(ix)));
    let gone = gone.iter().map(|ix| (site.stubs[*ix].at, Candidate::Gone(*ix)));
    // Briefings are newest first: stable, so that ties stay as they are on pages.
    let mut all: Vec<(Moment, Candidate)> = briefings.chain(gone).collect();
    all.sort_by_key(|(changed, _)| std::cmp::Reverse(*changed));
    all.truncate(MOST_ENTRIES);
    let entry = |(updated, candidate)| match candidate {
        Candidate::Briefing(ix) => briefing_entry(context, ix, updated),
        Candidate::Gone(ix) => gone_entry(context, ix, ""),
    };
    all.into_iter().map(entry).collect()
}

/// When readers had reason to look again.
fn changed(article: &Briefing) -> Moment {
    let corrections = article.corrections.iter().map(|correction| correction.at);
    let others = [article.updated, article.embargo_until].into_iter().flatten();
    others.chain(corrections).fold(article.date, Ord::max)
}

fn briefing_entry(context: &PageContext<'_>, ix: BriefingIx, updated: Moment) -> Entry {
    let briefing = &context.site.briefings[ix];
    let url = address(context, Page::Briefing(ix), "");
    let (title, title_lang) = briefing_title(context, ix);
    let (summary, summary_lang) = summary(context, ix);
    Entry {
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

/// What went, under the id that it had, and why. With a mark, beside it.
fn gone_entry(context: &PageContext<'_>, ix: StubIx, mark: &str) -> Entry {
    let stub = &context.site.stubs[ix];
    let url = address(context, Page::Stub(ix), "");
    let (title, text) = match stub.reason {
        StubReason::Withdrawn => ("title-withdrawn", "stub-withdrawn"),
        StubReason::Expired => ("title-expired", "stub-expired"),
    };
    let mut summary = context.word(text);
    if let Some(withdrawn) = &stub.article.withdrawn {
        summary = format!("{summary} {}", withdrawn.why);
    }
    Entry {
        id: if mark.is_empty() { url.clone() } else { format!("{url}#{mark}") },
        url,
        title: format!("{}: {}", context.word(title), stub.article.title),
        title_lang: String::new(),
        summary,
        summary_lang: String::new(),
        authors: Vec::new(),
        tags: Vec::new(),
        published: stub.article.date,
        updated: stub.at,
    }
}

/// The newest corrections.
fn correction_entries(context: &PageContext<'_>) -> Vec<Entry> {
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

fn correction_entry(context: &PageContext<'_>, ix: CorrectionIx) -> Entry {
    let correction = &context.site.briefings[ix.0].article.corrections[ix.1];
    let view = correction_views(context, [&ix]).remove(0);
    let (title, title_lang) = briefing_title(context, ix.0);
    let serious =
        if view.serious { format!("{} · ", context.word("correction-serious")) } else { String::new() };
    let said = |key: &str, text: &str| {
        if text.is_empty() { String::new() } else { format!("{} {text}", context.word(key)) }
    };
    let lines = [view.about, said("correction-was", &view.was), said("correction-now", &view.now), view.why];
    let fragment =
        correction.claim.as_ref().map_or_else(String::new, |claim| format!("claim-{}", claim.value));
    Entry {
        id: correction_id(context, ix, correction),
        url: address(context, Page::Briefing(ix.0), &fragment),
        title: format!("{serious}{}: {title}", view.kind.label),
        title_lang,
        summary: lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        summary_lang: String::new(),
        authors: Vec::new(),
        tags: Vec::new(),
        published: correction.at,
        updated: correction.at,
    }
}

/// By what it corrects and when, as its place in the file may change; of several alike by their
/// number.
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
