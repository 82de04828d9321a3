//! What a site holds, with everything that readers do not see yet.

use super::workspace::{BuildOptions, Workspace};
use crate::checks::leaks::LeakCheck;
use crate::diag::{self, Diagnostic};
use crate::inventory::Inventory;

/// The inventory of a site, and what masks its private words.
pub struct Holdings {
    pub inventory: Inventory,
    leak_check: LeakCheck,
}

impl Holdings {
    /// A text without private words.
    #[must_use]
    pub fn masked(&self, text: &str) -> String {
        self.leak_check.masked_path(text)
    }
}

/// What a site holds, as far as its files can be read, and what is wrong with them.
#[must_use]
pub fn holdings(options: &BuildOptions) -> (Option<Holdings>, Vec<Diagnostic>) {
    let (held, mut diagnostics) = Workspace::new(options.clone()).link_with_hidden();
    diag::sort(&mut diagnostics);
    (held.map(|(inventory, leak_check)| Holdings { inventory, leak_check }), diagnostics)
}
