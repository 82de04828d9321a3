//! Built pages in a real browser: they fit the screen, load nothing, log nothing, need no script,
//! show the focus, have large targets, and pass axe and the Nu HTML checker.

use super::sheets::page_count;
use crate::common::attacks::{Attacks, attacked, with_markdown_attacks};
use crate::common::browser::Browser;
use crate::common::built::{demo_with_output, port_brine_with_output};
use crate::common::http::host;
use crate::common::{Site, tree};

const WIDTHS: [u32; 3] = [320, 768, 1440];

/// One page of each kind.
const DEMO: [&str; 18] = [
    "index.html",
    "briefings/index.html",
    "briefings/heluk-edge.html",
    "briefings/army-call.html",
    "neighbourhoods/index.html",
    "neighbourhoods/aleppo-sheet.html",
    "sources/index.html",
    "sources/sohr.html",
    "dates/index.html",
    "dates/2016-10-02.html",
    "dates/2016-10.html",
    "dates/2016.html",
    "events/offensive-2016-10-02.html",
    "timeline.html",
    "map.html",
    "figures.html",
    "names.html",
    "about.html",
];
const PORT_BRINE: [&str; 17] = [
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
    "neighbourhoods/harbour-sheet.html",
    "sources/dockers-guild.html",
    "dates/2031-05-01.html",
    "dates/2031-05.html",
    "events/pump-fire-2031-05-01.html",
    "names.html",
    "about.html",
];

const EXTREME: [&str; 9] = [
    "index.html",
    "briefings/a.html",
    "neighbourhoods/b.html",
    "neighbourhoods/b-sheet.html",
    "sources/one.html",
    "dates/2031-05-01.html",
    "figures.html",
    "changes.html",
    "corrections.html",
];

/// A site with one briefing in which every text is one long word, in Latin or Arabic script.
fn extreme() -> Site {
    let word = "Donaudampfschifffahrtsgesellschaft".repeat(5);
    let name = &word[..72];
    let arabic = "الهلك".repeat(30);
    Site::new(&format!(
        r#"-- site.toml --
title = "The independent bulletin of the united relief committees of all districts of {word}"
base_url = "https://brine.example/"
languages = ["en", "ar"]
contact = "{word}@brine.example"
topics = ["water"]
[parties]
one = "The {word} side"
-- content/briefings/a.md --
+++
title = "{word} {arabic}"
date = 2031-05-01
neighbourhoods = ["{name}", "الهلك (Heluk)", "B", "C"]
authors = ["{word}"]
not_known = ["{word}"]
[[claims]]
text = "{word} and {arabic} (2016)."
source = "{name}"
via = ["R {name}"]
topic = "water"
happened = "2031-04-20/2031-04-24"
figure = {{ measure = "{word}", said = "about six", min = 6, max = 9, who = "{word}" }}
[[claims]]
text = "Stay."
source = "one"
kind = "instruction"
neighbourhoods = ["B"]
+++
{word} with `{word}` and {arabic}.

## {word}

- {word}

| a | {word} |
| --- | ---: |
| 1 | {word} |

> {arabic}
-- content/sources/one.md --
+++
title = "One"
kind = "government"
party = "one"
+++
"#
    ))
}

/// A built site, with the paths of the pages to test, in both languages.
struct Built {
    site: Site,
    paths: Vec<String>,
}

fn built() -> [Built; 3] {
    let with_paths = |site: Site, pages: &[&str], more: &[&str]| {
        let arabic = pages.iter().map(|path| format!("ar/{path}"));
        let paths = pages.iter().map(|path| (*path).to_owned()).chain(arabic);
        let paths = paths.chain(more.iter().map(|path| (*path).to_owned())).collect();
        Built { site, paths }
    };
    let extreme = extreme();
    extreme.build();
    [
        with_paths(demo_with_output(), &DEMO, &["404.html"]),
        with_paths(port_brine_with_output(), &PORT_BRINE, &["404.html"]),
        with_paths(extreme, &EXTREME, &[]),
    ]
}

/// The URLs of a page: on disk, and on a server below a path.
fn addresses(site: &Site) -> [String; 2] {
    let folder = site.public();
    [format!("file://{}/", folder.to_str().unwrap()), host(&folder, "/a/b")]
}

fn assert_nothing_sticks_out(browser: &Browser, url: &str, how: &str) {
    let widths = browser.script("return [document.scrollingElement.scrollWidth, innerWidth]");
    assert!(widths[0].as_u64() <= widths[1].as_u64(), "{url}, {how}: {} of {} wide", widths[0], widths[1]);
}

/// Headings, links and boxes that overlap without one containing the other. The content of a closed
/// `<details>` has a position but is not visible.
const OVERLAPS: &str = "
const seen = e => e.checkVisibility({ contentVisibilityAuto: true }) && getComputedStyle(e).clipPath === 'none';
const parts = [...document.querySelectorAll('.site, summary, a, h1, h2, h3, .s, time, th, .l')].filter(seen);
const boxes = parts.flatMap(e => [...e.getClientRects()].map(r => [e, r]));
const overlap = ([a, r], [b, s]) => !a.contains(b) && !b.contains(a)
  && Math.min(r.right, s.right) - Math.max(r.left, s.left) > 2
  && Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > Math.min(r.height, s.height) / 3;
const found = [];
for (const [i, a] of boxes.entries())
  for (const b of boxes.slice(i + 1, i + 60))
    if (overlap(a, b)) found.push(a[0].textContent.slice(0, 30) + ' / ' + b[0].textContent.slice(0, 30));
return found.slice(0, 3);";

/// Texts of a chart that overlap in one line.
const TOUCHING: &str = "
const found = [];
for (const chart of document.querySelectorAll('.chart')) {
  const texts = [...chart.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]);
  for (const [i, [a, r]] of texts.entries())
    for (const [b, s] of texts.slice(i + 1))
      if (Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > Math.min(r.height, s.height) / 2
        && Math.min(r.right, s.right) - Math.max(r.left, s.left) > -2) found.push(a + ' / ' + b);
}
return found.slice(0, 3);";

/// The open menu of a page, if it overlaps the name of the site.
const COVERED_NAME: &str = "
const [menu, name] = ['.menu', '.site'].map(part => document.querySelector(part));
if (!menu) return [];
menu.open = true;
const covers = menu.querySelector('nav').getBoundingClientRect().top < name.getBoundingClientRect().bottom - 1;
menu.open = false;
return covers ? [name.textContent] : [];";

/// Targets outside of running text that are smaller than 44 by 44 px.
const SMALL_TARGETS: &str = "
const alone = 'header a, summary, .crumbs a, .pager a, .all a, .toc a, .walk a, .index a, .key a, .items :is(h2, h3) a';
const small = e => { const r = e.getBoundingClientRect(); return r.height < 43.9 || (r.width < 43.9 && !e.closest('h2, h3')); };
return [...document.querySelectorAll(alone)].filter(e => e.checkVisibility({ contentVisibilityAuto: true }) && small(e))
  .map(e => e.outerHTML.slice(0, 90)).slice(0, 3);";

/// Targets that are lower than 24 px in one of their lines, in running text too.
const LOW_TARGETS: &str = "
const is_low = e => [...e.getClientRects()].some(r => r.height < 23.9);
const seen = e => e.checkVisibility({ contentVisibilityAuto: true }) && getComputedStyle(e).clipPath === 'none';
return [...document.querySelectorAll('a[href], summary, button')].filter(e => seen(e) && is_low(e))
  .map(e => e.outerHTML.slice(0, 90)).slice(0, 3);";

fn assert_finds_nothing(browser: &Browser, script: &str, url: &str, how: &str) {
    assert_eq!(browser.script(script), serde_json::json!([]), "{url}, {how}");
}

/// Loads lazy images at once.
const BROKEN_PICTURES: &str = "
const done = arguments[arguments.length - 1];
const load = picture => { picture.loading = 'eager'; return picture.decode().then(() => [], () => [picture.src]); };
Promise.all([...document.images].map(load)).then(broken => done(broken.flat()));";

#[test]
#[ignore = "needs Chromium: tests/run"]
fn pages_fit_every_screen_and_load_nothing_else() {
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
                        // Neither colours nor a server change the layout.
                        if scheme == "light" && address.starts_with("file:") {
                            let how = width.to_string();
                            assert_finds_nothing(&browser, OVERLAPS, &url, &how);
                            assert_finds_nothing(&browser, TOUCHING, &url, &how);
                            assert_finds_nothing(&browser, COVERED_NAME, &url, &how);
                            assert_finds_nothing(&browser, SMALL_TARGETS, &url, &how);
                            assert_finds_nothing(&browser, LOW_TARGETS, &url, &how);
                        }
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

/// A source with 300 claims on 100 days, all on one page.
fn long_source() -> Site {
    let claim = "[[claims]]\ntext = \"Shelling was heard near the old mill, and two roads to the valley were closed.\"\n\
                 source = \"watch\"\nvia = [\"Radio Fell\"]\nneighbourhoods = [\"Fell\"]\n";
    let briefing = |day: i64| {
        let date = jiff::civil::date(2031, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
        format!(
            "-- content/briefings/d{day}.md --\n+++\ntitle = \"The valley and the fell on day {day}\"\n\
             date = {date}T20:00:00Z\n{}+++\n",
            claim.repeat(3)
        )
    };
    Site::new(&format!(
        "-- site.toml --\ntitle = \"Tarn\"\nlanguages = [\"en\", \"ar\"]\npage_size = 300\n\
         -- content/sources/watch.md --\n+++\ntitle = \"Tarn Watch\"\nkind = \"monitor\"\nsees = \"network\"\n+++\n{}",
        (0..100).map(briefing).collect::<String>()
    ))
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn the_page_of_a_source_with_300_claims_is_under_4000_px_on_a_phone() {
    let browser = Browser::start();
    let site = long_source();
    site.build();
    let [address, _] = addresses(&site);
    browser.width(390);
    for path in ["sources/watch.html", "ar/sources/watch.html"] {
        browser.open(&format!("{address}{path}"));
        let claims = browser.script("return document.querySelectorAll('.rows li').length");
        assert_eq!(claims, 300, "{path}");
        let height = browser.script("return document.documentElement.scrollHeight").as_u64().unwrap();
        assert!(height < 4_000, "{path} is {height} px high");
    }
}

/// How high the header and the breadcrumbs are.
const ABOVE_THE_TEXT: &str = "
const notice = document.querySelector('.note.call');
const ends = [...document.querySelectorAll('header, .crumbs')].map(e => e.getBoundingClientRect().bottom);
return Math.max(...ends) - (notice ? notice.getBoundingClientRect().height : 0);";

#[test]
#[ignore = "needs Chromium: tests/run"]
fn headers_are_at_most_96_px_high_on_a_phone() {
    let browser = Browser::start();
    browser.width(390);
    for Built { site, paths } in built().iter().take(2) {
        let [address, _] = addresses(site);
        for path in paths.iter().filter(|path| !path.ends_with("404.html")) {
            browser.open(&format!("{address}{path}"));
            let above = browser.script(ABOVE_THE_TEXT).as_f64().unwrap();
            assert!(above <= 96.5, "{path}: {above} px");
        }
    }
}

/// Where each section at the top of the home page begins.
const SECTIONS: &str = "return [...document.querySelectorAll('.glance h2')].map(heading => heading.getBoundingClientRect().top);";

#[test]
#[ignore = "needs Chromium: tests/run"]
fn the_board_the_changes_and_the_headlines_begin_on_the_first_screen_of_a_phone() {
    let browser = Browser::start();
    browser.width(390);
    let Built { site, .. } = &built()[0];
    let [address, _] = addresses(site);
    for path in ["index.html", "ar/index.html"] {
        browser.open(&format!("{address}{path}"));
        let tops = browser.script(SECTIONS);
        let tops: Vec<f64> = tops.as_array().unwrap().iter().map(|top| top.as_f64().unwrap()).collect();
        assert_eq!(tops.len(), 3, "{path}");
        assert!(tops.iter().all(|top| *top < 844.0), "{path}: {tops:?}");
    }
}

/// The paths of the briefings of a built site, in both languages.
fn briefings(site: &Site) -> Vec<String> {
    let folders = ["briefings", "ar/briefings"];
    let files = folders.iter().flat_map(|folder| {
        let entries = std::fs::read_dir(site.public().join(folder)).unwrap();
        entries.map(move |entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap()))
    });
    let mut paths: Vec<String> = files
        .filter(|path| path.ends_with(".html") && !path.ends_with("/index.html") && !path.contains("/page-"))
        .collect();
    paths.sort();
    paths
}

/// Where the first line of the text of a briefing ends.
const FIRST_LINE: &str = "
const line = document.createRange();
line.selectNodeContents(document.querySelector('.b > :first-child'));
return line.getClientRects()[0].bottom;";

#[test]
#[ignore = "needs Chromium: tests/run"]
fn the_text_of_a_briefing_begins_on_the_first_screen_of_a_phone() {
    let browser = Browser::start();
    browser.screen(390, 844);
    let Built { site, .. } = &built()[0];
    let [address, _] = addresses(site);
    let paths = briefings(site);
    assert!(paths.len() > 10, "{paths:?}");
    for path in paths {
        browser.open(&format!("{address}{path}"));
        let end = browser.script(FIRST_LINE).as_f64().unwrap();
        assert!(end < 844.0, "{path}: its first line ends at {end} px");
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
            // The width of A4 without margins.
            browser.media("print", "light");
            browser.width(640);
            assert_nothing_sticks_out(&browser, &url, "print");
            let html = browser.script("return document.documentElement.outerHTML");
            browser.devtools("Emulation.setScriptExecutionDisabled", &serde_json::json!({ "value": true }));
            browser.media("screen", "light");
            browser.open(&url);
            browser.wait_until_loaded();
            let without = browser.devtools(
                "Runtime.evaluate",
                &serde_json::json!({ "expression": "document.documentElement.outerHTML" }),
            );
            browser.devtools("Emulation.setScriptExecutionDisabled", &serde_json::json!({ "value": false }));
            assert_eq!(without["result"]["value"], html, "{url}: a script changes the page");
        }
        for width in [21.0, 21.59] {
            let pdf = browser.print(width);
            assert!(pdf.starts_with("JVBERi0") && pdf.len() > 4_000, "a PDF with a page in it");
        }
    }
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_briefing_uses_the_paper_that_it_is_printed_on() {
    let browser = Browser::start();
    let Built { site, .. } = &built()[0];
    let [address, _] = addresses(site);
    for (path, most) in [
        ("briefings/heluk-edge.html", 1),
        ("ar/briefings/heluk-edge.html", 1),
        ("briefings/daily-2016-10-02.html", 2),
    ] {
        browser.open(&format!("{address}{path}"));
        let pages = page_count(&browser.print_on(21.0, 29.7));
        assert!(pages <= most, "{path}: {pages} pages");
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
            // The Arabic pages have the same templates, from right to left.
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

/// Presses Tab until the end: each focused element is in view, with an outline that contrasts.
const FOCUS: &str = "
const e = document.activeElement;
if (!e || e === document.body) return '';
const style = getComputedStyle(e), r = e.getBoundingClientRect();
const is_seen = style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 3
  && style.outlineColor !== getComputedStyle(document.documentElement).backgroundColor
  && r.width > 1 && r.bottom > 0 && r.top < innerHeight && style.clipPath === 'none';
return is_seen ? 'seen' : e.outerHTML.slice(0, 120);";
/// WebDriver's code of the key.
const TAB: char = '\u{e004}';

#[test]
#[ignore = "needs Chromium: tests/run"]
fn focus_is_visible_and_the_first_tab_skips_the_menu() {
    let browser = Browser::start();
    let Built { site, .. } = &built()[0];
    let [address, _] = addresses(site);
    for (path, width) in [("briefings/heluk-edge.html", 320), ("ar/index.html", 1440)] {
        browser.width(width);
        browser.open(&format!("{address}{path}"));
        // A key that comes earlier is lost with the page before.
        browser.wait_until("document.hasFocus() && document.readyState === 'complete'");
        for step in 0..25 {
            browser.press(TAB);
            if step == 0 {
                let first = browser.script("return document.activeElement.getAttribute('href')");
                assert_eq!(first, "#page-main", "{path}");
            }
            assert_eq!(browser.script(FOCUS), "seen", "{path}, {width}, tab {step}");
        }
    }
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_link_to_a_claim_highlights_it() {
    let browser = Browser::start();
    let Built { site, .. } = &built()[0];
    let [address, _] = addresses(site);
    browser.open(&format!("{address}briefings/heluk-edge.html#claim-edge"));
    let claim = "const e = document.getElementById('claim-edge'), s = getComputedStyle(e), r = e.getBoundingClientRect();";
    let marked = format!(
        "{claim} return s.outlineStyle === 'solid' && s.backgroundColor !== 'rgba(0, 0, 0, 0)' && r.top > -1 && r.top < innerHeight"
    );
    assert_eq!(browser.script(&marked), true);
}

/// The policy blocks injected styles, and the console says so.
const INTRUDERS: &str = "
const style = document.createElement('style');
style.textContent = 'body{letter-spacing:9px}';
document.head.append(style);
document.querySelector('h1').setAttribute('style', 'letter-spacing:9px');
return [document.body, document.querySelector('h1')].map(e => getComputedStyle(e).letterSpacing);";

#[test]
#[ignore = "needs Chromium: tests/run"]
fn law_7_the_policy_blocks_injected_content() {
    let browser = Browser::start();
    let site = Site::named("port-brine");
    let run = site.run(&["build", "--now", crate::common::NOW, "--base-url", "https://brine.example/"]);
    assert_eq!(run.code, Some(0), "{run}");
    for address in addresses(&site) {
        browser.open(&format!("{address}briefings/water-cut.html"));
        // The JSON-LD of the page is in a <script>, but is no code.
        assert_eq!(browser.script("return document.querySelectorAll('script').length"), 1);
        assert_eq!(browser.console(), [""; 0]);
        assert_eq!(browser.script(INTRUDERS), serde_json::json!(["normal", "normal"]));
        assert_eq!(browser.console().len(), 2, "both are reported");
    }
}

/// Does what a reader may do: points at everything, opens everything, and reads where each link leads. Returns the links
/// that lead to code.
const TOUCH_EVERYTHING: &str = "
for (const e of document.querySelectorAll('*')) {
  for (const kind of ['mouseover', 'mouseenter', 'pointerdown', 'focus', 'animationend', 'load', 'error'])
    e.dispatchEvent(new Event(kind, { bubbles: true }));
  if (e.tagName === 'DETAILS') e.open = true;
}
return [...document.links].map(a => a.protocol).filter(p => !['http:', 'https:', 'mailto:', 'tel:'].includes(p));";

/// The policy is the second wall. The first must hold alone: some readers' browsers, and pages that others save, have none.
#[test]
#[ignore = "needs Chromium: tests/run"]
fn law_7_nothing_of_the_content_runs_or_is_loaded_without_the_policy() {
    let browser = Browser::start();
    for policy in ["escape", "sanitise"] {
        let fields = attacked(&mut Attacks::default(), policy);
        fields.build();
        for site in [fields, with_markdown_attacks(policy)] {
            for has_policy in [true, false] {
                assert_nothing_runs(&browser, &site, has_policy);
            }
        }
    }
}

/// A dialog would be an error of the next command.
fn assert_nothing_runs(browser: &Browser, site: &Site, has_policy: bool) {
    let pages: Vec<String> =
        tree(&site.public()).into_keys().filter(|path| path.ends_with(".html")).collect();
    if !has_policy {
        for path in &pages {
            let page = site.output(path);
            let (before, rest) =
                page.split_once("<meta http-equiv=\"Content-Security-Policy\"").expect("a policy");
            let (_, after) = rest.split_once('>').unwrap();
            site.write_bytes(&format!("public/{path}"), format!("{before}{after}").as_bytes());
        }
    }
    let address = host(&site.public(), "");
    browser.requests();
    browser.console();
    for path in &pages {
        browser.open(&format!("{address}{path}"));
        assert_eq!(browser.script(TOUCH_EVERYTHING), serde_json::json!([]), "{path} has a link to code");
        assert_eq!(browser.console(), [""; 0], "{path}, policy: {has_policy}");
        let foreign: Vec<String> =
            browser.requests().into_iter().filter(|url| *url != format!("{address}{path}")).collect();
        assert_eq!(foreign, [""; 0], "{path} loads something, policy: {has_policy}");
    }
}

#[test]
#[ignore = "needs Java and the Nu HTML checker: tests/run"]
fn the_nu_html_checker_finds_no_error_on_any_page() {
    #[expect(clippy::disallowed_methods, reason = "tests/run says where the checker is")]
    let jar = std::env::var("BULLETIN_NU").expect("BULLETIN_NU is the path of vnu.jar: tests/run");
    let sites = built();
    let mut checker = std::process::Command::new("java");
    checker.args(["-Xss8m", "-jar", &jar, "--errors-only", "--format", "json", "--skip-non-html"]);
    // Java starts once for all sites.
    let output = checker.args(sites.iter().map(|built| built.site.public())).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stderr).expect("JSON");
    let messages = report["messages"].as_array().unwrap();
    let line = |m: &serde_json::Value| format!("{}:{}: {}", m["url"], m["lastLine"], m["message"]);
    let said: Vec<String> = messages.iter().take(20).map(line).collect();
    assert!(messages.is_empty(), "{} errors:\n{}", messages.len(), said.join("\n"));
}
