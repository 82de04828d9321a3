//! What no one declared about a source, if it decides a status: a record, or a side of the conflict.
//!
//! Owns the two warnings, one for each source. Claims without an event have one source, and so depend on
//! neither.

use std::collections::{BTreeMap, BTreeSet};

use super::independence::{Independence, Sides};
use super::weighing::{is_in_force, speaking};
use crate::diag::{Code, Diagnostic, Span, did_you_mean};
use crate::model::{Claim, Status};
use crate::site::diagnostics::Diagnostics;
use crate::site::indices::{ClaimIx, DEFAULT_LANGUAGE, EventIx, SourceIx};
use crate::site::linked::Content;

/// What is not declared about the sources of some events, and decides a status there.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Undeclared {
    /// Sources without a record, each with its claims.
    records: BTreeMap<SourceIx, BTreeSet<ClaimIx>>,
    /// Sources whose record does not say on which side they are.
    sides: BTreeSet<SourceIx>,
}

impl Undeclared {
    pub fn of<'e>(site: &Content, events: impl IntoIterator<Item = &'e EventIx>) -> Self {
        let mut undeclared = Self::default();
        events.into_iter().for_each(|event| undeclared.add(site, *event));
        undeclared
    }

    fn add(&mut self, site: &Content, event: EventIx) {
        let claims = &site.events[event].term.claims;
        let in_force = claims.iter().filter(|claim| is_in_force(&site.briefings, **claim));
        let (denies, says): (Vec<ClaimIx>, Vec<ClaimIx>) =
            in_force.partition(|claim| site.claim(**claim).denies);
        let assessment = site.assessment_of_event(event);
        for (claims, support) in [(says, &assessment.says), (denies, &assessment.denies)] {
            let status = support.strength.status();
            if !claims.iter().any(|ix| leaves_status_open(site.claim(*ix), status, assessment.is_contested()))
            {
                continue;
            }
            if support.lacks_records() {
                self.add_records(site, &claims, &support.unrecorded);
            }
            let independence = &site.assessments.independence;
            let speaking = speaking(independence, &site.briefings, &claims);
            if independence.strength(&speaking, Sides::UnwrittenAsNone).status() > status {
                self.add_sides(independence, &speaking);
            }
        }
    }

    fn add_records(&mut self, site: &Content, claims: &[ClaimIx], unrecorded: &[SourceIx]) {
        for claim in claims {
            let source = site.linked_claim(*claim).source;
            if let Some(source) = source.filter(|source| unrecorded.binary_search(source).is_ok()) {
                self.records.entry(source).or_default().insert(*claim);
            }
        }
    }

    fn add_sides(&mut self, independence: &Independence, speaking: &[SourceIx]) {
        self.sides.extend(speaking.iter().flat_map(|source| independence.without_written_side(*source)));
    }
}

/// Readers see what the sources of a claim support: the writer has not said less, nor why it is more.
fn leaves_status_open(claim: &Claim, ceiling: Status, is_contested: bool) -> bool {
    match &claim.status {
        None => !is_contested,
        Some(status) => {
            status.value < Status::Confirmed && status.value > ceiling && claim.status_why.is_none()
        }
    }
}

/// A warning for each source of which something is not declared that decides a status.
pub fn check(site: &Content, diagnostics: &mut Diagnostics<'_>) {
    let events: Vec<EventIx> = site.events.indices().collect();
    let undeclared = Undeclared::of(site, &events);
    for (source, claims) in &undeclared.records {
        diagnostics.push(no_record(site, *source, claims, diagnostics));
    }
    for source in &undeclared.sides {
        diagnostics.extend(no_side(site, *source, diagnostics));
    }
}

fn no_record(
    site: &Content,
    source: SourceIx,
    claims: &BTreeSet<ClaimIx>,
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let term = &site.sources[source].term;
    let place = |ix: &ClaimIx| -> (&str, Span) {
        (&site.briefings[ix.briefing].article.file, site.claim(*ix).source.span)
    };
    let (file, span) = claims.iter().map(place).min().expect("a source is listed with a claim");
    let message = format!("\"{}\" has no record, and so adds no origin", term.name);
    let label = match claims.len() {
        1 => "the status of this claim depends on it".to_owned(),
        count => format!("the status of {count} claims depends on it"),
    };
    let mut diagnostic =
        Diagnostic::warning(Code::UNRECORDED_ORIGIN, message).at(diagnostics.place(file, span)).label(label);
    if let Some(name) = other_name(site, source, claims) {
        diagnostic = diagnostic.help(format!("if \"{name}\" is meant, write that name"));
    }
    let title = toml::Value::from(&*term.name);
    let party = if site.config.parties.is_empty() { "" } else { "\nparty = \"none\"" };
    diagnostic.help(format!(
        "if it is independent of the others, say so in content/sources/{}.md:\n+++\ntitle = {title}{party}\n+++{}",
        term.id,
        parties_in_words(site),
    ))
}

/// With how many other sources of an event a name is compared.
const MOST_COMPARED: usize = 200;

/// The name of another source that is near, with a record or among those that report the same: with a record for
/// each, one source would count as two.
fn other_name<'s>(site: &'s Content, source: SourceIx, claims: &BTreeSet<ClaimIx>) -> Option<&'s str> {
    let is_shown = |ix: &SourceIx| *ix != source && !site.sources[*ix].is_protected();
    if let Some(near) = site.sources[source].near.filter(is_shown) {
        return Some(site.source_name(near, DEFAULT_LANGUAGE));
    }
    let events = claims.iter().filter_map(|claim| site.linked_claim(*claim).event);
    let of_events = events.flat_map(|event| &site.events[event].term.claims);
    let others = of_events.filter_map(|claim| site.linked_claim(*claim).source).filter(is_shown);
    let names = others.map(|ix| &*site.sources[ix].term.name).take(MOST_COMPARED);
    did_you_mean(&site.sources[source].term.name, names)
}

/// The other values of `party`, if the site has any.
fn parties_in_words(site: &Content) -> String {
    let parties: Vec<String> =
        site.config.parties.iter().map(|party| format!("\"{}\"", party.id.as_str())).collect();
    match parties.as_slice() {
        [] => String::new(),
        parties => format!("\nor party = {} or \"unknown\"", parties.join(", ")),
    }
}

fn no_side(site: &Content, source: SourceIx, diagnostics: &Diagnostics<'_>) -> Option<Diagnostic> {
    let record = site.sources[source].term.record.as_deref()?;
    let name = site.source_name(source, DEFAULT_LANGUAGE);
    let message = format!("no record says on which side \"{name}\" is, and a status depends on it");
    let span = if record.protected { record.id_span } else { record.title_span };
    let sides = site.config.parties.iter().map(|party| format!("\"{}\"", party.id.as_str()));
    let others: Vec<String> = sides.chain(["\"unknown\"".to_owned()]).collect();
    Some(
        Diagnostic::warning(Code::UNKNOWN_PARTY, message)
            .at(diagnostics.place(&record.file, span))
            .label("counts as of an unknown side")
            .help(format!(
                "write party = \"none\" if it is of no side; else party = {}",
                others.join(" or ")
            )),
    )
}
