//! The smaller copies of pictures that earlier builds made, in a folder of the site.
//!
//! Owns the folder. Neither reads nor makes a picture: who asks brings what makes the copies. An entry is found by a hash of
//! all that its bytes depend on, so that none has to be called stale. A cache that cannot be written costs only time.
//!
//! ```text
//! .bulletin-cache/pictures/HASH    HASH is of the recipe, the width and the bytes of the picture
//! <hash of HASH and of the rest, 32 bytes> <1, and the copy; or 0: it would be no smaller than the picture>
//! ```
//!
//! Invariants: an entry that was damaged is as good as none. Nothing is removed that has not the name of an entry, and no
//! link is followed.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::images::RECIPE;
use crate::paths::kept_names::CACHE;
use crate::sources::read_at_most;

const FOLDER: &str = "pictures";
const TEMPORARY: &str = ".bulletin-tmp-";
const HASH_BYTES: usize = 32;

/// Of an entry: a copy of 10,000 × 10,000 pixels has fewer.
const MOST_BYTES: u64 = 128 << 20;

/// Pictures that need more are made smaller one after the other, on however many cores.
const MUCH_MEMORY: u64 = 100_000_000;

/// A copy of a picture; `None` if it would have no fewer bytes than the picture.
pub type CachedCopy = Option<Vec<u8>>;

/// The copies of one site.
pub struct PictureCache {
    /// The folder of the site; `None` for a site in memory.
    root: Option<PathBuf>,
    /// The names of the entries that were asked for since the last removal.
    used: Mutex<BTreeSet<String>>,
    /// Held while a large picture is made smaller.
    large: Mutex<()>,
    /// How many pictures had to be made smaller.
    made: AtomicU64,
}

impl PictureCache {
    /// Of the site in the folder `root`. Nothing is written before there is a copy.
    #[must_use]
    pub fn new(root: Option<PathBuf>) -> Self {
        Self { root, used: Mutex::default(), large: Mutex::default(), made: AtomicU64::new(0) }
    }

    /// How many pictures had to be made smaller so far.
    #[must_use]
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::Relaxed)
    }

    /// The copies of a picture with these widths, in their order. Calls `make` with the widths that are not in the cache,
    /// if any, for a copy each. It takes so many bytes of `memory`.
    ///
    /// # Errors
    /// That of `make`.
    pub fn copies<E>(
        &self,
        picture: &[u8],
        widths: &[u32],
        memory: u64,
        make: impl FnOnce(&[u32]) -> Result<Vec<CachedCopy>, E>,
    ) -> Result<Vec<CachedCopy>, E> {
        let names: Vec<String> = widths.iter().map(|width| name(picture, *width)).collect();
        self.used.lock().unwrap_or_else(PoisonError::into_inner).extend(names.iter().cloned());
        let found: Vec<Option<CachedCopy>> = names.iter().map(|name| self.read(name)).collect();
        let is_missing = |index: &usize| found[*index].is_none();
        let missing: Vec<usize> = (0..widths.len()).filter(is_missing).collect();
        let mut made = Vec::new();
        if !missing.is_empty() {
            self.made.fetch_add(1, Ordering::Relaxed);
            let _alone =
                (memory > MUCH_MEMORY).then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
            made = make(&missing.iter().map(|index| widths[*index]).collect::<Vec<_>>())?;
            for (index, copy) in missing.iter().zip(&made) {
                // The next build makes it again.
                let _ = self.write(&names[*index], copy);
            }
        }
        let mut made = made.into_iter();
        Ok(found.into_iter().filter_map(|copy| copy.or_else(|| made.next())).collect())
    }

    /// Removes the entries that were not asked for since the last removal.
    pub fn remove_unused(&self) {
        let used = std::mem::take(&mut *self.used.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(folder) = self.folder() else { return };
        let Ok(entries) = fs::read_dir(&folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_left_over = name.starts_with(TEMPORARY);
            if is_left_over || is_entry(&name) && !used.contains(&name) {
                // What stays costs only room.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn read(&self, name: &str) -> Option<CachedCopy> {
        let file = fs::File::open(self.folder()?.join(name)).ok()?;
        let bytes = read_at_most(&file, MOST_BYTES).ok()?;
        let (hash, rest) = bytes.split_at_checked(HASH_BYTES)?;
        if hash != hash_of(name, rest).as_slice() {
            return None;
        }
        match rest.split_first()? {
            (0, []) => Some(None),
            (1, copy) => Some(Some(copy.to_vec())),
            _ => None,
        }
    }

    fn write(&self, name: &str, copy: &CachedCopy) -> io::Result<()> {
        let Some(root) = &self.root else { return Ok(()) };
        let folder = made_folder(root)?;
        let rest = match copy {
            None => vec![0],
            Some(copy) => [&[1], copy.as_slice()].concat(),
        };
        let bytes = [&hash_of(name, &rest)[..], &rest].concat();
        write_whole(&folder, &folder.join(name), &bytes)
    }

    /// The folder of the entries, if there is one and no link is in its place.
    fn folder(&self) -> Option<PathBuf> {
        let top = self.root.as_ref()?.join(CACHE);
        let folder = top.join(FOLDER);
        (is_real_folder(&top) && is_real_folder(&folder)).then_some(folder)
    }
}

/// Of an entry. What has a fixed length comes first, so that no two inputs are written alike.
fn name(picture: &[u8], width: u32) -> String {
    let mut hash = Sha256::new_with_prefix("bulletin picture");
    hash.update(RECIPE.to_le_bytes());
    hash.update(width.to_le_bytes());
    hash.update(picture);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_entry(name: &str) -> bool {
    name.len() == 2 * HASH_BYTES && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn hash_of(name: &str, rest: &[u8]) -> [u8; HASH_BYTES] {
    let mut hash = Sha256::new_with_prefix(name);
    hash.update(rest);
    hash.finalize().into()
}

fn is_real_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_dir())
}

/// Makes the folders that are missing. Git does not see them.
fn made_folder(root: &Path) -> io::Result<PathBuf> {
    let top = root.join(CACHE);
    let folder = top.join(FOLDER);
    for wanted in [&top, &folder] {
        match fs::create_dir(wanted) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ if !is_real_folder(wanted) => return Err(io::ErrorKind::NotADirectory.into()),
            _ => {}
        }
    }
    // One that a power cut emptied hides nothing.
    let ignore = top.join(".gitignore");
    if ignore.symlink_metadata().map_or(true, |found| found.is_file() && found.len() == 0) {
        write_whole(&folder, &ignore, b"*\n")?;
    }
    Ok(folder)
}

/// Writes a file in the folder of the entries, and moves it to its place: two threads may make the same copy, of the same
/// picture at two places, and a third may read it.
fn write_whole(folder: &Path, file: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let temporary = folder.join(format!("{TEMPORARY}{name}-{}-{}", process::id(), thread_number()));
    let mut written = fs::File::create_new(&temporary)?;
    let written = written.write_all(bytes).and_then(|()| fs::rename(&temporary, file));
    if written.is_err() {
        let _ = fs::remove_file(temporary);
    }
    written
}

/// So that two threads of this process write two files.
fn thread_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn cache(root: &Path) -> PictureCache {
        PictureCache::new(Some(root.to_owned()))
    }

    /// The copies of a picture, and the widths that had to be made.
    fn copies(cache: &PictureCache, picture: &[u8], widths: &[u32]) -> (Vec<CachedCopy>, Vec<u32>) {
        let mut made = Vec::new();
        let make = |missing: &[u32]| {
            made = missing.to_vec();
            let copy = |width: &u32| (*width != 9).then(|| [picture, &width.to_le_bytes()].concat());
            Ok::<_, Infallible>(missing.iter().map(copy).collect())
        };
        let found = cache.copies(picture, widths, 0, make).unwrap();
        (found, made)
    }

    fn entries(root: &Path) -> Vec<PathBuf> {
        let folder = fs::read_dir(root.join(CACHE).join(FOLDER)).unwrap();
        let mut entries: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        entries
    }

    #[test]
    fn a_copy_is_made_once_for_its_picture_and_its_width() {
        let root = tempfile::tempdir().unwrap();
        let first = copies(&cache(root.path()), b"a", &[3, 9]);
        assert_eq!(first.1, [3, 9]);
        let again = copies(&cache(root.path()), b"a", &[3, 9]);
        assert_eq!(again, (first.0.clone(), vec![]));
        let wider = copies(&cache(root.path()), b"a", &[3, 5, 9]);
        assert_eq!((&wider.0[0], &wider.0[2], wider.1), (&first.0[0], &first.0[1], vec![5]));
        assert_eq!(copies(&cache(root.path()), b"b", &[3]).1, [3]);
        assert_eq!(fs::read_to_string(root.path().join(CACHE).join(".gitignore")).unwrap(), "*\n");
    }

    #[test]
    fn an_entry_that_was_changed_or_swapped_is_made_again() {
        let root = tempfile::tempdir().unwrap();
        let (good, _) = copies(&cache(root.path()), b"a", &[3, 9]);
        for at in [0, HASH_BYTES, HASH_BYTES + 1] {
            for entry in entries(root.path()) {
                let mut bytes = fs::read(&entry).unwrap();
                let Some(byte) = bytes.get_mut(at) else { continue };
                *byte ^= 1;
                fs::write(&entry, bytes).unwrap();
            }
            assert_eq!(copies(&cache(root.path()), b"a", &[3, 9]).0, good, "{at}");
        }
        let entries = entries(root.path());
        fs::copy(&entries[0], &entries[1]).unwrap();
        assert_eq!(copies(&cache(root.path()), b"a", &[3, 9]).0, good);
        fs::write(&entries[0], "").unwrap();
        assert_eq!(copies(&cache(root.path()), b"a", &[3, 9]).0, good);
    }

    #[test]
    fn law_4_only_entries_that_were_not_used_are_removed() {
        let root = tempfile::tempdir().unwrap();
        let cache = cache(root.path());
        copies(&cache, b"a", &[3]);
        cache.remove_unused();
        copies(&cache, b"b", &[3]);
        let folder = root.path().join(CACHE).join(FOLDER);
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        fs::write(folder.join(".bulletin-tmp-x"), "cut short").unwrap();
        assert_eq!(entries(root.path()).len(), 4);
        cache.remove_unused();
        let left = entries(root.path());
        assert_eq!(left.len(), 2, "{left:?}");
        assert!(left.contains(&folder.join("notes.txt")) && left.contains(&folder.join(name(b"b", 3))));
    }

    #[cfg(unix)]
    #[test]
    fn law_4_nothing_is_written_or_removed_behind_a_link() {
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let theirs = other.path().join(name(b"x", 1));
        fs::write(&theirs, "theirs").unwrap();
        fs::create_dir(root.path().join(CACHE)).unwrap();
        std::os::unix::fs::symlink(other.path(), root.path().join(CACHE).join(FOLDER)).unwrap();
        let cache = cache(root.path());
        assert_eq!(copies(&cache, b"a", &[3]).1, [3]);
        cache.remove_unused();
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(theirs).unwrap(), "theirs");
    }
}
