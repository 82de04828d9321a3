//! Files in the folder that are no outputs of a build.
//!
//! Owns which they are. Reads the folder and changes nothing in it.

use std::collections::BTreeSet;

use walkdir::WalkDir;

use super::adoption::StayingFiles;
use super::diff::{Staged, below, is_staged};
use super::handles::OutputRoot;
use crate::paths::OutPath;
use crate::paths::kept_names::is_kept;

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
        if is_kept(&path) || is_staged(staged, &path) {
            continue;
        }
        if is_secret(&path, secret) {
            staying.secret += 1;
        } else {
            staying.named.push(path);
        }
    }
    staying.named.sort_unstable();
    staying
}

/// Whether a path is one of those that must not be shown, or belongs to such a page: its plain text, its feed, its
/// numbered pages, files in its folder.
pub(super) fn is_secret(path: &str, secret: &BTreeSet<OutPath>) -> bool {
    secret.iter().map(OutPath::as_str).any(|secret| {
        let stem = secret.rsplit_once('.').map_or(secret, |(stem, _)| stem);
        let rest = path.strip_prefix(stem);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/']) || rest.starts_with("-page-"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_secret_page_is_secret() {
        let secret =
            BTreeSet::from(["sources/x.html", "ar/sources/x.html"].map(|path| OutPath::new(path).unwrap()));
        for path in [
            "sources/x.html",
            "sources/x.txt",
            "sources/x.atom",
            "ar/sources/x-page-2.html",
            "sources/x/p.png",
        ] {
            assert!(is_secret(path, &secret), "{path}");
        }
        for path in ["sources/x-y.html", "sources/xy.html", "fr/sources/x.html", "x.html"] {
            assert!(!is_secret(path, &secret), "{path}");
        }
    }
}
