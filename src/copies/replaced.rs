//! A file that is replaced in one step.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file whole, over what was there. Its folder must exist.
///
/// # Errors
/// Those of the disk; the file is then as it was.
pub fn replace_file(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    // A build clears what has such a name, if this was killed.
    let temporary = file.with_file_name(format!(".bulletin-tmp-{name}"));
    let mut written = File::create(&temporary)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    fs::rename(&temporary, file)
}
