//! Word of changes in the folders of a site: from the system, or by looking again and again.
//!
//! Owns the watches, and the choice between events and polling. Folders are watched, never single
//! files. What an event says is not believed: it is a hint where to look.
//!
//! Invariant: no change goes unnoticed for longer than the next hint or look; where events may
//! have been lost, the hint is to look at everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::sources::FOLDERS;

/// How often everything is looked at where there are no events, at least.
const POLL: Duration = Duration::from_millis(500);

/// A look at everything may take a 25th of the time.
const POLL_PER_LOOK: u32 = 25;

/// How often the root is looked at where the system has word of everything below it.
const ROOT_LOOK: Duration = Duration::from_secs(2);

/// The root among the folders that are watched.
const ROOT: &str = "";

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Paths relative to the root, with `/`.
    At(BTreeSet<String>),
    Everywhere,
}

impl Hint {
    /// Both places.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::At(mut paths), Self::At(more)) => {
                paths.extend(more);
                Self::At(paths)
            }
            _ => Self::Everywhere,
        }
    }
}

/// What comes out of waiting.
#[derive(Debug, PartialEq, Eq)]
pub enum Woken {
    Hint(Hint),
    /// Nothing came within the time.
    Quiet,
    /// Somebody asked for the end.
    Ended,
}

enum Signal {
    Event(Event),
    Trouble(notify::Error),
    End,
}

/// Asks a [`Watcher`] to end, from any thread.
#[derive(Clone)]
pub struct Ender(Sender<Signal>);

impl Ender {
    pub fn end(&self) {
        // A watcher that is gone has ended.
        let _ = self.0.send(Signal::End);
    }
}

/// Waits for changes below the root of a site.
pub struct Watcher {
    /// The root as it was given: what it leads to may be another folder later.
    given: PathBuf,
    /// Without links, as events have it.
    root: PathBuf,
    signals: Receiver<Signal>,
    sender: Sender<Signal>,
    /// The system is not to be asked for events, or has none to give.
    polls: bool,
    /// `None` where the folders are looked at again and again: without events, or while the root is away.
    system: Option<RecommendedWatcher>,
    /// The folders that have watches, each with what tells it from another one of its name; the root's is "".
    watched: BTreeMap<&'static str, Identity>,
    poll: Duration,
    notice: Option<String>,
}

/// Device and number of a folder.
type Identity = (u64, u64);

impl Watcher {
    /// With `polls`, without asking the system for events.
    #[must_use]
    pub fn new(root: &Path, polls: bool) -> Self {
        let given = root.to_owned();
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let (sender, signals) = channel();
        let (system, watched) = (None, BTreeMap::new());
        Self { given, root, signals, sender, polls, system, watched, poll: POLL, notice: None }
    }

    /// Watches from now on. Until then nothing is noticed, and nobody is told of what we open ourselves.
    pub fn begin(&mut self) {
        if self.polls {
            return;
        }
        match file_system_without_events(&self.root) {
            Some(kind) => {
                self.polls = true;
                self.notice = Some(no_events(&kind));
            }
            None => self.ask_the_system(),
        }
    }

    /// A line to tell once: why there are no events, and what to do about it.
    pub fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    #[must_use]
    pub fn ender(&self) -> Ender {
        Ender(self.sender.clone())
    }

    /// How long a look at everything takes, so that polling costs little.
    pub fn looked(&mut self, took: Duration) {
        self.poll = (took * POLL_PER_LOOK).max(POLL);
    }

    /// Waits for a hint, at most for `limit`.
    pub fn wait(&mut self, limit: Option<Duration>) -> Woken {
        let polls = self.system.is_none();
        let most = if polls { self.poll } else { ROOT_LOOK };
        match self.signals.recv_timeout(limit.unwrap_or(most).min(most)) {
            Ok(signal) => self.gather(signal),
            Err(RecvTimeoutError::Timeout) if limit.is_none() => {
                // Nothing tells of another file system in the place of this one, nor of a link that leads
                // elsewhere.
                let is_other = self.finds_another_root();
                if polls || is_other { Woken::Hint(Hint::Everywhere) } else { Woken::Quiet }
            }
            Err(_) => Woken::Quiet,
        }
    }

    /// The root is another one than that which is watched, or away; what is there is watched from now on.
    fn finds_another_root(&mut self) -> bool {
        let is_other = !self.polls && self.watched.get(ROOT).copied() != identity(&self.given);
        if is_other {
            self.ask_the_system();
        }
        is_other
    }

    /// The signal and those that wait behind it, as one hint.
    fn gather(&mut self, first: Signal) -> Woken {
        let mut hint = Hint::At(BTreeSet::new());
        let mut next = Some(first);
        while let Some(signal) = next {
            hint = match signal {
                Signal::End => return Woken::Ended,
                Signal::Trouble(error) => {
                    self.give_up_events(&error);
                    Hint::Everywhere
                }
                Signal::Event(event) if event.need_rescan() => Hint::Everywhere,
                Signal::Event(event) => {
                    self.forget_watch_of(&event);
                    hint.and(self.hint_of(&event))
                }
            };
            next = self.signals.try_recv().ok();
        }
        if self.finds_another_root() {
            hint = Hint::Everywhere;
        } else {
            self.watch_folders();
        }
        match hint {
            Hint::At(paths) if paths.is_empty() => Woken::Quiet,
            hint => Woken::Hint(hint),
        }
    }

    /// A folder that went has lost its watch, also where it is back already and looks the same.
    fn forget_watch_of(&mut self, event: &Event) {
        if !matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
            return;
        }
        for path in &event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            self.watched.retain(|folder, _| inside != Path::new(folder));
        }
    }

    fn hint_of(&self, event: &Event) -> Hint {
        let mut paths = BTreeSet::new();
        for path in &event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else { return Hint::Everywhere };
            let names: Option<Vec<&str>> = inside.iter().map(|name| name.to_str()).collect();
            match names {
                // What is no Unicode, or the root itself.
                None => return Hint::Everywhere,
                Some(names) if names.is_empty() => return Hint::Everywhere,
                Some(names) => paths.insert(names.join("/")),
            };
        }
        Hint::At(paths)
    }

    /// Watches what stands at the root now; while nothing does, it is looked for again and again.
    fn ask_the_system(&mut self) {
        self.system = None;
        self.watched.clear();
        let Some(identity) = identity(&self.given) else { return };
        self.root = fs::canonicalize(&self.given).unwrap_or_else(|_| self.given.clone());
        let sender = self.sender.clone();
        let handler = move |event: notify::Result<Event>| {
            let signal = match event {
                Ok(event) if is_read_only(event.kind) => return,
                Ok(event) => Signal::Event(event),
                Err(error) => Signal::Trouble(error),
            };
            // The receiver is gone only when the program ends.
            let _ = sender.send(signal);
        };
        let made = RecommendedWatcher::new(handler, notify::Config::default());
        match made.and_then(|mut system| {
            system.watch(&self.root, RecursiveMode::NonRecursive)?;
            Ok(system)
        }) {
            Ok(system) => self.system = Some(system),
            Err(error) => return self.give_up_events(&error),
        }
        self.watched.insert(ROOT, identity);
        self.watch_folders();
    }

    /// Folders that came, or that others took the place of, get watches of their own.
    fn watch_folders(&mut self) {
        for folder in FOLDERS {
            let place = self.root.join(folder);
            let identity = identity(&place);
            if self.watched.get(folder).copied() == identity {
                continue;
            }
            let Some(system) = &mut self.system else { return };
            self.watched.remove(folder);
            // It is gone with its folder, or watches what was moved away.
            let _ = system.unwatch(&place);
            let Some(identity) = identity else { continue };
            match system.watch(&place, RecursiveMode::Recursive) {
                Ok(()) => {
                    self.watched.insert(folder, identity);
                }
                // Gone again: its end comes as an event of the root.
                Err(error) if is_missing(&error) => {}
                Err(error) => return self.give_up_events(&error),
            }
        }
    }

    fn give_up_events(&mut self, error: &notify::Error) {
        if is_missing(error) {
            return;
        }
        self.system = None;
        self.polls = true;
        self.watched.clear();
        self.notice = Some(no_watches(error));
    }
}

/// Reading a file is no change; nor is opening one, which we do ourselves.
fn is_read_only(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let found = fs::metadata(folder).ok().filter(fs::Metadata::is_dir)?;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    folder.is_dir().then_some((0, 0))
}

fn no_events(kind: &str) -> String {
    format!(
        "the folder is on {kind}, which does not tell of all changes: it is looked at again and again; \
         keep the site on a local disk to see changes sooner"
    )
}

fn no_watches(error: &notify::Error) -> String {
    let remedy = match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system has no watches left; more with: sysctl fs.inotify.max_user_watches=524288"
        }
        // "Too many open files" of inotify_init: its own limit, or that of the process.
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            "the system has no watchers left; more with: sysctl fs.inotify.max_user_instances=1024"
        }
        _ => "the system gives no word of changes",
    };
    format!("{remedy}. Until then the folder is looked at again and again")
}

/// The kind of file system, where others can change files without a word of the system.
fn file_system_without_events(root: &Path) -> Option<String> {
    // Linux alone has this file; elsewhere the system's own events are trusted.
    let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let kind = file_system_of(root, &mounts)?;
    is_without_events(kind).then(|| kind.to_owned())
}

fn is_without_events(kind: &str) -> bool {
    const KINDS: [&str; 14] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "vboxsf",
        "virtiofs",
        "fuse",
        "fuseblk",
    ];
    KINDS.contains(&kind) || kind.starts_with("fuse.")
}

/// The kind of the file system that a path is on, by proc_pid_mountinfo(5): of the mounts above
/// it the nearest, of several at one place the last.
fn file_system_of<'m>(path: &Path, mountinfo: &'m str) -> Option<&'m str> {
    let mounts = mountinfo.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let at = unescaped(before.split(' ').nth(4)?);
        Some((path.starts_with(&at).then_some(at)?, after.split(' ').next()?))
    });
    mounts.max_by_key(|(at, _)| Path::new(at).components().count()).map(|(_, kind)| kind)
}

/// Spaces, tabs, line breaks and backslashes stand as octal numbers.
fn unescaped(path: &str) -> String {
    path.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:5 / /mnt/my\\040share rw - cifs //host/share rw
31 22 0:6 / /home/a rw shared:3 - fuse.sshfs a@b: rw
32 31 0:7 / /home/a/local rw - ext4 /dev/sdb rw
33 22 0:8 / /home/a/local rw - nfs4 host:/x rw
";

    #[test]
    fn the_nearest_mount_tells_the_file_system_and_of_two_at_one_place_the_last() {
        let kind = |path| file_system_of(Path::new(path), MOUNTS);
        assert_eq!(kind("/srv/site"), Some("ext4"));
        assert_eq!(kind("/mnt/my share/site"), Some("cifs"));
        assert_eq!(kind("/home/a/site"), Some("fuse.sshfs"));
        assert_eq!(kind("/home/ab/site"), Some("ext4"));
        assert_eq!(kind("/home/a/local/site"), Some("nfs4"));
    }

    #[test]
    fn network_and_user_space_file_systems_are_polled_and_local_ones_are_not() {
        assert!(["nfs4", "fuse.sshfs", "fuseblk", "9p"].into_iter().all(is_without_events));
        assert!(!["ext4", "btrfs", "overlay", "tmpfs"].into_iter().any(is_without_events));
    }
}
