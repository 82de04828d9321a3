//! Places as shapes in pixels.

use super::outline::{middle_of, simplified};
use super::plane::{MapPlace, Plane};

/// The most corners of all outlines together.
const MOST_CORNERS: usize = 360;

/// A place in pixels.
pub struct PlaceShape<'p> {
    pub place: &'p MapPlace,
    /// Where its name belongs.
    pub middle: (i64, i64),
    /// Of a circle; 0 for an outline.
    pub radius: i64,
    pub rings: Vec<Vec<(i64, i64)>>,
}

impl PlaceShape<'_> {
    /// Roughly how large it is.
    pub fn extent(&self) -> i64 {
        let all = || self.rings.iter().flatten();
        let spread =
            |of: fn(&(i64, i64)) -> i64| all().map(of).max().unwrap_or(0) - all().map(of).min().unwrap_or(0);
        self.radius * 2 + spread(|point| point.0) + spread(|point| point.1)
    }
}

/// The least radius of a circle: a place is not a point.
const LEAST_RADIUS: i64 = 5;

pub fn shapes<'p>(places: &[&'p MapPlace], plane: &Plane) -> Vec<PlaceShape<'p>> {
    let outlines = places.iter().filter(|place| place.has_outline()).count();
    let most = MOST_CORNERS / outlines.max(1);
    let shape = |place: &&'p MapPlace| {
        let mut rings: Vec<Vec<(i64, i64)>> = Vec::new();
        let mut left = most;
        for ring in place.outline() {
            let corners = simplified(ring.iter().map(|corner| plane.point(*corner)).collect(), left);
            if corners.len() > 2 && corners.len() <= left {
                left -= corners.len();
                rings.push(corners);
            }
        }
        // An outline too small to see becomes a circle of the least size at its first corner.
        let first = place.outline().next().and_then(|ring| ring.first()).copied();
        let middle = match (middle_of(&rings), place.circle().or(first)) {
            (Some(middle), _) => middle,
            (None, Some(centre)) => plane.point(centre),
            (None, None) => (0, 0),
        };
        let reach = if place.has_outline() { 0 } else { plane.length(place.radius) };
        let radius = if rings.is_empty() { reach.max(LEAST_RADIUS) } else { 0 };
        PlaceShape { place, middle, radius, rings }
    };
    places.iter().map(shape).collect()
}
