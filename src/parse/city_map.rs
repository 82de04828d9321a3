//! map.geojson: the outline, water and main roads of a city, drawn behind places.
//!
//! Owns which features are drawn, and as what: by a key of ours, or by the tags of OpenStreetMap. No other word of a
//! feature is kept.

use geojson::{
    Feature, FeatureCollection, GeoJson, Geometry, GeometryValue, JsonObject, LineStringType, PolygonType,
};
use serde_json::Value;

use crate::charts::map::{CityLayer, CityShape};
use crate::diag::{Code, Diagnostic, Place, did_you_mean};
use crate::html::text_of;
use crate::model::CityMap;
use crate::parse::geometry_file::{GeometryFile, ShapeFault, corners, rings};
use crate::toml::{Lines, forbidden_character};

/// The longest line on where the data is from, in letters.
const LONGEST_CREDIT: usize = 300;

const CREDIT_HELP: &str = "write in one short line of plain text where the data is from, and its licence: © OpenStreetMap contributors";

/// The map, and a warning about what it leaves out, if anything.
///
/// # Errors
/// A file that is no GeoJSON, or has shapes that are on no map.
pub fn parse(path: &str, bytes: &[u8]) -> Result<(CityMap, Option<Diagnostic>), Box<Diagnostic>> {
    let file = GeometryFile {
        path,
        code: Code::BAD_MAP,
        name: "the map",
        least: "a FeatureCollection is the least that it can be: https://geojson.org/",
    };
    let collection = match file.read(bytes)? {
        GeoJson::FeatureCollection(collection) => collection,
        GeoJson::Feature(_) => {
            let help = "put it into the `features` of a FeatureCollection";
            return Err(file.refused("the map is one Feature, not a collection of them", help));
        }
        GeoJson::Geometry(geometry) => {
            let fact =
                format!("the map is a {}, which does not say what it shows", geometry.value.type_name());
            let help = "put it into a Feature whose `properties` have \"layer\": \"outline\", \"water\" or \"road\", and that into the `features` of a FeatureCollection";
            return Err(file.refused(&fact, help));
        }
    };
    let credit = credit(&collection).map_err(|(key, fact)| {
        file.refused_member(bytes, key, &format!("`{key}` of the map {fact}"), CREDIT_HELP)
    })?;
    let mut found = DrawnFeatures::default();
    for (index, feature) in collection.features.into_iter().enumerate() {
        found.feature(feature).map_err(|ShapeFault { fact, help }| {
            file.refused_feature(bytes, index, &format!("a feature of the map {fact}"), help)
        })?;
    }
    let warning = found.warning(&file, bytes);
    Ok((CityMap { shapes: found.shapes, credit }, warning))
}

/// The line on where the data is from: the first member that has one. Many programs write it as HTML.
///
/// # Errors
/// A member, and why it is no such line.
fn credit(collection: &FeatureCollection) -> Result<Option<Box<str>>, (&'static str, String)> {
    let Some(members) = &collection.foreign_members else { return Ok(None) };
    for key in ["attribution", "copyright"] {
        let is_no_text = |form: &str| Err((key, format!("is {form}, not text")));
        let written = match members.get(key) {
            None | Some(Value::Null) => continue,
            Some(Value::String(written)) if written.trim().is_empty() => continue,
            Some(Value::String(written)) => written,
            Some(Value::Bool(_)) => return is_no_text("true or false"),
            Some(Value::Number(_)) => return is_no_text("a number"),
            Some(Value::Array(_)) => return is_no_text("a list"),
            Some(Value::Object(_)) => return is_no_text("an object"),
        };
        return credit_line(written).map(Some).map_err(|fact| (key, fact));
    }
    Ok(None)
}

fn credit_line(written: &str) -> Result<Box<str>, String> {
    let text = text_of(written).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err("is HTML without a text".to_owned());
    }
    if forbidden_character(&text, Lines::One).is_some() {
        return Err("has a character that cannot be shown".to_owned());
    }
    let length = text.chars().count();
    if length > LONGEST_CREDIT {
        return Err(format!("has {length} letters; {LONGEST_CREDIT} are the most"));
    }
    Ok(text.into_boxed_str())
}

/// The shapes of a map, and which of its lines and areas are not drawn.
#[derive(Default)]
struct DrawnFeatures {
    shapes: Vec<CityShape>,
    features: usize,
    left_out: usize,
    first_left_out: Option<LeftOut>,
}

/// A line or area of no known layer.
struct LeftOut {
    /// Among all features, counted from 0.
    number: usize,
    /// The layer that it names.
    layer: Option<String>,
}

impl DrawnFeatures {
    /// A point is never drawn, and no word is lost about it: OpenStreetMap has one in the middle of each city.
    fn feature(&mut self, feature: Feature) -> Result<(), ShapeFault> {
        let number = self.features;
        self.features += 1;
        let Some(geometry) = feature.geometry else { return Ok(()) };
        let properties = feature.properties.unwrap_or_default();
        if let Some(layer) = layer(&properties) {
            return self.geometry(geometry, layer);
        }
        if has_line_or_area(&geometry.value) {
            self.left_out += 1;
            self.first_left_out.get_or_insert_with(|| LeftOut { number, layer: unknown_layer(&properties) });
        }
        Ok(())
    }

    /// Adds its lines and areas. A point is neither.
    fn geometry(&mut self, geometry: Geometry, layer: CityLayer) -> Result<(), ShapeFault> {
        match geometry.value {
            GeometryValue::Polygon { coordinates } => self.polygon(&coordinates, layer),
            GeometryValue::MultiPolygon { coordinates } => {
                coordinates.iter().try_for_each(|polygon| self.polygon(polygon, layer))
            }
            GeometryValue::LineString { coordinates } => self.line(&coordinates, layer),
            GeometryValue::MultiLineString { coordinates } => {
                coordinates.iter().try_for_each(|positions| self.line(positions, layer))
            }
            GeometryValue::GeometryCollection { geometries } => {
                geometries.into_iter().try_for_each(|geometry| self.geometry(geometry, layer))
            }
            GeometryValue::Point { .. } | GeometryValue::MultiPoint { .. } => Ok(()),
        }
    }

    fn polygon(&mut self, polygon: &PolygonType, layer: CityLayer) -> Result<(), ShapeFault> {
        let rings = rings(polygon)?;
        if !rings.is_empty() {
            self.shapes.push(CityShape::Area(layer, rings));
        }
        Ok(())
    }

    fn line(&mut self, positions: &LineStringType, layer: CityLayer) -> Result<(), ShapeFault> {
        let line = corners(positions)?;
        match line.len() {
            0 => {}
            1 => {
                return Err(ShapeFault::new(
                    "has a line of one corner",
                    "give it a second corner, or remove it",
                ));
            }
            _ => self.shapes.push(CityShape::Line(layer, line)),
        }
        Ok(())
    }

    fn warning(&self, file: &GeometryFile<'_>, bytes: &[u8]) -> Option<Diagnostic> {
        let help = "write \"layer\": \"outline\", \"water\" or \"road\" into the properties of each line or area that is to be drawn, and remove the others";
        let Some(LeftOut { number, layer }) = &self.first_left_out else {
            let fact = match (self.shapes.len(), self.features) {
                (1.., _) => return None,
                (0, 0) => "the map has no features, so that nothing of it is drawn",
                (0, _) => "the map has no line or area, so that nothing of it is drawn",
            };
            let warning = Diagnostic::warning(Code::UNKNOWN_LAYER, fact);
            return Some(warning.at(Place::file(file.path)).help(help));
        };
        let fact = match (self.shapes.len(), self.left_out) {
            (0, _) => "nothing of the map is drawn: its lines and areas are of no known layer".to_owned(),
            (_, 1) => "1 feature of the map is not drawn: it is of no known layer".to_owned(),
            (_, many) => format!("{many} features of the map are not drawn: they are of no known layer"),
        };
        let which = if self.left_out == 1 { "the feature" } else { "the first of them" };
        let names =
            layer.as_ref().map_or_else(String::new, |layer| format!(", and names the layer {layer:?}"));
        let warning = Diagnostic::warning(Code::UNKNOWN_LAYER, fact)
            .at(file.place_of_feature(bytes, *number))
            .label(format!("{which} begins here{names}"));
        let meant = layer.as_ref().and_then(|layer| did_you_mean(layer, LAYERS.map(|(name, _)| name)));
        let warning = meant
            .into_iter()
            .fold(warning, |warning, meant| warning.help(format!("did you mean {meant:?}?")));
        Some(warning.help(help))
    }
}

/// Whether it has anything that a known layer would have drawn.
fn has_line_or_area(geometry: &GeometryValue) -> bool {
    match geometry {
        GeometryValue::Point { .. } | GeometryValue::MultiPoint { .. } => false,
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter().any(|geometry| has_line_or_area(&geometry.value))
        }
        _ => true,
    }
}

/// The layers by the values of our own key.
const LAYERS: [(&str, CityLayer); 3] =
    [("outline", CityLayer::Outline), ("water", CityLayer::Water), ("road", CityLayer::Road)];

/// The beginning of what our own key says. A number is not ours, but OpenStreetMap's.
fn unknown_layer(properties: &JsonObject) -> Option<String> {
    const MOST_LETTERS: usize = 40;
    let layer = properties.get("layer")?.as_str()?;
    layer.parse::<f64>().is_err().then(|| layer.chars().take(MOST_LETTERS).collect())
}

/// What a feature is. Our own key wins, if its value is one of ours: OpenStreetMap has a key of the same name, for what
/// is above or below.
fn layer(properties: &JsonObject) -> Option<CityLayer> {
    let named = properties.get("layer").and_then(Value::as_str);
    let own = LAYERS.into_iter().find_map(|(name, layer)| (named == Some(name)).then_some(layer));
    // Some programs put the tags of OpenStreetMap one level deeper.
    let tags = properties.get("tags").and_then(Value::as_object);
    own.or_else(|| layer_by_tags(properties)).or_else(|| layer_by_tags(tags?))
}

/// By the tags of OpenStreetMap. A river that is a border is a river.
fn layer_by_tags(tags: &JsonObject) -> Option<CityLayer> {
    let is = |key: &str, values: &[&str]| {
        tags.get(key).and_then(Value::as_str).is_some_and(|value| values.contains(&value))
    };
    let is_water = is("natural", &["water", "coastline", "bay", "strait"])
        || is("waterway", &["river", "canal", "riverbank", "dock", "tidal_channel"])
        || is("landuse", &["reservoir", "basin"])
        || is("place", &["sea", "ocean"])
        || tags.get("water").and_then(Value::as_str).is_some_and(|value| value != "no");
    let is_road = tags.get("highway").and_then(Value::as_str).is_some_and(|value| {
        let value = value.strip_suffix("_link").unwrap_or(value);
        ["motorway", "trunk", "primary", "secondary", "tertiary"].contains(&value)
    });
    let is_outline = is("boundary", &["administrative"])
        || is("place", &["city", "town", "village", "municipality", "island"]);
    let layers = [(is_water, CityLayer::Water), (is_road, CityLayer::Road), (is_outline, CityLayer::Outline)];
    layers.into_iter().find_map(|(is_it, layer)| is_it.then_some(layer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(members: &str, features: &str) -> String {
        format!("{{\"type\":\"FeatureCollection\",{members}\"features\":[{features}]}}")
    }

    fn feature(properties: &str, geometry: &str) -> String {
        format!("{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{geometry}}}")
    }

    const LINE: &str = "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}";

    /// As what a line with these properties is drawn.
    fn layer_of(properties: &str) -> Option<CityLayer> {
        let text = collection("", &feature(properties, LINE));
        let (map, warning) = parse("map.geojson", text.as_bytes()).unwrap();
        assert_eq!(map.shapes.is_empty(), warning.is_some());
        map.shapes.first().map(|shape| match shape {
            CityShape::Area(layer, _) | CityShape::Line(layer, _) => *layer,
        })
    }

    #[test]
    fn what_a_feature_is_comes_from_its_tags_or_from_our_key() {
        for (properties, layer) in [
            (r#"{"natural":"coastline"}"#, Some(CityLayer::Water)),
            (r#"{"waterway":"river","boundary":"administrative"}"#, Some(CityLayer::Water)),
            (r#"{"waterway":"drain"}"#, None),
            (r#"{"water":"lake"}"#, Some(CityLayer::Water)),
            (r#"{"landuse":"basin"}"#, Some(CityLayer::Water)),
            (r#"{"highway":"primary_link"}"#, Some(CityLayer::Road)),
            (r#"{"highway":"residential"}"#, None),
            (r#"{"boundary":"administrative"}"#, Some(CityLayer::Outline)),
            (r#"{"type":"way","tags":{"highway":"trunk"}}"#, Some(CityLayer::Road)),
            (r#"{"layer":"outline","natural":"water"}"#, Some(CityLayer::Outline)),
            (r#"{"layer":"-1","highway":"motorway"}"#, Some(CityLayer::Road)),
            (r#"{"layer":1,"highway":["primary"]}"#, None),
            (r#"{"layer":"water"}"#, Some(CityLayer::Water)),
            ("{}", None),
            ("null", None),
        ] {
            assert_eq!(layer_of(properties), layer, "{properties}");
        }
    }

    #[test]
    fn lines_and_areas_are_drawn_and_points_are_not() {
        let ring = "[[1,2],[3,4],[5,6],[1,2]]";
        let all = format!(
            "{{\"type\":\"GeometryCollection\",\"geometries\":[{LINE},\
             {{\"type\":\"MultiLineString\",\"coordinates\":[[[1,2],[3,4]],[[5,6],[7,8]]]}},\
             {{\"type\":\"Polygon\",\"coordinates\":[{ring}]}},\
             {{\"type\":\"MultiPolygon\",\"coordinates\":[[{ring}],[{ring},{ring}]]}},\
             {{\"type\":\"Point\",\"coordinates\":[1,2]}}]}}"
        );
        let text = collection("", &feature("{\"layer\":\"water\"}", &all));
        let (map, warning) = parse("map.geojson", text.as_bytes()).unwrap();
        assert!(warning.is_none());
        let forms = map.shapes.iter().map(|shape| match shape {
            CityShape::Area(_, rings) => rings.len(),
            CityShape::Line(..) => 0,
        });
        assert_eq!(forms.collect::<Vec<_>>(), [0, 0, 0, 1, 1, 2]);
    }

    #[test]
    fn empty_parts_are_left_out() {
        let shapes = |geometry: &str| {
            let text = collection("", &feature("{\"layer\":\"water\"}", geometry));
            parse("map.geojson", text.as_bytes()).unwrap().0.shapes.len()
        };
        let ring = "[[1,2],[3,4],[5,6],[1,2]]";
        let of_type = |name: &str, coordinates: &str| {
            shapes(&format!("{{\"type\":\"{name}\",\"coordinates\":{coordinates}}}"))
        };
        assert_eq!(of_type("MultiPolygon", &format!("[[],[[]],[{ring},[]]]")), 1);
        assert_eq!(of_type("MultiLineString", "[[],[[1,2],[3,4]]]"), 1);
        assert_eq!(of_type("Polygon", &format!("[[],{ring}]")), 0);
        assert_eq!(of_type("LineString", "[]"), 0);
    }

    #[test]
    fn what_is_left_over_at_the_antimeridian_is_on_the_other_side() {
        let line = |from: &str, to: &str| {
            let line = format!("{{\"type\":\"LineString\",\"coordinates\":[[{from},2],[{to},4]]}}");
            let text = collection("", &feature("{\"layer\":\"road\"}", &line));
            match parse("map.geojson", text.as_bytes()).ok()?.0.shapes.first() {
                Some(CityShape::Line(_, line)) => Some([line[0].0, line[1].0]),
                _ => None,
            }
        };
        assert_eq!(line("179.5", "180.25"), Some([179.5, -179.75]));
        assert_eq!(line("-180.5", "-180"), Some([179.5, -180.0]));
        assert_eq!(line("-179.5", "179.5"), Some([-179.5, 179.5]));
        for (from, to) in [("179", "181"), ("-90", "90"), ("-100", "100"), ("-180", "180")] {
            assert_eq!(line(from, to), None, "{from} {to}");
        }
    }

    #[test]
    fn the_credit_is_one_line_of_the_file_itself() {
        let credit = |members: &str| {
            let text = collection(members, &feature("{\"layer\":\"road\",\"copyright\":\"x\"}", LINE));
            parse("map.geojson", text.as_bytes()).map(|(map, _)| map.credit.map(String::from)).ok()
        };
        assert_eq!(credit(""), Some(None));
        assert_eq!(
            credit(r#""copyright":"© OpenStreetMap\n contributors ","#),
            Some(Some("© OpenStreetMap contributors".into()))
        );
        assert_eq!(credit(r#""copyright":"b","attribution":"a","#), Some(Some("a".into())));
        assert_eq!(credit(r#""copyright":"  ","#), Some(None));
        assert_eq!(credit(r#""copyright":"b","attribution":"","#), Some(Some("b".into())));
        assert_eq!(credit(r#""copyright":"b","attribution":null,"#), Some(Some("b".into())));
        assert_eq!(
            credit(r#""copyright":"&copy; <a href=\"https://osm.example/\">OpenStreetMap</a>","#),
            Some(Some("© OpenStreetMap".into()))
        );
        for no_text in [r#"["b"]"#, r#"{"b":"c"}"#, "5", "false", r#""<img>""#] {
            assert_eq!(credit(&format!("\"copyright\":{no_text},")), None, "{no_text}");
        }
        assert_eq!(credit(r#""copyright":"a\u202eb","#), None);
        assert_eq!(credit(&format!("\"copyright\":\"{}\",", "x".repeat(301))), None);
    }
}
