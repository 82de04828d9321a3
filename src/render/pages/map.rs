//! Where places lie: the map of the site, and the small ones beside a text.
//!
//! A small map shows no news: it would change many pages with each briefing.

use super::PageContext;
use super::charts::chart_view;
use super::layout::Heading;
use super::terms::silent_since;
use crate::charts::map::{Place, Size, Words, draw};
use crate::model::Precision;
use crate::render::views::{ChartView, MapPlaceView, MapView};
use crate::site::{BriefingIx, NeighbourhoodIx, Page};

/// The most neighbours that a small map shows beside its own places, and the most of these.
const MOST_NEIGHBOURS: usize = 8;
const MOST_ON_LOCATOR: usize = 6;

/// The most places of the map.
const MOST_ON_MAP: usize = crate::charts::map::MOST_PLACES;

#[must_use]
pub fn map(context: &PageContext<'_>) -> MapView {
    let all: Vec<NeighbourhoodIx> = context.site.places_on_map().collect();
    let total = all.len();
    // Those with the newest reports, in alphabetical order.
    let newest = |ix: &NeighbourhoodIx| context.site.neighbourhoods[ix.get()].term.briefings.first().copied();
    let mut shown = all;
    shown.sort_by_key(|ix| (newest(ix).is_none(), newest(ix), *ix));
    shown.truncate(MOST_ON_MAP);
    shown.sort_by_cached_key(|ix| (crate::paths::fold_name(&context.neighbourhood_name(*ix)), *ix));
    let briefings: Vec<BriefingIx> = shown.iter().filter_map(newest).collect();
    let mut heading = Heading::new("map", context.word("title-map"));
    context.date(&mut heading, &[], &briefings);
    let undrawn = context.site.neighbourhoods.len() - total;
    MapView {
        site: context.site_view(),
        page: context.page_view(heading),
        chart: context.map_chart(&shown, total - shown.len(), undrawn),
        places: shown.iter().map(|ix| context.map_place(*ix)).collect(),
        all_neighbourhoods: context.url(Page::Neighbourhoods(0)),
    }
}

impl PageContext<'_> {
    fn point(&self, ix: NeighbourhoodIx) -> Option<crate::model::MapPoint> {
        self.site.neighbourhoods[ix.get()].term.record.as_ref()?.point
    }

    fn map_place(&self, ix: NeighbourhoodIx) -> MapPlaceView {
        let has_outline = self.site.outlines.contains_key(&ix);
        let precision = self.point(ix).filter(|_| !has_outline).map(|point| point.precision);
        MapPlaceView {
            place: self.neighbourhood_link(ix),
            precision: precision.map(|precision| self.labelled("precision-", precision)),
            last: self.last_report(ix).map(|moment| self.time(moment)),
            silent: self.is_silent(ix),
        }
    }

    fn last_report(&self, ix: NeighbourhoodIx) -> Option<crate::time::Moment> {
        let term = &self.site.neighbourhoods[ix.get()].term;
        let claim = term.claims.first().map(|claim| self.site.linked_claim(*claim).added);
        let briefing = term.briefings.first().map(|ix| self.site.briefings[ix.get()].article.date);
        claim.max(briefing)
    }

    /// Nothing was ever reported there, or nothing since an earlier day than that of the newest briefing.
    fn is_silent(&self, ix: NeighbourhoodIx) -> bool {
        let term = &self.site.neighbourhoods[ix.get()].term;
        term.claims.is_empty() || silent_since(self, &term.claims, &term.briefings).is_some()
    }

    fn shape(&self, ix: NeighbourhoodIx) -> Place {
        let outline = self.site.outlines.get(&ix);
        let point = self.point(ix);
        Place {
            label: self.neighbourhood_name(ix),
            centre: point.map(|point| (point.lon, point.lat)),
            radius: point.map_or(0.0, |point| radius(point.precision)),
            rings: outline.map_or_else(Vec::new, |outline| outline.rings.clone()),
            ..Place::default()
        }
    }

    fn map_chart(&self, shown: &[NeighbourhoodIx], more: usize, undrawn: usize) -> Option<ChartView> {
        const SIZE: Size = Size { width: 288, least_height: 200, most_height: 400 };
        let place = |ix: &NeighbourhoodIx| {
            let silent = self.is_silent(*ix);
            let name = self.neighbourhood_name(*ix);
            let spoken = match (silent, self.last_report(*ix)) {
                (true, Some(last)) => {
                    let date = self.words.moment(self.lang(), last);
                    let silence = self.filled("silent-since", "date", date.as_str());
                    format!("{name}: {silence}")
                }
                _ => name,
            };
            Place {
                url: self.url(Page::Neighbourhood(*ix, 0)).as_str().to_owned(),
                spoken,
                silent,
                ..self.shape(*ix)
            }
        };
        let places: Vec<Place> = shown.iter().map(place).collect();
        let (title, description) = (self.word("title-map"), self.word("chart-map-description"));
        let frame = self.picture_frame("page-map", &title, &description);
        let (area, silent) = (self.word("map-area"), self.word("map-silent"));
        let words = Words { distance: &|metres| self.distance(metres), area: &area, silent: &silent };
        let sketch = draw(&frame, &places, SIZE, &words)?;
        let notes = [("map-unnamed", sketch.unnamed), ("map-more", more), ("map-undrawn", undrawn)];
        let notes = notes.into_iter().filter(|(_, count)| *count > 0);
        let notes: Vec<String> = notes.map(|(key, count)| self.counted(key, count)).collect();
        Some(chart_view(sketch.picture, notes.join(" ")))
    }

    /// Where places lie among those beside them. Depends on their records alone.
    pub(super) fn locator(&self, places: &[NeighbourhoodIx]) -> Option<ChartView> {
        const SIZE: Size = Size { width: 288, least_height: 150, most_height: 220 };
        let own: Vec<NeighbourhoodIx> =
            places.iter().copied().filter(|ix| self.site.is_on_map(*ix)).take(MOST_ON_LOCATOR).collect();
        let parent = self.site.neighbourhoods[own.first()?.get()].parent;
        let siblings = parent.map_or(&[][..], |parent| &self.site.neighbourhoods[parent.get()].children);
        let beside = parent.into_iter().chain(siblings.iter().copied());
        let beside = beside.filter(|ix| self.site.is_on_map(*ix) && !own.contains(ix)).take(MOST_NEIGHBOURS);
        let mut shapes: Vec<Place> = own.iter().map(|ix| self.shape(*ix)).collect();
        shapes.extend(beside.map(|ix| Place { is_context: true, ..self.shape(ix) }));
        let names: Vec<String> = own.iter().map(|ix| self.neighbourhood_name(*ix)).collect();
        let comma = format!("{} ", self.word("comma"));
        let description = self.filled("chart-locator-description", "places", &*names.join(&comma));
        let title = self.word("chart-locator");
        let frame = self.picture_frame("page-locator", &title, &description);
        let words = Words { distance: &|metres| self.distance(metres), area: "", silent: "" };
        let sketch = draw(&frame, &shapes, SIZE, &words)?;
        Some(chart_view(sketch.picture, String::new()))
    }

    fn distance(&self, metres: u32) -> String {
        let (key, length) = if metres < 1_000 { ("metres", metres) } else { ("kilometres", metres / 1_000) };
        self.counted(key, length as usize)
    }
}

/// Within how many metres of its point a place lies. Rather too much: a map must not be read as knowing
/// more than the record.
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
