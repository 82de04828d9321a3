//! Notices changes in the folders of a site, by events of the system or by polling.
//!
//! Owns the watches, and the choice between events and polling. Folders are watched, never single files; so are
//! those that links of the site lead through. An event is not trusted: it is a hint where to scan.
//!
//! Invariant: no change goes unnoticed for longer than the next hint or poll; if events may have been lost,
//! the hint is to scan everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::diag::{Code, Diagnostic};
use crate::sources::FOLDERS;

/// The shortest time between two polls.
const POLL: Duration = Duration::from_millis(500);

/// Polling may take a 25th of the time.
const POLL_PER_SCAN: u32 = 25;

/// How often the root itself is checked while the system reports events below it.
const ROOT_CHECK: Duration = Duration::from_secs(2);

/// The root, among the watched folders.
const ROOT: &str = "";

/// Where to look for changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeHint {
    /// Paths relative to the root, with `/`.
    At(BTreeSet<String>),
    Everywhere,
}

impl ChangeHint {
    /// Both hints as one.
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

/// The end of one wait.
#[derive(Debug, PartialEq, Eq)]
pub enum WatchEvent {
    Changed(ChangeHint),
    /// Nothing happened within the time.
    Quiet,
    /// [`StopHandle::stop`] was called.
    Stopped,
}

enum Signal {
    Event(Event),
    Failed(notify::Error),
    Stop,
}

/// Stops a [`Watcher`], from any thread.
#[derive(Clone)]
pub struct StopHandle(Sender<Signal>);

impl StopHandle {
    pub fn stop(&self) {
        // A watcher that is gone has stopped.
        let _ = self.0.send(Signal::Stop);
    }
}

/// Waits for changes below the root of a site.
pub struct Watcher {
    /// The root as it was given: it may become a link to another folder.
    given: PathBuf,
    /// The root without links, as events have it.
    root: PathBuf,
    signals: Receiver<Signal>,
    sender: Sender<Signal>,
    /// The system reports no events, or is not to be asked for them.
    polls: bool,
    /// `None` while polling: without events, or while the root is missing.
    system: Option<RecommendedWatcher>,
    /// The watched folders, each with its identity: another folder may get its name. Those of the site are relative to
    /// its root, which is "".
    watched: BTreeMap<PathBuf, Identity>,
    /// Folders that links of the site lead through, without links in their paths.
    linked: BTreeSet<PathBuf>,
    poll: Duration,
    notice: Option<Diagnostic>,
}

/// Device and inode of a folder.
type Identity = (u64, u64);

impl Watcher {
    /// With `polls`, the system is never asked for events.
    #[must_use]
    pub fn new(root: &Path, polls: bool) -> Self {
        let given = root.to_owned();
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let (sender, signals) = channel();
        Self {
            given,
            root,
            signals,
            sender,
            polls,
            system: None,
            watched: BTreeMap::new(),
            linked: BTreeSet::new(),
            poll: POLL,
            notice: None,
        }
    }

    /// Watches from now on. Before that nothing is noticed, not even what we open ourselves.
    pub fn begin(&mut self) {
        if self.polls {
            return;
        }
        match file_system_without_events(&self.root) {
            Some(kind) => {
                self.polls = true;
                self.notice = Some(polled_file_system(&kind));
            }
            None => self.ask_the_system(),
        }
    }

    /// Watches folders that links of the site lead through. True if they are others than before: a change in them may
    /// have gone unnoticed.
    pub fn follow_links(&mut self, linked: &BTreeSet<PathBuf>) -> bool {
        if self.linked == *linked {
            return false;
        }
        self.linked.clone_from(linked);
        // A folder may be watched by several names, and to end one of its watches ends all: all begin again.
        if self.system.is_some() {
            self.ask_the_system();
        }
        true
    }

    /// A notice to report once: why there are no events, and what to do about it.
    pub fn take_notice(&mut self) -> Option<Diagnostic> {
        self.notice.take()
    }

    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        StopHandle(self.sender.clone())
    }

    /// Sets how long a scan of everything takes, so that polling costs little.
    pub fn set_scan_time(&mut self, took: Duration) {
        self.poll = (took * POLL_PER_SCAN).max(POLL);
    }

    /// Waits for a change, at most for `limit`.
    pub fn wait(&mut self, limit: Option<Duration>) -> WatchEvent {
        let polls = self.system.is_none();
        let most = if polls { self.poll } else { ROOT_CHECK };
        match self.signals.recv_timeout(limit.unwrap_or(most).min(most)) {
            Ok(signal) => self.gather(signal),
            Err(RecvTimeoutError::Timeout) if limit.is_none_or(|limit| limit > most) => {
                // No event reports a new file system in place of this one, nor a changed link.
                let is_other = self.finds_another_root();
                if polls || is_other {
                    WatchEvent::Changed(ChangeHint::Everywhere)
                } else {
                    WatchEvent::Quiet
                }
            }
            Err(_) => WatchEvent::Quiet,
        }
    }

    /// Whether the root is another folder than the watched one, or missing; watches what is there.
    fn finds_another_root(&mut self) -> bool {
        let is_other = !self.polls && self.watched.get(Path::new(ROOT)).copied() != identity(&self.given);
        if is_other {
            self.ask_the_system();
        }
        is_other
    }

    /// The signal and all that wait behind it, as one event.
    fn gather(&mut self, first: Signal) -> WatchEvent {
        let mut hint = ChangeHint::At(BTreeSet::new());
        let mut next = Some(first);
        while let Some(signal) = next {
            hint = match signal {
                Signal::Stop => return WatchEvent::Stopped,
                Signal::Failed(error) => {
                    self.give_up_events(&error);
                    ChangeHint::Everywhere
                }
                Signal::Event(event) if event.need_rescan() => ChangeHint::Everywhere,
                Signal::Event(event) => {
                    self.forget_watches_of(&event);
                    hint.and(self.hint_of(&event))
                }
            };
            next = self.signals.try_recv().ok();
        }
        if self.finds_another_root() {
            hint = ChangeHint::Everywhere;
        } else {
            self.watch_folders();
        }
        match hint {
            ChangeHint::At(paths) if paths.is_empty() => WatchEvent::Quiet,
            hint => WatchEvent::Changed(hint),
        }
    }

    /// A folder that was removed has lost its watch, even if it is back already and looks the same. So may have a
    /// folder that a removed link led to.
    fn forget_watches_of(&mut self, event: &Event) {
        if !is_removal(event.kind) {
            return;
        }
        for path in &event.paths {
            self.watched.retain(|folder, _| *path != self.root.join(folder) && !self.linked.contains(folder));
        }
    }

    fn hint_of(&self, event: &Event) -> ChangeHint {
        // Folders behind links are watched again, and a change may fall between the two watches.
        if is_removal(event.kind) && !self.linked.is_empty() {
            return ChangeHint::Everywhere;
        }
        let mut paths = BTreeSet::new();
        for path in &event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else { return ChangeHint::Everywhere };
            let is_of_site = FOLDERS.iter().any(|folder| inside.starts_with(folder));
            // Which links show it is not known here.
            if !is_of_site && self.linked.iter().any(|folder| path.starts_with(folder)) {
                return ChangeHint::Everywhere;
            }
            let names: Option<Vec<&str>> = inside.iter().map(|name| name.to_str()).collect();
            match names {
                // Not Unicode, or the root itself.
                None => return ChangeHint::Everywhere,
                Some(names) if names.is_empty() => return ChangeHint::Everywhere,
                Some(names) => paths.insert(names.join("/")),
            };
        }
        ChangeHint::At(paths)
    }

    /// Watches what is at the root now; while nothing is, polls for it.
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
                Err(error) => Signal::Failed(error),
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
        self.watched.insert(ROOT.into(), identity);
        self.watch_folders();
    }

    /// Watches folders that were added or replaced.
    fn watch_folders(&mut self) {
        let linked = self.linked.iter().filter(|folder| **folder != self.root).cloned();
        let folders: Vec<PathBuf> = FOLDERS.into_iter().map(PathBuf::from).chain(linked).collect();
        for folder in folders {
            let place = self.root.join(&folder);
            let identity = identity(&place);
            if self.watched.get(&folder).copied() == identity {
                continue;
            }
            let Some(system) = &mut self.system else { return };
            self.watched.remove(&folder);
            // The old watch is gone with its folder, or follows the folder that was moved away.
            let _ = system.unwatch(&place);
            let Some(identity) = identity else { continue };
            match system.watch(&place, RecursiveMode::Recursive) {
                Ok(()) => {
                    self.watched.insert(folder, identity);
                }
                // Removed again: the root reports that.
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

/// Reading or opening a file is no change, and we do both ourselves.
fn is_read_only(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

fn is_removal(kind: EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
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

fn polled_file_system(kind: &str) -> Diagnostic {
    let message = format!("the folder is on {kind}, which does not report all changes, so it is polled");
    Diagnostic::note(Code::NO_EVENTS, message).help("keep the site on a local disk to see changes sooner")
}

fn no_watches(error: &notify::Error) -> Diagnostic {
    let note = |why| Diagnostic::note(Code::NO_EVENTS, format!("{why}, so the folder is polled"));
    match &error.kind {
        ErrorKind::MaxFilesWatch => note("the system has no watches left")
            .help("raise the limit: sysctl fs.inotify.max_user_watches=524288"),
        // "Too many open files" of inotify_init: its own limit, or that of the process.
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => note("the system has no watchers left")
            .help("raise the limit: sysctl fs.inotify.max_user_instances=1024"),
        _ => note("the system does not report changes"),
    }
}

/// The kind of file system, if files on it can change without an event.
fn file_system_without_events(root: &Path) -> Option<String> {
    // Only Linux has this file; elsewhere events are trusted.
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

/// The kind of the file system that a path is on, by proc_pid_mountinfo(5): that of the nearest mount above
/// it, and of the last one if there are several.
fn file_system_of<'m>(path: &Path, mountinfo: &'m str) -> Option<&'m str> {
    let mounts = mountinfo.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let at = unescaped(before.split(' ').nth(4)?);
        Some((path.starts_with(&at).then_some(at)?, after.split(' ').next()?))
    });
    mounts.max_by_key(|(at, _)| Path::new(at).components().count()).map(|(_, kind)| kind)
}

/// Spaces, tabs, line breaks and backslashes are written as octal numbers.
fn unescaped(path: &str) -> String {
    path.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::report::{self, Format};

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:5 / /mnt/my\\040share rw - cifs //host/share rw
31 22 0:6 / /home/a rw shared:3 - fuse.sshfs a@b: rw
32 31 0:7 / /home/a/local rw - ext4 /dev/sdb rw
33 22 0:8 / /home/a/local rw - nfs4 host:/x rw
";

    #[test]
    fn the_nearest_mount_decides_and_the_last_one_of_two_at_one_place() {
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

    #[test]
    fn without_events_the_folder_is_polled_and_a_note_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let mut watcher = Watcher::new(folder.path(), false);
        watcher.give_up_events(&notify::Error::new(ErrorKind::MaxFilesWatch));
        assert!(watcher.polls);
        let notice = watcher.take_notice().unwrap();
        expect![[r"
            note[no-events]: the system has no watches left, so the folder is polled
             = help: raise the limit: sysctl fs.inotify.max_user_watches=524288

        "]]
        .assert_eq(&report::text(Format::Human, &[notice]));
        assert_eq!(watcher.take_notice(), None, "once is enough");
    }
}
