//! Names and records.

codes! {
    "Names and records";

    /// A neighbourhood or source cannot have this name.
    ///
    /// Its page needs an id, which is made of letters and digits. Write a record with an id of its
    /// own, and give it this name as its title.
    ///
    /// ```toml
    /// neighbourhoods = ["???"]
    /// ```
    BAD_NAME = "bad-name", Error;

    /// Two records claim one name or spelling.
    ///
    /// The program cannot know which one an article means. Remove the name from one record, and
    /// write the id where the other is meant.
    ///
    /// ```toml
    /// spellings = ["The Docks"]     # in two records
    /// ```
    NAME_CLAIMED_TWICE = "name-claimed-twice", Error;

    /// A name without a record is close to the name of a record, or sounds like it.
    ///
    /// It would get a page of its own, and one place would be divided in two. Write the known name,
    /// add the spelling to its record, or add a record with `not` if it is another place.
    ///
    /// ```toml
    /// neighbourhoods = ["Harbor"]     # the record is called Harbour
    /// ```
    NEAR_KNOWN_NEIGHBOURHOOD = "near-known-neighbourhood", Warning;

    /// A name without a record is close to the name of a source, or sounds like it.
    ///
    /// It would count as another source, and so as another origin. If the known source is
    /// protected, this is an error, since a spelling mistake would publish a name that must not be
    /// seen. Write the known name, or add a record.
    ///
    /// ```toml
    /// source = "Radio Bryne"     # the record is called Radio Brine
    /// ```
    NEAR_KNOWN_SOURCE = "near-known-source", Warning | Error;

    /// An event without a record is close to one that has a record.
    ///
    /// Claims about one event meet only if they name it alike. Write the known id, or add a record
    /// for the other event.
    ///
    /// ```toml
    /// event = "harbour-fire-2031-05-3"     # the record is harbour-fire-2031-05-03
    /// ```
    NEAR_KNOWN_EVENT = "near-known-event", Warning;

    /// Two names without a record are close to each other.
    ///
    /// Each gets a page, and perhaps one place or source is divided in two. It is reported if one of the names
    /// is written only once and the other often, or if both have the same letters but for hamza, apostrophes
    /// and the like. Write the other name, or a record with `not` if it is another.
    ///
    /// ```toml
    /// neighbourhoods = ["Karkiv"]     # other briefings say Kharkiv
    /// ```
    NEAR_NAME = "near-name", Warning;

    /// Two records have names that are alike, and neither lists the other under `not`.
    ///
    /// Perhaps one place or source was entered twice. Make them one record, or list one under `not`
    /// in the other.
    ///
    /// ```toml
    /// title = "Old Toun"     # next to a record "Old Town"
    /// ```
    ALIKE_RECORDS = "alike-records", Warning;

    /// Two records that list each other under `not` both have this name.
    ///
    /// The name alone does not say which one is meant. Write the id instead.
    ///
    /// ```toml
    /// neighbourhoods = ["Bustan"]     # bustan-al-basha or latakia-bustan
    /// ```
    AMBIGUOUS_NAME = "ambiguous-name", Error;

    /// `unattributed` is used where a source is needed.
    ///
    /// It means that a claim names no source. It can be the `source` of a claim and nothing else.
    ///
    /// ```toml
    /// via = ["unattributed"]
    /// ```
    RESERVED_SOURCE = "reserved-source", Error;

    /// A neighbourhood is its own ancestor.
    ///
    /// `parent` names the larger place that a neighbourhood is part of. Correct one of the records
    /// that the message names.
    ///
    /// ```toml
    /// parent = "harbour"     # in harbour.md
    /// ```
    PARENT_CIRCLE = "parent-circle", Error;

    /// A neighbourhood is in more than 20 places, each a part of the next.
    ///
    /// Every place lists what is in it, so that such a chain would repeat each claim on every page of it. Name a
    /// larger place as the parent.
    ///
    /// ```toml
    /// parent = "p20"     # in p21.md, and so on down to p0.md
    /// ```
    PARENT_DEPTH = "parent-depth", Error;

    /// A source passes on more than 100 others, through its relays and theirs.
    ///
    /// `relays` names the few sources that an outlet mainly passes on. With so many, nothing could be said of
    /// where a claim of it comes from: leave `relays` out.
    ///
    /// ```toml
    /// relays = ["s1", "s2", "s3"]     # and so on, to s101
    /// ```
    TOO_MANY_RELAYS = "too-many-relays", Error;

    /// A GeoJSON file cannot be read, or holds something other than areas.
    ///
    /// Export it as GeoJSON in degrees (WGS 84), with a Polygon or MultiPolygon.
    ///
    /// ```text
    /// { "type": "Point", "coordinates": [37.1, 36.2] }
    /// ```
    BAD_OUTLINE = "bad-outline", Error;

    /// map.geojson cannot be read, or has a shape that is on no map.
    ///
    /// Export it as GeoJSON in degrees (WGS 84): a FeatureCollection of lines and areas. Its line on where the data is
    /// from (`attribution` or `copyright`) is a text of 300 letters at most.
    ///
    /// ```text
    /// { "type": "Polygon", "coordinates": [] }
    /// ```
    BAD_MAP = "bad-map", Error;

    /// A line or area of map.geojson is not drawn, as nothing says what it shows.
    ///
    /// Drawn are lines and areas with one of the tags that OpenStreetMap has for water, main roads and borders, or with
    /// `"layer": "outline"`, `"water"` or `"road"`. A point is never drawn. Write what a feature is into its properties,
    /// or remove it from the file.
    ///
    /// ```text
    /// { "type": "Feature", "properties": { "building": "yes" }, "geometry": null }
    /// ```
    UNKNOWN_LAYER = "unknown-layer", Warning;

    /// No place of the site is where map.geojson is, so that no map shows it.
    ///
    /// In GeoJSON, east comes before north: `[37.1, 36.2]` is Aleppo. Export the map again, of the city that the places
    /// are in, or correct the points of the records.
    ///
    /// ```text
    /// { "type": "LineString", "coordinates": [[36.2, 37.1], [36.3, 37.2]] }
    /// ```
    MAP_ELSEWHERE = "map-elsewhere", Warning;

    /// A record names a file that is not next to it.
    ///
    /// Add the file, or correct its name.
    ///
    /// ```toml
    /// geometry = "harbour.geojson"
    /// ```
    MISSING_FILE = "missing-file", Error;
}
