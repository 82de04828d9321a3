//! What is read from `private/`, the folder that is in no repository: redact.txt, and records of protected sources.
//!
//! Invariant: a file there that nothing reads is an error, since somebody relies on it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::classify::{Refused, is_left_over, translation};
use super::files::Role;
use super::redactions::is_misnamed;
use super::store::Store;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Place};
use crate::private::RECORDS_FOLDER;

pub const PRIVATE: &str = "private";

/// The records of protected sources and their translations, sorted by path.
pub fn articles(store: &Store, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Arc<str>, Role)> {
    diagnostics.extend(misspelt_folder(store));
    let skips = |name: &str| is_left_over(name) && !name.contains(".md") && !name.contains("redact");
    let paths = store.list(PRIVATE, skips, diagnostics);
    if config.private && !paths.iter().any(|path| is_read(path)) {
        diagnostics.push(missing());
    }
    let known: BTreeSet<&str> = paths.iter().map(AsRef::as_ref).collect();
    let mut articles = Vec::new();
    for path in paths.iter().filter(|path| !is_list(path)) {
        match classify(path, &known, config) {
            Ok(role) => articles.push((Arc::clone(path), role)),
            Err(Refused::Unclaimed) => diagnostics.push(unclaimed(path)),
            Err(Refused::For(diagnostic)) => diagnostics.push(*diagnostic),
        }
    }
    articles
}

/// A file that protects somebody: the list, or a record.
fn is_read(path: &str) -> bool {
    path == "private/redact.txt" || path.starts_with(RECORDS_FOLDER) && path.ends_with(".md")
}

/// redact.txt, or a file whose name is reported as nearly that.
fn is_list(path: &str) -> bool {
    let name = &path[PRIVATE.len() + 1..];
    name == "redact.txt" || !name.contains('/') && is_misnamed(name)
}

fn classify(path: &str, known: &BTreeSet<&str>, config: &Config) -> Result<Role, Refused> {
    let stem = path.strip_prefix(RECORDS_FOLDER).and_then(|name| name.strip_suffix(".md"));
    let stem = stem.filter(|stem| !stem.contains('/') && !is_left_over(stem)).ok_or(Refused::Unclaimed)?;
    translation(path, stem, known, config).unwrap_or_else(|| Ok(Role::Source { stem: stem.to_owned() }))
}

fn unclaimed(path: &str) -> Diagnostic {
    Diagnostic::error(Code::UNCLAIMED_FILE, "nothing is read from this file").at(Place::file(path)).help(
        "private/ holds redact.txt, and records of protected sources as private/sources/NAME.md; move it out",
    )
}

fn missing() -> Diagnostic {
    let message =
        "site.toml says `private = true`, and private/ has neither redact.txt nor a record in sources/";
    Diagnostic::error(Code::NO_PRIVATE_FOLDER, message)
        .setup()
        .at(Place::file("site.toml"))
        .help("build where the folder is: without it, a protected source could become a page")
}

/// A folder that would be passed over on a disk where capitals count.
fn misspelt_folder(store: &Store) -> Option<Diagnostic> {
    let names = store.names_in("");
    let is_near = |name: &&String| {
        *name != PRIVATE && name.trim_start_matches(['.', '_']).eq_ignore_ascii_case(PRIVATE)
    };
    let near = names.iter().find(is_near).filter(|name| store.is_folder(name))?;
    let message = format!("nothing is read from {near}/");
    let error = Diagnostic::error(Code::UNCLAIMED_FILE, message).setup().at(Place::file(near));
    Some(error.help("name the folder private/, or give it another name if it is no part of the site"))
}
