//! The preview in a real browser that stays open while files change: changed pages reload in place,
//! and others stay as they are.

use std::thread::sleep;
use std::time::Duration;

use crate::common::browser::{Browser, Window};
use crate::common::running::{Running, free_port, wait};
use crate::common::{NOW, Site};

const WATER: &str = "content/briefings/2031/water-cut.md";
const ABOUT: &str = "content/about.md";
const STYLE: &str = "templates/parts/style.html";

/// Longer than an event takes to reach a page that it does not concern.
const A_WHILE: Duration = Duration::from_millis(400);

const ESCAPE: char = '\u{e00c}';

/// A page that was reloaded has lost what a script set.
const MARK: &str = "window.mark = true";
const WAS_LOADED_AGAIN: &str = "window.mark === undefined && document.readyState === 'complete'";

const BOX: &str = "document.querySelector('bulletin-preview')";
const BUTTON: &str = "document.querySelector('bulletin-preview').shadowRoot.querySelector('button')";
const TOLD: &str = "document.querySelector('bulletin-preview').shadowRoot.querySelector('pre').textContent";

/// A site with its preview, and a browser.
struct Desk {
    // Fields are dropped in this order: the browser closes before the server.
    browser: Browser,
    serving: Option<Running>,
    site: Site,
    port: String,
}

impl Desk {
    fn of(site: Site) -> Self {
        let port = free_port();
        let serving = Some(serve(&site, &port));
        let browser = Browser::start();
        browser.width(360);
        Self { browser, serving, site, port }
    }

    fn open(&self, path: &str) {
        self.browser.open(&format!("http://127.0.0.1:{}/{path}", self.port));
        self.browser.wait_until("document.readyState === 'complete'");
        self.browser.script(MARK);
    }

    fn open_in_new_window(&self, path: &str) -> Window {
        let window = self.browser.new_window();
        self.browser.width(360);
        self.open(path);
        window
    }

    fn output(&self) -> String {
        self.serving.as_ref().unwrap().output()
    }

    /// Whether the page was never reloaded.
    fn assert_stayed(&self) {
        assert_eq!(self.browser.script("return window.mark"), true, "the page was loaded again");
    }

    fn is_true(&self, expression: &str) -> bool {
        self.browser.script(&format!("return Boolean({expression})")) == true
    }

    fn wait_for_text(&self, text: &str) {
        self.browser.wait_until(&format!("document.body.innerText.includes({text:?})"));
    }

    /// The text of the error box, once it contains a text.
    fn wait_for_box(&self, words: &str) -> String {
        self.browser.wait_until(&format!("{BOX} && {TOLD}.includes({words:?})"));
        self.browser.script(&format!("return {TOLD}")).as_str().unwrap().to_owned()
    }

    fn wait_for_no_box(&self) {
        self.browser.wait_until(&format!("!{BOX}"));
    }
}

fn serve(site: &Site, port: &str) -> Running {
    let serving = Running::start(site, &["serve", "--port", port, "--now", NOW]);
    serving.wait_for(&format!(":{port}/"));
    serving
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_changed_page_reloads_in_place_and_others_do_not() {
    let desk = Desk::of(Site::named("port-brine"));
    let browser = &desk.browser;
    desk.open("about.html");
    let about = browser.window();
    let water = desk.open_in_new_window("briefings/water-cut.html");
    browser.script("document.querySelectorAll('main details')[1].open = true; scrollTo(0, 640)");
    desk.site.edit(WATER, "Who lit it.", "Nobody knows who lit it.");
    browser.wait_until(WAS_LOADED_AGAIN);
    desk.wait_for_text("Nobody knows who lit it.");
    browser.wait_until("scrollY === 640");
    let open = browser.script("return [...document.querySelectorAll('main details')].map(d => d.open)");
    let open: Vec<bool> = open.as_array().unwrap().iter().map(|one| one == true).collect();
    assert!(open.iter().enumerate().all(|(at, is_open)| *is_open == (at == 1)), "{open:?}");

    browser.turn_to(&about);
    sleep(A_WHILE);
    desk.assert_stayed();
    // The connection works: it was not lost.
    browser.turn_to(&water);
    browser.script(MARK);
    browser.turn_to(&about);
    desk.site.edit(ABOUT, "We do not exist.", "We still do not exist.");
    browser.wait_until(WAS_LOADED_AGAIN);
    desk.wait_for_text("We still do not exist.");
    browser.turn_to(&water);
    sleep(A_WHILE);
    desk.assert_stayed();
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_changed_style_needs_no_reload() {
    let desk = Desk::of(Site::named("port-brine"));
    let browser = &desk.browser;
    desk.open("ar/briefings/water-cut.html");
    let spaced = |spacing: &str| {
        browser.wait_until(&format!("getComputedStyle(document.body).letterSpacing === '{spacing}'"));
        desk.assert_stayed();
    };
    spaced("normal");
    let theme = "{% include \"default/parts/style.html\" %}\n";
    desk.site.write_bytes(STYLE, format!("{theme}body{{letter-spacing:3px}}\n").as_bytes());
    spaced("3px");
    desk.site.edit(STYLE, "3px", "5px");
    spaced("5px");
    // A later change of text still arrives.
    desk.site.edit("content/briefings/2031/water-cut.ar.md", "من أشعله.", "من أشعله؟");
    browser.wait_until(WAS_LOADED_AGAIN);
    desk.wait_for_text("من أشعله؟");
    browser.script(MARK);
    spaced("5px");
    desk.site.remove(STYLE);
    spaced("normal");
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_page_with_its_own_strict_policy_is_updated_too() {
    const OWN: &str = "static/own.html";
    let site = Site::named("port-brine");
    let page = "<!DOCTYPE html><meta charset=utf-8><title>Own</title>\
        <meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; script-src 'none'\">\
        <style>body{letter-spacing:1px}</style><p>First words.</p>";
    site.write_bytes(OWN, page.as_bytes());
    let desk = Desk::of(site);
    let browser = &desk.browser;
    desk.open("own.html");
    desk.site.edit(OWN, "1px", "4px");
    browser.wait_until("getComputedStyle(document.body).letterSpacing === '4px'");
    desk.assert_stayed();
    desk.site.edit(OWN, "First", "Second");
    browser.wait_until(WAS_LOADED_AGAIN);
    desk.wait_for_text("Second words.");
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn errors_are_shown_on_every_page_until_they_are_fixed() {
    let quiet = Site::named("port-brine");
    // Warnings of the start are not printed again with the errors, but the box has them all.
    quiet.edit(
        "content/briefings/2031/water-cut.ar.md",
        "+++\ntitle",
        "+++\nupdated = 2031-05-03T09:00:00+03:00\ntitle",
    );
    let desk = Desk::of(quiet);
    let (browser, site) = (&desk.browser, &desk.site);
    desk.open("about.html");
    let about = browser.window();
    let arabic = desk.open_in_new_window("ar/briefings/water-cut.html");
    let both = [&about, &arabic];
    let ferry = "content/briefings/2031/ferry/index.md";
    let right = site.read(ferry);
    site.write_bytes(ferry, right.replacen("title", "titel", 1).as_bytes());
    for window in both {
        browser.turn_to(window);
        let shown = desk.wait_for_box("did you mean `title`?");
        // Notes of the start are not printed again either.
        let errors = shown.split("note[").next().unwrap_or_default().trim_end();
        wait(|| desk.output().contains(errors).then_some(()).ok_or_else(|| shown.clone()));
        desk.assert_stayed();
        assert!(desk.is_true(&format!("{BOX}.shadowRoot.querySelector('[role=alert]')")));
        assert_box_fits(&desk);
        for scheme in ["light", "dark"] {
            browser.media("screen", scheme);
            assert_eq!(browser.axe_violations(), [""; 0], "{scheme}");
        }
    }

    // A closed box stays closed until there is another error.
    browser.press(ESCAPE);
    desk.wait_for_no_box();
    site.edit(WATER, "Who lit it.", "See [nobody](nobody.md).");
    let shown = desk.wait_for_box("nobody.md");
    assert!(shown.contains("did you mean `title`?"), "{shown}");
    browser.click(BUTTON);
    desk.wait_for_no_box();
    sleep(A_WHILE);
    desk.wait_for_no_box();
    site.edit(WATER, "See [nobody](nobody.md).", "See [no one](no-one.md).");
    desk.wait_for_box("no-one.md");

    // Fixed in part, then in full.
    site.write_bytes(ferry, right.as_bytes());
    browser.wait_until(&format!("{BOX} && !{TOLD}.includes('titel')"));
    site.edit(WATER, "See [no one](no-one.md).", "Who lit it.");
    for window in both {
        browser.turn_to(window);
        desk.wait_for_no_box();
        desk.assert_stayed();
    }
    // An error that was closed and fixed is shown when it comes back.
    site.write_bytes(ferry, right.replacen("title", "titel", 1).as_bytes());
    desk.wait_for_box("did you mean `title`?");
}

/// On the smallest phone the box is inside the window, and wide text scrolls in it, so that carets
/// are below what they mark.
fn assert_box_fits(desk: &Desk) {
    let browser = &desk.browser;
    browser.width(320);
    let edges = browser.script(&format!(
        "const shadow = {BOX}.shadowRoot, r = shadow.querySelector('section').getBoundingClientRect();
         const pre = getComputedStyle(shadow.querySelector('pre'));
         return [document.scrollingElement.scrollWidth, Math.round(r.left), Math.round(r.right),
           r.top > 0, Math.round(r.bottom) === innerHeight, pre.whiteSpace, pre.direction, pre.overflowX]"
    ));
    assert_eq!(edges, serde_json::json!([320, 0, 320, true, true, "pre", "ltr", "auto"]));
    browser.width(360);
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_site_appears_once_its_first_error_is_fixed() {
    let site = Site::named("port-brine");
    site.edit(ABOUT, "title ", "titel ");
    let desk = Desk::of(site);
    let browser = &desk.browser;
    desk.open("about.html");
    desk.wait_for_text("did you mean `title`?");
    assert!(!desk.is_true(BOX), "the page says it already");
    desk.site.edit(ABOUT, "titel ", "tittle ");
    desk.wait_for_text("tittle");
    desk.site.edit(ABOUT, "tittle ", "title ");
    desk.wait_for_text("We do not exist.");
    assert_eq!(browser.script("return document.querySelector('h1').innerText"), "About this invented desk");
    assert!(!desk.is_true(BOX));
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_page_reconnects_and_catches_up() {
    let mut desk = Desk::of(Site::named("port-brine"));
    desk.open("about.html");
    let about = desk.browser.window();
    desk.open_in_new_window("briefings/water-cut.html");
    drop(desk.serving.take());
    desk.site.edit(WATER, "Who lit it.", "Nobody knows who lit it.");
    sleep(A_WHILE);
    desk.assert_stayed();
    desk.serving = Some(serve(&desk.site, &desk.port));
    desk.wait_for_text("Nobody knows who lit it.");
    desk.browser.turn_to(&about);
    desk.site.edit("content/briefings/2031/ferry/index.md", "title", "titel");
    // The page listens again, and is current.
    desk.wait_for_box("did you mean `title`?");
    desk.assert_stayed();
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_deleted_page_shows_404_until_it_is_back() {
    let desk = Desk::of(Site::named("port-brine"));
    let path = "content/briefings/2031/passing.md";
    let text = "+++\ntitle = \"Passing\"\ndate = 2031-05-04\nsummary = \"Soon gone.\"\n+++\n\nSoon gone.\n";
    // The address of a page that does not exist yet can be open too.
    desk.open("briefings/passing.html");
    let status = "performance.getEntriesByType('navigation')[0].responseStatus";
    desk.browser.wait_until(&format!("{status} === 404"));
    for _ in 0..2 {
        desk.site.write_bytes(path, text.as_bytes());
        desk.browser.wait_until(&format!("{status} === 200"));
        desk.wait_for_text("Soon gone.");
        desk.site.remove(path);
        desk.browser.wait_until(&format!("{status} === 404"));
        assert!(!desk.is_true("document.body.innerText.includes('Passing')"));
    }
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn nine_tabs_do_not_block_each_other() {
    let desk = Desk::of(Site::named("port-brine"));
    let browser = &desk.browser;
    desk.open("briefings/water-cut.html");
    let first = browser.window();
    // Each tab hides the one before. A browser opens at most six connections to a host.
    for path in ["", "about.html", "names.html", "briefings/", "sources/", "dates/", "neighbourhoods/", "ar/"]
    {
        browser.hide();
        desk.open_in_new_window(path);
    }
    desk.site.edit(WATER, "Who lit it.", "Nobody knows who lit it.");
    browser.turn_to(&first);
    sleep(A_WHILE);
    desk.assert_stayed();
    browser.unhide();
    desk.wait_for_text("Nobody knows who lit it.");
}
