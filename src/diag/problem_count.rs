//! How many diagnostics of one text are listed: as many as a person would read. The rest is counted.

use std::collections::BTreeMap;

use super::severity::Severity;

/// The most diagnostics of one severity that are listed.
pub const MOST_LISTED: usize = 100;

/// The diagnostics of one text, counted as they come.
#[derive(Debug, Default)]
pub struct ProblemCount {
    listed: BTreeMap<Severity, usize>,
    hidden: usize,
    worst_hidden: Option<Severity>,
}

impl ProblemCount {
    /// Counts one more, and says whether it is listed.
    pub fn takes(&mut self, severity: Severity) -> bool {
        let listed = self.listed.entry(severity).or_default();
        if *listed < MOST_LISTED {
            *listed += 1;
            return true;
        }
        self.hide(severity);
        false
    }

    /// Counts one that is not listed.
    pub fn hide(&mut self, severity: Severity) {
        self.hidden += 1;
        self.worst_hidden = self.worst_hidden.into_iter().chain([severity]).min();
    }

    /// How many are not listed, and the worst severity among them.
    #[must_use]
    pub fn hidden(&self) -> Option<(usize, Severity)> {
        Some((self.hidden, self.worst_hidden?))
    }
}
