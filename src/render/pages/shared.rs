//! Parts of views that many pages of one language share, each made on first use.
//!
//! Owns one slot per neighbourhood, source, briefing and so on. Does not make the parts: `parts` does.

use std::sync::OnceLock;

use crate::model::{BriefingKind, ClaimKind, Status, Word};
use crate::render::views::{
    CountedStatus, IntoTera, ItemView, Labelled, LinkView, Shared, SiteView, TermLink, TimeView, WhyView,
};
use crate::site::Site;

/// The sections of the menu that a page in a folder can be in: briefings, neighbourhoods, sources, dates,
/// and events, which are in none.
const SECTIONS: usize = 5;

pub struct SharedViews {
    pub neighbourhoods: Slots<TermLink>,
    pub sources: Slots<TermLink>,
    pub items: Slots<ItemView>,
    /// By briefing: when it was published.
    pub published: Slots<TimeView>,
    /// By section of the menu.
    pub sites: Slots<SiteView>,
    pub counts: OutletCounts,
    /// In the order of their declaration.
    pub statuses: Slots<Labelled>,
    pub briefing_kinds: Slots<Labelled>,
    pub claim_kinds: Slots<Labelled>,
    /// In the order of site.toml.
    pub topics: Slots<Labelled>,
    pub events: Slots<LinkView>,
    pub dates: Slots<LinkView>,
    pub statuses_of_events: Slots<Labelled>,
    pub whys_of_events: Slots<WhyView>,
    /// For claims that only one source makes.
    pub whys_of_sources: Slots<WhyView>,
    /// By source: what became of all its claims.
    pub fared: Slots<Vec<CountedStatus>>,
    /// By source: how many of its claims were corrected.
    pub corrected: Slots<usize>,
}

impl SharedViews {
    pub fn new(site: &Site) -> Self {
        Self {
            neighbourhoods: Slots::new(site.neighbourhoods.len()),
            sources: Slots::new(site.sources.len()),
            items: Slots::new(site.briefings.len()),
            published: Slots::new(site.briefings.len()),
            sites: Slots::new(SECTIONS),
            counts: OutletCounts::new(),
            statuses: Slots::new(Status::ALL.len()),
            briefing_kinds: Slots::new(BriefingKind::ALL.len()),
            claim_kinds: Slots::new(ClaimKind::ALL.len()),
            topics: Slots::new(site.config.topics.len()),
            events: Slots::new(site.events.len()),
            dates: Slots::new(site.dates.len()),
            statuses_of_events: Slots::new(site.events.len()),
            whys_of_events: Slots::new(site.events.len()),
            whys_of_sources: Slots::new(site.sources.len()),
            fared: Slots::new(site.sources.len()),
            corrected: Slots::new(site.sources.len()),
        }
    }
}

/// One slot per thing that a part is about.
pub struct Slots<T>(Vec<OnceLock<Shared<T>>>);

impl<T: IntoTera> Slots<T> {
    fn new(len: usize) -> Self {
        Self((0..len).map(|_| OnceLock::new()).collect())
    }

    pub fn get_or_make(&self, index: usize, make: impl FnOnce() -> T) -> Shared<T> {
        self.0[index].get_or_init(|| Shared::new(make())).clone()
    }
}

/// "3 outlets, 1 origin", by both numbers.
pub struct OutletCounts(Vec<OnceLock<String>>);

impl OutletCounts {
    /// Most claims have fewer outlets and fewer origins than this; larger counts are not kept.
    const LIMIT: usize = 8;

    fn new() -> Self {
        Self((0..Self::LIMIT * Self::LIMIT).map(|_| OnceLock::new()).collect())
    }

    pub fn get_or_make(&self, outlets: usize, origins: usize, make: impl FnOnce() -> String) -> String {
        if outlets < Self::LIMIT && origins < Self::LIMIT {
            self.0[outlets * Self::LIMIT + origins].get_or_init(make).clone()
        } else {
            make()
        }
    }
}
