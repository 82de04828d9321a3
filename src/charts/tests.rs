//! Properties of every chart, and a small chart of each kind in full.

use std::io::Write as _;

use expect_test::expect;
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::calendar::{CalendarCell, CalendarGrid};
use super::text::{LINE, cut, width_of};
use super::*;

/// The most bytes of a compressed chart.
const MOST_BYTES: usize = 4_096;

fn frame(rtl: bool) -> Frame<'static> {
    Frame { id: "page-x", title: "What & when", description: "Rows <b>", rtl }
}

fn compressed(text: &str) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

/// One element per line, with quotation marks for isolates: no source file may contain those.
fn lines(svg: &str) -> String {
    svg.replace("><", ">\n<").replace('\u{2068}', "«").replace('\u{2069}', "»")
}

/// A length in pixels or in percent, as a part of the whole.
fn part(value: &str, whole: f64) -> f64 {
    match value.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().unwrap() / 100.0,
        None => value.parse::<f64>().unwrap() / whole,
    }
}

/// Well-formed, small, and with all of its shapes inside.
fn hold(picture: &Chart) -> Result<(), TestCaseError> {
    let document = roxmltree::Document::parse(&picture.svg)
        .map_err(|error| TestCaseError::fail(format!("{error}\n{}", picture.svg)))?;
    let root = document.root_element();
    let size = root.attribute("viewBox").map_or_else(
        || (288.0, root.attribute("height").unwrap().parse().unwrap()),
        |size| {
            let numbers: Vec<f64> = size.split(' ').map(|number| number.parse().unwrap()).collect();
            (numbers[2], numbers[3])
        },
    );
    for element in document.descendants().filter(|node| node.is_element()) {
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            prop_assert!(!name.starts_with("on") && name != "style", "{}", picture.svg);
            if name == "id" {
                prop_assert!(value.starts_with("page-x-"));
            }
            let whole = match name {
                "x" | "x1" | "x2" | "cx" => size.0,
                "y" | "y1" | "y2" | "cy" => size.1,
                _ => continue,
            };
            let part = part(value, whole);
            prop_assert!(
                (-0.000_1..=1.000_1).contains(&part),
                "{name}={value} of {whole} in {}",
                picture.svg
            );
        }
        if let Some(width) = element.attribute("width").filter(|_| element.has_tag_name("rect")) {
            let end = part(element.attribute("x").unwrap(), size.0) + part(width, size.0);
            prop_assert!(end <= 1.000_2, "{}", picture.svg);
        }
    }
    let bytes = compressed(&picture.svg);
    prop_assert!(bytes <= MOST_BYTES, "{bytes} bytes: {}", picture.svg);
    Ok(())
}

fn timeline(frame: &Frame<'_>, rows: &[timeline::TimelineRow]) -> Option<Chart> {
    let words = timeline::TimelineWords {
        month: &|date| date.strftime("%B %Y").to_string(),
        year: &|date| date.year().to_string(),
        number: &|number| number.to_string(),
        before: "before",
        open: "open",
        gap: "left out",
        beyond: "goes beyond",
        about: "about",
        perhaps: "perhaps",
    };
    timeline::draw(frame, rows, &words)
}

fn row(label: &str, from: Option<&str>, to: Option<&str>) -> timeline::TimelineRow {
    let date = |text: &str| text.parse::<Date>().unwrap();
    let (from, to) = (from.map(date), to.map(date));
    timeline::TimelineRow {
        name: named(label),
        when: "when".into(),
        from,
        to,
        approximate: false,
        uncertain: false,
    }
}

fn named(text: &str) -> RowName {
    RowName { text: text.into(), ..RowName::default() }
}

fn figures(frame: &Frame<'_>, rows: &[figures::FigureBar], most: f64) -> Option<Chart> {
    let words = figures::FigureWords { open: "no limit", best: "best", vague: "not exact" };
    figures::draw(frame, rows, most, &words)
}

fn figure(label: &str, min: Option<f64>, best: Option<f64>, max: Option<f64>) -> figures::FigureBar {
    figures::FigureBar { name: named(label), label: "number".into(), min, best, max, vague: false, depth: 0 }
}

const SIZE: map::MapSize = map::MapSize { width: 288, least_height: 160, most_height: 360 };

fn map(frame: &Frame<'_>, places: &[map::MapPlace]) -> Option<Chart> {
    map_of(frame, places, None)
}

fn map_of(frame: &Frame<'_>, places: &[map::MapPlace], city: Option<&map::City>) -> Option<Chart> {
    let words = map::MapWords {
        distance: &|metres| format!("{metres} m"),
        area: "in this area",
        silent: "silent",
        water: "water",
        roads: "roads",
    };
    map::draw(frame, places, city, SIZE, &words).map(|map| map.chart)
}

fn circle(label: &str, east: f64, north: f64, radius: f64) -> map::MapPlace {
    map::MapPlace { label: label.into(), centre: Some((east, north)), radius, ..Default::default() }
}

#[test]
fn a_week_is_a_bar_an_open_end_an_arrow_and_what_began_before_is_cut() {
    let mut about = row("About", Some("2016-09-27"), Some("2016-09-28"));
    about.approximate = true;
    let rows = [
        row("A day", Some("2016-10-02"), Some("2016-10-02")),
        row("The past week", Some("2016-09-25"), Some("2016-10-02")),
        row("Since Saturday", Some("2016-10-01"), None),
        about,
        row("Before all this", Some("2012-01-01"), Some("2012-12-31")),
    ];
    expect![[r##"
        <svg class="chart" role="img" aria-labelledby="page-x-t page-x-d" width="100%" height="350" direction="ltr" fill="currentColor" font-family="system-ui,Noto Sans Arabic,sans-serif" font-size="14">
        <title id="page-x-t">What &amp; when</title>
        <desc id="page-x-d">Rows &lt;b&gt;</desc>
        <text x="18.4%" y="13" font-size="12" font-weight="700">September 2016</text>
        <line x1="17.7%" y1="2" x2="17.7%" y2="15" stroke="currentColor" stroke-opacity=".5"/>
        <text x="100%" y="13" font-size="12" font-weight="700" text-anchor="end">October 2016</text>
        <text x="22.33%" y="28" font-size="12" text-anchor="middle">25</text>
        <text x="31.62%" y="28" font-size="12" text-anchor="middle">26</text>
        <text x="40.9%" y="28" font-size="12" text-anchor="middle">27</text>
        <text x="50.19%" y="28" font-size="12" text-anchor="middle">28</text>
        <text x="59.47%" y="28" font-size="12" text-anchor="middle">29</text>
        <text x="68.76%" y="28" font-size="12" text-anchor="middle">30</text>
        <text x="78.05%" y="28" font-size="12" text-anchor="middle">1</text>
        <text x="87.34%" y="28" font-size="12" text-anchor="middle">2</text>
        <text x="0" y="28" font-size="12" font-weight="700">before</text>
        <line x1="0" y1="38" x2="92%" y2="38" stroke="currentColor"/>
        <defs>
        <g id="page-x-g" stroke-opacity=".35">
        <line x1="17.7%" y1="0" x2="17.7%" y2="16" stroke="currentColor"/>
        <line x1="26.98%" y1="0" x2="26.98%" y2="16" stroke="currentColor"/>
        <line x1="36.27%" y1="0" x2="36.27%" y2="16" stroke="currentColor"/>
        <line x1="45.55%" y1="0" x2="45.55%" y2="16" stroke="currentColor"/>
        <line x1="54.84%" y1="0" x2="54.84%" y2="16" stroke="currentColor"/>
        <line x1="64.12%" y1="0" x2="64.12%" y2="16" stroke="currentColor"/>
        <line x1="73.41%" y1="0" x2="73.41%" y2="16" stroke="currentColor"/>
        <line x1="82.69%" y1="0" x2="82.69%" y2="16" stroke="currentColor"/>
        </g>
        <g id="page-x-b">
        <path d="M-5 8l4-16h6l-4 16z" fill="var(--p,Canvas)"/>
        <path d="M-5 8l4-16M1 8l4-16" stroke="currentColor" stroke-width="2"/>
        </g>
        </defs>
        <use href="#page-x-g" y="38"/>
        <use href="#page-x-b" x="17.7%" y="38"/>
        <foreignObject x="0" y="58" width="100%" height="24">
        <div dir="auto">
        <span>A day</span>
        </div>
        </foreignObject>
        <use href="#page-x-g" y="82"/>
        <rect x="82.69%" y="85" width="9.31%" height="10" stroke="currentColor" stroke-width="2"/>
        <foreignObject x="0" y="102" width="100%" height="24">
        <div dir="auto">
        <span>The past week</span>
        </div>
        </foreignObject>
        <use href="#page-x-g" y="126"/>
        <rect x="17.7%" y="129" width="74.3%" height="10" stroke="currentColor" stroke-width="2"/>
        <foreignObject x="0" y="146" width="100%" height="24">
        <div dir="auto">
        <span>Since Saturday</span>
        </div>
        </foreignObject>
        <use href="#page-x-g" y="170"/>
        <rect x="73.41%" y="173" width="18.59%" height="10" stroke="currentColor" stroke-width="2"/>
        <svg x="92%" y="178" width="1" height="1" overflow="visible">
        <path d="M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6" fill="none" stroke-width="2.5" stroke="currentColor"/>
        </svg>
        <foreignObject x="0" y="190" width="100%" height="24">
        <div dir="auto">
        <span>About</span>
        </div>
        </foreignObject>
        <use href="#page-x-g" y="214"/>
        <rect x="36.27%" y="217" width="18.57%" height="10" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="6 3"/>
        <text x="56.34%" y="227" font-weight="700" text-anchor="start" stroke="var(--p,Canvas)" stroke-width="4" stroke-linejoin="round" paint-order="stroke">~</text>
        <foreignObject x="0" y="234" width="100%" height="24">
        <div dir="auto">
        <span>Before all this</span>
        </div>
        </foreignObject>
        <text x="0" y="271" font-size="12">when</text>
        <svg x="0" y="295" width="1" height="1" overflow="visible">
        <path d="M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6" fill="none" stroke-width="2.5" stroke="currentColor"/>
        </svg>
        <text x="0" y="300" dx="32" font-size="13">open</text>
        <svg x="0" y="317" width="1" height="1" overflow="visible">
        <path d="M5 7l4-14M11 7l4-14" fill="none" stroke-width="2" stroke="currentColor"/>
        </svg>
        <text x="0" y="322" dx="32" font-size="13">left out</text>
        <text x="0" y="344" dx="6" font-weight="700">~</text>
        <text x="0" y="344" dx="32" font-size="13">about</text>
        </svg>"##]].assert_eq(&lines(&timeline(&frame(false), &rows).unwrap().svg));
}

#[test]
fn time_runs_from_the_right_where_lines_do() {
    let rows = [row("يوم", Some("2016-10-02"), Some("2016-10-02")), row("SOHR", None, Some("2016-10-01"))];
    expect![[r##"
        <svg class="chart" role="img" aria-labelledby="page-x-t page-x-d" width="100%" height="174" direction="rtl" fill="currentColor" font-family="system-ui,Noto Sans Arabic,sans-serif" font-size="14">
        <title id="page-x-t">«What &amp; when»</title>
        <desc id="page-x-d">Rows &lt;b&gt;</desc>
        <text x="91.3%" y="13" font-size="12" font-weight="700">«September 2016»</text>
        <line x1="92%" y1="2" x2="92%" y2="15" stroke="currentColor" stroke-opacity=".5"/>
        <text x="0" y="13" font-size="12" font-weight="700" text-anchor="end">«October 2016»</text>
        <text x="85.44%" y="28" font-size="12" text-anchor="middle">26</text>
        <text x="72.3%" y="28" font-size="12" text-anchor="middle">27</text>
        <text x="59.16%" y="28" font-size="12" text-anchor="middle">28</text>
        <text x="46.02%" y="28" font-size="12" text-anchor="middle">29</text>
        <text x="32.88%" y="28" font-size="12" text-anchor="middle">30</text>
        <text x="19.73%" y="28" font-size="12" text-anchor="middle">1</text>
        <text x="6.58%" y="28" font-size="12" text-anchor="middle">2</text>
        <line x1="92%" y1="38" x2="0" y2="38" stroke="currentColor"/>
        <defs>
        <g id="page-x-g" stroke-opacity=".35">
        <line x1="92%" y1="0" x2="92%" y2="16" stroke="currentColor"/>
        <line x1="78.86%" y1="0" x2="78.86%" y2="16" stroke="currentColor"/>
        <line x1="65.72%" y1="0" x2="65.72%" y2="16" stroke="currentColor"/>
        <line x1="52.58%" y1="0" x2="52.58%" y2="16" stroke="currentColor"/>
        <line x1="39.44%" y1="0" x2="39.44%" y2="16" stroke="currentColor"/>
        <line x1="26.3%" y1="0" x2="26.3%" y2="16" stroke="currentColor"/>
        <line x1="13.15%" y1="0" x2="13.15%" y2="16" stroke="currentColor"/>
        </g>
        </defs>
        <use href="#page-x-g" y="38"/>
        <foreignObject x="0" y="58" width="100%" height="24">
        <div dir="auto">
        <span>يوم</span>
        </div>
        </foreignObject>
        <use href="#page-x-g" y="82"/>
        <rect x="0" y="85" width="13.15%" height="10" stroke="currentColor" stroke-width="2"/>
        <foreignObject x="0" y="102" width="100%" height="24">
        <div dir="auto">
        <span>SOHR</span>
        </div>
        </foreignObject>
        <use href="#page-x-g" y="126"/>
        <line x1="92%" y1="134" x2="13.15%" y2="134" stroke="currentColor" stroke-width="2" stroke-dasharray="2 4"/>
        <line x1="13.15%" y1="128" x2="13.15%" y2="140" stroke="currentColor" stroke-width="4"/>
        <svg x="92%" y="134" width="1" height="1" overflow="visible">
        <path d="M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6" fill="none" stroke-width="2.5" stroke="currentColor"/>
        </svg>
        <svg x="100%" y="163" width="1" height="1" overflow="visible">
        <path d="M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6" fill="none" stroke-width="2.5" stroke="currentColor" transform="scale(-1 1)"/>
        </svg>
        <text x="100%" y="168" dx="-32" font-size="13">«open»</text>
        </svg>"##]].assert_eq(&lines(&timeline(&frame(true), &rows).unwrap().svg));
}

/// The texts of a chart without its title and its description.
fn texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_number_that_is_both_least_and_most_has_the_sign_of_one_number_and_a_small_range_is_still_seen() {
    let rows = [figure("One", Some(1.0), None, Some(1.0)), figure("More", Some(2.0), None, Some(3.0))];
    let picture = figures(&frame(false), &rows, 1_000_000.0).unwrap();
    assert_eq!(texts(&picture.svg).last().map(String::as_str), Some("best"));
    let document = roxmltree::Document::parse(&picture.svg).unwrap();
    let bars = document.descendants().filter(|node| node.has_tag_name("rect"));
    let widths: Vec<&str> = bars.filter_map(|bar| bar.attribute("width")).collect();
    assert_eq!(widths, ["0.4%"]);
    assert_eq!(picture.svg.matches("M0-8l6 8").count(), 2, "in its row, and in the legend");
}

#[test]
fn a_number_is_after_its_mark_and_has_room_there() {
    let mut rows = [figure("Few", Some(1.0), None, Some(2.0)), figure("Many", Some(19.0), None, Some(20.0))];
    rows[1].label = "19,000,000 to 20,000,000".into();
    let svg = figures(&frame(false), &rows, 20.0).unwrap().svg;
    let document = roxmltree::Document::parse(&svg).unwrap();
    let after = |text: &str| {
        let label =
            document.descendants().find(|node| node.has_tag_name("text") && node.text() == Some(text));
        part(label.unwrap().attribute("x").unwrap(), 1.0)
    };
    let ends = document
        .descendants()
        .filter(|node| node.has_tag_name("rect"))
        .map(|bar| part(bar.attribute("x").unwrap(), 1.0) + part(bar.attribute("width").unwrap(), 1.0));
    let ends: Vec<f64> = ends.collect();
    assert!((after("number") - ends[0]).abs() < 0.000_2 && (after(&rows[1].label) - ends[1]).abs() < 0.000_2);
    let width = f64::from(u32::try_from(width_of(&rows[1].label)).unwrap()) * 0.13 + 13.0;
    assert!(ends[1] * 288.0 + width <= 288.0, "{}", ends[1]);
}

#[test]
fn counts_of_one_source_are_columns_over_time_with_the_first_and_the_last_number() {
    let point = |day: &str, min: Option<f64>, best: Option<f64>, max: Option<f64>| trend::TrendPoint {
        day: day.parse().unwrap(),
        when: day.into(),
        label: best.or(min).map(|number| number.to_string()).unwrap_or_default(),
        min,
        best,
        max,
    };
    let points = [
        point("2031-05-01", None, Some(10.0), None),
        point("2031-05-02", Some(20.0), None, Some(40.0)),
        point("2031-05-05", Some(30.0), None, None),
    ];
    let svg = trend::draw(&frame(false), &points).unwrap().svg;
    assert_eq!(texts(&svg), ["10", "30", "2031-05-01", "2031-05-05"]);
    let column = |y1: i64, y2: i64, share: &str| {
        svg.contains(&format!("<line x1=\"{share}\" y1=\"{y1}\" x2=\"{share}\" y2=\"{y2}\""))
    };
    assert!(
        column(82, 67, "2%") && column(82, 52, "26%") && column(52, 22, "26%") && column(82, 37, "98%"),
        "{svg}"
    );
    assert_eq!(trend::draw(&frame(false), &points[..1]), None);
}

#[test]
fn the_last_month_of_a_timeline_is_named() {
    let rows: Vec<timeline::TimelineRow> = ["2016-06-20", "2016-07-04", "2016-08-01", "2016-09-28"]
        .map(|day| row("A day", Some(day), Some(day)))
        .to_vec();
    let svg = timeline(&frame(false), &rows).unwrap().svg;
    let months: Vec<String> = texts(&svg).into_iter().filter(|text| text.contains("2016")).collect();
    assert_eq!(months, ["July 2016", "September 2016"]);
}

#[test]
fn figures_of_one_measure_stand_on_one_scale() {
    let mut hundreds = figure("Hundreds", Some(200.0), None, Some(999.0));
    hundreds.vague = true;
    let mut part = figure("Of these", None, Some(150.0), None);
    part.depth = 1;
    let rows =
        [hundreds, part, figure("At least", Some(6.0), None, None), figure("Nothing", None, None, None)];
    let picture = figures(&frame(false), &rows, 999.0).unwrap();
    assert_eq!(picture.left_out, 1, "what has no number cannot be drawn");
    expect![[r#"
        <svg class="chart" role="img" aria-labelledby="page-x-t page-x-d" width="100%" height="204" direction="ltr" fill="currentColor" font-family="system-ui,Noto Sans Arabic,sans-serif" font-size="14">
        <title id="page-x-t">What &amp; when</title>
        <desc id="page-x-d">Rows &lt;b&gt;</desc>
        <foreignObject x="0" y="0" width="100%" height="20">
        <div dir="auto">
        <span>Hundreds</span>
        </div>
        </foreignObject>
        <line x1="2%" y1="20" x2="2%" y2="38" stroke="currentColor" stroke-opacity=".5"/>
        <rect x="15.08%" y="23" width="52.25%" height="12" fill="none" stroke="currentColor" stroke-width="1"/>
        <line x1="15.08%" y1="29" x2="67.33%" y2="29" stroke="currentColor" stroke-width="12" stroke-dasharray="2 3"/>
        <text x="67.33%" y="34" dx="13" font-size="13" font-weight="700">number</text>
        <foreignObject x="5%" y="44" width="95%" height="20">
        <div dir="auto">
        <span>Of these</span>
        </div>
        </foreignObject>
        <line x1="2%" y1="64" x2="2%" y2="82" stroke="currentColor" stroke-opacity=".5"/>
        <svg x="11.81%" y="73" width="1" height="1" overflow="visible">
        <path d="M0-8l6 8-6 8-6-8z" stroke="currentColor"/>
        </svg>
        <text x="11.81%" y="78" dx="13" font-size="13" font-weight="700">number</text>
        <foreignObject x="0" y="88" width="100%" height="20">
        <div dir="auto">
        <span>At least</span>
        </div>
        </foreignObject>
        <line x1="2%" y1="108" x2="2%" y2="126" stroke="currentColor" stroke-opacity=".5"/>
        <line x1="2.39%" y1="110" x2="2.39%" y2="124" stroke="currentColor" stroke-width="4"/>
        <line x1="2.39%" y1="117" x2="67.33%" y2="117" stroke="currentColor" stroke-width="2" stroke-dasharray="2 4"/>
        <svg x="67.33%" y="117" width="1" height="1" overflow="visible">
        <path d="M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6" fill="none" stroke-width="2.5" stroke="currentColor"/>
        </svg>
        <text x="67.33%" y="122" dx="26" font-size="13" font-weight="700">number</text>
        <svg x="0" y="147" width="1" height="1" overflow="visible">
        <path d="M1-6l6 6-6 6M8-6l6 6-6 6M15-6l6 6-6 6" fill="none" stroke-width="2.5" stroke="currentColor"/>
        </svg>
        <text x="0" y="152" dx="32" font-size="13">no limit</text>
        <svg x="0" y="169" width="1" height="1" overflow="visible">
        <path d="M0-8l6 8-6 8-6-8z" stroke="currentColor" transform="translate(10)"/>
        </svg>
        <text x="0" y="174" dx="32" font-size="13">best</text>
        <svg x="0" y="191" width="1" height="1" overflow="visible">
        <path d="M0 0H20" stroke="currentColor" stroke-width="12" stroke-dasharray="2 3"/>
        </svg>
        <text x="0" y="196" dx="32" font-size="13">not exact</text>
        </svg>"#]].assert_eq(&lines(&picture.svg));
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_calendar_tells_claims_by_number_and_by_length() {
    let cell = |day: usize, claims: usize| CalendarCell {
        name: day.to_string(),
        claims,
        number: claims.to_string(),
        url: if claims > 0 { format!("2016-10-{day:02}.html") } else { String::new() },
        label: format!("{day} October 2016, {claims} claims"),
    };
    let cells = [cell(1, 4), cell(2, 0), cell(3, 1)];
    let headings = [names(&["Monday", "Tuesday"]), names(&["Mon", "Tue"]), names(&["M", "T"])];
    let grid = CalendarGrid { columns: 7, headings: &headings, skipped: 5, cells: &cells, most: 4 };
    expect![[r#"
        <svg class="chart" role="group" aria-labelledby="page-x-t page-x-d" width="100%" height="118" direction="ltr" fill="currentColor" font-family="system-ui,Noto Sans Arabic,sans-serif" font-size="14">
        <title id="page-x-t">What &amp; when</title>
        <desc id="page-x-d">Rows &lt;b&gt;</desc>
        <text x="7.14%" y="13" font-size="13" text-anchor="middle">Mon</text>
        <text x="21.42%" y="13" font-size="13" text-anchor="middle">Tue</text>
        <a href="2016-10-01.html">
        <title>1 October 2016, 4 claims</title>
        <rect x="72%" y="21" width="13.08%" height="45" fill-opacity=".06" stroke="currentColor"/>
        <text x="78.54%" y="37" font-size="13" text-anchor="middle" text-decoration="underline">1</text>
        <text x="78.54%" y="54" font-weight="700" text-anchor="middle">4</text>
        <rect x="72.9%" y="58" width="11.28%" height="5"/>
        </a>
        <rect x="86.28%" y="21" width="13.08%" height="45" fill="none" stroke="currentColor" stroke-opacity=".55"/>
        <text x="92.82%" y="37" font-size="13" text-anchor="middle">2</text>
        <a href="2016-10-03.html">
        <title>3 October 2016, 1 claims</title>
        <rect x="0.6%" y="69" width="13.08%" height="45" fill-opacity=".06" stroke="currentColor"/>
        <text x="7.14%" y="85" font-size="13" text-anchor="middle" text-decoration="underline">3</text>
        <text x="7.14%" y="102" font-weight="700" text-anchor="middle">1</text>
        <rect x="1.5%" y="106" width="2.82%" height="5"/>
        </a>
        </svg>"#]].assert_eq(&lines(&calendar::draw(&frame(false), &grid).unwrap().svg));
}

#[test]
fn a_map_draws_how_exactly_a_place_is_known_and_hatches_silence() {
    let outline = map::MapPlace {
        label: "Old Port".into(),
        url: "neighbourhoods/old-port.html".into(),
        rings: vec![vec![(10.0, 0.0), (10.02, 0.0), (10.02, 0.01), (10.0, 0.0)]],
        ..Default::default()
    };
    let mut silent = circle("Harbour", 10.03, 0.01, 600.0);
    silent.silent = true;
    expect![[r#"
        <svg class="chart" role="group" aria-labelledby="page-x-t page-x-d" viewBox="0 0 288 212" width="288" direction="ltr" fill="currentColor" font-family="system-ui,Noto Sans Arabic,sans-serif" font-size="14">
        <title id="page-x-t">What &amp; when</title>
        <desc id="page-x-d">Rows &lt;b&gt;</desc>
        <pattern id="page-x-h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path d="M0 0v6" stroke="currentColor" stroke-width="2"/>
        </pattern>
        <rect x=".5" y=".5" width="287" height="159" fill="none" stroke="currentColor"/>
        <a href="neighbourhoods/old-port.html" aria-label="">
        <path d="M20 134l140 0 0-70z" fill-rule="evenodd" stroke="currentColor" fill-opacity=".16" stroke-width="2"/>
        <text x="90" y="103" text-anchor="middle" font-weight="700" stroke="var(--p,Canvas)" stroke-width="4" stroke-linejoin="round" paint-order="stroke">Old Port</text>
        </a>
        <circle cx="230" cy="64" r="38" stroke="currentColor" fill="url(#page-x-h)" stroke-dasharray="4 3"/>
        <text x="230" y="68" text-anchor="middle" font-weight="700" stroke="var(--p,Canvas)" stroke-width="4" stroke-linejoin="round" paint-order="stroke">Harbour</text>
        <path d="M4 169v10M4 174H67M67 169v10" fill="none" stroke="currentColor" stroke-width="2"/>
        <text x="75" y="178" font-size="13">1000 m</text>
        <circle cx="14" cy="198" r="9" stroke="currentColor" fill="url(#page-x-h)" stroke-dasharray="4 3"/>
        <text x="30" y="202" font-size="13">silent</text>
        </svg>"#]].assert_eq(&lines(&map(&frame(false), &[outline, silent]).unwrap().svg));
}

#[test]
fn a_large_place_is_below_a_small_one_and_a_crowd_is_cut() {
    let places: Vec<_> = (0..100).map(|n| circle("x", f64::from(n) / 50.0, 40.0, 600.0)).collect();
    let picture = map(&frame(false), &places).unwrap();
    assert_eq!(picture.left_out, 60);
    let both = [circle("small", 10.0, 0.0, 100.0), circle("large", 10.0, 0.0, 9_000.0)];
    let svg = map(&frame(false), &both).unwrap().svg;
    assert!(svg.find("large") < svg.find("small"));
}

#[test]
fn without_data_there_is_no_chart() {
    assert_eq!(timeline(&frame(false), &[]), None);
    assert_eq!(figures(&frame(false), &[figure("x", None, None, None)], 0.0), None);
    assert_eq!(map(&frame(false), &[map::MapPlace::default()]), None);
    let grid = CalendarGrid { columns: 7, headings: &[], skipped: 0, cells: &[], most: 0 };
    assert_eq!(calendar::draw(&frame(false), &grid), None);
}

#[test]
fn long_texts_end_in_an_ellipsis_after_a_word() {
    assert_eq!(cut("short", LINE), "short");
    let long = cut("The opposition says that it has taken the mill, and that nobody is left in it", LINE);
    assert_eq!(long, "The opposition says that it has taken…");
    assert!(width_of(&cut(&"x".repeat(500), LINE)) <= LINE);
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![".{0,40}", "[<&\"'>ا-ي a-z]{0,90}", any::<String>()]
}

fn any_row() -> impl Strategy<Value = timeline::TimelineRow> {
    let near = || (16_000_i32..16_400, 0..9_i32);
    let days = prop_oneof![(-3_000_000_i32..1_900_000, 0..900_000_i32), near(), near()];
    (any_text(), any_text(), days, 0..4_u8, any::<(bool, bool)>()).prop_map(
        |(label, when, (from, length), open, (approximate, uncertain))| {
            let date = |day: i32| Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(day));
            let from_day = (open != 1).then(|| date(from));
            let to = (open != 2).then(|| date(from + length));
            let url = format!("../briefings/day-{from}.html#claim-{length}");
            let mark = RowMark { id: "single-source", word: "One source".into() };
            let name = RowName { url, mark: Some(mark), ..named(&label) };
            timeline::TimelineRow { name, when, from: from_day, to, approximate, uncertain }
        },
    )
}

fn any_number() -> impl Strategy<Value = Option<f64>> {
    option::of(prop_oneof![0.0..1e3, 0.0..1e7, 0.0..f64::MAX])
}

fn any_figure() -> impl Strategy<Value = figures::FigureBar> {
    (any_text(), any_number(), any_number(), any_number(), any::<(bool, bool)>(), 0..5_usize).prop_map(
        |(label, min, best, max, (vague, struck), depth)| {
            let mut numbers: Vec<f64> = [min, best, max].into_iter().flatten().collect();
            numbers.sort_by(f64::total_cmp);
            let mut numbers = numbers.into_iter();
            let [min, best, max] = [min, best, max].map(|number| number.and_then(|_| numbers.next()));
            let name = RowName { struck, ..named(&label) };
            figures::FigureBar { label: name.text.clone(), name, min, best, max, vague, depth }
        },
    )
}

fn any_place() -> impl Strategy<Value = map::MapPlace> {
    let degrees = || (-180.0..=180.0, -90.0..=90.0);
    let near = || (37.0..37.2, 36.0..36.3);
    let ring = prop_oneof![vec(degrees(), 0..40), vec(near(), 0..200)];
    let radius = prop_oneof![Just(600.0), Just(40_000.0)];
    (
        any_text(),
        option::of(prop_oneof![degrees(), near()]),
        vec(ring, 0..3),
        radius,
        any::<(bool, bool, bool)>(),
    )
        .prop_map(|(label, centre, rings, radius, (silent, is_context, is_linked))| map::MapPlace {
            url: if is_linked {
                format!("neighbourhoods/{}.html", crate::paths::slugify(&label))
            } else {
                String::new()
            },
            spoken: label.clone(),
            label,
            centre,
            radius,
            rings,
            silent,
            is_context,
        })
}

#[test]
fn no_word_of_a_legend_is_cut_on_a_phone_in_any_language_of_the_theme() {
    let keys = "chart-open chart-gap chart-beyond chart-about chart-perhaps chart-no-limit chart-best chart-vague map-area map-silent map-water map-roads";
    for lang in ["ar", "en", "es", "fr"] {
        let path = format!("{}/themes/default/i18n/{lang}.ftl", env!("CARGO_MANIFEST_DIR"));
        let words = std::fs::read_to_string(path).unwrap();
        for key in keys.split(' ') {
            let line = words.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            let text = line.unwrap_or_else(|| panic!("{lang} has no {key}"));
            assert_eq!(cut(text, LINE * 9 / 10), text, "{lang}: {key}");
        }
    }
}

#[test]
fn places_on_both_sides_of_the_antimeridian_are_neighbours() {
    let west = [circle("Fiji", 178.0, -18.0, 40_000.0), circle("Wallis", -176.0, -13.3, 40_000.0)];
    let shifted = [circle("Fiji", 8.0, -18.0, 40_000.0), circle("Wallis", 14.0, -13.3, 40_000.0)];
    assert_eq!(map(&frame(false), &west), map(&frame(false), &shifted));
    // An outline whose two halves end at the line, as RFC 7946 requires.
    let square = |west: f64, east: f64| vec![(west, 1.0), (east, 1.0), (east, 2.0), (west, 2.0)];
    let island = |rings| map::MapPlace { label: "Island".into(), rings, ..Default::default() };
    let split = [island(vec![square(179.0, 180.0), square(-180.0, -179.5)])];
    let whole = [island(vec![square(10.0, 11.0), square(11.0, 11.5)])];
    assert_eq!(map(&frame(false), &split), map(&frame(false), &whole));
}

#[test]
fn a_place_that_is_alone_has_a_map_only_with_an_outline() {
    let alone = circle("Harbour", 10.0, 0.0, 600.0);
    assert_eq!(map(&frame(false), std::slice::from_ref(&alone)), None);
    let outline = vec![(10.0, 0.0), (10.02, 0.0), (10.02, 0.01), (10.0, 0.0)];
    assert!(map(&frame(false), &[map::MapPlace { rings: vec![outline], ..alone.clone() }]).is_some());
    assert!(map(&frame(false), &[alone, circle("Quay", 10.1, 0.0, 600.0)]).is_some());
}

#[test]
fn the_legend_of_a_map_explains_only_what_is_drawn() {
    let silent = |place: map::MapPlace| map::MapPlace { silent: true, ..place };
    let [one, other] = [circle("Harbour", 10.0, 0.0, 600.0), circle("Quay", 10.1, 0.0, 600.0)];
    let legend = |places: &[map::MapPlace]| {
        let words = texts(&map(&frame(false), places).unwrap().svg);
        [words.contains(&"in this area".into()), words.contains(&"silent".into())]
    };
    assert_eq!(legend(&[one.clone(), other.clone()]), [true, false]);
    assert_eq!(legend(&[silent(one.clone()), other.clone()]), [true, true]);
    assert_eq!(legend(&[silent(one), silent(other)]), [false, true]);
}

#[test]
fn no_edge_runs_through_a_name_that_has_room_elsewhere() {
    let places =
        [circle("Harbour of the old lighthouse", 20.0, 30.0, 600.0), circle("Quay", 20.06, 30.03, 600.0)];
    let svg = map(&frame(false), &places).unwrap().svg;
    let document = roxmltree::Document::parse(&svg).unwrap();
    let number =
        |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<i64>().unwrap();
    let name = document.descendants().find(|node| node.text() == Some(&*places[0].label)).unwrap();
    let circles = document.descendants().filter(|node| node.has_tag_name("circle"));
    for circle in circles.filter(|circle| number(*circle, "r") > 9) {
        let above = number(name, "y") < number(circle, "cy") - number(circle, "r");
        let below = number(name, "y") - 11 > number(circle, "cy") + number(circle, "r");
        assert!(above || below, "{svg}");
    }
}

#[test]
fn a_name_does_not_cover_the_small_circles_around_it() {
    let places = [
        circle("Harbour", 20.0, 30.0, 50.0),
        circle("Lighthouse", 20.004, 30.06, 50.0),
        circle("Salt Marsh", 20.05, 30.03, 50.0),
    ];
    let svg = map(&frame(false), &places).unwrap().svg;
    let document = roxmltree::Document::parse(&svg).unwrap();
    let number =
        |node: roxmltree::Node<'_, '_>, name: &str| node.attribute(name).unwrap().parse::<i64>().unwrap();
    let all = |tag: &'static str| document.descendants().filter(move |node| node.has_tag_name(tag));
    let names: Vec<_> = all("text").filter(|node| node.attribute("text-anchor") == Some("middle")).collect();
    assert_eq!(names.len(), 3);
    for name in names {
        let half = i64::try_from(width_of(name.text().unwrap())).unwrap() * 7 / 100;
        for circle in all("circle").filter(|circle| number(*circle, "r") < 9) {
            let beside = (number(circle, "cx") - number(name, "x")).abs() >= half;
            let above = (number(circle, "cy") - (number(name, "y") - 5)).abs() >= 12;
            assert!(beside || above, "{} at {circle:?} in {svg}", name.text().unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(2)))]

    #[test]
    fn any_timeline_is_small_and_whole(rows in vec(any_row(), 0..60), rtl: bool) {
        if let Some(picture) = timeline(&frame(rtl), &rows) {
            hold(&picture)?;
            prop_assert_eq!(picture.left_out, rows.len().saturating_sub(timeline::MOST_ROWS));
        }
    }

    #[test]
    fn any_figures_are_small_and_whole(rows in vec(any_figure(), 0..60), rtl: bool) {
        if let Some(picture) = figures(&frame(rtl), &rows, 0.0) {
            hold(&picture)?;
        }
    }

    #[test]
    fn any_map_is_small_and_whole(places in vec(any_place(), 0..60), rtl: bool) {
        if let Some(picture) = map(&frame(rtl), &places) {
            hold(&picture)?;
        }
    }

    #[test]
    fn any_calendar_is_small_and_whole(claims in vec(0..1_000_000_usize, 0..31), columns in 1..8_usize, rtl: bool) {
        let cell = |(day, claims): (usize, usize)| CalendarCell {
            name: (day + 1).to_string(),
            claims,
            number: claims.to_string(),
            url: if claims % 3 == 0 { String::new() } else { format!("../dates/2016-10-{:02}.html", day + 1) },
            label: format!("{} October 2016, {claims} claims", day + 1),
        };
        let most = claims.iter().copied().max().unwrap_or(0);
        let cells: Vec<CalendarCell> = claims.into_iter().enumerate().map(cell).collect();
        let headings: Vec<String> = (0..columns).map(|n| format!("day{n}")).collect();
        let grid = CalendarGrid { columns, headings: &[headings], skipped: columns / 2, cells: &cells, most };
        if let Some(picture) = calendar::draw(&frame(rtl), &grid) {
            hold(&picture)?;
        }
    }

    #[test]
    fn no_text_is_wider_than_it_may_be(text in any_text(), width in 100..3_000_usize) {
        prop_assert!(width_of(&cut(&text, width)) <= width);
    }
}
