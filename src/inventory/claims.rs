//! The claims, newest briefing first, in the order of their files.

use super::filter::Filter;
use super::held::Inventory;
use super::rows::{ListCell, ListColumn, Listing};
use crate::model::Word as _;
use crate::site::{ClaimIx, DEFAULT_LANGUAGE};

const COLUMNS: &[ListColumn] = &[
    ListColumn { name: "added", width: 16 },
    ListColumn { name: "status", width: 13 },
    ListColumn { name: "source", width: 24 },
    ListColumn { name: "claim", width: 40 },
    ListColumn { name: "text", width: 60 },
    ListColumn { name: "kind", width: 0 },
    ListColumn { name: "topic", width: 0 },
    ListColumn { name: "via", width: 0 },
    ListColumn { name: "neighbourhoods", width: 0 },
    ListColumn { name: "happened", width: 0 },
    ListColumn { name: "event", width: 0 },
    ListColumn { name: "state", width: 0 },
    ListColumn { name: "file", width: 0 },
];

pub(super) fn list(inventory: &Inventory, filter: &Filter) -> Listing {
    let claims = inventory.site.all_claims().filter(|ix| is_wanted(inventory, *ix, filter));
    Listing { columns: COLUMNS, rows: claims.map(|ix| cells(inventory, ix)).collect() }
}

fn is_wanted(inventory: &Inventory, ix: ClaimIx, filter: &Filter) -> bool {
    let site = &inventory.site;
    let (claim, linked) = (site.claim(ix), site.linked_claim(ix));
    let briefing = &site.briefings[ix.briefing].article;
    let checked = claim.checked.as_ref().map(|checked| checked.value);
    filter.status.is_none_or(|status| site.status(ix) == status)
        && (!filter.unattributed || linked.source.is_none())
        && (!filter.draft || briefing.draft)
        && (!filter.embargoed || inventory.is_embargoed(briefing))
        && filter.takes_time(Some(checked.map_or(linked.added, |at| at.max(linked.added))), inventory.now)
}

fn cells(inventory: &Inventory, ix: ClaimIx) -> Vec<ListCell> {
    let site = &inventory.site;
    let briefing = &site.briefings[ix.briefing].article;
    let (claim, linked) = (site.claim(ix), site.linked_claim(ix));
    let places = linked.neighbourhoods.iter();
    let source = linked.source.map_or("unattributed".to_owned(), |ix| inventory.source_name(ix));
    vec![
        ListCell::Time(inventory.local(linked.added)),
        site.status(ix).word().into(),
        source.as_str().into(),
        format!("{}/{}", briefing.id, claim.id.value).as_str().into(),
        claim.text.as_ref().into(),
        claim.kind.map(|kind| kind.word()).into(),
        claim.topic.as_deref().into(),
        ListCell::List(linked.via.iter().map(|ix| inventory.source_name(*ix)).collect()),
        ListCell::List(places.map(|ix| site.neighbourhood_name(*ix, DEFAULT_LANGUAGE).to_owned()).collect()),
        claim.happened.map(|when| when.to_string()).as_deref().into(),
        linked.event.map(|ix| site.events[ix].term.id.as_str()).into(),
        inventory.state_of(briefing, None).word().into(),
        briefing.file.as_ref().into(),
    ]
}
