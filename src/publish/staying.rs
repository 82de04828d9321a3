//! Files in the folder that are no outputs of a build.
//!
//! Owns which they are. Reads the folder and changes nothing in it.

use std::collections::BTreeSet;

use walkdir::WalkDir;

use super::adoption::StayingFiles;
use super::diff::{Staged, below, is_staged};
use super::handles::OutputRoot;
use super::ownership::is_reserved;
use crate::paths::OutPath;

/// What the folder holds besides the outputs of this build. What cannot be read is not ours and stays, too.
pub(super) fn staying_files(
    root: &OutputRoot,
    staged: &[Staged],
    secret: &BTreeSet<OutPath>,
) -> StayingFiles {
    let mut staying = StayingFiles::default();
    let entries = WalkDir::new(root.path()).min_depth(1).sort_by_file_name().into_iter();
    for entry in entries.filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir()) {
        let path = below(root.path(), entry.path());
        if is_reserved(&path) || is_staged(staged, &path) {
            continue;
        }
        if secret.iter().any(|secret| secret.as_str() == path) {
            staying.secret += 1;
        } else {
            staying.named.push(path);
        }
    }
    staying.named.sort_unstable();
    staying
}
