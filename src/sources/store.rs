//! Where the files of a site are: a folder, or memory in tests and benchmarks.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::bounded_read::read_at_most;
use super::merge_conflicts::merge_conflict;
use super::secret_keys::secret_key;
use crate::diag::{Code, Diagnostic, Place, Span};

/// The largest text, in bytes. The longest books in Markdown have half of it, and no page of it would open on
/// a phone.
pub(super) const MAX_TEXT_BYTES: u64 = 4 << 20;

/// The largest outline, in bytes: read, it takes many times as much.
pub(super) const MOST_GEOMETRY_BYTES: u64 = 32 << 20;

/// The largest file of any kind, in bytes. A build holds it whole, and no reader loads it on a bad network.
const MOST_BYTES: u64 = 512 << 20;

/// Paths are relative to the root, with forward slashes.
#[derive(Clone, Debug)]
pub enum Store {
    Disk(PathBuf),
    Memory(Arc<BTreeMap<String, Vec<u8>>>),
}

impl Store {
    #[must_use]
    pub fn memory<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Self::Memory(Arc::new(files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect()))
    }

    /// # Errors
    /// Of the file system; `NotFound` in memory; `FileTooLarge`.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.read_at_most(path, MOST_BYTES)
    }

    /// As [`Store::read`], for a file of a kind that is never so large.
    pub(super) fn read_at_most(&self, path: &str, most: u64) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(root) => read_at_most(&File::open(root.join(path))?, most),
            Self::Memory(files) => files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into()),
        }
    }

    /// How many bytes a file has.
    ///
    /// # Errors
    /// Of the file system; `NotFound` in memory.
    fn size(&self, path: &str) -> io::Result<u64> {
        match self {
            Self::Disk(root) => Ok(root.join(path).metadata()?.len()),
            Self::Memory(files) => {
                files.get(path).map(|bytes| bytes.len() as u64).ok_or_else(|| io::ErrorKind::NotFound.into())
            }
        }
    }

    /// Checks that a path is not a link to a place outside of the site, and is a file or a folder. Something
    /// else may have replaced a file after the folders were listed.
    ///
    /// # Errors
    /// A diagnostic that says so.
    pub fn check_file(&self, path: &str) -> Result<(), Diagnostic> {
        let Self::Disk(root) = self else { return Ok(()) };
        let place = root.join(path);
        match place.metadata() {
            Ok(_) if leaves(root, &place) => Err(link_out(path)),
            Ok(found) if !found.is_file() && !found.is_dir() => Err(not_a_file(path)),
            // What cannot be read says so when it is read.
            _ => Ok(()),
        }
    }

    #[must_use]
    pub fn exists(&self, path: &str) -> bool {
        match self {
            Self::Disk(root) => root.join(path).exists(),
            Self::Memory(files) => {
                let below = format!("{path}/");
                files.contains_key(path)
                    || files.range(below.clone()..).next().is_some_and(|(k, _)| k.starts_with(&below))
            }
        }
    }

    #[must_use]
    pub fn is_folder(&self, path: &str) -> bool {
        match self {
            Self::Disk(root) => root.join(path).is_dir(),
            Self::Memory(_) => self.exists(&format!("{path}/")) || self.exists(path),
        }
    }

    /// The names of the files and folders in a folder, sorted; links too, wherever they point. The root is `""`.
    pub fn names_in(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::Disk(root) => std::fs::read_dir(root.join(folder)).map_or_else(
                |_| Vec::new(),
                |entries| {
                    entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
                },
            ),
            Self::Memory(files) => {
                let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
                let within = files.keys().filter_map(|path| path.strip_prefix(&below));
                within.filter_map(|path| path.split('/').next()).map(ToOwned::to_owned).collect()
            }
        };
        names.sort();
        names.dedup();
        names
    }

    /// The files below a folder, sorted. A folder whose name `skips` is not entered; a missing
    /// folder has no files.
    pub fn list(
        &self,
        folder: &str,
        skips: impl Fn(&str) -> bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Arc<str>> {
        let mut paths = match self {
            Self::Disk(root) if !root.join(folder).is_dir() => Vec::new(),
            Self::Disk(root) => walk(root, folder, &skips, diagnostics),
            Self::Memory(files) => in_memory(files, folder, &skips),
        };
        paths.sort();
        paths
    }
}

fn in_memory(
    files: &BTreeMap<String, Vec<u8>>,
    folder: &str,
    skips: &impl Fn(&str) -> bool,
) -> Vec<Arc<str>> {
    let below = format!("{folder}/");
    let kept = |path: &&String| path.starts_with(&below) && !path[below.len()..].split('/').any(skips);
    files.keys().filter(kept).map(|path| path.as_str().into()).collect()
}

fn walk(
    root: &Path,
    folder: &str,
    skips: &impl Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Arc<str>> {
    let mut paths = Vec::new();
    // Links are followed, as to a shared folder of pictures; WalkDir reports a loop as an error.
    let mut entries = WalkDir::new(root.join(folder))
        .follow_links(true)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(skips));
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // Links are followed before names are checked: a broken one may be an editor's lock (`.#name`),
            // which is no content.
            Err(error) if is_skipped(&error, skips) => continue,
            Err(error) => {
                diagnostics.push(walk_error(root, folder, &error));
                continue;
            }
        };
        if entry.path_is_symlink() && leaves(root, entry.path()) {
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            diagnostics.push(link_out(&relative(root, entry.path()).unwrap_or_else(|lossy| lossy)));
            continue;
        }
        if entry.file_type().is_dir() {
            continue;
        }
        match relative(root, entry.path()) {
            Ok(path) if entry.file_type().is_file() => paths.push(path.into()),
            Ok(path) => diagnostics.push(not_a_file(&path)),
            Err(lossy) => diagnostics.push(
                Diagnostic::error(Code::BAD_FILE_NAME, format!("the name of {lossy} is not Unicode"))
                    .help("rename it"),
            ),
        }
    }
    paths
}

pub(super) fn is_skipped(error: &walkdir::Error, skips: &impl Fn(&str) -> bool) -> bool {
    error.depth() > 0
        && error.path().and_then(Path::file_name).and_then(|name| name.to_str()).is_some_and(skips)
}

/// Whether a link leaves the site: its target was not put there to be published.
pub(super) fn leaves(root: &Path, link: &Path) -> bool {
    match (root.canonicalize(), link.canonicalize()) {
        (Ok(root), Ok(target)) => !target.starts_with(root),
        _ => true,
    }
}

fn link_out(path: &str) -> Diagnostic {
    Diagnostic::error(Code::LINK_OUT, format!("{path} is a link to a place outside of the site"))
        .at(Place::file(path))
        .help("copy its target into the site, or remove the link")
}

fn not_a_file(path: &str) -> Diagnostic {
    Diagnostic::error(Code::NOT_A_FILE, format!("{path} is neither a file nor a folder"))
        .help("move it out of the site")
}

/// The path as text with forward slashes, or what can be shown of it.
fn relative(root: &Path, path: &Path) -> Result<String, String> {
    let path = path.strip_prefix(root).unwrap_or(path);
    match path.to_str() {
        Some(text) => Ok(with_slashes(text.into())),
        None => Err(path.to_string_lossy().into_owned()),
    }
}

/// A path of this system with forward slashes.
pub(super) fn with_slashes(path: Cow<'_, str>) -> String {
    match MAIN_SEPARATOR {
        '/' => path.into_owned(),
        separator => path.replace(separator, "/"),
    }
}

fn walk_error(root: &Path, folder: &str, error: &walkdir::Error) -> Diagnostic {
    let path = error
        .path()
        .map_or_else(|| folder.to_owned(), |path| relative(root, path).unwrap_or_else(|lossy| lossy));
    if error.loop_ancestor().is_some() {
        return Diagnostic::error(Code::LINK_LOOP, format!("{path} is a link to a folder that contains it"))
            .help("remove the link");
    }
    let reason = error.io_error().map_or_else(|| "it cannot be read".to_owned(), reason);
    Diagnostic::error(Code::UNREADABLE, format!("{path}: {reason}"))
        .setup()
        .help("check that it exists and may be read")
}

/// Reads a text file: UTF-8, without a byte order mark.
pub(super) fn read_text(store: &Store, path: &str) -> Result<String, Diagnostic> {
    let size = store.size(path).map_err(|error| unreadable(path, &error))?;
    if size > MAX_TEXT_BYTES {
        return Err(Diagnostic::error(Code::TOO_LARGE, format!("{size} bytes are too many for a text"))
            .at(Place::file(path))
            .help(format!("{MAX_TEXT_BYTES} bytes are the most; split it")));
    }
    let bytes = store.read(path).map_err(|error| unreadable(path, &error))?;
    let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// As [`read_text`]; a secret key or an unfinished merge is an error, and nothing else of the text is.
pub(super) fn read_merged_text(store: &Store, path: &str) -> Result<String, Diagnostic> {
    let text = read_text(store, path)?;
    let refused = secret_key(path, text.as_bytes()).or_else(|| merge_conflict(path, &text));
    refused.map_or(Ok(text), Err)
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes());
    let good = std::str::from_utf8(&error.as_bytes()[..at]).map_or(0, str::len);
    if error.as_bytes().starts_with(&[0xff, 0xfe]) || error.as_bytes().starts_with(&[0xfe, 0xff]) {
        return Diagnostic::error(Code::NOT_UTF8, "the file is UTF-16, not UTF-8 text")
            .at(Place::file(path))
            .help("save it as UTF-8 (older versions of Notepad call UTF-16 “Unicode”)");
    }
    Diagnostic::error(Code::NOT_UTF8, "the file is not UTF-8 text")
        .at(Place::new(path, &text, Span::new(good..good + '\u{fffd}'.len_utf8())))
        .label("this byte begins no character")
        .help("save it as UTF-8")
}

/// A diagnostic for a file that could not be read.
pub fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return Diagnostic::error(Code::TOO_LARGE, format!("the file is too large: {error}"))
            .at(Place::file(path))
            .help("make it smaller, or keep it elsewhere and link to it");
    }
    Diagnostic::error(Code::UNREADABLE, format!("the file cannot be read: {}", reason(error)))
        .setup()
        .at(Place::file(path))
        .help("check that it exists and may be read")
}

/// A file that the system does not let be written; `name` is how messages call it.
#[must_use]
pub fn cannot_write(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::CANNOT_WRITE, format!("{name} cannot be written: {}", reason(error)))
        .help("check that the folder may be written to and that the disk has free space")
}

/// The reason of an error of the system: the same words in every locale for the common ones, the system's
/// own words for the others.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::CrossesDevices => "it is on another disk or mount".to_owned(),
        io::ErrorKind::AlreadyExists => "another file is in its place".to_owned(),
        kind @ (io::ErrorKind::StorageFull
        | io::ErrorKind::ReadOnlyFilesystem
        | io::ErrorKind::NotADirectory
        | io::ErrorKind::AddrInUse
        | io::ErrorKind::InvalidInput) => kind.to_string(),
        _ => {
            let words = error.to_string();
            words.split_once(" (os error ").map_or(words.as_str(), |(words, _)| words).to_owned()
        }
    }
}
