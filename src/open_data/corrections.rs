//! Corrections as open data has them, and briefings that were withdrawn.

use super::briefings::{ListedBriefing, published};
use super::parts::{claim_page, full_id, page, text, time, translated, translated_by_id};
use super::table::DataTable;
use super::value::{ByLanguage, DataId, DataPage, DataTime, DataWord, records};
use crate::diag::Spanned;
use crate::model::{Correction, CorrectionKind, Translation};
use crate::site::{BriefingIx, Dataset, Page, Site, StubIx, StubReason};

records! {
    /// What was corrected of a claim or a briefing, and why.
    CorrectionData {
        /// The id of its briefing, and its own or else the time of the correction.
        id: DataId,
        /// The id of the briefing.
        briefing: DataId,
        /// The id of the corrected claim among all claims. None: of the whole briefing.
        claim: Option<DataId>,
        /// The address of what was corrected, below the root of the site.
        page: DataPage,
        /// When.
        at: DataTime,
        /// Whether something was wrong, unclear, new or taken back.
        kind: DataWord<CorrectionKind>,
        /// It could have harmed those who relied on it.
        serious: bool,
        /// The corrected field. None: the text in general.
        field: Option<String>,
        /// The whole value before.
        was: Option<String>,
        /// The whole value since.
        now: Option<String>,
        /// Why.
        why: String,
        /// Why, in other languages.
        why_in: ByLanguage<String>,
    }
}

impl DataTable for CorrectionData {
    const DATASET: Dataset = Dataset::Corrections;
    const TITLE: &'static str = "Corrections";
    const REFERENCES: &'static [(&'static str, Dataset)] =
        &[("briefing", Dataset::Briefings), ("claim", Dataset::Claims)];

    type Part = ListedBriefing;

    fn parts(site: &Site) -> Vec<ListedBriefing> {
        published(site)
    }

    fn records(site: &Site, part: &ListedBriefing) -> Vec<Self> {
        match *part {
            ListedBriefing::Shown(ix) => {
                let count = site.briefings[ix].article.corrections.len();
                (0..count).map(|position| Self::new(site, ix, position)).collect()
            }
            ListedBriefing::Gone(ix) if site.stubs[ix].reason == StubReason::Withdrawn => {
                vec![Self::withdrawal(site, ix)]
            }
            ListedBriefing::Gone(_) => Vec::new(),
        }
    }
}

impl CorrectionData {
    fn new(site: &Site, ix: BriefingIx, position: usize) -> Self {
        let briefing = &site.briefings[ix];
        let article = &briefing.article;
        let correction = &article.corrections[position];
        let claim = correction.claim.as_ref().map(|id| &id.value);
        let of = Page::Briefing(ix);
        let why_in = correction.id.as_ref().map(|id| {
            let why = Some(&*correction.why);
            translated_by_id(site, &briefing.translations, why, &id.value, |all| &all.correction_why)
        });
        let value = |value: &Option<Spanned<Box<str>>>| value.as_ref().map(|value| value.value.to_string());
        Self {
            id: DataId(format!("{}/{}", article.id, own_id(&article.corrections, position))),
            briefing: DataId(article.id.to_string()),
            claim: claim.map(|id| full_id(&article.id, id)),
            page: claim.map_or_else(|| page(site, of), |id| claim_page(site, of, id)),
            at: time(site, correction.at),
            kind: correction.kind.into(),
            serious: correction.serious,
            field: correction.field.as_ref().map(|field| field.value.to_string()),
            was: value(&correction.was),
            now: value(&correction.now),
            why: correction.why.to_string(),
            why_in: why_in.unwrap_or_default(),
        }
    }

    /// Of a whole briefing.
    fn withdrawal(site: &Site, ix: StubIx) -> Self {
        let stub = &site.stubs[ix];
        let why = |translation: &Translation| text(translation.withdrawn_why.as_deref());
        Self {
            id: DataId(format!("{}/withdrawal", stub.article.id)),
            briefing: DataId(stub.article.id.to_string()),
            claim: None,
            page: page(site, Page::Stub(ix)),
            at: time(site, stub.at),
            kind: CorrectionKind::Withdrawal.into(),
            serious: true,
            field: None,
            was: None,
            now: None,
            why: stub.withdrawal().map(|withdrawal| withdrawal.why.to_string()).unwrap_or_default(),
            why_in: translated(site, &stub.translations, why),
        }
    }
}

/// The time of a correction without an id, since its position in the file may change; several at one time are
/// numbered. No id has a colon.
fn own_id(corrections: &[Correction], position: usize) -> String {
    let correction = &corrections[position];
    if let Some(id) = &correction.id {
        return id.value.to_string();
    }
    let is_alike = |other: &&Correction| other.id.is_none() && other.at == correction.at;
    match corrections[..position].iter().filter(is_alike).count() {
        0 => correction.at.at.to_string(),
        before => format!("{}-{}", correction.at.at, before + 1),
    }
}
