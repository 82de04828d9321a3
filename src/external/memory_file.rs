//! The file of what earlier checks found.
//!
//! Owns reading and replacing it. It is in the user's own folder, never in a site, and only its owner can read it: it says
//! which evidence was looked at, and when.
//!
//! Invariant: the file is replaced in one step, under a lock. A damaged one is as good as none.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::known_answers::KnownAnswers;

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
        let known = std::str::from_utf8(&bytes).ok().and_then(KnownAnswers::from_json);
        Ok(known.map_or(ReadMemory::Damaged, ReadMemory::Good))
    }

    /// Changes what the file has now: another check may have written it since it was read.
    ///
    /// # Errors
    /// Of the disk; the file is then as it was.
    pub(super) fn update(&self, change: impl FnOnce(&mut KnownAnswers)) -> io::Result<()> {
        fs::create_dir_all(self.0.parent().unwrap_or(Path::new(".")))?;
        let lock = private_file(&self.0.with_extension("lock"))?;
        lock.lock()?;
        let mut known = match self.read()? {
            ReadMemory::Good(known) => known,
            ReadMemory::Damaged => KnownAnswers::default(),
        };
        change(&mut known);
        let json = known.to_json().map_err(io::Error::other)?;
        let temporary = self.0.with_extension("tmp");
        let mut written = private_file(&temporary)?;
        written.set_len(0)?;
        written.write_all(json.as_bytes())?;
        written.sync_all()?;
        fs::rename(&temporary, &self.0)
    }
}

/// A file that only its owner may read.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::external::verdict::LinkVerdict;

    #[test]
    fn a_damaged_file_is_replaced_and_only_its_owner_reads_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/links.json");
        let memory = MemoryFile::new(path.clone());
        assert!(matches!(memory.read().unwrap(), ReadMemory::Good(_)), "no file is no fault");
        fs::create_dir(folder.path().join("state")).unwrap();
        fs::write(&path, b"\xff{").unwrap();
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
