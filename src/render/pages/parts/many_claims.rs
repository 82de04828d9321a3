//! Many claims of one briefing: by place and topic, and their figures as a table of places and measures.

use std::collections::BTreeMap;

use crate::paths::fold_name;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::claims::claim_source;
use crate::render::pages::parts::links::neighbourhood_link;
use crate::render::views::{
    ClaimPlaceView, ClaimTopicView, ClaimView, FigureTableRow, FigureTableView, KeyFigureView,
};
use crate::site::{ClaimIx, NeighbourhoodIx};

/// A briefing with more claims than this has them by place.
const MANY_CLAIMS: usize = 60;

/// How many claims are not folded, of the first places.
const OPEN_CLAIMS: usize = 8;

/// The fewest places of a table of figures, and the fewest and the most measures.
const LEAST_PLACES: usize = 3;
const LEAST_MEASURES: usize = 2;
const MOST_MEASURES: usize = 6;

/// The claims by their first place, and within it by topic, each in the order of their first claim. Takes the claims if
/// they are many, or else none. `indices`: of the same claims.
pub fn by_place(
    context: &PageContext<'_>,
    indices: &[ClaimIx],
    claims: &mut Vec<ClaimView>,
) -> Vec<ClaimPlaceView> {
    if claims.len() <= MANY_CLAIMS {
        return Vec::new();
    }
    let mut places: Vec<ClaimPlaceView> = Vec::new();
    let mut known: BTreeMap<Option<NeighbourhoodIx>, usize> = BTreeMap::new();
    for (ix, claim) in indices.iter().zip(claims.drain(..)) {
        let place = context.site.linked_claim(*ix).neighbourhoods.first().copied();
        let index = *known.entry(place).or_insert_with(|| {
            let text = place.map(|place| context.neighbourhood_name(place));
            let text = text.unwrap_or_else(|| context.word("figure-no-place"));
            let id = format!("page-in-{}", places.len() + 1);
            places.push(ClaimPlaceView { id, text, count: 0, folded: false, topics: Vec::new() });
            places.len() - 1
        });
        let topic = context.site.claim(*ix).topic.as_deref();
        let topic = topic.map_or_else(String::new, |topic| context.topic_name(topic));
        add(&mut places[index], topic, claim);
    }
    let mut open = 0;
    for place in &mut places {
        open += place.count;
        place.folded = open > OPEN_CLAIMS;
    }
    places
}

fn add(place: &mut ClaimPlaceView, text: String, claim: ClaimView) {
    place.count += 1;
    if let Some(topic) = place.topics.iter_mut().find(|topic| topic.text == text) {
        topic.claims.push(claim);
    } else {
        let id = format!("{}-{}", place.id, place.topics.len() + 1);
        place.topics.push(ClaimTopicView { id, text, claims: vec![claim] });
    }
}

/// The figures of claims about one place each, if several places have several measures in common. A cell has each
/// figure with its owner; nothing is added up. `indices`: of the same claims.
pub fn figure_table(
    context: &PageContext<'_>,
    indices: &[ClaimIx],
    claims: &[ClaimView],
) -> Option<FigureTableView> {
    let mut measures: Vec<CountedMeasure> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (ix, claim) in indices.iter().zip(claims) {
        let Some((place, figure)) = counted(context, *ix, claim) else { continue };
        let measure = fold_name(&context.site.claim(*ix).figure.as_ref()?.measure);
        let index = *known.entry(measure).or_insert(measures.len());
        if index == measures.len() {
            measures.push(CountedMeasure { name: figure.figure.measure.clone(), cells: BTreeMap::new() });
        }
        measures[index].cells.entry(place).or_default().push((*ix, figure));
    }
    measures.retain(|measure| measure.cells.len() >= LEAST_PLACES);
    measures.truncate(MOST_MEASURES);
    if measures.len() < LEAST_MEASURES {
        return None;
    }
    let owners = measures.iter().flat_map(|measure| measure.cells.values().flatten());
    let owners = owners.map(|(ix, figure)| (context.site.linked_claim(*ix).source, &figure.source));
    let mut owners: Vec<_> = owners.collect();
    owners.dedup_by_key(|(source, _)| *source);
    let source = match owners.as_slice() {
        [(Some(_), link)] => Some((*link).clone()),
        _ => None,
    };
    let names = measures.iter().map(|measure| measure.name.clone()).collect();
    Some(FigureTableView { measures: names, source, rows: rows(context, &measures) })
}

/// What is counted, and by place the claims that count it.
struct CountedMeasure {
    name: String,
    cells: BTreeMap<NeighbourhoodIx, Vec<(ClaimIx, KeyFigureView)>>,
}

/// A row for each place, in the order of the places.
fn rows(context: &PageContext<'_>, measures: &[CountedMeasure]) -> Vec<FigureTableRow> {
    let mut places: Vec<NeighbourhoodIx> =
        measures.iter().flat_map(|measure| measure.cells.keys().copied()).collect();
    places.sort_unstable();
    places.dedup();
    let cell = |measure: &CountedMeasure, place: NeighbourhoodIx| {
        let figures = measure.cells.get(&place).into_iter().flatten();
        figures.map(|(_, figure)| figure.clone()).collect()
    };
    let row = |place: NeighbourhoodIx| FigureTableRow {
        place: neighbourhood_link(context, place),
        cells: measures.iter().map(|measure| cell(measure, place)).collect(),
    };
    places.into_iter().map(row).collect()
}

/// The place and the figure of a claim that holds and is about one place; parts of others are left out.
fn counted(
    context: &PageContext<'_>,
    ix: ClaimIx,
    claim: &ClaimView,
) -> Option<(NeighbourhoodIx, KeyFigureView)> {
    let linked = context.site.linked_claim(ix);
    let [place] = linked.neighbourhoods.as_slice() else { return None };
    let figure = claim.figure.clone().filter(|figure| figure.part_of.is_none() && !claim.struck)?;
    let view = KeyFigureView {
        figure,
        url: claim.url.clone(),
        source: claim_source(context, linked),
        status: claim.status.clone(),
        contested: claim.contested,
    };
    Some((*place, view))
}
