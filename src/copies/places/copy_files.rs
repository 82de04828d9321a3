//! What every place of a copy can say of its files.

use std::collections::BTreeSet;

use crate::copies::byte_limit::{ByteLimit, FileState};
use crate::diag::{Code, Diagnostic};
use crate::paths::OutPath;
use crate::paths::kept_names::{BUILT, JOURNAL};

/// The files of a copy, by their paths in the site.
pub trait CopyFiles: Sync {
    /// What is in the copy. `None` if that cannot be seen from outside, as over the web.
    fn listing(&self) -> Option<&CopyListing>;

    /// The whole of a small file; `None` if it is missing.
    ///
    /// # Errors
    /// If it cannot be read, or has more than `most` bytes.
    fn read_small(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, Diagnostic>;

    /// Reads each file once. The result is in the order of the paths.
    fn hash_all(&self, paths: &[&OutPath], limit: &ByteLimit<'_>) -> Vec<FileState>;

    /// What readers get at the addresses of folders, such as `briefings/`, in the order given. Empty for a place that has
    /// no addresses.
    fn hash_folders(&self, _folders: &[&str], _limit: &ByteLimit<'_>) -> Vec<FileState> {
        Vec::new()
    }
}

/// The names in a folder or an archive.
#[derive(Debug, Default)]
pub struct CopyListing {
    /// Paths of plain files, with `/`.
    pub files: BTreeSet<String>,
    /// Paths of links, devices and the like, which are never followed or opened.
    pub others: BTreeSet<String>,
}

impl CopyListing {
    /// Adds a file, unless it is one that a system writes onto every disk.
    pub fn add_file(&mut self, path: String) {
        if !is_of_system(&path) {
            self.files.insert(path);
        }
    }
}

/// What a reader never opens: no page has such a name.
fn is_of_system(path: &str) -> bool {
    let top = path.split('/').next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    matches!(name, JOURNAL | BUILT | ".DS_Store" | "Thumbs.db" | "desktop.ini")
        || name.starts_with("._")
        || matches!(top, "System Volume Information" | ".Spotlight-V100" | ".Trashes" | ".fseventsd")
}

pub fn unreadable(name: &str, reason: &str) -> Diagnostic {
    let help = "check the name, the permissions and the connection";
    Diagnostic::error(Code::UNREADABLE_COPY, format!("{name} cannot be read: {reason}")).setup().help(help)
}

pub fn too_long(path: &str, most: u64) -> Diagnostic {
    let message = format!("{path} has more than {most} bytes, which no build writes there");
    let help = "get the copy again from another place";
    Diagnostic::error(Code::ALTERED_FILE, message).help(help)
}
