//! The program below strace, which counts, spoils or records the calls of the system.

use std::collections::BTreeMap;
use std::env;
use std::process::Command;

use super::running::installed;
use super::{PROGRAM, Run, Site};

/// Where strace writes, in the folder of the site.
pub const LOG: &str = ".calls";

/// All faults of a larger site, for the record.
#[expect(clippy::disallowed_methods, reason = "the tests run with it when the record is made")]
pub fn takes_all() -> bool {
    env::var_os("BULLETIN_SYSTEM_FAULTS").is_some_and(|wanted| wanted == "all")
}

/// A run with one thread for the work, as strace counts the calls of each thread and name.
pub fn traced(site: &Site, arguments: &[&str], rules: &[String]) -> Run {
    Run::of(&mut tracing(site, arguments, rules))
}

/// The command of [`traced`].
pub fn tracing(site: &Site, arguments: &[&str], rules: &[String]) -> Command {
    let mut command = Command::new("strace");
    command.args(["--follow-forks", "-qq", "--output"]).arg(site.path(LOG));
    command.args(rules).arg(PROGRAM).args(arguments);
    command.env_clear().env("PATH", installed("PATH")).env("RAYON_NUM_THREADS", "1");
    command.current_dir(site.root());
    command
}

/// How many calls of each name each thread made so far, as strace counts them to inject a fault.
pub fn counted(site: &Site) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for line in site.read(LOG).lines().filter(|line| !line.contains(" resumed>")) {
        let (thread, call) = line.split_once(' ').unwrap();
        let Some((name, _)) = call.trim_start().split_once('(') else { continue };
        *counts.entry((thread.to_owned(), name.to_owned())).or_default() += 1;
    }
    counts
}

/// A call that succeeded.
pub struct Call {
    pub name: String,
    arguments: Vec<String>,
    pub result: u64,
}

impl Call {
    /// The calls of a log that has all strings whole and as hexadecimal digits, with the paths of handles:
    /// `--strings-in-hex=all --decode-fds=path`. In the order in which they returned.
    pub fn all(log: &str) -> Vec<Self> {
        let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
        let mut calls = Vec::new();
        for line in log.lines() {
            let (thread, call) = line.split_once(' ').unwrap();
            let call = call.trim_start();
            if let Some(beginning) = call.strip_suffix(" <unfinished ...>") {
                begun.insert(thread, beginning);
            } else if let Some((_, end)) = call.split_once(" resumed>") {
                calls.extend(Self::parse(&format!("{}{end}", begun.remove(thread).unwrap())));
            } else {
                calls.extend(Self::parse(call));
            }
        }
        calls
    }

    fn parse(call: &str) -> Option<Self> {
        let (call, result) = call.rsplit_once(") = ")?;
        let (name, arguments) = call.split_once('(')?;
        let result = result.split([' ', '<']).next()?.parse().ok()?;
        let arguments = arguments.trim_end().split(", ").map(str::to_owned).collect();
        Some(Self { name: name.to_owned(), arguments, result })
    }

    /// An argument as it is shown.
    pub fn shown(&self, index: usize) -> &str {
        &self.arguments[index]
    }

    pub fn number(&self, index: usize) -> u64 {
        self.shown(index).parse().unwrap()
    }

    /// A text or other bytes.
    pub fn bytes(&self, index: usize) -> Vec<u8> {
        from_hex(self.shown(index).trim_matches('"'))
    }

    /// Of an open file or folder.
    pub fn handle_path(&self, index: usize) -> String {
        let (_, path) = self.shown(index).split_once('<').unwrap();
        text(path.split_once('>').unwrap().0)
    }

    /// Of a path and the handle of the folder before it, where it begins.
    pub fn path_at(&self, folder: usize) -> String {
        let path = self.path(folder + 1);
        if path.starts_with('/') { path } else { format!("{}/{path}", self.handle_path(folder)) }
    }

    pub fn path(&self, index: usize) -> String {
        text(self.shown(index).trim_matches('"'))
    }
}

fn text(hex: &str) -> String {
    String::from_utf8(from_hex(hex)).unwrap()
}

/// `\x2e\x2f`.
fn from_hex(hex: &str) -> Vec<u8> {
    let digit = |digit: u8| u8::try_from(char::from(digit).to_digit(16).unwrap()).unwrap();
    let bytes = hex.as_bytes().chunks_exact(4);
    assert!(bytes.remainder().is_empty(), "{hex} is cut");
    bytes.map(|byte| digit(byte[2]) << 4 | digit(byte[3])).collect()
}
