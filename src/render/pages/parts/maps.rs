//! Places as a sketch map draws them, and the small map next to a text.

use crate::charts::map::{MapPlace, MapSize, MapWords, draw};
use crate::model::Precision;
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::charts::{chart_view, frame};
use crate::render::views::ChartView;
use crate::site::NeighbourhoodIx;

/// The most places of its own that a small map shows, and the most neighbours of these.
const MOST_ON_LOCATOR: usize = 6;
const MOST_NEIGHBOURS: usize = 8;

/// Where places are among their neighbours. Depends only on the records of places: a map with news on it
/// would change many pages with each briefing.
pub fn locator(context: &PageContext<'_>, places: &[NeighbourhoodIx]) -> Option<ChartView> {
    const SIZE: MapSize = MapSize { width: 288, least_height: 150, most_height: 220 };
    let site = context.site;
    let own: Vec<NeighbourhoodIx> =
        places.iter().copied().filter(|ix| site.is_on_map(*ix)).take(MOST_ON_LOCATOR).collect();
    let parent = site.neighbourhoods[*own.first()?].parent;
    let siblings = parent.map_or(&[][..], |parent| &site.neighbourhoods[parent].children);
    let neighbours = parent.into_iter().chain(siblings.iter().copied());
    let shown = neighbours.filter(|ix| site.is_on_map(*ix) && !own.contains(ix)).take(MOST_NEIGHBOURS);
    let mut places: Vec<MapPlace> = own.iter().map(|ix| place(context, *ix)).collect();
    places.extend(shown.map(|ix| MapPlace { is_context: true, ..place(context, ix) }));
    let names: Vec<String> = own.iter().map(|ix| context.neighbourhood_name(*ix)).collect();
    let comma = format!("{} ", context.word("comma"));
    let description = context.word_with("chart-locator-description", "places", names.join(&comma));
    let title = context.word("chart-locator");
    let drawing = MapDrawing { id: "page-locator", title: &title, description: &description, size: SIZE };
    Some(map_view(context, &drawing, &places, ["", ""])?.0)
}

/// A map to draw.
pub struct MapDrawing<'w> {
    pub id: &'w str,
    pub title: &'w str,
    pub description: &'w str,
    pub size: MapSize,
}

/// A map with the city behind it, and how many of its places have no name on it. `meanings` are the words for a circle
/// and for hatching; empty if these need none.
pub fn map_view(
    context: &PageContext<'_>,
    drawing: &MapDrawing<'_>,
    places: &[MapPlace],
    [area, silent]: [&str; 2],
) -> Option<(ChartView, usize)> {
    let words = MapWords {
        distance: &|metres| distance(context, metres),
        area,
        silent,
        water: &context.word("map-water"),
        roads: &context.word("map-roads"),
    };
    let frame = frame(context, drawing.id, drawing.title, drawing.description);
    let city = context.site.city.as_deref();
    let map = draw(&frame, places, city.map(|linked| &linked.city), drawing.size, &words)?;
    let credit = city.filter(|_| map.has_city).and_then(|linked| linked.credit.as_deref());
    let credit = credit.unwrap_or_default().to_owned();
    Some((ChartView { credit, ..chart_view(map.chart, String::new()) }, map.unnamed))
}

/// A place by its outline, or by its point and how precise that is.
pub fn place(context: &PageContext<'_>, ix: NeighbourhoodIx) -> MapPlace {
    let outline = context.site.outlines.get(&ix);
    let point = context.site.neighbourhoods[ix].term.record.as_ref().and_then(|record| record.point);
    MapPlace {
        label: context.neighbourhood_name(ix),
        centre: point.map(|point| (point.lon, point.lat)),
        radius: point.map_or(0.0, |point| radius(point.precision)),
        rings: outline.map_or_else(Vec::new, |outline| outline.rings().cloned().collect()),
        ..MapPlace::default()
    }
}

/// The length of the scale bar in words.
fn distance(context: &PageContext<'_>, metres: u32) -> String {
    if metres < 1_000 {
        context.word_with_count("metres", metres as usize)
    } else {
        context.word_with_count("kilometres", (metres / 1_000) as usize)
    }
}

/// Within how many metres of its point a place is. Rather too large than too small: a map must not look
/// more precise than the record.
fn radius(precision: Precision) -> f64 {
    match precision {
        Precision::Building => 50.0,
        Precision::Street => 200.0,
        Precision::Neighbourhood => 600.0,
        Precision::District => 2_000.0,
        Precision::City => 8_000.0,
        Precision::Region => 40_000.0,
    }
}
