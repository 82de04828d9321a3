//! Sites in temporary folders, and the real program run on them.
//!
//! Sites are text: blocks that begin with `-- path --`. Output is compared as a whole with expected
//! texts next to the tests. `UPDATE_EXPECT=1 cargo test` rewrites these.

pub mod attacks;
pub mod browser;
pub mod built;
pub mod editions;
pub mod html;
pub mod http;
pub mod power;
pub mod running;
pub mod storage;
pub mod strace;
pub mod terminal;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_bulletin");

/// Later than every time in the sites of these tests.
pub const NOW: &str = "2031-06-01T00:00:00Z";

/// The root of this repository, which is also the demo site.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder of this repository, by their paths from its root.
pub fn files_below(folder: &str) -> Vec<String> {
    let is_source = |entry: &walkdir::DirEntry| entry.file_name() != "target";
    let entries = walkdir::WalkDir::new(repository().join(folder)).into_iter().filter_entry(is_source);
    let files = entries.map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let mut paths: Vec<String> = files
        .map(|entry| entry.path().strip_prefix(repository()).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    paths.sort();
    paths
}

/// Splits text into files: `-- path --` begins one.
pub fn blocks(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        if let Some(path) = bare.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
            files.push((path.to_owned(), String::new()));
        } else if let Some((_, content)) = files.last_mut() {
            content.push_str(line);
        } else {
            assert_eq!(bare.trim(), "", "text before the first `-- path --`");
        }
    }
    files
}

/// A site in a temporary folder.
pub struct Site {
    folder: TempDir,
}

impl Site {
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn new(text: &str) -> Self {
        let site = Self::empty();
        site.write(text);
        site
    }

    /// A copy of the sources of a site, without its output.
    pub fn copy_of(folder: &Path) -> Self {
        let site = Self::empty();
        for name in ["site.toml", "content", "static", "templates", "themes", "i18n", "map.geojson"] {
            copy(&folder.join(name), &site.path(name));
        }
        site
    }

    /// A copy of a site with what it has built.
    pub fn with_output_of(other: &Self) -> Self {
        let site = Self::empty();
        copy(other.root(), site.root());
        site
    }

    /// One of `tests/sites/`.
    pub fn named(name: &str) -> Self {
        Self::copy_of(&repository().join("tests/sites").join(name))
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub fn public(&self) -> PathBuf {
        self.path("public")
    }

    /// Writes files, over existing ones.
    pub fn write(&self, text: &str) {
        for (path, content) in blocks(text) {
            self.write_bytes(&path, content.as_bytes());
        }
    }

    pub fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A file of the output.
    pub fn output(&self, path: &str) -> String {
        self.read(&format!("public/{path}"))
    }

    pub fn exists(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Replaces a text that occurs exactly once in a file.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{path} holds {from:?} once");
        self.write_bytes(path, text.replace(from, to).as_bytes());
    }

    /// The program, to be run in the folder of the site.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command.current_dir(self.root());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// `bulletin build`, which may fail.
    pub fn try_build(&self) -> Run {
        self.run(&["build", "--now", NOW])
    }

    /// `bulletin build`, which must succeed.
    pub fn build(&self) -> Run {
        let run = self.try_build();
        assert_eq!(run.code, Some(0), "{run}");
        run
    }
}

/// The program, with an empty environment.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
    } else if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    }
}

/// The output and the exit code of a run.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    /// `None` after a signal.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn of(command: &mut Command) -> Self {
        command.output().unwrap().into()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("what the program says is UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// Everything, for expected texts.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                // Editors remove trailing spaces.
                let text: Vec<&str> = text.lines().map(str::trim_end).collect();
                writeln!(f, "-- {name} --\n{}", text.join("\n").trim_end())?;
            }
        }
        match self.code {
            Some(code) => writeln!(f, "-- exit {code} --"),
            None => writeln!(f, "-- killed --"),
        }
    }
}

/// The files below a folder, by path with forward slashes.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    files(folder).map(|(name, path)| (name, fs::read(path).unwrap())).collect()
}

/// Names the files that differ between two trees, without their bytes.
pub fn assert_same_tree(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    let only = |a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>| {
        a.keys().filter(|path| !b.contains_key(*path)).cloned().collect::<Vec<_>>()
    };
    let is_other =
        |(path, bytes): &(&String, &Vec<u8>)| right.get(*path).is_some_and(|other| other != *bytes);
    let other: Vec<&String> = left.iter().filter(is_other).map(|(path, _)| path).collect();
    let differences = (only(left, right), only(right, left), other);
    assert_eq!(differences, (vec![], vec![], vec![]), "only left, only right, other bytes");
}

/// The state of a file, which shows whether it was touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub bytes: Vec<u8>,
    pub inode: u64,
    /// Seconds and nanoseconds.
    pub modified: (i64, i64),
}

/// The state of each file of an output folder but the journal, which is no file of the site.
pub fn stamps(folder: &Path) -> BTreeMap<String, Stamp> {
    let stamp = |path: &Path| {
        let about = path.symlink_metadata().unwrap();
        let modified = (about.mtime(), about.mtime_nsec());
        Stamp { bytes: fs::read(path).unwrap(), inode: about.ino(), modified }
    };
    files(folder).filter(|(name, _)| name != ".bulletin").map(|(name, path)| (name, stamp(&path))).collect()
}

/// Without the record of the build: its bytes depend on times and inodes, and no reader gets it.
fn files(folder: &Path) -> impl Iterator<Item = (String, PathBuf)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let folder = folder.to_owned();
    entries
        .filter(|entry| !entry.file_type().is_dir())
        .map(move |entry| {
            let name = entry.path().strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
            (name, entry.into_path())
        })
        .filter(|(name, _)| name != ".bulletin-built")
}
