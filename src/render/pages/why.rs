//! Why a claim has its status, in words: outlets, origins, relays, and who disagrees.

use fluent_bundle::FluentArgs;

use super::PageContext;
use crate::render::views::{OriginView, Shared, TermLink, WhyView};
use crate::site::SourceIx;
use crate::site::evidence::{Carries, Support, Weight};

/// How many sources of a kind stand below one claim: an event of many has pages for all of them.
const MOST_SHOWN: usize = 12;

impl PageContext<'_> {
    pub fn why(&self, weight: &Weight) -> WhyView {
        self.why_at_most(weight, MOST_SHOWN)
    }

    /// What an event is weighed by, for its own page: as many as such a page has claims.
    pub fn whole_why(&self, weight: &Weight) -> WhyView {
        self.why_at_most(weight, MOST_SHOWN.max(2 * self.site.config.page_size))
    }

    fn why_at_most(&self, weight: &Weight, most: usize) -> WhyView {
        let says = &weight.says;
        let shown = |sources: &mut dyn Iterator<Item = SourceIx>| -> Vec<Shared<TermLink>> {
            sources.take(most).map(|ix| self.source_link(ix)).collect()
        };
        let origins = says.origins.iter().take(most);
        let denying = weight.denies.origins.iter().flat_map(|origin| &origin.sources);
        let relays = says.relays.iter().copied().filter(|ix| !self.is_protected(*ix));
        let denied_by: Vec<SourceIx> = denying.chain(&weight.denies.relays).copied().collect();
        WhyView {
            counts: self.kept_counts(says.outlets(), says.origins.len(), || self.counts(says)),
            rule: self.word(rule(weight)),
            origins: origins
                .map(|origin| OriginView { sources: shown(&mut self.tellable(&origin.sources).into_iter()) })
                .collect(),
            more_origins: says.origins.len().saturating_sub(most),
            more_relays: relays.clone().count().saturating_sub(most),
            relays: shown(&mut relays.into_iter()),
            more_denied: denied_by.len().saturating_sub(most),
            denied_by: shown(&mut denied_by.into_iter()),
        }
    }

    fn is_protected(&self, ix: SourceIx) -> bool {
        self.site.sources[ix.get()].is_protected()
    }

    /// Whose house a protected source is of, and whom it passes on, stands in its record: it is not
    /// named beside others, and counts all the same.
    fn tellable(&self, origin: &[SourceIx]) -> Vec<SourceIx> {
        let known: Vec<SourceIx> = origin.iter().copied().filter(|ix| !self.is_protected(*ix)).collect();
        if known.is_empty() { origin.to_vec() } else { known }
    }

    /// "3 outlets, 1 origin"
    fn counts(&self, support: &Support) -> String {
        let counted = |key: &str, count: usize| {
            let mut args = FluentArgs::new();
            args.set("count", count);
            self.words.format(self.lang(), key, &args).unwrap_or_else(|_| count.to_string())
        };
        format!(
            "{}{} {}",
            counted("outlets-count", support.outlets()),
            self.word("comma"),
            counted("origins-count", support.origins.len())
        )
    }
}

fn rule(weight: &Weight) -> &'static str {
    if weight.is_contested() {
        return "why-contested";
    }
    match weight.says.carries {
        Carries::Nothing => "why-nothing",
        Carries::OneOrigin => "why-one-origin",
        Carries::OneParty => "why-one-party",
        Carries::PartyUnknown => "why-party-unknown",
        Carries::NoParty => "why-no-party",
        Carries::Parties => "why-parties",
    }
}
