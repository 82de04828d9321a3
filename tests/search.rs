//! The search: what is in its index, that the laws hold for it, and that it finds words in a browser.
//!
//! Needs `--features search`, and Chromium for the tests that are ignored: `tests/run` runs all of them.

#![cfg(feature = "search")]
#![allow(clippy::unwrap_used, reason = "a panic is the report of a test")]

mod common;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use common::browser::Browser;
use common::following::{Following, wait};
use common::html::Page;
use common::http::{Preview, get, host, without_preview_block};
use common::{NOW, Run, Site, assert_same_tree, repository, stamps, tree};
use serde_json::{Value, json};

/// A site with the search, and with a page of each kind that the search leaves out.
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

fn harbour() -> Site {
    Site::new(HARBOUR)
}

/// The demonstration, with the search.
fn demo() -> Site {
    let site = Site::copy_of(repository());
    let text = site.read("site.toml");
    site.write_bytes("site.toml", format!("{text}\n[outputs]\nsearch = true\n").as_bytes());
    site
}

/// What the index holds of each page, by address.
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
fn the_index_holds_the_text_of_pages_and_none_of_what_is_gone_hidden_or_a_list() {
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
        "The tank is <empty> & dry. Quay. A keeper. 1 May 2031. Say <img src=x onerror=alert(1)> and <mark>brine</mark>. sluice gate one. two. Claims. The tank holds no water. A keeper. Quay."
    );
    let arabic = &pages["ar/briefings/tank.html"];
    assert_eq!(arabic["meta"], json!({ "about": "نشرة يومية · 1 مايو 2031", "title": "الخزّان فارغ" }));
}

#[test]
fn law_7_only_the_search_pages_have_a_script_and_a_policy_that_lets_it_in() {
    let [with, without] = [demo(), Site::copy_of(repository())];
    let run = with.build();
    assert!(!run.stderr.contains("over-budget"), "{run}");
    without.build();
    let more = "; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'\">";
    let (with, without) = (tree(&with.public()), tree(&without.public()));
    for (path, bytes) in with.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        if path.ends_with("search.html") {
            let page = Page::parse(html);
            assert_eq!(page.all("script").len(), 1, "{path}");
            assert_eq!(html.matches(more).count(), 1, "{path}");
            continue;
        }
        // All that is more of it is one line of the menu.
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
fn law_1_the_index_is_the_same_on_any_number_of_cores_and_in_any_folder() {
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
fn a_watched_build_has_the_index_of_a_clean_one() {
    let site = harbour();
    let watch = Following::start(&site, &["build", "--watch", "--now", NOW]);
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
fn law_4_the_sums_list_every_file_and_what_was_switched_off_goes() {
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
fn a_private_word_stops_the_build_and_no_name_of_a_protected_source_is_in_the_index() {
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
fn check_says_what_a_build_says_and_writes_nothing() {
    let site = harbour();
    let run = site.run(&["check", "--now", NOW]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!site.exists("public"));
}

#[test]
fn a_file_of_the_site_in_the_place_of_one_of_the_index_is_an_error() {
    let site = harbour();
    site.write("-- static/search/pagefind.js --\n1\n");
    let run = site.try_build();
    assert!(run.code == Some(1) && run.stderr.contains("search/pagefind.js"), "{run}");
    let run = site.run(&["check", "--now", NOW]);
    assert!(run.code == Some(1) && run.stdout.contains("same-output"), "{run}");
    assert!(!site.exists("public/index.html"));
}

/// WebDriver's numbers for keys.
const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';

/// Types a query into the search page that is open, and sends it by the keyboard.
fn search(browser: &Browser, query: &str) -> Vec<String> {
    browser.script(&format!(
        "document.getElementById('page-said').textContent = ''; const q = document.getElementById('page-query'); q.value = {}; q.focus()",
        json!(query)
    ));
    browser.press(ENTER);
    browser.wait_until("!['', document.getElementById('page-search').dataset.busy].includes(document.getElementById('page-said').textContent)");
    let found = browser
        .script("return [...document.querySelectorAll('#page-found a')].map(a => a.getAttribute('href'))");
    found.as_array().unwrap().iter().map(|href| href.as_str().unwrap().to_owned()).collect()
}

fn said(browser: &Browser) -> String {
    browser.script("return document.getElementById('page-said').textContent").as_str().unwrap().to_owned()
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn the_index_is_loaded_when_somebody_searches_from_this_site_alone_and_leaves_no_trace() {
    let browser = Browser::start();
    let site = harbour();
    site.build();
    let address = host(&site.public(), "/a/b");
    let url = format!("{address}search.html");
    browser.requests();
    browser.open(&url);
    browser.wait_until("!document.getElementById('page-search').hidden");
    let asked: Vec<String> = browser.requests().into_iter().filter(|url| !url.starts_with("data:")).collect();
    assert_eq!(asked, [url.clone(), format!("{address}search/search.js")]);
    let found = search(&browser, "tank water");
    assert_eq!(found, [format!("{address}briefings/tank.html")]);
    assert_eq!(said(&browser), "Found: 1");
    for asked in browser.requests() {
        assert!(asked.starts_with(&format!("{address}search/")), "{asked}");
    }
    assert_eq!(
        browser.script("return [location.href, history.length, localStorage.length]"),
        json!([url, 2, 0])
    );
    assert_eq!(browser.console(), [""; 0]);
    // What a writer wrote is text, in the title and in the excerpt.
    assert_eq!(search(&browser, "onerror").len(), 1);
    let shown = browser.script("return document.querySelector('#page-found li').innerText");
    assert!(shown.as_str().unwrap().contains("The tank is <empty> & dry"), "{shown}");
    assert!(shown.as_str().unwrap().contains("<img src=x onerror=alert(1)>"), "{shown}");
    assert_eq!(
        browser.script("return document.querySelectorAll('#page-found :is(img, mark mark)').length"),
        0
    );
    assert_eq!(search(&browser, "zeppelin"), [""; 0]);
    assert_eq!(said(&browser), "Nothing was found. Try another word, or fewer words.");
    assert_eq!(browser.console(), [""; 0]);
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn arabic_words_are_found_whatever_stands_before_and_behind_them_and_set_from_the_right() {
    let browser = Browser::start();
    let site = demo();
    site.build();
    let address = host(&site.public(), "");
    browser.open(&format!("{address}ar/search.html"));
    browser.wait_until("!document.getElementById('page-search').hidden");
    let edge = format!("{address}ar/briefings/heluk-edge.html");
    // That text has: بيد المعارضة, القوات الحكومية, الحملة الجوية, طرف الهلك, ناشطون, الأحد, أشخاص.
    for query in [
        "المعارضة",
        "معارضة",
        "والمعارضة",
        "للمعارضة",
        "المُعارَضَة",
        "المعارضـــة",
        "المعارضه",
        "قوات",
        "القوات الحكوميه",
        "حملة جوية",
        "بالحملة",
        "هلك",
        "ناشط",
        "الناشطين",
        "الاحد",
        "اشخاص",
    ] {
        assert!(search(&browser, query).contains(&edge), "{query}");
    }
    assert!(search(&browser, "طرف الهلك").contains(&edge));
    let item = format!(
        "const li = [...document.querySelectorAll('#page-found li')].find(li => li.querySelector('a').href === encodeURI('{edge}'));"
    );
    let looks = "const right = e => innerWidth - e.getBoundingClientRect().right < 24;
        return [getComputedStyle(li).direction, right(li), right(li.querySelector('a')), li.querySelector('mark').textContent];";
    assert_eq!(browser.script(&format!("{item} {looks}")), json!(["rtl", true, true, "طرف"]));
    let shown = browser.script(&format!("{item} return li.innerText"));
    assert!(shown.as_str().unwrap().contains("خبر عاجل · 2 أكتوبر 2016"), "{shown}");
    assert!(said(&browser).starts_with("عدد النتائج: "), "{}", said(&browser));
    assert_eq!(browser.console(), [""; 0]);
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn more_results_come_when_asked_for_and_a_link_is_one_tab_away() {
    let browser = Browser::start();
    let site = demo();
    site.build();
    browser.open(&format!("{}search.html", host(&site.public(), "")));
    browser.wait_until("!document.getElementById('page-search').hidden");
    assert_eq!(search(&browser, "Aleppo").len(), 10);
    let all: usize = said(&browser).strip_prefix("Found: ").unwrap().parse().unwrap();
    assert!(all > 20, "{all}");
    // Past the button to the first link.
    browser.press(TAB);
    browser.press(TAB);
    assert_eq!(
        browser.script("return document.activeElement === document.querySelector('#page-found a')"),
        true
    );
    browser.script("document.getElementById('page-more').focus()");
    browser.press(ENTER);
    browser.wait_until("document.activeElement === document.querySelectorAll('#page-found a')[10]");
    while browser.script("return document.getElementById('page-more').hidden") == false {
        let count = "document.querySelectorAll('#page-found a').length";
        let before = browser.script(&format!("return {count}"));
        browser.script("document.getElementById('page-more').click()");
        browser.wait_until(&format!("{count} > {before}"));
    }
    let found = "[...document.querySelectorAll('#page-found a')].map(a => a.href)";
    let found = browser.script(&format!("return [{found}.length, new Set({found}).size]"));
    assert_eq!(found, json!([all, all]), "each once");
    browser.script("document.querySelector('#page-found a').focus()");
    let target = browser.script("return document.activeElement.href");
    browser.press(ENTER);
    browser.wait_until(&format!("location.href === {target} && document.querySelector('h1')"));
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn from_disk_and_without_scripts_the_page_says_where_else_to_look() {
    let browser = Browser::start();
    let site = harbour();
    site.build();
    let folder = site.public();
    let disk = format!("file://{}/ar/search.html", folder.to_str().unwrap());
    let server = format!("{}ar/search.html", host(&folder, ""));
    let is_off = |off: bool| {
        browser.devtools("Emulation.setScriptExecutionDisabled", &json!({ "value": off }));
    };
    for (url, without_scripts) in [(&disk, false), (&disk, true), (&server, true)] {
        is_off(without_scripts);
        browser.open(url);
        let shown = "document.getElementById('page-search').checkVisibility() + ' ' + [...document.querySelectorAll('main a')].map(a => a.getAttribute('href')).join(' ')";
        let shown = browser.devtools("Runtime.evaluate", &json!({ "expression": shown }));
        assert_eq!(
            shown["result"]["value"],
            "false index.html names.html briefings/index.html neighbourhoods/index.html sources/index.html dates/index.html",
            "{url}, {without_scripts}"
        );
        assert_eq!(browser.console(), [""; 0], "{url}");
        is_off(false);
    }
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn what_does_not_arrive_is_told_and_asked_for_again() {
    let browser = Browser::start();
    let site = harbour();
    site.build();
    let folder = site.public();
    let lost = "The search could not be loaded. Check the connection and try again, or look below.";
    for part in ["index", "fragment", "pagefind-entry.json", "wasm.en.pagefind"] {
        browser.open(&format!("{}search.html", host(&folder, "")));
        browser.wait_until("!document.getElementById('page-search').hidden");
        let (there, away) = (folder.join("search").join(part), folder.join("away"));
        std::fs::rename(&there, &away).unwrap();
        assert_eq!(search(&browser, "water"), [""; 0], "{part}");
        assert_eq!(said(&browser), lost, "{part}");
        std::fs::rename(&away, &there).unwrap();
        assert_eq!(search(&browser, "water").len(), 1, "{part}");
    }
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn axe_finds_nothing_on_the_search_page_and_nothing_sticks_out() {
    let browser = Browser::start();
    let site = demo();
    site.build();
    let address = host(&site.public(), "");
    let mut found = Vec::new();
    for (path, query) in [("search.html", "government"), ("ar/search.html", "الحكومة")] {
        for (width, scheme) in [(320, "light"), (1440, "dark")] {
            browser.width(width);
            browser.media("screen", scheme);
            browser.open(&format!("{address}{path}"));
            browser.wait_until("!document.getElementById('page-search').hidden");
            found.extend(browser.axe_violations());
            assert!(!search(&browser, query).is_empty(), "{path}");
            found.extend(browser.axe_violations());
            let fits = "document.scrollingElement.scrollWidth <= innerWidth";
            assert_eq!(browser.script(&format!("return {fits}")), true, "{path}, {width}");
            let small = "[...document.querySelectorAll('main :is(input, button, h2 a, .index a)')]
                .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.9).map(e => e.outerHTML)";
            assert_eq!(browser.script(&format!("return {small}")), json!([]), "{path}, {width}");
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[ignore = "needs Java and the Nu HTML checker: tests/run"]
fn the_nu_html_checker_finds_no_error_on_the_search_page() {
    #[expect(clippy::disallowed_methods, reason = "tests/run says where the checker is")]
    let jar = std::env::var("BULLETIN_NU").expect("BULLETIN_NU is the path of vnu.jar: tests/run");
    let site = harbour();
    site.build();
    let mut checker = std::process::Command::new("java");
    checker.args(["-Xss8m", "-jar", &jar, "--errors-only"]);
    let pages = ["public/search.html", "public/ar/search.html"].map(|path| site.path(path));
    let output = checker.args(pages).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
