//! Figures as open data has them, each with its owner and its claim. Adds nothing up.

use super::claims::{FigureData, whole_of};
use super::parts::{NameData, claim_page, date, full_id_of, neighbourhood, source, time, translated_by_id};
use super::table::DataTable;
use super::value::{ByLanguage, DataDate, DataId, DataPage, DataTime, DataWord, records};
use crate::model::Status;
use crate::site::{ClaimIx, Dataset, FigureIx, Page, Site};

records! {
    /// A count of one source. Never add up figures of different sources: they may count the same people.
    OwnedFigure {
        /// The id of its claim among all claims.
        id: DataId = "#meta+id",
        /// The id of its briefing.
        briefing: DataId = "#meta+briefing",
        /// The address of its claim below the root of the site.
        page: DataPage = "#meta+page",
        /// The count.
        figure: FigureData,
        /// Who counted. None: unattributed.
        source: Option<NameData> = "#meta+source",
        /// Who passed it on.
        via: Vec<NameData> = "#meta+via+list",
        /// Where.
        neighbourhoods: Vec<NameData> = "#loc+list",
        /// When it happened.
        happened: Option<DataDate> = "#meta+occurred+edtf",
        /// When it was added to the briefing.
        added: DataTime = "#date+added",
        /// How sure the claim is.
        status: DataWord<Status> = "#status",
        /// The claim, in the language of the site.
        text: String = "#description",
        /// The id of the figure that includes this one.
        whole: Option<DataId> = "#meta+whole",
        /// The id of a newer figure that is the same: the same source, numbers, places and times. Pages show both as one.
        same_as: Option<DataId> = "#meta+same",
        /// The claim in other languages.
        text_in: ByLanguage<String> = "#description",
        /// The number in the words of the source, in other languages.
        said_in: ByLanguage<String>,
        /// Who was counted, in other languages.
        who_in: ByLanguage<String>,
    }
}

impl DataTable for OwnedFigure {
    const DATASET: Dataset = Dataset::Figures;
    const TITLE: &'static str = "Figures";
    const REFERENCES: &'static [(&'static str, Dataset)] = &[
        ("id", Dataset::Claims),
        ("briefing", Dataset::Briefings),
        ("source_id", Dataset::Sources),
        ("whole", Dataset::Figures),
        ("same_as", Dataset::Figures),
    ];

    type Part = FigureIx;

    fn parts(site: &Site) -> Vec<FigureIx> {
        site.figures.indices().collect()
    }

    fn records(site: &Site, part: &FigureIx) -> Vec<Self> {
        let claims = &site.figures[*part].claims;
        let records = claims.iter().enumerate().filter_map(|(position, ix)| {
            let shown = claims.first().filter(|_| position > 0);
            Self::new(site, *ix, shown.copied())
        });
        records.collect()
    }
}

impl OwnedFigure {
    /// `shown` is the newer claim that pages show instead of this one.
    fn new(site: &Site, ix: ClaimIx, shown: Option<ClaimIx>) -> Option<Self> {
        let briefing = &site.briefings[ix.briefing];
        let (claim, linked) = (site.claim(ix), site.linked_claim(ix));
        let figure = claim.figure.as_deref()?;
        let in_languages = |original, texts: fn(&_) -> &_| {
            translated_by_id(site, &briefing.translations, original, &claim.id.value, texts)
        };
        Some(Self {
            id: full_id_of(site, ix),
            briefing: DataId(briefing.article.id.to_string()),
            page: claim_page(site, Page::Briefing(ix.briefing), &claim.id.value),
            figure: FigureData::new(site, ix, figure),
            source: linked.source.map(|ix| source(site, ix)),
            via: linked.via.iter().map(|ix| source(site, *ix)).collect(),
            neighbourhoods: linked.neighbourhoods.iter().map(|ix| neighbourhood(site, *ix)).collect(),
            happened: date(claim.happened),
            added: time(site, linked.added),
            status: site.status(ix).into(),
            text: claim.text.to_string(),
            whole: whole_of(site, ix).map(|whole| full_id_of(site, whole)),
            same_as: shown.map(|shown| full_id_of(site, shown)),
            text_in: in_languages(Some(&*claim.text), |all| &all.claim_text),
            said_in: in_languages(figure.said.as_deref(), |all| &all.figure_said),
            who_in: in_languages(figure.who.as_deref(), |all| &all.figure_who),
        })
    }
}
