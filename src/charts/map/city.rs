//! The city behind the places of a map: its outline, water and main roads, as much of them as any map can show.
//!
//! Owns which corners of a file of any size are kept, and how much each matters. Draws nothing.
//!
//! Invariant: a layer has [`MOST_CORNERS`] at most, and the order of the shapes does not matter.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::plane::{DegreeBox, pixel, whole};
use super::weights::{Measured, weights};

/// The most corners of each kind of line, so that no page is slower because its file is large.
const MOST_CORNERS: usize = 2_000;

/// A millionth of a degree, the unit of kept corners.
pub const MICRO: f64 = 1e6;

const WHOLE_TURN: i64 = 360_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CityLayer {
    Outline,
    Water,
    Road,
}

/// A shape in degrees east and north.
#[derive(Clone, Debug, PartialEq)]
pub enum CityShape {
    /// A closed border, then closed holes.
    Area(CityLayer, Vec<Vec<(f64, f64)>>),
    Line(CityLayer, Vec<(f64, f64)>),
}

/// All that is kept of a city.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct City {
    pub outlines: Vec<CityLine>,
    /// Rings around water; holes run the other way.
    pub water: Vec<CityLine>,
    /// Rivers and coasts.
    pub waterways: Vec<CityLine>,
    pub roads: Vec<CityLine>,
}

/// A line, or a ring whose last corner is its first.
#[derive(Clone, Debug, PartialEq)]
pub struct CityLine {
    pub corners: Vec<CityCorner>,
    pub bounds: Bounds,
}

/// In millionths of a degree. A line that crosses the antimeridian goes on beyond it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CityCorner {
    pub east: i64,
    pub north: i64,
    /// The area that is lost without it, in square units of north.
    pub weight: f64,
}

/// The box around a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub west: i64,
    pub south: i64,
    pub east: i64,
    pub north: i64,
}

type MicroLine = Vec<(i64, i64)>;

impl City {
    pub fn new(shapes: impl IntoIterator<Item = CityShape>) -> Self {
        let mut outlines = Vec::new();
        let mut water = Vec::new();
        let mut waterways = Vec::new();
        let mut roads = Vec::new();
        for shape in shapes {
            match shape {
                CityShape::Area(CityLayer::Water, rings) => water.extend(oriented(&rings)),
                CityShape::Area(CityLayer::Outline, rings) => {
                    outlines.extend(rings.iter().map(|ring| unrolled(ring)))
                }
                CityShape::Area(CityLayer::Road, rings) => {
                    roads.extend(rings.iter().map(|ring| unrolled(ring)))
                }
                CityShape::Line(CityLayer::Outline, line) => outlines.push(unrolled(&line)),
                CityShape::Line(CityLayer::Water, line) => waterways.push(unrolled(&line)),
                CityShape::Line(CityLayer::Road, line) => roads.push(unrolled(&line)),
            }
        }
        water.sort_unstable();
        water.dedup();
        Self {
            outlines: kept(joined(outlines), 2),
            water: kept(water, 4),
            waterways: kept(joined(waterways), 2),
            roads: kept(joined(roads), 2),
        }
    }

    /// The box around the outline, or else around everything, on the side of the globe that a longitude is on.
    pub fn around_near(&self, east: f64) -> Option<DegreeBox> {
        let of_outline = bounds_near(&self.outlines, east);
        of_outline.or_else(|| bounds_near(self.lines(), east)).map(Bounds::degrees)
    }

    /// The box around everything, on the side of the globe that a longitude is on.
    pub fn all_near(&self, east: f64) -> Option<DegreeBox> {
        bounds_near(self.lines(), east).map(Bounds::degrees)
    }

    fn lines(&self) -> impl Iterator<Item = &CityLine> {
        [&self.outlines, &self.water, &self.waterways, &self.roads].into_iter().flatten()
    }
}

fn bounds_near<'c>(lines: impl IntoIterator<Item = &'c CityLine>, east: f64) -> Option<Bounds> {
    let east = pixel(east * MICRO);
    let near = |line: &CityLine| line.bounds.moved(line.bounds.turns_to(east));
    lines.into_iter().map(near).reduce(Bounds::with)
}

impl Bounds {
    fn degrees(self) -> DegreeBox {
        let [west, south, east, north] =
            [self.west, self.south, self.east, self.north].map(|micro| whole(micro) / MICRO);
        DegreeBox { west, south, east, north }
    }

    fn around(corners: &[(i64, i64)]) -> Option<Self> {
        let one =
            |(east, north): &(i64, i64)| Self { west: *east, south: *north, east: *east, north: *north };
        corners.iter().map(one).reduce(Self::with)
    }

    fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    pub fn touches(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// How far to move it around the globe, so that its middle is within half a turn of a longitude.
    pub fn turns_to(&self, east: i64) -> i64 {
        let away = east - (self.west + self.east) / 2;
        (away + WHOLE_TURN / 2).div_euclid(WHOLE_TURN) * WHOLE_TURN
    }

    pub fn moved(self, turns: i64) -> Self {
        Self { west: self.west + turns, east: self.east + turns, ..self }
    }
}

/// Whole millionths, each corner on the nearer side of the globe from the one before it.
fn unrolled(line: &[(f64, f64)]) -> MicroLine {
    let mut corners = MicroLine::with_capacity(line.len());
    for (east, north) in line {
        let mut east = pixel(east * MICRO);
        if let Some((last, _)) = corners.last() {
            east += (last - east + WHOLE_TURN / 2).div_euclid(WHOLE_TURN) * WHOLE_TURN;
        }
        corners.push((east, pixel(north * MICRO)));
    }
    corners.dedup();
    corners
}

/// Borders against the clock and holes with it: areas that overlap are one, and holes stay open.
fn oriented(rings: &[Vec<(f64, f64)>]) -> impl Iterator<Item = MicroLine> {
    rings.iter().enumerate().map(|(index, ring)| {
        let mut ring = unrolled(ring);
        let twice_area = |pair: &[(i64, i64)]| {
            (whole(pair[1].0) - whole(pair[0].0)) * (whole(pair[1].1) + whole(pair[0].1))
        };
        let is_with_the_clock = ring.windows(2).map(twice_area).sum::<f64>() > 0.0;
        if is_with_the_clock == (index == 0) {
            ring.reverse();
        }
        ring
    })
}

/// Lines that meet at their ends as one, since each end of a line costs two numbers: maps cut streets at each
/// crossing.
fn joined(mut lines: Vec<MicroLine>) -> Vec<MicroLine> {
    lines.retain(|line| line.len() > 1);
    lines.sort_unstable();
    lines.dedup();
    let is_ring = |line: &MicroLine| line.first() == line.last();
    let mut by_end: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !is_ring(line)) {
        for end in [line.first(), line.last()].into_iter().flatten() {
            by_end.entry(*end).or_default().push(index);
        }
    }
    let mut is_open = vec![true; lines.len()];
    let mut all = Vec::new();
    for first in 0..lines.len() {
        if !std::mem::take(&mut is_open[first]) {
            continue;
        }
        let mut line = lines[first].clone();
        for _ in 0..2 {
            while let Some(next) = line.last().and_then(|end| next_from(&mut by_end, &mut is_open, *end)) {
                let mut more = lines[next].clone();
                if more.first() != line.last() {
                    more.reverse();
                }
                line.extend(more.into_iter().skip(1));
            }
            line.reverse();
        }
        all.push(line);
    }
    all
}

/// A line that begins or ends at a corner, and is not taken yet.
fn next_from(
    by_end: &mut BTreeMap<(i64, i64), Vec<usize>>,
    is_open: &mut [bool],
    end: (i64, i64),
) -> Option<usize> {
    let here = by_end.get_mut(&end)?;
    while let Some(next) = here.pop() {
        if std::mem::take(&mut is_open[next]) {
            return Some(next);
        }
    }
    None
}

/// The corners that matter most, in lines of at least so many.
fn kept(lines: Vec<MicroLine>, least: usize) -> Vec<CityLine> {
    let weighed: Vec<Vec<CityCorner>> = lines.iter().map(|line| weighed(line)).collect();
    let all = weighed.iter().enumerate().flat_map(|(line, corners)| {
        let entry =
            move |(index, corner): (usize, &CityCorner)| (Reverse(corner.weight.to_bits()), line, index);
        corners.iter().enumerate().map(entry)
    });
    let mut all: Vec<(Reverse<u64>, usize, usize)> = all.collect();
    all.sort_unstable();
    all.truncate(MOST_CORNERS);
    all.sort_unstable_by_key(|(_, line, index)| (*line, *index));
    let of_line = |run: &[(Reverse<u64>, usize, usize)]| {
        let corners: Vec<CityCorner> = run.iter().map(|(_, line, index)| weighed[*line][*index]).collect();
        let places: MicroLine = corners.iter().map(|corner| (corner.east, corner.north)).collect();
        let bounds = Bounds::around(&places)?;
        (corners.len() >= least).then_some(CityLine { corners, bounds })
    };
    all.chunk_by(|a, b| a.1 == b.1).filter_map(of_line).collect()
}

/// A line with the weights of its corners. The ends weigh as much as the whole line: it goes with them.
fn weighed(line: &[(i64, i64)]) -> Vec<CityCorner> {
    let Some(bounds) = Bounds::around(line) else { return Vec::new() };
    let middle = whole(bounds.south + bounds.north) / 2.0 / MICRO;
    let narrower = libm::cos(middle.to_radians());
    let measured: Vec<Measured> =
        line.iter().map(|(east, north)| (whole(*east) * narrower, whole(*north))).collect();
    let extent = whole(bounds.east - bounds.west) * narrower + whole(bounds.north - bounds.south);
    let weights = weights(&measured, extent * extent);
    let corner =
        |((east, north), weight): (&(i64, i64), f64)| CityCorner { east: *east, north: *north, weight };
    line.iter().zip(weights).map(corner).collect()
}
