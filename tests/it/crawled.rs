//! A reader goes from page to page while real builds publish one edition after the other.
//!
//! Each file that it reads is whole, and no link is broken at any moment. `BULLETIN_SYSTEM_FAULTS=all` publishes a thousand
//! times.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::common::editions::{Editions, without_temporary, write_edition};
use crate::common::strace::takes_all;
use crate::common::{NOW, Site, tree};

const HOME: &str = "index.html";
const BRIEFINGS: usize = 12;

/// What a reader sees of a folder that changes.
struct Crawler<'e> {
    folder: PathBuf,
    editions: &'e Editions,
    /// How many builds have ended.
    published: &'e AtomicUsize,
    /// How many pages were read.
    pages: usize,
    /// How often a page led to one that had just left, and led there no more.
    outrun: usize,
    /// The last bytes of the home page.
    home: Vec<u8>,
    /// How often they had changed.
    editions_seen: usize,
}

impl Crawler<'_> {
    /// The bytes of a file, which are those of an edition; `None` if it is not there.
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        match fs::read(self.folder.join(path)) {
            Ok(bytes) => {
                assert!(self.editions.targets(path, &bytes).is_some(), "{path} is of no edition");
                Some(bytes)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => panic!("{path}: {error}"),
        }
    }

    /// From the home page on, over every link.
    fn crawl(&mut self) {
        let mut from: BTreeMap<String, Option<String>> = BTreeMap::from([(HOME.to_owned(), None)]);
        let mut next = VecDeque::from([HOME.to_owned()]);
        let mut seen: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let begun = self.published.load(Ordering::SeqCst);
        while let Some(path) = next.pop_front() {
            let Some(bytes) = self.read(&path) else {
                self.assert_outrun(&way_to(&path, &from), &seen, begun);
                continue;
            };
            self.pages += 1;
            for target in self.editions.targets(&path, &bytes).expect("of an edition") {
                if !from.contains_key(target) {
                    from.insert(target.clone(), Some(path.clone()));
                    next.push_back(target.clone());
                }
            }
            if path == HOME && bytes != self.home {
                self.home.clone_from(&bytes);
                self.editions_seen += 1;
            }
            seen.insert(path, bytes);
        }
    }

    /// A link was broken only because a page before it has been replaced since it was read. If all of them are still
    /// what they were, they led there when nothing was there.
    fn assert_outrun(&mut self, way: &[String], seen: &BTreeMap<String, Vec<u8>>, begun: usize) {
        let (_, before) = way.split_last().expect("a path");
        let are_unchanged = before.iter().all(|path| self.read(path).as_ref() == Some(&seen[path]));
        // An edition comes back after two others.
        let cannot_be_back = self.published.load(Ordering::SeqCst) - begun < 2;
        assert!(!(are_unchanged && cannot_be_back), "a broken link: {}", way.join(" -> "));
        self.outrun += 1;
    }
}

/// The pages from the home page to a path.
fn way_to(path: &str, from: &BTreeMap<String, Option<String>>) -> Vec<String> {
    let mut way = vec![path.to_owned()];
    while let Some(before) = &from[&way[way.len() - 1]] {
        way.push(before.clone());
    }
    way.reverse();
    way
}

#[test]
fn law_3_a_reader_finds_no_broken_link_and_no_torn_file_while_builds_publish() {
    let publishes = if takes_all() { 1_000 } else { 9 };
    let site = Site::empty();
    let whole = [0, 1, 2].map(|edition| {
        write_edition(&site, edition, BRIEFINGS);
        site.build();
        without_temporary(tree(&site.public()))
    });
    let editions = Editions::new(whole.to_vec());
    let (has_ended, published) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (folder, home) = (site.public(), Vec::new());
            let (editions, published) = (&editions, &published);
            let mut crawler =
                Crawler { folder, editions, published, pages: 0, outrun: 0, home, editions_seen: 0 };
            while !has_ended.load(Ordering::Relaxed) {
                crawler.crawl();
            }
            crawler
        });
        for publish in 0..publishes {
            write_edition(&site, publish % 3, BRIEFINGS);
            let run = site.run(&["build", "--now", NOW]);
            published.fetch_add(1, Ordering::SeqCst);
            assert!(run.code == Some(0) || reader.is_finished(), "{run}");
            if reader.is_finished() {
                break;
            }
        }
        has_ended.store(true, Ordering::Relaxed);
        let crawler = reader.join().unwrap();
        println!("{} pages read, {} links outrun, {publishes} publishes", crawler.pages, crawler.outrun);
        assert!(crawler.editions_seen > publishes / 2, "{} editions were seen", crawler.editions_seen);
    });
}
