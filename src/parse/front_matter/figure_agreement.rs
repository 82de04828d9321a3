//! Whether the words of a claim and its figure say the same number.
//!
//! Owns when they differ: a text has numbers that count something, and none of them is in the figure. Dates,
//! ages and the like are no counts, and a text without a number says nothing else.

use crate::i18n::{TextNumber, numbers_in};
use crate::model::Figure;

/// How far a rounded or vague number may be from its figure, as a part of it.
const ROUNDING: f64 = 0.05;

/// The numbers of a text, as written, if it has some and none of them is that of the figure.
pub fn other_numbers(text: &str, language: &str, figure: &Figure) -> Option<String> {
    let numbers = numbers_in(text, language);
    let sure: Vec<&TextNumber> = numbers.iter().filter(|number| !number.is_doubtful).collect();
    let agrees = numbers.iter().flat_map(|number| &number.values).any(|value| fits(*value, figure));
    let may_say_two = language.starts_with("ar") && has_dual(text);
    if sure.is_empty() || agrees || may_say_two && fits(2.0, figure) {
        return None;
    }
    Some(sure.into_iter().map(|number| format!("\"{}\"", number.written)).collect::<Vec<_>>().join(", "))
}

/// From the lowest to the highest number that the figure gives.
fn fits(value: f64, figure: &Figure) -> bool {
    let given = || [figure.min, figure.best, figure.max].into_iter().flatten();
    let Some(lowest) = given().reduce(f64::min) else { return true };
    let highest = given().fold(lowest, f64::max);
    let margin = if figure.rounded || figure.vague { ROUNDING } else { 0.0 };
    (lowest * (1.0 - margin)..=highest * (1.0 + margin)).contains(&value)
}

/// Arabic counts two by the ending of the noun.
fn has_dual(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.ends_with("ان") || word.ends_with("ين"))
}

/// The numbers of a figure in words, as "at least 6".
pub fn numbers_in_words(figure: &Figure) -> String {
    match (figure.min, figure.best, figure.max) {
        (Some(min), _, Some(max)) if min < max => format!("{min} to {max}"),
        (_, Some(best), _) => best.to_string(),
        (Some(min), None, None) => format!("at least {min}"),
        (None, None, Some(max)) => format!("at most {max}"),
        (Some(min), None, Some(_)) => min.to_string(),
        (None, None, None) => "no number".to_owned(),
    }
}
