//! Outlines in pixels: with fewer corners, and as an SVG path.

use std::fmt::Write as _;

type Ring = Vec<(i64, i64)>;

/// The middle of the box around the first ring.
pub fn middle_of(rings: &[Ring]) -> Option<(i64, i64)> {
    let ring = rings.first()?;
    let ends =
        |of: fn(&(i64, i64)) -> i64| Some((ring.iter().map(of).min()? + ring.iter().map(of).max()?) / 2);
    Some((ends(|point| point.0)?, ends(|point| point.1)?))
}

/// A ring with at most about `most` corners (Douglas–Peucker); its first corner is not repeated at the end.
pub fn simplified(mut ring: Ring, most: usize) -> Ring {
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let mut tolerance = 1;
    let mut simple = ring.clone();
    while simple.len() > most.max(3) && tolerance < 1_000 {
        simple = coarser(&ring, tolerance);
        tolerance *= 2;
    }
    simple
}

/// The corners that are further than the square root of `tolerance` from the ring without them.
fn coarser(ring: &[(i64, i64)], tolerance: i64) -> Ring {
    let Some(first) = ring.first() else { return Vec::new() };
    let far = |index: &usize| {
        let dx = ring[*index].0 - first.0;
        let dy = ring[*index].1 - first.1;
        dx * dx + dy * dy
    };
    let opposite = (0..ring.len()).max_by_key(far).unwrap_or(0);
    let mut keeps = vec![false; ring.len() + 1];
    keeps[0] = true;
    keeps[opposite] = true;
    let at = |index: usize| ring[index % ring.len()];
    let mut open = vec![(0, opposite), (opposite, ring.len())];
    while let Some((from, to)) = open.pop() {
        let distance = |index: &usize| from_line(at(*index), at(from), at(to));
        let Some(furthest) = (from + 1..to).max_by_key(distance) else { continue };
        if distance(&furthest) > tolerance {
            keeps[furthest] = true;
            open.extend([(from, furthest), (furthest, to)]);
        }
    }
    ring.iter().zip(keeps).filter(|(_, keeps)| *keeps).map(|(corner, _)| *corner).collect()
}

/// The square of the distance of a point from a line.
fn from_line(point: (i64, i64), from: (i64, i64), to: (i64, i64)) -> i64 {
    let dx = to.0 - from.0;
    let dy = to.1 - from.1;
    let px = point.0 - from.0;
    let py = point.1 - from.1;
    match dx * dx + dy * dy {
        0 => px * px + py * py,
        length => {
            let area = dx * py - dy * px;
            area * area / length
        }
    }
}

/// Closed rings as an SVG path.
pub fn path(rings: &[Ring]) -> String {
    let mut path = String::new();
    for ring in rings {
        push_line(&mut path, ring);
        path.push('z');
    }
    path
}

/// Adds a line to an SVG path, in as few letters as it takes.
pub fn push_line(path: &mut String, line: &[(i64, i64)]) {
    let mut last = (0, 0);
    for (corner, index) in line.iter().zip(0..) {
        let (command, dx, dy) = match index {
            0 => ("M", corner.0, corner.1),
            1 => ("l", corner.0 - last.0, corner.1 - last.1),
            // The command is the same, and a sign parts numbers.
            _ if corner.0 < last.0 => ("", corner.0 - last.0, corner.1 - last.1),
            _ => (" ", corner.0 - last.0, corner.1 - last.1),
        };
        let gap = if dy < 0 { "" } else { " " };
        // A String takes every write.
        let _ = write!(path, "{command}{dx}{gap}{dy}");
        last = *corner;
    }
}
