//! Points on a map, as texts and addresses write them.
//!
//! Owns which forms are found: degrees with decimals (`pairs`, and `labels` if latitude and longitude are named) or
//! with minutes, links to maps (`links`), plus codes, what3words, and grids of the military and of surveyors. Prices
//! and counts are no points (`thousands`). Does not find place names, street addresses and geohashes, which look
//! like words.
//!
//! Invariant: takes time in proportion to the text, whatever is in it.

mod labels;
mod links;
mod pairs;
mod reference;
mod thousands;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::{Captures, Regex, RegexSet};

use crate::fold::with_ascii_marks;
use reference::regex;
pub use reference::{FINE_DECIMALS, MapReference};

/// Degrees with minutes, and seconds or parts of a minute.
static MINUTES: LazyLock<Regex> = LazyLock::new(|| {
    let compact = r"[0-9]{6}(?:\.[0-9]+)? ?[NS][ ,;/]{0,3}[0-9]{6,7}(?:\.[0-9]+)? ?[EWO]";
    let degrees = r"[0-9]{1,3} ?(?:°|(?i:deg(?:rees?|r[eé]s)?|grados?))";
    let seconds =
        format!(r"{degrees}[ ,]{{0,2}}[0-9]{{1,2}} ?(?:'|(?i:min(?:ut[eo]s?)?))[ ,]{{0,2}}[0-9]{{1,2}}");
    let part_of_minute = format!(r"{degrees}[ ,]{{0,2}}[0-9]{{1,2}}[.,][0-9]+");
    let marked =
        r"[NS] ?[0-9]{1,2} ?°? ?[0-9]{2}[.,][0-9]{2,}[ ,;]{1,3}[EWO] ?[0-9]{1,3} ?°? ?[0-9]{2}[.,][0-9]{2,}";
    let group = r"[0-9]{1,3}[: -][0-9]{2}[: -][0-9]{2}(?:[.,][0-9]+)?";
    let groups =
        format!("(?:{group} ?[NS][ ,;/]{{0,3}}{group} ?[EWO]|[NS] ?{group}[ ,;/]{{1,3}}[EWO] ?{group})");
    regex(&format!("(?:^|[^0-9])(?:{compact}|{seconds}|{part_of_minute}|{marked}|{groups})"))
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

/// Every form but coordinates with names: one search says of most texts that they have none.
static UNNAMED: LazyLock<RegexSet> = LazyLock::new(|| {
    let forms =
        [&*links::MAP_LINK, &*links::SHORT_LINK, &*pairs::PAIR, &*MINUTES, &*PLUS_CODE, &*WHAT3WORDS, &*GRID];
    RegexSet::new(forms.map(Regex::as_str)).expect("each of them is a pattern")
});

/// The first point on a map in a text, if any.
#[must_use]
pub fn in_text(text: &str) -> Option<MapReference> {
    let text = with_ascii_marks(text);
    if !has_digit_or_address(&text) {
        return None;
    }
    let without_lists = thousands::without_lists(&text);
    let may_have_unnamed =
        UNNAMED.is_match(&text) || without_lists != text && UNNAMED.is_match(&without_lists);
    if !may_have_unnamed {
        return labels::are_in_text(&text).then_some(MapReference::Coordinates);
    }
    let has_plus_code = || PLUS_CODE.captures_iter(&text).any(|code| is_plus_code(&code["area"]));
    let has_grid = || GRID.captures_iter(&text).any(|square| is_square(&square));
    if let Some(link) = links::find(&text) {
        Some(link)
    } else if pairs::is_in_text(&without_lists) || labels::are_in_text(&text) || MINUTES.is_match(&text) {
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
    in_text(address).or_else(|| {
        let is_point = pairs::is_in_address(address) || labels::are_in_address(address);
        is_point.then_some(MapReference::MapLink)
    })
}

/// Every form has one or the other.
fn has_digit_or_address(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'/')
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
