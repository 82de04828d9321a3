//! Sketch maps: places as outlines, or as circles as wide as their points are uncertain.
//!
//! North is up. No tiles: a map shows no place in finer detail than its record has it. Behind the places is what the
//! site's map.geojson has of the city.
//!
//! The order of the files; each imports only from those before it: `outline`, `plane`, `weights`, `city`, `clip`,
//! `backdrop`, `shapes`, `labels`.

mod backdrop;
mod city;
mod clip;
mod labels;
mod outline;
mod plane;
mod shapes;
mod weights;

#[cfg(test)]
mod tests;

use std::cmp::Reverse;

use super::canvas::{Canvas, Chart, Frame, HALO};
use super::text::{cut, escaped, isolated, width_of};
use backdrop::{Backdrop, ROADS, WATER, WATERWAYS, WaterForm, backdrop};
use labels::{Label, Labels};
use outline::path;
use plane::{Plane, whole};
use shapes::{PlaceShape, shapes};

pub use city::{City, CityLayer, CityShape};
pub use plane::{DegreeBox, MapPlace, MapSize};

/// The most places of one map: more would be too large and hard to read.
pub const MOST_PLACES: usize = 40;

/// The most bytes of the lines and areas of a city, whatever the places in front of it take. Words of the legend come on
/// top.
pub const MOST_CITY_BYTES: usize = 2_048;

/// The words of a map.
pub struct MapWords<'a> {
    /// A length in metres.
    pub distance: &'a dyn Fn(u32) -> String,
    /// The meaning of a shape and of hatching; both may be empty.
    pub area: &'a str,
    pub silent: &'a str,
    pub water: &'a str,
    pub roads: &'a str,
}

/// A map, and how many of its places have no name on it, as the name would cover others.
#[derive(Debug)]
pub struct MapChart {
    pub chart: Chart,
    pub unnamed: usize,
    /// Something of the city is drawn.
    pub has_city: bool,
}

/// The first places that have a shape. None if none has. A circle that is alone in its frame says nothing about where it
/// is, so a lone place without an outline has a map only if something of the city is around it.
pub fn draw(
    frame: &Frame<'_>,
    places: &[MapPlace],
    city: Option<&City>,
    size: MapSize,
    words: &MapWords<'_>,
) -> Option<MapChart> {
    let drawable: Vec<&MapPlace> = places.iter().filter(|place| place.has_shape()).collect();
    let shown = &drawable[..drawable.len().min(MOST_PLACES)];
    let lone_circle =
        if let [alone] = shown { alone.circle().map(|centre| (centre, alone.radius)) } else { None };
    let around = city.zip(lone_circle).map(|(city, (centre, radius))| city_around(city, centre, radius));
    let plane = Plane::of(shown, around, size)?;
    let backdrop = city.map(|city| backdrop(city, &plane, MOST_CITY_BYTES)).unwrap_or_default();
    let has_city = !backdrop.markup.is_empty();
    if lone_circle.is_some() && !has_city {
        return None;
    }
    let mut drawn = shapes(shown, &plane);
    // Large places below, so that the others can be seen and pressed.
    drawn.sort_by_key(|shape| Reverse(shape.extent()));
    let labels = Labels::place(&drawn, size.width, plane.height);
    let sketch = Sketch { frame, plane: &plane, shapes: &drawn, labels: &labels, backdrop: &backdrop, words };
    let canvas = sketch.drawn();
    Some(MapChart { chart: canvas.finish(places.len() - shown.len()), unnamed: labels.unnamed, has_city })
}

/// The box to show around a place that is alone: the whole city if the place is in it, else what is near.
fn city_around(city: &City, centre: (f64, f64), radius: f64) -> DegreeBox {
    /// In a wider frame a neighbourhood is a dot.
    const WIDEST: f64 = 40_000.0;
    let near = DegreeBox::around(centre, (radius * 5.0).max(2_000.0));
    let Some(whole_city) = city.around_near(centre.0) else { return near };
    let (wide, high) = whole_city.extent();
    let is_inside = DegreeBox::around(centre, 0.0).is_near(whole_city, 0.0);
    if is_inside && wide.max(high) <= WIDEST { whole_city } else { near }
}

/// All that a map shows.
struct Sketch<'s> {
    frame: &'s Frame<'s>,
    plane: &'s Plane,
    /// Those below first, with their labels.
    shapes: &'s [PlaceShape<'s>],
    labels: &'s Labels,
    backdrop: &'s Backdrop,
    words: &'s MapWords<'s>,
}

impl Sketch<'_> {
    fn drawn(&self) -> Canvas {
        let Self { frame, plane, shapes, labels, backdrop, words } = self;
        let has_links = shapes.iter().any(|shape| !shape.place.url.is_empty());
        let legend = Legend::of(shapes, backdrop, words);
        let height = plane.height + 24 * legend.lines() + 4;
        let mut canvas = Canvas::scaled(frame, plane.width, height, has_links);
        if legend.is_hatched {
            canvas.put(format_args!(
                "<pattern id=\"{}-h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
                 <path d=\"M0 0v6\" stroke=\"currentColor\" stroke-width=\"2\"/></pattern>",
                frame.id
            ));
        }
        canvas.put(format_args!(
            "{}<rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"currentColor\"/>",
            backdrop.markup,
            plane.width - 1,
            plane.height - 1
        ));
        for (shape, label) in shapes.iter().zip(&labels.placed) {
            draw_shape(&mut canvas, shape, label.as_ref(), frame.id);
        }
        draw_scale(&mut canvas, plane, words);
        legend.draw(&mut canvas, plane, frame.id);
        canvas
    }
}

fn draw_shape(canvas: &mut Canvas, shape: &PlaceShape<'_>, label: Option<&Label>, id: &str) {
    let MapPlace { url, spoken, silent, is_context, .. } = shape.place;
    if !url.is_empty() {
        let url = escaped(url);
        let spoken = escaped(spoken);
        canvas.put(format_args!("<a href=\"{url}\" aria-label=\"{spoken}\">"));
    }
    let fill = match (silent, is_context) {
        (_, true) => " fill=\"none\" stroke-opacity=\".6\" stroke-dasharray=\"3 3\"".to_owned(),
        (true, false) => format!(" fill=\"url(#{id}-h)\" stroke-dasharray=\"4 3\""),
        (false, false) => " fill-opacity=\".16\" stroke-width=\"2\"".to_owned(),
    };
    if shape.rings.is_empty() {
        let (x, y) = shape.middle;
        let radius = shape.radius;
        canvas.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" stroke=\"currentColor\"{fill}/>"
        ));
    } else {
        let path = path(&shape.rings);
        canvas.put(format_args!("<path d=\"{path}\" fill-rule=\"evenodd\" stroke=\"currentColor\"{fill}/>"));
    }
    if let Some(Label { x, y, text }) = label {
        let text = isolated(text, canvas.rtl);
        let weight = if *is_context { "" } else { " font-weight=\"700\"" };
        canvas.put(format_args!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\"{weight} {HALO}>{text}</text>\n"
        ));
    }
    if !url.is_empty() {
        canvas.put(format_args!("</a>"));
    }
}

fn draw_scale(canvas: &mut Canvas, plane: &Plane, words: &MapWords<'_>) {
    let metres = round_length(whole(plane.width) / 4.0 * plane.metres);
    let length = plane.length(f64::from(metres));
    let y = plane.height + 18;
    let middle = y - 4;
    let (from, to, text_at) = if canvas.rtl {
        (plane.width - length - 4, plane.width - 4, plane.width - length - 12)
    } else {
        (4, length + 4, length + 12)
    };
    canvas.put(format_args!(
        "<path d=\"M{from} {}v10M{from} {middle}H{to}M{to} {}v10\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/>",
        middle - 5,
        middle - 5
    ));
    let distance = isolated(&(words.distance)(metres), canvas.rtl);
    canvas.put(format_args!("<text x=\"{text_at}\" y=\"{y}\" font-size=\"13\">{distance}</text>\n"));
}

/// What the legend explains: only what is drawn. A word that is empty is not needed.
struct Legend<'w> {
    area: &'w str,
    silent: &'w str,
    water: &'w str,
    water_form: Option<WaterForm>,
    roads: &'w str,
    is_hatched: bool,
}

impl<'w> Legend<'w> {
    fn of(shapes: &[PlaceShape<'_>], backdrop: &Backdrop, words: &MapWords<'w>) -> Self {
        let is_hatched = shapes.iter().any(|shape| shape.place.silent);
        let has_plain_circle = shapes
            .iter()
            .any(|shape| shape.place.circle().is_some() && !shape.place.silent && !shape.place.is_context);
        let if_drawn = |is_drawn: bool, words: &'w str| if is_drawn { words } else { "" };
        Self {
            area: if_drawn(has_plain_circle, words.area),
            silent: if_drawn(is_hatched, words.silent),
            water: if_drawn(backdrop.water.is_some(), words.water),
            water_form: backdrop.water,
            roads: if_drawn(backdrop.has_roads, words.roads),
            is_hatched,
        }
    }

    /// With that of the scale.
    fn lines(&self) -> i64 {
        let Self { area, water, roads, is_hatched, .. } = self;
        let has_city = !water.is_empty() || !roads.is_empty();
        1 + i64::from(!area.is_empty()) + i64::from(*is_hatched) + i64::from(has_city)
    }

    fn draw(&self, canvas: &mut Canvas, plane: &Plane, id: &str) {
        let hatched = format!(" fill=\"url(#{id}-h)\" stroke-dasharray=\"4 3\"");
        let lines = [(" fill-opacity=\".16\" stroke-width=\"2\"", self.area), (&hatched, self.silent)];
        let mut y = plane.height + 18;
        for (fill, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
            y += 24;
            let (x, text_at) = if canvas.rtl { (plane.width - 14, plane.width - 30) } else { (14, 30) };
            let text = cut(text, usize::try_from((plane.width - 34) * 100 / 13).unwrap_or(0));
            let text = isolated(&text, canvas.rtl);
            canvas.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{}\" r=\"9\" stroke=\"currentColor\"{fill}/><text x=\"{text_at}\" y=\"{y}\" font-size=\"13\">{text}</text>\n",
                y - 4
            ));
        }
        self.draw_city(canvas, plane, y + 24);
    }

    /// Water and roads in one line.
    fn draw_city(&self, canvas: &mut Canvas, plane: &Plane, y: i64) {
        let half = (plane.width - 12) / 2;
        let mut from = 5;
        let water = if self.water_form == Some(WaterForm::Area) { WATER } else { WATERWAYS };
        for (swatch, text) in [(water, self.water), (ROADS, self.roads)] {
            if text.is_empty() {
                continue;
            }
            let text = cut(text, usize::try_from((half - 25) * 100 / 13).unwrap_or(0));
            let width = i64::try_from(width_of(&text)).unwrap_or(0) * 13 / 100;
            let text = isolated(&text, canvas.rtl);
            let (left, text_at) = if canvas.rtl {
                (plane.width - from - 18, plane.width - from - 25)
            } else {
                (from, from + 25)
            };
            let (top, size) = if swatch == WATER { (y - 11, "v14h-18z") } else { (y - 4, "") };
            canvas.put(format_args!(
                "<path {swatch} d=\"M{left} {top}h18{size}\"/><text x=\"{text_at}\" y=\"{y}\" font-size=\"13\">{text}</text>\n"
            ));
            from += 25 + width + 16;
        }
    }
}

/// The largest number up to this that is 1, 2 or 5 times a power of ten.
fn round_length(metres: f64) -> u32 {
    let mut length: u32 = 1;
    for factor in [2, 5, 10].into_iter().cycle().take(24) {
        let decade = 10_u32.pow(length.ilog10());
        let next = decade.saturating_mul(factor);
        if f64::from(next) > metres {
            break;
        }
        length = next;
    }
    length
}
