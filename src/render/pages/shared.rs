//! Parts of views that stand on many pages of one language, each made when it is first asked for.

use std::sync::OnceLock;

use super::PageContext;
use crate::model::{BriefingKind, ClaimKind, Status, Word};
use crate::render::views::{
    ItemView, Labelled, LinkView, Shared, Shown, SiteView, TermLink, TimeView, WhyView,
};
use crate::site::{BriefingIx, ClaimIx, DateIx, EventIx, NeighbourhoodIx, Page, Site, SourceIx};

/// How many sections a page in a folder can stand in: briefings, neighbourhoods, sources, dates
/// and events.
const SECTIONS: usize = 5;

/// One slot for each neighbourhood, each source, each briefing and so on, that a part is about.
pub struct SharedViews {
    neighbourhoods: Slots<TermLink>,
    sources: Slots<TermLink>,
    items: Slots<ItemView>,
    published: Slots<TimeView>,
    /// By section of the menu.
    sites: Slots<SiteView>,
    /// "3 outlets, 1 origin", by both numbers where they are small.
    counts: Vec<OnceLock<String>>,
    /// By word, in the order of their declaration; of topics, of site.toml.
    statuses: Slots<Labelled>,
    briefing_kinds: Slots<Labelled>,
    claim_kinds: Slots<Labelled>,
    topics: Slots<Labelled>,
    events: Slots<LinkView>,
    dates: Slots<LinkView>,
    /// Why claims of an event, and claims that one source alone makes, have their status.
    whys_of_events: Slots<WhyView>,
    whys_of_sources: Slots<WhyView>,
}

/// The numbers of outlets and of origins that most claims have lie below this.
const FEW: usize = 8;

struct Slots<T>(Vec<OnceLock<Shared<T>>>);

impl<T: Shown> Slots<T> {
    fn new(len: usize) -> Self {
        Self((0..len).map(|_| OnceLock::new()).collect())
    }
}

impl SharedViews {
    #[must_use]
    pub fn new(site: &Site) -> Self {
        Self {
            neighbourhoods: Slots::new(site.neighbourhoods.len()),
            sources: Slots::new(site.sources.len()),
            items: Slots::new(site.briefings.len()),
            published: Slots::new(site.briefings.len()),
            sites: Slots::new(SECTIONS),
            counts: (0..FEW * FEW).map(|_| OnceLock::new()).collect(),
            statuses: Slots::new(Status::ALL.len()),
            briefing_kinds: Slots::new(BriefingKind::ALL.len()),
            claim_kinds: Slots::new(ClaimKind::ALL.len()),
            topics: Slots::new(site.config.topics.len()),
            events: Slots::new(site.events.len()),
            dates: Slots::new(site.dates.len()),
            whys_of_events: Slots::new(site.events.len()),
            whys_of_sources: Slots::new(site.sources.len()),
        }
    }
}

impl PageContext<'_> {
    /// The part from the shared, or made anew where the page has none.
    fn shared<T: Shown>(
        &self,
        slots: impl Fn(&SharedViews) -> &Slots<T>,
        index: usize,
        make: impl FnOnce() -> T,
    ) -> Shared<T> {
        match self.shared {
            Some(shared) => slots(shared).0[index].get_or_init(|| Shared::new(make())).clone(),
            None => Shared::new(make()),
        }
    }

    /// The words for numbers of outlets and origins, kept where they are small.
    pub fn kept_counts(&self, outlets: usize, origins: usize, make: impl FnOnce() -> String) -> String {
        match self.shared {
            Some(shared) if outlets < FEW && origins < FEW => {
                shared.counts[outlets * FEW + origins].get_or_init(make).clone()
            }
            _ => make(),
        }
    }

    pub fn neighbourhood_link(&self, ix: NeighbourhoodIx) -> Shared<TermLink> {
        self.shared(|shared| &shared.neighbourhoods, ix.get(), || self.make_neighbourhood_link(ix))
    }

    pub fn source_link(&self, ix: SourceIx) -> Shared<TermLink> {
        self.shared(|shared| &shared.sources, ix.get(), || self.make_source_link(ix))
    }

    /// What the site says of itself around the page.
    pub fn site_view(&self) -> Shared<SiteView> {
        self.shared(|shared| &shared.sites, self.section(), || self.make_site_view())
    }

    /// When a briefing was published.
    pub fn published(&self, ix: BriefingIx) -> Shared<TimeView> {
        let make = || self.time(self.site.briefings[ix.get()].article.date);
        self.shared(|shared| &shared.published, ix.get(), make)
    }

    pub fn status(&self, status: Status) -> Shared<Labelled> {
        self.shared(|shared| &shared.statuses, status as usize, || self.labelled("status-", status))
    }

    pub fn briefing_kind(&self, kind: BriefingKind) -> Shared<Labelled> {
        self.shared(|shared| &shared.briefing_kinds, kind as usize, || self.labelled("kind-", kind))
    }

    pub fn claim_kind(&self, kind: ClaimKind) -> Shared<Labelled> {
        self.shared(|shared| &shared.claim_kinds, kind as usize, || self.labelled("claim-kind-", kind))
    }

    pub fn topic(&self, topic: &str) -> Shared<Labelled> {
        let make = || self.labelled_id("topic-", topic);
        match self.site.config.topics.iter().position(|known| known.as_ref() == topic) {
            Some(index) => self.shared(|shared| &shared.topics, index, make),
            None => Shared::new(make()),
        }
    }

    pub fn event_link(&self, ix: EventIx) -> Shared<LinkView> {
        let make = || LinkView { text: self.event_name(ix), url: self.url(Page::Event(ix, 0)) };
        self.shared(|shared| &shared.events, ix.get(), make)
    }

    pub fn day_link(&self, ix: DateIx) -> Shared<LinkView> {
        self.shared(|shared| &shared.dates, ix.get(), || self.make_date_link(ix))
    }

    /// Why a claim has its status. What one source says alone is weighed by that source.
    pub fn why_of_claim(&self, ix: ClaimIx) -> Shared<WhyView> {
        let linked = self.site.linked_claim(ix);
        let make = || self.why(&self.site.weight(ix));
        let is_alone = linked.via.is_empty() && !self.site.claim(ix).denies;
        match (linked.event, linked.source) {
            (Some(event), _) => self.shared(|shared| &shared.whys_of_events, event.get(), make),
            (None, Some(source)) if is_alone => {
                self.shared(|shared| &shared.whys_of_sources, source.get(), make)
            }
            _ => Shared::new(make()),
        }
    }

    pub fn item(&self, ix: BriefingIx) -> Shared<ItemView> {
        self.shared(|shared| &shared.items, ix.get(), || self.make_item(ix))
    }
}
