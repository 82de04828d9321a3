//! The charts of built sites: which pages have them, how small they are, and that they say nothing
//! that the page does not also say as text.

use std::io::Write as _;

use crate::common::Site;
use crate::common::built::{demo, output_of, pages, port_brine, text};

/// The most bytes of a chart, compressed.
const MOST_BYTES: usize = 4_096;

/// The `<svg>` charts of a page.
fn pictures(html: &str) -> Vec<&str> {
    let mut pictures = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find("<svg class=\"chart\"") {
        // Marks are `<svg>` elements within the chart.
        let (mut depth, mut end) = (0, at);
        loop {
            let open = rest[end..].find("<svg").map_or(usize::MAX, |found| end + found);
            let close = end + rest[end..].find("</svg>").unwrap();
            (depth, end) = if open < close { (depth + 1, open + 4) } else { (depth - 1, close + 6) };
            if depth == 0 {
                break;
            }
        }
        pictures.push(&rest[at..end]);
        rest = &rest[end..];
    }
    pictures
}

fn compressed(text: &str) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn every_chart_is_small_well_formed_and_without_styles() {
    for site in [demo(), port_brine()] {
        let mut count = 0;
        for (path, html) in pages(site) {
            for picture in pictures(html) {
                count += 1;
                assert!(compressed(picture) <= MOST_BYTES, "{path}: {} bytes", compressed(picture));
                let document =
                    roxmltree::Document::parse(picture).unwrap_or_else(|e| panic!("{path}: {e}\n{picture}"));
                let names: Vec<&str> = document
                    .descendants()
                    .filter(|node| node.is_element())
                    .map(|node| node.tag_name().name())
                    .collect();
                assert_eq!(names[..3], ["svg", "title", "desc"], "{path}");
                let all = document.descendants().flat_map(|node| node.attributes());
                for attribute in all {
                    let (name, value) = (attribute.name(), attribute.value());
                    assert!(name != "style" && !name.starts_with("on"), "{path}: {name}=\"{value}\"");
                    assert!(name != "id" || value.starts_with("page-"), "{path}: {value}");
                }
            }
            let mut ids: Vec<&str> =
                html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let all = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), all, "{path}: an id occurs twice");
        }
        assert!(count > 10, "there are pictures");
    }
}

#[test]
fn charts_are_on_their_pages_in_each_language() {
    let count = |path: &str| pictures(text(demo(), path)).len();
    for folder in ["", "ar/"] {
        for path in [
            "timeline.html",
            "map.html",
            "figures.html",
            "dates/index.html",
            "dates/2016-10.html",
            "dates/2016.html",
            "briefings/heluk-edge.html",
            "neighbourhoods/al-heluk.html",
        ] {
            assert!(count(&format!("{folder}{path}")) > 0, "{folder}{path}");
        }
    }
    let timeline = text(demo(), "ar/timeline.html");
    assert!(timeline.contains("direction=\"rtl\"") && !timeline.contains("direction=\"ltr\""));
}

#[test]
fn a_map_links_to_its_places_and_draws_outlines_and_precision() {
    let page = text(port_brine(), "map.html");
    let map = pictures(page)[0];
    assert!(map.contains("<a href=\"neighbourhoods/harbour.html\""), "{map}");
    assert!(map.contains("<path d=\"M") && map.contains("<circle "), "{map}");
    assert!(page.contains("by its outline"));
    // Salt Marsh has neither outline nor point.
    assert!(page.contains("we do not know where"));
}

#[test]
fn a_site_without_points_has_no_map() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"X\"\n-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-01-01\nneighbourhoods = [\"Quay\"]\n+++\n",
    );
    let files = output_of(&site);
    assert!(!files.contains_key("map.html") && files.contains_key("timeline.html"));
    assert!(!text(&files, "index.html").contains("map.html"));
}

#[test]
fn a_change_of_an_outline_changes_the_map() {
    let site = Site::named("port-brine");
    site.write("-- content/neighbourhoods/east-port.geojson --\n{\"type\":\"Polygon\",\"coordinates\":[[[-29.7,0.1],[-29.4,0.2],[-29.4,0.3],[-29.7,0.1]]]}\n");
    assert_ne!(text(&output_of(&site), "map.html"), text(port_brine(), "map.html"));
}

#[test]
fn a_city_is_behind_every_map_of_its_places_and_says_where_it_is_from() {
    for folder in ["", "ar/"] {
        for path in ["map.html", "neighbourhoods/harbour.html", "neighbourhoods/east-port.html"] {
            let path = format!("{folder}{path}");
            let page = text(port_brine(), &path);
            let map = pictures(page).into_iter().find(|picture| picture.contains("fill=\"#28d\""));
            let map = map.unwrap_or_else(|| panic!("{path} has no water"));
            assert!(map.len() <= 4_096, "{path}: {} bytes", map.len());
            assert!(page.contains("<bdi>Sketched by the Port Brine desk (invented)</bdi>"), "{path}");
            assert!(!page.contains("Brine Bay"), "{path}");
            let plain = text(port_brine(), &path.replace(".html", ".txt"));
            assert!(plain.contains("Sketched by the Port Brine desk (invented)"), "{path}");
        }
    }
    for (path, page) in pages(demo()) {
        assert!(!page.contains("#28d"), "{path}");
    }
}

#[test]
fn open_data_has_nothing_of_the_city() {
    let site = Site::named("port-brine");
    site.remove("map.geojson");
    let data = |files: &crate::common::built::Tree| -> Vec<(String, Vec<u8>)> {
        let own = files.iter().filter(|(path, _)| path.starts_with("data/"));
        own.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    assert!(data(port_brine()) == data(&output_of(&site)) && !data(port_brine()).is_empty());
}

/// As text browsers read a drawing: they know no SVG, and print the words of its elements one after the other.
#[test]
fn words_of_drawings_are_apart_without_the_drawing() {
    let mut drawings = 0;
    for (path, page) in pages(demo()).chain(pages(port_brine())) {
        for drawing in pictures(page) {
            drawings += 1;
            for end in ["</text>", "</desc>", "</foreignObject>"] {
                let mut behind = drawing.split(end).skip(1);
                assert!(behind.all(|rest| rest.starts_with(['\n', ' ']) || rest.is_empty()), "{path}: {end}");
            }
        }
    }
    assert!(drawings > 10, "there are {drawings}");
}

#[test]
fn counts_of_one_source_over_time_are_one_chart_and_the_earlier_ones_are_folded() {
    let mut site = String::from("-- site.toml --\ntitle = \"X\"\n");
    for (day, count) in [(1, 30), (2, 20), (3, 50)] {
        let claim = |id: &str, source: &str, more: &str| {
            format!(
                "[[claims]]\nid = \"{id}\"\ntext = \"Without water.\"\nsource = \"{source}\"\nhappened = \"2031-05-0{day}\"\n\
                 neighbourhoods = [\"Quay\"]\nfigure = {{ measure = \"households\", best = {count}{more} }}\n"
            )
        };
        site.push_str(&format!(
            "-- content/briefings/day-{day}.md --\n+++\ntitle = \"Day {day}\"\ndate = 2031-05-0{day}\n{}{}{}+++\n",
            claim("all", "Water Board", ""),
            claim("total", "Harbour Guild", ", cumulative = true"),
            if day == 3 { claim("part", "Radio Brine", ", part_of = \"all\"") } else { String::new() },
        ));
    }
    let files = output_of(&Site::new(&site));
    let page = text(&files, "figures.html");
    // The latest count of the Water Board has a part, so that it is no part of a series; there is one of the Guild.
    assert_eq!(page.matches("id=\"page-trend-").count(), 2, "a title and a description: {page}");
    assert!(page.contains("2 earlier counts of this source"), "{page}");
    assert_eq!(page.matches("<div class=\"row\">").count(), 7);
    assert!(!page.contains(">100<"), "nothing is added up");
}
