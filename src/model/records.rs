//! The records of neighbourhoods, sources and events.

use std::collections::BTreeMap;

use super::base::has_base;
use super::{ArticleBase, Checked, Name, Precision, Sees};
use crate::charts::map::CityShape;
use crate::config::{Exception, KindOfSource};
use crate::time::Moment;

has_base!(NeighbourhoodRecord);
has_base!(SourceRecord);
has_base!(EventRecord);

/// The names of a record, in addition to its title.
#[derive(Clone, Debug)]
pub struct Naming {
    /// By language code.
    pub names: BTreeMap<Box<str>, Name>,
    pub spellings: Vec<Name>,
}

/// How long a record can be relied on.
#[derive(Clone, Debug, Default)]
pub struct Currency {
    pub checked: Option<Checked>,
    /// When readers should look for a newer version.
    pub next_due: Option<Moment>,
}

#[derive(Clone, Debug)]
pub struct NeighbourhoodRecord {
    pub base: ArticleBase,
    pub naming: Naming,
    pub currency: Currency,
    pub parent: Option<Name>,
    pub point: Option<MapPoint>,
    /// The name of a file next to the record.
    pub geometry: Option<Name>,
    /// Those of `pcode`, `geonames` and `wikidata` that are not empty.
    pub codes: BTreeMap<&'static str, Box<str>>,
    /// Ids of homonyms that must never be merged.
    pub not: Vec<Name>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapPoint {
    /// Degrees north, -90 to 90.
    pub lat: f64,
    /// Degrees east, -180 to 180.
    pub lon: f64,
    pub precision: Precision,
}

/// The outline of a place on the map, from its GeoJSON file.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Each area has a border, then its holes: closed rings of degrees east (-180 to 180) and north (-90 to 90).
    pub areas: Vec<Vec<Vec<(f64, f64)>>>,
}

impl Outline {
    /// Borders and holes.
    pub fn rings(&self) -> impl Iterator<Item = &Vec<(f64, f64)>> {
        self.areas.iter().flatten()
    }
}

/// What map.geojson has of the city.
#[derive(Clone, Debug, PartialEq)]
pub struct CityMap {
    pub shapes: Vec<CityShape>,
    /// Where its data is from, in one line.
    pub credit: Option<Box<str>>,
}

#[derive(Clone, Debug)]
pub struct SourceRecord {
    pub base: ArticleBase,
    pub naming: Naming,
    pub currency: Currency,
    pub short: Option<Box<str>>,
    pub kind: Option<KindOfSource>,
    /// An id of site.toml's parties, `none` or `unknown`; checked.
    pub party: Box<str>,
    /// The record itself says so. Else `party` is what a source of its kind has by default.
    pub has_party: bool,
    pub sees: Sees,
    pub owner: Option<Box<str>>,
    pub relays: Vec<Name>,
    /// http or https.
    pub url: Option<Box<str>>,
    /// Readers see only `label`, and there is no page.
    pub protected: bool,
    /// Not empty if protected.
    pub label: Option<Box<str>>,
    /// Ids of homonyms that must never be merged.
    pub not: Vec<Name>,
    pub allow: Vec<Exception>,
}

#[derive(Clone, Debug)]
pub struct EventRecord {
    pub base: ArticleBase,
    pub naming: Naming,
    pub currency: Currency,
}
