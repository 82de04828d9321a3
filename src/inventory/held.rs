//! A site with all that its desk knows of it.

use std::collections::BTreeMap;

use crate::model::Briefing;
use crate::paths::Id;
use crate::site::{DEFAULT_LANGUAGE, Record, Site, SourceIx, StubReason, Term, Translations};
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

    /// `stub` is why readers get a stub instead, if they do: but not of what they never saw.
    pub(super) fn state_of(&self, briefing: &Briefing, stub: Option<StubReason>) -> BriefingState {
        match stub {
            _ if briefing.draft => BriefingState::Draft,
            _ if self.is_embargoed(briefing) => BriefingState::Embargoed,
            Some(StubReason::Withdrawn) => BriefingState::Withdrawn,
            Some(StubReason::Expired) => BriefingState::Expired,
            None => BriefingState::Published,
        }
    }

    pub(super) fn is_embargoed(&self, briefing: &Briefing) -> bool {
        self.embargoed.contains_key(&briefing.id)
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
