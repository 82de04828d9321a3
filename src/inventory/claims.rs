//! The claims, newest briefing first, in the order of their files.

use super::Inventory;
use super::briefings::{State, state_of};
use super::filter::Filter;
use super::rows::{Cell, Column, Listing};
use crate::model::Word as _;
use crate::site::{ClaimIx, DEFAULT_LANGUAGE, SourceIx};

const COLUMNS: &[Column] = &[
    Column { name: "added", width: 16 },
    Column { name: "status", width: 13 },
    Column { name: "source", width: 24 },
    Column { name: "claim", width: 40 },
    Column { name: "text", width: 60 },
    Column { name: "kind", width: 0 },
    Column { name: "topic", width: 0 },
    Column { name: "via", width: 0 },
    Column { name: "neighbourhoods", width: 0 },
    Column { name: "happened", width: 0 },
    Column { name: "event", width: 0 },
    Column { name: "state", width: 0 },
    Column { name: "file", width: 0 },
];

pub(super) fn list(inventory: &Inventory, filter: &Filter) -> Listing {
    let claims = inventory.site.all_claims().filter(|ix| is_wanted(inventory, *ix, filter));
    Listing { columns: COLUMNS, rows: claims.map(|ix| cells(inventory, ix)).collect() }
}

fn is_wanted(inventory: &Inventory, ix: ClaimIx, filter: &Filter) -> bool {
    let site = &inventory.site;
    let (claim, linked) = (site.claim(ix), site.linked_claim(ix));
    let state = state_of(inventory, &site.briefings[ix.briefing].article);
    let checked = claim.checked.as_ref().map(|checked| checked.value);
    filter.status.is_none_or(|status| site.status(ix) == status)
        && (!filter.unattributed || linked.source.is_none())
        && (!filter.draft || state == State::Draft)
        && (!filter.embargoed || state == State::Embargoed)
        && filter.takes_time(Some(checked.map_or(linked.added, |at| at.max(linked.added))), inventory.now)
}

/// The name of a source; the label of a protected one.
pub(super) fn source_name(inventory: &Inventory, ix: SourceIx) -> String {
    inventory.site.source_name(ix, DEFAULT_LANGUAGE).to_owned()
}

fn cells(inventory: &Inventory, ix: ClaimIx) -> Vec<Cell> {
    let site = &inventory.site;
    let briefing = &site.briefings[ix.briefing].article;
    let (claim, linked) = (site.claim(ix), site.linked_claim(ix));
    let places = linked.neighbourhoods.iter();
    let source = linked.source.map_or("unattributed".to_owned(), |ix| source_name(inventory, ix));
    vec![
        Cell::Time(inventory.local(linked.added)),
        site.status(ix).word().into(),
        source.as_str().into(),
        format!("{}/{}", briefing.id, claim.id.value).as_str().into(),
        claim.text.as_ref().into(),
        claim.kind.map(|kind| kind.word()).into(),
        claim.topic.as_deref().into(),
        Cell::List(linked.via.iter().map(|ix| source_name(inventory, *ix)).collect()),
        Cell::List(places.map(|ix| site.neighbourhood_name(*ix, DEFAULT_LANGUAGE).to_owned()).collect()),
        claim.happened.map(|when| when.to_string()).as_deref().into(),
        linked.event.map(|ix| site.events[ix].term.id.as_str()).into(),
        state_of(inventory, briefing).word().into(),
        briefing.file.as_ref().into(),
    ]
}
