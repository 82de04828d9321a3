//! What the cells of a table mean: numbers as people write them in spreadsheets.
//!
//! Owns which of them are clear. What may mean two things is refused with both readings: a wrong number on a
//! page is worse than a question to its writer.

use crate::i18n::{Bound, bound_in, digit_value, range_ends};

/// What a cell with a number means.
#[derive(Clone, Debug, PartialEq)]
pub enum CellNumber {
    Clear(f64),
    /// `1,900` and the like: with thousands, or with a decimal part.
    TwoReadings([String; 2]),
    None,
}

/// Reads digits of any script, with separators of thousands and a decimal sign.
#[must_use]
pub fn number(text: &str) -> CellNumber {
    let digits: String = with_ascii_digits(text).chars().filter(|c| !is_blank_separator(*c)).collect();
    let signs: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = digits.split(|c: char| !c.is_ascii_digit()).collect();
    let are_thousands = |groups: &[&str]| {
        (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3)
    };
    let clear = |text: String| text.parse().map_or(CellNumber::None, CellNumber::Clear);
    if groups.iter().any(|group| group.is_empty()) || !has_regular_blanks(text) {
        return CellNumber::None;
    }
    match (signs.as_slice(), groups.as_slice()) {
        ([], [whole]) => clear((*whole).to_owned()),
        (['٬'], groups) if are_thousands(groups) => clear(groups.concat()),
        (['٫'], [whole, part]) => clear(format!("{whole}.{part}")),
        ([',' | '.'], [whole, part]) if part.len() != 3 || whole.len() > 3 || whole.starts_with('0') => {
            clear(format!("{whole}.{part}"))
        }
        ([',' | '.'], [whole, part]) => {
            CellNumber::TwoReadings([format!("{whole}{part}"), format!("{whole}.{part}")])
        }
        ([first @ (',' | '.' | '٬'), rest @ ..], groups) => match rest.split_last() {
            Some((last, middle)) if middle.iter().all(|sign| sign == first) => {
                if last == first && are_thousands(groups) {
                    clear(groups.concat())
                } else if last != first && are_thousands(&groups[..groups.len() - 1]) {
                    clear(format!("{}.{}", groups[..groups.len() - 1].concat(), groups[groups.len() - 1]))
                } else {
                    CellNumber::None
                }
            }
            _ => CellNumber::None,
        },
        _ => CellNumber::None,
    }
}

/// Spaces and apostrophes between digits separate thousands only.
fn is_blank_separator(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’')
}

fn has_regular_blanks(text: &str) -> bool {
    let whole = text.split(['.', ',', '٫']).next().unwrap_or_default();
    let mut groups = whole.split(is_blank_separator);
    let first = groups.next().map_or(0, |group| group.chars().count());
    let mut others = groups.peekable();
    others.peek().is_none() || (1..=3).contains(&first) && others.all(|group| group.chars().count() == 3)
}

/// The digits of all scripts as ASCII digits; all else as it is.
#[must_use]
pub fn with_ascii_digits(text: &str) -> String {
    let ascii = |c| digit_value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c);
    text.chars().map(ascii).collect()
}

/// How many, as a source says it.
#[derive(Clone, Debug, PartialEq)]
pub struct CellCount {
    pub min: Option<f64>,
    pub best: Option<f64>,
    pub max: Option<f64>,
    pub is_vague: bool,
    /// The cell is more than a number: its words are kept.
    pub has_words: bool,
}

/// Reads `6`, `6+`, `at least 6`, `6-9`; of other words none is a number. An error has the two readings of a number.
pub fn count(text: &str) -> Result<CellCount, [String; 2]> {
    let nothing = CellCount { min: None, best: None, max: None, is_vague: false, has_words: true };
    let lower = text.trim().to_lowercase().replace('’', "'");
    if let Some(best) = clear_number(&lower)? {
        return Ok(CellCount { best: Some(best), has_words: false, ..nothing });
    }
    if let Some((bound, rest)) = bound_in(&lower) {
        let number = clear_number(rest)?;
        return Ok(match bound {
            Bound::AtLeast => CellCount { min: number, ..nothing },
            Bound::AtMost => CellCount { max: number, ..nothing },
            Bound::About => CellCount { best: number, is_vague: number.is_some(), ..nothing },
        });
    }
    for (low, high) in range_ends(&lower) {
        if let (Some(min), Some(max)) = (clear_number(low)?, clear_number(high)?) {
            return Ok(CellCount { min: Some(min), max: Some(max), ..nothing });
        }
    }
    Ok(nothing)
}

fn clear_number(text: &str) -> Result<Option<f64>, [String; 2]> {
    match number(text.trim()) {
        CellNumber::Clear(number) => Ok(Some(number)),
        CellNumber::TwoReadings(readings) => Err(readings),
        CellNumber::None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clear(number: f64) -> CellNumber {
        CellNumber::Clear(number)
    }

    #[test]
    fn numbers_are_read_in_the_digits_and_signs_of_many_languages() {
        for (text, value) in [
            ("6", 6.0),
            ("1900", 1900.0),
            ("٢٧٠", 270.0),
            ("۱۲", 12.0),
            ("1,900,000", 1_900_000.0),
            ("1.900.000", 1_900_000.0),
            ("270 000", 270_000.0),
            ("1'900", 1900.0),
            ("1\u{202f}900", 1900.0),
            ("١٬٩٠٠", 1900.0),
            ("1.5", 1.5),
            ("1,5", 1.5),
            ("١٫٥", 1.5),
            ("0.125", 0.125),
            ("1,900.5", 1900.5),
        ] {
            assert_eq!(number(text), clear(value), "{text}");
        }
        for text in
            ["", "-6", "six", "6 people", "1,90,000", "1 90", "6%", "1..5", "12 00 1", "1e5", "NaN", "inf"]
        {
            assert_eq!(number(text), CellNumber::None, "{text}");
        }
    }

    #[test]
    fn a_number_with_one_separator_before_three_digits_has_two_readings() {
        for text in ["1,900", "1.900", "١.٩٠٠"] {
            assert_eq!(
                number(text),
                CellNumber::TwoReadings(["1900".to_owned(), "1.900".to_owned()]),
                "{text}"
            );
        }
    }

    #[test]
    fn words_around_a_number_say_which_end_of_a_range_it_is() {
        let bounds = |text: &str| {
            let count = count(text).unwrap();
            (count.min, count.best, count.max, count.is_vague, count.has_words)
        };
        assert_eq!(bounds("6"), (None, Some(6.0), None, false, false));
        assert_eq!(bounds("6+"), (Some(6.0), None, None, false, true));
        assert_eq!(bounds("At least 6"), (Some(6.0), None, None, false, true));
        assert_eq!(bounds("ما لا يقل عن ٦"), (Some(6.0), None, None, false, true));
        assert_eq!(bounds("6–9"), (Some(6.0), None, Some(9.0), false, true));
        assert_eq!(bounds("up to 9"), (None, None, Some(9.0), false, true));
        assert_eq!(bounds("about 6"), (None, Some(6.0), None, true, true));
        assert_eq!(bounds("6 ou plus"), (Some(6.0), None, None, false, true));
        assert_eq!(bounds("jusqu’à 9"), (None, None, Some(9.0), false, true));
        assert_eq!(bounds("dozens"), (None, None, None, false, true));
        assert_eq!(bounds("6 (3 children)"), (None, None, None, false, true));
        assert!(count("at least 1,900").is_err());
    }
}
