//! Names on a map, placed so that they hide neither each other nor small places.

use super::shapes::PlaceShape;
use crate::charts::text::{cut, width_of};

/// A name on the map, as much of it as fits; `x` is its middle, `y` its base line.
pub struct Label {
    pub x: i64,
    pub y: i64,
    pub text: String,
}

pub struct Labels {
    /// In the order of the shapes.
    pub placed: Vec<Option<Label>>,
    pub unnamed: usize,
}

impl Labels {
    const SIZE: i64 = 14;

    /// The names of the places themselves first, then of those for orientation.
    pub fn place(shapes: &[PlaceShape<'_>], width: i64, height: i64) -> Self {
        // The areas that a name must not cover.
        let mut boxes: Vec<[i64; 4]> = shapes.iter().filter_map(PlaceShape::small_box).collect();
        let mut placed: Vec<Option<Label>> = shapes.iter().map(|_| None).collect();
        let mut unnamed = 0;
        // Small places first: the name of a large one has more positions.
        let own = shapes.iter().enumerate().rev().filter(|(_, shape)| !shape.place.is_context);
        let context = shapes.iter().enumerate().rev().filter(|(_, shape)| shape.place.is_context);
        for (index, shape) in own.chain(context) {
            // Bold letters are wider.
            let size = if shape.place.is_context { Self::SIZE } else { Self::SIZE + 1 };
            let text = cut(&shape.place.label, usize::try_from((width - 8) * 100 / size).unwrap_or(0));
            let half = i64::try_from(width_of(&text)).unwrap_or(0) * size / 200;
            let area_at = |(x, y): (i64, i64)| {
                let area = [x - half - 2, y - Self::SIZE, x + half + 2, y + 4];
                let is_inside = y > Self::SIZE && y < height - 6 && x - half >= 2 && x + half <= width - 2;
                (is_inside && boxes.iter().all(|other| !overlaps(&area, other))).then_some((x, y, area))
            };
            let positions: Vec<_> =
                shape.label_positions(half, width).into_iter().filter_map(area_at).collect();
            // If possible where no edge runs through the letters.
            let crosses = |area: &[i64; 4]| shapes.iter().any(|other| other.edge_crosses(area));
            let clear = positions.iter().find(|(_, _, area)| !crosses(area));
            match clear.or(positions.first()).copied() {
                Some((x, y, area)) => {
                    boxes.push(area);
                    placed[index] = Some(Label { x, y, text });
                }
                None => unnamed += usize::from(!shape.place.is_context),
            }
        }
        Self { placed, unnamed }
    }
}

fn overlaps(a: &[i64; 4], b: &[i64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// A smaller circle would be hidden by its own name.
const ROOM_FOR_NAME: i64 = 12;

impl PlaceShape<'_> {
    /// The box around a small circle.
    fn small_box(&self) -> Option<[i64; 4]> {
        let (x, y) = self.middle;
        let radius = self.radius;
        (self.rings.is_empty() && radius < ROOM_FOR_NAME).then_some([
            x - radius,
            y - radius,
            x + radius,
            y + radius,
        ])
    }

    /// The edge of the circle runs through an area, or a corner of the outline is in it.
    fn edge_crosses(&self, area: &[i64; 4]) -> bool {
        let [left, top, right, bottom] = *area;
        if !self.rings.is_empty() {
            let is_in = |(x, y): &(i64, i64)| (left..=right).contains(x) && (top..=bottom).contains(y);
            return self.rings.iter().flatten().any(is_in);
        }
        let (x, y) = self.middle;
        let square = |dx: i64, dy: i64| dx * dx + dy * dy;
        let nearest = square(x.clamp(left, right) - x, y.clamp(top, bottom) - y);
        let furthest =
            square((x - left).abs().max((x - right).abs()), (y - top).abs().max((y - bottom).abs()));
        (nearest..=furthest).contains(&square(self.radius, 0))
    }

    /// Positions for the middle and the base line of the name, the best first.
    fn label_positions(&self, half: i64, width: i64) -> Vec<(i64, i64)> {
        let x = self.middle.0.clamp(half + 4, (width - half - 4).max(half + 4));
        let y = self.middle.1 + 4;
        let away = self.radius.min(60) + Labels::SIZE;
        if self.small_box().is_some() {
            let sideways = self.radius + 4 + half;
            return vec![
                (x, y + away),
                (x, y - away),
                (self.middle.0 + sideways, y),
                (self.middle.0 - sideways, y),
            ];
        }
        let ys = self.rings.iter().flatten().map(|point| point.1);
        let inside =
            ys.clone().max().zip(ys.min()).map_or(0, |(most, least)| (most - least) / 2 / Labels::SIZE);
        let inside = (2..=inside).flat_map(|n| [n * Labels::SIZE, -n * Labels::SIZE]);
        let centred = [0, away, -away, away / 2, -away / 2].into_iter().chain(inside).map(|dy| (x, y + dy));
        // Next to the middle, if another place is next to it.
        let shifted = [away, -away]
            .into_iter()
            .flat_map(|dy| [half / 2, half].map(|dx| [(x - dx, y + dy), (x + dx, y + dy)]))
            .flatten();
        centred.chain(shifted).collect()
    }
}
