//! The power fails at every moment of a build: what may be on the disk then is made from a record of the real program.
//!
//! `common::power` says which file systems are modelled. Here are the builds, and what must hold after them. Most remains
//! are given to the publish alone, since it is what looks at the folder; some to the whole program.
//! `BULLETIN_SYSTEM_FAULTS=all` takes each moment, with more luck.

use std::collections::BTreeSet;
use std::path::Path;

use bulletin::engine::Unobserved;
use bulletin::paths::OutPath;
use bulletin::paths::kept_names::SUMS;
use bulletin::publish::{PublishOptions, Publisher};
use rayon::prelude::*;

use crate::common::built::Tree;
use crate::common::editions::{Editions, is_temporary, without_temporary, write_edition};
use crate::common::power::{Luck, Order, Recording, Remains};
use crate::common::strace::takes_all;
use crate::common::{NOW, Site, tree};

/// A file of somebody else in the output, and one in a folder of the site.
const FOREIGN: [&str; 2] = ["mine.html", "briefings/mine.html"];

const BUILD: [&str; 3] = ["build", "--now", NOW];
const DURABLE: [&str; 4] = ["build", "--now", NOW, "--durable"];

/// A build whose power fails, or that follows a killed one.
struct Scenario {
    name: &'static str,
    /// Which edition is in the folder before. `None`: there is no folder.
    before: Option<usize>,
    /// Which edition is built.
    edition: usize,
    /// It was built once already, by a build that did not wait for the disk.
    again: bool,
    /// The call before which a first build is killed; the next one is that of which the power fails.
    kill: Option<(&'static str, usize)>,
}

/// What is known of every build of a scenario.
struct Trial<'s> {
    scenario: &'s Scenario,
    is_durable: bool,
    /// What was in the folder before, and what will be.
    editions: Editions,
    recording: Recording,
    /// How many changes there were before the build whose power fails.
    begin: usize,
}

impl<'s> Trial<'s> {
    fn new(scenario: &'s Scenario, whole: &[Tree; 2], is_durable: bool) -> Self {
        let site = Site::empty();
        let arguments: &[&str] = if is_durable { &DURABLE } else { &BUILD };
        if let Some(before) = scenario.before {
            write_edition(&site, before, BRIEFINGS);
            assert_eq!(site.run(arguments).code, Some(0));
            FOREIGN.iter().for_each(|path| site.write_bytes(&format!("public/{path}"), b"mine"));
        }
        write_edition(&site, scenario.edition, BRIEFINGS);
        let mut recording = Recording::of(&site);
        if scenario.again {
            recording.run(&site, &BUILD, None);
        }
        if scenario.kill.is_some() {
            recording.run(&site, arguments, scenario.kill);
        }
        let begin = recording.len();
        recording.run(&site, arguments, None);
        let before = scenario.before.map_or_else(Tree::new, |before| whole[before].clone());
        let editions = Editions::new(vec![before, whole[scenario.edition].clone()]);
        Self { scenario, is_durable, editions, recording, begin }
    }

    /// What is in the folder but for files of somebody else, which are as they were.
    fn seen(&self, files: &Tree, when: &str) -> Tree {
        let mut seen = without_temporary(files.clone());
        for path in FOREIGN.iter().filter(|_| self.scenario.before.is_some()) {
            assert_eq!(seen.remove(*path).as_deref(), Some(&b"mine"[..]), "{when}: {path} of somebody else");
        }
        seen
    }

    /// Cuts the power at each moment, in all the ways that were chosen. How many different remains there were.
    fn cut_each(&self) -> usize {
        let (step, seeds) = if takes_all() { (1, 8) } else { (11, 2) };
        let end = self.recording.len();
        // What a build left that did not wait may be lost until the next one has ended that does.
        let is_end_alone = self.is_durable && self.scenario.again;
        let begin = if is_end_alone { end } else { self.begin };
        let moments = (begin..=end).rev().step_by(step);
        let luck = [Luck::Nothing, Luck::Names].into_iter().chain((1..=seeds).map(Luck::Seed));
        let ways = [Order::Journal, Order::Free]
            .into_iter()
            .flat_map(|order| luck.clone().map(move |luck| (order, luck)));
        let mut known = BTreeSet::new();
        let mut remains = Vec::new();
        for at in moments {
            for (order, luck) in ways.clone() {
                let left = self.recording.cut("public", at, order, luck);
                let when = format!(
                    "{}, durable: {}, {order:?} {luck:?}, after {at} of {end} changes",
                    self.scenario.name, self.is_durable
                );
                if known.insert((without_stage(&left), at == end)) {
                    remains.push((left, at == end, when));
                }
            }
        }
        let each = remains.par_iter().enumerate();
        each.for_each(|(number, (left, is_end, when))| self.check(left, *is_end, number % 50 == 0, when));
        remains.len()
    }

    fn check(&self, left: &Remains, is_end: bool, by_program: bool, when: &str) {
        let seen = self.seen(&left.files, when);
        let whole = &self.editions.whole[1];
        if self.is_durable {
            self.editions.assert_holds_together(&seen, when);
            assert!(!is_end || differences(&seen, whole).is_empty(), "{when}: what had ended is not whole");
        }
        let site = Site::empty();
        let public = site.public();
        if !left.folders.is_empty() {
            left.write(&public);
        }
        if by_program {
            write_edition(&site, self.scenario.edition, BRIEFINGS);
            let run = site.run(&BUILD);
            assert_eq!(run.code, Some(0), "{when}: {run}");
        } else {
            publish(&public, whole).unwrap_or_else(|fault| panic!("{when}: {fault}"));
        }
        let after = tree(&public);
        let left_over = after.keys().find(|path| is_temporary(path) && *path != ".bulletin");
        assert_eq!(left_over, None, "{when}");
        let none: [&str; 0] = [];
        assert_eq!(differences(&self.seen(&after, when), whole), none, "{when}");
    }
}

/// The files that one tree has, and the other not, or with other bytes.
fn differences<'t>(seen: &'t Tree, whole: &'t Tree) -> Vec<&'t str> {
    let paths: BTreeSet<&String> = seen.keys().chain(whole.keys()).collect();
    paths.into_iter().filter(|path| seen.get(*path) != whole.get(*path)).map(String::as_str).collect()
}

/// The next build removes the stage, whatever is in it.
fn without_stage(left: &Remains) -> (Tree, BTreeSet<String>) {
    let is_site = |path: &str| !path.starts_with(".bulletin-tmp-stage/");
    let files = left.files.iter().filter(|(path, _)| is_site(path));
    let folders = left.folders.iter().filter(|path| is_site(path));
    (files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect(), folders.cloned().collect())
}

/// The part of a build that looks at the folder.
fn publish(folder: &Path, whole: &Tree) -> Result<(), String> {
    let publisher =
        Publisher::open(folder, "public", PublishOptions::default()).map_err(|fault| fault.message)?;
    for (path, bytes) in whole.iter().filter(|(path, _)| *path != SUMS) {
        publisher.stage(&OutPath::new(path.as_str()).unwrap(), bytes).map_err(|fault| fault.message)?;
    }
    let done = publisher.commit(&BTreeSet::new(), &Unobserved);
    done.map(drop).map_err(|failure| {
        failure.diagnostics.into_iter().map(|fault| fault.message).collect::<Vec<_>>().join("; ")
    })
}

/// How many briefings the site has. More files would be moved in the same steps.
const BRIEFINGS: usize = 3;

/// Both editions, as a build makes them in an empty folder.
fn whole() -> [Tree; 2] {
    [0, 1].map(|edition| {
        let site = Site::empty();
        write_edition(&site, edition, BRIEFINGS);
        site.build();
        without_temporary(tree(&site.public()))
    })
}

const SCENARIOS: [Scenario; 5] = [
    Scenario { name: "a change", before: Some(0), edition: 1, again: false, kill: None },
    Scenario { name: "a first build", before: None, edition: 1, again: false, kill: None },
    Scenario { name: "a second build of the same", before: None, edition: 1, again: true, kill: None },
    Scenario {
        name: "after a kill while files arrive",
        before: Some(0),
        edition: 1,
        again: false,
        kill: Some(("renameat2", 4)),
    },
    Scenario {
        name: "after a kill while files are replaced",
        before: Some(0),
        edition: 1,
        again: false,
        kill: Some(("renameat", 12)),
    },
];

/// Prints how many remains were looked at.
#[expect(clippy::print_stdout, reason = "the number is part of the record")]
fn cut_power(is_durable: bool) {
    let whole = whole();
    let remains = SCENARIOS.iter().map(|scenario| Trial::new(scenario, &whole, is_durable).cut_each());
    println!("{} faults of the system", remains.sum::<usize>());
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_a_power_cut_at_any_moment_is_put_right_by_the_next_build() {
    cut_power(false);
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_a_power_cut_during_a_durable_build_is_like_a_kill() {
    cut_power(true);
}
