//! Every system call of a command that writes fails once, and a kill comes before each: strace injects both into the real
//! program.
//!
//! Calls are counted by thread, so there is one thread for the work. A fault is injected into the first thread that comes to
//! its number: the thread for the work if both make such calls. So they are counted in groups, and those that move files,
//! which the main thread makes, by themselves. A call that is not made again is not counted, and so no case is made up.
//! `BULLETIN_SYSTEM_FAULTS=all` takes each call of a larger site; without it, calls that open or read are taken now and
//! then.

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use bulletin::paths::kept_names::{BUILT, JOURNAL};
use rayon::prelude::*;

use crate::common::built::Tree;
use crate::common::editions::{Editions, is_temporary, without_temporary, write_edition};
use crate::common::strace::{LOG, takes_all, traced};
use crate::common::{NOW, Run, Site, assert_same_tree, tree};

/// Calls that are counted together, and how often one of them is spoiled: every so manieth fails, or is not made as the
/// program is killed.
struct Group {
    calls: &'static str,
    /// Only those on one of these files, if any.
    files: &'static [&'static str],
    step_of_errors: usize,
    step_of_kills: usize,
}

const GROUPS: [Group; 5] = [
    // What moves files, or says that they are on the disk: each has one of the errors, and a kill before it.
    Group {
        calls: "rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,ftruncate,flock,fsync,fdatasync",
        files: &[],
        step_of_errors: 3,
        step_of_kills: 1,
    },
    // What is ours: each has every error.
    Group { calls: "write,pwrite64", files: &RECORDS, step_of_errors: 1, step_of_kills: 1 },
    // What makes files that are moved later.
    Group {
        calls: "write,pwrite64,mkdir,mkdirat,symlink,symlinkat,fchmod,utimensat",
        files: &[],
        step_of_errors: 12,
        step_of_kills: 8,
    },
    Group { calls: "openat", files: &[], step_of_errors: 24, step_of_kills: 16 },
    Group {
        calls: "read,pread64,statx,newfstatat,fstat,getdents64,faccessat,faccessat2,readlinkat,lseek",
        files: &[],
        step_of_errors: 120,
        step_of_kills: 80,
    },
];

/// The records of a publish, with the names that they have while they are written.
const RECORDS: [&str; 4] = [
    "public/.bulletin",
    "public/.bulletin-tmp-journal",
    "public/.bulletin-tmp-sums",
    "public/.bulletin-tmp-built",
];

impl Group {
    /// The rules of strace that count these calls.
    fn traced(&self, site: &Site) -> Vec<String> {
        let root = site.root().canonicalize().unwrap();
        let files = self.files.iter().map(|file| format!("--trace-path={}", root.join(file).display()));
        files.chain([format!("--trace={}", self.calls)]).collect()
    }
}

/// A full disk, a broken one, and rights that were taken away.
const ERRORS: [&str; 3] = ["error=ENOSPC", "error=EIO", "error=EACCES"];
const KILL: &str = "signal=KILL";
const FOREIGN: &str = "mine.html";

/// Something that a command does to a site.
trait Trial: Sync {
    fn before(&self) -> &Site;

    fn arguments(&self) -> &[&str];

    /// Looks at what readers see after a fault, and at what the command makes of it when it runs again.
    fn check(&self, site: &Site, run: &Run, when: &str);

    /// The most calls of a group that a thread makes.
    fn calls(&self, group: &Group) -> usize {
        let site = Site::with_output_of(self.before());
        let run = traced(&site, self.arguments(), &group.traced(&site));
        assert_eq!(run.code, Some(0), "{run}");
        let mut by_thread: BTreeMap<String, usize> = BTreeMap::new();
        for line in site.read(LOG).lines().filter(|line| !line.contains(" resumed>")) {
            let thread = line.split(' ').next().unwrap_or_default();
            *by_thread.entry(thread.to_owned()).or_default() += 1;
        }
        by_thread.into_values().max().unwrap_or(0)
    }

    /// Spoils the call of a number.
    fn spoil(&self, group: &Group, number: usize, fault: &str) {
        let calls = group.calls;
        let when = format!("{:?}: call {number} of {calls}, {fault}", self.arguments());
        let site = Site::with_output_of(self.before());
        let mut rules = group.traced(&site);
        rules.push(format!("--inject={calls}:{fault}:when={number}"));
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
        for group in &GROUPS {
            let most = self.calls(group);
            let every = |fault, first: usize, step: usize| {
                let (first, step) = if takes_all() { (1, 1) } else { (first, step * self.step()) };
                (first..=most).step_by(step).map(move |number| (number, fault))
            };
            let errors =
                (1..).zip(ERRORS).flat_map(|(first, error)| every(error, first, group.step_of_errors));
            let cases: Vec<(usize, &str)> = errors.chain(every(KILL, 1, group.step_of_kills)).collect();
            cases.par_iter().for_each(|(number, fault)| self.spoil(group, *number, fault));
            injected += cases.len();
        }
        println!("{injected} faults of the system");
    }
}

/// A build: a site that has its first edition in the folder, and the sources of its second.
struct Case {
    before: Site,
    editions: Editions,
    /// How often some files had been moved, and others not.
    in_the_middle: AtomicUsize,
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
        Self { before, editions: Editions::new(whole.to_vec()), in_the_middle: AtomicUsize::new(0) }
    }

    fn of_first_publish(briefings: usize) -> Self {
        let mut case = Self::of_change(briefings);
        fs::remove_dir_all(case.before.public()).unwrap();
        case.before.write_bytes(&format!("public/{FOREIGN}"), b"mine");
        case.editions = Editions::new(vec![Tree::new(), case.editions.whole[1].clone()]);
        case
    }

    /// A kill before each of a dozen moves at least.
    fn spoil_each_move(&self) {
        self.spoil_each();
        let in_the_middle = self.in_the_middle.load(Ordering::Relaxed);
        assert!(in_the_middle > 12, "only {in_the_middle} faults came while files moved");
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
        if !self.editions.whole.contains(&seen) {
            self.in_the_middle.fetch_add(1, Ordering::Relaxed);
        }
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

/// How many briefings the site has.
fn extent() -> usize {
    if takes_all() { 150 } else { 3 }
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_every_system_call_of_a_change_fails_once_and_the_next_build_puts_it_right() {
    Case::of_change(extent()).spoil_each_move();
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_every_system_call_of_a_first_publish_fails_once_and_the_next_build_puts_it_right() {
    Case::of_first_publish(extent()).spoil_each_move();
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
