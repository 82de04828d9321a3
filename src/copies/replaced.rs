//! A file that is replaced in one step.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file whole, over what was there. Its folder must exist.
///
/// # Errors
/// Those of the disk; the file is then as it was.
pub fn replace_file(file: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(file, bytes, &mut OpenOptions::new())
}

/// As [`replace_file`]; only its owner can read the file.
///
/// # Errors
/// Those of [`replace_file`].
pub fn replace_private_file(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    replace_with(file, bytes, &mut options)
}

fn replace_with(file: &Path, bytes: &[u8], options: &mut OpenOptions) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // If this is killed, the next build clears what has such a name out of the output.
    let temporary = file.with_file_name(format!(".bulletin-tmp-{name}"));
    // What a kill left, or a link that was planted: nothing is written through either.
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut written = options.write(true).create_new(true).open(&temporary)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    fs::rename(&temporary, file)
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn law_4_no_planted_link_is_written_through() {
        use super::{fs, replace_file, replace_private_file};

        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for replace in [replace_file, replace_private_file] {
            fs::write(path("precious"), "P").unwrap();
            std::os::unix::fs::symlink("precious", path(".bulletin-tmp-a.json")).unwrap();
            replace(&path("a.json"), b"new").unwrap();
            assert_eq!(fs::read(path("precious")).unwrap(), b"P");
            assert_eq!(fs::read(path("a.json")).unwrap(), b"new");
            assert!(!path("a.json").is_symlink());
        }
    }
}
