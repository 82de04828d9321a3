//! The logo and the notice of site.toml, on every page and in every output that readers see.

use crate::common::Site;
use crate::common::built::{output_of, pages, text};
use crate::common::html::{Page, resolve, text_of};

const HARBOUR: &str = "\
-- site.toml --
title     = \"Port Brine briefings\"
base_url  = \"https://brine.example/\"
languages = [\"en\", \"ar\", \"fr\"]
page_size = 1
logo      = \"brand/lighthouse.svg\"
notice    = { text = \"Missing persons: ask us\", url = \"content/help.md#who-answers\" }
-- static/brand/lighthouse.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><path d=\"M0 0h40v20H0z\"/></svg>
-- i18n/ar.ftl --
site-notice = أشخاص مفقودون
-- content/help.md --
+++
title   = \"Help\"
aliases = [\"old/help.html\"]
+++
## Who answers

The desk.
-- content/help.ar.md --
+++
title = \"مساعدة\"
+++
نحن.
-- content/briefings/water.md --
+++
title = \"Water is back\"
date  = 2031-05-02
neighbourhoods = [\"Harbour\"]
[[claims]]
text = \"The pumps run.\"
source = \"Radio Brine\"
+++
The pumps run.
-- content/briefings/fire.md --
+++
title = \"Fire\"
date  = 2031-05-01
withdrawn = { at = 2031-05-03, why = \"It was an exercise.\" }
+++
There is a fire.
";

#[test]
fn the_notice_is_on_every_page_and_leads_to_its_page_in_the_language() {
    let built = output_of(&Site::new(HARBOUR));
    let mut count = 0;
    for (path, html) in pages(&built) {
        count += 1;
        let page = Page::parse(html);
        let href = page.values("header + aside.call a, .dateline + aside.call a", "href").concat();
        if path == "404.html" {
            assert_eq!(href, "https://brine.example/help.html", "{path}");
            continue;
        }
        // The Arabic text has no such part.
        let (folder, fragment) = match path.split_once('/') {
            Some(("ar", _)) => ("ar/", ""),
            Some(("fr", _)) => ("fr/", "who-answers"),
            _ => ("", "who-answers"),
        };
        assert_eq!(resolve(path, &href), (format!("{folder}help.html"), fragment.to_owned()), "{path}");
    }
    assert!(count > 40, "{count} pages");
    assert!(built.contains_key("old/help.html") && built.contains_key("briefings/fire.html"));
}

#[test]
fn a_language_without_words_shows_those_of_the_site_and_says_so() {
    let site = Site::new(HARBOUR);
    let run = site.build();
    assert!(
        run.stderr.contains("warning[untranslated-notice]: the notice has no words in the language \"fr\""),
        "{run}"
    );
    assert!(!run.stderr.contains("in the language \"ar\""), "{run}");
    let aside = |path: &str| {
        let html = site.output(path);
        let page = Page::parse(&html);
        let texts = page.all("aside.call").iter().map(text_of).collect::<String>();
        (texts, page.values("aside.call", "lang").concat(), page.values("aside.call", "dir").concat())
    };
    let none = String::new;
    assert_eq!(
        aside("fr/index.html"),
        ("Missing persons: ask us".to_owned(), "en".to_owned(), "ltr".to_owned())
    );
    assert_eq!(aside("index.html"), ("Missing persons: ask us".to_owned(), none(), none()));
    assert_eq!(aside("ar/index.html"), ("أشخاص مفقودون".to_owned(), none(), none()));
    // English words of the interface are no translation of a French notice.
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\nlanguage = \"fr\"\nlanguages = [\"fr\", \"ar\"]\nnotice = { text = \"Disparus\", url = \"tel:112\" }\n-- i18n/en.ftl --\nsite-notice = Missing persons\n-- content/index.md --\n+++\n+++\n",
    );
    site.build();
    let page = Page::parse(&site.output("ar/index.html"));
    assert_eq!(page.all("aside.call").iter().map(text_of).collect::<String>(), "Disparus 112");
    assert_eq!(
        (page.values("aside.call", "lang").concat(), page.values("aside.call", "dir").concat()),
        ("fr".to_owned(), "ltr".to_owned())
    );
}

#[test]
fn plain_text_begins_with_the_notice_and_its_number() {
    let site = Site::new(HARBOUR);
    site.edit("site.toml", "content/help.md#who-answers", "tel:+963 11 22");
    let built = output_of(&site);
    let page = text(&built, "briefings/water.txt");
    let (top, rest) = page.split_once("Water is back").unwrap();
    assert!(top.contains("Missing persons: ask us +9631122") && rest.contains("] tel:+9631122\n"), "{page}");
    assert!(text(&built, "ar/briefings/water.txt").contains("+9631122"));
}

#[test]
fn each_kind_of_address_is_a_link_and_text_alone_is_none() {
    for (url, href, rel) in [
        ("sms:112", "sms:112", ""),
        ("mailto:desk@brine.example", "mailto:desk@brine.example", ""),
        ("https://brine.example/help", "https://brine.example/help", "noreferrer"),
        ("place:Harbour", "neighbourhoods/harbour.html", ""),
        ("static/brand/lighthouse.svg", "brand/lighthouse.svg", ""),
        ("brand/lighthouse.svg", "brand/lighthouse.svg", ""),
    ] {
        let site = Site::new(HARBOUR);
        site.edit("site.toml", "content/help.md#who-answers", url);
        site.build();
        let page = Page::parse(&site.output("index.html"));
        assert_eq!(page.values("aside.call a", "href"), [href], "{url}");
        assert_eq!(page.values("aside.call a", "rel").concat(), rel, "{url}");
    }
    let site = Site::new(HARBOUR);
    site.edit("site.toml", ", url = \"content/help.md#who-answers\"", "");
    site.build();
    let page = Page::parse(&site.output("briefings/water.html"));
    assert_eq!(page.all("aside.call").iter().map(text_of).collect::<String>(), "Missing persons: ask us");
    assert!(!page.has("aside.call a"));
}

#[test]
fn the_logo_has_the_size_of_its_file_on_every_page_and_is_in_feeds() {
    let built = output_of(&Site::new(HARBOUR));
    for (path, html) in pages(&built).filter(|(path, _)| *path != "404.html") {
        let page = Page::parse(html);
        let src = page.values(".site > img.logo[alt='']", "src").concat();
        assert_eq!(resolve(path, &src).0, "brand/lighthouse.svg", "{path}");
        assert_eq!(page.values("img.logo[width='40']", "height"), ["20"], "{path}");
    }
    assert!(!text(&built, "404.html").contains("<img"));
    assert!(text(&built, "feed.atom").contains("<logo>https://brine.example/brand/lighthouse.svg</logo>"));
    assert!(!text(&built, "briefings/water.txt").contains("lighthouse"));
}

/// A theme can bring a logo, and a site without either has no trace of them.
#[test]
fn a_logo_of_the_theme_is_found_and_a_site_without_one_pays_nothing() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\ntheme = \"night\"\nlogo = \"moon.svg\"\n-- themes/night/theme.toml --\n-- themes/night/static/moon.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9H0z\"/></svg>\n-- content/index.md --\n+++\n+++\n",
    );
    site.build();
    assert_eq!(Page::parse(&site.output("sources/index.html")).values("img.logo", "src"), ["../moon.svg"]);
    let plain = Site::new("-- site.toml --\ntitle = \"T\"\n-- content/index.md --\n+++\n+++\n");
    plain.build();
    let page = plain.output("index.html");
    assert!(!page.contains(".logo") && !page.contains(".call") && !page.contains("<aside"), "{page}");
}

#[test]
fn a_heavy_logo_is_reported() {
    let site =
        Site::new("-- site.toml --\ntitle = \"T\"\nlogo = \"l.svg\"\n-- content/index.md --\n+++\n+++\n");
    let path = "M0 0h40v20H0z".repeat(1_200);
    site.write_bytes(
        "static/l.svg",
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><path d=\"{path}\"/></svg>")
            .as_bytes(),
    );
    let run = site.build();
    assert!(run.stderr.contains("warning[heavy-logo]: the logo has "), "{run}");
    assert!(run.stderr.contains("^^^^^^^ more than the 14000 of a page"), "{run}");
}
