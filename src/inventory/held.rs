//! A site with all that its desk knows of it.

use std::collections::BTreeMap;

use crate::model::Briefing;
use crate::paths::Id;
use crate::site::{DEFAULT_LANGUAGE, Record, Site, SourceIx, Term, Translations};
use crate::time::Moment;

/// A site that was linked with its drafts, and as if no embargo were set.
pub struct Inventory {
    pub site: Site,
    /// Briefings under embargo, and when it ends.
    pub embargoed: BTreeMap<Id, Moment>,
    pub now: Moment,
}

/// Where a briefing is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum BriefingState {
    Published,
    Draft,
    Embargoed,
    Expired,
    Withdrawn,
}

impl BriefingState {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Embargoed => "embargoed",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Inventory {
    pub(super) fn local(&self, moment: Moment) -> Moment {
        self.site.config.timezone.local(moment)
    }

    /// Of a briefing that was neither withdrawn nor has expired.
    pub(super) fn state_of(&self, briefing: &Briefing) -> BriefingState {
        match (briefing.draft, self.embargoed.contains_key(&briefing.id)) {
            (true, _) => BriefingState::Draft,
            (_, true) => BriefingState::Embargoed,
            _ => BriefingState::Published,
        }
    }

    /// The languages of the site that have no translation.
    pub(super) fn untranslated(&self, translations: &Translations) -> Vec<String> {
        let others = self.site.languages.iter().skip(1);
        others.filter(|language| !translations.contains_key(*language)).cloned().collect()
    }

    /// The name of a source; the label of a protected one.
    pub(super) fn source_name(&self, ix: SourceIx) -> String {
        self.site.source_name(ix, DEFAULT_LANGUAGE).to_owned()
    }

    /// When the newest claim about a term, or by it, was added.
    pub(super) fn latest<R: Record>(&self, term: &Term<R>) -> Option<Moment> {
        term.claims.first().map(|ix| self.site.linked_claim(*ix).added)
    }
}
