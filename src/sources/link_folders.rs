//! The folders that symbolic links lead through.
//!
//! Owns in which folders a change may alter what a link shows. Reads links, and no file.

use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// As many links in a row as Linux follows.
const MOST_LINKS: usize = 40;

/// The real folders below a root in which a change may alter what is at a path: those that hold a link on the way, and
/// that of the target; the target too if it is a folder. `root` is a path without links, `path` is relative to it.
pub fn folders_behind(root: &Path, path: &Path) -> BTreeSet<PathBuf> {
    let mut folders = BTreeSet::new();
    let mut at = root.to_owned();
    let mut rest = parts(path);
    let mut links = 0;
    while let Some(part) = rest.pop_front() {
        let next = at.join(&part);
        if part == ".." {
            at.pop();
            continue;
        }
        let Ok(target) = fs::read_link(&next) else {
            at = next;
            continue;
        };
        links += 1;
        if links > MOST_LINKS {
            break;
        }
        folders.insert(at.clone());
        for part in parts(&target).into_iter().rev() {
            rest.push_front(part);
        }
    }
    // A target that is missing may come back with the folder that it was in.
    folders.extend(at.ancestors().skip(1).find(|folder| folder.is_dir()).map(Path::to_owned));
    if at.is_dir() {
        folders.insert(at);
    }
    folders.retain(|folder| folder.starts_with(root));
    folders
}

/// Joined one by one; that of an absolute path is its root.
fn parts(path: &Path) -> VecDeque<OsString> {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    parts.map(|part| part.as_os_str().to_owned()).collect()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn each_folder_on_the_way_counts_and_none_outside_of_the_root() {
        let folder = tempfile::tempdir().unwrap();
        let root = &folder.path().canonicalize().unwrap();
        for name in ["content", "shared/versions/one", "outside"] {
            fs::create_dir_all(root.join(name)).unwrap();
        }
        symlink("versions/one", root.join("shared/current")).unwrap();
        symlink("../shared/current/a.md", root.join("content/a.md")).unwrap();
        symlink(root.join("shared/versions"), root.join("content/all")).unwrap();
        symlink("../gone/b.md", root.join("content/b.md")).unwrap();
        symlink("loop", root.join("content/loop")).unwrap();
        symlink(folder.path().join("x"), root.join("shared/out")).unwrap();
        let check = |path: &str, expected: &[&str]| {
            let expected: BTreeSet<PathBuf> = expected.iter().map(|name| root.join(name)).collect();
            assert_eq!(folders_behind(root, Path::new(path)), expected, "{path}");
        };
        check("content/a.md", &["content", "shared", "shared/versions/one"]);
        check("content/all", &["content", "shared", "shared/versions"]);
        check("content/b.md", &["", "content"]);
        check("content/loop", &["", "content"]);
        assert_eq!(
            folders_behind(&root.join("shared"), Path::new("out")),
            BTreeSet::from([root.join("shared")]),
            "what is above the root does not count"
        );
    }
}
