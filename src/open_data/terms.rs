//! Sources, neighbourhoods and events as open data has them.

use super::claims::number;
use super::parts::{NameData, names, page, source, text, time};
use super::table::DataTable;
use super::value::{ByLanguage, DataId, DataPage, DataTime, DataUrl, DataWord, records};
use crate::model::{Currency, Naming, Precision, Sees};
use crate::site::{DEFAULT_LANGUAGE, Dataset, EventIx, NeighbourhoodIx, Page, Site, SourceIx};
use serde_json::Number;

records! {
    /// Who says something. Protected sources are not among them.
    SourceData {
        /// Its id.
        id: DataId,
        /// Its address below the root of the site.
        page: DataPage,
        /// Its name in the language of the site.
        name: String,
        /// Its short name.
        short: Option<String>,
        /// Other ways to write its name.
        spellings: Vec<String>,
        /// What kind of source it is: a word of the program or of the site.
        kind: Option<String>,
        /// The side of the conflict that it is on: `none`, `unknown` or one of the parties of the site.
        party: Option<String>,
        /// How the source learns what it reports.
        sees: Option<DataWord<Sees>>,
        /// Who owns it. Sources of one owner are one origin.
        owner: Option<String>,
        /// The sources that it mainly passes on.
        relays: Vec<NameData>,
        /// Its own site.
        url: Option<DataUrl>,
        /// When the record was last found to be still so.
        checked: Option<DataTime>,
        /// The site describes it. Else only its name is known, and it adds no origin to others.
        described: bool,
        /// The name in other languages, where it differs.
        name_in: ByLanguage<String>,
    }

    /// A place.
    NeighbourhoodData {
        /// Its id.
        id: DataId,
        /// Its address below the root of the site.
        page: DataPage,
        /// Its name in the language of the site.
        name: String,
        /// Other ways to write its name.
        spellings: Vec<String>,
        /// The id of the place that it is a part of.
        parent: Option<DataId>,
        /// Degrees north of its point.
        lat: Option<Number>,
        /// Degrees east of its point.
        lon: Option<Number>,
        /// How large the place around the point is. More decimals do not make it more precise.
        precision: Option<DataWord<Precision>>,
        /// The map shows its outline.
        outlined: bool,
        /// Its P-code.
        pcode: Option<String>,
        /// Its number in GeoNames.
        geonames: Option<String>,
        /// Its id in Wikidata.
        wikidata: Option<String>,
        /// When the record was last found to be still so.
        checked: Option<DataTime>,
        /// The name in other languages, where it differs.
        name_in: ByLanguage<String>,
    }

    /// What several claims are about.
    EventData {
        /// Its id.
        id: DataId,
        /// Its address below the root of the site.
        page: DataPage,
        /// Its name in the language of the site.
        name: String,
        /// When the record was last found to be still so.
        checked: Option<DataTime>,
        /// The name in other languages, where it differs.
        name_in: ByLanguage<String>,
    }
}

impl DataTable for SourceData {
    const DATASET: Dataset = Dataset::Sources;
    const TITLE: &'static str = "Sources";

    type Part = SourceIx;

    fn parts(site: &Site) -> Vec<SourceIx> {
        site.listed_sources().collect()
    }

    fn records(site: &Site, part: &SourceIx) -> Vec<Self> {
        let ix = *part;
        let source_of = &site.sources[ix];
        let record = source_of.term.record.as_deref();
        vec![Self {
            id: DataId(source_of.term.id.to_string()),
            page: page(site, Page::Source(ix, 0)),
            name: site.source_name(ix, DEFAULT_LANGUAGE).to_owned(),
            short: text(record.and_then(|record| record.short.as_deref())),
            spellings: record.map(|record| spellings(&record.naming)).unwrap_or_default(),
            kind: record.and_then(|record| record.kind.as_ref()).map(|kind| kind.id().to_owned()),
            party: record.map(|record| record.party.to_string()),
            sees: record.map(|record| record.sees.into()),
            owner: text(record.and_then(|record| record.owner.as_deref())),
            relays: source_of.relays.iter().map(|ix| source(site, *ix)).collect(),
            url: record.and_then(|record| record.url.as_deref()).map(|url| DataUrl(url.to_owned())),
            checked: record.and_then(|record| checked(site, &record.currency)),
            described: record.is_some(),
            name_in: names(site, |language| site.source_name(ix, language)),
        }]
    }
}

impl DataTable for NeighbourhoodData {
    const DATASET: Dataset = Dataset::Neighbourhoods;
    const TITLE: &'static str = "Neighbourhoods";
    const REFERENCES: &'static [(&'static str, Dataset)] = &[("parent", Dataset::Neighbourhoods)];

    type Part = NeighbourhoodIx;

    fn parts(site: &Site) -> Vec<NeighbourhoodIx> {
        site.neighbourhoods.indices().collect()
    }

    fn records(site: &Site, part: &NeighbourhoodIx) -> Vec<Self> {
        vec![Self::new(site, *part)]
    }
}

impl NeighbourhoodData {
    pub fn new(site: &Site, ix: NeighbourhoodIx) -> Self {
        let place = &site.neighbourhoods[ix];
        let record = place.term.record.as_deref();
        let point = record.and_then(|record| record.point);
        let code = |name: &str| text(record.and_then(|record| record.codes.get(name)).map(AsRef::as_ref));
        Self {
            id: DataId(place.term.id.to_string()),
            page: page(site, Page::Neighbourhood(ix, 0)),
            name: site.neighbourhood_name(ix, DEFAULT_LANGUAGE).to_owned(),
            spellings: record.map(|record| spellings(&record.naming)).unwrap_or_default(),
            parent: place.parent.map(|parent| DataId(site.neighbourhoods[parent].term.id.to_string())),
            lat: point.and_then(|point| number(point.lat)),
            lon: point.and_then(|point| number(point.lon)),
            precision: point.map(|point| point.precision.into()),
            outlined: site.outlines.contains_key(&ix),
            pcode: code("pcode"),
            geonames: code("geonames"),
            wikidata: code("wikidata"),
            checked: record.and_then(|record| checked(site, &record.currency)),
            name_in: names(site, |language| site.neighbourhood_name(ix, language)),
        }
    }
}

impl DataTable for EventData {
    const DATASET: Dataset = Dataset::Events;
    const TITLE: &'static str = "Events";

    type Part = EventIx;

    fn parts(site: &Site) -> Vec<EventIx> {
        site.events.indices().collect()
    }

    fn records(site: &Site, part: &EventIx) -> Vec<Self> {
        let ix = *part;
        let term = &site.events[ix].term;
        vec![Self {
            id: DataId(term.id.to_string()),
            page: page(site, Page::Event(ix, 0)),
            name: site.event_name(ix, DEFAULT_LANGUAGE).to_owned(),
            checked: term.record.as_ref().and_then(|record| checked(site, &record.currency)),
            name_in: names(site, |language| site.event_name(ix, language)),
        }]
    }
}

fn spellings(naming: &Naming) -> Vec<String> {
    naming.spellings.iter().map(|name| name.value.to_string()).collect()
}

fn checked(site: &Site, currency: &Currency) -> Option<DataTime> {
    currency.checked.as_ref().map(|checked| time(site, checked.value))
}
