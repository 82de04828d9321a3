//! Parts of views that stand on many pages of one language, each made when it is first asked for.

use std::sync::OnceLock;

use super::Scene;
use crate::render::views::{ItemView, Shared, Shown, SiteView, TermLink, TimeView};
use crate::site::{BriefingIx, NeighbourhoodIx, Site, SourceIx};

/// How many sections a page in a folder can stand in: briefings, neighbourhoods, sources, dates
/// and events.
const SECTIONS: usize = 5;

/// One slot for each of the site's neighbourhoods, sources and briefings.
pub struct Shelf {
    neighbourhoods: Slots<TermLink>,
    sources: Slots<TermLink>,
    items: Slots<ItemView>,
    published: Slots<TimeView>,
    /// By section of the menu.
    sites: Slots<SiteView>,
    /// "3 outlets, 1 origin", by both numbers where they are small.
    counts: Vec<OnceLock<String>>,
}

/// The numbers of outlets and of origins that most claims have lie below this.
const FEW: usize = 8;

struct Slots<T>(Vec<OnceLock<Shared<T>>>);

impl<T: Shown> Slots<T> {
    fn new(len: usize) -> Self {
        Self((0..len).map(|_| OnceLock::new()).collect())
    }
}

impl Shelf {
    #[must_use]
    pub fn new(site: &Site) -> Self {
        Self {
            neighbourhoods: Slots::new(site.neighbourhoods.len()),
            sources: Slots::new(site.sources.len()),
            items: Slots::new(site.briefings.len()),
            published: Slots::new(site.briefings.len()),
            sites: Slots::new(SECTIONS),
            counts: (0..FEW * FEW).map(|_| OnceLock::new()).collect(),
        }
    }
}

impl Scene<'_> {
    /// The part from the shelf, or made anew where the page has none.
    fn shared<T: Shown>(
        &self,
        slots: impl Fn(&Shelf) -> &Slots<T>,
        index: usize,
        make: impl FnOnce() -> T,
    ) -> Shared<T> {
        match self.shelf {
            Some(shelf) => slots(shelf).0[index].get_or_init(|| Shared::new(make())).clone(),
            None => Shared::new(make()),
        }
    }

    /// The words for numbers of outlets and origins, kept where they are small.
    pub fn kept_counts(&self, outlets: usize, origins: usize, make: impl FnOnce() -> String) -> String {
        match self.shelf {
            Some(shelf) if outlets < FEW && origins < FEW => {
                shelf.counts[outlets * FEW + origins].get_or_init(make).clone()
            }
            _ => make(),
        }
    }

    pub fn neighbourhood_link(&self, ix: NeighbourhoodIx) -> Shared<TermLink> {
        self.shared(|shelf| &shelf.neighbourhoods, ix.get(), || self.make_neighbourhood_link(ix))
    }

    pub fn source_link(&self, ix: SourceIx) -> Shared<TermLink> {
        self.shared(|shelf| &shelf.sources, ix.get(), || self.make_source_link(ix))
    }

    /// What the site says of itself around the page.
    pub fn site_view(&self) -> Shared<SiteView> {
        self.shared(|shelf| &shelf.sites, self.section(), || self.make_site_view())
    }

    /// When a briefing was published.
    pub fn published(&self, ix: BriefingIx) -> Shared<TimeView> {
        let make = || self.time(self.site.briefings[ix.get()].article.date);
        self.shared(|shelf| &shelf.published, ix.get(), make)
    }

    pub fn item(&self, ix: BriefingIx) -> Shared<ItemView> {
        self.shared(|shelf| &shelf.items, ix.get(), || self.make_item(ix))
    }
}
