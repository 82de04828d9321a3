//! What a site holds, for its desk: briefings, claims and terms in rows that can be filtered, and the state of the
//! whole site on one screen.
//!
//! Owns which columns a kind has, which filters fit it, and how rows are written. Unlike pages, it covers drafts and
//! what is under embargo. Of a protected source it knows its label only.

mod briefings;
mod claims;
mod filter;
mod formats;
mod held;
mod rows;
mod summary;
mod terms;

pub use filter::{Filter, Hours, ListedKind};
pub use formats::ListFormat;
pub use held::Inventory;
pub use rows::{ListCell, ListColumn, Listing};
pub use summary::{SiteSummary, summary};

/// The rows of a kind that pass a filter.
///
/// # Errors
/// A filter that does not fit the kind, as it is typed.
pub fn list(inventory: &Inventory, kind: ListedKind, filter: &Filter) -> Result<Listing, &'static str> {
    if let Some(unfit) = filter.unfit_for(kind) {
        return Err(unfit);
    }
    Ok(match kind {
        ListedKind::Briefings => briefings::list(inventory, filter),
        ListedKind::Claims => claims::list(inventory, filter),
        ListedKind::Sources => terms::sources(inventory, filter),
        ListedKind::Neighbourhoods => terms::neighbourhoods(inventory, filter),
        ListedKind::Events => terms::events(inventory, filter),
    })
}
