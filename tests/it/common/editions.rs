//! Editions of a site, and whether what is in its folder between two of them holds together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::Site;
use super::built::Tree;
use super::html::{Page, is_external, resolve};

/// Writes one of three editions with different texts, briefings and places: a third of the briefings leaves, a third comes,
/// and the others change.
pub fn write_edition(site: &Site, edition: usize, briefings: usize) {
    site.write(&format!(
        "-- site.toml --\ntitle = \"Edition {edition}\"\nlanguage = \"en\"\ntimezone = \"UTC\"\npage_size = 4\n"
    ));
    let _ = fs::remove_dir_all(site.path("content"));
    for number in (0..briefings).filter(|number| number % 3 != edition) {
        let next = if (number + 1) % 3 == edition { number + 2 } else { number + 1 };
        let link = if next < briefings { format!("[next](b{next}.md)") } else { String::new() };
        let (day, place, source) = (number % 28 + 1, number % 7, number % 5);
        site.write(&format!(
            "-- content/briefings/b{number}.md --\n+++\ntitle = \"B{number}\"\ndate = 2031-05-{day:02}\n\
             neighbourhoods = [\"P{place}\", \"Q{edition}\"]\nsources = [\"S{source}\"]\n+++\nEdition {edition}. {link}\n"
        ));
    }
    site.write("-- content/about.md --\n+++\ntitle = \"About\"\n+++\nStays.\n");
}

/// Whole builds of a site, without the files that a build keeps for itself.
pub struct Editions {
    pub whole: Vec<Tree>,
    /// The targets of the links of each page.
    links: Vec<BTreeMap<String, Vec<String>>>,
}

impl Editions {
    pub fn new(whole: Vec<Tree>) -> Self {
        let links = whole.iter().map(links).collect();
        Self { whole, links }
    }

    /// Where a file leads; `None` if it is of no edition.
    pub fn targets(&self, path: &str, bytes: &[u8]) -> Option<&[String]> {
        let edition =
            self.whole.iter().position(|tree| tree.get(path).is_some_and(|whole| whole == bytes))?;
        Some(self.links[edition].get(path).map_or(&[], Vec::as_slice))
    }

    /// Each file is one of an edition, and each page that a reader can reach has all that it links to.
    ///
    /// New pages that link to each other in a circle arrive one by one. Until all are there, no page that a reader
    /// can reach links to them.
    pub fn assert_holds_together(&self, seen: &Tree, when: &str) {
        let edition_of = |path: &str| {
            let edition = self.whole.iter().position(|tree| tree.get(path) == seen.get(path));
            edition.unwrap_or_else(|| panic!("{when}: {path} is of no edition"))
        };
        seen.keys().for_each(|path| _ = edition_of(path));
        let mut reached = BTreeSet::new();
        let mut next: Vec<&str> =
            seen.contains_key("index.html").then_some("index.html").into_iter().collect();
        while let Some(path) = next.pop() {
            assert!(seen.contains_key(path), "{when}: a page leads to {path}, which is gone");
            if reached.insert(path) {
                next.extend(self.links[edition_of(path)].get(path).into_iter().flatten().map(String::as_str));
            }
        }
    }
}

fn links(tree: &Tree) -> BTreeMap<String, Vec<String>> {
    let pages = tree.iter().filter(|(path, _)| path.ends_with(".html"));
    let links = |(path, bytes): (&String, &Vec<u8>)| {
        let page = Page::parse(std::str::from_utf8(bytes).unwrap());
        let leads = page.values("a[href]", "href").into_iter().filter(|href| !is_external(href));
        (path.clone(), leads.map(|href| resolve(path, &href).0).collect())
    };
    pages.map(links).collect()
}

/// Of a build for itself: its journal, its records, its stage.
pub fn is_temporary(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with(".bulletin"))
}

pub fn without_temporary(mut tree: Tree) -> Tree {
    tree.retain(|path, _| !is_temporary(path));
    tree
}
