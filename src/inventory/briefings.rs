//! The briefings, newest first.

use super::filter::Filter;
use super::rows::{Cell, Column, Listing};
use super::{Inventory, claims};
use crate::model::{Briefing, Word as _};
use crate::site::{BriefingIx, DEFAULT_LANGUAGE, StubReason, Translations};
use crate::time::Moment;

const COLUMNS: &[Column] = &[
    Column { name: "date", width: 16 },
    Column { name: "state", width: 9 },
    Column { name: "id", width: 40 },
    Column { name: "title", width: 50 },
    Column { name: "kind", width: 0 },
    Column { name: "updated", width: 0 },
    Column { name: "claims", width: 6 },
    Column { name: "neighbourhoods", width: 0 },
    Column { name: "sources", width: 0 },
    Column { name: "untranslated", width: 12 },
    Column { name: "file", width: 0 },
];

/// Where a briefing is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    Published,
    Draft,
    Embargoed,
    Expired,
    Withdrawn,
}

impl State {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Embargoed => "embargoed",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A briefing, and what is linked with it; a stub has no more than its translations.
pub(super) struct Row<'i> {
    pub(super) article: &'i Briefing,
    pub(super) state: State,
    pub(super) untranslated: Vec<String>,
    ix: Option<BriefingIx>,
}

/// All briefings, newest first.
pub(super) fn all(inventory: &Inventory) -> Vec<Row<'_>> {
    let site = &inventory.site;
    let linked = site.briefings.enumerated().map(|(ix, briefing)| Row {
        article: &briefing.article,
        state: state_of(inventory, &briefing.article),
        untranslated: untranslated(inventory, &briefing.translations),
        ix: Some(ix),
    });
    let stubs = site.stubs.as_slice().iter().map(|stub| Row {
        article: &stub.article,
        state: match stub.reason {
            StubReason::Withdrawn => State::Withdrawn,
            StubReason::Expired => State::Expired,
        },
        untranslated: untranslated(inventory, &stub.translations),
        ix: None,
    });
    let mut rows: Vec<Row<'_>> = linked.chain(stubs).collect();
    rows.sort_by(|a, b| {
        b.article.date.cmp(&a.article.date).then_with(|| a.article.file.cmp(&b.article.file))
    });
    rows
}

pub(super) fn state_of(inventory: &Inventory, briefing: &Briefing) -> State {
    match (briefing.draft, inventory.embargoed.contains_key(&briefing.id)) {
        (true, _) => State::Draft,
        (_, true) => State::Embargoed,
        _ => State::Published,
    }
}

/// The languages of the site that have no translation.
pub(super) fn untranslated(inventory: &Inventory, translations: &Translations) -> Vec<String> {
    let others = inventory.site.languages.iter().skip(1);
    others.filter(|language| !translations.contains_key(*language)).cloned().collect()
}

/// When somebody last touched the briefing.
fn last_touched(briefing: &Briefing) -> Moment {
    let checked = briefing.checked.as_ref().map(|checked| checked.value);
    [briefing.updated, checked].into_iter().flatten().fold(briefing.date, Moment::max)
}

pub(super) fn list(inventory: &Inventory, filter: &Filter) -> Listing {
    let rows = all(inventory).into_iter().filter(|row| {
        (!filter.draft || row.state == State::Draft)
            && (!filter.embargoed || row.state == State::Embargoed)
            && filter.untranslated.as_ref().is_none_or(|language| row.untranslated.contains(language))
            && filter.takes_time(Some(last_touched(row.article)), inventory.now)
    });
    Listing { columns: COLUMNS, rows: rows.map(|row| cells(inventory, &row)).collect() }
}

fn cells(inventory: &Inventory, row: &Row<'_>) -> Vec<Cell> {
    let site = &inventory.site;
    let linked = row.ix.map(|ix| &site.briefings[ix]);
    let places = linked.map_or(Vec::new(), |linked| {
        linked
            .neighbourhoods
            .iter()
            .map(|ix| site.neighbourhood_name(*ix, DEFAULT_LANGUAGE).to_owned())
            .collect()
    });
    let sources = linked.map_or(Vec::new(), |linked| {
        linked.sources.iter().map(|ix| claims::source_name(inventory, *ix)).collect()
    });
    vec![
        Cell::Time(inventory.local(row.article.date)),
        row.state.word().into(),
        row.article.id.as_str().into(),
        row.article.title.as_ref().into(),
        row.article.kind.map(|kind| kind.word()).into(),
        row.article.updated.map(|updated| inventory.local(updated)).into(),
        Cell::Number(row.article.claims.len()),
        Cell::List(places),
        Cell::List(sources),
        Cell::List(row.untranslated.clone()),
        row.article.file.as_ref().into(),
    ]
}
