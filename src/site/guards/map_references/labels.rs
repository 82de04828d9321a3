//! Points whose numbers are named: "latitude is 36.236 while longitude is 37.173", `?lat=36.236&zoom=17&lon=37.173`.
//!
//! Owns the words that name a coordinate. What is between the two does not count, as long as it is short.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::reference::{FINE_DECIMALS, regex};

/// So many bytes may be between the names of the two coordinates of one point.
const MOST_BETWEEN: usize = 120;

/// So many characters may be between the name of coordinates and a pair of numbers.
const MOST_BEFORE_PAIR: usize = 40;

/// The name of a coordinate. The letter before it may not be one of the same word, as in "flat" and "along".
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let latitude = r"(?i:m?lat(?:itude|itud)?)|خط العرض|دائرة العرض|خط عرض|دائرة عرض";
    let longitude = r"(?i:m?lon(?:gitude|gitud|g)?|lng)|خط الطول|خط طول";
    regex(&format!(r"(?:^|[^A-Za-z])(?:(?P<latitude>{latitude})|(?P<longitude>{longitude}))"))
});

/// The keys of an address that has the numbers apart.
static KEY: LazyLock<Regex> = LazyLock::new(|| regex(r"[?&#;/](?:(?P<latitude>y)|(?P<longitude>x))="));

/// The number behind a label, with a few words in the same sentence between them.
static VALUE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^\.?[^0-9.;!?\n]{0,24}?(?P<degrees>[-+]?[0-9]{1,3}(?:[.,][0-9]+)?)(?:$|[^0-9])")
});

/// Words that say that the numbers behind them are a point.
static COORDINATES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i:(?:^|[^a-z])(?:co-?ord[a-zé]*|gps|geo:|latitude?|longitude?|(?:lat|lon|lng)(?:$|[^a-z]))|إحداثي|احداثي|خط العرض)",
    )
});

pub fn are_in_text(text: &str) -> bool {
    is_point_named_by(&LABEL, text)
}

/// As [`are_in_text`], and by the keys `x` and `y`.
pub fn are_in_address(address: &str) -> bool {
    is_point_named_by(&KEY, address)
}

/// The text right before a pair of numbers says that it is a point.
pub fn is_before(text: &str, pair: usize) -> bool {
    let before = &text[..pair];
    let from = before.char_indices().rev().take(MOST_BEFORE_PAIR).last().map_or(pair, |(at, _)| at);
    let before = &before[from..];
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or(before);
    COORDINATES.is_match(sentence)
}

/// A latitude and a longitude are near each other, in any order, and one of them is fine: a last digit that is zero
/// is often left out of the other one.
fn is_point_named_by(labels: &Regex, text: &str) -> bool {
    let found: Vec<Captures<'_>> = labels.captures_iter(text).collect();
    let ends = found.iter().skip(1).map(|next| start(next)).chain([text.len()]);
    let mut last: [Option<(usize, usize)>; 2] = [None, None];
    for (label, end) in found.iter().zip(ends) {
        let from = label.get(0).map_or(end, |label| label.end()).min(end);
        let Some(decimals) = decimals_behind(&text[from..end]) else { continue };
        let is_longitude = usize::from(label.name("longitude").is_some());
        last[is_longitude] = Some((from, decimals));
        if let [Some((one, fine)), Some((other, finer))] = last
            && one.abs_diff(other) <= MOST_BETWEEN
            && fine.max(finer) >= FINE_DECIMALS
        {
            return true;
        }
    }
    false
}

fn start(label: &Captures<'_>) -> usize {
    label.get(0).map_or(0, |label| label.start())
}

/// Of the number behind a label. A letter there belongs to another word, as in "later".
fn decimals_behind(label: &str) -> Option<usize> {
    if label.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    decimals(&VALUE.captures(label)?["degrees"])
}

/// Of a number that is a degree.
fn decimals(number: &str) -> Option<usize> {
    let number = number.trim_start_matches(['-', '+']);
    let (whole, decimals) = number.split_once(['.', ',']).unwrap_or((number, ""));
    (whole.parse::<u32>().ok()? <= 180).then_some(decimals.len())
}
