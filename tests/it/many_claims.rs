//! A briefing with hundreds of claims, and one that gives the same measures for many places.

use std::fmt::Write as _;

use crate::common::Site;
use crate::common::built::{output_of, text};
use crate::common::html::{Page, text_of};

const PLACES: [&str; 4] = ["Harbour", "Salt Marsh", "East Port", "Old Town"];

/// A briefing with a claim for each of some places, topics and numbers, by `claim`.
fn site(count: usize, mut claim: impl FnMut(&str, usize) -> String) -> Site {
    let mut claims = String::new();
    for number in 0..count {
        for (index, place) in PLACES.iter().enumerate() {
            let id = number * PLACES.len() + index;
            let topic = ["water", "health"][number % 2];
            let more = claim(place, number);
            write!(
                claims,
                "[[claims]]\nid = \"c{id}\"\ntext = \"Number {id}.\"\nneighbourhoods = [\"{place}\"]\ntopic = \"{topic}\"\n{more}"
            )
            .unwrap();
        }
    }
    Site::new(&format!(
        "-- site.toml --\ntitle = \"X\"\ntopics = [\"water\", \"health\"]\n-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-01-01\n{claims}+++\n"
    ))
}

fn briefing(site: &Site) -> Page {
    Page::parse(text(&output_of(site), "briefings/a.html"))
}

#[test]
fn hundreds_of_claims_are_by_place_and_topic_with_a_list_to_jump_and_most_places_are_folded() {
    let page = briefing(&site(50, |_, _| "source = \"Water Board\"\n".into()));
    let targets = page.values(".toc a", "href");
    assert_eq!(targets.len(), PLACES.len() * 3, "each place and its topics: {targets:?}");
    for target in &targets {
        assert_eq!(page.all(&format!("[id=\"{}\"]", &target[1..])).len(), 1, "{target}");
    }
    assert_eq!(page.all("details.fold").len(), PLACES.len());
    assert_eq!(page.all("ol.claims > li").len(), 200);
    assert_eq!(page.all("details:has([id=page-in-2]) li[id]").len(), 50);
}

#[test]
fn a_few_claims_are_in_the_order_of_the_file() {
    let page = briefing(&site(15, |_, _| "source = \"Water Board\"\n".into()));
    assert_eq!((page.all("details.fold").len(), page.all(".toc").len()), (0, 0));
    let first = page.values("ol.claims > li", "id");
    assert_eq!(first[..3], ["claim-c0", "claim-c1", "claim-c2"]);
}

#[test]
fn the_same_measures_of_many_places_are_a_table_with_their_owners_and_no_sum() {
    let counted = |source: &'static str| {
        move |place: &str, number: usize| {
            let measure = ["households", "patients"][number % 2];
            let count = place.len() * 100 + number;
            format!("source = \"{source}\"\nfigure = {{ measure = \"{measure}\", best = {count} }}\n")
        }
    };
    let page = briefing(&site(2, counted("Water Board")));
    let row = |page: &Page, index: usize| -> Vec<String> {
        let cells = page.all(&format!("table tbody tr:nth-child({index}) > *"));
        cells.iter().map(text_of).collect()
    };
    assert_eq!(page.all("table tbody tr").len(), PLACES.len());
    let harbour = (1..=4).map(|index| row(&page, index)).find(|row| row[0] == "Harbour").unwrap();
    assert!(harbour[1].starts_with("700") && harbour[2].starts_with("701"), "{harbour:?}");
    assert!(!harbour[1].contains("Water Board"), "the owner of all is above the table: {harbour:?}");
    assert_eq!(page.all("section:has([id=page-counts]) > p.m a").len(), 1);
    let mut sources = ["Water Board", "Harbour Guild"].into_iter().cycle();
    let page = briefing(&site(2, |place, number| counted(sources.next().unwrap())(place, number)));
    assert!(row(&page, 1)[1].contains("Water Board") || row(&page, 1)[1].contains("Harbour Guild"));
    // One measure makes no table: figures.html has it.
    let page = briefing(&site(1, counted("Water Board")));
    assert!(page.all("[id=page-counts]").is_empty());
}
