//! The order in which a publish changes the folder.
//!
//! Owns the order, and nothing else: a plan is a plain list, so that tests can stop after any
//! step. The reasons for the order are in the documentation of [`super`].

use super::diff::{Arrival, Diff};
use super::journal::block;
use crate::paths::OutPath;

/// One change that is seen whole or not at all.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Appends this block to the journal.
    Announce(String),
    /// Moves a new file or folder to where nothing is.
    Arrive(String),
    /// Moves the new bytes of a file over its old ones.
    Replace(OutPath),
    /// Moves the new SHA256SUMS over the old one.
    List,
    Remove(OutPath),
    /// Removes a folder that must be empty by now.
    RemoveFolder(String),
    /// Removes a folder if it is empty.
    TidyFolder(String),
    EmptyJournal,
}

/// Whether there is a new SHA256SUMS, and what the journal is like.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordFiles {
    pub(super) list_differs: bool,
    pub(super) journal_is_fresh: bool,
    pub(super) journal_is_empty: bool,
}

pub(super) fn plan(diff: Diff, records: RecordFiles) -> Vec<Step> {
    let announced = block(diff.journal.iter().map(|(path, hash)| (path.as_str(), hash)));
    let changes = changes(diff, records.list_differs);
    let mut steps = Vec::with_capacity(changes.len() + 2);
    if !changes.is_empty() || records.journal_is_fresh {
        steps.push(Step::Announce(announced));
        steps.extend(changes);
    }
    if !steps.is_empty() || !records.journal_is_empty {
        steps.push(Step::EmptyJournal);
    }
    steps
}

fn changes(mut diff: Diff, list_differs: bool) -> Vec<Step> {
    diff.arrivals.sort_by(|a, b| arrival_order(a).cmp(&arrival_order(b)));
    let arrivals = diff.arrivals;
    let mut leaving = diff.leaving;
    for path in arrivals.iter().flat_map(|arrival| &arrival.files_in_the_way) {
        if let Ok(index) = leaving.binary_search(path) {
            leaving.remove(index);
        }
    }
    let mut steps: Vec<_> = arrivals.into_iter().flat_map(arrive).collect();
    steps.extend(diff.changed.into_iter().map(Step::Replace));
    steps.extend(list_differs.then_some(Step::List));
    steps.extend(leaving.into_iter().map(Step::Remove));
    steps.extend(diff.left_folders.into_iter().map(Step::TidyFolder));
    steps
}

/// Folders and what pages load, then pages; last what something of ours must make way for.
fn arrival_order(arrival: &Arrival) -> (bool, bool, &str) {
    let path = arrival.path.as_str();
    let is_page = !arrival.is_folder && path.ends_with(".html");
    (!arrival.files_in_the_way.is_empty() || !arrival.folders_in_the_way.is_empty(), is_page, path)
}

fn arrive(arrival: Arrival) -> Vec<Step> {
    let mut steps: Vec<_> = arrival.files_in_the_way.into_iter().map(Step::Remove).collect();
    steps.extend(arrival.folders_in_the_way.into_iter().map(Step::RemoveFolder));
    steps.push(Step::Arrive(arrival.path));
    steps
}
