//! Points on a map, as texts and addresses write them.
//!
//! Owns which forms are found: degrees with decimals or minutes, links to maps, plus codes, what3words, and
//! grids of the military and of surveyors. Does not find place names, street addresses and geohashes, which look
//! like words.
//!
//! Invariant: takes time in proportion to the text, whatever is in it.

use std::fmt;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::fold::with_ascii_marks;

/// Decimals of a degree from which on a point is finer than a neighbourhood: about 100 metres.
pub const FINE_DECIMALS: usize = 3;

/// What points to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapReference {
    Coordinates,
    MapLink,
    PlusCode,
    What3Words,
    GridReference,
}

impl fmt::Display for MapReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Coordinates => "coordinates",
            Self::MapLink => "a link to a map",
            Self::PlusCode => "a plus code",
            Self::What3Words => "a what3words address",
            Self::GridReference => "a grid reference",
        })
    }
}

/// Two numbers of degrees, with what may be between them. A decimal comma is as good as a point.
static PAIR: LazyLock<Regex> = LazyLock::new(|| {
    let degrees = r"[-+]?(?:1[0-8][0-9]|[0-9]{1,2})[.,][0-9]{3,}";
    let between = r#"(?:[ \n\t,;/|~&!?()\[\]{}°'"=:_+NSEWOnseow–—×-]|%2C|%7C|%20|%3B|(?i:mlon|longitude|long|lon|lng)|4d|and|et|x|y|و){1,16}?"#;
    regex(&format!(
        r"(?:^|[^0-9.,])(?P<one>{degrees})(?P<between>{between})(?P<other>{degrees})(?P<after> ?°| ?[EWNSO](?:$|[^A-Za-z]))?"
    ))
});

/// Degrees with minutes, and seconds or parts of a minute.
static MINUTES: LazyLock<Regex> = LazyLock::new(|| {
    let compact = r"[0-9]{6}(?:\.[0-9]+)? ?[NS][ ,;/]{0,3}[0-9]{6,7}(?:\.[0-9]+)? ?[EWO]";
    let seconds = r"[0-9]{1,3} ?(?:°|deg) ?[0-9]{1,2} ?(?:'|min)[ ,]{0,2}[0-9]{1,2}";
    let part_of_minute = r"[0-9]{1,3} ?(?:°|deg) ?[0-9]{1,2}[.,][0-9]+";
    let marked =
        r"[NS] ?[0-9]{1,2} ?°? ?[0-9]{2}[.,][0-9]{2,}[ ,;]{1,3}[EWO] ?[0-9]{1,3} ?°? ?[0-9]{2}[.,][0-9]{2,}";
    let group = r"[0-9]{1,3}[: -][0-9]{2}[: -][0-9]{2}(?:[.,][0-9]+)?";
    let groups =
        format!("(?:{group} ?[NS][ ,;/]{{0,3}}{group} ?[EWO]|[NS] ?{group}[ ,;/]{{1,3}}[EWO] ?{group})");
    regex(&format!("(?:^|[^0-9])(?:{compact}|{seconds}|{part_of_minute}|{marked}|{groups})"))
});

/// The beginnings of addresses that show one place.
static MAP_LINK: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:google\.[a-z.]{2,6}/maps[/?@]|maps\.google\.[a-z.]{2,6}/.|goo\.gl/maps|maps\.app\.goo\.gl/",
        r"|(?:openstreetmap|osm)\.org/(?:node|way|go)/|maps\.apple\.com/.|waze\.com/(?:ul|live-map)|wikimapia\.org/.",
        r"|yandex\.[a-z.]{2,6}/maps/.|bing\.com/maps[/?]|[./]here\.com/.|plus\.codes/.|what3words\.com/[^ /]+\.",
        r"|w3w\.co/|ge0\.me/|omaps\.app/|2gis\.[a-z]{2,4}/.|geohack|mapcarta\.com/.)",
    ))
});

static PLUS_CODE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:^|[^0-9A-Za-z])(?P<area>[2-9CFGHJMPQRVWX]{4,8})(?:\+|%2B)[2-9CFGHJMPQRVWX]{2,3}(?:$|[^0-9A-Za-z])",
    )
});

static WHAT3WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let word = r#"[^ \n\t./<>"'(),;:!?0-9]{2,30}"#;
    regex(&format!(r"(?:^|[^:/0-9A-Za-z])///{word}\.{word}\.{word}"))
});

/// A square of the military grid, or metres of its zone.
static GRID: LazyLock<Regex> = LazyLock::new(|| {
    let zone = r"[0-9]{1,2} ?[C-HJ-NP-X]";
    let metres = r"[0-9]{6}(?:\.[0-9]+)? ?(?:mE|m|E)?[ ,;]{1,2}[0-9]{7}";
    regex(&format!(
        r"(?:^|[^0-9A-Za-z])(?:{zone} ?[A-HJ-NP-Z]{{2}} ?(?P<east>[0-9]{{3,5}}) ?(?P<north>[0-9]{{3,5}})|{zone} ?{metres})(?:$|[^0-9])"
    ))
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("each pattern is used in a test")
}

/// The first point on a map in a text, if any.
#[must_use]
pub fn in_text(text: &str) -> Option<MapReference> {
    let text = with_ascii_marks(text);
    if !has_digit_or_address(&text) {
        return None;
    }
    let has_plus_code = || PLUS_CODE.captures_iter(&text).any(|code| is_plus_code(&code["area"]));
    let has_grid = || GRID.captures_iter(&text).any(|square| is_square(&square));
    if MAP_LINK.is_match(&text) {
        Some(MapReference::MapLink)
    } else if has_pair(&text, is_point) || MINUTES.is_match(&text) {
        Some(MapReference::Coordinates)
    } else if has_plus_code() {
        Some(MapReference::PlusCode)
    } else if WHAT3WORDS.is_match(&text) {
        Some(MapReference::What3Words)
    } else {
        has_grid().then_some(MapReference::GridReference)
    }
}

/// As [`in_text`], in an address: three decimals are enough there, as no address lists thousands.
#[must_use]
pub fn in_address(address: &str) -> Option<MapReference> {
    let is_point = |pair: &Captures<'_>| is_in_range(pair) && !pair["one"].contains(',');
    in_text(address).or_else(|| has_pair(address, is_point).then_some(MapReference::MapLink))
}

/// Some pair of numbers is a point. The second of one pair may be the first of the next.
fn has_pair(text: &str, is_point: impl Fn(&Captures<'_>) -> bool) -> bool {
    let mut from = 0;
    while let Some(pair) = PAIR.captures_at(text, from) {
        if is_point(&pair) {
            return true;
        }
        let other = pair.name("other").expect("each pair has both").start();
        // With the mark before it, as a number begins behind one.
        from = text[..other].char_indices().next_back().map_or(other, |(at, _)| at);
    }
    false
}

/// Every form but what3words and a link has one.
fn has_digit_or_address(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || text.contains("//") || text.contains(".co")
}

/// Three decimals can be thousands, in a list of numbers: then something must say that they are degrees.
fn is_point(pair: &Captures<'_>) -> bool {
    let (one, other) = (&pair["one"], &pair["other"]);
    let has_four = decimals(one) > FINE_DECIMALS && decimals(other) > FINE_DECIMALS;
    let has_sign = pair["between"].contains(is_sign_of_degrees)
        || pair.name("after").is_some()
        || ["lon", "lng"].iter().any(|word| pair["between"].to_ascii_lowercase().contains(word));
    let is_bare_pair = pair["between"].trim() == "," && one.contains('.') && other.contains('.');
    is_in_range(pair) && (has_four || has_sign || is_bare_pair)
}

fn is_sign_of_degrees(c: char) -> bool {
    matches!(c, '°' | 'N' | 'S' | 'E' | 'W' | 'O')
}

/// One of them is a latitude. Two numbers below one are more often shares than a place in the Gulf of Guinea.
fn is_in_range(pair: &Captures<'_>) -> bool {
    let whole = |number: &str| {
        let number = number.trim_start_matches(['-', '+']);
        number.split(['.', ',']).next().and_then(|whole| whole.parse::<u32>().ok()).unwrap_or_default()
    };
    let (one, other) = (whole(&pair["one"]), whole(&pair["other"]));
    one.min(other) <= 90 && one.max(other) > 0
}

fn decimals(number: &str) -> usize {
    number.rsplit(['.', ',']).next().map_or(0, str::len)
}

/// Digits alone are a sum. The letters of a code come in pairs.
fn is_plus_code(area: &str) -> bool {
    area.len().is_multiple_of(2) && area.contains(|c: char| c.is_ascii_alphabetic())
}

/// Metres of a zone, or as many digits east as north.
fn is_square(square: &Captures<'_>) -> bool {
    match (square.name("east"), square.name("north")) {
        (Some(east), Some(north)) => (east.len() + north.len()).is_multiple_of(2),
        _ => true,
    }
}
