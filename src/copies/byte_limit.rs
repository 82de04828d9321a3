//! How many bytes of a copy may still be read.
//!
//! A file that unpacks without end, or an answer that never ends, is cut here.

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use crate::engine::{Observer, Unobserved};
use crate::publish::Hash;

/// How much is read at a time.
pub const BUFFER: usize = 64 * 1024;

/// How many bytes may still be read of all files together, from any thread.
pub struct ByteLimit<'a> {
    left: AtomicU64,
    /// Follows which files were read.
    observer: &'a dyn Observer,
}

/// What reading a file of a copy gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Its bytes: their hash and how many they are.
    Read {
        hash: Hash,
        length: u64,
    },
    Missing,
    /// It has more bytes than all files of the copy may have.
    TooLong,
    /// Why it could not be read.
    Unreadable(String),
}

impl<'a> ByteLimit<'a> {
    pub fn new(bytes: u64) -> Self {
        Self { left: AtomicU64::new(bytes), observer: &Unobserved }
    }

    pub fn observed_by(self, observer: &'a dyn Observer) -> Self {
        Self { observer, ..self }
    }

    /// Whether so many more may be read.
    fn take(&self, bytes: usize) -> bool {
        let bytes = bytes as u64;
        let take = |left: u64| left.checked_sub(bytes);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Reads a file to its end.
    ///
    /// # Errors
    /// Of the reader.
    pub fn hash(&self, mut file: impl Read, buffer: &mut [u8]) -> io::Result<FileState> {
        let mut hasher = Sha256::new();
        let mut length = 0;
        loop {
            let read = match file.read(buffer) {
                Ok(0) => {
                    self.observer.items_done(1, length);
                    return Ok(FileState::Read { hash: hasher.finalize().into(), length });
                }
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if !self.take(read) {
                return Ok(FileState::TooLong);
            }
            hasher.update(&buffer[..read]);
            length += read as u64;
        }
    }
}

/// The whole of a small file; `None` if it has more than `most` bytes.
///
/// # Errors
/// Of the reader.
pub fn read_small(file: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_the_limit() {
        let limit = ByteLimit::new(100_000);
        let mut buffer = vec![0; BUFFER];
        let read = |bytes: u64, buffer: &mut [u8]| limit.hash(io::repeat(7).take(bytes), buffer).unwrap();
        assert!(matches!(read(99_999, &mut buffer), FileState::Read { length: 99_999, .. }));
        assert_eq!(read(2, &mut buffer), FileState::TooLong);
        assert!(matches!(read(1, &mut buffer), FileState::Read { length: 1, .. }));
        assert_eq!(limit.hash(io::repeat(7), &mut buffer).unwrap(), FileState::TooLong, "without an end");
    }

    #[test]
    fn a_small_file_is_read_whole_or_not_at_all() {
        assert_eq!(read_small(&b"abc"[..], 3).unwrap(), Some(b"abc".to_vec()));
        assert_eq!(read_small(&b"abcd"[..], 3).unwrap(), None);
    }
}
