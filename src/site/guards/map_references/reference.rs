//! What all forms of points share.

use std::fmt;

use regex::Regex;

/// Decimals of a degree from which on a point is finer than a neighbourhood: about 100 metres.
pub const FINE_DECIMALS: usize = 3;

/// What points to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapReference {
    Coordinates,
    MapLink,
    ShortLink,
    PlusCode,
    What3Words,
    GridReference,
}

impl fmt::Display for MapReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Coordinates => "coordinates",
            Self::MapLink => "a link to a map",
            Self::ShortLink => "a short link, which can lead to a map",
            Self::PlusCode => "a plus code",
            Self::What3Words => "a what3words address",
            Self::GridReference => "a grid reference",
        })
    }
}

pub fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("each pattern is used in a test")
}
