//! The sources, neighbourhoods and events, by id.

use super::filter::Filter;
use super::held::Inventory;
use super::rows::{ListCell, ListColumn, Listing};
use crate::config::KindOfSource;
use crate::site::{DEFAULT_LANGUAGE, Record, Term};

const ID: ListColumn = ListColumn { name: "id", width: 32 };
const NAME: ListColumn = ListColumn { name: "name", width: 40 };
const BRIEFINGS: ListColumn = ListColumn { name: "briefings", width: 9 };
const CLAIMS: ListColumn = ListColumn { name: "claims", width: 6 };
const LATEST: ListColumn = ListColumn { name: "latest", width: 16 };
const RECORD: ListColumn = ListColumn { name: "record", width: 48 };
const UNTRANSLATED: ListColumn = ListColumn { name: "untranslated", width: 0 };

const SOURCES: &[ListColumn] = &[
    ID,
    NAME,
    ListColumn { name: "kind", width: 14 },
    ListColumn { name: "party", width: 12 },
    BRIEFINGS,
    CLAIMS,
    ListColumn { name: "relayed", width: 7 },
    LATEST,
    RECORD,
    UNTRANSLATED,
];

const NEIGHBOURHOODS: &[ListColumn] =
    &[ID, NAME, ListColumn { name: "parent", width: 24 }, BRIEFINGS, CLAIMS, LATEST, RECORD, UNTRANSLATED];

const EVENTS: &[ListColumn] = &[ID, NAME, BRIEFINGS, CLAIMS, LATEST, RECORD, UNTRANSLATED];

fn is_wanted<R: Record>(inventory: &Inventory, term: &Term<R>, filter: &Filter) -> bool {
    let missing = || inventory.untranslated(&term.translations);
    (!filter.without_record || term.record.is_none())
        && filter.untranslated.as_ref().is_none_or(|language| missing().contains(language))
        && filter.takes_time(inventory.latest(term), inventory.now)
}

fn counts<R: Record>(inventory: &Inventory, term: &Term<R>) -> [ListCell; 3] {
    let latest = inventory.latest(term).map(|at| inventory.local(at));
    [ListCell::Number(term.briefings.len()), ListCell::Number(term.claims.len()), latest.into()]
}

fn record_and_languages<R: Record>(inventory: &Inventory, term: &Term<R>) -> [ListCell; 2] {
    let file = term.record.as_deref().map(|record| &*record.file);
    [file.into(), ListCell::List(inventory.untranslated(&term.translations))]
}

pub(super) fn sources(inventory: &Inventory, filter: &Filter) -> Listing {
    let site = &inventory.site;
    let wanted = site.sources.enumerated().filter(|(_, source)| is_wanted(inventory, &source.term, filter));
    let rows = wanted.map(|(ix, source)| {
        let term = &source.term;
        let [briefings, claims, latest] = counts(inventory, term);
        let [record, languages] = record_and_languages(inventory, term);
        // Its id and the name of its file may hold a name.
        let (id, record) = if source.is_protected() {
            (ListCell::Nothing, ListCell::Text("protected".to_owned()))
        } else {
            (term.id.as_str().into(), record)
        };
        let kind = term.record.as_ref().and_then(|record| record.kind.as_ref()).map(KindOfSource::id);
        let party = term.record.as_ref().map(|record| record.party.to_string());
        let relayed = ListCell::Number(source.relayed.len());
        let name = inventory.source_name(ix).as_str().into();
        vec![
            id,
            name,
            kind.into(),
            party.as_deref().into(),
            briefings,
            claims,
            relayed,
            latest,
            record,
            languages,
        ]
    });
    Listing { columns: SOURCES, rows: rows.collect() }
}

pub(super) fn neighbourhoods(inventory: &Inventory, filter: &Filter) -> Listing {
    let site = &inventory.site;
    let wanted =
        site.neighbourhoods.enumerated().filter(|(_, place)| is_wanted(inventory, &place.term, filter));
    let rows = wanted.map(|(ix, place)| {
        let [briefings, claims, latest] = counts(inventory, &place.term);
        let [record, languages] = record_and_languages(inventory, &place.term);
        let parent = place.parent.map(|ix| site.neighbourhoods[ix].term.id.as_str());
        let name = site.neighbourhood_name(ix, DEFAULT_LANGUAGE).into();
        vec![place.term.id.as_str().into(), name, parent.into(), briefings, claims, latest, record, languages]
    });
    Listing { columns: NEIGHBOURHOODS, rows: rows.collect() }
}

pub(super) fn events(inventory: &Inventory, filter: &Filter) -> Listing {
    let site = &inventory.site;
    let wanted = site.events.enumerated().filter(|(_, event)| is_wanted(inventory, &event.term, filter));
    let rows = wanted.map(|(ix, event)| {
        let [briefings, claims, latest] = counts(inventory, &event.term);
        let [record, languages] = record_and_languages(inventory, &event.term);
        let name = site.event_name(ix, DEFAULT_LANGUAGE).into();
        vec![event.term.id.as_str().into(), name, briefings, claims, latest, record, languages]
    });
    Listing { columns: EVENTS, rows: rows.collect() }
}
