//! Feeds: the newest briefings, those about a place or by a source, those with claims about an event or a topic, all
//! corrections, and what changed by day, as Atom and as JSON Feed.
//!
//! Owns what is in a feed. Its texts are those of the pages: a protected source appears by its label, and a
//! briefing that was withdrawn or has expired says so under the id that its readers know.
//!
//! Invariants: times come from the content, never from a clock; an entry keeps its id, so that a reader
//! who has it sees its change; a feed has at most `MOST_ENTRIES`.
//!
//! The order of the files; each imports only from those before it: `entry`, `stubs`, `entries`, `atom` and
//! `json`, this file.

mod atom;
mod entries;
mod entry;
mod json;
mod stubs;

use std::collections::BTreeMap;

use crate::paths::ascii_url_path;
use crate::render::pages::PageContext;
use crate::site::{BriefingIx, ClaimIx, Feed, StubIx};
use crate::time::Moment;
use entries::{address, briefing_entries, change_entries, claim_entries, correction_entries};
use entry::FeedContents;

pub use stubs::Stubs;

/// The bytes of a feed. The context's page is the one that the feed follows.
pub fn feed(context: &PageContext<'_>, feed: Feed, stubs: &Stubs) -> String {
    let contents = contents(context, feed, stubs);
    match feed {
        Feed::BriefingsAsJson => json::print(context, &contents),
        _ => atom::print(context, &contents),
    }
}

fn contents(context: &PageContext<'_>, feed: Feed, stubs: &Stubs) -> FeedContents {
    let site = context.site;
    let (name, entries) = match feed {
        Feed::Briefings | Feed::BriefingsAsJson => {
            let all: Vec<BriefingIx> = site.briefings.indices().collect();
            let gone: Vec<StubIx> = site.stubs.indices().collect();
            (String::new(), briefing_entries(context, &all, &gone))
        }
        Feed::Neighbourhood(ix) => {
            let briefings = &site.neighbourhoods[ix].term.briefings;
            (context.neighbourhood_name(ix), briefing_entries(context, briefings, stubs.of_neighbourhood(ix)))
        }
        Feed::Source(ix) => {
            let briefings = &site.sources[ix].term.briefings;
            (context.source_name(ix), briefing_entries(context, briefings, stubs.of_source(ix)))
        }
        Feed::Event(ix) => {
            let term = &site.events[ix].term;
            let gone = stubs.of_event(&term.id);
            let claims = by_briefing(term.claims.iter().copied());
            (context.event_name(ix), claim_entries(context, &term.briefings, &claims, gone))
        }
        Feed::Topic(position) => {
            let topic = &site.config.topics[position];
            let is_about = |ix: &ClaimIx| site.claim(*ix).topic.as_ref() == Some(topic);
            let claims = by_briefing(site.all_claims().filter(is_about));
            let briefings: Vec<BriefingIx> = claims.keys().copied().collect();
            (context.topic_name(topic), claim_entries(context, &briefings, &claims, stubs.of_topic(topic)))
        }
        Feed::Corrections => (context.word("title-corrections"), correction_entries(context)),
        Feed::Changes => (context.word("title-changes"), change_entries(context)),
    };
    let title =
        if name.is_empty() { context.site_title() } else { format!("{name} – {}", context.site_title()) };
    // A feed without entries is as old as the site.
    let first = site.briefings.last().map(|briefing| briefing.article.date);
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let newest = entries.iter().map(|entry| entry.updated).max();
    FeedContents {
        title,
        home: address(context, context.page, ""),
        url: format!("{base}{}", ascii_url_path(site.feed_path(context.language, feed).as_str())),
        updated: newest.or(first).unwrap_or(Moment { at: jiff::Timestamp::UNIX_EPOCH, offset: 0 }),
        entries,
    }
}

fn by_briefing(claims: impl Iterator<Item = ClaimIx>) -> BTreeMap<BriefingIx, Vec<ClaimIx>> {
    let mut all: BTreeMap<BriefingIx, Vec<ClaimIx>> = BTreeMap::new();
    claims.for_each(|claim| all.entry(claim.briefing).or_default().push(claim));
    all
}
