//! The briefings, newest first.

use super::filter::Filter;
use super::held::{BriefingState, Inventory};
use super::rows::{ListCell, ListColumn, Listing};
use crate::model::{Briefing, Word as _};
use crate::site::{BriefingIx, DEFAULT_LANGUAGE};
use crate::time::Moment;

const COLUMNS: &[ListColumn] = &[
    ListColumn { name: "date", width: 16 },
    ListColumn { name: "state", width: 9 },
    ListColumn { name: "id", width: 40 },
    ListColumn { name: "title", width: 50 },
    ListColumn { name: "kind", width: 0 },
    ListColumn { name: "updated", width: 0 },
    ListColumn { name: "claims", width: 6 },
    ListColumn { name: "neighbourhoods", width: 0 },
    ListColumn { name: "sources", width: 0 },
    ListColumn { name: "untranslated", width: 12 },
    ListColumn { name: "file", width: 0 },
];

/// A briefing, and what is linked with it; a stub has no more than its translations.
pub(super) struct Row<'i> {
    pub(super) article: &'i Briefing,
    pub(super) state: BriefingState,
    pub(super) untranslated: Vec<String>,
    ix: Option<BriefingIx>,
}

/// All briefings, newest first.
pub(super) fn all(inventory: &Inventory) -> Vec<Row<'_>> {
    let site = &inventory.site;
    let linked = site.briefings.enumerated().map(|(ix, briefing)| Row {
        article: &briefing.article,
        state: inventory.state_of(&briefing.article, None),
        untranslated: inventory.untranslated(&briefing.translations),
        ix: Some(ix),
    });
    let stubs = site.stubs.as_slice().iter().map(|stub| Row {
        article: &stub.article,
        state: inventory.state_of(&stub.article, Some(stub.reason)),
        untranslated: inventory.untranslated(&stub.translations),
        ix: None,
    });
    let mut rows: Vec<Row<'_>> = linked.chain(stubs).collect();
    rows.sort_by(|a, b| {
        b.article.date.cmp(&a.article.date).then_with(|| a.article.file.cmp(&b.article.file))
    });
    rows
}

/// When somebody last touched the briefing.
fn last_touched(briefing: &Briefing) -> Moment {
    let checked = briefing.checked.as_ref().map(|checked| checked.value);
    [briefing.updated, checked].into_iter().flatten().fold(briefing.date, Moment::max)
}

pub(super) fn list(inventory: &Inventory, filter: &Filter) -> Listing {
    let rows = all(inventory).into_iter().filter(|row| {
        (!filter.draft || row.article.draft)
            && (!filter.embargoed || inventory.is_embargoed(row.article))
            && filter.untranslated.as_ref().is_none_or(|language| row.untranslated.contains(language))
            && filter.takes_time(Some(last_touched(row.article)), inventory.now)
    });
    Listing { columns: COLUMNS, rows: rows.map(|row| cells(inventory, &row)).collect() }
}

fn cells(inventory: &Inventory, row: &Row<'_>) -> Vec<ListCell> {
    let site = &inventory.site;
    let linked = row.ix.map(|ix| &site.briefings[ix]);
    let places = linked.map_or(Vec::new(), |linked| {
        linked
            .neighbourhoods
            .iter()
            .map(|ix| site.neighbourhood_name(*ix, DEFAULT_LANGUAGE).to_owned())
            .collect()
    });
    let sources = linked
        .map_or(Vec::new(), |linked| linked.sources.iter().map(|ix| inventory.source_name(*ix)).collect());
    vec![
        ListCell::Time(inventory.local(row.article.date)),
        row.state.word().into(),
        row.article.id.as_str().into(),
        row.article.title.as_ref().into(),
        row.article.kind.map(|kind| kind.word()).into(),
        row.article.updated.map(|updated| inventory.local(updated)).into(),
        ListCell::Number(row.article.claims.len()),
        ListCell::List(places),
        ListCell::List(sources),
        ListCell::List(row.untranslated.clone()),
        row.article.file.as_ref().into(),
    ]
}
