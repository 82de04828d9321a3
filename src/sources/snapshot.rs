//! The state of a site's folders at one moment, without the bytes, to find what has changed since.
//!
//! Owns which folders and files belong to a site, and which metadata hints at other bytes. Reads no content.
//!
//! Invariants: every difference between two scans is found, unless a file was written twice in place within
//! one tick of the file system's clock, to the same length. A link that a build refuses is listed, and
//! nothing behind it is read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::classify::is_left_over;
use super::files::CITY_MAP;
use super::link_folders::folders_behind;
use super::stamp::FileStamp;
use super::store::{is_skipped as is_error_skipped, leaves, with_slashes};

/// The folders of a site that a build reads.
pub const FOLDERS: [&str; 6] = ["content", "static", "templates", "i18n", "themes", "private"];

/// The files at its root that a build reads.
const FILES: [&str; 3] = ["site.toml", "redact.txt", CITY_MAP];

/// Those of them that may be links to places outside of the site.
const MAY_LEAVE: [&str; 2] = ["site.toml", "redact.txt"];

/// The files of a site at the last scan. Paths are relative to its root, with `/`.
#[derive(Debug)]
pub struct Snapshot {
    root: PathBuf,
    files: BTreeMap<Arc<str>, FileStamp>,
    linked_folders: BTreeSet<PathBuf>,
}

/// What a scan found.
#[derive(Default)]
struct Scan {
    files: BTreeMap<Arc<str>, FileStamp>,
    /// Symbolic links, followed or not.
    links: Vec<PathBuf>,
}

/// The paths that differ between two scans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub changed: BTreeSet<Arc<str>>,
    pub added: BTreeSet<Arc<str>>,
    pub removed: BTreeSet<Arc<str>>,
}

impl Changes {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty()
    }

    /// All of the paths.
    #[must_use]
    pub fn all(&self) -> BTreeSet<Arc<str>> {
        [&self.changed, &self.added, &self.removed].into_iter().flatten().cloned().collect()
    }

    /// Adds the changes of a second scan, which began from the end of this one.
    pub fn add(&mut self, later: Self) {
        for path in later.added {
            let list = if self.removed.remove(&path) { &mut self.changed } else { &mut self.added };
            list.insert(path);
        }
        for path in later.removed {
            self.changed.remove(&path);
            // A file that was added and removed again may have been read in between.
            if !self.added.remove(&path) {
                self.removed.insert(path);
            }
        }
        let known = later.changed.into_iter().filter(|path| !self.added.contains(path));
        self.changed.extend(known.collect::<Vec<_>>());
    }
}

impl Snapshot {
    /// Scans the whole site for the first time.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        let mut snapshot =
            Self { root: root.to_owned(), files: BTreeMap::new(), linked_folders: BTreeSet::new() };
        snapshot.files = snapshot.scan();
        snapshot
    }

    /// Scans everything again.
    pub fn rescan(&mut self) -> Changes {
        let found = self.scan();
        let changes = differences(&self.files, &found);
        self.files = found;
        changes
    }

    /// The real folders outside of [`FOLDERS`] in which a change may alter what the links of the site show, at the last
    /// scan of everything.
    #[must_use]
    pub fn linked_folders(&self) -> &BTreeSet<PathBuf> {
        &self.linked_folders
    }

    /// Everything that was there at the last scan.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<Arc<str>> {
        self.files.keys().cloned().collect()
    }

    /// Everything that was there at the last scan, with its metadata, by path.
    pub(super) fn stamps(&self) -> &BTreeMap<Arc<str>, FileStamp> {
        &self.files
    }

    /// Scans everything after it was read without a watch. What is below a folder with another stamp counts
    /// as changed: the folder may have been moved away and back, and read meanwhile.
    pub fn rescan_after_reading(&mut self) -> Changes {
        let found = self.scan();
        let before = mem::replace(&mut self.files, found);
        let mut changes = differences(&before, &self.files);
        for (folder, stamp) in &self.files {
            if stamp.length.is_some() || before.get(folder).is_none_or(|known| known == stamp) {
                continue;
            }
            // A file that was added and removed is not below it now: the folder is listed again.
            changes.changed.insert(Arc::clone(folder));
            let known = self
                .below(folder)
                .filter(|(path, stamp)| stamp.length.is_some() && before.contains_key(*path));
            changes.changed.extend(known.map(|(path, _)| Arc::clone(path)));
        }
        changes
    }

    /// Scans a path and what is below it. The path counts as changed even if its stamp is the same: two
    /// writes may fall into one tick of the clock, and a folder that was moved away and back may have been
    /// read while it was gone.
    pub fn rescan_path(&mut self, path: &str) -> Changes {
        if !belongs(path) {
            return Changes::default();
        }
        let mut scan = Scan::default();
        self.collect(path, &mut scan);
        let found = scan.files;
        let known: BTreeMap<Arc<str>, FileStamp> = self
            .files
            .get_key_value(path)
            .into_iter()
            .chain(self.below(path))
            .map(|(path, stamp)| (Arc::clone(path), *stamp))
            .collect();
        let mut changes = differences(&known, &found);
        if let Some((path, _)) = known.get_key_value(path).filter(|(path, _)| found.contains_key(*path)) {
            changes.changed.insert(Arc::clone(path));
        }
        for path in known.keys() {
            self.files.remove(path);
        }
        self.files.extend(found);
        changes
    }

    /// What is below a folder.
    fn below(&self, folder: &str) -> impl Iterator<Item = (&Arc<str>, &FileStamp)> {
        let below = format!("{folder}/");
        let from = self.files.range(Arc::from(below.as_str())..);
        from.take_while(move |(path, _)| path.starts_with(&below))
    }

    fn scan(&mut self) -> BTreeMap<Arc<str>, FileStamp> {
        let mut scan = Scan::default();
        for path in FILES.into_iter().chain(FOLDERS) {
            self.collect(path, &mut scan);
        }
        self.linked_folders = self.folders_behind(&scan.links);
        scan.files
    }

    fn folders_behind(&self, links: &[PathBuf]) -> BTreeSet<PathBuf> {
        let Ok(root) = self.root.canonicalize() else { return BTreeSet::new() };
        let inside = links.iter().filter_map(|link| link.strip_prefix(&self.root).ok());
        let mut folders: BTreeSet<PathBuf> = inside.flat_map(|link| folders_behind(&root, link)).collect();
        folders.retain(|folder| !FOLDERS.iter().any(|name| folder.starts_with(root.join(name))));
        folders
    }

    fn collect(&self, path: &str, scan: &mut Scan) {
        let Scan { files: found, links } = scan;
        let skips = |name: &str| is_skipped(path, name);
        let stamped = |path: &Path, metadata: std::io::Result<Metadata>| {
            Some((Arc::from(relative(&self.root, path)), FileStamp::new(&metadata.ok()?)))
        };
        let mut listed = Vec::new();
        let mut entries = WalkDir::new(self.root.join(path))
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(skips));
        while let Some(entry) = entries.next() {
            let is_link = entry.as_ref().map_or(true, DirEntry::path_is_symlink);
            let place = entry.as_ref().map_or_else(walkdir::Error::path, |entry| Some(entry.path()));
            links.extend(place.filter(|_| is_link).map(Path::to_owned));
            match entry {
                // A build refuses the link, and reads nothing behind it.
                Ok(entry) if self.leaves_site(path, &entry) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                    if entry.path_is_symlink() {
                        found.extend(stamped(entry.path(), entry.path().symlink_metadata()));
                    }
                }
                Ok(entry) => listed.push(entry),
                // A broken link, or a loop: a build reports it.
                Err(error) if !is_error_skipped(&error, &skips) => {
                    found.extend(error.path().and_then(|path| stamped(path, path.symlink_metadata())));
                }
                Err(_) => {}
            }
        }
        let stamped = |entry: &DirEntry| stamped(entry.path(), entry.metadata().map_err(Into::into));
        found.par_extend(listed.par_iter().filter_map(stamped));
    }

    /// Whether an entry is outside of the site, by a link in its path or in that of `start`. site.toml and
    /// redact.txt may be such links.
    fn leaves_site(&self, start: &str, entry: &DirEntry) -> bool {
        let may_be = entry.path_is_symlink() || (entry.depth() == 0 && start.contains('/'));
        may_be && !MAY_LEAVE.contains(&start) && leaves(&self.root, entry.path())
    }
}

/// Whether no build reads a file of this name, in the folder of a path.
fn is_skipped(path: &str, name: &str) -> bool {
    is_left_over(name) || (path.starts_with("themes/") && name == "node_modules")
}

/// Whether a build may read the path, or what is below it.
fn belongs(path: &str) -> bool {
    let mut names = path.split('/');
    let top = names.next().unwrap_or_default();
    FILES.contains(&path) || (FOLDERS.contains(&top) && !names.any(|name| is_skipped(path, name)))
}

/// With `/`. A name that is not Unicode is an error anyway, and is shown as far as it can be.
fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    with_slashes(path.to_string_lossy())
}

fn differences(before: &BTreeMap<Arc<str>, FileStamp>, after: &BTreeMap<Arc<str>, FileStamp>) -> Changes {
    let mut changes = Changes::default();
    for (path, stamp) in after {
        match before.get(path) {
            None => changes.added.insert(Arc::clone(path)),
            Some(known) if stamp.hints_at_change_from(known) => changes.changed.insert(Arc::clone(path)),
            Some(_) => false,
        };
    }
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    changes.removed.extend(gone.cloned());
    changes
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The changes of a site that was changed while it was read.
    fn changes_while_reading(change: impl FnOnce(&Path)) -> Changes {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("content/briefings")).unwrap();
        fs::create_dir_all(root.path().join("content/sources")).unwrap();
        for path in ["content/briefings/a.md", "content/sources/s.md"] {
            fs::write(root.path().join(path), path).unwrap();
        }
        let mut snapshot = Snapshot::new(root.path());
        change(root.path());
        snapshot.rescan_after_reading()
    }

    fn paths<const N: usize>(paths: [&str; N]) -> BTreeSet<Arc<str>> {
        paths.into_iter().map(Arc::from).collect()
    }

    #[test]
    fn without_a_change_while_a_site_is_read_there_is_none() {
        assert_eq!(changes_while_reading(|_| {}), Changes::default());
    }

    #[test]
    fn a_folder_that_was_away_while_a_site_was_read_counts_as_changed() {
        let changes = changes_while_reading(|root| {
            let here = root.join("content/briefings");
            let away = root.join("away");
            fs::rename(&here, &away).unwrap();
            fs::rename(&away, &here).unwrap();
        });
        assert!(changes.changed.is_superset(&paths(["content/briefings/a.md"])), "{changes:?}");
        assert!(changes.added.is_empty() && changes.removed.is_empty(), "{changes:?}");
    }

    #[test]
    fn files_that_change_while_a_site_is_read_are_found() {
        let changes = changes_while_reading(|root| {
            fs::write(root.join("content/briefings/b.md"), "b").unwrap();
            fs::remove_file(root.join("content/sources/s.md")).unwrap();
        });
        assert_eq!(changes.added, paths(["content/briefings/b.md"]));
        assert_eq!(changes.removed, paths(["content/sources/s.md"]));
        let changes =
            changes_while_reading(|root| fs::write(root.join("content/sources/s.md"), "other").unwrap());
        assert_eq!(changes.changed, paths(["content/sources/s.md"]));
    }
}
