//! The weight of pages: the budget of site.toml, and that of the demo.

use bulletin::checks::page_weight::weight;

use crate::common::built::{demo, pages};
use crate::common::{NOW, Site, repository};

/// A first load in one round trip: see `[budget]`.
const PAGE: u64 = 14_000;
/// The style sheet is in every page; before compression.
const STYLE: usize = 8_960;
/// That of paper, on sheets alone.
const SHEET_STYLE: usize = 2_048;
/// That of boards, on the pages that have one.
const BOARD_STYLE: usize = 2_304;

#[test]
fn the_demo_and_its_style_are_within_the_budget() {
    for (path, page) in pages(demo()) {
        let weight = weight(page.as_bytes());
        assert!(weight <= PAGE, "{path} weighs {weight} bytes");
        let (_, style) = page.split_once("<style>").unwrap();
        let (style, _) = style.split_once("</style>").unwrap();
        let more = match path {
            _ if path.ends_with("-sheet.html") => SHEET_STYLE,
            _ if page.contains(".board{") => BOARD_STYLE,
            _ => 0,
        };
        let limit = STYLE + more;
        assert!(style.len() <= limit, "{path}: the style has {} bytes", style.len());
    }
}

#[test]
fn the_ten_heaviest_pages_over_the_budget_are_reported() {
    let site = Site::named("port-brine");
    site.edit("site.toml", "[parties]", "[budget]\npage = 2000\n\n[parties]");
    let run = site.run(&["build", "--now", NOW]);
    assert_eq!(run.code, Some(0), "{run}");
    let named: Vec<&str> = run.stderr.lines().filter(|line| line.contains("[page-over-budget]")).collect();
    assert_eq!(named.len(), 11, "{run}");
    assert!(
        named.iter().any(|line| line.contains(".html weighs ") && line.contains("the budget is 2000")),
        "{run}"
    );
    assert!(named.iter().any(|line| line.contains("more pages are over their budget")), "{run}");
    assert!(run.stderr.contains("`[budget] page` in site.toml sets the limit"), "{run}");
}

#[test]
fn check_lists_the_heaviest_pages() {
    let site = Site::copy_of(repository());
    let run = site.run(&["check", "--now", NOW]);
    let listed = run.stdout.lines().find(|line| line.contains("note[heaviest-pages]")).unwrap();
    assert_eq!(listed.matches(".html ").count(), 5, "{run}");
    assert!(listed.contains("neighbourhoods/aleppo.html"), "{run}");
}
