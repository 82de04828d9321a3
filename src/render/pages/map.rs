//! The map of the site: where the neighbourhoods are, and how long ago each was reported on.

use crate::charts::map::{MOST_PLACES, MapPlace, MapSize};
use crate::paths::fold_name;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::layout::{PageHeading, page_view, site_view};
use crate::render::pages::parts::links::neighbourhood_link;
use crate::render::pages::parts::maps::{MapDrawing, map_view, place};
use crate::render::pages::parts::silence::{is_silent, last_report};
use crate::render::views::{ChartView, MapPlaceView, MapView};
use crate::site::{BriefingIx, NeighbourhoodIx, Page};

pub fn map(context: &PageContext<'_>) -> MapView {
    let site = context.site;
    let newest = |ix: &NeighbourhoodIx| site.neighbourhoods[*ix].term.briefings.first().copied();
    let mut shown: Vec<NeighbourhoodIx> = site.places_on_map().collect();
    let total = shown.len();
    // The places with the newest briefings, in alphabetical order.
    shown.sort_by_key(|ix| (newest(ix).is_none(), newest(ix), *ix));
    shown.truncate(MOST_PLACES);
    shown.sort_by_cached_key(|ix| (fold_name(&context.neighbourhood_name(*ix)), *ix));
    let briefings: Vec<BriefingIx> = shown.iter().filter_map(newest).collect();
    let heading = PageHeading::dated("map", context.word("title-map"), context, &[], &briefings);
    let without_point = site.neighbourhoods.len() - total;
    MapView {
        site: site_view(context),
        page: page_view(context, heading),
        chart: chart(context, &shown, total - shown.len(), without_point),
        places: shown.iter().map(|ix| place_view(context, *ix)).collect(),
        all_neighbourhoods: context.url(Page::Neighbourhoods(0)),
    }
}

/// The map, and a note on the places that it does not name, that do not fit, and that have no point.
fn chart(
    context: &PageContext<'_>,
    shown: &[NeighbourhoodIx],
    more: usize,
    without_point: usize,
) -> Option<ChartView> {
    const SIZE: MapSize = MapSize { width: 288, least_height: 200, most_height: 400 };
    let places: Vec<MapPlace> = shown.iter().map(|ix| linked_place(context, *ix)).collect();
    let title = context.word("title-map");
    let description = context.word("chart-map-description");
    let drawing = MapDrawing { id: "page-map", title: &title, description: &description, size: SIZE };
    let meanings = [context.word("map-area"), context.word("map-silent")];
    let (view, unnamed) = map_view(context, &drawing, &places, meanings.each_ref().map(String::as_str))?;
    let notes = [("map-unnamed", unnamed), ("map-more", more), ("map-undrawn", without_point)];
    let notes = notes.into_iter().filter(|(_, count)| *count > 0);
    let notes: Vec<String> = notes.map(|(key, count)| context.word_with_count(key, count)).collect();
    Some(ChartView { note: notes.join(" "), ..view })
}

fn linked_place(context: &PageContext<'_>, ix: NeighbourhoodIx) -> MapPlace {
    let silent = is_silent(context, ix);
    let name = context.neighbourhood_name(ix);
    let spoken = match last_report(context, ix) {
        Some(last) if silent => {
            let date = context.words.moment_here(context.lang(), last);
            format!("{name}: {}", context.word_with("silent-since", "date", date))
        }
        _ => name,
    };
    MapPlace {
        url: context.url(Page::Neighbourhood(ix, 0)).as_str().to_owned(),
        spoken,
        silent,
        ..place(context, ix)
    }
}

fn place_view(context: &PageContext<'_>, ix: NeighbourhoodIx) -> MapPlaceView {
    let record = context.site.neighbourhoods[ix].term.record.as_ref();
    let has_outline = context.site.outlines.contains_key(&ix);
    let point = record.and_then(|record| record.point).filter(|_| !has_outline);
    MapPlaceView {
        place: neighbourhood_link(context, ix),
        precision: point.map(|point| context.labelled("precision-", point.precision)),
        last: last_report(context, ix).map(|moment| context.time(moment)),
        silent: is_silent(context, ix),
    }
}
