//! The passphrase of a secret key: from a file, from the environment, or typed.
//!
//! Invariant: it is neither printed nor part of a message.

use std::env;
use std::fs;
use std::io::{self, IsTerminal as _};

use crate::cli::args::Passphrase;
use crate::diag::{Code, Diagnostic};
use crate::sources::reason;

const VARIABLE: &str = "BULLETIN_PASSPHRASE";

/// The passphrase of a key that is there.
pub fn of_key(options: &Passphrase) -> Result<String, Diagnostic> {
    match given(options)? {
        Some(passphrase) => Ok(passphrase),
        None => ask("Passphrase of the secret key: "),
    }
}

/// A passphrase for a new key, typed twice.
pub fn new(options: &Passphrase) -> Result<String, Diagnostic> {
    let passphrase = match given(options)? {
        Some(passphrase) => passphrase,
        None => {
            let first = ask("Passphrase for the new key: ")?;
            if ask("The same again: ")? != first {
                return Err(refused("the two passphrases differ", "try again"));
            }
            first
        }
    };
    if passphrase.is_empty() {
        let help =
            "choose some words that no one guesses; without it, a stolen file is enough to sign false copies";
        return Err(refused("the passphrase is empty", help));
    }
    Ok(passphrase)
}

/// That of the file or of the environment.
fn given(options: &Passphrase) -> Result<Option<String>, Diagnostic> {
    let Some(file) = &options.passphrase_file else { return Ok(from_environment()) };
    let text = fs::read_to_string(file).map_err(|error| {
        let message = format!("{} cannot be read: {}", file.to_string_lossy(), reason(&error));
        refused(&message, "check the name and the permissions of --passphrase-file")
    })?;
    Ok(Some(text.lines().next().unwrap_or_default().to_owned()))
}

#[expect(clippy::disallowed_methods, reason = "where machines that build keep their secrets")]
fn from_environment() -> Option<String> {
    env::var(VARIABLE).ok()
}

fn ask(question: &str) -> Result<String, Diagnostic> {
    if !io::stdin().is_terminal() {
        let help = format!("set {VARIABLE}, or give a file with --passphrase-file");
        return Err(refused("the key needs a passphrase, and there is no terminal to ask for it", &help));
    }
    rpassword::prompt_password(question).map_err(|error| {
        let help = format!("set {VARIABLE}, or give a file with --passphrase-file");
        refused(&format!("the passphrase cannot be read: {}", reason(&error)), &help)
    })
}

fn refused(message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::BAD_KEY, message).help(help)
}
