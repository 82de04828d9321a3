//! Where a user's keys are, and what is remembered of copies and links that were checked.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::diag::{Code, Diagnostic};

/// The file of the secret key, if none is given.
///
/// # Errors
/// If the environment names no folder for it.
pub fn secret_key() -> Result<PathBuf, Diagnostic> {
    let folder = folder("XDG_CONFIG_HOME", ".config", "APPDATA");
    folder.map(|folder| folder.join("bulletin/bulletin.key")).ok_or_else(|| {
        let message =
            "there is no folder of settings for the secret key: neither XDG_CONFIG_HOME nor HOME is set";
        Diagnostic::error(Code::BAD_KEY, message)
            .help("give its file with --file (to make it) or --key (to sign)")
    })
}

/// The file of what is remembered of copies.
pub fn copies() -> Option<PathBuf> {
    Some(states()?.join("bulletin/copies.json"))
}

/// The file of what is remembered of links to other sites.
pub fn links() -> Option<PathBuf> {
    Some(states()?.join("bulletin/links.json"))
}

fn states() -> Option<PathBuf> {
    folder("XDG_STATE_HOME", ".local/state", "LOCALAPPDATA")
}

/// By the rules of the XDG base directories; `windows` is what Windows has instead.
fn folder(variable: &str, below_home: &str, windows: &str) -> Option<PathBuf> {
    let absolute = |name: &str| value(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || absolute("HOME").map(|home| home.join(Path::new(below_home)));
    absolute(variable).or_else(home).or_else(|| absolute(windows))
}

#[expect(clippy::disallowed_methods, reason = "the user's own folders are named there")]
fn value(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}
