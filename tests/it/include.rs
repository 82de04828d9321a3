//! `[[include]]`: rows of a CSV file as claims.

use serde_json::Value;

use crate::common::http::{Preview, get, without_preview_block};
use crate::common::running::wait;
use crate::common::{NOW, Site};

const SITE: &str = r#"-- site.toml --
title = "Port Brine"
timezone = "UTC"
-- content/briefings/toll/index.md --
+++
title = "The toll"
date = 2031-05-02T10:00:00Z
[[claims]]
id = "first"
text = "The quay is closed."
source = "Radio Brine"
[[include]]
figures = "deaths.csv"
measure = "killed"
text = "{Deaths} people were killed in {District}."
columns = { happened = "Date", neighbourhoods = "District", source = "Source", count = "Deaths", added = "Added" }
+++
Text.
-- content/briefings/toll/deaths.csv --
Date,District,Source,Deaths,Added
2031-05-01,Harbour,Radio Brine,at least ٦,
2031-05-02,Quay,Harbour office,12,2031-05-04T08:00:00Z
"#;

fn claims(site: &Site) -> Vec<Value> {
    let data: Value = serde_json::from_str(&site.output("data/claims.json")).unwrap();
    let mut claims = data["claims"].as_array().unwrap().clone();
    claims.sort_by_key(|claim| claim["id"].to_string());
    claims
}

fn ids(site: &Site) -> Vec<String> {
    claims(site).iter().map(|claim| claim["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_row_is_a_claim_with_a_figure_on_the_page_and_in_the_data() {
    let site = Site::new(SITE);
    site.build();
    let page = site.output("briefings/toll.html");
    assert!(page.contains("id=\"claim-2031-05-01-harbour-killed\""), "{page}");
    assert!(page.contains("at least ٦ people were killed in Harbour."), "{page}");
    assert!(site.exists("public/neighbourhoods/harbour.html"));
    assert!(site.output("figures.html").contains("killed"));
    let claims = claims(&site);
    assert_eq!(claims[0]["figure"]["min"], 6);
    assert_eq!(claims[0]["figure"]["said"], "at least ٦");
    assert_eq!(claims[1]["figure"]["best"], 12);
    assert_eq!(claims[1]["added"], "2031-05-04T08:00:00+00:00");
    assert_eq!(claims[1]["source"]["name"], "Harbour office");
    assert_eq!(claims[2]["id"], "first");
}

#[test]
fn the_file_itself_is_published_only_if_the_text_links_it() {
    let site = Site::new(SITE);
    assert_eq!(site.build().stderr.matches("unlinked-file").count(), 0);
    assert!(!site.exists("public/briefings/toll/deaths.csv"));
    site.edit("content/briefings/toll/index.md", "Text.", "[The table](deaths.csv)");
    site.build();
    assert!(site.exists("public/briefings/toll/deaths.csv"));
}

#[test]
fn a_late_row_changes_no_other_id_and_is_not_known_before_it_was_added() {
    let site = Site::new(SITE);
    site.build();
    let before = ids(&site);
    let row = "2031-05-02,Quay,";
    let late = "2031-05-01,Old Town,Radio Brine,3,2031-05-06\n2031-05-02,Quay,";
    site.edit("content/briefings/toll/deaths.csv", row, late);
    site.build();
    let after = ids(&site);
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|id| after.contains(id)), "{before:?} {after:?}");
    let earlier = site.run(&["build", "--now", NOW, "--as-of", "2031-05-03", "--out", "earlier"]);
    assert_eq!(earlier.code, Some(0), "{earlier}");
    let page = site.read("earlier/briefings/toll.html");
    assert!(page.contains("killed in Harbour."));
    assert!(!page.contains("killed in Quay.") && !page.contains("killed in Old Town."));
}

#[test]
fn law_2_a_change_of_a_table_shows_in_the_preview() {
    let site = Site::new(SITE);
    let served = Preview::of(&site, &[]);
    let url = format!("{}briefings/toll.html", served.url);
    let page = || String::from_utf8(get(&url).bytes).unwrap();
    assert!(page().contains("12 people were killed in Quay."));
    site.edit("content/briefings/toll/deaths.csv", ",12,", ",13,");
    site.build();
    let wanted = site.output("briefings/toll.html");
    assert!(wanted.contains("13 people were killed in Quay."));
    wait(|| match without_preview_block(&page()) {
        Some(page) if page == wanted => Ok(()),
        _ => Err("the page as a build has it".to_owned()),
    });
}

#[test]
fn thousands_of_rows_with_hxl_tags_are_claims() {
    let site = Site::new(SITE);
    let mut table =
        "Day,District,Source,Deaths\n#date+occurred,#adm3+name,#meta+source,#affected+killed\n".to_owned();
    for row in 0..3_000 {
        let (month, day, place) = (1 + row % 4, 1 + row / 4 % 28, row / 112);
        table += &format!("2031-{month:02}-{day:02},District {place},Radio Brine,{}\n", row % 40);
    }
    site.write_bytes("content/briefings/toll/deaths.csv", table.as_bytes());
    let text = site.read("content/briefings/toll/index.md");
    let (head, tail) = text.split_once("measure = ").unwrap();
    let tail = tail.split_once("+++").unwrap().1;
    let include = "text = \"{Deaths} people were killed in {District}.\"\n+++";
    site.write_bytes("content/briefings/toll/index.md", format!("{head}{include}{tail}").as_bytes());
    site.build();
    assert_eq!(claims(&site).len(), 3_001);
}
