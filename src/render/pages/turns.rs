//! Changes by place: what became of something that was known there.
//!
//! Owns the index, which one pass over all changes makes. New briefings and claims are not in it: each place lists its
//! own.

use crate::site::{NeighbourhoodIx, Site, SiteChange};

/// Made once for all pages.
pub struct Turns {
    /// Positions in the list of all changes.
    by_place: Vec<Vec<usize>>,
}

impl Turns {
    pub fn new(site: &Site) -> Self {
        let mut by_place = vec![Vec::new(); site.neighbourhoods.len()];
        for (position, change) in site.changes.all.iter().enumerate().filter(|(_, change)| change.is_turn()) {
            for place in site.neighbourhoods.with_ancestors(site.places_of(&change.changed)) {
                let of_place: &mut Vec<usize> = &mut by_place[usize::from(place)];
                if of_place.last() != Some(&position) {
                    of_place.push(position);
                }
            }
        }
        Self { by_place }
    }

    /// Those of a place and of what is part of it, the newest first.
    pub fn of<'s>(&self, site: &'s Site, ix: NeighbourhoodIx) -> impl Iterator<Item = &'s SiteChange> {
        self.by_place[usize::from(ix)].iter().map(|position| &site.changes.all[*position])
    }
}
