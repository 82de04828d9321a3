//! The order in which a publish changes the folder.
//!
//! Owns the order, and nothing else: a plan is a plain list, so that tests can stop after any
//! step. The reasons for the order are in the documentation of [`super`].

use std::collections::BTreeSet;

use super::diff::{Arrival, Diff};
use super::finished::HOME;
use super::handles::parent;
use super::journal::block;
use crate::paths::OutPath;

/// One change that is seen whole or not at all.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Appends this block to the journal.
    Announce(String),
    /// Moves a new file, or a new folder with so many files, to where nothing is.
    Arrive {
        path: String,
        files: usize,
    },
    /// Moves the new bytes of a file over its old ones.
    Replace(OutPath),
    /// Moves the new SHA256SUMS over the old one.
    List,
    Remove(OutPath),
    /// Removes a folder that must be empty by now.
    RemoveFolder(String),
    /// Removes a folder if it is empty.
    TidyFolder(String),
    /// Waits until the names in these folders are on the disk.
    Sync(BTreeSet<String>),
    EmptyJournal,
}

impl Step {
    /// How many files of the site it moves or removes.
    pub(super) fn files(&self) -> usize {
        match self {
            Self::Arrive { files, .. } => *files,
            Self::Replace(_) | Self::Remove(_) => 1,
            _ => 0,
        }
    }

    /// The folder in which a name changes.
    pub(super) fn folder(&self) -> Option<&str> {
        match self {
            Self::Arrive { path, .. } | Self::RemoveFolder(path) | Self::TidyFolder(path) => {
                Some(parent(path))
            }
            Self::Replace(path) | Self::Remove(path) => Some(parent(path.as_str())),
            Self::List => Some(""),
            Self::Announce(_) | Self::Sync(_) | Self::EmptyJournal => None,
        }
    }
}

/// What a plan depends on besides the files.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlanOptions {
    /// There is a new SHA256SUMS.
    pub(super) list_differs: bool,
    pub(super) journal_is_fresh: bool,
    pub(super) journal_is_empty: bool,
    /// Each part of the publish is on the disk before the next begins.
    pub(super) durable: bool,
}

pub(super) fn plan(diff: Diff, options: PlanOptions) -> Vec<Step> {
    let announced = block(diff.journal.iter().map(|(path, hash)| (path.as_str(), hash)));
    let left = left_folders(&diff);
    let changes = changes(diff, options);
    let mut steps = Vec::with_capacity(changes.len() + 4);
    if !changes.is_empty() || options.journal_is_fresh {
        steps.push(Step::Announce(announced));
        // The journal may have a new name.
        let has_new_name = options.durable || options.journal_is_fresh;
        steps.extend(has_new_name.then(|| Step::Sync(BTreeSet::from([String::new()]))));
        steps.extend(changes);
    }
    if !steps.is_empty() || !options.journal_is_empty {
        // Else a power cut could bring back an old list, or a file that left, after the journal forgot both.
        steps.push(Step::Sync(left));
        steps.push(Step::EmptyJournal);
    }
    steps
}

/// The output folder, and each folder from which a file leaves or had left when an earlier build was killed.
fn left_folders(diff: &Diff) -> BTreeSet<String> {
    let made_way = diff.arrivals.iter().flat_map(|arrival| &arrival.files_in_the_way);
    let files = diff.leaving.iter().chain(made_way).map(|path| parent(path.as_str()).to_owned());
    diff.left_folders.iter().cloned().chain(files).chain([String::new()]).collect()
}

fn changes(mut diff: Diff, options: PlanOptions) -> Vec<Step> {
    diff.arrivals.sort_by(|a, b| arrival_order(a).cmp(&arrival_order(b)));
    let arrivals = diff.arrivals;
    let mut leaving = diff.leaving;
    for path in arrivals.iter().flat_map(|arrival| &arrival.files_in_the_way) {
        if let Ok(index) = leaving.binary_search(path) {
            leaving.remove(index);
        }
    }
    leaving.sort_by(|a, b| leaving_order(a).cmp(&leaving_order(b)));
    let left_folders = diff.left_folders.into_iter().map(Step::TidyFolder);
    let parts: [Vec<Step>; 3] = [
        arrivals.into_iter().flat_map(arrive).collect(),
        diff.changed.into_iter().map(Step::Replace).collect(),
        options.list_differs.then_some(Step::List).into_iter().collect(),
    ];
    let parts = parts.into_iter().flat_map(|part| if options.durable { synced(part) } else { part });
    parts.chain(leaving.into_iter().map(Step::Remove)).chain(left_folders).collect()
}

/// Steps that are on the disk at the end.
fn synced(mut steps: Vec<Step>) -> Vec<Step> {
    let folders: BTreeSet<String> = steps.iter().filter_map(Step::folder).map(str::to_owned).collect();
    if !folders.is_empty() {
        steps.push(Step::Sync(folders));
    }
    steps
}

/// Folders and what pages load, then pages, then what something of ours must make way for; last the page that readers
/// come in by, as it leads to all of them.
fn arrival_order(arrival: &Arrival) -> (bool, bool, bool, &str) {
    let path = arrival.path.as_str();
    let is_page = !arrival.is_folder && path.ends_with(".html");
    let makes_way = !arrival.files_in_the_way.is_empty() || !arrival.folders_in_the_way.is_empty();
    (path == HOME, makes_way, is_page, path)
}

/// Pages, then their plain texts, then what pages load: a page leaves before what it links to.
#[must_use]
pub fn leaving_order(path: &OutPath) -> (u8, &OutPath) {
    let part = match path.as_str().rsplit_once('.') {
        Some((_, "html")) => 0,
        Some((_, "txt")) => 1,
        _ => 2,
    };
    (part, path)
}

fn arrive(arrival: Arrival) -> Vec<Step> {
    let mut steps: Vec<_> = arrival.files_in_the_way.into_iter().map(Step::Remove).collect();
    steps.extend(arrival.folders_in_the_way.into_iter().map(Step::RemoveFolder));
    steps.push(Step::Arrive { path: arrival.path, files: arrival.files });
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str) -> OutPath {
        OutPath::new(path).unwrap()
    }

    fn paths(text: &str) -> Vec<OutPath> {
        text.split_whitespace().map(path).collect()
    }

    fn steps(durable: bool) -> String {
        let arrival = |path: &str, files| Arrival {
            path: path.to_owned(),
            is_folder: files > 1,
            files,
            files_in_the_way: Vec::new(),
            folders_in_the_way: Vec::new(),
        };
        let diff = Diff {
            arrivals: vec![arrival("index.html", 1), arrival("z.html", 1), arrival("new", 3)],
            changed: paths("b.html"),
            leaving: paths("old/a.css old/a.html old/a.txt old/b.html x.html"),
            left_folders: vec!["old".to_owned()],
            journal: Vec::new(),
            warnings: Vec::new(),
        };
        let options =
            PlanOptions { list_differs: true, journal_is_fresh: true, journal_is_empty: true, durable };
        let words = plan(diff, options).into_iter().map(|step| match step {
            Step::Announce(_) => "announce".to_owned(),
            Step::Arrive { path, files } => format!("arrive {path} ({files})"),
            Step::Replace(path) => format!("replace {path}"),
            Step::List => "list".to_owned(),
            Step::Remove(path) => format!("remove {path}"),
            Step::RemoveFolder(path) | Step::TidyFolder(path) => format!("remove {path}/"),
            Step::Sync(folders) => format!("sync {folders:?}"),
            Step::EmptyJournal => "empty".to_owned(),
        });
        words.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn law_3_pages_leave_before_what_they_link_to_and_the_home_page_arrives_last() {
        insta::assert_snapshot!(steps(false), @r#"
        announce
        sync {""}
        arrive new (3)
        arrive z.html (1)
        arrive index.html (1)
        replace b.html
        list
        remove old/a.html
        remove old/b.html
        remove x.html
        remove old/a.txt
        remove old/a.css
        remove old/
        sync {"", "old"}
        empty
        "#);
    }

    #[test]
    fn with_durable_each_part_is_on_the_disk_before_the_next_begins() {
        insta::assert_snapshot!(steps(true), @r#"
        announce
        sync {""}
        arrive new (3)
        arrive z.html (1)
        arrive index.html (1)
        sync {""}
        replace b.html
        sync {""}
        list
        sync {""}
        remove old/a.html
        remove old/b.html
        remove x.html
        remove old/a.txt
        remove old/a.css
        remove old/
        sync {"", "old"}
        empty
        "#);
    }
}
