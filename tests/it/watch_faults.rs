//! `build --watch` while the system fails: strace makes a call of a rebuild fail, or kills the program before it.
//!
//! It goes on, or ends with a message. What readers see holds together, and the next save, or the next build, puts right
//! what was left. `BULLETIN_SYSTEM_FAULTS=all` takes each call that moves files.

use std::fs;

use rayon::prelude::*;

use crate::common::built::Tree;
use crate::common::editions::{Editions, is_temporary, without_temporary, write_edition};
use crate::common::running::{Running, wait};
use crate::common::strace::{counted, takes_all, tracing};
use crate::common::{NOW, Site, tree};
use crate::system_faults::{ERRORS, KILL, MOVING};

/// The thread that makes a call, and its name.
type Call = (String, String);

/// A site that is watched, and its output before all saves and after each.
struct Watched {
    before: Site,
    editions: Editions,
}

impl Watched {
    fn new() -> Self {
        let before = Site::empty();
        write_edition(&before, 0, 3);
        before.build();
        let site = Site::with_output_of(&before);
        let mut whole = vec![without_temporary(tree(&site.public()))];
        for save in SAVES {
            save(&site);
            site.build();
            whole.push(without_temporary(tree(&site.public())));
        }
        Self { before, editions: Editions::new(whole) }
    }

    fn start(&self, rules: &[String]) -> (Site, Running) {
        let site = Site::with_output_of(&self.before);
        // So that the program is the child, and can be killed.
        let rules = [rules, &["--daemonize".to_owned()]].concat();
        let running = Running::of(&site, &mut tracing(&site, &["build", "--watch", "--now", NOW], &rules));
        running.wait_for("0 removed\n");
        (site, running)
    }

    /// The calls that move files after the first save, each by its name and its number.
    fn calls(&self) -> Vec<(String, usize)> {
        let (site, running) = self.start(&[format!("--trace={MOVING}")]);
        let first = counted(&site);
        rename_a_briefing(&site);
        running.wait_for(" written, ");
        let numbers = |(call, count): (Call, usize)| {
            let begun = first.get(&call).copied().unwrap_or(0);
            (begun + 1..=count).map(move |number| (call.1.clone(), number))
        };
        counted(&site).into_iter().flat_map(numbers).collect()
    }

    fn spoil(&self, (name, number): &(String, usize), fault: &str) {
        let when = format!("{name} {number}, {fault}");
        let rules = [format!("--trace={name}"), format!("--inject={name}:{fault}:when={number}")];
        let (site, mut running) = self.start(&rules);
        for (save, whole) in SAVES.iter().zip(&self.editions.whole[1..]) {
            let faults = running.output().matches("error[").count();
            save(&site);
            let mut has_ended = false;
            wait(|| {
                has_ended = running.child.try_wait().unwrap().is_some();
                let output = running.output();
                let has_failed = output.matches("error[").count() > faults;
                if has_ended || has_failed || whole_tree(&site).as_ref() == Some(whole) {
                    return Ok(());
                }
                Err(format!("{when}: it neither goes on nor says why: {output}"))
            });
            let output = running.output();
            assert!(!output.contains("panicked"), "{when}: {output}");
            assert!(
                !has_ended || fault == KILL || output.contains("error["),
                "{when}: it ended and says nothing"
            );
            let seen = whole_tree(&site).expect("nothing changes it");
            self.editions.assert_holds_together(&seen, &when);
            if has_ended {
                break;
            }
        }
        if running.child.try_wait().unwrap().is_some() {
            SAVES.iter().for_each(|save| save(&site));
            site.build();
        }
        assert!(whole_tree(&site).as_ref() == self.editions.whole.last(), "{when}: {}", running.output());
    }
}

/// What is done to the site, one after the other. A call may be one of the second save if there was less to do before.
const SAVES: [fn(&Site); 3] = [
    rename_a_briefing,
    |site| write_about(site, "Stays for long."),
    |site| write_about(site, "Stays for ever."),
];

/// A page leaves and another comes, by one rename.
fn rename_a_briefing(site: &Site) {
    let _ = fs::rename(site.path("content/briefings/b1.md"), site.path("content/briefings/b9.md"));
}

fn write_about(site: &Site, text: &str) {
    site.write(&format!("-- .about --\n+++\ntitle = \"About\"\n+++\n{text}\n"));
    fs::rename(site.path(".about"), site.path("content/about.md")).unwrap();
}

/// What is in the output folder; `None` while it changes.
fn whole_tree(site: &Site) -> Option<Tree> {
    let mut files = Tree::new();
    for entry in walkdir::WalkDir::new(site.public()) {
        let entry = entry.ok()?;
        let path = entry.path().strip_prefix(site.public()).unwrap().to_str().unwrap().to_owned();
        if entry.file_type().is_file() && !is_temporary(&path) {
            files.insert(path, fs::read(entry.path()).ok()?);
        }
    }
    Some(files)
}

#[test]
#[ignore = "needs strace: tests/run"]
fn law_3_every_system_call_of_a_watch_fails_once_and_the_next_save_puts_it_right() {
    let watched = Watched::new();
    let calls = watched.calls();
    assert!(calls.len() > 20, "{calls:?}");
    let step = if takes_all() { 1 } else { 16 };
    let faults = ERRORS.into_iter().chain([KILL]).enumerate();
    let cases: Vec<_> = faults
        .flat_map(|(first, fault)| {
            calls.iter().skip(first * step / 4).step_by(step).map(move |call| (call, fault))
        })
        .collect();
    cases.par_iter().for_each(|(call, fault)| watched.spoil(call, fault));
    println!("{} faults of the system", cases.len());
}
