//! Writing one new file, and saying so.
//!
//! Invariant: a file that is there is never written to.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use crate::cli::options::now;
use crate::cli::session::{EXIT_SETUP, Session};
use crate::copies::create_file;
use crate::diag::{Code, Diagnostic};
use crate::sources::cannot_write;
use crate::time::{DayOrMoment, Moment, Zone};

/// The moment in the offset of `zone`. A day beyond the calendar is no date for a file: then it is the clock's.
pub fn moment(at: DayOrMoment, zone: &Zone) -> Moment {
    zone.local(at.moment_in(zone).unwrap_or_else(|_| now()))
}

/// Writes a new file of the site, and prints its path. `next` says what to do with it.
pub fn write_and_say(root: &Path, name: &str, text: &str, next: &str, session: &Session) -> io::Result<u8> {
    match write_new(&root.join(name), text) {
        Ok(()) => {
            session.say(name)?;
            session.advise(next)?;
            Ok(0)
        }
        Err(_) if root.join(name).symlink_metadata().is_ok() => refuse(already_there(name), session),
        Err(error) => refuse(cannot_write(name, &error), session),
    }
}

pub fn already_there(name: &str) -> Diagnostic {
    let message = format!("{name} is already there, and left as it is");
    let help = if name.ends_with(".md") && name.matches('.').count() > 1 {
        "write the translation into it, or delete it first"
    } else {
        "choose another title; it can be changed in the file"
    };
    Diagnostic::error(Code::FILE_EXISTS, message).help(help)
}

pub fn refuse(refused: Diagnostic, session: &Session) -> io::Result<u8> {
    session.report(&[refused.setup()])?;
    Ok(EXIT_SETUP)
}

/// The errors of site.toml: what is written with another zone or other languages than the site's is wrong.
pub fn faults_of_settings(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut faults = diagnostics;
    faults.retain(|diagnostic| {
        diagnostic.is_error() && diagnostic.place.as_ref().is_some_and(|place| place.file == SETTINGS)
    });
    faults
}

const SETTINGS: &str = "site.toml";

/// Writes a file that is not there yet.
pub fn write_new(path: &Path, text: &str) -> io::Result<()> {
    create_file(path, |file| file.write_all(text.as_bytes()))
}

/// Writes all files, which are not there yet, or none: what was written before a failure is removed again. `path` is the
/// path of a file below the root, and `write` makes it.
///
/// # Errors
/// The file that could not be written, and why.
pub fn write_all_new<'f, F>(
    root: &Path,
    files: &'f [F],
    path: impl Fn(&F) -> &str,
    write: impl Fn(&F, &Path) -> io::Result<()>,
) -> Result<(), (&'f F, io::Error)> {
    for (index, file) in files.iter().enumerate() {
        if let Err(error) = write(file, &root.join(path(file))) {
            for written in &files[..index] {
                // The failure is reported; what cannot be removed changes nothing about it.
                let _ = fs::remove_file(root.join(path(written)));
            }
            return Err((file, error));
        }
    }
    Ok(())
}
