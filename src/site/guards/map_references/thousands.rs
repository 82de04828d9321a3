//! Lists of numbers with thousands: "12.345, 13.456 and 14.000 pounds". Two of them look like a point of three
//! decimals.
//!
//! Owns what makes such numbers a list: three or more of them, something that is counted, or round sums. A pair
//! alone may be a point, and stays: to publish one does more harm than a false alarm.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::labels;
use super::reference::regex;
use crate::fold::bare_words;

/// Numbers with groups of three digits behind points, in a list, with what may mark them as degrees.
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})+";
    let sign = r" ?°| ?[NSEWO](?:$|[^A-Za-z])";
    regex(&format!(
        r"(?P<before>^|[^0-9.,])(?P<list>{number}(?:{SEPARATOR}{number})+)(?P<sign>{sign})?(?P<rest>[0-9.,]?[0-9])?"
    ))
});

/// So many characters behind a list can say what it counts.
const MOST_BEHIND: usize = 60;

/// Between two numbers of a list: a comma, a word, or both.
const SEPARATOR: &str = r"(?: ?, ?(?:(?:and|or|y|o|et|ou|und|و|أو) ?)?| (?:and|or|y|o|et|ou|und|و|أو) ?)";

/// One number, with what is before it in its list.
static ITEM: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?P<separator>[^-+0-9.]*)(?P<number>[-+]?[0-9]{1,3}(?:\.[0-9]{3})+)"));

/// What is counted, in bare letters and all languages. For looking up.
static COUNTED: LazyLock<std::collections::HashSet<String, ahash::RandomState>> =
    LazyLock::new(|| shipped().values().flat_map(|words| words.split_whitespace()).map(bare_words).collect());

fn shipped() -> BTreeMap<String, String> {
    toml::from_str(include_str!("counted_words.toml")).expect("a test reads the words of each language")
}

/// The text without its lists of numbers with thousands.
pub fn without_lists(text: &str) -> Cow<'_, str> {
    LIST.replace_all(text, |list: &Captures<'_>| {
        let whole = list.get(0).expect("it was found");
        if is_of_thousands(list, text) { list["before"].to_owned() } else { whole.as_str().to_owned() }
    })
}

fn is_of_thousands(list: &Captures<'_>, text: &str) -> bool {
    let found = list.name("list").expect("each match has it");
    let (before, after) = (&text[..found.start()], &text[found.end()..]);
    let items: Vec<Captures<'_>> = ITEM.captures_iter(found.as_str()).collect();
    if has_mark_of_degrees(list, &items, before) || labels::is_before(text, found.start()) {
        return false;
    }
    is_enumeration(&items)
        || items.iter().all(|item| item["number"].ends_with("00"))
        || is_counted(before, after)
}

/// A plus or minus, more decimals, or the letter of a direction before or behind the numbers.
fn has_mark_of_degrees(list: &Captures<'_>, items: &[Captures<'_>], before: &str) -> bool {
    let mut last = before.trim_end().chars().rev();
    let ends_with_direction = matches!(last.next(), Some('N' | 'S' | 'E' | 'W' | 'O'))
        && !last.next().is_some_and(|c| c.is_ascii_alphabetic());
    ends_with_direction
        || list.name("sign").is_some()
        || list.name("rest").is_some()
        || items.iter().any(|item| item["number"].starts_with(['-', '+']))
}

/// Three or more, with a word before the last one at most. Points after each other are none.
fn is_enumeration(items: &[Captures<'_>]) -> bool {
    let [_, between @ .., _] = items else { return false };
    !between.is_empty() && !between.iter().any(follows_word) && !is_track(items)
}

fn follows_word(item: &Captures<'_>) -> bool {
    item["separator"].contains(|c| !matches!(c, ' ' | ','))
}

/// Points that are near each other: their latitudes have the same degree, and so have their longitudes.
fn is_track(items: &[Captures<'_>]) -> bool {
    let degree = |item: &Captures<'_>| item["number"].split('.').next().map(ToOwned::to_owned);
    let degrees: Vec<_> = items.iter().map(degree).collect();
    degrees.len().is_multiple_of(2)
        && degrees[0] != degrees[1]
        && degrees.chunks(2).all(|point| point == &degrees[..2])
}

/// A sign of money is before the numbers, or money, a share or something that is counted is behind them.
fn is_counted(before: &str, after: &str) -> bool {
    if before.trim_end().ends_with(is_sign_of_sum) || after.trim_start().starts_with(is_sign_of_sum) {
        return true;
    }
    let end = after.char_indices().nth(MOST_BEHIND).map_or(after.len(), |(at, _)| at);
    let near = &after[..end];
    let clause = near.split([',', '.', ';', ':', '\n']).next().unwrap_or(near).trim_start();
    // "Syrian pounds": the name of a country may be between.
    let words = if clause.starts_with(|c: char| c.is_ascii_uppercase()) { 2 } else { 1 };
    bare_words(clause).split(' ').take(words).any(|word| COUNTED.contains(word))
}

fn is_sign_of_sum(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '€' | '₺' | '₪' | '₴' | '₽' | '₹' | '﷼' | '%' | '‰' | '٪')
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_shipped_language_has_its_counted_words() {
        crate::i18n::assert_has_every_shipped_language(super::shipped().keys().map(String::as_str));
    }
}
