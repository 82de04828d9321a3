//! How much room a site takes: files and bytes, by what writes them.

use std::collections::BTreeMap;

use crate::paths::OutPath;
use crate::paths::kept_names::{BUILT, JOURNAL, SUMS};
use crate::site::{Page, Route, Site};

/// What is switched off together, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SitePart {
    Pages,
    Copied,
    /// What a build always writes.
    Rest,
    Data,
    Search,
    Feeds,
    Cards,
    Texts,
    Sheets,
}

impl SitePart {
    pub const ALL: [Self; 9] = [
        Self::Pages,
        Self::Copied,
        Self::Rest,
        Self::Data,
        Self::Search,
        Self::Feeds,
        Self::Cards,
        Self::Texts,
        Self::Sheets,
    ];

    /// Those that can be switched off, what readers miss least first.
    pub const OPTIONAL: [Self; 6] =
        [Self::Cards, Self::Data, Self::Search, Self::Feeds, Self::Texts, Self::Sheets];

    fn of(route: Route) -> Self {
        match route {
            Route::Page(_, Page::Sheet(_)) => Self::Sheets,
            Route::Page(..) | Route::Redirect(..) => Self::Pages,
            Route::PlainText(..) => Self::Texts,
            Route::Card(..) => Self::Cards,
            Route::File(_) | Route::PictureCopy(..) => Self::Copied,
            Route::Feed(..) => Self::Feeds,
            Route::Data(_) => Self::Data,
            Route::SearchScript => Self::Search,
            Route::Robots | Route::CopyRecord | Route::PublicKey | Route::Sitemap(_) | Route::Host(_) => {
                Self::Rest
            }
        }
    }

    /// The key of `[outputs]` that switches it off.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Data => Some("data"),
            Self::Search => Some("search"),
            Self::Feeds => Some("feeds"),
            Self::Cards => Some("cards"),
            Self::Texts => Some("text"),
            Self::Sheets => Some("sheets"),
            Self::Pages | Self::Copied | Self::Rest => None,
        }
    }
}

/// A number for each part.
pub type ByPart = [u64; SitePart::ALL.len()];

/// The bytes of the outputs of a site.
#[derive(Clone, Debug, Default)]
pub struct Occupancy {
    pub(super) bytes: ByPart,
    /// The largest file of each part, and its path.
    pub(super) largest: [(u64, String); SitePart::ALL.len()],
}

impl Occupancy {
    /// All bytes.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.bytes.iter().sum()
    }

    pub fn add(&mut self, path: &OutPath, route: Route, bytes: u64) {
        self.add_to(SitePart::of(route), path.as_str(), bytes);
    }

    /// A file of the search, which has no route.
    pub fn add_search(&mut self, path: &OutPath, bytes: u64) {
        self.add_to(SitePart::Search, path.as_str(), bytes);
    }

    pub(super) fn add_to(&mut self, part: SitePart, path: &str, bytes: u64) {
        self.bytes[part as usize] += bytes;
        self.compare_with_largest(part, path, bytes);
    }

    fn compare_with_largest(&mut self, part: SitePart, path: &str, bytes: u64) {
        let largest = &mut self.largest[part as usize];
        // Of equal files the first path, in whatever order they come.
        if bytes > largest.0 || bytes == largest.0 && *path < *largest.1 {
            *largest = (bytes, path.to_owned());
        }
    }

    /// The list of files. Each has a line with a hash.
    pub(super) fn add_list<'s>(&mut self, files: impl Iterator<Item = (&'s str, SitePart)>) {
        const HASH_AND_SPACES: u64 = 64 + 2 + 1;
        let bytes = files.map(|(path, _)| path.len() as u64 + HASH_AND_SPACES).sum();
        self.add_to(SitePart::Rest, SUMS, bytes);
    }

    #[must_use]
    pub fn merged(mut self, other: Self) -> Self {
        for part in SitePart::ALL {
            self.bytes[part as usize] += other.bytes[part as usize];
            let (bytes, path) = &other.largest[part as usize];
            self.compare_with_largest(part, path, *bytes);
        }
        self
    }
}

/// Those of a build that are no part of its site.
const OWN_FILES: [&str; 3] = [SUMS, JOURNAL, BUILT];

/// Every file of the output with its part, those of the search among them, which have no routes.
pub fn all_files<'s>(site: &'s Site, search: &'s [OutPath]) -> impl Iterator<Item = (&'s str, SitePart)> {
    let routes = site.routes.all().iter().map(|(path, route)| (path.as_str(), SitePart::of(*route)));
    let search = search.iter().map(|path| (path.as_str(), SitePart::Search));
    routes.chain(search).chain(OWN_FILES.map(|path| (path, SitePart::Rest)))
}

/// What is in each folder of the output, by part. `weight` is what an entry of a name counts. The output itself is `""`.
pub fn by_folder<'s>(
    files: impl Iterator<Item = (&'s str, SitePart)>,
    weight: fn(&str) -> u64,
) -> BTreeMap<&'s str, ByPart> {
    let mut folders = BTreeMap::new();
    for (path, part) in files {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        add_folder(&mut folders, folder, weight);
        folders.entry(folder).or_default()[part as usize] += weight(name);
    }
    folders
}

/// A folder is an entry of the one around it.
fn add_folder<'s>(folders: &mut BTreeMap<&'s str, ByPart>, folder: &'s str, weight: fn(&str) -> u64) {
    if folders.contains_key(folder) {
        return;
    }
    folders.insert(folder, ByPart::default());
    if folder.is_empty() {
        return;
    }
    let (around, name) = folder.rsplit_once('/').unwrap_or(("", folder));
    add_folder(folders, around, weight);
    folders.entry(around).or_default()[SitePart::Rest as usize] += weight(name);
}
