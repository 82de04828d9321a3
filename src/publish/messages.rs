//! The words for what goes wrong while publishing.
//!
//! Owns the codes and sentences of this module's diagnostics. The folder is named as the person
//! named it, never by an absolute path, so that two machines say the same.

use std::io;

use crate::diag::{Code, Diagnostic};
use crate::sources::reason;

/// How the output folder is called in messages.
#[derive(Clone, Debug)]
pub(super) struct OutputMessages(String);

impl OutputMessages {
    pub(super) fn new(shown_as: &str) -> Self {
        Self(shown_as.trim_end_matches('/').to_owned())
    }

    fn path(&self, path: &str) -> String {
        if path.is_empty() { self.0.clone() } else { format!("{}/{path}", self.0) }
    }

    pub(super) fn foreign_file(&self, path: &str) -> Diagnostic {
        let fact = format!("{} is in the way, and bulletin did not write it", self.path(path));
        Diagnostic::error(Code::FOREIGN_FILE, fact).help(MOVE_IT).setup()
    }

    pub(super) fn foreign_folder(&self, path: &str) -> Diagnostic {
        let fact = format!("{} is a folder, and a file must go there", self.path(path));
        Diagnostic::error(Code::FOREIGN_FILE, fact).help(MOVE_IT).setup()
    }

    pub(super) fn not_a_folder(&self) -> Diagnostic {
        Diagnostic::error(Code::FOREIGN_FILE, format!("{} is not a folder", self.0)).help(MOVE_IT).setup()
    }

    pub(super) fn link(&self, path: &str) -> Diagnostic {
        let fact = format!("{} is a link, and bulletin follows none when it writes", self.path(path));
        Diagnostic::error(Code::OUTPUT_LINK, fact)
            .help("put a plain file or folder there, or remove it")
            .setup()
    }

    pub(super) fn link_left(&self, path: &str) -> Diagnostic {
        let fact = format!("{} is a link where a file of this site was; it stays", self.path(path));
        Diagnostic::warning(Code::OUTPUT_LINK, fact).help("remove it if it is not needed").setup()
    }

    /// `doing` is a verb: read, write, remove.
    pub(super) fn io(&self, doing: &str, path: &str, error: &io::Error) -> Diagnostic {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        // A full disk is one fact, however many files do not fit on it, and so is a folder of someone else.
        let (path, help) = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                ("", Some("free some space and build again"))
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem if doing != "read" => {
                (folder, Some("give the user who runs the build write access to it, or choose another --out"))
            }
            _ => (path, None),
        };
        let message = format!("cannot {doing} {}: {}", self.path(path), reason(error));
        let problem = Diagnostic::error(Code::OUTPUT_IO, message).setup();
        match help {
            Some(help) => problem.help(help),
            None => problem,
        }
    }

    pub(super) fn locked(&self) -> Diagnostic {
        Diagnostic::error(Code::OUTPUT_LOCKED, format!("another build is writing to {}", self.0))
            .help("wait until it is done, or build into another folder with --out")
            .setup()
    }

    pub(super) fn put_right(&self, path: &str) -> Diagnostic {
        let fact = format!("{} was changed by somebody else; it is put right", self.path(path));
        Diagnostic::warning(Code::OUTPUT_CHANGED, fact).help(CHANGE_THE_SOURCE).setup()
    }

    pub(super) fn removed_changed(&self, path: &str) -> Diagnostic {
        let fact =
            format!("{} was changed by somebody else and has left the site; it is removed", self.path(path));
        Diagnostic::warning(Code::OUTPUT_CHANGED, fact).help(CHANGE_THE_SOURCE).setup()
    }

    pub(super) fn foreign_line(&self, sums: &str, line: usize) -> Diagnostic {
        let fact = format!("line {line} of {} names no output; it is ignored", self.path(sums));
        Diagnostic::warning(Code::OUTPUT_CHANGED, fact).setup()
    }

    pub(super) fn reserved(&self, path: &str) -> Diagnostic {
        let fact = format!("{} is a name that bulletin keeps for itself", self.path(path));
        Diagnostic::error(Code::OUTPUT_RESERVED, fact).help("rename the file that it is made from").setup()
    }

    pub(super) fn twice(&self, path: &str) -> Diagnostic {
        Diagnostic::error(Code::OUTPUT_TWICE, format!("two outputs go to {}", self.path(path))).setup()
    }

    pub(super) fn file_and_folder(&self, path: &str) -> Diagnostic {
        let fact = format!("{} would be a file and a folder at once", self.path(path));
        Diagnostic::error(Code::OUTPUT_TWICE, fact).help("rename one of the two").setup()
    }

    pub(super) fn incomplete(&self) -> Diagnostic {
        let fact = format!("not every output could be prepared, so nothing in {} was changed", self.0);
        Diagnostic::error(Code::OUTPUT_IO, fact).setup()
    }
}

const MOVE_IT: &str = "move it away, or build into another folder with --out";
const CHANGE_THE_SOURCE: &str = "change the site's sources instead: a build replaces what is changed here";
