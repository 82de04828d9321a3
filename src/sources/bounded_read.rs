//! Reading no more of a file than a build can hold next to everything else.

use std::fs::File;
use std::io::{self, Read as _};

/// The whole of a file.
///
/// # Errors
/// `FileTooLarge` if it has more than `most` bytes; those of the file system.
pub fn read_at_most(file: &File, most: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    let mut bytes = Vec::new();
    if length <= most {
        bytes.reserve_exact(usize::try_from(length).unwrap_or_default());
        // Some files do not say how long they are, and others grow.
        file.take(most + 1).read_to_end(&mut bytes)?;
    }
    if length.max(bytes.len() as u64) > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("{most} bytes are the most")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "abcd").unwrap();
        let read = |most| read_at_most(&File::open(&path).unwrap(), most).map_err(|error| error.kind());
        assert_eq!(read(4), Ok(b"abcd".to_vec()));
        assert_eq!(read(3), Err(io::ErrorKind::FileTooLarge));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_hides_its_length_is_cut_at_the_limit_too() {
        let read = |most| read_at_most(&File::open("/proc/self/status").unwrap(), most);
        assert!(!read(1 << 20).unwrap().is_empty());
        assert_eq!(read(3).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
}
