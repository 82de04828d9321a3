//! Claims that say something else than in the last publish, and nothing says so to readers.
//!
//! Owns the comparison of the published claims with those of the site, and the correction that each change
//! would need. Reads no file: the caller brings what was published, and each claim as open data has it.
//!
//! Invariant: a change that a correction or a later `updated` announces is not reported, nor one that the
//! writer did not make: a computed status, another name of the same source or place.

mod fields;
mod published;

use std::collections::BTreeSet;
use std::io::BufRead;

use jiff::Timestamp;

use crate::checks::leaks::LeakCheck;
use crate::diag::{Code, Diagnostic};
use crate::model::Briefing;
use crate::open_data::{ClaimData, DataTime};
use crate::paths::OutPath;
use crate::site::{BriefingIx, ClaimIx, Site};
use crate::sources::SourceSet;
use crate::toml::one_line;
use fields::{Change, changes};
use published::{Damaged, PublishedClaims};

/// What the comparison needs besides the published claims.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    pub site: &'a Site,
    pub sources: &'a SourceSet,
    pub leak_check: &'a LeakCheck,
    /// Where the published claims are, for messages.
    pub path: &'a OutPath,
}

/// Reports what differs from the published claims. `lines_of` gives the claims of a briefing as lines of
/// data/claims.json: a briefing whose lines are the same is compared no further.
pub fn check(
    compared: Compared<'_>,
    published: Box<dyn BufRead>,
    lines_of: impl Fn(BriefingIx) -> Vec<String>,
) -> Vec<Diagnostic> {
    let site = compared.site;
    let by_id = site.briefings_by_id();
    let mut diagnostics = Vec::new();
    for of_briefing in PublishedClaims::new(published) {
        let found = of_briefing.and_then(|before| {
            let id = |ix: &BriefingIx| site.briefings[*ix].article.id.as_str();
            // A briefing that is gone has no page on which anything could be said.
            let Ok(found) = by_id.binary_search_by(|ix| id(ix).cmp(&before.id)) else {
                return Ok(Vec::new());
            };
            let ix = by_id[found];
            if before.has_lines(&lines_of(ix)) {
                return Ok(Vec::new());
            }
            Ok(BriefingCheck { compared, ix }.check(before.claims()?))
        });
        match found {
            Ok(found) => diagnostics.extend(found),
            Err(Damaged) => {
                diagnostics.push(unreadable(compared.path));
                break;
            }
        }
    }
    diagnostics
}

/// The warning about a file of the last publish that cannot be read.
#[must_use]
pub fn unreadable(path: &OutPath) -> Diagnostic {
    let message = format!("{path} of the last publish cannot be read, so its claims are not compared");
    Diagnostic::warning(Code::UNREADABLE_PUBLISH, message)
        .help("publish again: the file is written again, and changes from then on are reported")
}

/// The comparison of one briefing.
struct BriefingCheck<'a> {
    compared: Compared<'a>,
    ix: BriefingIx,
}

impl BriefingCheck<'_> {
    fn check(&self, before: Vec<ClaimData>) -> Vec<Diagnostic> {
        let site = self.compared.site;
        let now: Vec<(ClaimIx, ClaimData)> =
            site.claims_of(self.ix).map(|claim| (claim, ClaimData::new(site, claim))).collect();
        let mut diagnostics = Vec::new();
        for (before, now) in pair(before, now) {
            match now {
                Some((ix, now)) if !is_announced(&before, now.updated.as_deref(), &now.corrections) => {
                    let found = changes(site, &before, ix, &now);
                    diagnostics.extend(found.into_iter().map(|change| self.changed(ix, &before, &change)));
                }
                Some(_) => {}
                None if self.is_repeated(&before) || self.is_removal_announced(&before) => {}
                None => diagnostics.push(self.gone(&before)),
            }
        }
        diagnostics
    }

    fn article(&self) -> &Briefing {
        &self.compared.site.briefings[self.ix].article
    }

    /// The claim says now that it repeats another, whose words are shown.
    fn is_repeated(&self, before: &ClaimData) -> bool {
        self.article().repeats.iter().any(|repeat| {
            let mut ids = repeat.aliases.iter().chain([&repeat.id.value]);
            ids.any(|id| id.as_str() == &*before.id)
        })
    }

    fn is_removal_announced(&self, before: &ClaimData) -> bool {
        let zone = &self.compared.site.config.timezone;
        let article = self.article();
        let updated = article.updated.map(|at| zone.local(at).to_string());
        let of_briefing = article.corrections.iter().filter(|correction| correction.claim.is_none());
        let corrections: Vec<DataTime> =
            of_briefing.map(|correction| DataTime(zone.local(correction.at).to_string())).collect();
        is_announced(before, updated.as_deref(), &corrections)
    }

    fn changed(&self, ix: ClaimIx, before: &ClaimData, change: &Change) -> Diagnostic {
        let claim = self.compared.site.claim(ix);
        let place = self.compared.sources.place(&self.article().file, claim.id.span);
        let name = change.name;
        if self.is_private(before) {
            let message =
                format!("the {name} of this claim is not the published one, which holds a private word");
            let diagnostic = Diagnostic::warning(Code::SILENT_CHANGE, message).at(place);
            return diagnostic.label("changed since the last publish").help(UPDATED_SUFFICES);
        }
        let message = format!(
            "the {name} of this claim was published as {}, and is now {}",
            quoted(change.was.as_deref()),
            quoted(change.now.as_deref())
        );
        let mut diagnostic = Diagnostic::warning(Code::SILENT_CHANGE, message)
            .at(place)
            .label("changed since the last publish");
        if !claim.has_own_id {
            diagnostic =
                diagnostic.help("give the claim an id, so that a correction can name it: id = \"…\"");
        }
        let id = if claim.has_own_id { claim.id.value.as_str() } else { "…" };
        let entry = correction(id, change);
        diagnostic.help(format!("if it was wrong, write\n{entry}")).help(UPDATED_SUFFICES)
    }

    fn gone(&self, before: &ClaimData) -> Diagnostic {
        let article = self.article();
        let place = self.compared.sources.place(&article.file, article.title_span);
        let which =
            if before.numbered { format!("number {}", &*before.id) } else { format!("\"{}\"", &*before.id) };
        let message = if self.is_private(before) {
            "a published claim of this briefing is gone, which holds a private word".to_owned()
        } else {
            format!("the published claim {which} of this briefing is gone: {}", quoted(Some(&before.text)))
        };
        Diagnostic::warning(Code::SILENT_CHANGE, message)
            .at(place)
            .label("had it when it was published last")
            .help("if it was wrong, put it back with status = \"withdrawn\" and `status_why`")
            .help("if it is right not to show it, say so: [[corrections]] without `claim`, or a later `updated`")
    }

    /// The published wording must not be printed again.
    fn is_private(&self, before: &ClaimData) -> bool {
        let wording = serde_json::to_vec(before).expect("it was read from JSON");
        !self.compared.leak_check.found(self.compared.path, &wording).is_empty()
    }
}

const UPDATED_SUFFICES: &str =
    "if nothing was wrong, set `updated` of the briefing to the time of the change";

/// `[[corrections]]` that says what changed.
fn correction(id: &str, change: &Change) -> String {
    let mut lines = vec![
        "[[corrections]]".to_owned(),
        "at = …".to_owned(),
        "kind = \"correction\"".to_owned(),
        format!("claim = {}", as_toml(id)),
    ];
    // A field needs both values.
    if let (Some(field), Some(_), Some(_)) = (change.field, &change.was, &change.now) {
        lines.push(format!("field = \"{}\"", field.name()));
    }
    for (key, value) in [("was", &change.was), ("now", &change.now)] {
        lines.extend(value.as_ref().map(|value| format!("{key} = {}", as_toml(value))));
    }
    lines.push("why = \"…\"".to_owned());
    lines.join("\n")
}

fn as_toml(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// In one line.
fn quoted(value: Option<&str>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| format!("\"{}\"", one_line(value)))
}

/// Each published claim with what it is now. Claims with ids of their own are found by these, or by an alias. The build
/// numbers the others, so that a claim in between moves them: they are found by their text, and else by their number.
fn pair(
    before: Vec<ClaimData>,
    now: Vec<(ClaimIx, ClaimData)>,
) -> Vec<(ClaimData, Option<(ClaimIx, ClaimData)>)> {
    let mut free: Vec<Option<(ClaimIx, ClaimData)>> = now.into_iter().map(Some).collect();
    let mut pairs: Vec<(ClaimData, Option<(ClaimIx, ClaimData)>)> =
        before.into_iter().map(|claim| (claim, None)).collect();
    let rules: [fn(&ClaimData, &ClaimData) -> bool; 4] = [
        |before, now| !before.numbered && !now.numbered && before.id == now.id,
        |before, now| now.aliases.contains(&before.id),
        |before, now| before.numbered && before.text == now.text,
        |before, now| before.numbered && before.id == now.id,
    ];
    for rule in rules {
        for (before, found) in pairs.iter_mut().filter(|(_, found)| found.is_none()) {
            let fits = |now: &&mut Option<(ClaimIx, ClaimData)>| {
                now.as_ref().is_some_and(|(_, now)| rule(before, now))
            };
            *found = free.iter_mut().find(fits).and_then(Option::take);
        }
    }
    pairs
}

/// A later `updated` than the published one, or a correction that was not published.
fn is_announced(before: &ClaimData, updated: Option<&str>, corrections: &[DataTime]) -> bool {
    let at = |text: &str| text.parse::<Timestamp>().ok();
    let was_updated = before.updated.as_deref().and_then(at);
    let known: BTreeSet<Option<Timestamp>> = before.corrections.iter().map(|text| at(text)).collect();
    updated.and_then(at).is_some_and(|updated| was_updated.is_none_or(|was| updated > was))
        || corrections.len() > before.corrections.len()
        || corrections.iter().any(|correction| !known.contains(&at(correction)))
}
