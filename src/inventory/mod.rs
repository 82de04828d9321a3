//! What a site holds, for its desk: briefings, claims and terms in rows that can be filtered, and the state of the
//! whole site on one screen.
//!
//! Owns which columns a kind has, which filters fit it, and how rows are written. Unlike pages, it covers drafts and
//! what is under embargo. Of a protected source it knows its label only.

mod briefings;
mod claims;
mod filter;
mod formats;
mod rows;
mod summary;
mod terms;

use std::collections::BTreeMap;

use crate::paths::Id;
use crate::site::Site;
use crate::time::Moment;

pub use filter::{Filter, Hours};
pub use formats::ListFormat;
pub use rows::{Cell, Column, Listing};
pub use summary::Summary;

/// A site that was linked with its drafts, and as if no embargo were set.
pub struct Inventory {
    pub site: Site,
    /// Briefings under embargo, and when it ends.
    pub embargoed: BTreeMap<Id, Moment>,
    pub now: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Briefings,
    Claims,
    Sources,
    Neighbourhoods,
    Events,
}

impl Inventory {
    /// The rows of a kind that pass a filter.
    ///
    /// # Errors
    /// A filter that does not fit the kind, as it is typed.
    pub fn list(&self, kind: Kind, filter: &Filter) -> Result<Listing, &'static str> {
        if let Some(unfit) = filter.unfit_for(kind) {
            return Err(unfit);
        }
        Ok(match kind {
            Kind::Briefings => briefings::list(self, filter),
            Kind::Claims => claims::list(self, filter),
            Kind::Sources => terms::sources(self, filter),
            Kind::Neighbourhoods => terms::neighbourhoods(self, filter),
            Kind::Events => terms::events(self, filter),
        })
    }

    #[must_use]
    pub fn summary(&self) -> Summary {
        summary::of(self)
    }

    fn local(&self, moment: Moment) -> Moment {
        self.site.config.timezone.local(moment)
    }
}
