//! How much each corner of a line matters, so that a map of any scale takes those that it can show.
//!
//! Visvalingam and Whyatt, 1993: the corner that makes the smallest triangle with its neighbours goes first. Unlike
//! Douglas–Peucker, no line takes it more than n log n steps.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A corner as it is measured: both axes in the same unit.
pub type Measured = (f64, f64);

/// For each corner twice the area of its triangle when it goes, and at least that of those that went before. Both
/// ends have `of_ends`.
pub fn weights(line: &[Measured], of_ends: f64) -> Vec<f64> {
    let mut found = vec![of_ends; line.len()];
    let mut neighbours: Vec<(usize, usize)> =
        (0..line.len()).map(|index| (index.saturating_sub(1), index + 1)).collect();
    let area =
        |(before, after): (usize, usize), index: usize| triangle(line[before], line[index], line[after]);
    // No area is negative, and so the bits are in its order.
    let entry = |area: f64, index: usize| Reverse((area.to_bits(), index));
    let inner = 1..line.len().saturating_sub(1);
    let mut open: BinaryHeap<_> = inner.map(|index| entry(area(neighbours[index], index), index)).collect();
    let mut least: f64 = 0.0;
    let mut is_gone = vec![false; line.len()];
    while let Some(Reverse((bits, index))) = open.pop() {
        let (before, after) = neighbours[index];
        // An older entry of a corner whose neighbours went.
        if is_gone[index] || area((before, after), index).to_bits() != bits {
            continue;
        }
        is_gone[index] = true;
        least = least.max(f64::from_bits(bits)).min(of_ends);
        found[index] = least;
        neighbours[before].1 = after;
        neighbours[after].0 = before;
        let again = [before, after].into_iter().filter(|index| (1..line.len() - 1).contains(index));
        open.extend(again.map(|index| entry(area(neighbours[index], index), index)));
    }
    found
}

/// Twice the area of a triangle.
fn triangle(a: Measured, b: Measured, c: Measured) -> f64 {
    ((b.0 - a.0) * (c.1 - a.1) - (c.0 - a.0) * (b.1 - a.1)).abs()
}
