//! The pages that differ, whatever differs in them: the texts of briefings are no open data.

use serde_json::{Value, json};

use crate::paths::OutPath;

/// Paths, each list sorted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PageDifferences {
    pub new: Vec<OutPath>,
    pub changed: Vec<OutPath>,
    pub removed: Vec<OutPath>,
}

impl PageDifferences {
    /// Of two sorted lists of files with their hashes.
    pub fn of<H: PartialEq>(old: &[(OutPath, H)], new: &[(OutPath, H)]) -> Self {
        let position_in = |files: &'_ [(OutPath, H)], path: &OutPath| {
            files.binary_search_by(|(known, _)| known.cmp(path)).ok()
        };
        let is_page = |(path, _): &&(OutPath, H)| path.is_page();
        let mut found = Self::default();
        for (path, hash) in new.iter().filter(is_page) {
            match position_in(old, path) {
                None => found.new.push(path.clone()),
                Some(before) if old[before].1 != *hash => found.changed.push(path.clone()),
                Some(_) => {}
            }
        }
        let removed = old.iter().filter(is_page).filter(|(path, _)| position_in(new, path).is_none());
        found.removed = removed.map(|(path, _)| path.clone()).collect();
        found
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// "3 new, 12 changed, 1 removed"
    #[must_use]
    pub fn counted(&self) -> String {
        format!("{} new, {} changed, {} removed", self.new.len(), self.changed.len(), self.removed.len())
    }

    #[must_use]
    pub fn as_json(&self) -> Value {
        let paths = |paths: &[OutPath]| paths.iter().map(OutPath::as_str).collect::<Value>();
        json!({ "new": paths(&self.new), "changed": paths(&self.changed), "removed": paths(&self.removed) })
    }
}
