//! The pages of a site and what else it writes, without their paths.
//!
//! Owns how lists are cut into pages.

use std::ops::Range;

use super::data_files::DataFile;
use super::host_files::HostFile;
use super::indices::{
    BriefingIx, DateIx, EventIx, FileIx, LanguageIx, NeighbourhoodIx, PlainIx, SourceIx, StubIx,
};

/// The number of a page of a list: 0 holds the newest, 1 the oldest, 2 those after them.
pub type PageNumber = u32;

/// A page of the site, in whatever language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    Home,
    Briefings(PageNumber),
    Briefing(BriefingIx),
    Stub(StubIx),
    Neighbourhoods(PageNumber),
    Neighbourhood(NeighbourhoodIx, PageNumber),
    /// What is known of a neighbourhood, to print on one sheet.
    Sheet(NeighbourhoodIx),
    Sources(PageNumber),
    Source(SourceIx, PageNumber),
    Dates,
    Date(DateIx, PageNumber),
    Event(EventIx, PageNumber),
    Plain(PlainIx),
    Names(PageNumber),
    Corrections(PageNumber),
    Changes(PageNumber),
    Figures(PageNumber),
    Timeline,
    Map,
    Search,
    NotFound,
}

impl Page {
    /// The first page of the list that this one belongs to.
    #[must_use]
    pub fn first(self) -> Self {
        match self {
            Self::Briefings(_) => Self::Briefings(0),
            Self::Neighbourhoods(_) => Self::Neighbourhoods(0),
            Self::Neighbourhood(ix, _) => Self::Neighbourhood(ix, 0),
            Self::Sources(_) => Self::Sources(0),
            Self::Source(ix, _) => Self::Source(ix, 0),
            Self::Date(ix, _) => Self::Date(ix, 0),
            Self::Event(ix, _) => Self::Event(ix, 0),
            Self::Names(_) => Self::Names(0),
            Self::Corrections(_) => Self::Corrections(0),
            Self::Changes(_) => Self::Changes(0),
            Self::Figures(_) => Self::Figures(0),
            other => other,
        }
    }

    /// The page that says this and more: search engines and readers of the sheet are sent there.
    #[must_use]
    pub fn canonical(self) -> Self {
        match self {
            Self::Sheet(ix) => Self::Neighbourhood(ix, 0),
            other => other,
        }
    }

    /// Whether a plain text of it has a use. 404.html is served instead of a missing page, and nothing instead of a
    /// missing text; a sheet is for paper.
    #[must_use]
    pub fn has_plain_text(self) -> bool {
        !matches!(self, Self::NotFound | Self::Sheet(_))
    }
}

/// What writes an output path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Page(LanguageIx, Page),
    /// The plain text of a page, next to it.
    PlainText(LanguageIx, Page),
    /// The card of a briefing, or of the page that replaces it: a picture for messengers, next to the page.
    Card(LanguageIx, Page),
    /// A path that a page had before: the page that it leads to, in which language.
    Redirect(LanguageIx, Page),
    File(FileIx),
    /// A smaller copy of a picture, of this width.
    PictureCopy(FileIx, u32),
    Robots,
    /// What `bulletin sign` must know of the site.
    CopyRecord,
    /// The public key that copies are signed with.
    PublicKey,
    Feed(LanguageIx, Feed),
    Data(DataFile),
    /// 0 for the only sitemap, or for the index of several.
    Sitemap(u32),
    /// What runs on the search pages. The index has no routes: its names come from its bytes.
    SearchScript,
    /// What the host reads.
    Host(HostFile),
}

/// A feed for readers who come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// The newest briefings, as Atom.
    Briefings,
    BriefingsAsJson,
    Corrections,
    /// A day of changes is an entry.
    Changes,
    Neighbourhood(NeighbourhoodIx),
    Source(SourceIx),
    Event(EventIx),
    /// The topic at a position of site.toml.
    Topic(usize),
}

impl Feed {
    /// The page that it follows.
    #[must_use]
    pub fn page(self) -> Page {
        match self {
            Self::Briefings | Self::BriefingsAsJson | Self::Topic(_) => Page::Home,
            Self::Corrections => Page::Corrections(0),
            Self::Changes => Page::Changes(0),
            Self::Neighbourhood(ix) => Page::Neighbourhood(ix, 0),
            Self::Source(ix) => Page::Source(ix, 0),
            Self::Event(ix) => Page::Event(ix, 0),
        }
    }
}

/// What a copy says about itself. `copies` reads it.
pub const COPY_RECORD: &str = "copy.json";
/// The public key that copies are signed with, under the name that minisign gives it.
pub const PUBLIC_KEY: &str = "minisign.pub";

/// The script of the search pages. All that it loads is in the same folder.
pub const SEARCH_SCRIPT: &str = "search/search.js";
/// All else there are parts of the index, which have no routes.
pub const SEARCH_FOLDER: &str = "search/";

/// The most URLs that one sitemap may hold, by the protocol (sitemaps.org).
pub const URLS_PER_SITEMAP: usize = 50_000;

/// How a list is cut into pages: numbered ones count from the oldest and hold exactly `size`
/// items each; the unnumbered one holds the newest, up to `2 * size - 1`.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub len: usize,
    pub size: usize,
}

impl Paging {
    /// How many numbered pages there are.
    #[must_use]
    pub fn numbered(self) -> PageNumber {
        let pages = if self.len < 2 * self.size { 0 } else { self.len / self.size - 1 };
        u32::try_from(pages).unwrap_or(u32::MAX)
    }

    /// The page that an item is on.
    #[must_use]
    pub fn number_of(self, item: usize) -> PageNumber {
        let newest = self.items(0).len();
        let from_oldest = (self.len.saturating_sub(item + 1)) / self.size + 1;
        if item < newest { 0 } else { u32::try_from(from_oldest).unwrap_or(u32::MAX) }
    }

    /// The items of a page, in a list that begins with the newest; none past the last page.
    #[must_use]
    pub fn items(self, number: PageNumber) -> Range<usize> {
        let number = number as usize;
        let numbered = self.numbered() as usize;
        match number {
            0 => 0..self.len - numbered * self.size,
            n if n <= numbered => self.len - n * self.size..self.len - (n - 1) * self.size,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pages_hold_every_item_once_and_numbered_ones_exactly_the_page_size(len in 0_usize..500, size in 1_usize..60) {
            let paging = Paging { len, size };
            let newest = paging.items(0);
            prop_assert!(newest.len() < 2 * size);
            prop_assert!(len == 0 || !newest.is_empty());
            prop_assert!(newest.clone().all(|item| paging.number_of(item) == 0));
            let mut next = newest.end;
            for number in (1..=paging.numbered()).rev() {
                let items = paging.items(number);
                prop_assert_eq!(items.start, next);
                prop_assert_eq!(items.len(), size);
                prop_assert!(items.clone().all(|item| paging.number_of(item) == number));
                next = items.end;
            }
            prop_assert_eq!(next, len);
        }

        #[test]
        fn a_new_item_leaves_numbered_pages_as_they_are(len in 0_usize..500, size in 1_usize..60) {
            let (before, after) = (Paging { len, size }, Paging { len: len + 1, size });
            for number in 1..=before.numbered() {
                let from_the_oldest = |paging: Paging| paging.len - paging.items(number).start;
                prop_assert_eq!(from_the_oldest(before), from_the_oldest(after));
            }
        }
    }
}
