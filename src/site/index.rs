//! Adds briefings to every list of a site, and removes them.
//!
//! Owns which lists there are. Linking adds all briefings; a save removes one and adds it again.
//!
//! Invariant: the lists depend on the briefings that were added and not removed, and on nothing before.

use std::sync::Arc;

use super::changes::LinkedLists;
use super::indices::BriefingIx;
use super::linked::Content;

impl Content {
    /// Adds briefings that are in no list.
    pub(super) fn add(&mut self, added: &[BriefingIx]) {
        let Self {
            briefings,
            stubs,
            neighbourhoods,
            sources,
            events,
            dates,
            figures,
            corrections,
            repeats,
            ..
        } = self;
        let briefings = &*briefings;
        let zone = &self.config.timezone;
        let known_at = self.options.known_at();
        let corrections = Arc::make_mut(corrections);
        rayon::scope(|scope| {
            scope.spawn(|_| neighbourhoods.add(briefings, added));
            scope.spawn(|_| sources.add(briefings, added));
            scope.spawn(|_| dates.add(briefings, added, zone));
            scope.spawn(|_| figures.add(briefings, added));
            events.add(briefings, added);
            corrections.add(briefings, stubs, added, known_at);
            repeats.add(briefings, added);
        });
        self.assessments.update(briefings, events, added);
        let mut changes = std::mem::take(&mut self.changes);
        Arc::make_mut(&mut changes).add(self.linked_lists(), added);
        self.changes = changes;
    }

    /// Removes a briefing from every list. `self.briefings` still has it as it was added.
    pub(super) fn remove(&mut self, ix: BriefingIx) {
        let Self { briefings, neighbourhoods, sources, events, dates, figures, corrections, repeats, .. } =
            self;
        let briefings = &*briefings;
        let zone = &self.config.timezone;
        let corrections = Arc::make_mut(corrections);
        rayon::scope(|scope| {
            scope.spawn(|_| neighbourhoods.remove(briefings, ix));
            scope.spawn(|_| sources.remove(briefings, ix));
            scope.spawn(|_| dates.remove(briefings, ix, zone));
            scope.spawn(|_| figures.remove(briefings, ix));
            events.remove(briefings, ix);
            corrections.remove(ix);
            repeats.remove(briefings, ix);
        });
        self.assessments.update(briefings, events, &[ix]);
        let mut changes = std::mem::take(&mut self.changes);
        Arc::make_mut(&mut changes).remove(self.linked_lists(), ix);
        self.changes = changes;
    }

    fn linked_lists(&self) -> LinkedLists<'_> {
        LinkedLists {
            briefings: &self.briefings,
            neighbourhoods: &self.neighbourhoods,
            events: &self.events,
            independence: self.assessments.independence(),
            names: &self.names,
            spellings: &self.spellings,
        }
    }
}
