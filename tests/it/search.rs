//! The search: the content of its index, and that the laws hold for it. Needs `--features search`.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::common::built;
use crate::common::html::Page;
use crate::common::http::{Preview, get, without_preview_block};
use crate::common::running::{Running, wait};
use crate::common::{NOW, Run, Site, assert_same_tree, repository, stamps, tree};

/// A site with search, and a page of each kind that the index leaves out.
const HARBOUR: &str = r#"-- site.toml --
title = "Harbour"
languages = ["en", "ar"]
page_size = 2
base_url = "https://harbour.example/"
[outputs]
search = true
-- content/about.md --
+++
title = "About us"
aliases = ["old/about.html"]
+++
Four people and a kettle.
-- content/briefings/tank.md --
+++
title = "The tank is <empty> & dry"
date = 2031-05-01
kind = "daily"
neighbourhoods = ["Quay"]
[[claims]]
id = "tank"
text = "The tank holds no water."
source = "keeper"
+++
Say `<img src=x onerror=alert(1)>` and <mark>brine</mark>.

| sluice | gate |
| --- | --- |
| one | two |
-- content/briefings/tank.ar.md --
+++
title = "الخزّان فارغ"
[claim_text]
tank = "ليس في الخزان ماء."
+++
وصلت المُستشفيات القريبة إلى المدينـــة القديمة، وبالأسواق أيضًا. على أبواب ٢٠٣١.
-- content/briefings/gone.md --
+++
title = "Withdrawn ferryman"
date = 2031-05-02
withdrawn = { at = 2031-05-03T00:00:00Z, why = "Wrong." }
+++
-- content/briefings/late.md --
+++
title = "Expired ferryman"
date = 2031-05-02
expires = 2031-05-03T00:00:00Z
+++
-- content/briefings/soon.md --
+++
title = "Embargoed ferryman"
date = 2031-05-02
embargo_until = 2099-01-01T00:00:00Z
+++
-- content/briefings/draft.md --
+++
title = "Draft ferryman"
date = 2031-05-02
draft = true
+++
-- content/sources/keeper.md --
+++
title = "Yusuf Tankkeeper"
protected = true
label = "A keeper"
+++
"#;

pub fn harbour() -> Site {
    Site::new(HARBOUR)
}

/// The demo with search.
pub fn demo() -> Site {
    let site = Site::copy_of(repository());
    let text = site.read("site.toml");
    site.write_bytes("site.toml", format!("{text}\n[outputs]\nsearch = true\n").as_bytes());
    site
}

/// The index entry of each page, by URL.
fn fragments(public: &Path) -> BTreeMap<String, Value> {
    let files = tree(&public.join("search/fragment"));
    let read = |bytes: &Vec<u8>| {
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        serde_json::from_str::<Value>(text.strip_prefix("pagefind_dcd").unwrap()).unwrap()
    };
    files.values().map(read).map(|page| (page["url"].as_str().unwrap().to_owned(), page)).collect()
}

#[test]
fn the_index_has_published_pages_only() {
    let site = harbour();
    site.build();
    let pages = fragments(&site.public());
    let urls: Vec<&str> = pages.keys().map(String::as_str).filter(|url| !url.starts_with("ar/")).collect();
    assert_eq!(urls, ["about.html", "briefings/tank.html", "neighbourhoods/quay.html"]);
    assert_eq!(pages.len(), 2 * urls.len(), "each in both languages");
    let tank = &pages["briefings/tank.html"];
    assert_eq!(
        tank["meta"],
        json!({ "about": "Daily briefing · 1 May 2031", "title": "The tank is <empty> & dry" })
    );
    let text = tank["content"].as_str().unwrap();
    assert_eq!(
        text,
        "The tank is <empty> & dry. Say <img src=x onerror=alert(1)> and <mark>brine</mark>. sluice gate one. two. Quay. A keeper. 1 May 2031. Claims. A keeper: The tank holds no water."
    );
    let arabic = &pages["ar/briefings/tank.html"];
    assert_eq!(arabic["meta"], json!({ "about": "نشرة يومية · 1 مايو 2031", "title": "الخزّان فارغ" }));
}

#[test]
fn law_7_only_search_pages_have_a_script_and_allow_it() {
    let with = demo();
    let run = with.build();
    assert!(!run.stderr.contains("over-budget"), "{run}");
    let more = "; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'\">";
    let (with, without) = (tree(&with.public()), built::demo());
    for (path, bytes) in with.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        if path.ends_with("search.html") {
            let page = Page::parse(html);
            assert_eq!(page.all("script").len(), 1, "{path}");
            assert_eq!(html.matches(more).count(), 1, "{path}");
            continue;
        }
        // The only difference is one line of the menu.
        let kept: Vec<&str> =
            html.split_inclusive('\n').filter(|line| !line.contains("search.html\"")).collect();
        assert_eq!(kept.concat().as_bytes(), without[path], "{path}");
        assert!(html.len() - without[path].len() < 90, "{path}");
    }
    let only = |path: &&String| !without.contains_key(*path);
    let only: Vec<&str> =
        with.keys().filter(only).map(|path| path.split(['_', '-']).next().unwrap()).collect();
    let kinds: std::collections::BTreeSet<&str> = only.into_iter().collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        [
            "ar/search.html",
            "ar/search.txt",
            "search.html",
            "search.txt",
            "search/fragment/ar",
            "search/fragment/en",
            "search/index/ar",
            "search/index/en",
            "search/pagefind",
            "search/pagefind.ar",
            "search/pagefind.en",
            "search/pagefind.js",
            "search/search.js",
            "search/wasm.ar.pagefind",
            "search/wasm.en.pagefind",
            "search/wasm.unknown.pagefind",
        ]
    );
}

#[test]
fn law_1_the_index_does_not_depend_on_cores_or_folder() {
    let build = |threads: &str| {
        let site = harbour();
        let mut command = site.command(&["build", "--now", NOW]);
        let run = Run::of(command.env("RAYON_NUM_THREADS", threads).env("TZ", "Asia/Tokyo"));
        assert_eq!(run.code, Some(0), "{run}");
        tree(&site.public())
    };
    let one = build("1");
    for threads in ["2", "3", "8"] {
        assert_same_tree(&one, &build(threads));
    }
}

#[test]
fn law_2_and_5_the_preview_and_a_later_build_have_the_same_index() {
    let site = harbour();
    site.build();
    let before = stamps(&site.public());
    site.build();
    assert_eq!(stamps(&site.public()), before, "nothing is touched");
    let preview = Preview::of(&site, &[]);
    assert_served(&site, &preview.url);
    site.edit("content/about.md", "kettle", "samovar");
    wait(|| match get(&format!("{}about.html", preview.url)).bytes {
        bytes if String::from_utf8_lossy(&bytes).contains("samovar") => Ok(()),
        _ => Err("the new page".to_owned()),
    });
    let before = stamps(&site.public());
    site.build();
    assert_served(&site, &preview.url);
    let after = stamps(&site.public());
    let is_kept = |path: &&String| after.get(*path) == before.get(*path);
    let kept = |folder: &str| before.keys().filter(|path| path.starts_with(folder)).filter(is_kept).count();
    assert_eq!(
        kept("search/fragment/"),
        before.keys().filter(|path| path.starts_with("search/fragment/")).count() - 2
    );
    let index = fragments(&site.public());
    assert!(index["about.html"]["content"].as_str().unwrap().contains("samovar"));
    assert_eq!(get(&format!("{}search/fragment/none", preview.url)).status, 404);
}

fn assert_served(site: &Site, url: &str) {
    for (path, bytes) in tree(&site.public()) {
        if path.starts_with("search/") {
            assert!(get(&format!("{url}{path}")).bytes == bytes, "{path}");
        } else if path.ends_with("search.html") {
            let served = String::from_utf8(get(&format!("{url}{path}")).bytes).unwrap();
            assert_eq!(without_preview_block(&served).unwrap().as_bytes(), bytes, "{path}");
        }
    }
}

#[test]
fn a_watched_build_has_the_index_of_a_clean_build() {
    let site = harbour();
    let watch = Running::start(&site, &["build", "--watch", "--now", NOW]);
    watch.wait_for("public: ");
    site.edit("content/briefings/tank.md", "no water", "no wine");
    watch.wait_for("content/briefings/tank.md: ");
    drop(watch);
    let watched = tree(&site.public());
    let clean = Site::copy_of(site.root());
    clean.build();
    assert_same_tree(&watched, &tree(&clean.public()));
    assert!(
        fragments(&site.public())["briefings/tank.html"]["content"].as_str().unwrap().contains("no wine")
    );
}

#[test]
fn law_4_the_sums_list_the_index_and_switching_off_removes_it() {
    let site = harbour();
    site.build();
    let sums = site.output("SHA256SUMS");
    let listed = sums.lines().filter(|line| line.contains("  search/")).count();
    assert_eq!(listed, tree(&site.public().join("search")).len());
    site.edit("site.toml", "search = true", "search = false");
    site.build();
    assert!(!site.exists("public/search") && !site.exists("public/search.html"));
}

#[test]
fn private_words_and_protected_names_are_not_in_the_index() {
    let site = harbour();
    site.write("-- redact.txt --\nsamovar\n");
    site.build();
    for (url, page) in fragments(&site.public()) {
        assert!(!page.to_string().contains("Yusuf"), "{url}");
    }
    let before = stamps(&site.public());
    site.edit("content/about.md", "kettle", "samovar");
    let run = site.try_build();
    assert!(run.code == Some(1) && run.stderr.contains("error[redacted-word]"), "{run}");
    assert_eq!(stamps(&site.public()), before);
}

#[test]
fn check_reports_what_a_build_reports_and_writes_nothing() {
    let site = harbour();
    let run = site.run(&["check", "--now", NOW]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!site.exists("public"));
}

#[test]
fn a_static_file_at_a_path_of_the_index_is_an_error() {
    let site = harbour();
    site.write("-- static/search/pagefind.js --\n1\n");
    let run = site.try_build();
    assert!(run.code == Some(1) && run.stderr.contains("search/pagefind.js"), "{run}");
    let run = site.run(&["check", "--now", NOW]);
    assert!(run.code == Some(1) && run.stdout.contains("same-output"), "{run}");
    assert!(!site.exists("public/index.html"));
}

#[test]
fn the_preview_serves_no_index_of_a_page_with_a_private_word() {
    let site = harbour();
    site.write("-- redact.txt --\nkettle\n");
    let preview = Preview::of(&site, &[]);
    assert!(get(&format!("{}search/pagefind.js", preview.url)).status >= 500);
    site.edit("content/about.md", "kettle", "samovar");
    wait(|| match get(&format!("{}search/pagefind.js", preview.url)).status {
        200 => Ok(()),
        status => Err(format!("it is served, not {status}")),
    });
}
