//! The files of a copy against its list.

use std::collections::BTreeSet;

use super::byte_limit::{ByteLimit, FileState};
use super::file_list::FileList;
use super::places::CopyFiles;
use crate::diag::{Code, Diagnostic, Severity};
use crate::engine::Observer;
use crate::paths::OutPath;
use crate::publish::Hash;
use crate::site::is_unserved;

/// How the files of a copy differ from its list.
#[derive(Debug, Default)]
pub struct Differences {
    /// Files with other bytes, and the hash of those.
    pub altered: Vec<(OutPath, Hash)>,
    /// Pages that are not what readers get at the addresses of their folders.
    pub altered_folders: Vec<OutPath>,
    pub missing: Vec<OutPath>,
    /// Why each could not be read.
    pub unreadable: Vec<(OutPath, String)>,
    /// Files that were not read, since the copy has more bytes than its list announces.
    pub unread: usize,
    /// In the copy and not in the list.
    pub extra: BTreeSet<String>,
    /// Links and the like.
    pub not_files: BTreeSet<String>,
    /// Of all files that were read.
    pub bytes: u64,
}

impl Differences {
    /// Reads every file that the list names.
    pub fn find(
        copy: &dyn CopyFiles,
        list: &FileList,
        limit: &ByteLimit<'_>,
        observer: &dyn Observer,
    ) -> Self {
        let mut found = Self::default();
        observer.expects(list.files.len());
        let paths: Vec<&OutPath> = list.files.iter().map(|(path, _)| path).collect();
        let states = copy.hash_all(&paths, limit);
        for ((path, expected), state) in list.files.iter().zip(states) {
            match state {
                FileState::Read { hash, length } => {
                    found.bytes += length;
                    if hash != *expected {
                        found.altered.push((path.clone(), hash));
                    }
                }
                // A web server may read the file itself, and answer as if it were not there.
                FileState::Missing if copy.listing().is_none() && is_unserved(path.as_str()) => {}
                FileState::Missing => found.missing.push(path.clone()),
                FileState::TooLong => found.unread += 1,
                FileState::Unreadable(reason) => found.unreadable.push((path.clone(), reason)),
            }
        }
        found.read_folders(copy, list, observer);
        let Self { extra, not_files, .. } = Self::extra_of(copy, list);
        Self { extra, not_files, ..found }
    }

    /// A server can show another page at the address of a folder, which is what most readers open.
    fn read_folders(&mut self, copy: &dyn CopyFiles, list: &FileList, observer: &dyn Observer) {
        let pages = list.files.iter().filter_map(|file| Some((file, folder_of(file.0.as_str())?)));
        let pages = pages.filter(|((path, _), _)| !self.is_faulty(path));
        let (pages, folders): (Vec<_>, Vec<_>) = pages.unzip();
        // These pages are among the files that were read: a reader of folders gets no more bytes.
        if copy.listing().is_none() {
            observer.expects(list.files.len() + folders.len());
        }
        let states = copy.hash_folders(&folders, &ByteLimit::new(self.bytes).observed_by(observer));
        for ((path, expected), state) in pages.into_iter().zip(states) {
            match state {
                FileState::Read { hash, .. } if hash == *expected => {}
                // The server has no pages for folders: readers cannot be misled by one.
                FileState::Missing => {}
                FileState::Read { .. } | FileState::TooLong => self.altered_folders.push(path.clone()),
                FileState::Unreadable(reason) => {
                    self.unreadable.push((path.clone(), format!("at the address of its folder, {reason}")));
                }
            }
        }
    }

    /// Whether something is wrong with the file itself.
    fn is_faulty(&self, path: &OutPath) -> bool {
        self.altered.iter().any(|(altered, _)| altered == path)
            || self.unreadable.iter().any(|(unreadable, _)| unreadable == path)
            || self.missing.contains(path)
    }

    /// What the list does not name. No file is read.
    pub fn extra_of(copy: &dyn CopyFiles, list: &FileList) -> Self {
        let Some(listing) = copy.listing() else { return Self::default() };
        let extra = listing.files.iter().filter(|path| !list.expects(path)).cloned().collect();
        Self { extra, not_files: listing.others.clone(), ..Self::default() }
    }

    /// Whether every file of the list is there, with its bytes.
    pub fn is_whole(&self) -> bool {
        self.altered.is_empty()
            && self.altered_folders.is_empty()
            && self.missing.is_empty()
            && self.unreadable.is_empty()
            && self.unread == 0
    }

    /// Everything that differs. `extra` is how bad a file is that the list does not name.
    pub fn diagnostics(&self, extra: Severity) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        let altered = self
            .altered
            .iter()
            .map(|(path, _)| format!("{path} is altered: its bytes are not those of the list"));
        push(
            &mut all,
            Severity::Error,
            Code::ALTERED_FILE,
            altered,
            "do not trust it; get the copy again from another place",
        );
        let folders = self.altered_folders.iter().map(|path| {
            format!("the server shows another page than {path} to readers who open the address of its folder")
        });
        push(
            &mut all,
            Severity::Error,
            Code::ALTERED_FILE,
            folders,
            "do not trust the server; if it is yours, look which page it serves for folders",
        );
        let unreadable =
            self.unreadable.iter().map(|(path, reason)| format!("{path} cannot be read: {reason}"));
        push(
            &mut all,
            Severity::Error,
            Code::UNREADABLE_COPY,
            unreadable,
            "try again, or get the copy again",
        );
        let missing = self.missing.iter().map(|path| format!("{path} is missing"));
        push(&mut all, Severity::Error, Code::ABSENT_FILE, missing, "get the copy again");
        let links = self
            .not_files
            .iter()
            .map(|path| format!("{path} is a link or a device: a copy has plain files only"));
        push(&mut all, extra, Code::EXTRA_FILE, links, "remove it");
        let extras = self.extra.iter().map(|path| format!("{path} is in no list: no one signed it"));
        push(
            &mut all,
            extra,
            Code::EXTRA_FILE,
            extras,
            "remove it; a file that the site needs belongs into its static/",
        );
        if self.unread > 0 {
            let message =
                format!("the files have more bytes than the list announces; {} were not read", self.unread);
            let help = "do not trust the copy; get it again from another place";
            all.push(Diagnostic::error(Code::ALTERED_FILE, message).help(help));
        }
        all
    }
}

/// The path of the folder whose page this is, with `/` at its end: `ar/` of `ar/index.html`.
fn folder_of(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("index.html")?;
    (folder.is_empty() || folder.ends_with('/')).then_some(folder)
}

/// How many files of one kind a report names.
const MOST_NAMED: usize = 20;

fn push(
    all: &mut Vec<Diagnostic>,
    severity: Severity,
    code: Code,
    messages: impl ExactSizeIterator<Item = String>,
    help: &str,
) {
    let hidden = messages.len().saturating_sub(MOST_NAMED);
    let named = messages.take(MOST_NAMED).map(|message| Diagnostic::new(severity, code, message).help(help));
    all.extend(named);
    if hidden > 0 {
        let message = format!("{hidden} more files are like the {MOST_NAMED} that are named");
        all.push(Diagnostic::new(severity, code, message).help(help));
    }
}
