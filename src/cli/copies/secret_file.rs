//! The file of a new secret key: where it may be, and how it is written.
//!
//! Invariant: no file is overwritten. The secret key is whole or not there, and no one but its owner can read it, from its
//! first byte on.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::copies::{NewKey, create_file, create_private_file};
use crate::diag::{Code, Diagnostic};
use crate::paths::kept_names::JOURNAL;
use crate::sources::reason;

/// Refuses a place from which the key could be published: a site, or a repository.
pub fn check_place(file: &Path, force: bool) -> Result<(), Diagnostic> {
    if [file, &public_file(file)].iter().any(|file| file.symlink_metadata().is_ok()) {
        let message = format!("{} or its .pub is already there, and left as it is", file.to_string_lossy());
        let help = "choose another name with --file; who loses an old key can no longer sign with it";
        return Err(Diagnostic::error(Code::FILE_EXISTS, message).help(help));
    }
    let Some(risk) = risk(file).filter(|_| !force) else { return Ok(()) };
    let message =
        format!("{} is in {risk}, from which the secret key could be published", file.to_string_lossy());
    let help = "choose a place outside with --file, or say --force";
    Err(Diagnostic::error(Code::SECRET_KEY, message).help(help))
}

/// What kind of folder around the file could be published.
fn risk(file: &Path) -> Option<String> {
    let folder = file.parent()?;
    // A link may lead into a site.
    let folders = folder.ancestors().filter_map(|folder| folder.canonicalize().ok()).next()?;
    folders.ancestors().find_map(|folder| {
        let named = |kind: &str| Some(format!("{kind} ({})", folder.to_string_lossy()));
        match folder {
            _ if folder.join("site.toml").is_file() || folder.join("content").is_dir() => named("a site"),
            _ if folder.join(JOURNAL).is_file() => named("a built site"),
            _ if folder.join(".git").exists() => named("a repository"),
            _ => None,
        }
    })
}

/// Writes both keys.
pub fn write(file: &Path, key: &NewKey) -> Result<(), Diagnostic> {
    let write = || -> io::Result<()> {
        create_private_file(file, |secret| {
            secret.write_all(key.secret_file.as_bytes())?;
            secret.sync_all()
        })?;
        let public = key.public.to_file();
        let written = create_file(&public_file(file), |file| file.write_all(public.as_bytes()));
        if written.is_err() {
            // It would be in the way of the next try.
            let _ = fs::remove_file(file);
        }
        written
    };
    write().map_err(|error| {
        let message = format!("{} cannot be written: {}", file.to_string_lossy(), reason(&error));
        let help = "check that the folder may be written to, or choose another with --file";
        Diagnostic::error(Code::CANNOT_WRITE, message).help(help)
    })
}

fn public_file(file: &Path) -> PathBuf {
    let mut name = OsString::from(file.file_stem().unwrap_or_default());
    name.push(".pub");
    file.with_file_name(name)
}
