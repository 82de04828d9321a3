//! The recipes of the theme guide: each is built as it is printed there, and its effect is looked at.

use std::fs;

use crate::common::built::output_of;
use crate::common::html::{Page, text_of};
use crate::common::{Site, repository};

/// What a recipe asks its readers to bring.
const FONT: &[u8] = include_bytes!("../fonts/boxes.woff2");

/// One recipe of the guide.
struct Recipe {
    heading: String,
    /// The path of each file, and its text.
    files: Vec<(String, String)>,
}

/// The recipes, in the order of the guide. A line that is a path in backticks names the file of the block below it.
fn recipes() -> Vec<Recipe> {
    let guide = fs::read_to_string(repository().join("docs/themes.md")).unwrap();
    let (_, rest) = guide.split_once("\n## Recipes\n").expect("the guide has recipes");
    let section = rest.split("\n## ").next().unwrap_or_default();
    section.split("\n### ").skip(1).map(recipe).collect()
}

fn recipe(text: &str) -> Recipe {
    let (heading, text) = text.split_once('\n').unwrap();
    let blocks: Vec<&str> = text.split("\n```").collect();
    let file = |pair: &[&str]| {
        let name = pair[0].trim_end().rsplit('\n').next().unwrap_or_default();
        let path = name.strip_prefix('`').and_then(|name| name.strip_suffix('`'));
        let path = path.unwrap_or_else(|| panic!("{heading}: no file is named above a block, but {name:?}"));
        let (_, content) = pair[1].split_once('\n').unwrap();
        (path.to_owned(), format!("{content}\n"))
    };
    Recipe { heading: heading.to_owned(), files: blocks.chunks_exact(2).map(file).collect() }
}

/// A site with one briefing and the files of a recipe.
pub fn site_of(heading: &str) -> Site {
    let recipe = recipes().into_iter().find(|recipe| recipe.heading == heading);
    let recipe = recipe.unwrap_or_else(|| panic!("the guide has no recipe \"{heading}\""));
    let site = Site::new(
        "-- site.toml --\ntitle = \"Port Brine briefings\"\n-- content/briefings/water.md --\n+++\ntitle = \"Water is back\"\ndate = 2031-05-02\n+++\nThe pumps run.\n",
    );
    for (path, text) in &recipe.files {
        site.write_bytes(path, text.as_bytes());
    }
    if heading == "Font" {
        site.write_bytes("static/brine.woff2", FONT);
    }
    site
}

/// A built recipe.
struct BuiltRecipe {
    site: Site,
}

impl BuiltRecipe {
    fn of(heading: &str) -> Self {
        let site = site_of(heading);
        let run = site.build();
        assert!(!run.stderr.contains("warning"), "{heading}: {run}");
        Self { site }
    }

    fn page(&self, path: &str) -> Page {
        Page::parse(&self.site.output(path))
    }

    fn texts(&self, path: &str, selector: &str) -> Vec<String> {
        self.page(path).all(selector).iter().map(text_of).collect()
    }
}

#[test]
fn every_recipe_of_the_guide_is_tried() {
    let headings: Vec<String> = recipes().into_iter().map(|recipe| recipe.heading).collect();
    let tried =
        ["Colours", "Dark mode", "Logo", "Banner", "Footer", "Font", "Kind of page", "Component", "Theme"];
    assert_eq!(headings, tried);
}

#[test]
fn colours_and_dark_mode_are_on_every_page() {
    for (heading, rule) in [
        ("Theme", "h1{border-block-end:4px solid var(--a)}"),
        ("Colours", ":root{--a:#7a0036}\n@media screen and (prefers-color-scheme:dark){:root{--a:#ffb3c8}}"),
        ("Dark mode", "@media screen and (prefers-color-scheme:dark){:root{--p:#000;--b:#181818;--r:#444}}"),
    ] {
        let built = output_of(&site_of(heading));
        for (path, page) in crate::common::built::pages(&built) {
            let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
            assert!(style.trim_end().ends_with(rule), "{heading}, {path}: {style}");
        }
    }
}

#[test]
fn the_logo_is_next_to_the_name_with_its_size() {
    let result = BuiltRecipe::of("Logo");
    for (path, address) in [
        ("index.html", "lighthouse.svg"),
        ("briefings/water.html", "../lighthouse.svg"),
        ("dates/2031-05.html", "../lighthouse.svg"),
    ] {
        let page = result.page(path);
        assert_eq!(page.values(".site > img", "src"), [address], "{path}");
        let values = ["width", "height", "alt"].map(|name| page.values(".site > img", name).concat());
        assert_eq!(values, ["40", "60", ""], "{path}");
    }
    assert_eq!(result.texts("briefings/water.html", ".site"), ["Port Brine briefings"]);
    assert!(!result.page("404.html").has("img"));
    assert!(result.site.output("lighthouse.svg").contains("M14 60l3-42"));
}

#[test]
fn the_banner_is_at_the_top_of_every_page_in_its_language() {
    let result = BuiltRecipe::of("Banner");
    for (path, text, address) in [
        ("index.html", "Missing persons 112", "tel:112"),
        ("briefings/water.html", "Missing persons 112", "tel:112"),
        ("404.html", "Missing persons 112", "tel:112"),
        ("ar/index.html", "أشخاص مفقودون 113", "tel:113"),
    ] {
        assert_eq!(result.texts(path, "header + aside"), [text], "{path}");
        assert_eq!(result.page(path).values("header + aside a", "href"), [address], "{path}");
        assert!(!result.page(path).has("aside[lang]"), "{path}");
    }
}

#[test]
fn the_footer_follows_the_text_of_every_page() {
    let result = BuiltRecipe::of("Footer");
    for path in ["index.html", "briefings/water.html", "404.html"] {
        let text = ["Each briefing hangs in the library, 2 Quay Street."];
        assert_eq!(result.texts(path, "main + section"), text, "{path}");
        assert!(result.page(path).has("main + section + footer"), "{path}");
    }
}

#[test]
fn the_font_is_allowed_where_a_page_names_it() {
    let result = BuiltRecipe::of("Font");
    for (path, address) in [
        ("index.html", Some("brine.woff2")),
        ("briefings/water.html", Some("../brine.woff2")),
        // Served at any depth.
        ("404.html", None),
    ] {
        let html = result.site.output(path);
        let page = Page::parse(&html);
        let policy = page.values("meta[http-equiv=Content-Security-Policy]", "content").concat();
        assert_eq!(policy.contains("font-src 'self' data: file:;"), address.is_some(), "{path}: {policy}");
        let named = address.is_none_or(|address| html.contains(&format!("url(\"{address}\")")));
        assert!(named, "{path}");
    }
}

#[test]
fn a_kind_of_page_shows_its_values_and_its_text() {
    let result = BuiltRecipe::of("Kind of page");
    let cells = ["School 3, Quay Street", "40", "Seamen's hall", "25"];
    assert_eq!(result.texts("shelters.html", "main td"), cells);
    assert_eq!(result.texts("shelters.html", ".b p"), ["Open day and night. Bring a blanket."]);
    let text = result.site.output("shelters.txt");
    assert!(text.contains("Seamen's hall") && text.contains("Bring a blanket"), "{text}");
}

#[test]
fn a_component_is_called_with_its_arguments() {
    let result = BuiltRecipe::of("Component");
    assert_eq!(result.page("contact.html").values("main .lead a", "href"), ["tel:+1-555-0100"]);
    assert_eq!(result.texts("contact.html", ".b p"), ["Call us at any hour."]);
}

/// What somebody makes who has read the guide alone: a theme with all that the recipes put into a site.
pub fn site_of_all_recipes() -> Site {
    let site = Site::empty();
    for recipe in recipes() {
        for (path, text) in recipe.files {
            let is_of_theme =
                ["templates/", "static/", "i18n/"].iter().any(|folder| path.starts_with(folder));
            let path = if is_of_theme { format!("themes/harbour/{path}") } else { path };
            let so_far = if site.exists(&path) { site.read(&path) } else { String::new() };
            let is_in_parts = path == "site.toml" || path.ends_with("style.html");
            let lines = text.lines().filter(|line| !is_in_parts || !has_line(&so_far, line));
            let added: String = lines.map(|line| format!("{line}\n")).collect();
            site.write_bytes(&path, format!("{so_far}{added}").as_bytes());
        }
    }
    site.write_bytes("themes/harbour/static/brine.woff2", FONT);
    site
}

/// A key and the style sheet that is extended are written once.
fn has_line(text: &str, line: &str) -> bool {
    let key = line.split('=').next().unwrap_or_default().trim_end();
    text.lines().any(|known| {
        known == line || line.contains('=') && known.split('=').next().unwrap_or_default().trim_end() == key
    })
}

#[test]
fn all_recipes_together_make_one_theme() {
    let site = site_of_all_recipes();
    let run = site.build();
    assert!(!run.stderr.contains("warning"), "{run}");
    let page = Page::parse(&site.output("ar/shelters.html"));
    assert!(page.has(".logo") && page.has("aside a") && page.has("main td") && page.has("main + section"));
    assert!(site.output("index.html").contains("url(\"brine.woff2\")"));
}
