//! Points written as two numbers of degrees, next to each other.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::labels;
use super::reference::{FINE_DECIMALS, regex};

/// Two numbers of degrees, with what may be between them. A decimal comma is as good as a point.
pub(super) static PAIR: LazyLock<Regex> = LazyLock::new(|| {
    let degrees = r"[-+]?(?:1[0-8][0-9]|[0-9]{1,2})[.,][0-9]{3,}";
    let between = r#"(?:[ \n\t,;/|~&!?()\[\]{}°'"=:_+NSEWOnseow–—×-]|%2C|%7C|%20|%3B|(?i:mlon|longitude|long|lon|lng)|4d|and|et|x|y|و){1,16}?"#;
    regex(&format!(
        r"(?:^|[^0-9.,])(?P<one>{degrees})(?P<between>{between})(?P<other>{degrees})(?P<after> ?°| ?[EWNSO](?:$|[^A-Za-z]))?"
    ))
});

/// `text` is without lists of thousands.
pub fn is_in_text(text: &str) -> bool {
    has_pair(text, |pair| {
        is_in_range(pair) && (says_that_it_is_a_point(pair) || labels::is_before(text, start(pair, "one")))
    })
}

/// Three decimals are enough in an address, which lists no thousands. A comma there is between two numbers.
pub fn is_in_address(address: &str) -> bool {
    has_pair(address, |pair| is_in_range(pair) && !pair["one"].contains(','))
}

/// Some pair of numbers is a point. The second of one pair may be the first of the next.
fn has_pair(text: &str, is_point: impl Fn(&Captures<'_>) -> bool) -> bool {
    let mut from = 0;
    while let Some(pair) = PAIR.captures_at(text, from) {
        if is_point(&pair) {
            return true;
        }
        let other = start(&pair, "other");
        // With the mark before it, as a number begins behind one.
        from = text[..other].char_indices().next_back().map_or(other, |(at, _)| at);
    }
    false
}

fn start(pair: &Captures<'_>, group: &str) -> usize {
    pair.name(group).expect("each pair has both").start()
}

/// Three decimals can be thousands, in a list of numbers: then something must say that they are degrees.
fn says_that_it_is_a_point(pair: &Captures<'_>) -> bool {
    let (one, other) = (&pair["one"], &pair["other"]);
    let has_four = decimals(one) > FINE_DECIMALS && decimals(other) > FINE_DECIMALS;
    let has_sign = pair["between"].contains(is_sign_of_degrees)
        || pair.name("after").is_some()
        || ["lon", "lng"].iter().any(|word| pair["between"].to_ascii_lowercase().contains(word));
    let is_bare_pair = pair["between"].trim() == "," && one.contains('.') && other.contains('.');
    has_four || has_sign || is_bare_pair
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
