//! What will happen to a site by itself, and what is overdue: for people and for schedulers.

use super::workspace::{BuildOptions, Workspace};
use crate::diag::{self, Diagnostic};
use crate::site::DueMoment;
use crate::time::Moment;

pub struct Due {
    /// When a build is needed although no file changed. `None`: never.
    pub next_build: Option<Moment>,
    /// The next first.
    pub to_come: Vec<DueMoment>,
    /// Promises that were not kept, and pages that are old.
    pub overdue: Vec<Diagnostic>,
}

/// What is due, and what is wrong with the site. Without a site there is nothing due.
#[must_use]
pub fn due(options: &BuildOptions) -> (Option<Due>, Vec<Diagnostic>) {
    let (prepared, mut diagnostics) = Workspace::new(options.clone()).prepare(None);
    diag::sort(&mut diagnostics);
    let due = prepared.map(|prepared| {
        let site = &prepared.site;
        let mut to_come = site.to_come(&prepared.sources);
        for moment in &mut to_come {
            prepared.mask_all(std::slice::from_mut(&mut moment.note));
        }
        let mut overdue = site.overdue(&prepared.sources);
        diag::sort(&mut overdue);
        prepared.mask_all(&mut overdue);
        let next_build = site.next_change().map(|at| site.config.timezone.local(at));
        Due { next_build, to_come, overdue }
    });
    (due, diagnostics)
}
