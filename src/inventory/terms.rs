//! The sources, neighbourhoods and events, by id.

use super::Inventory;
use super::briefings::untranslated;
use super::claims::source_name;
use super::filter::Filter;
use super::rows::{Cell, Column, Listing};
use crate::model::Word as _;
use crate::site::{DEFAULT_LANGUAGE, Record, Term};
use crate::time::Moment;

const ID: Column = Column { name: "id", width: 32 };
const NAME: Column = Column { name: "name", width: 40 };
const BRIEFINGS: Column = Column { name: "briefings", width: 9 };
const CLAIMS: Column = Column { name: "claims", width: 6 };
const LATEST: Column = Column { name: "latest", width: 16 };
const RECORD: Column = Column { name: "record", width: 48 };
const UNTRANSLATED: Column = Column { name: "untranslated", width: 0 };

const SOURCES: &[Column] = &[
    ID,
    NAME,
    Column { name: "kind", width: 14 },
    Column { name: "party", width: 12 },
    BRIEFINGS,
    CLAIMS,
    Column { name: "relayed", width: 7 },
    LATEST,
    RECORD,
    UNTRANSLATED,
];

const NEIGHBOURHOODS: &[Column] =
    &[ID, NAME, Column { name: "parent", width: 24 }, BRIEFINGS, CLAIMS, LATEST, RECORD, UNTRANSLATED];

const EVENTS: &[Column] = &[ID, NAME, BRIEFINGS, CLAIMS, LATEST, RECORD, UNTRANSLATED];

/// When the newest claim about a term, or by it, was added.
pub(super) fn latest<R: Record>(inventory: &Inventory, term: &Term<R>) -> Option<Moment> {
    term.claims.first().map(|ix| inventory.site.linked_claim(*ix).added)
}

fn is_wanted<R: Record>(inventory: &Inventory, term: &Term<R>, filter: &Filter) -> bool {
    let missing = || untranslated(inventory, &term.translations);
    (!filter.without_record || term.record.is_none())
        && filter.untranslated.as_ref().is_none_or(|language| missing().contains(language))
        && filter.takes_time(latest(inventory, term), inventory.now)
}

fn counts<R: Record>(inventory: &Inventory, term: &Term<R>) -> [Cell; 3] {
    let latest = latest(inventory, term).map(|at| inventory.local(at));
    [Cell::Number(term.briefings.len()), Cell::Number(term.claims.len()), latest.into()]
}

fn record_and_languages<R: Record>(inventory: &Inventory, term: &Term<R>) -> [Cell; 2] {
    let file = term.record.as_deref().map(|record| &*record.file);
    [file.into(), Cell::List(untranslated(inventory, &term.translations))]
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
            (Cell::Nothing, Cell::Text("protected".to_owned()))
        } else {
            (term.id.as_str().into(), record)
        };
        let kind = term.record.as_ref().and_then(|record| record.kind).map(|kind| kind.word());
        let party = term.record.as_ref().map(|record| record.party.to_string());
        let relayed = Cell::Number(source.relayed.len());
        let name = source_name(inventory, ix).as_str().into();
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
