//! The search page in a real browser: it finds words, and loads nothing from elsewhere.

use serde_json::json;

use crate::common::browser::Browser;
use crate::common::http::host;
use crate::search::{demo, harbour};

/// WebDriver's codes of keys.
const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';

/// Types a query into the open search page, and returns the URLs of the results.
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
fn the_index_is_loaded_on_the_first_search_and_leaves_no_trace() {
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
    // HTML in a title or an excerpt is shown as text.
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
fn arabic_words_are_found_with_any_prefix_or_suffix() {
    let browser = Browser::start();
    let site = demo();
    site.build();
    let address = host(&site.public(), "");
    browser.open(&format!("{address}ar/search.html"));
    browser.wait_until("!document.getElementById('page-search').hidden");
    let edge = format!("{address}ar/briefings/heluk-edge.html");
    // The page contains: بيد المعارضة, القوات الحكومية, الحملة الجوية, طرف الهلك, ناشطون, الأحد, أشخاص.
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
    assert!(shown.as_str().unwrap().contains("خبر عاجل · 2 تشرين الأول 2016"), "{shown}");
    assert!(said(&browser).starts_with("عدد النتائج: "), "{}", said(&browser));
    assert_eq!(browser.console(), [""; 0]);
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn more_results_are_loaded_on_demand() {
    let browser = Browser::start();
    let site = demo();
    site.build();
    browser.open(&format!("{}search.html", host(&site.public(), "")));
    browser.wait_until("!document.getElementById('page-search').hidden");
    assert_eq!(search(&browser, "Aleppo").len(), 10);
    let all: usize = said(&browser).strip_prefix("Found: ").unwrap().parse().unwrap();
    assert!(all > 20, "{all}");
    // Over the button to the first link.
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
fn without_scripts_the_page_links_to_the_lists() {
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
fn a_failed_download_is_reported_and_retried() {
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
fn axe_finds_nothing_on_the_search_page() {
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
