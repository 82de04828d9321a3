//! The plain-text pages of whole sites.

use unicode_width::UnicodeWidthStr as _;

use crate::common::built::{Tree, demo, pages, port_brine, text};
use crate::common::html::{Page, is_external, resolve};
use crate::common::{Site, tree};

fn built() -> [&'static Tree; 2] {
    [demo(), port_brine()]
}

/// Each page with its plain text.
fn twins(tree: &Tree) -> Vec<(&str, Page, String)> {
    let mut found = Vec::new();
    for (path, html) in pages(tree) {
        let page = Page::parse(html);
        let named = page.values("link[rel=alternate][type='text/plain']", "href");
        let shown = page.values("footer a[type='text/plain']", "href");
        assert_eq!(named, shown, "{path} names its text and shows a link to it");
        let is_former = page.has("meta[http-equiv=refresh], #page-moved");
        let is_without = path == "404.html" || path.ends_with("-sheet.html") || is_former;
        assert_eq!(named.is_empty(), is_without, "{path}: a page has a text, what is no page has none");
        if let [href] = named.as_slice() {
            let (twin, _) = resolve(path, href);
            assert_eq!(twin, path.replace(".html", ".txt"));
            found.push((path, page, twin));
        }
    }
    assert!(found.len() > 40);
    found
}

#[test]
fn every_page_has_a_plain_text_with_its_url() {
    for tree in built() {
        for (path, _, twin) in twins(tree) {
            let text = text(tree, &twin);
            let file = path.rsplit('/').next().unwrap();
            assert!(text.lines().any(|line| line.ends_with(file)), "{twin} does not name {path}:\n{text}");
        }
    }
}

#[test]
fn law_6_every_link_of_a_plain_text_resolves() {
    for tree in built() {
        for (_, _, twin) in twins(tree) {
            for line in text(tree, &twin).lines().skip_while(|line| !line.starts_with("[1] ")) {
                let (_, href) = line.split_once("] ").unwrap();
                if is_external(href) {
                    continue;
                }
                let (target, _) = resolve(&twin, href);
                assert!(tree.contains_key(&target), "{twin} leads to {href}, which is not there");
                let has_text = tree.contains_key(&target.replace(".html", ".txt"));
                assert!(!target.ends_with(".html") || !has_text, "{twin} leads to {href}, which has a text");
            }
        }
    }
}

#[test]
fn lines_have_at_most_72_columns() {
    for tree in built() {
        for (_, _, twin) in twins(tree) {
            let lines = text(tree, &twin).lines().take_while(|line| !line.starts_with("[1] "));
            for line in lines.filter(|line| !line.starts_with("    ")) {
                let is_long_word = line.split(' ').any(|word| word.width() > 50);
                assert!(line.width() <= 72 || is_long_word, "{twin}: {line}");
            }
        }
    }
}

/// Only letters and digits, without layout, marks and numbers of links.
fn bare(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '[' || c == ']';
    let words = text.split(|c: char| !is_part(c)).filter(|word| !word.is_empty());
    words.filter(|word| !word.starts_with('[')).map(str::to_owned).collect()
}

#[test]
fn a_plain_text_has_all_words_of_its_page_in_order() {
    for tree in built() {
        for (path, page, twin) in twins(tree) {
            let text = bare(text(tree, &twin));
            let mut rest = text.iter();
            // Labels of cells and navigation are in other places.
            let parts =
                page.all("main h1, main h2:not(nav *), main td p, main dd, main li:not(nav *), main .b p");
            for part in parts {
                if !crate::common::html::within(&part, "p, li, dl, nav, table, br, del, s, sup, .fn-back")
                    .collect::<Vec<_>>()
                    .is_empty()
                {
                    continue;
                }
                for word in bare(&crate::common::html::text_of(&part)) {
                    assert!(
                        rest.any(|other| *other == word),
                        "{path}: {word} is not in {twin} after the words before it"
                    );
                }
            }
        }
    }
}

#[test]
fn texts_can_be_switched_off() {
    let site = Site::named("port-brine");
    site.edit("site.toml", "[parties]", "[outputs]\ntext = false\n\n[parties]");
    let run = site.try_build();
    let tree = tree(&site.public());
    let is_plain_text =
        |path: &&String| path.ends_with(".txt") && tree.contains_key(&path.replace(".txt", ".html"));
    assert_eq!(tree.keys().find(is_plain_text), None, "{run}");
    assert!(!text(&tree, "index.html").contains("text/plain"));
}
