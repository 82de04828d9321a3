//! The state of a site on one screen.

use std::collections::BTreeMap;

use serde::Serialize;

use super::briefings::{self, State};
use super::filter::{Filter, Hours};
use super::terms::latest;
use super::{Inventory, Kind};
use crate::model::{Status, Word as _};

/// A place without a claim for so long is named.
const HOURS_OF_SILENCE: i64 = 48;

#[derive(Debug, Serialize)]
pub struct Summary {
    title: String,
    /// The date of the newest briefing that is published.
    newest_briefing: Option<String>,
    /// By state.
    briefings: BTreeMap<&'static str, usize>,
    /// By status.
    claims: BTreeMap<&'static str, usize>,
    unattributed_claims: usize,
    sources: Terms,
    protected_sources: usize,
    neighbourhoods: Terms,
    /// Neighbourhoods whose newest claim is older than two days, or that have none.
    silent_neighbourhoods: usize,
    events: Terms,
    /// By language: briefings without a translation.
    untranslated_briefings: BTreeMap<String, usize>,
}

#[derive(Debug, Serialize)]
struct Terms {
    all: usize,
    without_record: usize,
}

pub(super) fn of(inventory: &Inventory) -> Summary {
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
    let newest = rows.iter().find(|row| row.state == State::Published);
    let quiet = Filter { stale: Some(Hours(HOURS_OF_SILENCE)), ..Filter::default() };
    let silent = site.neighbourhoods.as_slice().iter();
    let silent = silent.filter(|place| quiet.takes_time(latest(inventory, &place.term), inventory.now));
    Summary {
        title: site.config.title.to_string(),
        newest_briefing: newest.map(|row| inventory.local(row.article.date).to_string()),
        briefings: by_state,
        claims: by_status(inventory),
        unattributed_claims: site.all_claims().filter(|ix| site.linked_claim(*ix).source.is_none()).count(),
        sources: terms(inventory, Kind::Sources),
        protected_sources: site.sources.as_slice().iter().filter(|source| source.is_protected()).count(),
        neighbourhoods: terms(inventory, Kind::Neighbourhoods),
        silent_neighbourhoods: silent.count(),
        events: terms(inventory, Kind::Events),
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

fn terms(inventory: &Inventory, kind: Kind) -> Terms {
    let count = |filter: &Filter| inventory.list(kind, filter).map_or(0, |listing| listing.rows.len());
    let without_record = Filter { without_record: true, ..Filter::default() };
    Terms { all: count(&Filter::default()), without_record: count(&without_record) }
}

impl Summary {
    /// A line for each subject.
    #[must_use]
    pub fn in_words(&self) -> String {
        let mut lines = vec![self.title.clone()];
        let mut line = |name: &str, text: String| lines.push(format!("{name:15} {text}"));
        let total = self.briefings.values().sum::<usize>();
        line("briefings", counted(total, self.briefings.iter().map(|(word, count)| (*word, *count))));
        line("newest", self.newest_briefing.clone().unwrap_or_else(|| "none".to_owned()));
        let unattributed = [("unattributed", self.unattributed_claims)];
        let words = Status::ALL.iter().map(|status| status.word());
        let by_status = words.filter_map(|word| Some((word, *self.claims.get(word)?)));
        line("claims", counted(self.claims.values().sum(), by_status.chain(unattributed)));
        let protected = [("protected", self.protected_sources)];
        line("sources", counted(self.sources.all, self.sources.missing().chain(protected)));
        let silent = [("without a claim in 48 hours", self.silent_neighbourhoods)];
        line("neighbourhoods", counted(self.neighbourhoods.all, self.neighbourhoods.missing().chain(silent)));
        line("events", counted(self.events.all, self.events.missing()));
        let languages = self.untranslated_briefings.iter();
        let languages: Vec<String> =
            languages.map(|(language, count)| format!("{count} into {language}")).collect();
        if !languages.is_empty() {
            line("to translate", languages.join(", "));
        }
        lines.join("\n") + "\n"
    }
}

impl Terms {
    fn missing(&self) -> impl Iterator<Item = (&'static str, usize)> {
        std::iter::once(("without a record", self.without_record))
    }
}

/// "12: 3 draft, 9 published"; parts that are 0 are left out.
fn counted<'w>(total: usize, parts: impl Iterator<Item = (&'w str, usize)>) -> String {
    let parts = parts.filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts.map(|(word, count)| format!("{count} {word}")).collect();
    if parts.is_empty() { total.to_string() } else { format!("{total}: {}", parts.join(", ")) }
}
