//! Which file of `content/` and `static/` is what.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::copies;
use super::files::{FilePlace, PlainFile, Role};
use super::store::Store;
use super::unclaimed;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Place};
use crate::paths::OutPath;
use crate::paths::kept_names::is_kept;

pub struct Classified {
    /// Sorted by path.
    pub articles: Vec<(Arc<str>, Role)>,
    pub files: Vec<PlainFile>,
}

/// Sorts the files of `content/` into roles; what nothing claims is an error.
pub fn content(store: &Store, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Classified {
    let paths = store.list("content", is_left_over, diagnostics);
    let known: BTreeSet<&str> = paths.iter().map(AsRef::as_ref).collect();
    copies::check(&known, diagnostics);
    let mut found = Classified { articles: Vec::new(), files: Vec::new() };
    let mut unclaimed = Vec::new();
    for path in &paths {
        match classify(path, &known, config) {
            Ok(ContentKind::Article(role)) => found.articles.push((Arc::clone(path), role)),
            Ok(ContentKind::File(place)) => {
                found.files.push(PlainFile { path: Arc::clone(path), place, picture: None })
            }
            Err(Refused::Unclaimed) => unclaimed.push(path.as_ref()),
            Err(Refused::For(diagnostic)) => diagnostics.push(*diagnostic),
        }
    }
    diagnostics.extend(unclaimed::diagnostics(&unclaimed, &known));
    found
}

/// The site's own `static/`.
pub fn statics(store: &Store, diagnostics: &mut Vec<Diagnostic>) -> Vec<PlainFile> {
    static_files(store, "static", diagnostics)
}

/// The files of a static folder, each with where it lands.
pub fn static_files(store: &Store, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<PlainFile> {
    let paths = store.list(folder, is_left_over, diagnostics);
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        match OutPath::new(&path[folder.len() + 1..]) {
            Ok(out) if is_kept(out.as_str()) => diagnostics.push(
                Diagnostic::error(
                    Code::RESERVED_NAME,
                    format!("{path} would take the place of a file of bulletin's"),
                )
                .at(Place::file(&path))
                .help("rename it"),
            ),
            Ok(out) => files.push(PlainFile { path, place: FilePlace::Static(out), picture: None }),
            Err(reason) => diagnostics.push(bad_output_path(&path, &reason)),
        }
    }
    files
}

pub fn bad_output_path(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::BAD_FILE_NAME, format!("the name {reason}"))
        .at(Place::file(path))
        .help("rename it")
}

/// Hidden names that a server or a host reads.
const READ_BY_HOSTS: [&str; 4] = [".well-known", ".nojekyll", ".htaccess", ".domains"];

/// Whether a hidden name is one that a server or a host reads.
#[must_use]
pub fn is_read_by_hosts(name: &str) -> bool {
    READ_BY_HOSTS.contains(&name)
}

/// What systems and editors leave in folders: hidden files, drafts, swap files, locks, lists of thumbnails. Some
/// hold the name of who wrote, or words that were deleted.
pub fn is_left_over(name: &str) -> bool {
    let is_hidden = name.starts_with('.') && !is_read_by_hosts(name);
    const OF_SYSTEMS: [&str; 7] = [
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "__macosx",
        "@eadir",
        "$recycle.bin",
        "system volume information",
    ];
    let is_of_a_system = OF_SYSTEMS.contains(&name.to_ascii_lowercase().as_str());
    let is_of_an_editor = name.starts_with(['#', '~']) || name.ends_with('~') || is_earlier_or_swapped(name);
    is_hidden || is_of_a_system || is_of_an_editor
}

/// What an editor keeps while a file is open, and what editors and version control keep of an earlier one.
fn is_earlier_or_swapped(name: &str) -> bool {
    const ENDINGS: [&str; 8] = ["swp", "swo", "swn", "kate-swp", "bak", "orig", "rej", "old"];
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

enum ContentKind {
    Article(Role),
    File(FilePlace),
}

/// Why a file is not used.
pub(super) enum Refused {
    /// Nothing says what it is for.
    Unclaimed,
    For(Box<Diagnostic>),
}

impl From<Diagnostic> for Refused {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::For(Box::new(diagnostic))
    }
}

type Verdict = Result<ContentKind, Refused>;

/// What a translation is.
type TranslationVerdict = Result<Role, Refused>;

fn classify(path: &str, known: &BTreeSet<&str>, config: &Config) -> Verdict {
    let within = &path["content/".len()..];
    let Some(stem_path) = within.strip_suffix(".md") else { return plain_file(path, within, known) };
    let (folder, stem) = stem_path.rsplit_once('/').unwrap_or(("", stem_path));
    if let Some(verdict) = translation(path, stem, known, config) {
        return verdict.map(ContentKind::Article);
    }
    let stem = stem.to_owned();
    let role = match folder {
        "" if stem == "index" => Role::Home,
        "" => Role::Page { stem },
        "neighbourhoods" => Role::Neighbourhood { stem },
        "sources" => Role::Source { stem },
        "events" => Role::Event { stem },
        _ if folder == "briefings" || folder.starts_with("briefings/") => Role::Briefing {
            stem: match folder.rsplit('/').next() {
                Some(name) if stem == "index" && folder != "briefings" => name.to_owned(),
                _ => stem,
            },
        },
        _ => return Err(Refused::Unclaimed),
    };
    Ok(ContentKind::Article(role))
}

/// What `NAME.xx.md` is, where its stem ends like a language.
pub(super) fn translation(
    path: &str,
    stem: &str,
    known: &BTreeSet<&str>,
    config: &Config,
) -> Option<TranslationVerdict> {
    let (_, written) = stem.rsplit_once('.')?;
    let language = &*written.to_ascii_lowercase();
    let of = format!("{}.md", &path[..path.len() - ".md".len() - 1 - language.len()]);
    let original = known.get(of.as_str());
    let configured = config.has_language(language);
    let looks_like_one = (2..=3).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_lowercase());
    if *language == *config.language {
        return Some(Err(default_language(path, language, &of).into()));
    }
    match (original, configured) {
        (Some(of), true) => {
            let language = language.to_owned();
            Some(Ok(Role::Translation { of: Arc::from(*of), language }))
        }
        (None, true) => Some(Err(no_original(path, &of).into())),
        (Some(_), false) if looks_like_one => Some(Err(unknown_language(path, language).into())),
        _ => None,
    }
}

fn default_language(path: &str, language: &str, of: &str) -> Diagnostic {
    Diagnostic::error(Code::DEFAULT_LANGUAGE, format!("\"{language}\" is the site's own language"))
        .at(Place::file(path))
        .help(format!("its text belongs in {of}"))
}

fn no_original(path: &str, of: &str) -> Diagnostic {
    Diagnostic::error(Code::NO_ORIGINAL, format!("it translates {of}, which does not exist"))
        .at(Place::file(path))
        .help("write the original, which holds dates, figures and sources, or rename the file")
}

fn unknown_language(path: &str, language: &str) -> Diagnostic {
    Diagnostic::error(Code::UNKNOWN_LANGUAGE, format!("\"{language}\" is not a language of this site"))
        .at(Place::file(path))
        .help(format!("a dot before .md marks a translation: rename the file if it is not one, or add \"{language}\" to `languages` in site.toml"))
}

fn plain_file(path: &str, within: &str, known: &BTreeSet<&str>) -> Verdict {
    if within.starts_with("briefings/")
        // As an attachment, its front matter would be published with the drafts and embargoes in it.
        && !unclaimed::is_misnamed_article(path)
        && let Some((of, inner)) = owner_of_attachment(path, known)
    {
        return Ok(ContentKind::File(FilePlace::Attachment { of, within: inner }));
    }
    let is_beside_records = within.strip_prefix("neighbourhoods/").is_some_and(|name| !name.contains('/'));
    if is_beside_records && within.ends_with(".geojson") {
        return Ok(ContentKind::File(FilePlace::Geometry(None)));
    }
    Err(Refused::Unclaimed)
}

/// The nearest index.md above the file, and the path from its folder.
fn owner_of_attachment(path: &str, known: &BTreeSet<&str>) -> Option<(Arc<str>, String)> {
    let mut folder = path;
    while let Some((above, _)) = folder.rsplit_once('/') {
        if above == "content/briefings" {
            return None;
        }
        let index = format!("{above}/index.md");
        if known.contains(index.as_str()) {
            return Some((index.into(), path[above.len() + 1..].to_owned()));
        }
        folder = above;
    }
    None
}
