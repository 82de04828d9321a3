//! The state of a site on one screen.

use std::collections::BTreeMap;

use serde::Serialize;

use super::briefings;
use super::filter::{Filter, Hours};
use super::held::{BriefingState, Inventory};
use crate::model::{Status, Word as _};
use crate::report::json_line;

/// A place without a claim for so long is named.
const HOURS_OF_SILENCE: i64 = 48;

#[derive(Debug, Serialize)]
pub struct SiteSummary {
    title: String,
    /// The date of the newest briefing that is published.
    newest_briefing: Option<String>,
    /// By state.
    briefings: BTreeMap<&'static str, usize>,
    /// By status.
    claims: BTreeMap<&'static str, usize>,
    unattributed_claims: usize,
    sources: TermCounts,
    protected_sources: usize,
    neighbourhoods: TermCounts,
    /// Neighbourhoods whose newest claim is older than two days, or that have none.
    silent_neighbourhoods: usize,
    events: TermCounts,
    /// By language: briefings without a translation.
    untranslated_briefings: BTreeMap<String, usize>,
}

#[derive(Debug, Serialize)]
struct TermCounts {
    all: usize,
    without_record: usize,
}

/// Counts what the site holds.
#[must_use]
pub fn summary(inventory: &Inventory) -> SiteSummary {
    let site = &inventory.site;
    let rows = briefings::all(inventory);
    let mut by_state = BTreeMap::new();
    let mut untranslated = BTreeMap::new();
    for row in &rows {
        *by_state.entry(row.state.word()).or_default() += 1;
        for language in &row.untranslated {
            *untranslated.entry(language.clone()).or_default() += 1;
        }
    }
    let is_out = |row: &&briefings::Row<'_>| {
        row.state == BriefingState::Published && row.article.date <= inventory.now
    };
    let newest = rows.iter().find(is_out);
    let quiet = Filter { stale: Some(Hours(HOURS_OF_SILENCE)), ..Filter::default() };
    let silent = site.neighbourhoods.as_slice().iter();
    let silent = silent.filter(|place| quiet.takes_time(inventory.latest(&place.term), inventory.now));
    SiteSummary {
        title: site.config.title.to_string(),
        newest_briefing: newest.map(|row| inventory.local(row.article.date).to_string()),
        briefings: by_state,
        claims: by_status(inventory),
        unattributed_claims: site.all_claims().filter(|ix| site.linked_claim(*ix).source.is_none()).count(),
        sources: TermCounts::of(site.sources.as_slice().iter().map(|entry| entry.term.record.is_some())),
        protected_sources: site.sources.as_slice().iter().filter(|source| source.is_protected()).count(),
        neighbourhoods: TermCounts::of(
            site.neighbourhoods.as_slice().iter().map(|entry| entry.term.record.is_some()),
        ),
        silent_neighbourhoods: silent.count(),
        events: TermCounts::of(site.events.as_slice().iter().map(|entry| entry.term.record.is_some())),
        untranslated_briefings: untranslated,
    }
}

fn by_status(inventory: &Inventory) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for ix in inventory.site.all_claims() {
        *counts.entry(inventory.site.status(ix).word()).or_default() += 1;
    }
    counts
}

impl SiteSummary {
    #[must_use]
    pub fn as_json(&self) -> String {
        let summary = serde_json::to_value(self).expect("all of its keys are texts");
        json_line(&summary) + "\n"
    }

    /// A line for each subject.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut lines = vec![self.title.clone()];
        let mut line = |name: &str, text: String| lines.push(format!("{name:15} {text}"));
        let total = self.briefings.values().sum::<usize>();
        line("briefings", with_parts(total, self.briefings.iter().map(|(word, count)| (*word, *count))));
        line("newest", self.newest_briefing.clone().unwrap_or_else(|| "none".to_owned()));
        let unattributed = [("unattributed", self.unattributed_claims)];
        let words = Status::ALL.iter().map(|status| status.word());
        let by_status = words.filter_map(|word| Some((word, *self.claims.get(word)?)));
        line("claims", with_parts(self.claims.values().sum(), by_status.chain(unattributed)));
        let protected = [("protected", self.protected_sources)];
        line("sources", with_parts(self.sources.all, self.sources.missing().chain(protected)));
        let silent = [("without a claim in 48 hours", self.silent_neighbourhoods)];
        line(
            "neighbourhoods",
            with_parts(self.neighbourhoods.all, self.neighbourhoods.missing().chain(silent)),
        );
        line("events", with_parts(self.events.all, self.events.missing()));
        let languages = self.untranslated_briefings.iter();
        let languages: Vec<String> =
            languages.map(|(language, count)| format!("{count} into {language}")).collect();
        if !languages.is_empty() {
            line("to translate", languages.join(", "));
        }
        lines.join("\n") + "\n"
    }
}

impl TermCounts {
    /// Of terms, of which each has a record or not.
    fn of(has_record: impl ExactSizeIterator<Item = bool>) -> Self {
        Self { all: has_record.len(), without_record: has_record.filter(|has_record| !has_record).count() }
    }

    fn missing(&self) -> impl Iterator<Item = (&'static str, usize)> {
        std::iter::once(("without a record", self.without_record))
    }
}

/// "12: 3 draft, 9 published"; parts that are 0 are left out.
fn with_parts<'w>(total: usize, parts: impl Iterator<Item = (&'w str, usize)>) -> String {
    let parts = parts.filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts.map(|(word, count)| format!("{count} {word}")).collect();
    if parts.is_empty() { total.to_string() } else { format!("{total}: {}", parts.join(", ")) }
}
