//! A file that is written in one step: after a kill it is as it was, or whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

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
    replace_with(file, bytes, &mut for_its_owner())
}

fn for_its_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn replace_with(file: &Path, bytes: &[u8], options: &mut OpenOptions) -> io::Result<()> {
    let (temporary, mut written) = open_temporary(file, options)?;
    let replaced = written
        .write_all(bytes)
        .and_then(|()| written.sync_all())
        .and_then(|()| fs::rename(&temporary, file));
    without_left_over(&temporary, replaced)
}

/// Makes a file whose bytes `fill` writes, and the folders above it. Writes over nothing.
///
/// # Errors
/// `AlreadyExists` if something is there; those of the disk and of `fill`; there is no file then.
pub fn create_file(file: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    create_with(file, fill, &mut OpenOptions::new())
}

/// As [`create_file`]; only its owner can read the file, from its first byte on.
///
/// # Errors
/// Those of [`create_file`].
pub fn create_private_file(file: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    create_with(file, fill, &mut for_its_owner())
}

fn create_with(
    file: &Path,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
    options: &mut OpenOptions,
) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    check_nothing_is_at(file)?;
    let (temporary, mut written) = open_temporary(file, options)?;
    let made = fill(&mut written).and_then(|()| move_to_new(&temporary, file));
    without_left_over(&temporary, made)
}

fn check_nothing_is_at(file: &Path) -> io::Result<()> {
    match file.symlink_metadata() {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => Ok(()),
    }
}

/// Another program may have made the file since it was looked for. Some file systems cannot say so.
pub(super) fn move_to_new(temporary: &Path, file: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, temporary, CWD, file, RenameFlags::NOREPLACE) {
            Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => {}
            moved => return Ok(moved?),
        }
    }
    check_nothing_is_at(file)?;
    fs::rename(temporary, file)
}

/// The error that is reported is the first; a left-over changes nothing about it.
fn without_left_over(temporary: &Path, written: io::Result<()>) -> io::Result<()> {
    if written.is_err() {
        let _ = fs::remove_file(temporary);
    }
    written
}

/// A new file next to this one, to be moved over it, and its path.
pub(super) fn open_temporary(file: &Path, options: &mut OpenOptions) -> io::Result<(PathBuf, File)> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // If this is killed, the next build clears what has such a name out of the output.
    let temporary = file.with_file_name(format!(".bulletin-tmp-{name}"));
    // What a kill left, or a link that was planted: nothing is written through either.
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let opened = options.write(true).create_new(true).open(&temporary)?;
    Ok((temporary, opened))
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
