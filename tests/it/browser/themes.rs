//! A theme of all recipes of the guide in a browser: the font is loaded and the colour applies, on a server and from
//! disk; the line with the hotline can be tapped; the logo is as large as its place, in light and in dark.

use serde_json::json;

use crate::common::Site;
use crate::common::browser::Browser;
use crate::common::http::host;
use crate::recipes::site_of_all_recipes;

const PAGES: [&str; 4] = ["index.html", "shelters.html", "ar/shelters.html", "ar/index.html"];

/// The faces of the page, once all are loaded.
const FONTS: &str = "
const done = arguments[arguments.length - 1];
document.fonts.ready.then(() => done([...document.fonts].map(face => face.family + ' ' + face.status)));";

/// The accent, the height of the hotline, and whether the logo is whole and high enough to be seen.
const LOOK: &str = "
const [call, logo] = ['.call a', '.logo'].map(part => document.querySelector(part));
const height = part => Math.round(part.getBoundingClientRect().height);
return [getComputedStyle(call).color, height(call) >= 44, logo.complete && logo.naturalWidth > 0, height(logo) >= 44];";

fn addresses(site: &Site) -> [String; 2] {
    let folder = site.public();
    [format!("file://{}/", folder.to_str().unwrap()), host(&folder, "/a/b")]
}

#[test]
#[ignore = "needs Chromium: tests/run"]
fn a_theme_of_the_guide_looks_as_it_says() {
    let site = site_of_all_recipes();
    site.build();
    let browser = Browser::start();
    for address in addresses(&site) {
        for path in PAGES {
            let url = format!("{address}{path}");
            for (scheme, accent) in [("light", "rgb(122, 0, 54)"), ("dark", "rgb(255, 179, 200)")] {
                browser.media("screen", scheme);
                browser.width(320);
                browser.open(&url);
                assert_eq!(browser.script_that_calls_back(FONTS), json!(["Brine loaded"]), "{url}");
                assert_eq!(browser.script(LOOK), json!([accent, true, true, true]), "{url}, {scheme}");
                let widths = browser.script("return [document.scrollingElement.scrollWidth, innerWidth]");
                assert!(widths[0].as_u64() <= widths[1].as_u64(), "{url}, {scheme}: {widths}");
                assert_eq!(browser.axe_violations(), [""; 0], "{url}, {scheme}");
            }
            assert_eq!(browser.console(), [""; 0], "{url}");
        }
    }
}

/// Browsers agree with the warning of the build.
#[test]
#[ignore = "needs Chromium: tests/run"]
fn what_the_build_warns_of_is_what_a_browser_blocks() {
    let site = Site::new(BLOCKED);
    let run = site.build();
    let warnings = run.stderr.matches("[policy-blocks]").count();
    let browser = Browser::start();
    for address in addresses(&site) {
        browser.console();
        browser.open(&format!("{address}about.html"));
        // A handler is compiled when it is called.
        browser.script("document.querySelector('[onclick]').click()");
        let console = browser.console();
        let blocked = console.iter().filter(|line| line.contains("Content Security Policy")).count();
        assert_eq!((blocked, warnings), (7, 7), "{run}\n{console:?}");
    }
}

const BLOCKED: &str = "\
-- site.toml --
title = \"Port Brine briefings\"
-- content/about.md --
+++
title = \"About\"
template = \"about.html\"
+++
Text.
-- static/a.css --
p { color: red }
-- static/a.js --
let a = 1;
-- static/a.html --
<!doctype html><title>A</title>
-- templates/about.html --
{% extends \"page.html\" %}
{% block head %}<link rel=\"stylesheet\" href=\"{{ page.root }}a.css\"><script src=\"{{ page.root }}a.js\"></script>{% endblock head %}
{% block content %}{{ super() }}
<p style=\"color:red\">Red.</p>
<p onclick=\"a()\">Click.</p>
<script>let b = 1;</script>
<iframe title=\"A\" src=\"{{ page.root }}a.html\"></iframe>
<object data=\"{{ page.root }}a.html\"></object>
{% endblock content %}
";
