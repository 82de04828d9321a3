//! Sketch maps: places as outlines, or as circles as wide as their points are uncertain.
//!
//! North is up. No streets and no tiles: a map shows nothing that the records do not have, and nothing in
//! finer detail.
//!
//! The order of the files; each imports only from those before it: `outline`, `plane`, `shapes`, `labels`.

mod labels;
mod outline;
mod plane;
mod shapes;

use std::cmp::Reverse;

use super::canvas::{Canvas, Chart, Frame, HALO};
use super::text::{cut, escaped, isolated};
use labels::{Label, Labels};
use outline::path;
use plane::{Plane, whole};
use shapes::{PlaceShape, shapes};

pub use plane::{MapPlace, MapSize};

/// The most places of one map: more would be too large and hard to read.
pub const MOST_PLACES: usize = 40;

/// The words of a map.
pub struct MapWords<'a> {
    /// A length in metres.
    pub distance: &'a dyn Fn(u32) -> String,
    /// The meaning of a shape and of hatching; both may be empty.
    pub area: &'a str,
    pub silent: &'a str,
}

/// A map, and how many of its places have no name on it, as the name would cover others.
#[derive(Debug)]
pub struct MapChart {
    pub chart: Chart,
    pub unnamed: usize,
}

/// The first places that have a shape. None if none has, or if one is alone and has no outline: a circle in a frame says
/// nothing about where it is.
pub fn draw(frame: &Frame<'_>, places: &[MapPlace], size: MapSize, words: &MapWords<'_>) -> Option<MapChart> {
    let drawable: Vec<&MapPlace> = places.iter().filter(|place| place.has_shape()).collect();
    let shown = &drawable[..drawable.len().min(MOST_PLACES)];
    if matches!(shown, [alone] if !alone.has_outline()) {
        return None;
    }
    let plane = Plane::of(shown, size)?;
    let mut drawn = shapes(shown, &plane);
    // Large places below, so that the others can be seen and pressed.
    drawn.sort_by_key(|shape| Reverse(shape.extent()));
    let has_links = shown.iter().any(|place| !place.url.is_empty());
    let is_hatched = shown.iter().any(|place| place.silent);
    // The legend explains only what is drawn.
    let is_plain_circle = |place: &&MapPlace| place.circle().is_some() && !place.silent && !place.is_context;
    let area = if shown.iter().any(is_plain_circle) { words.area } else { "" };
    let legend = 24 * (1 + i64::from(!area.is_empty()) + i64::from(is_hatched));
    let mut canvas = Canvas::scaled(frame, size.width, plane.height + legend + 4, has_links);
    if is_hatched {
        canvas.put(format_args!(
            "<pattern id=\"{}-h\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <path d=\"M0 0v6\" stroke=\"currentColor\" stroke-width=\"2\"/></pattern>",
            frame.id
        ));
    }
    canvas.put(format_args!(
        "<rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"currentColor\"/>",
        size.width - 1,
        plane.height - 1
    ));
    let labels = Labels::place(&drawn, size.width, plane.height);
    for (shape, label) in drawn.iter().zip(&labels.placed) {
        draw_shape(&mut canvas, shape, label.as_ref(), frame.id);
    }
    draw_legend(&mut canvas, &plane, size, is_hatched, frame.id, &MapWords { area, ..*words });
    Some(MapChart { chart: canvas.finish(places.len() - shown.len()), unnamed: labels.unnamed })
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

fn draw_legend(
    canvas: &mut Canvas,
    plane: &Plane,
    size: MapSize,
    is_hatched: bool,
    id: &str,
    words: &MapWords<'_>,
) {
    let metres = round_length(whole(size.width) / 4.0 * plane.metres);
    let length = plane.length(f64::from(metres));
    let mut y = plane.height + 18;
    let middle = y - 4;
    let (from, to, text_at) = if canvas.rtl {
        (size.width - length - 4, size.width - 4, size.width - length - 12)
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
    let hatched = format!(" fill=\"url(#{id}-h)\" stroke-dasharray=\"4 3\"");
    let lines = [
        (" fill-opacity=\".16\" stroke-width=\"2\"", words.area),
        (&hatched, if is_hatched { words.silent } else { "" }),
    ];
    for (fill, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
        y += 24;
        let (x, text_at) = if canvas.rtl { (size.width - 14, size.width - 30) } else { (14, 30) };
        let text = cut(text, usize::try_from((size.width - 34) * 100 / 13).unwrap_or(0));
        let text = isolated(&text, canvas.rtl);
        canvas.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{}\" r=\"9\" stroke=\"currentColor\"{fill}/><text x=\"{text_at}\" y=\"{y}\" font-size=\"13\">{text}</text>\n",
            y - 4
        ));
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
