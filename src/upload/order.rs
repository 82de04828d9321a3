//! The order in which files are sent.
//!
//! Owns which file belongs to which part. The reasons are in the documentation of [`super`].

use super::difference::{Difference, ListedFile};
use crate::publish::HOME;

/// Files that may be sent at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum UploadPart {
    NewFiles,
    NewPages,
    Pages,
    Lists,
    Feeds,
}

impl UploadPart {
    pub(super) const ALL: [Self; 5] = [Self::NewFiles, Self::NewPages, Self::Pages, Self::Lists, Self::Feeds];

    fn of(path: &str, is_new: bool) -> Self {
        match (is_new, path.ends_with(".html")) {
            (true, false) => Self::NewFiles,
            // It leads to all of them.
            (true, true) if path == HOME => Self::Lists,
            (true, true) => Self::NewPages,
            (false, _) if is_feed(path) => Self::Feeds,
            (false, _) if is_list(path) => Self::Lists,
            (false, _) => Self::Pages,
        }
    }
}

/// Feeds, open data and what machines read of a whole site.
fn is_feed(path: &str) -> bool {
    path.ends_with(".atom")
        || path.ends_with("feed.json")
        || path.ends_with(".xml")
        || path.starts_with("data/")
        || path == "robots.txt"
}

/// The home page, lists and their numbered pages, days, and every other page of a whole site, which is not in a folder
/// of its own.
fn is_list(path: &str) -> bool {
    let mut folders: Vec<&str> = path.split('/').collect();
    let name = folders.pop().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem == "index"
        || stem.starts_with("page-")
        || stem.contains("-page-")
        || folders.contains(&"dates")
        || folders.contains(&"pagefind")
        || !folders.iter().any(|folder| ["briefings", "neighbourhoods", "sources", "events"].contains(folder))
}

/// What is sent, in parts: each is done before the next begins.
pub(super) fn parts(difference: &Difference) -> Vec<Vec<&ListedFile>> {
    let part_of = |part: UploadPart| -> Vec<&ListedFile> {
        let new = difference.new.iter().filter(|(path, _)| UploadPart::of(path.as_str(), true) == part);
        let changed =
            difference.changed.iter().filter(|(path, _)| UploadPart::of(path.as_str(), false) == part);
        new.chain(changed).collect()
    };
    UploadPart::ALL.into_iter().map(part_of).filter(|files| !files.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn law_3_each_file_has_its_part() {
        let check = |path: &str, is_new: bool, part: UploadPart| {
            assert_eq!(UploadPart::of(path, is_new), part, "{path}")
        };
        for path in ["briefings/a/photo.jpg", "briefings/a.txt", "sources/a.atom", "data/claims.csv"] {
            check(path, true, UploadPart::NewFiles);
        }
        for path in ["briefings/a.html", "ar/dates/2016-10-02.html", "ar/index.html"] {
            check(path, true, UploadPart::NewPages);
        }
        check("index.html", true, UploadPart::Lists);
        for path in
            ["briefings/a.html", "ar/briefings/a.txt", "neighbourhoods/a.html", "briefings/a/photo.jpg"]
        {
            check(path, false, UploadPart::Pages);
        }
        for path in [
            "index.html",
            "ar/index.html",
            "briefings/page-2.html",
            "sources/a-page-2.html",
            "about.html",
            "dates/2016.html",
            "timeline.html",
            "pagefind/pagefind-entry.json",
        ] {
            check(path, false, UploadPart::Lists);
        }
        for path in ["feed.atom", "ar/feed.json", "neighbourhoods/a.atom", "sitemap.xml", "data/claims.json"]
        {
            check(path, false, UploadPart::Feeds);
        }
    }
}
