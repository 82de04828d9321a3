//! Builds that are killed: after every step, while a block is being written, at random among
//! other events. What counts is what a reader sees then, and what the next build makes of it.

use proptest::prelude::*;

use super::super::journal::block;
use super::*;

impl Desk {
    /// Kills a build after `limit` of its steps. How many it would have taken.
    fn publish_until(&self, site: &str, limit: usize) -> Result<usize, Vec<Diagnostic>> {
        self.publish_until_with(site, limit, PublishOptions::default())
    }

    fn publish_until_with(
        &self,
        site: &str,
        limit: usize,
        options: PublishOptions,
    ) -> Result<usize, Vec<Diagnostic>> {
        let mut publisher = self.stage_with(site, options)?;
        let (steps, _) = publisher.prepare(&BTreeSet::new())?;
        let total = steps.len();
        for step in steps.into_iter().take(limit) {
            publisher.execute(step).unwrap();
        }
        // What is dropped finds nothing to clear, as after a kill.
        let elsewhere = Arc::new(OutputRoot::open(&temporary_root()).unwrap());
        publisher.journal.abandon(&elsewhere);
        publisher.root = elsewhere;
        Ok(total)
    }
}

/// Runs `check` on a desk where the publish of `site` over `before` was killed, for each step.
fn after_each_step(before: &str, site: &str, check: impl Fn(&Desk, &BTreeMap<String, String>)) {
    let mut limit = 0;
    loop {
        let desk = if before.is_empty() { Desk::new() } else { Desk::published(before) };
        desk.put("CNAME=mine briefings/note=mine");
        let stood = parse(&desk.files());
        let total = desk.publish_until(site, limit).unwrap();
        check(&desk, &stood);
        assert!(desk.files().contains("CNAME=mine") && desk.files().contains("briefings/note=mine"));
        if limit == total {
            break;
        }
        limit += 1;
    }
    assert!(limit > 3, "too few steps to be a test");
}

// A page's bytes are its version and its links: `2>a.html>b.html`.
const OLD: &str = "index.html=1>briefings/a.html>briefings/b.html>s.css briefings/a.html=1>index.html>old/x.html \
                   briefings/b.html=1>index.html old/x.html=1>old/y.html old/y.html=1>index.html s.css=1 same.html=1>index.html";
const NEW: &str = "index.html=2>briefings/a.html>briefings/c.html>new/x.html>t.css briefings/a.html=2>briefings/c.html \
                   briefings/c.html=2>t.css new/x.html=2>new/deep/y.html new/deep/y.html=2>index.html t.css=2 same.html=1>index.html";

/// Files that can be come to: from what a reader had open before, over every link.
fn assert_links_hold(desk: &Desk, stood: &BTreeMap<String, String>) {
    let files: BTreeMap<_, _> =
        parse(&desk.files()).into_iter().filter(|(path, _)| !path.starts_with('.')).collect();
    let mut queue: Vec<_> = stood.keys().filter(|path| files.contains_key(*path)).cloned().collect();
    let mut seen: BTreeSet<_> = queue.iter().cloned().collect();
    while let Some(path) = queue.pop() {
        for target in files[&path].split('>').skip(1) {
            assert!(
                files.contains_key(target),
                "{path} leads to {target}, which is not there: {}",
                desk.files()
            );
            if seen.insert(target.to_owned()) {
                queue.push(target.to_owned());
            }
        }
    }
}

fn assert_whole(desk: &Desk, versions: &[&str]) {
    for (path, bytes) in parse(&desk.files()) {
        let known = versions.iter().any(|site| parse(site).get(&path) == Some(&bytes)) || bytes == "mine";
        assert!(known, "{path} is not whole: {bytes}");
    }
}

fn assert_clean(desk: &Desk, site: &str) {
    let expected = [parse(site), parse("CNAME=mine briefings/note=mine")].into_iter().flatten();
    let expected: BTreeMap<_, _> = expected.collect();
    assert_eq!(parse(&desk.files()), expected);
    assert_eq!(desk.temporaries(), [""; 0]);
    let used = |folder: &String| expected.keys().any(|path| path.starts_with(folder.as_str()));
    let empty: Vec<_> = desk
        .everything()
        .into_keys()
        .filter(|path| path.len() > 1 && path.ends_with('/') && !used(path))
        .collect();
    assert_eq!(empty, [""; 0], "empty folders");
}

#[test]
fn law_3_every_link_holds_after_each_step() {
    for before in [OLD, ""] {
        after_each_step(before, NEW, |desk, stood| {
            assert_whole(desk, &[OLD, NEW]);
            assert_links_hold(desk, stood);
        });
    }
}

#[test]
fn law_3_the_next_build_finishes_the_work() {
    for (before, site) in [(OLD, NEW), ("", NEW), (NEW, OLD), (OLD, "index.html=3")] {
        for next in [site, OLD, NEW, "index.html=4 briefings/d.html=4", ""] {
            after_each_step(before, site, |desk, _| {
                let published = desk.publish(next).unwrap();
                assert_eq!(unexpected(&published), "");
                assert_clean(desk, next);
                assert_eq!(counts(&desk.publish(next).unwrap())[2], parse(next).len());
            });
        }
    }
}

#[test]
fn law_3_a_second_kill_does_not_lose_what_the_first_left() {
    after_each_step(OLD, NEW, |desk, _| {
        for limit in 0..9 {
            desk.publish_until("index.html=3>briefings/d.html briefings/d.html=3 old/x.html=3", limit)
                .unwrap();
            assert_whole(desk, &[OLD, NEW, "index.html=3>briefings/d.html briefings/d.html=3 old/x.html=3"]);
        }
        assert_eq!(unexpected(&desk.publish("index.html=4").unwrap()), "");
        assert_clean(desk, "index.html=4");
    });
}

#[test]
fn law_3_a_file_that_becomes_a_folder_survives_a_kill() {
    let (file, folder) = ("a=1 d/e/x=1 d/y=1 k=1", "a/b/x=2 a/c=2 d=2 k=1");
    for (before, site) in [(file, folder), (folder, file)] {
        for next in [file, folder, "k=1"] {
            after_each_step(before, site, |desk, _| {
                assert_eq!(unexpected(&desk.publish(next).unwrap()), "");
                assert_clean(desk, next);
            });
        }
    }
}

#[test]
fn law_3_a_journal_that_was_cut_off_anywhere_is_harmless() {
    for before in [0, 1] {
        let desk = Desk::published(OLD);
        desk.put("CNAME=mine briefings/note=mine");
        let first = if before == 1 {
            desk.publish_until(NEW, 4).map(|_| fs::read(desk.path(".bulletin")))
        } else {
            Ok(Ok(vec![]))
        };
        let first = first.unwrap().unwrap();
        let sum = hash(b"mine");
        let second = block([("CNAME", &sum), ("briefings/note", &sum)].into_iter());
        for cut in 0..second.len() {
            let journal = [first.as_slice(), &second.as_bytes()[..cut]].concat();
            fs::write(desk.path(".bulletin"), &journal).unwrap();
            drop(desk.stage("index.html=3").unwrap());
            assert_eq!(fs::read(desk.path(".bulletin")).unwrap(), journal);
        }
        desk.publish("index.html=3").unwrap();
        assert_clean(&desk, "index.html=3");
    }
}

#[test]
fn law_3_what_a_kill_left_while_staging_is_cleared() {
    for desk in [Desk::new(), Desk::published(OLD)] {
        desk.publish_until(NEW, 0).unwrap();
        desk.put(".bulletin-tmp-other=x CNAME=mine briefings/note=mine");
        assert!(desk.temporaries().len() > 3);
        drop(desk.open().unwrap());
        assert_eq!(desk.temporaries(), [""; 0]);
        desk.publish(NEW).unwrap();
        assert_clean(&desk, NEW);
    }
}

#[derive(Clone, Debug)]
enum Event {
    Publish(String),
    Kill(String, usize),
    Abandon(String),
    /// Somebody writes a file, ours or not.
    Write(String),
    Remove(String),
}

const PATHS: [&str; 8] = ["a", "a/q", "b.html", "d/x", "d/y", "d/e/z", "d/e", "c"];

/// A site in which no file is also a folder.
fn site() -> impl Strategy<Value = String> {
    proptest::collection::btree_map(proptest::sample::select(&PATHS[..]), "[1-3]", 0..6).prop_map(|files| {
        let is_folder = |path: &str| files.keys().any(|other| other.starts_with(&format!("{path}/")));
        let kept = files.iter().filter(|(path, _)| !is_folder(path));
        kept.map(|(path, bytes)| format!("{path}={bytes} ")).collect()
    })
}

fn event() -> impl Strategy<Value = Event> {
    let path = || proptest::sample::select(&PATHS[..]).prop_map(str::to_owned);
    prop_oneof![
        3 => site().prop_map(Event::Publish),
        4 => (site(), 0..14_usize).prop_map(|(site, limit)| Event::Kill(site, limit)),
        1 => site().prop_map(Event::Abandon),
        2 => path().prop_map(Event::Write),
        2 => path().prop_map(Event::Remove),
    ]
}

/// What the contract says, worked out from the folder and the paths that are ours.
#[derive(Default)]
struct Model {
    ours: BTreeSet<String>,
}

impl Model {
    fn is_refused(&self, desk: &Desk, site: &str) -> bool {
        parse(site).keys().any(|path| self.is_in_the_way(desk, path))
    }

    fn is_in_the_way(&self, desk: &Desk, path: &str) -> bool {
        let foreign = |path: &str| desk.path(path).is_file() && !self.ours.contains(path);
        let above = path.match_indices('/').any(|(slash, _)| foreign(&path[..slash]));
        above || foreign(path) || desk.path(path).is_dir() && !self.folder_is_ours(desk, path)
    }

    fn folder_is_ours(&self, desk: &Desk, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        let files = parse(&desk.files());
        let mut inside = files.keys().filter(|path| path.starts_with(&prefix));
        self.ours.iter().any(|path| path.starts_with(&prefix)) && inside.all(|path| self.ours.contains(path))
    }

    fn foreign(&self, desk: &Desk) -> BTreeMap<String, String> {
        parse(&desk.files()).into_iter().filter(|(path, _)| !self.ours.contains(path)).collect()
    }

    fn happen(&mut self, desk: &Desk, event: Event) {
        match event {
            Event::Publish(site) => self.publish(desk, &site),
            Event::Kill(site, limit) => self.kill(desk, &site, limit),
            Event::Abandon(site) => {
                let before = desk.files();
                drop(desk.stage(&site));
                assert_eq!((desk.files(), desk.temporaries()), (before, vec![]));
            }
            Event::Write(path) => {
                if fs::create_dir_all(desk.path(parent(&path))).is_ok() {
                    drop(fs::write(desk.path(&path), "mine"));
                }
            }
            Event::Remove(path) => drop(fs::remove_file(desk.path(&path))),
        }
    }

    fn publish(&mut self, desk: &Desk, site: &str) {
        let (refused, foreign, before) = (self.is_refused(desk, site), self.foreign(desk), desk.files());
        let outcome = desk.publish(site);
        assert_eq!(outcome.is_err(), refused, "{outcome:?}");
        assert_eq!(desk.temporaries(), [""; 0]);
        if refused {
            assert_eq!(desk.files(), before);
            return;
        }
        let expected: BTreeMap<_, _> = parse(site).into_iter().chain(foreign).collect();
        assert_eq!(parse(&desk.files()), expected);
        self.ours = parse(site).into_keys().collect();
    }

    fn kill(&mut self, desk: &Desk, site: &str, limit: usize) {
        let (refused, foreign, before) = (self.is_refused(desk, site), self.foreign(desk), desk.files());
        let outcome = desk.publish_until(site, limit);
        assert_eq!(outcome.is_err(), refused, "{outcome:?}");
        if refused || limit == 0 {
            assert_eq!(desk.files(), before);
            return;
        }
        let finished = outcome.is_ok_and(|total| limit >= total);
        let site = parse(site).into_keys();
        self.ours = if finished { site.collect() } else { self.ours.iter().cloned().chain(site).collect() };
        assert_eq!(self.foreign(desk), foreign);
    }
}

/// A site in which every link from a page leads to a file: pages with links to each other and to other files.
fn linked_site() -> impl Strategy<Value = String> {
    const FILES: [&str; 10] = [
        "a.html",
        "b.html",
        "z.html",
        "d/c.html",
        "d/e.html",
        "old/f.html",
        "a.txt",
        "d/c.txt",
        "s.css",
        "d/p.png",
    ];
    let files = proptest::collection::btree_set(proptest::sample::select(&FILES[..]), 0..8);
    (files, proptest::collection::vec(any::<u16>(), 10), "[1-3]").prop_map(|(files, links, version)| {
        let mut pages = vec!["index.html"];
        pages.extend(files.iter().filter(|file| file.ends_with(".html")));
        let others: Vec<_> = files.iter().filter(|file| !file.ends_with(".html")).collect();
        let page = |(page, links): (&&str, &u16)| {
            let is_linked = |bit: usize| links >> bit & 1 == 1;
            let targets = files.iter().enumerate().filter(|(bit, _)| is_linked(*bit));
            let targets: String = targets.map(|(_, target)| format!(">{target}")).collect();
            format!("{page}={version}{targets} ")
        };
        let pages: String = pages.iter().zip(&links).map(page).collect();
        others.into_iter().fold(pages, |site, file| format!("{site}{file}={version} "))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn law_3_every_link_from_the_home_page_holds_at_every_step(
        before in linked_site(),
        site in linked_site(),
        durable in any::<bool>(),
        is_first in any::<bool>(),
    ) {
        let options = || PublishOptions { durable, ..PublishOptions::default() };
        let desk = || if is_first { Desk::new() } else { Desk::published(&before) };
        let total = desk().publish_until_with(&site, 0, options()).unwrap();
        for limit in 1..=total {
            let desk = desk();
            desk.publish_until_with(&site, limit, options()).unwrap();
            assert_whole(&desk, &[&before, &site]);
            let home = parse(&desk.files()).into_iter().filter(|(path, _)| path == "index.html").collect();
            assert_links_hold(&desk, &home);
        }
    }

    #[test]
    fn laws_3_and_4_hold_whatever_happens(events in proptest::collection::vec(event(), 1..14), last in site()) {
        let desk = Desk::with("CNAME=mine");
        let mut model = Model::default();
        for event in events {
            model.happen(&desk, event);
            prop_assert!(desk.files().contains("CNAME=mine"));
        }
        model.publish(&desk, &last);
    }
}
