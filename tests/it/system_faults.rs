//! Every system call of a command that writes fails once, and a kill comes before each: strace injects both into the real
//! program.
//!
//! Calls are counted by thread, so there is one thread for the work. A call that is not made again is not counted, and
//! so no case is made up. `BULLETIN_SYSTEM_FAULTS=all` takes each call of a larger site; without it, calls that open or
//! read are taken now and then.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::process::Command;

use bulletin::paths::kept_names::{BUILT, JOURNAL};
use rayon::prelude::*;

use crate::common::built::Tree;
use crate::common::editions::{Editions, is_temporary, without_temporary, write_edition};
use crate::common::running::installed;
use crate::common::{NOW, PROGRAM, Run, Site, assert_same_tree, tree};

/// Calls that change what is on the disk, or end with it.
const CHANGING: &str = "write,pwrite64,renameat,renameat2,unlinkat,mkdirat,linkat,symlinkat,ftruncate,fchmod,flock,fsync,fdatasync,utimensat";
const OPENING: &str = "openat";
const READING: &str = "read,pread64,statx,newfstatat,fstat,getdents64,faccessat,faccessat2,readlinkat,lseek";
/// A full disk, a broken one, and rights that were taken away.
const ERRORS: [&str; 3] = ["error=ENOSPC", "error=EIO", "error=EACCES"];
const KILL: &str = "signal=KILL";
const FOREIGN: &str = "mine.html";
const LOG: &str = ".calls";

/// The program below strace, which counts or spoils some of its calls.
fn traced(site: &Site, arguments: &[&str], rules: &[String]) -> Run {
    let mut command = Command::new("strace");
    command.args(["--follow-forks", "-qq", "--output"]).arg(site.path(LOG));
    command.args(rules).arg(PROGRAM).args(arguments);
    command.env_clear().env("PATH", installed("PATH")).env("RAYON_NUM_THREADS", "1");
    Run::of(command.current_dir(site.root()))
}

/// Something that a command does to a site.
trait Trial: Sync {
    fn before(&self) -> &Site;

    fn arguments(&self) -> &[&str];

    /// Looks at what readers see after a fault, and at what the command makes of it when it runs again.
    fn check(&self, site: &Site, run: &Run, when: &str);

    /// The most calls that a thread makes.
    fn calls(&self, calls: &str) -> usize {
        let site = Site::with_output_of(self.before());
        let run = traced(&site, self.arguments(), &[format!("--trace={calls}")]);
        assert_eq!(run.code, Some(0), "{run}");
        let mut by_thread: BTreeMap<String, usize> = BTreeMap::new();
        for line in site.read(LOG).lines().filter(|line| !line.contains(" resumed>")) {
            let thread = line.split(' ').next().unwrap_or_default();
            *by_thread.entry(thread.to_owned()).or_default() += 1;
        }
        by_thread.into_values().max().unwrap()
    }

    /// Spoils the call of a number.
    fn spoil(&self, calls: &str, number: usize, fault: &str) {
        let when = format!("{:?}: call {number} of {calls}, {fault}", self.arguments());
        let site = Site::with_output_of(self.before());
        let rules = [format!("--trace={calls}"), format!("--inject={calls}:{fault}:when={number}")];
        let run = traced(&site, self.arguments(), &rules);
        site.remove(LOG);
        assert!(!run.stderr.contains("panicked"), "{when}: {run}");
        self.check(&site, &run, &when);
    }

    /// If not all calls are taken: so many times fewer than of a build.
    fn step(&self) -> usize {
        1
    }

    /// Prints how many faults were injected.
    #[expect(clippy::print_stdout, reason = "the number is part of the record")]
    fn spoil_each(&self) {
        let mut injected = 0;
        // Every call that changes something has one of the errors, and a kill before it.
        for (calls, step_of_errors, step_of_kills) in
            [(CHANGING, 3, 1), (OPENING, 24, 16), (READING, 120, 80)]
        {
            let most = self.calls(calls);
            let every = |fault, first: usize, step: usize| {
                let (first, step) = if takes_all() { (1, 1) } else { (first, step * self.step()) };
                (first..=most).step_by(step).map(move |number| (number, fault))
            };
            let errors = (1..).zip(ERRORS).flat_map(|(first, error)| every(error, first, step_of_errors));
            let cases: Vec<(usize, &str)> = errors.chain(every(KILL, 1, step_of_kills)).collect();
            cases.par_iter().for_each(|(number, fault)| self.spoil(calls, *number, fault));
            injected += cases.len();
        }
        println!("{injected} faults of the system");
    }
}

/// A build: a site that has its first edition in the folder, and the sources of its second.
struct Case {
    before: Site,
    editions: Editions,
}

impl Case {
    fn of_change(briefings: usize) -> Self {
        let (site, before) = (Site::empty(), Site::empty());
        let whole = [0, 1].map(|edition| {
            write_edition(&site, edition, briefings);
            let run = site.run(&["build", "--now", NOW, "--out", &format!("edition-{edition}")]);
            assert_eq!(run.code, Some(0), "{run}");
            without_temporary(tree(&site.path(&format!("edition-{edition}"))))
        });
        write_edition(&before, 0, briefings);
        before.build();
        before.write_bytes(&format!("public/{FOREIGN}"), b"mine");
        write_edition(&before, 1, briefings);
        Self { before, editions: Editions::new(whole.to_vec()) }
    }

    fn of_first_publish(briefings: usize) -> Self {
        let mut case = Self::of_change(briefings);
        fs::remove_dir_all(case.before.public()).unwrap();
        case.before.write_bytes(&format!("public/{FOREIGN}"), b"mine");
        case.editions = Editions::new(vec![Tree::new(), case.editions.whole[1].clone()]);
        case
    }

    /// What is in the folder, but for the file of somebody else, which is as it was.
    fn seen(site: &Site, when: &str) -> Tree {
        let mut seen = without_temporary(tree(&site.public()));
        assert_eq!(seen.remove(FOREIGN).as_deref(), Some(&b"mine"[..]), "{when}: a file of somebody else");
        seen
    }
}

impl Trial for Case {
    fn before(&self) -> &Site {
        &self.before
    }

    fn arguments(&self) -> &[&str] {
        &["build", "--now", NOW]
    }

    fn check(&self, site: &Site, run: &Run, when: &str) {
        let seen = Self::seen(site, when);
        self.editions.assert_holds_together(&seen, when);
        if run.code == Some(0) {
            assert!(seen == self.editions.whole[1], "{when}: it says that all is well, and it is not: {run}");
        }
        let next = site.build();
        assert_same_tree(&Self::seen(site, when), &self.editions.whole[1]);
        let mut left = tree(&site.public()).into_keys().filter(|path| is_temporary(path));
        assert!(
            left.all(|path| [JOURNAL, BUILT].contains(&path.as_str())),
            "{when}: left-overs after {next}"
        );
    }
}

/// A command that writes single files, or a copy of the output: each is as it was or as it will be, never torn.
struct Writer {
    before: Site,
    arguments: &'static [&'static str],
    trees: [Tree; 2],
    /// Whether it can run again. If not, it takes back what it wrote before an error, unless that was the last of it.
    again: bool,
}

impl Writer {
    /// `prepare` brings the first edition to where the command writes.
    fn new(arguments: &'static [&'static str], again: bool, prepare: impl Fn(&Site)) -> Self {
        let before = Site::empty();
        write_edition(&before, 0, 3);
        before.build();
        prepare(&before);
        write_edition(&before, 1, 3);
        before.build();
        let after = Site::with_output_of(&before);
        run(&after, arguments);
        let trees = [&before, &after].map(|site| tree(site.root()));
        Self { before, arguments, trees, again }
    }
}

fn run(site: &Site, arguments: &[&str]) {
    let run = site.run(arguments);
    assert_eq!(run.code, Some(0), "{run}");
}

impl Trial for Writer {
    fn before(&self) -> &Site {
        &self.before
    }

    fn step(&self) -> usize {
        3
    }

    fn arguments(&self) -> &[&str] {
        self.arguments
    }

    fn check(&self, site: &Site, run: &Run, when: &str) {
        let [before, after] = &self.trees;
        let seen = tree(site.root());
        for (path, bytes) in seen.iter().filter(|(path, _)| !is_temporary(path)) {
            let is_whole = [before, after].iter().any(|tree| tree.get(path) == Some(bytes));
            assert!(is_whole, "{when}: {path} is torn: {run}");
        }
        let lost = before.keys().find(|path| after.contains_key(*path) && !seen.contains_key(*path));
        assert_eq!(lost, None, "{when}: {run}");
        if run.code == Some(0) {
            assert_same_tree(&seen, after);
        }
        if self.again {
            self::run(site, self.arguments);
            assert_same_tree(&tree(site.root()), after);
        } else if run.code == Some(2) && seen != *after {
            assert_same_tree(&seen, before);
        }
    }
}

/// All calls of a larger site, for the record.
#[expect(clippy::disallowed_methods, reason = "the tests run with it when the record is made")]
fn takes_all() -> bool {
    env::var_os("BULLETIN_SYSTEM_FAULTS").is_some_and(|wanted| wanted == "all")
}

/// How many briefings the site has.
fn extent() -> usize {
    if takes_all() { 150 } else { 3 }
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_every_system_call_of_a_change_fails_once_and_the_next_build_puts_it_right() {
    Case::of_change(extent()).spoil_each();
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_every_system_call_of_a_first_publish_fails_once_and_the_next_build_puts_it_right() {
    Case::of_first_publish(extent()).spoil_each();
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_every_system_call_of_a_packing_fails_once_and_no_archive_is_torn() {
    Writer::new(&["pack", "copy.zip", "--replace", "--now", NOW], true, |site| {
        run(site, &["pack", "copy.zip", "--now", NOW])
    })
    .spoil_each();
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_every_system_call_of_a_publish_into_a_folder_fails_once_and_no_file_is_torn() {
    Writer::new(&["publish", "./www", "--force"], true, |site| run(site, &["publish", "./www"])).spoil_each();
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_every_system_call_of_new_files_fails_once_and_none_is_torn() {
    Writer::new(&["init", "other", "--now", NOW], false, |_| {}).spoil_each();
}
