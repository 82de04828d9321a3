//! Laws of the city behind a map.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const SIZE: MapSize = MapSize { width: 288, least_height: 160, most_height: 360 };

const ENGLISH: MapWords<'_> = MapWords {
    distance: &|metres| format!("{metres} m"),
    area: "in this area",
    silent: "silent",
    water: "Water",
    roads: "Main roads",
};

fn chart(places: &[MapPlace], city: Option<&City>) -> Option<MapChart> {
    let frame = Frame { id: "page-x", title: "Where", description: "A sketch", rtl: false };
    draw(&frame, places, city, SIZE, &ENGLISH)
}

fn circle(label: &str, east: f64, north: f64) -> MapPlace {
    MapPlace { label: label.into(), centre: Some((east, north)), radius: 600.0, ..MapPlace::default() }
}

/// Two places, five kilometres apart.
fn two_places() -> [MapPlace; 2] {
    [circle("Harbour", 10.0, 50.0), circle("Quay", 10.07, 50.01)]
}

/// The shapes of a path in pixels. Those of an area are closed, and begin with `true`.
fn shapes_of(path: &str) -> Vec<(bool, Vec<(i64, i64)>)> {
    let spaced = path.replace('-', " -").replace('l', " ").replace('z', " z");
    let shape = |shape: &str| {
        let (is_area, shape) = shape.trim().strip_suffix('z').map_or((false, shape), |shape| (true, shape));
        let numbers: Vec<i64> = shape.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let (pairs, []) = numbers.as_chunks::<2>() else { panic!("an odd count: {path}") };
        let mut at = (0, 0);
        let corner = |[dx, dy]: &[i64; 2]| {
            at = (at.0 + dx, at.1 + dy);
            at
        };
        (is_area, pairs.iter().map(corner).collect())
    };
    spaced.split('M').skip(1).map(shape).collect()
}

/// The paths of a city, which are before the frame.
fn paths_of(svg: &str) -> Vec<&str> {
    let (before, _) = svg.split_once("<rect x=\".5\"").unwrap();
    let (_, behind) = before.split_once("</desc>\n").unwrap();
    let behind = behind.split_once("</pattern>").map_or(behind, |(_, behind)| behind);
    behind
        .split("<path ")
        .skip(1)
        .map(|path| path.rsplit_once("d=\"").unwrap().1.trim_end_matches("\"/>"))
        .collect()
}

fn height_of(svg: &str) -> i64 {
    let (_, behind) = svg.split_once("<rect x=\".5\" y=\".5\" width=\"287\" height=\"").unwrap();
    behind.split_once('"').unwrap().0.parse::<i64>().unwrap() + 1
}

fn any_layer() -> impl Strategy<Value = CityLayer> {
    prop_oneof![Just(CityLayer::Outline), Just(CityLayer::Water), Just(CityLayer::Road)]
}

fn any_line() -> impl Strategy<Value = Vec<(f64, f64)>> {
    let near = || (9.9..10.2, 49.9..50.1);
    let anywhere = || (-180.0..=180.0, -90.0..=90.0);
    // Some lines meet at their ends.
    let grid =
        (0_u8..6, 0_u8..6).prop_map(|(x, y)| (10.0 + f64::from(x) / 50.0, 50.0 + f64::from(y) / 200.0));
    prop_oneof![vec(near(), 2..200), vec(grid, 2..5), vec(anywhere(), 2..10)]
}

fn any_shape() -> impl Strategy<Value = CityShape> {
    let closed = any_line().prop_map(|mut ring| {
        ring.push(ring[0]);
        ring
    });
    prop_oneof![
        (any_layer(), vec(closed, 1..4)).prop_map(|(layer, rings)| CityShape::Area(layer, rings)),
        (any_layer(), any_line()).prop_map(|(layer, line)| CityShape::Line(layer, line)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(2)))]

    #[test]
    fn a_city_is_drawn_in_whole_pixels_of_the_frame(shapes in vec(any_shape(), 0..12)) {
        let svg = chart(&two_places(), Some(&City::new(shapes))).unwrap().chart.svg;
        let height = height_of(&svg);
        for (_, shape) in paths_of(&svg).into_iter().flat_map(shapes_of) {
            for (x, y) in shape {
                prop_assert!((0..=SIZE.width).contains(&x) && (0..=height).contains(&y), "{x} {y} in {svg}");
            }
        }
    }

    #[test]
    fn a_city_has_few_bytes(shapes in vec(any_shape(), 0..60), long in 0..4_000_usize) {
        let mut places = two_places();
        places[0].spoken = "x".repeat(long);
        places[0].url = "harbour.html".to_owned();
        let without = chart(&places, None).unwrap().chart.svg.len();
        let with = chart(&places, Some(&City::new(shapes))).unwrap().chart.svg.len();
        // A line of the legend.
        prop_assert!(with <= without + MOST_CITY_BYTES + 300, "{with}, and {without} without");
    }

    #[test]
    fn the_order_of_the_shapes_of_a_city_does_not_matter(shapes in vec(any_shape(), 0..12).prop_shuffle()) {
        let mut sorted = shapes.clone();
        sorted.sort_by_key(|shape| format!("{shape:?}"));
        prop_assert_eq!(City::new(shapes), City::new(sorted));
    }

    #[test]
    fn a_city_at_the_antimeridian_is_drawn_as_any_other(line in vec((-0.06..0.1, -0.05..0.05), 2..50)) {
        let at = |middle: f64| {
            let moved = |(east, north): &(f64, f64)| {
                let east = middle + (east * 1e4_f64).round() / 1e4;
                (if east > 180.0 { east - 360.0 } else { east }, 50.0 + north)
            };
            let line = CityShape::Line(CityLayer::Road, line.iter().map(moved).collect());
            let places = [circle("A", middle, 50.0), circle("B", middle + 0.01, 50.0)];
            chart(&places, Some(&City::new([line]))).unwrap().chart.svg
        };
        prop_assert_eq!(at(179.984_375), at(10.0));
    }

    #[test]
    fn an_area_is_cut_to_what_of_it_is_in_the_frame(ring in vec((-60..90_i64, -60..90_i64), 3..12)) {
        let closed: Vec<(i64, i64)> = ring.iter().chain(ring.first()).copied().collect();
        let cut = clip::area(closed, (30, 30));
        for x in 1..30 {
            for y in 1..30 {
                let at = (x, y);
                // Crossings are whole pixels, so that an edge may move by one.
                if is_near(&ring, at, 2.0) {
                    continue;
                }
                prop_assert_eq!(turns_around(&cut, at), turns_around(&ring, at), "{:?} of {:?}", at, cut);
            }
        }
    }

    #[test]
    fn a_line_is_cut_to_what_of_it_is_in_the_frame(line in vec((-60..90_i64, -60..90_i64), 2..12)) {
        let parts = clip::line(line.clone(), (30, 30));
        let is_drawn = |at: (i64, i64)| parts.iter().any(|part| distance(part, at) <= 2.0);
        for (x, y) in line.iter().filter(|(x, y)| (0..=30).contains(x) && (0..=30).contains(y)) {
            // A corner alone is no line.
            let inside = line.windows(2).any(|pair| pair.contains(&(*x, *y)) && pair[0] != pair[1] && pair.iter().all(|(x, y)| (0..=30).contains(x) && (0..=30).contains(y)));
            prop_assert!(is_drawn((*x, *y)) || !inside, "{x} {y} of {parts:?}");
        }
        for part in &parts {
            for pair in part.windows(2) {
                let middle = (i64::midpoint(pair[0].0, pair[1].0), i64::midpoint(pair[0].1, pair[1].1));
                for at in [pair[0], middle, pair[1]] {
                    prop_assert!(distance(&line, at) <= 2.0, "{at:?} of {parts:?} is not on the line");
                }
            }
        }
    }
}

/// How often a ring runs around a point, against the clock.
fn turns_around(ring: &[(i64, i64)], (x, y): (i64, i64)) -> i64 {
    let pairs = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossing = |((x0, y0), (x1, y1)): (&(i64, i64), &(i64, i64))| {
        let side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0);
        match (*y0 <= y, *y1 <= y) {
            (true, false) if side > 0 => 1,
            (false, true) if side < 0 => -1,
            _ => 0,
        }
    };
    pairs.map(crossing).sum()
}

fn is_near(ring: &[(i64, i64)], at: (i64, i64), pixels: f64) -> bool {
    let closed: Vec<(i64, i64)> = ring.iter().chain(ring.first()).copied().collect();
    distance(&closed, at) <= pixels
}

/// Of a point from a line.
fn distance(line: &[(i64, i64)], (x, y): (i64, i64)) -> f64 {
    let to_segment = |pair: &[(i64, i64)]| {
        let [from, to] = [pair[0], pair[1]].map(|(x, y)| (whole(x), whole(y)));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).max(1e-9);
        let share = ((whole(x) - from.0) * dx + (whole(y) - from.1) * dy) / length;
        let share = share.clamp(0.0, 1.0);
        (from.0 + share * dx - whole(x)).hypot(from.1 + share * dy - whole(y))
    };
    line.windows(2).map(to_segment).fold(f64::MAX, f64::min)
}

fn box_around(west: f64, south: f64, east: f64, north: f64) -> Vec<(f64, f64)> {
    vec![(west, south), (east, south), (east, north), (west, north), (west, south)]
}

#[test]
fn water_around_a_whole_map_has_no_shore_and_an_island_in_it_stays_dry() {
    let [sea, island] = [box_around(9.0, 49.0, 11.0, 51.0), box_around(10.02, 50.0, 10.05, 50.01)];
    let city = City::new([CityShape::Area(CityLayer::Water, vec![sea, island])]);
    let svg = chart(&two_places(), Some(&city)).unwrap().chart.svg;
    let shapes = shapes_of(paths_of(&svg)[0]);
    let height = height_of(&svg);
    let turns = |at| shapes.iter().map(|(_, shape)| turns_around(shape, at)).sum::<i64>();
    assert_ne!(turns((5, 5)), 0, "{svg}");
    assert_eq!(turns((144, height / 2)), 0, "{svg}");
    assert!(svg.contains("fill-opacity=\".2\" d=") && !svg.contains("stroke=\"#28d\""), "{svg}");
}

#[test]
fn areas_of_water_that_overlap_are_one() {
    let area = |west, east| CityShape::Area(CityLayer::Water, vec![box_around(west, 49.0, east, 51.0)]);
    let mut turned = box_around(10.03, 49.0, 11.0, 51.0);
    turned.reverse();
    let city = City::new([area(9.0, 10.04), CityShape::Area(CityLayer::Water, vec![turned])]);
    let svg = chart(&two_places(), Some(&city)).unwrap().chart.svg;
    let shapes = shapes_of(paths_of(&svg)[0]);
    for x in [5, 144, 280] {
        assert_ne!(shapes.iter().map(|(_, shape)| turns_around(shape, (x, 9))).sum::<i64>(), 0, "{x}: {svg}");
    }
}

#[test]
fn a_file_of_any_size_is_kept_in_few_corners_and_its_large_shapes_stay() {
    let street = |n: u32| {
        let (x, y) = (f64::from(n % 300) / 3_000.0, f64::from(n / 300) / 3_000.0);
        CityShape::Line(CityLayer::Road, vec![(10.0 + x, 50.0 + y), (10.0002 + x, 50.0003 + y)])
    };
    let ring_road: Vec<(f64, f64)> = (0..=100_000)
        .map(|n| {
            let angle = f64::from(n) * std::f64::consts::TAU / 100_000.0;
            (10.05 + angle.cos() / 25.0 + f64::from(n % 3) / 1e6, 50.0 + angle.sin() / 40.0)
        })
        .collect();
    let city = City::new((0..60_000).map(street).chain([CityShape::Line(CityLayer::Road, ring_road)]));
    let corners: usize = city.roads.iter().map(|line| line.corners.len()).sum();
    assert!(corners <= 2_000, "{corners}");
    let longest = city.roads.iter().map(|line| line.bounds.east - line.bounds.west).max();
    assert!(longest.is_some_and(|wide| (79_000..81_000).contains(&wide)), "{longest:?}");
}

#[test]
fn streets_that_meet_are_one_line() {
    let street = |from: f64, to: f64| CityShape::Line(CityLayer::Road, vec![(from, 50.0), (to, 50.01)]);
    let back = CityShape::Line(CityLayer::Road, vec![(10.04, 50.0), (10.02, 50.01)]);
    let city = City::new([street(10.0, 10.02), back, street(10.5, 10.6)]);
    assert_eq!(city.roads.len(), 2);
    assert_eq!(city.roads[0].corners.len(), 3);
}

#[test]
fn a_place_that_is_alone_has_a_map_if_the_city_is_around_it() {
    let alone = [circle("Harbour", 10.0, 50.0)];
    let city = |west: f64| {
        City::new([CityShape::Area(CityLayer::Outline, vec![box_around(west, 49.95, west + 0.2, 50.08)])])
    };
    assert!(chart(&alone, None).is_none());
    assert!(chart(&alone, Some(&city(20.0))).is_none(), "another city");
    assert!(chart(&alone, Some(&City::default())).is_none());
    let map = chart(&alone, Some(&city(9.9))).unwrap();
    let outline = shapes_of(paths_of(&map.chart.svg)[0]);
    assert_eq!(outline.iter().map(|(_, shape)| shape.len()).collect::<Vec<_>>(), [5], "the whole of it");
}

#[test]
fn a_city_is_drawn_however_much_its_places_take() {
    let wavy = |layer, shift: f64| {
        let corner = |n: u32| (10.0 + f64::from(n) / 2_000.0, 50.0 + shift + f64::from(n % 7) / 700.0);
        CityShape::Line(layer, (0..400).map(corner).collect())
    };
    let outline = CityShape::Area(CityLayer::Outline, vec![box_around(9.98, 49.99, 10.16, 50.03)]);
    let city = City::new([outline, wavy(CityLayer::Water, 0.0), wavy(CityLayer::Road, 0.01)]);
    let places: Vec<MapPlace> = (0..30_u32)
        .map(|n| MapPlace {
            url: format!("../neighbourhoods/place-{n}.html"),
            spoken: format!("حي رقم {n}: لا تقارير منذ ثلاثة أيام"),
            silent: n % 3 == 0,
            ..circle(&format!("حي رقم {n}"), 10.0 + f64::from(n) / 220.0, 50.0 + f64::from(n % 5) / 250.0)
        })
        .collect();
    let words = MapWords {
        area: "في مكان ما داخل هذه المنطقة",
        silent: "لا تقارير حديثة",
        water: "مياه",
        roads: "طرق رئيسية",
        ..ENGLISH
    };
    let frame = Frame { id: "page-x", title: "أين", description: "رسم", rtl: true };
    let svg = draw(&frame, &places, Some(&city), SIZE, &words).unwrap().chart.svg;
    assert!(svg.len() > 3 * MOST_CITY_BYTES, "{svg}");
    assert_eq!(paths_of(&svg).len(), 3, "water, roads and outline: {svg}");
    assert!(svg.contains("مياه") && svg.contains("طرق رئيسية"), "{svg}");
}

#[test]
fn the_legend_explains_the_water_and_roads_that_are_drawn() {
    let line = |layer| CityShape::Line(layer, vec![(9.9, 50.0), (10.2, 50.01)]);
    let legend = |layers: &[CityLayer]| {
        let city = City::new(layers.iter().map(|layer| line(*layer)));
        let svg = chart(&two_places(), Some(&city)).unwrap().chart.svg;
        ["Water", "Main roads"].map(|word| svg.contains(&format!(">{word}</text>")))
    };
    assert_eq!(legend(&[]), [false, false]);
    assert_eq!(legend(&[CityLayer::Outline]), [false, false]);
    assert_eq!(legend(&[CityLayer::Water]), [true, false]);
    assert_eq!(legend(&[CityLayer::Road]), [false, true]);
    assert_eq!(legend(&[CityLayer::Road, CityLayer::Water]), [true, true]);
    let river = chart(&two_places(), Some(&City::new([line(CityLayer::Water)]))).unwrap().chart.svg;
    assert!(!river.contains(backdrop::WATER), "a river is no area: {river}");
    assert_eq!(river.matches(backdrop::WATERWAYS).count(), 2, "the river and its legend");
    let far = City::new([CityShape::Line(CityLayer::Water, vec![(20.0, 50.0), (20.2, 50.01)])]);
    assert!(!chart(&two_places(), Some(&far)).unwrap().has_city);
}
