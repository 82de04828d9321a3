//! What is remembered of earlier checks: whose key signed a site, and which of its versions was the newest.
//!
//! Owns the file for that, and the lists next to it. An older copy, and a copy with another key, can only be found by
//! somebody who remembers. Nothing of what a copy says is kept but its address, title, version and list.
//!
//! Invariant: the file is replaced in one step, under a lock, so that two checks at once keep the newer version.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::file_list::FileList;
use super::whole_file::replace_file;
use crate::keys::SiteKey;
use crate::publish::{Hash, hash, hex, parse_hex};

/// Rises when a field changes its meaning.
const VERSION: u32 = 1;

/// What is remembered of earlier checks.
pub struct KnownCopies {
    file: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StateFile {
    version: u32,
    /// By the address of a site, or by its title if it has none.
    sites: BTreeMap<String, KnownSite>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownSite {
    /// The key that is trusted.
    key: String,
    /// The newest version by key.
    newest: BTreeMap<String, KnownVersion>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownVersion {
    version: String,
    /// The SHA-256 of its list.
    list: String,
}

impl KnownCopies {
    /// `file` need not exist yet.
    #[must_use]
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }

    /// The key that is trusted for a site. Each check may have known it by another one of these names.
    ///
    /// # Errors
    /// If the file cannot be read, or is not one of these.
    pub fn key(&self, names: &[&str]) -> io::Result<Option<SiteKey>> {
        let state = self.read()?;
        let mut sites = names.iter().filter_map(|name| state.sites.get(*name));
        Ok(sites.find_map(|site| SiteKey::from_text(&site.key)))
    }

    /// The newest version of a site with this key that was checked, and the hash of its list.
    ///
    /// # Errors
    /// If the file cannot be read, or is not one of these.
    pub fn newest(&self, names: &[&str], key: &SiteKey) -> io::Result<Option<(Timestamp, Hash)>> {
        let state = self.read()?;
        let version = |site: &KnownSite| {
            let newest = site.newest.get(&key.to_text())?;
            Some((newest.version.parse::<Timestamp>().ok()?, parse_hex(&newest.list)?))
        };
        Ok(names.iter().filter_map(|name| state.sites.get(*name)).filter_map(version).max())
    }

    /// The list of the newest version that was checked.
    #[must_use]
    pub fn list_of(&self, newest: &Hash) -> Option<FileList> {
        FileList::read(&fs::read(self.list_file(newest)).ok()?).ok().filter(|list| list.hash == *newest)
    }

    /// Remembers a copy that was found to be good.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn remember(&self, names: &[&str], key: &SiteKey, version: Timestamp, list: &[u8]) -> io::Result<()> {
        let _lock = self.lock()?;
        let mut state = self.read()?;
        let hash = hash(list);
        let mut outdated = Vec::new();
        let mut is_newest = false;
        for name in names {
            let site = state.sites.entry((*name).to_owned()).or_default();
            site.key = key.to_text();
            let known = site.newest.get(&site.key);
            let is_newer = known.is_none_or(|known| {
                known.version.parse::<Timestamp>().map_or(true, |known| known <= version)
            });
            if is_newer {
                is_newest = true;
                let newest = KnownVersion { version: version.to_string(), list: hex(&hash) };
                let before = site.newest.insert(site.key.clone(), newest);
                outdated.extend(before.and_then(|before| parse_hex(&before.list)));
            }
        }
        if is_newest {
            replace(&self.list_file(&hash), list)?;
        }
        let json = serde_json::to_string_pretty(&state).map_err(io::Error::other)?;
        replace(&self.file, json.as_bytes())?;
        self.forget_lists(&state, &outdated)
    }

    /// Removes lists of earlier versions.
    fn forget_lists(&self, state: &StateFile, outdated: &[Hash]) -> io::Result<()> {
        let is_used = |hash: &Hash| {
            let text = hex(hash);
            state.sites.values().flat_map(|site| site.newest.values()).any(|known| known.list == text)
        };
        for hash in outdated.iter().filter(|hash| !is_used(hash)) {
            match fs::remove_file(self.list_file(hash)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    fn read(&self) -> io::Result<StateFile> {
        let text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(StateFile { version: VERSION, sites: BTreeMap::new() });
            }
            Err(error) => return Err(error),
        };
        let state: Option<StateFile> = serde_json::from_str(&text).ok();
        let is_damaged =
            || io::Error::new(io::ErrorKind::InvalidData, "it is damaged, or of a later version");
        state.filter(|state| state.version == VERSION).ok_or_else(is_damaged)
    }

    /// Held until it is dropped.
    fn lock(&self) -> io::Result<File> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = File::options().create(true).append(true).open(self.file.with_extension("lock"))?;
        file.lock()?;
        Ok(file)
    }

    fn list_file(&self, hash: &Hash) -> PathBuf {
        self.file.with_extension("lists").join(hex(hash))
    }
}

/// Replaces a file in a folder that need not be there.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(file.parent().unwrap_or(Path::new(".")))?;
    replace_file(file, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    fn list(name: &str) -> Vec<u8> {
        format!("{}  {name}\n", "00".repeat(32)).into_bytes()
    }

    #[test]
    fn the_newest_version_stays_and_only_its_list() {
        let folder = tempfile::tempdir().unwrap();
        let known = KnownCopies::new(folder.path().join("state/copies.json"));
        let key = SiteKey::from_text(KEY).unwrap();
        let time = |day: i8| format!("2031-05-{day:02}T00:00:00Z").parse::<Timestamp>().unwrap();
        assert_eq!(known.newest(&["a"], &key).unwrap(), None);
        for (day, name) in [(3, "c"), (5, "e"), (4, "d")] {
            known.remember(&["a"], &key, time(day), &list(name)).unwrap();
        }
        let (version, hash) = known.newest(&["b", "a"], &key).unwrap().unwrap();
        assert_eq!((known.key(&["b", "a"]).unwrap(), version), (Some(key), time(5)));
        assert!(known.list_of(&hash).unwrap().expects("e"));
        assert_eq!(known.key(&["b"]).unwrap(), None);
        let lists = fs::read_dir(folder.path().join("state/copies.lists")).unwrap();
        assert_eq!(lists.count(), 1, "lists of earlier versions are gone");
    }

    #[test]
    fn a_damaged_file_is_an_error_and_not_an_empty_memory() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("copies.json");
        fs::write(&file, "{").unwrap();
        let known = KnownCopies::new(file);
        assert!(known.key(&["a"]).is_err());
    }
}
