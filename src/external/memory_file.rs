//! The file of what earlier checks found.
//!
//! Owns reading and replacing it. It is in the user's own folder, never in a site, and only its owner can read it: it says
//! which evidence was looked at, and when.
//!
//! Invariant: the file is replaced in one step, under a lock. A damaged one is as good as none.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::known_answers::KnownAnswers;
use crate::copies::replace_private_file;

/// The file of what earlier checks found. It need not exist yet.
pub struct MemoryFile(PathBuf);

/// How a file was found.
pub enum ReadMemory {
    Good(KnownAnswers),
    Damaged,
}

impl MemoryFile {
    #[must_use]
    pub fn new(file: PathBuf) -> Self {
        Self(file)
    }

    /// # Errors
    /// If there is a file that cannot be read.
    pub(super) fn read(&self) -> io::Result<ReadMemory> {
        let bytes = match fs::read(&self.0) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(ReadMemory::Good(KnownAnswers::default()));
            }
            Err(error) => return Err(error),
        };
        if !bytes.is_empty() && !bytes.starts_with(KnownAnswers::BEGINNING.as_bytes()) {
            let fact = "it is another file than that of a link check, and is left as it is";
            return Err(io::Error::new(io::ErrorKind::InvalidData, fact));
        }
        let known = std::str::from_utf8(&bytes).ok().and_then(KnownAnswers::from_json);
        Ok(known.map_or(ReadMemory::Damaged, ReadMemory::Good))
    }

    /// Changes what the file has now: another check may have written it since it was read.
    ///
    /// # Errors
    /// Of the disk; the file is then as it was.
    pub(super) fn update(&self, change: impl FnOnce(&mut KnownAnswers)) -> io::Result<()> {
        fs::create_dir_all(self.0.parent().unwrap_or(Path::new(".")))?;
        let lock = self.open_lock()?;
        lock.lock()?;
        let mut known = match self.read()? {
            ReadMemory::Good(known) => known,
            ReadMemory::Damaged => KnownAnswers::default(),
        };
        change(&mut known);
        let json = known.to_json().map_err(io::Error::other)?;
        replace_private_file(&self.0, json.as_bytes())
    }

    /// Nothing is ever written to it.
    fn open_lock(&self) -> io::Result<File> {
        let mut name = self.0.file_name().unwrap_or_default().to_owned();
        name.push(".lock");
        File::options().create(true).append(true).open(self.0.with_file_name(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::verdict::LinkVerdict;

    #[cfg(unix)]
    #[test]
    fn law_4_another_file_is_left_as_it_is_and_no_link_is_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("site.toml"), "title = \"T\"\n").unwrap();
        assert!(MemoryFile::new(path("site.toml")).update(|_| ()).is_err());
        assert_eq!(fs::read_to_string(path("site.toml")).unwrap(), "title = \"T\"\n");
        fs::write(path("precious"), "P").unwrap();
        std::os::unix::fs::symlink("precious", path(".bulletin-tmp-links.json")).unwrap();
        MemoryFile::new(path("links.json")).update(|_| ()).unwrap();
        assert_eq!(fs::read_to_string(path("precious")).unwrap(), "P");
        assert!(matches!(MemoryFile::new(path("links.json")).read().unwrap(), ReadMemory::Good(_)));
    }

    #[test]
    fn a_damaged_file_is_replaced_and_only_its_owner_reads_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/links.json");
        let memory = MemoryFile::new(path.clone());
        assert!(matches!(memory.read().unwrap(), ReadMemory::Good(_)), "no file is no fault");
        fs::create_dir(folder.path().join("state")).unwrap();
        let damaged = [KnownAnswers::BEGINNING.as_bytes(), b"\xff{"].concat();
        fs::write(&path, damaged).unwrap();
        assert!(matches!(memory.read().unwrap(), ReadMemory::Damaged));
        let now = "2031-05-01T00:00:00Z".parse().unwrap();
        let good = LinkVerdict::Answers { moved: None, parts: Default::default() };
        memory.update(|known| known.remember("https://a.org/", &good, now)).unwrap();
        memory.update(|_| ()).unwrap();
        let ReadMemory::Good(known) = memory.read().unwrap() else { panic!("it is good now") };
        assert_eq!(known.verdict("https://a.org/", &[], now), Some(good));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
