//! What a disk may hold after the power failed, from the calls that a program made.
//!
//! strace records the real program, with all that it writes. The calls are replayed to any point; what was not synced
//! by then may be lost. Two kinds of file system decide what:
//!
//! - [`Order::Journal`], as ext4 and XFS: changes of names and lengths are kept up to one moment, over all folders. A sync
//!   of anything keeps all of them so far. What was written to a file may still be missing, or cut.
//! - [`Order::Free`], as POSIX allows: each folder keeps its own changes up to some moment, and so does each file. A name
//!   that moves from one folder to another may be in both, or in none. What was written may be missing, cut or zeros.
//!
//! In both, a sync of a file keeps its bytes, and a sync of a folder its names. Names of one folder are kept in their
//! order. What was on the disk at the start is safe. Rights and times are not modelled.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::built::Tree;
use super::strace::{Call, LOG, traced};
use super::{Site, assert_same_tree, tree};

/// All calls that change files or folders, also those that the program does not make: they would be noticed.
const CALLS: &str = "openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,truncate,ftruncate,fallocate,rename,renameat,\
                     renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,fsync,fdatasync,lseek,\
                     copy_file_range,sendfile,splice";

/// A file or a folder, whatever its name.
type Node = usize;

const ROOT: Node = 0;

/// One change, or a sync.
enum Change {
    /// A new file or folder.
    Create {
        folder: Node,
        name: String,
        node: Node,
    },
    Remove {
        folder: Node,
        name: String,
    },
    Move {
        from: (Node, String),
        to: (Node, String),
        node: Node,
    },
    Write {
        file: Node,
        at: usize,
        bytes: Vec<u8>,
    },
    Resize {
        file: Node,
        length: usize,
    },
    Sync(Node),
}

impl Change {
    /// The names that it changes, each in its folder, with what they mean then.
    fn names(&self) -> Vec<(Node, &str, Option<Node>)> {
        match self {
            Self::Create { folder, name, node } => vec![(*folder, name, Some(*node))],
            Self::Remove { folder, name } => vec![(*folder, name, None)],
            Self::Move { from, to, node } => vec![(from.0, &from.1, None), (to.0, &to.1, Some(*node))],
            Self::Write { .. } | Self::Resize { .. } | Self::Sync(_) => Vec::new(),
        }
    }
}

/// The names in each folder.
type Names = BTreeMap<Node, BTreeMap<String, Node>>;

/// What a program did to the files of a site, from a known state on.
pub struct Recording {
    /// The names and the files at the start.
    names: Names,
    files: BTreeMap<Node, Vec<u8>>,
    changes: Vec<Change>,
    nodes: usize,
    /// The path of the site, with a slash at its end.
    root: String,
    /// How it is now.
    now: Names,
    /// Where the next bytes of an open file go.
    positions: BTreeMap<Node, usize>,
}

/// Which changes survive together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    Journal,
    Free,
}

/// How much survives of what was not synced.
#[derive(Clone, Copy, Debug)]
pub enum Luck {
    Nothing,
    /// Names, but no bytes.
    Names,
    /// Whatever this seed says.
    Seed(u64),
}

/// A folder after the power failed.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Remains {
    pub files: Tree,
    pub folders: BTreeSet<String>,
}

impl Recording {
    /// Begins with a site as it is on the disk.
    pub fn of(site: &Site) -> Self {
        let root = site.root().canonicalize().unwrap();
        let mut recording = Self {
            names: Names::new(),
            files: BTreeMap::new(),
            changes: Vec::new(),
            nodes: 1,
            root: format!("{}/", root.to_str().unwrap()),
            now: Names::new(),
            positions: BTreeMap::new(),
        };
        recording.read(ROOT, &root);
        recording.now = recording.names.clone();
        recording
    }

    fn read(&mut self, folder: Node, path: &Path) {
        self.names.entry(folder).or_default();
        for entry in fs::read_dir(path).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            let node = self.new_node();
            self.names.entry(folder).or_default().insert(name, node);
            if entry.file_type().unwrap().is_dir() {
                self.read(node, &entry.path());
            } else {
                self.files.insert(node, fs::read(entry.path()).unwrap());
            }
        }
    }

    fn new_node(&mut self) -> Node {
        self.nodes += 1;
        self.nodes - 1
    }

    /// Runs the program and appends what it does. `kill` is a call before which it is killed: its name and its number.
    pub fn run(&mut self, site: &Site, arguments: &[&str], kill: Option<(&str, usize)>) {
        let mut rules = [format!("--trace={CALLS}"), "--decode-fds=path".to_owned()].to_vec();
        rules.extend(["--strings-in-hex=all".to_owned(), "--string-limit=100000000".to_owned()]);
        rules.extend(kill.map(|(name, number)| format!("--inject={name}:signal=KILL:when={number}")));
        let run = traced(site, arguments, &rules);
        assert_eq!(run.code, if kill.is_some() { None } else { Some(0) }, "{run}");
        let log = site.read(LOG);
        site.remove(LOG);
        Call::all(&log).iter().for_each(|call| self.append(call));
        // Whatever the program did that is not understood here is found now.
        let all = self.changes.len();
        let seen = self.remains_with("", all, &|_| all, &|_| (all, Tear::None)).files;
        assert_same_tree(&seen, &tree(site.root()));
    }

    /// How many changes there are, syncs included.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    fn append(&mut self, call: &Call) {
        match call.name.as_str() {
            "openat" => self.open(call),
            "open" => assert!(call.shown(1).starts_with("O_RDONLY"), "{}", call.path(0)),
            "mkdirat" => self.create(&call.path_at(0), true),
            "mkdir" => self.create(&call.path(0), true),
            "unlinkat" => self.remove(&call.path_at(0)),
            "unlink" | "rmdir" => self.remove(&call.path(0)),
            "renameat" | "renameat2" => self.rename(&call.path_at(0), &call.path_at(2)),
            "rename" => self.rename(&call.path(0), &call.path(1)),
            "write" | "ftruncate" | "lseek" | "fsync" | "fdatasync" => self.change_open(call),
            other => panic!("it is not known what {other} does to a disk"),
        }
    }

    fn open(&mut self, call: &Call) {
        let path = call.path_at(0);
        let flags = call.shown(2).to_owned();
        assert!(!flags.contains("O_APPEND") && !flags.contains("O_TMPFILE"), "{path}: {flags}");
        let Some(is_there) = self.inside(&path).map(|_| self.find(&path).is_some()) else { return };
        if flags.contains("O_CREAT") && !is_there {
            self.create(&path, false);
        }
        if let Some(file) = self.find(&path).filter(|node| !self.now.contains_key(node)) {
            self.positions.insert(file, 0);
            if flags.contains("O_TRUNC") && is_there {
                self.changes.push(Change::Resize { file, length: 0 });
            }
        }
    }

    fn change_open(&mut self, call: &Call) {
        let number = |number: u64| usize::try_from(number).unwrap();
        let Some(node) = self.find(&call.handle_path(0)) else { return };
        match call.name.as_str() {
            "write" => {
                let at = self.positions[&node];
                let bytes = call.bytes(1)[..number(call.result)].to_vec();
                self.positions.insert(node, at + bytes.len());
                self.changes.push(Change::Write { file: node, at, bytes });
            }
            "ftruncate" => self.changes.push(Change::Resize { file: node, length: number(call.number(1)) }),
            "lseek" => _ = self.positions.insert(node, number(call.result)),
            _ => self.changes.push(Change::Sync(node)),
        }
    }

    fn create(&mut self, path: &str, is_folder: bool) {
        let Some((folder, name)) = self.split(path) else { return };
        let node = self.new_node();
        if is_folder {
            self.names.insert(node, BTreeMap::new());
            self.now.insert(node, BTreeMap::new());
        } else {
            self.files.insert(node, Vec::new());
        }
        self.rename_now(Change::Create { folder, name, node });
    }

    fn remove(&mut self, path: &str) {
        let Some((folder, name)) = self.split(path) else { return };
        self.rename_now(Change::Remove { folder, name });
    }

    fn rename(&mut self, from: &str, to: &str) {
        let node = self.find(from).unwrap_or_else(|| panic!("{from} is moved, and was not there"));
        let (from, to) = (self.split(from).unwrap(), self.split(to).expect("a file stays in its site"));
        self.rename_now(Change::Move { from, to, node });
    }

    fn rename_now(&mut self, change: Change) {
        change.names().into_iter().for_each(|change| apply(&mut self.now, change));
        self.changes.push(change);
    }

    /// A path in the site, from its root.
    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&self.root)
    }

    fn find(&self, path: &str) -> Option<Node> {
        if path.len() + 1 == self.root.len() && self.root.starts_with(path) {
            return Some(ROOT);
        }
        let parts = self.inside(path)?.split('/').filter(|part| !part.is_empty());
        parts.into_iter().try_fold(ROOT, |folder, name| self.now.get(&folder)?.get(name).copied())
    }

    /// The folder of a path in the site, and the name in it.
    fn split(&self, path: &str) -> Option<(Node, String)> {
        self.inside(path)?;
        let (folder, name) = path.rsplit_once('/')?;
        Some((self.find(folder).unwrap_or_else(|| panic!("{path} has no folder")), name.to_owned()))
    }

    /// A folder of the site, if the power fails after so many changes.
    pub fn cut(&self, folder: &str, at: usize, order: Order, luck: Luck) -> Remains {
        let synced_names = self.synced(at, |_| true);
        let moment = Dice::of(luck, ROOT).moment(synced_names, at, luck.keeps_names());
        let names_until = |folder: Node| match order {
            Order::Journal => moment,
            Order::Free => {
                let synced = self.synced(at, |node| node == folder);
                Dice::of(luck, folder).moment(synced, at, luck.keeps_names())
            }
        };
        let bytes_until = |file: Node| {
            let mut dice = Dice::of(luck, file);
            let until = dice.moment(self.synced(at, |node| node == file), at, false);
            // What is written after a change of the length is kept after it.
            let lost_length = (moment..at).find(|index| self.resizes(*index, file));
            let until = if order == Order::Journal { until.min(lost_length.unwrap_or(at)) } else { until };
            (until, dice.tear(order))
        };
        let lengths_until = if order == Order::Journal { moment } else { 0 };
        self.remains_with(folder, lengths_until, &names_until, &bytes_until)
    }

    fn resizes(&self, index: usize, file: Node) -> bool {
        matches!(self.changes[index], Change::Resize { file: resized, .. } if resized == file)
    }

    /// How many changes there were at the last sync of such a node.
    fn synced(&self, at: usize, is_meant: impl Fn(Node) -> bool) -> usize {
        let mut changes = self.changes[..at].iter();
        changes
            .rposition(|change| matches!(change, Change::Sync(node) if is_meant(*node)))
            .map_or(0, |at| at + 1)
    }

    /// What is there if of each folder and file the changes up to a moment are kept.
    fn remains_with(
        &self,
        folder: &str,
        lengths_until: usize,
        names_until: &dyn Fn(Node) -> usize,
        bytes_until: &dyn Fn(Node) -> (usize, Tear),
    ) -> Remains {
        let mut names = self.names.clone();
        let limits: BTreeMap<Node, usize> =
            names.keys().map(|folder| (*folder, names_until(*folder))).collect();
        for (index, change) in self.changes.iter().enumerate() {
            let kept = change.names().into_iter().filter(|(folder, ..)| index < limits[folder]);
            kept.for_each(|change| apply(&mut names, change));
        }
        let parts = folder.split('/').filter(|part| !part.is_empty());
        let top = parts.into_iter().try_fold(ROOT, |folder, name| names[&folder].get(name).copied());
        let mut remains = Remains { files: Tree::new(), folders: BTreeSet::new() };
        let bytes = |file| self.bytes(file, lengths_until, bytes_until(file));
        if let Some(top) = top {
            remains.folders.insert(String::new());
            remains.collect(&names, top, "", &bytes);
        }
        remains
    }

    fn bytes(&self, file: Node, lengths_until: usize, (until, tear): (usize, Tear)) -> Vec<u8> {
        let mut bytes = self.files[&file].clone();
        let of_file = self.changes.iter().enumerate().filter(|(_, change)| match change {
            Change::Write { file: written, .. } | Change::Resize { file: written, .. } => *written == file,
            _ => false,
        });
        let mut last = None;
        for (index, change) in of_file {
            match change {
                Change::Resize { length, .. } if index < until.max(lengths_until) => bytes.resize(*length, 0),
                Change::Write { at, bytes: written, .. } if index < until => {
                    bytes.resize(bytes.len().max(at + written.len()), 0);
                    bytes[*at..at + written.len()].copy_from_slice(written);
                    last = Some((index, *at));
                }
                _ => {}
            }
        }
        if let Some((index, at)) = last
            && index >= self.synced(until, |node| node == file)
        {
            tear.apply(&mut bytes, at);
        }
        bytes
    }
}

fn apply(names: &mut Names, (folder, name, node): (Node, &str, Option<Node>)) {
    let folder = names.get_mut(&folder).expect("a folder");
    match node {
        Some(node) => folder.insert(name.to_owned(), node),
        None => folder.remove(name),
    };
}

impl Remains {
    fn collect(&mut self, names: &Names, folder: Node, prefix: &str, bytes: &dyn Fn(Node) -> Vec<u8>) {
        for (name, node) in &names[&folder] {
            let path = format!("{prefix}{name}");
            if names.contains_key(node) {
                self.collect(names, *node, &format!("{path}/"), bytes);
                self.folders.insert(path);
            } else {
                self.files.insert(path, bytes(*node));
            }
        }
    }

    /// Puts it on the disk, as the folder that was not there.
    pub fn write(&self, to: &Path) {
        for folder in &self.folders {
            fs::create_dir_all(to.join(folder)).unwrap();
        }
        for (path, bytes) in &self.files {
            fs::write(to.join(path), bytes).unwrap();
        }
    }
}

/// What became of the last bytes that a file kept, if they were not synced.
#[derive(Clone, Copy)]
enum Tear {
    None,
    /// Only so many of a thousand parts are there.
    Cut(usize),
    /// The rest are zeros.
    Zeros(usize),
}

impl Tear {
    fn apply(self, bytes: &mut Vec<u8>, from: usize) {
        let length = bytes.len();
        let keep = |parts: usize| length.min(from + length.saturating_sub(from) * parts / 1000);
        match self {
            Self::None => {}
            Self::Cut(parts) => bytes.truncate(keep(parts)),
            Self::Zeros(parts) => {
                let keep = keep(parts);
                bytes[keep..].fill(0);
            }
        }
    }
}

impl Luck {
    fn keeps_names(self) -> bool {
        matches!(self, Self::Names)
    }
}

/// What is lost of one file or folder. The same for the same seed, so that a failure can be repeated.
enum Dice {
    Fixed,
    Seeded(u64),
}

impl Dice {
    fn of(luck: Luck, node: Node) -> Self {
        match luck {
            Luck::Seed(seed) => {
                Self::Seeded((seed << 20 | node as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
            }
            Luck::Nothing | Luck::Names => Self::Fixed,
        }
    }

    /// A number below `most` (xorshift64).
    fn below(state: &mut u64, most: usize) -> usize {
        for _ in 0..3 {
            *state ^= *state << 13;
            *state ^= *state >> 7;
            *state ^= *state << 17;
        }
        usize::try_from((*state >> 16) % most as u64).unwrap()
    }

    /// A moment since the last sync. Often the first or the last: what is between needs an unlucky moment.
    fn moment(&mut self, synced: usize, at: usize, is_last: bool) -> usize {
        match self {
            Self::Fixed => {
                if is_last {
                    at
                } else {
                    synced
                }
            }
            Self::Seeded(state) => match Self::below(state, 4) {
                0 => synced,
                1 => at,
                _ => synced + Self::below(state, at - synced + 1),
            },
        }
    }

    fn tear(&mut self, order: Order) -> Tear {
        let Self::Seeded(state) = self else { return Tear::None };
        let (kind, parts) = (Self::below(state, 3), Self::below(state, 1000));
        match (kind, order) {
            (0, _) => Tear::None,
            (1, Order::Free) => Tear::Zeros(parts),
            _ => Tear::Cut(parts),
        }
    }
}
