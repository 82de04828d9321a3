//! What a date means that is written in another form than ours.
//!
//! Owns the forms that have one meaning, and those where the order of day and month differs by country. Reads dates of
//! numbers and of English months. Every reading is in a form of ours; nothing is guessed.

use jiff::civil::Date;

use super::when::range_ends;
use crate::fold::with_ascii_marks;

/// The meanings of a text, each as a date or a range in our form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readings {
    One(String),
    /// `03/05/2031` is two days.
    ByOrder {
        day_first: String,
        month_first: String,
    },
}

/// The readings that `accepts` takes; `None` if there is none.
#[must_use]
pub fn readings(text: &str, accepts: impl Fn(&str) -> bool) -> Option<Readings> {
    let text = with_ascii_marks(text);
    let read = |order| range_in(text.trim(), order, &accepts);
    match (read(Order::DayFirst), read(Order::MonthFirst)) {
        (Some(day_first), Some(month_first)) if day_first != month_first => {
            Some(Readings::ByOrder { day_first, month_first })
        }
        (one, other) => one.or(other).map(Readings::One),
    }
}

/// The order of the numbers before a year.
#[derive(Clone, Copy)]
enum Order {
    DayFirst,
    MonthFirst,
}

fn range_in(text: &str, order: Order, accepts: &impl Fn(&str) -> bool) -> Option<String> {
    let whole = end_in(text, order).filter(|date| accepts(date));
    whole.or_else(|| {
        range_ends(text).find_map(|(from, to)| {
            let range = format!("{}/{}", end_in(from, order)?, end_in(to, order)?);
            Some(range).filter(|range| accepts(range))
        })
    })
}

/// A date, with its mark for how sure its writer was.
fn end_in(text: &str, order: Order) -> Option<String> {
    let bare = text.strip_suffix(['~', '?', '%']).unwrap_or(text);
    let mark = &text[bare.len()..];
    let (date, rest) = date_at_start(bare.trim(), order)?;
    let time = rest.trim_start_matches([' ', ',', 'T', 't']).trim();
    match (date, time) {
        (Calendar::Month(year, month), "") => Some(format!("{year:04}-{month:02}{mark}")),
        (Calendar::Day(day), "") => Some(format!("{day}{mark}")),
        (Calendar::Day(day), time) => Some(format!("{day}T{}{mark}", time_of_day(time)?)),
        (Calendar::Month(..), _) => None,
    }
}

enum Calendar {
    Month(i16, i8),
    Day(Date),
}

fn month(year: i16, month: i8) -> Option<Calendar> {
    Date::new(year, month, 1).ok().map(|_| Calendar::Month(year, month))
}

fn day(year: i16, month: i8, day: i8) -> Option<Calendar> {
    Date::new(year, month, day).ok().map(Calendar::Day)
}

/// A date at the begin of a text, and what follows it.
fn date_at_start(text: &str, order: Order) -> Option<(Calendar, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !"./-".contains(c)).unwrap_or(text.len());
    let (numbers, rest) = text.split_at(end);
    let in_numbers = date_of_numbers(numbers.trim_end_matches('.'), order).map(|date| (date, rest));
    in_numbers.or_else(|| date_in_words(text))
}

fn date_of_numbers(text: &str, order: Order) -> Option<Calendar> {
    let separator = text.find(|c: char| !c.is_ascii_digit()).map(|at| &text[at..=at]);
    let parts: Vec<&str> = text.split(separator.unwrap_or(" ")).collect();
    if parts.iter().any(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    match (parts.as_slice(), order) {
        ([digits], _) if digits.len() == 8 => {
            day(year(&digits[..4])?, number(&digits[4..6])?, number(&digits[6..])?)
        }
        ([year_first, second], _) if year_first.len() == 4 => month(year(year_first)?, number(second)?),
        ([first, year_last], _) => month(year(year_last)?, number(first)?),
        ([year_first, second, third], _) if year_first.len() == 4 => {
            day(year(year_first)?, number(second)?, number(third)?)
        }
        ([first, second, year_last], Order::DayFirst) => {
            day(year(year_last)?, number(second)?, number(first)?)
        }
        ([first, second, year_last], Order::MonthFirst) => {
            day(year(year_last)?, number(first)?, number(second)?)
        }
        _ => None,
    }
}

/// A year of two digits has several meanings.
fn year(digits: &str) -> Option<i16> {
    if digits.len() == 4 { digits.parse().ok() } else { None }
}

fn number(digits: &str) -> Option<i8> {
    if digits.len() <= 2 { digits.parse().ok() } else { None }
}

/// `1 March 2026`, `March 1, 2026`, `1. Mar 2026`, `March 2026`.
fn date_in_words(text: &str) -> Option<(Calendar, &str)> {
    let (first, after_first) = word(text)?;
    let (second, after_second) = word(after_first)?;
    if let (Some(month_name), Some(year_number)) = (month_named(first), year(second)) {
        return Some((month(year_number, month_name)?, after_second));
    }
    let (third, rest) = word(after_second)?;
    let (month_name, day_number) = match (month_named(first), month_named(second)) {
        (Some(month_name), None) => (month_name, ordinal(second)?),
        (None, Some(month_name)) => (month_name, ordinal(first)?),
        _ => return None,
    };
    Some((day(year(third)?, month_name, day_number)?, rest))
}

/// The first word, without the punctuation behind it, and what follows.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (word, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
    Some((word.trim_end_matches([',', '.']), rest)).filter(|(word, _)| !word.is_empty())
}

/// `1`, `1st`, `22nd`.
fn ordinal(word: &str) -> Option<i8> {
    let endings = ["st", "nd", "rd", "th"];
    number(endings.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word))
}

fn month_named(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    if word == "sept" {
        return Some(9);
    }
    let at = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(&word))?;
    i8::try_from(at + 1).ok()
}

/// `21:40`, `9:05 pm`, `2140`, with seconds or not, and an offset or not.
fn time_of_day(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    let (half, offset) = half_of_day(rest.trim());
    let [hour, minute, second] = clock_parts(clock, half.is_some())?;
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(HalfOfDay::Morning) => hour % 12,
        Some(HalfOfDay::Afternoon) => hour % 12 + 12,
    };
    Some(format!("{hour:02}:{minute:02}:{second:02}{}", whole_offset(offset.trim())?))
}

enum HalfOfDay {
    Morning,
    Afternoon,
}

fn half_of_day(text: &str) -> (Option<HalfOfDay>, &str) {
    let Some((letters, rest)) = text.split_at_checked(2) else { return (None, text) };
    match letters.to_ascii_lowercase().as_str() {
        "am" => (Some(HalfOfDay::Morning), rest),
        "pm" => (Some(HalfOfDay::Afternoon), rest),
        _ => (None, text),
    }
}

/// Hour, minute and second. A lone hour is a time only with "am" or "pm" behind it.
fn clock_parts(clock: &str, has_half: bool) -> Option<[i8; 3]> {
    let digits = clock.bytes().filter(u8::is_ascii_digit).count();
    let parts: Vec<&str> = match clock.len() {
        4 | 6 if digits == clock.len() => (0..clock.len()).step_by(2).map(|at| &clock[at..at + 2]).collect(),
        _ => clock.split([':', '.']).collect(),
    };
    match parts.as_slice() {
        [hour] if has_half => Some([number(hour)?, 0, 0]),
        [hour, minute] if minute.len() == 2 => Some([number(hour)?, number(minute)?, 0]),
        // A fraction of a second says nothing here.
        [hour, minute, second] | [hour, minute, second, _] if minute.len() == 2 && second.len() == 2 => {
            Some([number(hour)?, number(minute)?, number(second)?])
        }
        _ => None,
    }
}

/// An offset as RFC 3339 wants it: `+03:00`, and neither `+0300` nor `+3`. Empty if there is none.
fn whole_offset(offset: &str) -> Option<String> {
    let name = offset.to_ascii_uppercase();
    if matches!(name.as_str(), "" | "Z" | "UTC" | "GMT") {
        return Some(if name.is_empty() { name } else { "Z".to_owned() });
    }
    let digits = offset.strip_prefix(['+', '-'])?;
    let sign = &offset[..1];
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "00"),
    };
    let (hours, minutes) = (number(hours)?, number(minutes).filter(|_| minutes.len() == 2)?);
    Some(format!("{sign}{hours:02}:{minutes:02}"))
}
