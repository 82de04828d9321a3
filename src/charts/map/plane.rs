//! Places in degrees, and the plane of a map that turns degrees into pixels.

/// Metres of one degree of latitude, and of one of longitude at the equator.
const DEGREE: f64 = 111_320.0;

/// A place of a map.
#[derive(Clone, Debug, Default)]
pub struct MapPlace {
    pub label: String,
    /// Of its page; empty for a map without links.
    pub url: String,
    /// Its name and what else the map shows of it, for screen readers.
    pub spoken: String,
    /// Degrees east and north.
    pub centre: Option<(f64, f64)>,
    /// It is within this many metres of the centre.
    pub radius: f64,
    /// Rings of its outline, in degrees east and north.
    pub rings: Vec<Vec<(f64, f64)>>,
    /// No recent reports: hatched.
    pub silent: bool,
    /// Only there for orientation.
    pub is_context: bool,
}

/// The size of a map in pixels of a phone.
#[derive(Clone, Copy, Debug)]
pub struct MapSize {
    pub width: i64,
    pub least_height: i64,
    pub most_height: i64,
}

impl MapPlace {
    pub fn has_shape(&self) -> bool {
        self.centre.is_some() || self.has_outline()
    }

    pub fn has_outline(&self) -> bool {
        self.outline().next().is_some()
    }

    /// The rings that have an inside.
    pub fn outline(&self) -> impl Iterator<Item = &Vec<(f64, f64)>> {
        self.rings.iter().filter(|ring| ring.len() > 2)
    }

    /// The middle of the circle, for a place without an outline.
    pub fn circle(&self) -> Option<(f64, f64)> {
        self.centre.filter(|_| !self.has_outline())
    }

    /// The corners of its outline, or of the box around its circle; `east_degree` in metres.
    fn corners(&self, east_degree: f64, west_edge: WestEdge) -> Vec<(f64, f64)> {
        let outline = self.outline().flatten().map(|(east, north)| (west_edge.unrolled(*east), *north));
        let circle = self.circle().map(|(east, north)| {
            let east = west_edge.unrolled(east);
            let wide = self.radius / east_degree;
            let high = self.radius / DEGREE;
            [(east - wide, north - high), (east + wide, north + high)]
        });
        outline.chain(circle.into_iter().flatten()).collect()
    }
}

/// The longitude at which a map begins. Places west of it are in the east, once around the globe.
#[derive(Clone, Copy)]
struct WestEdge(f64);

impl WestEdge {
    /// After the widest gap between places, so that those on both sides of the antimeridian are neighbours.
    fn of(places: &[&MapPlace]) -> Self {
        let place_of = |place: &&MapPlace| {
            place.circle().into_iter().chain(place.outline().flatten().copied()).collect()
        };
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

/// From degrees to pixels. Equirectangular, with degrees of longitude as long as at the middle of the map.
pub struct Plane {
    west_edge: WestEdge,
    west: f64,
    north: f64,
    /// Metres of a degree of longitude at the middle of the map.
    east_degree: f64,
    /// Metres of one pixel.
    pub metres: f64,
    /// The north-west corner of all places, in pixels.
    begin: (f64, f64),
    pub width: i64,
    pub height: i64,
}

/// From which degrees to which a map goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DegreeBox {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl DegreeBox {
    pub fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// The box around points, if there are any.
    pub fn around_all(points: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        let of_point = |(east, north)| Self { west: east, south: north, east, north };
        points.into_iter().map(of_point).reduce(Self::with)
    }

    /// Whether two boxes are no more than `degrees` apart.
    pub fn is_near(self, other: Self, degrees: f64) -> bool {
        self.west <= other.east + degrees
            && other.west <= self.east + degrees
            && self.south <= other.north + degrees
            && other.south <= self.north + degrees
    }

    /// The box around a circle.
    pub fn around((east, north): (f64, f64), metres: f64) -> Self {
        let wide = metres / metres_of_east_degree(north);
        let high = metres / DEGREE;
        Self { west: east - wide, south: north - high, east: east + wide, north: north + high }
    }

    /// How wide and how high it is, in metres.
    pub fn extent(self) -> (f64, f64) {
        let east_degree = metres_of_east_degree(f64::midpoint(self.south, self.north));
        ((self.east - self.west) * east_degree, (self.north - self.south) * DEGREE)
    }
}

/// Metres of a degree of longitude.
fn metres_of_east_degree(north: f64) -> f64 {
    (libm::cos(north.to_radians()) * DEGREE).max(1.0)
}

impl Plane {
    /// Shows all of the places, and a box around them if there is one.
    pub fn of(places: &[&MapPlace], around: Option<DegreeBox>, size: MapSize) -> Option<Self> {
        let centre = |place: &&MapPlace| place.circle().or_else(|| place.outline().next()?.first().copied());
        let centres = DegreeBox::around_all(places.iter().filter_map(centre))?;
        let middle = (centres.south + centres.north) / 2.0;
        let east_degree = metres_of_east_degree(middle);
        let west_edge = WestEdge::of(places);
        let corners = places.iter().flat_map(|place| place.corners(east_degree, west_edge));
        let own = DegreeBox::around_all(corners)?;
        let DegreeBox { west, south, east, north } = around.map_or(own, |around| own.with(around));
        // A lone place must not fill the map.
        let margin = if places.len() == 1 && around.is_none() { 2.0 } else { 1.16 };
        let wide = ((east - west) * east_degree).max(200.0) * margin;
        let high = ((north - south) * DEGREE).max(200.0) * margin;
        let width = whole(size.width);
        let ideal = (width * high / wide).clamp(whole(size.least_height), whole(size.most_height));
        let metres = (wide / width).max(high / ideal);
        let rest = |pixels: f64, length: f64| (pixels - length / metres) / 2.0;
        let begin = (rest(width, (east - west) * east_degree), rest(ideal.round(), (north - south) * DEGREE));
        Some(Self {
            west_edge,
            west,
            north,
            east_degree,
            metres,
            begin,
            width: size.width,
            height: pixel(ideal),
        })
    }

    pub fn point(&self, (east, north): (f64, f64)) -> (i64, i64) {
        self.point_as_it_is((self.west_edge.unrolled(east), north))
    }

    /// As [`Plane::point`], for a longitude that may be anywhere around the globe, and is not moved.
    pub fn point_as_it_is(&self, (east, north): (f64, f64)) -> (i64, i64) {
        let x = self.begin.0 + (east - self.west) * self.east_degree / self.metres;
        let y = self.begin.1 + (self.north - north) * DEGREE / self.metres;
        (pixel(x), pixel(y))
    }

    /// All that is in the frame.
    pub fn shown(&self) -> DegreeBox {
        let wide = self.metres / self.east_degree;
        let high = self.metres / DEGREE;
        let west = self.west - self.begin.0 * wide;
        let north = self.north + self.begin.1 * high;
        let south = north - whole(self.height) * high;
        DegreeBox { west, south, east: west + whole(self.width) * wide, north }
    }

    /// Degrees of latitude that so many pixels are.
    pub fn degrees(&self, pixels: f64) -> f64 {
        pixels * self.metres / DEGREE
    }

    pub fn length(&self, metres: f64) -> i64 {
        pixel(metres / self.metres)
    }
}

pub fn whole(pixels: i64) -> f64 {
    pixels as f64
}

#[expect(clippy::cast_possible_truncation, reason = "coordinates are within the map")]
pub fn pixel(position: f64) -> i64 {
    position.round() as i64
}
