//! The city as one map shows it: cut at the frame, and as fine as the room for it allows.
//!
//! Invariant: coordinates are whole pixels of the frame, and the markup has no more bytes than it is given.

use super::city::{Bounds, City, CityLine, MICRO};
use super::clip;
use super::outline::push_line;
use super::plane::{DegreeBox, Plane, pixel, whole};

/// The city behind a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backdrop {
    pub markup: String,
    /// How its water is drawn in the legend: as areas if there is any area.
    pub water: Option<WaterForm>,
    pub has_roads: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaterForm {
    Area,
    Line,
}

/// How fine lines are drawn, in pixels, the finest first.
const STEPS: [f64; 8] = [1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 9.0, COARSEST];
const COARSEST: f64 = 14.0;

/// Blue in every colour scheme, and so faint that letters are as easy to read on it. It is grey on paper.
pub const WATER: &str = "fill=\"#28d\" fill-opacity=\".2\"";
pub const WATERWAYS: &str = "fill=\"none\" stroke=\"#28d\" stroke-opacity=\".5\" stroke-width=\"2\"";
const OUTLINE: &str = "fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".6\"";
pub const ROADS: &str = "fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".25\" stroke-width=\"2\"";

/// The city in the frame of a map, in markup of so many bytes at most. Outline and water are first: roads have what
/// these leave, a third at least unless the ground needs all. A part without room is left out.
pub fn backdrop(city: &City, plane: &Plane, most_bytes: usize) -> Backdrop {
    let view = CityView::of(plane);
    let [water, waterways, outlines] =
        [&city.water, &city.waterways, &city.outlines].map(|all| view.near(all));
    let roads = view.near(&city.roads);
    let ground = |step| Ground {
        areas: path(WATER, &view.areas(&water, step)),
        waterways: path(WATERWAYS, &view.lines(&waterways, step)),
        outlines: path(OUTLINE, &view.lines(&outlines, step)),
    };
    let for_ground = if roads.is_empty() { most_bytes } else { most_bytes * 2 / 3 };
    let limits = STEPS.map(|step| (step, for_ground)).into_iter().chain([(COARSEST, most_bytes)]);
    let mut grounds = limits.map(|(step, limit)| (ground(step), limit));
    let ground = grounds.find(|(ground, limit)| ground.len() <= *limit);
    let Ground { areas, waterways, outlines } = ground.map(|(ground, _)| ground).unwrap_or_default();
    let left = most_bytes - areas.len() - waterways.len() - outlines.len();
    let mut drawn = STEPS.into_iter().map(|step| path(ROADS, &view.lines(&roads, step)));
    let roads = drawn.find(|roads| roads.len() <= left).unwrap_or_default();
    let water = match (areas.is_empty(), waterways.is_empty()) {
        (false, _) => Some(WaterForm::Area),
        (true, false) => Some(WaterForm::Line),
        (true, true) => None,
    };
    let has_roads = !roads.is_empty();
    Backdrop { markup: areas + &waterways + &roads + &outlines, water, has_roads }
}

/// The markup of all but the roads.
#[derive(Default)]
struct Ground {
    areas: String,
    waterways: String,
    outlines: String,
}

impl Ground {
    fn len(&self) -> usize {
        self.areas.len() + self.waterways.len() + self.outlines.len()
    }
}

fn path(attributes: &str, coordinates: &str) -> String {
    if coordinates.is_empty() { String::new() } else { format!("<path {attributes} d=\"{coordinates}\"/>") }
}

/// The frame of a map, for lines in millionths of a degree.
struct CityView<'p> {
    plane: &'p Plane,
    bounds: Bounds,
}

/// A line that may be in the frame, moved around the globe to it.
#[derive(Clone, Copy)]
struct NearLine<'c> {
    line: &'c CityLine,
    turns: i64,
}

impl<'p> CityView<'p> {
    fn of(plane: &'p Plane) -> Self {
        let DegreeBox { west, south, east, north } = plane.shown();
        let [west, south, east, north] = [west, south, east, north].map(|degrees| pixel(degrees * MICRO));
        Self { plane, bounds: Bounds { west, south, east, north } }
    }

    fn near<'c>(&self, lines: &'c [CityLine]) -> Vec<NearLine<'c>> {
        let middle = i64::midpoint(self.bounds.west, self.bounds.east);
        let lines = lines.iter().map(|line| NearLine { line, turns: line.bounds.turns_to(middle) });
        lines.filter(|near| near.line.bounds.moved(near.turns).touches(&self.bounds)).collect()
    }

    /// The corners of a line that a step of so many pixels does not leave out.
    fn pixels(&self, near: NearLine<'_>, step: f64) -> Vec<(i64, i64)> {
        let least = self.plane.degrees(step) * MICRO;
        let corners = near.line.corners.iter().filter(|corner| corner.weight >= least * least);
        let degrees = |east: i64, north: i64| (whole(east + near.turns) / MICRO, whole(north) / MICRO);
        let pixels = corners.map(|corner| self.plane.point_as_it_is(degrees(corner.east, corner.north)));
        let mut pixels: Vec<(i64, i64)> = pixels.collect();
        pixels.dedup();
        pixels
    }

    /// The coordinates of a path of areas.
    fn areas(&self, areas: &[NearLine<'_>], step: f64) -> String {
        let frame = (self.plane.width, self.plane.height);
        let mut path = String::new();
        for ring in areas.iter().map(|near| clip::area(self.pixels(*near, step), frame)) {
            if ring.len() > 2 && is_visible(&ring, step.max(2.0)) {
                push_line(&mut path, &ring);
                path.push('z');
            }
        }
        path
    }

    /// The coordinates of a path of lines.
    fn lines(&self, lines: &[NearLine<'_>], step: f64) -> String {
        let frame = (self.plane.width, self.plane.height);
        let mut path = String::new();
        for mut part in lines.iter().flat_map(|near| clip::line(self.pixels(*near, step), frame)) {
            part.dedup();
            if part.len() > 1 && is_visible(&part, step) {
                push_line(&mut path, &part);
            }
        }
        path
    }
}

/// Whether a shape is more than a dot.
fn is_visible(shape: &[(i64, i64)], step: f64) -> bool {
    let spread = |of: fn(&(i64, i64)) -> i64| {
        shape.iter().map(of).max().unwrap_or(0) - shape.iter().map(of).min().unwrap_or(0)
    };
    whole(spread(|point| point.0) + spread(|point| point.1)) >= 3.0 * step
}
