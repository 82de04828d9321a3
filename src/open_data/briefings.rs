//! Briefings as open data has them, those that were withdrawn or have expired included.

use super::parts::{NameData, neighbourhood, page, source, text, texts, time, translated};
use super::table::DataTable;
use super::value::{ByLanguage, DataId, DataPage, DataTime, DataWord, records};
use crate::model::{BriefingKind, Translation};
use crate::site::{BriefingIx, Dataset, Page, Site, StubIx, StubReason};
use crate::toml::words;

words!(BriefingState {
    Published = "published",
    Withdrawn = "withdrawn",
    Expired = "expired",
});

records! {
    /// What was published. Of a briefing that is gone, only what its page still says.
    BriefingData {
        /// Its id.
        id: DataId,
        /// Its address below the root of the site.
        page: DataPage,
        /// Whether readers still find it.
        state: DataWord<BriefingState>,
        /// When it was withdrawn or expired.
        ended: Option<DataTime>,
        /// Why it was withdrawn.
        ended_why: Option<String>,
        /// Its title, in the language of the site.
        title: String,
        /// What kind of briefing it is.
        kind: Option<DataWord<BriefingKind>>,
        /// When it was published.
        published: Option<DataTime>,
        /// When it was last updated.
        updated: Option<DataTime>,
        /// It covers what was known up to then.
        as_of: Option<DataTime>,
        /// When it was last found to be still so.
        checked: Option<DataTime>,
        /// Its summary, or else the beginning of its text.
        summary: Option<String>,
        /// Who wrote it.
        authors: Vec<String>,
        /// The places that it is about, those of its claims included.
        neighbourhoods: Vec<NameData>,
        /// Its sources, those of its claims included.
        sources: Vec<NameData>,
        /// What the writers do not know.
        not_known: Vec<String>,
        /// Whom they could not reach.
        not_reached: Vec<String>,
        /// What they know and do not publish.
        withheld: Vec<String>,
        /// The languages of its translations.
        languages: Vec<String>,
        /// The title in other languages.
        title_in: ByLanguage<String>,
        /// The summary in other languages.
        summary_in: ByLanguage<String>,
        /// `ended_why` in other languages.
        ended_why_in: ByLanguage<String>,
        /// `not_known` in other languages.
        not_known_in: ByLanguage<Vec<String>>,
        /// `not_reached` in other languages.
        not_reached_in: ByLanguage<Vec<String>>,
        /// `withheld` in other languages.
        withheld_in: ByLanguage<Vec<String>>,
    }
}

/// A briefing with a page.
#[derive(Clone, Copy)]
pub enum ListedBriefing {
    Shown(BriefingIx),
    /// Its page only says that it is gone.
    Gone(StubIx),
}

/// All of them, by id.
pub fn published(site: &Site) -> Vec<ListedBriefing> {
    let shown =
        site.briefings.enumerated().map(|(ix, briefing)| (&briefing.article.id, ListedBriefing::Shown(ix)));
    let gone = site.stubs.enumerated().map(|(ix, stub)| (&stub.article.id, ListedBriefing::Gone(ix)));
    let mut all: Vec<_> = shown.chain(gone).collect();
    all.sort_by_key(|(id, _)| *id);
    all.into_iter().map(|(_, briefing)| briefing).collect()
}

impl DataTable for BriefingData {
    const DATASET: Dataset = Dataset::Briefings;
    const TITLE: &'static str = "Briefings";

    type Part = ListedBriefing;

    fn parts(site: &Site) -> Vec<ListedBriefing> {
        published(site)
    }

    fn records(site: &Site, part: &ListedBriefing) -> Vec<Self> {
        vec![match *part {
            ListedBriefing::Shown(ix) => Self::shown(site, ix),
            ListedBriefing::Gone(ix) => Self::gone(site, ix),
        }]
    }
}

impl BriefingData {
    fn shown(site: &Site, ix: BriefingIx) -> Self {
        let briefing = &site.briefings[ix];
        let article = &briefing.article;
        let translations = &briefing.translations;
        let list = |list: fn(&Translation) -> &Option<Vec<Box<str>>>| {
            translated(site, translations, |translation| list(translation).as_deref().map(texts))
        };
        Self {
            id: DataId(article.id.to_string()),
            page: page(site, Page::Briefing(ix)),
            state: BriefingState::Published.into(),
            ended: None,
            ended_why: None,
            title: article.title.to_string(),
            kind: article.kind.map(DataWord::from),
            published: Some(time(site, article.date)),
            updated: article.updated.map(|at| time(site, at)),
            as_of: Some(time(site, article.known_until())),
            checked: article.checked.as_ref().map(|checked| time(site, checked.value)),
            summary: text(
                article.summary.as_deref().or(Some(&article.body.lead)).filter(|text| !text.is_empty()),
            ),
            authors: texts(&article.authors),
            neighbourhoods: briefing.neighbourhoods.iter().map(|ix| neighbourhood(site, *ix)).collect(),
            sources: briefing.sources.iter().map(|ix| source(site, *ix)).collect(),
            not_known: texts(&article.not_known),
            not_reached: texts(&article.not_reached),
            withheld: texts(&article.withheld),
            languages: translations.keys().cloned().collect(),
            title_in: translated(site, translations, |translation| text(translation.title.as_deref())),
            summary_in: translated(site, translations, translated_summary),
            ended_why_in: ByLanguage::default(),
            not_known_in: list(|translation| &translation.not_known),
            not_reached_in: list(|translation| &translation.not_reached),
            withheld_in: list(|translation| &translation.withheld),
        }
    }

    fn gone(site: &Site, ix: StubIx) -> Self {
        let stub = &site.stubs[ix];
        let article = &stub.article;
        let state = match stub.reason {
            StubReason::Withdrawn => BriefingState::Withdrawn,
            StubReason::Expired => BriefingState::Expired,
        };
        let translations = &stub.translations;
        let withdrawal = stub.withdrawal();
        let why_in = withdrawal.map(|_| {
            translated(site, translations, |translation| text(translation.withdrawn_why.as_deref()))
        });
        Self {
            id: DataId(article.id.to_string()),
            page: page(site, Page::Stub(ix)),
            state: state.into(),
            ended: Some(time(site, stub.at)),
            ended_why: withdrawal.map(|withdrawal| withdrawal.why.to_string()),
            title: article.title.to_string(),
            kind: None,
            published: None,
            updated: None,
            as_of: None,
            checked: None,
            summary: None,
            authors: Vec::new(),
            neighbourhoods: Vec::new(),
            sources: Vec::new(),
            not_known: Vec::new(),
            not_reached: Vec::new(),
            withheld: Vec::new(),
            languages: translations.keys().cloned().collect(),
            title_in: translated(site, translations, |translation| text(translation.title.as_deref())),
            summary_in: ByLanguage::default(),
            ended_why_in: why_in.unwrap_or_default(),
            not_known_in: ByLanguage::default(),
            not_reached_in: ByLanguage::default(),
            withheld_in: ByLanguage::default(),
        }
    }
}

fn translated_summary(translation: &Translation) -> Option<String> {
    let lead = Some(translation.body.lead.as_ref()).filter(|lead| !lead.is_empty());
    text(translation.summary.as_deref().or(lead))
}
