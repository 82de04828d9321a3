//! A claim as open data has it, and so what a later build knows of the last publish.
//!
//! Invariant: a field that is missing in an older file has its default.

use serde::Deserialize;
use serde_json::Number;

use super::parts::{
    NameData, claim_page, corrected_at, date, full_id, neighbourhood, source, text, time, translated_by_id,
};
use super::table::DataTable;
use super::value::{ByLanguage, DataDate, DataId, DataPage, DataTime, DataUrl, DataWord, records};
use crate::model::{ClaimKind, Evidence, Figure, Status};
use crate::site::{BriefingIx, ClaimIx, Dataset, Page, RepeatIx, Site};

records! {
    /// One statement by one source. It is no fact: its status says how sure it is.
    #[derive(Deserialize)]
    ClaimData {
        /// The id of its briefing.
        briefing: DataId = "#meta+briefing",
        /// Its id in the briefing.
        id: DataId,
        /// Its id is its number in the briefing, which changes if a claim is put before it.
        #[serde(default)]
        numbered: bool,
        /// Its address below the root of the site.
        page: DataPage = "#meta+page",
        /// When its briefing was published.
        published: DataTime = "#date+published",
        /// When its briefing was last updated.
        updated: Option<DataTime> = "#date+updated",
        /// When it was added to the briefing.
        added: DataTime = "#date+added",
        /// When it or its whole briefing was corrected, in order of time.
        #[serde(default)]
        corrections: Vec<DataTime>,
        /// What the source says, in the language of the site.
        text: String = "#description",
        /// What kind of statement it is.
        kind: Option<DataWord<ClaimKind>> = "#meta+kind",
        /// Who says so. None: unattributed.
        source: Option<NameData> = "#meta+source",
        /// Who passed it on. They add no support.
        #[serde(default)]
        via: Vec<NameData> = "#meta+via+list",
        /// Where it is about.
        #[serde(default)]
        neighbourhoods: Vec<NameData> = "#loc+list",
        /// When it happened.
        happened: Option<DataDate> = "#meta+occurred+edtf",
        /// When it was said.
        said: Option<DataDate> = "#meta+said+edtf",
        /// One of the topics of the site.
        topic: Option<String> = "#sector",
        /// The id of the event that it is about.
        event: Option<DataId> = "#event+id",
        /// It says that the other claims about the event are wrong.
        #[serde(default)]
        denies: bool,
        /// How sure it is.
        status: DataWord<Status> = "#status",
        /// A person set the status. Else it follows from the origins.
        #[serde(default)]
        status_is_written: bool,
        /// Why a person set it so.
        status_why: Option<String> = "#status+why",
        /// How credible this statement is to the writers, from 1 (confirmed) to 6 (cannot be judged).
        credibility: Option<u8>,
        /// What it counts.
        figure: Option<FigureData>,
        /// Where it can be checked.
        #[serde(default)]
        evidence: Vec<EvidenceData>,
        /// Its id among all claims: the ids of the briefing and of the claim.
        #[serde(default)]
        full_id: DataId = "#meta+id",
        /// The text in other languages.
        #[serde(default)]
        text_in: ByLanguage<String> = "#description",
        /// `status_why` in other languages.
        #[serde(default)]
        status_why_in: ByLanguage<String>,
        /// Sources disagree about it or about its event.
        #[serde(default)]
        contested: bool,
        /// How many independent origins say so, for it or for its event.
        #[serde(default)]
        origins: usize,
        /// How many sources made it or passed it on, or others about its event.
        #[serde(default)]
        outlets: usize,
        /// When it was last found to be still so.
        checked: Option<DataTime> = "#date+checked",
        /// Where later briefings state it again. It is one claim however often it is repeated.
        #[serde(default)]
        repeats: Vec<RepeatData>,
        /// Ids that it had earlier in the briefing.
        #[serde(default)]
        aliases: Vec<DataId>,
    }

    /// A count as its source gave it: a range, and not a number.
    #[derive(Deserialize)]
    FigureData {
        /// What is counted, in the words of the writer.
        measure: String = "#indicator+name",
        /// The number in the words of the source.
        said: Option<String> = "#indicator+said",
        /// At least so many.
        min: Option<Number> = "#indicator+value+num+min",
        /// The best estimate of the source.
        best: Option<Number> = "#indicator+value+num+best",
        /// At most so many.
        max: Option<Number> = "#indicator+value+num+max",
        /// The source gives no number, as in "dozens".
        vague: bool = "#indicator+vague",
        /// The number is rounded.
        rounded: bool = "#indicator+rounded",
        /// Who was counted.
        who: Option<String> = "#indicator+who",
        /// The time over which it counts.
        period: Option<DataDate> = "#meta+period+edtf",
        /// A running total: it includes what earlier figures count.
        cumulative: bool = "#indicator+cumulative",
        /// The id of the claim of the same briefing whose figure includes this one.
        part_of: Option<DataId>,
    }

    /// Where a claim can be checked.
    #[derive(Deserialize)]
    EvidenceData {
        /// The address.
        url: DataUrl,
        /// The address of an archived copy.
        archived: Option<DataUrl>,
        /// When the copy was made.
        captured: Option<DataTime>,
        /// The SHA-256 digest of what was seen.
        sha256: Option<String>,
    }

    /// A briefing that states a claim again.
    #[derive(Deserialize)]
    RepeatData {
        /// The id of the briefing.
        briefing: DataId,
        /// The address of the claim there.
        page: DataPage,
        /// What its writers add there.
        note: Option<String>,
    }
}

impl DataTable for ClaimData {
    const DATASET: Dataset = Dataset::Claims;
    const TITLE: &'static str = "Claims";
    const KEY: &'static [&'static str] = &["full_id"];
    const REFERENCES: &'static [(&'static str, Dataset)] =
        &[("briefing", Dataset::Briefings), ("source_id", Dataset::Sources), ("event", Dataset::Events)];

    type Part = BriefingIx;

    fn parts(site: &Site) -> Vec<BriefingIx> {
        site.briefings_by_id()
    }

    fn records(site: &Site, part: &BriefingIx) -> Vec<Self> {
        site.claims_of(*part).map(|claim| Self::new(site, claim)).collect()
    }
}

impl ClaimData {
    #[must_use]
    pub fn new(site: &Site, ix: ClaimIx) -> Self {
        let briefing = &site.briefings[ix.briefing];
        let article = &briefing.article;
        let (claim, linked) = (site.claim(ix), site.linked_claim(ix));
        let assessment = site.assessment(ix);
        let (id, why) = (&claim.id.value, claim.status_why.as_deref());
        let in_languages = |original, texts: fn(&_) -> &_| {
            translated_by_id(site, &briefing.translations, original, id, texts)
        };
        Self {
            briefing: DataId(article.id.to_string()),
            id: DataId(id.to_string()),
            numbered: !claim.has_own_id,
            page: claim_page(site, Page::Briefing(ix.briefing), id),
            published: time(site, article.date),
            updated: article.updated.map(|at| time(site, at)),
            added: time(site, linked.added),
            corrections: corrected_at(article, claim).into_iter().map(|at| time(site, at)).collect(),
            text: claim.text.to_string(),
            kind: claim.kind.map(DataWord::from),
            source: linked.source.map(|ix| source(site, ix)),
            via: linked.via.iter().map(|ix| source(site, *ix)).collect(),
            neighbourhoods: linked.neighbourhoods.iter().map(|ix| neighbourhood(site, *ix)).collect(),
            happened: date(claim.happened),
            said: date(claim.said),
            topic: text(claim.topic.as_deref()),
            event: linked.event.map(|ix| DataId(site.events[ix].term.id.to_string())),
            denies: claim.denies,
            status: site.status(ix).into(),
            status_is_written: claim.status.is_some(),
            status_why: text(why),
            credibility: claim.credibility,
            figure: claim.figure.as_deref().map(|figure| FigureData::new(site, ix, figure)),
            evidence: claim.evidence.iter().map(|evidence| EvidenceData::new(site, evidence)).collect(),
            full_id: full_id(&article.id, id),
            text_in: in_languages(Some(&*claim.text), |all| &all.claim_text),
            status_why_in: in_languages(why, |all| &all.status_why),
            contested: site.is_contested(ix),
            origins: assessment.says.origins.len(),
            outlets: assessment.says.outlets,
            checked: site.checked(ix).map(|at| time(site, at)),
            repeats: site.repeats_of(ix).iter().map(|ix| RepeatData::new(site, *ix)).collect(),
            aliases: claim.aliases.iter().map(|alias| DataId(alias.to_string())).collect(),
        }
    }
}

impl FigureData {
    pub(super) fn new(site: &Site, claim: ClaimIx, figure: &Figure) -> Self {
        let whole = whole_of(site, claim).map(|whole| DataId(site.claim(whole).id.value.to_string()));
        Self {
            measure: figure.measure.to_string(),
            said: text(figure.said.as_deref()),
            min: figure.min.and_then(number),
            best: figure.best.and_then(number),
            max: figure.max.and_then(number),
            vague: figure.vague,
            rounded: figure.rounded,
            who: text(figure.who.as_deref()),
            period: date(figure.period),
            cumulative: figure.cumulative,
            part_of: whole,
        }
    }
}

/// The claim whose figure includes that of this one. It may be later than a site as it was known earlier.
pub fn whole_of(site: &Site, ix: ClaimIx) -> Option<ClaimIx> {
    let id = &site.claim(ix).figure.as_ref()?.part_of.as_ref()?.value;
    let whole = site.claims_of(ix.briefing).find(|other| site.claim(*other).id.value == *id)?;
    site.claim(whole).figure.is_some().then_some(whole)
}

/// Rust prints a float without a fraction as a whole number, and JSON's reader keeps it one.
pub fn number(number: f64) -> Option<Number> {
    number.to_string().parse().ok()
}

impl EvidenceData {
    fn new(site: &Site, evidence: &Evidence) -> Self {
        Self {
            url: DataUrl(evidence.url.to_string()),
            archived: evidence.archived.as_deref().map(|url| DataUrl(url.to_owned())),
            captured: evidence.captured.map(|at| time(site, at)),
            sha256: text(evidence.sha256.as_deref()),
        }
    }
}

impl RepeatData {
    fn new(site: &Site, ix: RepeatIx) -> Self {
        let repeat = site.repeat(ix);
        Self {
            briefing: DataId(site.briefings[ix.0].article.id.to_string()),
            page: claim_page(site, Page::Briefing(ix.0), &repeat.id.value),
            note: text(repeat.note.as_deref()),
        }
    }
}
