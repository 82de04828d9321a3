//! The words for what goes wrong while publishing.
//!
//! Owns the codes and sentences of this module's diagnostics. The folder is named as the person
//! named it, never by an absolute path, so that two machines say the same.

use std::collections::BTreeMap;
use std::io;

use super::adoption::{AdoptionAnswer, StayingFiles};
use super::ownership::RecordFault;
use crate::diag::{Code, Diagnostic};
use crate::engine::{CommitFailure, Progress};
use crate::paths::OutPath;
use crate::paths::kept_names::SUMS;
use crate::sources::reason;

fn no_build(fact: String) -> Diagnostic {
    Diagnostic::error(Code::NO_BUILD, fact).help("run `bulletin build`, then try again").setup()
}

/// How the output folder is called in messages.
#[derive(Clone, Debug)]
pub(super) struct OutputMessages(String);

impl OutputMessages {
    pub(super) fn new(shown_as: &str) -> Self {
        Self(shown_as.trim_end_matches('/').to_owned())
    }

    pub(super) fn folder(&self) -> &str {
        &self.0
    }

    fn path(&self, path: &str) -> String {
        if path.is_empty() { self.0.clone() } else { format!("{}/{path}", self.0) }
    }

    pub(super) fn foreign_file(&self, path: &str) -> Diagnostic {
        let fact = format!("{} is in the way, and bulletin did not write it", self.path(path));
        Diagnostic::error(Code::FOREIGN_FILE, fact).help(MOVE_IT).setup()
    }

    /// A file of others that could be taken over.
    pub(super) fn adoptable_file(&self, path: &str) -> Diagnostic {
        self.foreign_file(path).help("if it may be replaced, `bulletin build --adopt` asks you and does so")
    }

    /// Files of others at paths of this build, in a folder whose records are not whole.
    pub(super) fn not_ours(&self, fault: RecordFault, files: &[String]) -> Diagnostic {
        let are =
            if files.len() == 1 { "1 file is".to_owned() } else { format!("{} files are", files.len()) };
        let fact = format!("{are} in the way in {}, and {}", self.0, self.lost(fault));
        Diagnostic::error(Code::OUTPUT_NOT_OURS, fact)
            .help(format!("in the way: {}", first_of(files)))
            .help("if an earlier build wrote them, `bulletin build --adopt` shows what it would replace, and asks")
            .help("otherwise move them away, or build into another folder with --out")
            .setup()
    }

    pub(super) fn not_adopted(&self, answer: AdoptionAnswer) -> Diagnostic {
        let (fact, help) = match answer {
            AdoptionAnswer::NotAsked => (
                format!("{} is not taken over: there is no terminal to ask on", self.0),
                "read what would be replaced, and add --yes if it may be",
            ),
            _ => (
                format!("{} is not taken over, as you said", self.0),
                "move the files away, or build into another folder with --out",
            ),
        };
        Diagnostic::error(Code::OUTPUT_NOT_OURS, fact).help(help).setup()
    }

    /// Records that a build wrote again, as they were lost or cut.
    pub(super) fn records_repaired(&self, fault: RecordFault, staying: &StayingFiles) -> Diagnostic {
        let fact = format!("{}; it is written again", self.lost(fault));
        let warning = Diagnostic::warning(Code::OUTPUT_NOT_OURS, fact).setup();
        let count = staying.named.len() + staying.secret;
        if count == 0 {
            return warning.help("nothing to do: every other file of the folder is one of this build");
        }
        let named =
            if staying.named.is_empty() { String::new() } else { format!(": {}", first_of(&staying.named)) };
        warning.help(format!("remove what is not needed of the {count} that this build did not write{named}"))
    }

    fn lost(&self, fault: RecordFault) -> String {
        match fault {
            RecordFault::NoRecords => {
                format!("{SUMS} and .bulletin, which say what a build wrote there, are missing")
            }
            RecordFault::NoJournal => {
                format!("{}, which marks a folder of bulletin, is missing", self.path(".bulletin"))
            }
            RecordFault::NoList => {
                format!("{}, the list of what a build wrote, is missing or empty", self.path(SUMS))
            }
            RecordFault::CutList => {
                format!("{}, the list of what a build wrote, is cut", self.path(SUMS))
            }
            RecordFault::ChangedList { line } => {
                format!(
                    "somebody else changed line {line} of {}, the list of what a build wrote",
                    self.path(SUMS)
                )
            }
            RecordFault::PartialList => {
                format!("{}, the list of what a build wrote, leaves out most of the site", self.path(SUMS))
            }
        }
    }

    pub(super) fn not_built(&self) -> Diagnostic {
        no_build(format!("{} holds no build: there is no {SUMS} in it", self.0))
    }

    pub(super) fn killed_build(&self) -> Diagnostic {
        no_build(format!("the last build into {} was stopped before its end", self.0))
    }

    pub(super) fn list_of_others(&self, line: usize) -> Diagnostic {
        no_build(self.lost(RecordFault::ChangedList { line }))
    }

    pub(super) fn no_whole_list(&self) -> Diagnostic {
        no_build(format!("{} does not list a whole site", self.path(SUMS)))
    }

    pub(super) fn altered(&self, path: &OutPath, how: &str) -> Diagnostic {
        let fact = format!("{} {how}", self.path(path.as_str()));
        Diagnostic::error(Code::NO_BUILD, fact).help("`bulletin build` puts it right").setup()
    }

    /// Files that lost their bytes.
    pub(super) fn emptied(&self, files: &[String]) -> Diagnostic {
        let fact = match files {
            [file] => format!("{} was empty; it is written again", self.path(file)),
            files => format!("{} files of {} were empty; they are written again", files.len(), self.0),
        };
        let warning = Diagnostic::warning(Code::OUTPUT_CHANGED, fact).setup();
        let warning =
            if files.len() > 1 { warning.help(format!("empty: {}", first_of(files))) } else { warning };
        warning.help("a power cut does that; with --durable, a build waits until its files are on the disk")
    }

    /// What the system does not let a publish change; one error for each reason.
    pub(super) fn not_writable(&self, refused: &[(&str, io::Error)]) -> Vec<Diagnostic> {
        let mut by_reason: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
        for (path, error) in refused {
            let path = if path.is_empty() { ".".to_owned() } else { (*path).to_owned() };
            by_reason.entry((reason(error), access_help(error))).or_default().push(path);
        }
        let errors = by_reason.into_iter().map(|((reason, help), paths)| {
            let what = match paths.as_slice() {
                [path] if path == "." => self.0.clone(),
                [path] => self.path(path),
                paths => format!("{} files and folders of {}", paths.len(), self.0),
            };
            let fact = format!("cannot change {what}: {reason}; nothing was changed");
            let mut error = Diagnostic::error(Code::OUTPUT_IO, fact).setup();
            if paths.len() > 1 {
                error = error.help(format!("not writable: {}", first_of(&paths)));
            }
            error.help(help)
        });
        errors.collect()
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
                (folder, Some(access_help(error)))
            }
            io::ErrorKind::CrossesDevices => (folder, Some(access_help(error))),
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

/// A step that failed, and how many files were done before.
pub(super) fn failure(error: Diagnostic, progress: Progress) -> CommitFailure {
    if progress.done == 0 {
        return CommitFailure { diagnostics: vec![error], progress: None };
    }
    let Progress { done, of } = progress;
    let help = format!("{done} of {of} changed files are published: build again, and the rest follows");
    CommitFailure { diagnostics: vec![error.help(help)], progress: Some(progress) }
}

/// How many files a message names.
const MOST_NAMED: usize = 10;

/// "a, b and 3 more"
fn first_of(files: &[String]) -> String {
    let named = files.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match files.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// What helps where the system lets nothing be changed.
fn access_help(error: &io::Error) -> &'static str {
    /// The system's "operation not permitted", which is not about who asks.
    const NOT_PERMITTED: Option<i32> = Some(1);
    match error.kind() {
        io::ErrorKind::CrossesDevices => {
            "mount the whole output folder instead of a part, or choose another --out"
        }
        io::ErrorKind::PermissionDenied if cfg!(unix) && error.raw_os_error() == NOT_PERMITTED => {
            "lift what locks it (on Linux `chattr -i`, or `chmod -t` of its folder), or choose another --out"
        }
        _ => "give the user who runs the build write access to it, or choose another --out",
    }
}

const MOVE_IT: &str = "move it away, or build into another folder with --out";
const CHANGE_THE_SOURCE: &str = "change the site's sources instead: a build replaces what is changed here";
