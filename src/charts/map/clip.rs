//! Lines and areas cut at the frame of a map.

use super::plane::{pixel, whole};

type Pixel = (i64, i64);

/// One side of a frame.
#[derive(Clone, Copy)]
enum Side {
    Left(i64),
    Right(i64),
    Top(i64),
    Bottom(i64),
}

impl Side {
    /// Those of a frame from 0, 0 to its lower right corner.
    fn all((width, height): Pixel) -> [Self; 4] {
        [Self::Left(0), Self::Right(width), Self::Top(0), Self::Bottom(height)]
    }

    fn has(self, (x, y): Pixel) -> bool {
        match self {
            Self::Left(edge) => x >= edge,
            Self::Right(edge) => x <= edge,
            Self::Top(edge) => y >= edge,
            Self::Bottom(edge) => y <= edge,
        }
    }

    /// Where a line from one of its halves to the other crosses it.
    fn crossing(self, from: Pixel, to: Pixel) -> Pixel {
        // A product of whole numbers would not fit for lines that end far away.
        let along = |edge: i64, (from, other): Pixel, (to, other_to): Pixel| {
            let share = whole(edge - from) / whole(to - from);
            other + pixel(whole(other_to - other) * share)
        };
        match self {
            Self::Left(edge) | Self::Right(edge) => (edge, along(edge, from, to)),
            Self::Top(edge) | Self::Bottom(edge) => (along(edge, (from.1, from.0), (to.1, to.0)), edge),
        }
    }
}

/// The parts of a line that are in a frame.
pub fn line(line: Vec<Pixel>, frame: Pixel) -> Vec<Vec<Pixel>> {
    let mut parts = vec![line];
    for side in Side::all(frame) {
        parts = parts.iter().flat_map(|part| line_at(part, side)).collect();
    }
    parts
}

fn line_at(line: &[Pixel], side: Side) -> Vec<Vec<Pixel>> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    for pair in line.windows(2) {
        let [from, to] = [pair[0], pair[1]];
        if part.is_empty() && side.has(from) {
            part.push(from);
        }
        if side.has(from) != side.has(to) {
            part.push(side.crossing(from, to));
        }
        if side.has(to) {
            part.push(to);
        } else if !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1);
    parts
}

/// The area of a ring that is in a frame (Sutherland and Hodgman, 1974), without its last corner, which is the first.
/// Parts of it may hang together by edges along the frame: fill it, and draw no border.
pub fn area(mut ring: Vec<Pixel>, frame: Pixel) -> Vec<Pixel> {
    ring.pop();
    for side in Side::all(frame) {
        ring = area_at(&ring, side);
    }
    ring.dedup();
    ring
}

fn area_at(ring: &[Pixel], side: Side) -> Vec<Pixel> {
    let Some(last) = ring.last() else { return Vec::new() };
    let mut cut = Vec::new();
    let mut from = *last;
    for to in ring {
        if side.has(from) != side.has(*to) {
            cut.push(side.crossing(from, *to));
        }
        if side.has(*to) {
            cut.push(*to);
        }
        from = *to;
    }
    cut
}
