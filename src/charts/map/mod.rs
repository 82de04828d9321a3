//! Sketch maps: places by their outlines, or as circles as wide as their points are uncertain.
//!
//! Equirectangular, with degrees of longitude shortened as they are at the middle of the map; north is
//! up. No streets and no tiles: nothing is drawn that the records do not hold, and nothing finer.

mod labels;
mod outline;

use super::{Canvas, Frame, HALO, Picture, cut, escaped, isolated};
use labels::{Label, Labels};
use outline::{middle_of, path, simplified};

/// The most places of one map: more would neither be read nor fit the budget of a picture.
pub const MOST_PLACES: usize = 40;

/// The most corners of all outlines together.
const MOST_CORNERS: usize = 360;

/// Metres of one degree of latitude, and of one of longitude at the equator.
const DEGREE: f64 = 111_320.0;

/// A place of a map.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub label: String,
    /// Where its page is; empty for a map without links.
    pub url: String,
    /// Its name and what else the map says of it, for those who listen.
    pub spoken: String,
    /// Degrees east and north.
    pub centre: Option<(f64, f64)>,
    /// Within how many metres of the centre it lies.
    pub radius: f64,
    /// Rings of its outline, in degrees east and north.
    pub rings: Vec<Vec<(f64, f64)>>,
    /// Nothing new is reported: hatched.
    pub silent: bool,
    /// It only shows where others are.
    pub is_context: bool,
}

/// The words of a map.
pub struct Words<'a> {
    /// A length in metres.
    pub distance: &'a dyn Fn(u32) -> String,
    /// What a shape means, and what hatching does; the second may be empty.
    pub area: &'a str,
    pub silent: &'a str,
}

/// How large a map is, in pixels of a phone.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub width: i64,
    pub least_height: i64,
    pub most_height: i64,
}

/// A map, and how many of its places have no name on it, as it would cover others.
#[derive(Debug)]
pub struct Sketch {
    pub picture: Picture,
    pub unnamed: usize,
}

/// A map of the first places that have a shape; none where none has.
#[must_use]
pub fn draw(frame: &Frame<'_>, places: &[Place], size: Size, words: &Words<'_>) -> Option<Sketch> {
    let drawable: Vec<&Place> = places.iter().filter(|place| place.has_shape()).collect();
    let shown = &drawable[..drawable.len().min(MOST_PLACES)];
    let plane = Plane::of(shown, size)?;
    let mut drawn = shapes(shown, &plane);
    // The large ones lie below, so that the others can be seen and pressed.
    drawn.sort_by_key(|shape| std::cmp::Reverse(shape.extent()));
    let has_links = shown.iter().any(|place| !place.url.is_empty());
    let is_hatched = shown.iter().any(|place| place.silent);
    let legend = 24 * (1 + i64::from(!words.area.is_empty()) + i64::from(is_hatched));
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
    draw_legend(&mut canvas, &plane, size, is_hatched, frame.id, words);
    Some(Sketch { picture: canvas.finish(places.len() - shown.len()), unnamed: labels.unnamed })
}

impl Place {
    fn has_shape(&self) -> bool {
        self.centre.is_some() || self.has_outline()
    }

    fn has_outline(&self) -> bool {
        self.outline().next().is_some()
    }

    /// The rings that have an inside.
    fn outline(&self) -> impl Iterator<Item = &Vec<(f64, f64)>> {
        self.rings.iter().filter(|ring| ring.len() > 2)
    }

    /// The middle of a circle, which stands where there is no outline.
    fn circle(&self) -> Option<(f64, f64)> {
        self.centre.filter(|_| !self.has_outline())
    }

    /// All that it reaches to, a circle at `east_degree` metres.
    fn corners(&self, east_degree: f64, side: Side) -> Vec<(f64, f64)> {
        let outline = self.outline().flatten().map(|(east, north)| (side.unrolled(*east), *north));
        let circle = self.circle().map(|(east, north)| {
            let (east, wide, high) = (side.unrolled(east), self.radius / east_degree, self.radius / DEGREE);
            [(east - wide, north - high), (east + wide, north + high)]
        });
        outline.chain(circle.into_iter().flatten()).collect()
    }
}

/// The longitude at which a map begins. What lies west of it lies in the east, once around the globe.
#[derive(Clone, Copy)]
struct Side(f64);

impl Side {
    /// After the widest stretch in which nothing lies, so that places on both sides of the antimeridian
    /// stand beside each other.
    fn of(places: &[&Place]) -> Self {
        let place_of =
            |place: &&Place| place.circle().into_iter().chain(place.outline().flatten().copied()).collect();
        let all: Vec<(f64, f64)> = places.iter().flat_map::<Vec<_>, _>(place_of).collect();
        let mut easts: Vec<f64> = all.into_iter().map(|(east, _)| east).collect();
        easts.sort_by(f64::total_cmp);
        let (Some(first), Some(last)) = (easts.first(), easts.last()) else { return Self(0.0) };
        let mut widest = (first + 360.0 - last, *first);
        for pair in easts.windows(2) {
            if pair[1] - pair[0] > widest.0 {
                widest = (pair[1] - pair[0], pair[1]);
            }
        }
        Self(widest.1)
    }

    fn unrolled(self, east: f64) -> f64 {
        if east < self.0 { east + 360.0 } else { east }
    }
}

/// From degrees to pixels.
struct Plane {
    side: Side,
    west: f64,
    north: f64,
    /// Metres of a degree of longitude at the middle of the map.
    east_degree: f64,
    /// Metres of one pixel.
    metres: f64,
    /// Where the north-west corner of all places lies, in pixels.
    begin: (f64, f64),
    height: i64,
}

impl Plane {
    fn of(places: &[&Place], size: Size) -> Option<Self> {
        let known = |north: f64| (libm::cos(north.to_radians()) * DEGREE).max(1.0);
        let centre = |place: &&Place| place.circle().or_else(|| place.outline().next()?.first().copied());
        let norths: Vec<f64> = places.iter().filter_map(centre).map(|(_, north)| north).collect();
        let middle = (fold(&norths, f64::min)? + fold(&norths, f64::max)?) / 2.0;
        let east_degree = known(middle);
        let side = Side::of(places);
        let corners: Vec<(f64, f64)> =
            places.iter().flat_map(|place| place.corners(east_degree, side)).collect();
        let easts: Vec<f64> = corners.iter().map(|(east, _)| *east).collect();
        let norths: Vec<f64> = corners.iter().map(|(_, north)| *north).collect();
        let (west, east) = (fold(&easts, f64::min)?, fold(&easts, f64::max)?);
        let (south, north) = (fold(&norths, f64::min)?, fold(&norths, f64::max)?);
        // A lone place must not look like all there is.
        let margin = if places.len() == 1 { 2.0 } else { 1.16 };
        let wide = ((east - west) * east_degree).max(200.0) * margin;
        let high = ((north - south) * DEGREE).max(200.0) * margin;
        let width = whole(size.width);
        let ideal = (width * high / wide).clamp(whole(size.least_height), whole(size.most_height));
        let metres = (wide / width).max(high / ideal);
        let rest = |pixels: f64, length: f64| (pixels - length / metres) / 2.0;
        let begin = (rest(width, (east - west) * east_degree), rest(ideal.round(), (north - south) * DEGREE));
        Some(Self { side, west, north, east_degree, metres, begin, height: pixel(ideal) })
    }

    fn point(&self, (east, north): (f64, f64)) -> (i64, i64) {
        let x = self.begin.0 + (self.side.unrolled(east) - self.west) * self.east_degree / self.metres;
        let y = self.begin.1 + (self.north - north) * DEGREE / self.metres;
        (pixel(x), pixel(y))
    }

    fn length(&self, metres: f64) -> i64 {
        pixel(metres / self.metres)
    }
}

fn fold(numbers: &[f64], choose: fn(f64, f64) -> f64) -> Option<f64> {
    numbers.iter().copied().reduce(choose)
}

fn whole(pixels: i64) -> f64 {
    pixels as f64
}

#[expect(clippy::cast_possible_truncation, reason = "what is drawn lies within the picture")]
fn pixel(place: f64) -> i64 {
    place.round() as i64
}

/// A place in pixels.
struct Shape<'p> {
    place: &'p Place,
    /// Where its name belongs.
    middle: (i64, i64),
    /// Of a circle; 0 for an outline.
    radius: i64,
    rings: Vec<Vec<(i64, i64)>>,
}

impl Shape<'_> {
    /// About how large it is.
    fn extent(&self) -> i64 {
        let all = || self.rings.iter().flatten();
        let spread =
            |of: fn(&(i64, i64)) -> i64| all().map(of).max().unwrap_or(0) - all().map(of).min().unwrap_or(0);
        self.radius * 2 + spread(|point| point.0) + spread(|point| point.1)
    }
}

/// A circle is never smaller than this: what it stands for is not a point.
const LEAST_RADIUS: i64 = 5;

fn shapes<'p>(places: &[&'p Place], plane: &Plane) -> Vec<Shape<'p>> {
    let outlines = places.iter().filter(|place| place.has_outline()).count();
    let most = MOST_CORNERS / outlines.max(1);
    let shape = |place: &&'p Place| {
        let mut rings: Vec<Vec<(i64, i64)>> = Vec::new();
        let mut left = most;
        for ring in place.outline() {
            let corners = simplified(ring.iter().map(|corner| plane.point(*corner)).collect(), left);
            if corners.len() > 2 && corners.len() <= left {
                left -= corners.len();
                rings.push(corners);
            }
        }
        // One that is too small to be seen is a circle of the least size, where it begins.
        let first = place.outline().next().and_then(|ring| ring.first()).copied();
        let middle = match (middle_of(&rings), place.circle().or(first)) {
            (Some(middle), _) => middle,
            (None, Some(centre)) => plane.point(centre),
            (None, None) => (0, 0),
        };
        let reach = if place.has_outline() { 0 } else { plane.length(place.radius) };
        let radius = if rings.is_empty() { reach.max(LEAST_RADIUS) } else { 0 };
        Shape { place, middle, radius, rings }
    };
    places.iter().map(shape).collect()
}

fn draw_shape(canvas: &mut Canvas, shape: &Shape<'_>, label: Option<&Label>, id: &str) {
    let Place { url, spoken, silent, is_context, .. } = shape.place;
    if !url.is_empty() {
        let (url, spoken) = (escaped(url), escaped(spoken));
        canvas.put(format_args!("<a href=\"{url}\" aria-label=\"{spoken}\">"));
    }
    let fill = match (silent, is_context) {
        (_, true) => " fill=\"none\" stroke-opacity=\".6\" stroke-dasharray=\"3 3\"".to_owned(),
        (true, false) => format!(" fill=\"url(#{id}-h)\" stroke-dasharray=\"4 3\""),
        (false, false) => " fill-opacity=\".16\" stroke-width=\"2\"".to_owned(),
    };
    if shape.rings.is_empty() {
        let ((x, y), radius) = (shape.middle, shape.radius);
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
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\"{weight} {HALO}>{text}</text>"
        ));
    }
    if !url.is_empty() {
        canvas.put(format_args!("</a>"));
    }
}

fn draw_legend(
    canvas: &mut Canvas,
    plane: &Plane,
    size: Size,
    is_hatched: bool,
    id: &str,
    words: &Words<'_>,
) {
    let metres = round_length(whole(size.width) / 4.0 * plane.metres);
    let length = plane.length(f64::from(metres));
    let mut y = plane.height + 18;
    let middle = y - 4;
    let (from, to, beside) = if canvas.rtl {
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
    canvas.put(format_args!("<text x=\"{beside}\" y=\"{y}\" font-size=\"13\">{distance}</text>"));
    let hatched = format!(" fill=\"url(#{id}-h)\" stroke-dasharray=\"4 3\"");
    let lines = [
        (" fill-opacity=\".16\" stroke-width=\"2\"", words.area),
        (&hatched, if is_hatched { words.silent } else { "" }),
    ];
    for (fill, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
        y += 24;
        let (x, beside) = if canvas.rtl { (size.width - 14, size.width - 30) } else { (14, 30) };
        let text = cut(text, usize::try_from((size.width - 34) * 100 / 13).unwrap_or(0));
        let text = isolated(&text, canvas.rtl);
        canvas.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{}\" r=\"9\" stroke=\"currentColor\"{fill}/><text x=\"{beside}\" y=\"{y}\" font-size=\"13\">{text}</text>",
            y - 4
        ));
    }
}

/// The largest of 1, 2 and 5 with noughts that is not larger.
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
