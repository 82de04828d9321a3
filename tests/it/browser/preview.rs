//! Pages of the preview in a real browser that stays open on them while the files change: what
//! changed comes by itself, in place, and nothing else moves.
//!
//! Needs Chromium, its driver and axe-core: `tests/run` installs them and runs this.

use std::thread::sleep;
use std::time::Duration;

use crate::common::browser::{Browser, Window};
use crate::common::following::{Following, free_port, wait};
use crate::common::{NOW, Site};

const WATER: &str = "content/briefings/2031/water-cut.md";
const ABOUT: &str = "content/about.md";
const STYLE: &str = "templates/parts/style.html";

/// Longer than word of a change takes to reach a page that has nothing to do with it.
const A_WHILE: Duration = Duration::from_millis(400);

const ESCAPE: char = '\u{e00c}';

/// A page that was loaded again has lost what a script left in it.
const MARK: &str = "window.mark = true";
const WAS_LOADED_AGAIN: &str = "window.mark === undefined && document.readyState === 'complete'";

const BOX: &str = "document.querySelector('bulletin-preview')";
const BUTTON: &str = "document.querySelector('bulletin-preview').shadowRoot.querySelector('button')";
const TOLD: &str = "document.querySelector('bulletin-preview').shadowRoot.querySelector('pre').textContent";

/// A site that is being previewed, and a browser to look at it.
struct Desk {
    // First, because the fields go in this order: the browser's pages miss nothing.
    browser: Browser,
    serving: Option<Following>,
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

    fn said(&self) -> String {
        self.serving.as_ref().unwrap().said()
    }

    /// The page is the one that was opened, whatever has happened to it since.
    fn assert_stayed(&self) {
        assert_eq!(self.browser.script("return window.mark"), true, "the page was loaded again");
    }

    fn is_true(&self, expression: &str) -> bool {
        self.browser.script(&format!("return Boolean({expression})")) == true
    }

    fn wait_for_text(&self, text: &str) {
        self.browser.wait_until(&format!("document.body.innerText.includes({text:?})"));
    }

    /// What the box says, once it is there and says this.
    fn wait_for_box(&self, words: &str) -> String {
        self.browser.wait_until(&format!("{BOX} && {TOLD}.includes({words:?})"));
        self.browser.script(&format!("return {TOLD}")).as_str().unwrap().to_owned()
    }

    fn wait_for_no_box(&self) {
        self.browser.wait_until(&format!("!{BOX}"));
    }
}

fn serve(site: &Site, port: &str) -> Following {
    let serving = Following::start(site, &["serve", "--port", port, "--now", NOW]);
    serving.wait_for(&format!(":{port}/"));
    serving
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_page_that_changed_loads_again_in_place_and_others_stay_still() {
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
    // It did not stay still because it was deaf.
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
fn a_change_of_style_comes_without_loading_the_page_again() {
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
    // Words come after styles as if there had been none.
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
fn a_page_with_a_strict_policy_of_its_own_is_kept_up_to_date_too() {
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
fn what_is_wrong_is_shown_on_every_page_in_the_words_of_the_terminal_until_it_is_mended() {
    let quiet = Site::named("port-brine");
    // What was told at the start is not told again with the errors; the box has all of it.
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
        let told = desk.wait_for_box("did you mean `title`?");
        wait(|| desk.said().contains(told.trim_end()).then_some(()).ok_or_else(|| told.clone()));
        desk.assert_stayed();
        assert!(desk.is_true(&format!("{BOX}.shadowRoot.querySelector('[role=alert]')")));
        assert_box_fits(&desk);
        for scheme in ["light", "dark"] {
            browser.media("screen", scheme);
            assert_eq!(browser.axe_violations(), [""; 0], "{scheme}");
        }
    }

    // Closed, it stays closed until something else is wrong.
    browser.press(ESCAPE);
    desk.wait_for_no_box();
    site.edit(WATER, "Who lit it.", "See [nobody](nobody.md).");
    let told = desk.wait_for_box("nobody.md");
    assert!(told.contains("did you mean `title`?"), "{told}");
    browser.click(BUTTON);
    desk.wait_for_no_box();
    sleep(A_WHILE);
    desk.wait_for_no_box();
    site.edit(WATER, "See [nobody](nobody.md).", "See [no one](no-one.md).");
    desk.wait_for_box("no-one.md");

    // Mended in part and then as a whole.
    site.write_bytes(ferry, right.as_bytes());
    browser.wait_until(&format!("{BOX} && !{TOLD}.includes('titel')"));
    site.edit(WATER, "See [no one](no-one.md).", "Who lit it.");
    for window in both {
        browser.turn_to(window);
        desk.wait_for_no_box();
        desk.assert_stayed();
    }
    // What was closed and mended is news when it comes again.
    site.write_bytes(ferry, right.replacen("title", "titel", 1).as_bytes());
    desk.wait_for_box("did you mean `title`?");
}

/// On the smallest phone: inside the window, with nothing beside it, and text that is wider than
/// the box scrolls there, so that the carets stand below what they mean.
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
fn a_site_that_cannot_be_built_yet_appears_by_itself_once_it_can() {
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
fn a_page_finds_the_server_again_and_learns_what_it_missed() {
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
    // It listens again, and what it shows is what there is.
    desk.wait_for_box("did you mean `title`?");
    desk.assert_stayed();
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_page_that_is_deleted_becomes_the_page_for_what_is_missing_and_comes_back() {
    let desk = Desk::of(Site::named("port-brine"));
    let path = "content/briefings/2031/passing.md";
    let text = "+++\ntitle = \"Passing\"\ndate = 2031-05-04\nsummary = \"Soon gone.\"\n+++\n\nSoon gone.\n";
    // Before there is one, its address is an open page like any other.
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
    // As tabs do, each hides the one before: a browser opens six connections to a host.
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
