//! The pages in a real browser: nothing sticks out, nothing is loaded, nothing is said on the
//! console, nothing needs a script, and axe finds nothing.
//!
//! Needs Chromium, its driver and axe-core: `tests/run` installs them and runs this.

#![allow(clippy::unwrap_used, reason = "a panic is the report of a test")]

mod common;

use common::browser::Browser;
use common::http::host;
use common::{Site, repository};

const WIDTHS: [u32; 3] = [320, 768, 1440];

/// One page of each kind.
const DEMO: [&str; 12] = [
    "index.html",
    "briefings/index.html",
    "briefings/heluk-edge.html",
    "briefings/army-call.html",
    "neighbourhoods/index.html",
    "sources/index.html",
    "sources/sohr.html",
    "dates/index.html",
    "dates/2016-10-02.html",
    "dates/2016.html",
    "names.html",
    "about.html",
];
const PORT_BRINE: [&str; 16] = [
    "index.html",
    "briefings/index.html",
    "briefings/page-1.html",
    "briefings/water-cut.html",
    "briefings/guild-denies.html",
    "briefings/ferry.html",
    "briefings/markup.html",
    "briefings/withdrawn.html",
    "neighbourhoods/index.html",
    "neighbourhoods/harbour.html",
    "sources/dockers-guild.html",
    "dates/2031-05-01.html",
    "dates/2031-05.html",
    "events/pump-fire-2031-05-01.html",
    "names.html",
    "about.html",
];

/// A built site, with the paths of its pages to look at, in both languages.
struct Built {
    site: Site,
    paths: Vec<String>,
}

fn built() -> [Built; 2] {
    let build = |site: Site, pages: &[&str], more: &[&str]| {
        site.build();
        let arabic = pages.iter().map(|path| format!("ar/{path}"));
        let paths = pages.iter().map(|path| (*path).to_owned()).chain(arabic);
        let paths = paths.chain(more.iter().map(|path| (*path).to_owned())).collect();
        Built { site, paths }
    };
    [
        build(Site::copy_of(repository()), &DEMO, &["404.html"]),
        build(Site::named("port-brine"), &PORT_BRINE, &["404.html"]),
    ]
}

/// From disk, and from a server below a path.
fn addresses(site: &Site) -> [String; 2] {
    let folder = site.public();
    [format!("file://{}/", folder.to_str().unwrap()), host(&folder, "/a/b")]
}

fn assert_nothing_sticks_out(browser: &Browser, url: &str, how: &str) {
    let widths = browser.script("return [document.scrollingElement.scrollWidth, innerWidth]");
    assert!(widths[0].as_u64() <= widths[1].as_u64(), "{url}, {how}: {} of {} wide", widths[0], widths[1]);
}

/// Pictures are loaded when they come into view; here they are asked for at once.
const BROKEN_PICTURES: &str = "
const done = arguments[arguments.length - 1];
const load = picture => { picture.loading = 'eager'; return picture.decode().then(() => [], () => [picture.src]); };
Promise.all([...document.images].map(load)).then(broken => done(broken.flat()));";

#[test]
#[ignore = "needs Chromium: tests/run"]
fn pages_fit_every_screen_in_light_and_dark_and_load_nothing_from_elsewhere() {
    let browser = Browser::start();
    for Built { site, paths } in built() {
        for address in addresses(&site) {
            browser.requests();
            for path in &paths {
                let url = format!("{address}{path}");
                browser.open(&url);
                let pictures = browser.script("return [...document.images].map(i => i.src)");
                let pictures = pictures.as_array().unwrap();
                for asked in browser.requests() {
                    let is_own = asked == url || asked.starts_with("data:");
                    let is_picture = asked.starts_with(&address) && pictures.contains(&asked.as_str().into());
                    assert!(is_own || is_picture, "{url} asks for {asked}");
                }
                assert_eq!(browser.script_that_calls_back(BROKEN_PICTURES), serde_json::json!([]), "{url}");
                assert_eq!(browser.console(), [""; 0], "{url}");
                let mut grounds = Vec::new();
                for scheme in ["light", "dark"] {
                    browser.media("screen", scheme);
                    for width in WIDTHS {
                        browser.width(width);
                        assert_nothing_sticks_out(&browser, &url, &format!("{scheme}, {width}"));
                    }
                    grounds.push(
                        browser.script("return getComputedStyle(document.documentElement).backgroundColor"),
                    );
                }
                assert_ne!(grounds[0], grounds[1], "{url}: dark is dark");
            }
        }
    }
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn pages_print_and_need_no_script() {
    let browser = Browser::start();
    for Built { site, paths } in built() {
        let [address, _] = addresses(&site);
        for path in &paths {
            let url = format!("{address}{path}");
            browser.open(&url);
            let shown = browser.script("return document.body.innerText");
            assert!(shown.as_str().is_some_and(|text| text.len() > 20), "{url}");
            // A sheet of A4 between its margins.
            browser.media("print", "light");
            browser.width(640);
            assert_nothing_sticks_out(&browser, &url, "print");
            let html = browser.script("return document.documentElement.outerHTML");
            browser.devtools("Emulation.setScriptExecutionDisabled", &serde_json::json!({ "value": true }));
            browser.media("screen", "light");
            browser.open(&url);
            let without = browser.devtools(
                "Runtime.evaluate",
                &serde_json::json!({ "expression": "document.documentElement.outerHTML" }),
            );
            browser.devtools("Emulation.setScriptExecutionDisabled", &serde_json::json!({ "value": false }));
            assert_eq!(without["result"]["value"], html, "{url}: a script changes the page");
        }
        let pdf = browser.print();
        assert!(pdf.starts_with("JVBERi0") && pdf.len() > 4_000, "a PDF with a page in it");
    }
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn axe_finds_nothing() {
    let browser = Browser::start();
    let mut found = Vec::new();
    for Built { site, paths } in built() {
        let [address, _] = addresses(&site);
        for path in &paths {
            // The Arabic pages are the same templates, set from the other side.
            let all = [(320, "light"), (1440, "dark")];
            let looks = if path.starts_with("ar/") { &all[..1] } else { &all[..] };
            for &(width, scheme) in looks {
                browser.width(width);
                browser.media("screen", scheme);
                browser.open(&format!("{address}{path}"));
                let violations = browser.axe_violations();
                found.extend(violations.iter().map(|said| format!("{path}, {width}, {scheme}: {said}")));
            }
        }
    }
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}
