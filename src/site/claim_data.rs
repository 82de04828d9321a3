//! A claim as open data has it.
//!
//! Owns the fields of a claim in `data/claims.json`, and so what a later build knows of the last publish. The
//! values are those of pages in the default language: a protected source has its label and no id.
//!
//! Invariant: a field is never renamed and never gets another meaning; a field that is missing in an older file
//! has its default.

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::indices::{ClaimIx, DEFAULT_LANGUAGE, NeighbourhoodIx, SourceIx};
use super::linked::Site;
use super::page::Page;
use crate::model::{Briefing, Claim, Evidence, Figure, Word as _};
use crate::time::{Moment, When};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimData {
    // The first field: readers of a line need not parse the rest to know whose claim it is.
    pub briefing: String,
    pub id: String,
    /// The id is the number of the claim in its briefing.
    #[serde(default)]
    pub numbered: bool,
    /// Relative to the root of the site, with its fragment.
    pub page: String,
    /// RFC 3339 in the site's zone, like all times.
    pub published: String,
    /// When the briefing was last updated.
    #[serde(default)]
    pub updated: Option<String>,
    pub added: String,
    /// When the claim or its whole briefing was corrected, in order of time.
    #[serde(default)]
    pub corrections: Vec<String>,
    pub text: String,
    #[serde(default)]
    pub kind: Option<String>,
    /// None: unattributed.
    #[serde(default)]
    pub source: Option<NameData>,
    #[serde(default)]
    pub via: Vec<NameData>,
    #[serde(default)]
    pub neighbourhoods: Vec<NameData>,
    /// EDTF.
    #[serde(default)]
    pub happened: Option<String>,
    /// EDTF.
    #[serde(default)]
    pub said: Option<String>,
    #[serde(default)]
    pub topic: Option<String>,
    /// The id of an event.
    #[serde(default)]
    pub event: Option<String>,
    #[serde(default)]
    pub denies: bool,
    pub status: String,
    /// The status was written, and not computed.
    #[serde(default)]
    pub status_is_written: bool,
    #[serde(default)]
    pub status_why: Option<String>,
    #[serde(default)]
    pub credibility: Option<u8>,
    #[serde(default)]
    pub figure: Option<FigureData>,
    #[serde(default)]
    pub evidence: Vec<EvidenceData>,
}

/// A source or a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NameData {
    /// None for a protected source.
    pub id: Option<String>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureData {
    pub measure: String,
    pub said: Option<String>,
    /// Without a fraction if it has none.
    pub min: Option<Number>,
    pub best: Option<Number>,
    pub max: Option<Number>,
    pub vague: bool,
    pub rounded: bool,
    pub who: Option<String>,
    /// EDTF.
    pub period: Option<String>,
    pub cumulative: bool,
    /// The id of a claim of the same briefing.
    pub part_of: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceData {
    pub url: String,
    pub archived: Option<String>,
    pub captured: Option<String>,
    pub sha256: Option<String>,
}

impl Site {
    /// A claim as open data has it.
    #[must_use]
    pub fn claim_data(&self, ix: ClaimIx) -> ClaimData {
        let briefing = &self.briefings[ix.briefing].article;
        let (claim, linked) = (self.claim(ix), self.linked_claim(ix));
        let time = |moment: Moment| self.config.timezone.local(moment).to_string();
        let path = self.path(DEFAULT_LANGUAGE, Page::Briefing(ix.briefing));
        ClaimData {
            briefing: briefing.id.to_string(),
            id: claim.id.value.to_string(),
            numbered: !claim.has_own_id,
            page: format!("{path}#claim-{}", claim.id.value),
            published: time(briefing.date),
            updated: briefing.updated.map(time),
            added: time(linked.added),
            corrections: corrected_at(briefing, claim).into_iter().map(time).collect(),
            text: claim.text.to_string(),
            kind: claim.kind.map(|kind| kind.word().to_owned()),
            source: linked.source.map(|ix| self.source_data(ix)),
            via: linked.via.iter().map(|ix| self.source_data(*ix)).collect(),
            neighbourhoods: linked.neighbourhoods.iter().map(|ix| self.place_data(*ix)).collect(),
            happened: edtf(claim.happened),
            said: edtf(claim.said),
            topic: text(claim.topic.as_deref()),
            event: linked.event.map(|ix| self.events[ix].term.id.to_string()),
            denies: claim.denies,
            status: self.status(ix).word().to_owned(),
            status_is_written: claim.status.is_some(),
            status_why: text(claim.status_why.as_deref()),
            credibility: claim.credibility,
            figure: claim.figure.as_deref().map(figure_data),
            evidence: claim.evidence.iter().map(|evidence| evidence_data(evidence, time)).collect(),
        }
    }

    /// A source as open data has it.
    #[must_use]
    pub fn source_data(&self, ix: SourceIx) -> NameData {
        let id = (!self.sources[ix].is_protected()).then(|| self.sources[ix].term.id.to_string());
        NameData { id, name: self.source_name(ix, DEFAULT_LANGUAGE).to_owned() }
    }

    fn place_data(&self, ix: NeighbourhoodIx) -> NameData {
        let name = self.neighbourhood_name(ix, DEFAULT_LANGUAGE).to_owned();
        NameData { id: Some(self.neighbourhoods[ix].term.id.to_string()), name }
    }
}

fn corrected_at(briefing: &Briefing, claim: &Claim) -> Vec<Moment> {
    let of_claim = briefing
        .corrections
        .iter()
        .filter(|correction| correction.claim.as_ref().is_none_or(|id| id.value == claim.id.value));
    let mut at: Vec<Moment> = of_claim.map(|correction| correction.at).collect();
    at.sort_unstable();
    at
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn edtf(when: Option<When>) -> Option<String> {
    when.map(|when| when.to_string())
}

/// Rust prints a float without a fraction as a whole number, and JSON's reader keeps it one.
fn number(number: f64) -> Option<Number> {
    number.to_string().parse().ok()
}

fn figure_data(figure: &Figure) -> FigureData {
    FigureData {
        measure: figure.measure.to_string(),
        said: text(figure.said.as_deref()),
        min: figure.min.and_then(number),
        best: figure.best.and_then(number),
        max: figure.max.and_then(number),
        vague: figure.vague,
        rounded: figure.rounded,
        who: text(figure.who.as_deref()),
        period: edtf(figure.period),
        cumulative: figure.cumulative,
        part_of: figure.part_of.as_ref().map(|id| id.value.to_string()),
    }
}

fn evidence_data(evidence: &Evidence, time: impl Fn(Moment) -> String) -> EvidenceData {
    EvidenceData {
        url: evidence.url.to_string(),
        archived: text(evidence.archived.as_deref()),
        captured: evidence.captured.map(time),
        sha256: text(evidence.sha256.as_deref()),
    }
}
