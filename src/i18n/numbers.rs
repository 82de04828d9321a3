//! Numbers in a text, in digits of any script and in words of its language.
//!
//! Owns how they are recognised and which of them count nothing: dates, times, ages, distances, names. The
//! words are in number_words.toml. Reads words, not sentences, so it says how sure it is that a number is a
//! count.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::fold::letters_of;

/// A number as a text has it.
#[derive(Clone, Debug, PartialEq)]
pub struct TextNumber {
    /// As written.
    pub written: String,
    /// What it may mean: `1.900` is more or less than 2.
    pub values: Vec<f64>,
    /// It could be something else than a count, as a year or the word "one".
    pub is_doubtful: bool,
}

/// The words of one language, as its table has them.
#[derive(Deserialize)]
struct NumberTable {
    and: Vec<String>,
    units: Vec<String>,
    labels: Vec<String>,
    months: Vec<String>,
    numbers: HashMap<String, f64>,
}

/// Those of one language, by their letters. Languages are apart: "once" is 11 in Spanish, and no number in
/// English.
#[derive(Default)]
struct NumberWords {
    and: HashSet<String>,
    units: HashSet<String>,
    labels: HashSet<String>,
    months: HashSet<String>,
    numbers: HashMap<String, f64>,
}

static LANGUAGES: LazyLock<BTreeMap<String, NumberWords>> = LazyLock::new(|| {
    let tables: BTreeMap<String, NumberTable> =
        toml::from_str(include_str!("number_words.toml")).expect("a test reads the words of each language");
    tables.into_iter().map(|(language, words)| (language, NumberWords::of(&words))).collect()
});

impl NumberWords {
    fn of(words: &NumberTable) -> Self {
        let all = |list: &[String]| list.iter().map(|word| letters_of(word)).collect();
        Self {
            and: all(&words.and),
            units: all(&words.units),
            labels: all(&words.labels),
            months: all(&words.months),
            numbers: words.numbers.iter().map(|(word, value)| (letters_of(word), *value)).collect(),
        }
    }

    /// A language that is not shipped has only digits.
    fn of_language(code: &str) -> &'static Self {
        static NONE: LazyLock<NumberWords> = LazyLock::new(NumberWords::default);
        let language = code.split('-').next().unwrap_or_default();
        LANGUAGES.get(language).unwrap_or(&NONE)
    }

    fn value_of(&self, letters: &str) -> TokenValue {
        if self.and.contains(letters) {
            return TokenValue::And;
        }
        if let Some(value) = self.numbers.get(letters) {
            return TokenValue::Word(*value);
        }
        let joined = letters.strip_prefix('و').and_then(|rest| self.numbers.get(rest));
        joined.map_or(TokenValue::None, |value| TokenValue::AndWord(*value))
    }
}

/// One word of a text, or what is written without a space.
struct NumberToken<'t> {
    text: &'t str,
    letters: String,
    value: TokenValue,
    /// A sentence or a part of one ends after it.
    ends_part: bool,
}

#[derive(Clone, PartialEq)]
enum TokenValue {
    /// A word that is no number.
    None,
    Digits(Vec<f64>),
    Word(f64),
    /// Arabic writes "and" as one with the word after it.
    AndWord(f64),
    And,
    /// Digits that are joined to others by signs, as in dates, times and scores.
    Joined(Vec<f64>),
}

/// The numbers of a text in a language that may count something, in their order.
#[must_use]
pub fn numbers_in(text: &str, language: &str) -> Vec<TextNumber> {
    let words = NumberWords::of_language(language);
    let tokens: Vec<NumberToken<'_>> = tokens(text, words);
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let end = end_of_number(&tokens, at);
        if end > at {
            numbers.extend(number_of(&tokens, at, end, words));
        }
        at = end.max(at + 1);
    }
    numbers
}

fn tokens<'t>(text: &'t str, words: &NumberWords) -> Vec<NumberToken<'t>> {
    let split = text
        .split(char::is_whitespace)
        .flat_map(|word| word.split(['—', '…', '(', ')', '“', '”', '"', '«', '»']));
    let mut tokens: Vec<NumberToken<'_>> = Vec::new();
    for word in split.filter(|word| !word.is_empty()) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%' && c != '٪');
        let ends_part = word.ends_with(['.', ';', ':', '!', '?', '؛', '؟', ',', '،']);
        if bare.is_empty() {
            continue;
        }
        for part in parts_of_word(bare) {
            let letters = letters_of(part);
            let value =
                if part.contains(is_digit) { value_of_digits(part) } else { words.value_of(&letters) };
            tokens.push(NumberToken { text: part, letters, value, ends_part: false });
        }
        if let Some(last) = tokens.last_mut() {
            last.ends_part = ends_part;
        }
    }
    read_arabic_eleven(&mut tokens);
    tokens
}

/// A word with hyphens is several, as in "twenty-five" and "34-year-old"; digits with signs stay together.
fn parts_of_word(word: &str) -> Vec<&str> {
    if word.starts_with(is_digit) && !word.contains(char::is_alphabetic) {
        vec![word]
    } else {
        word.split(['-', '‑', '–', '\'', '’']).filter(|part| !part.is_empty()).collect()
    }
}

fn is_digit(c: char) -> bool {
    digit_value(c).is_some()
}

/// The value of a decimal digit of the scripts that crisis reports use.
#[must_use]
pub fn digit_value(c: char) -> Option<u32> {
    const ZEROS: [char; 13] = ['0', '٠', '۰', '߀', '०', '০', '੦', '૦', '௦', '๐', '໐', '၀', '០'];
    let zero = ZEROS.iter().find(|zero| (0..10).contains(&(c as i64 - **zero as i64)))?;
    Some(u32::from(c) - u32::from(*zero))
}

fn value_of_digits(text: &str) -> TokenValue {
    if text.ends_with(['%', '٪']) || text.contains(char::is_alphabetic) {
        return TokenValue::None;
    }
    let pieces: Vec<&str> = text.split(|c: char| !is_digit(c) && !is_separator(c)).collect();
    match pieces.as_slice() {
        [one] => TokenValue::Digits(values_of(one)),
        // "3-5", but no date and no time.
        [low, high] if text.contains(['-', '–']) => {
            TokenValue::Joined([values_of(low), values_of(high)].concat())
        }
        _ => TokenValue::None,
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٬' | '٫' | '\'' | '’')
}

/// What digits with separators may mean: those of thousands and of decimals differ by language.
fn values_of(text: &str) -> Vec<f64> {
    let ascii = |text: &str| -> String {
        text.chars().filter_map(digit_value).filter_map(|digit| char::from_digit(digit, 10)).collect()
    };
    let whole: Option<f64> = ascii(text).parse().ok();
    let Some((before, after)) = text.rsplit_once(is_separator) else { return whole.into_iter().collect() };
    let decimal = format!("{}.{}", ascii(before), ascii(after)).parse::<f64>().ok();
    let of_thousands = whole.filter(|_| ascii(after).len() == 3);
    of_thousands.into_iter().chain(decimal).collect()
}

/// Where the number ends that begins at a token; the token itself if none does.
fn end_of_number(tokens: &[NumberToken<'_>], at: usize) -> usize {
    let mut end = at;
    while end < tokens.len() && (end == at || !tokens[end - 1].ends_part) {
        let goes_on = match &tokens[end].value {
            TokenValue::None => false,
            TokenValue::Joined(_) => end == at,
            TokenValue::Digits(_) => end == at || is_group_of_thousands(tokens, at, end),
            TokenValue::And => end > at && next_continues(tokens, end - 1, end + 1),
            TokenValue::Word(_) | TokenValue::AndWord(_) => {
                let before = if end > at && tokens[end - 1].value == TokenValue::And { 2 } else { 1 };
                end == at || next_continues(tokens, end - before, end)
            }
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// A number word belongs to the one before it: it multiplies, or counts less, as "five" after "twenty".
fn next_continues(tokens: &[NumberToken<'_>], before: usize, next_index: usize) -> bool {
    let Some(NumberToken { value: TokenValue::Word(next) | TokenValue::AndWord(next), letters, .. }) =
        tokens.get(next_index)
    else {
        return false;
    };
    match &tokens[before].value {
        TokenValue::Digits(_) => *next >= 100.0,
        TokenValue::Word(value) | TokenValue::AndWord(value) => {
            let multiplies = *next >= 100.0 && next > value || *value == 4.0 && letters.starts_with("vingt");
            let counts_less = *value >= 100.0 && next < value
                || *value >= 20.0 && *value < 100.0 && value % 10.0 == 0.0 && *next < 20.0;
            // Arabic says the units first.
            let is_ten_after_unit = *value < 10.0 && (20.0..100.0).contains(next) && letters.starts_with('و');
            let is_arabic_teen = *value < 10.0 && is_arabic_ten(&tokens[next_index]);
            let is_french_teen = tokens[before].letters == "dix" && (7.0..10.0).contains(next);
            multiplies || counts_less || is_ten_after_unit || is_arabic_teen || is_french_teen
        }
        _ => false,
    }
}

/// "Ten" in one of its genders, as in the Arabic for "fifteen".
fn is_arabic_ten(token: &NumberToken<'_>) -> bool {
    token.value == TokenValue::Word(10.0) && token.letters.starts_with("عشر")
}

/// The "one" of the Arabic for "eleven", which elsewhere is "someone" or a part of "Sunday".
fn read_arabic_eleven(tokens: &mut [NumberToken<'_>]) {
    let ones = ["أحد", "إحدى"].map(letters_of);
    for at in 1..tokens.len() {
        if is_arabic_ten(&tokens[at]) && ones.contains(&tokens[at - 1].letters) {
            tokens[at - 1].value = TokenValue::Word(1.0);
        }
    }
}

/// The second part of "270 000".
fn is_group_of_thousands(tokens: &[NumberToken<'_>], at: usize, end: usize) -> bool {
    let digits = |token: &NumberToken<'_>| token.text.chars().filter(|c| is_digit(*c)).count();
    let is_whole = |token: &NumberToken<'_>| token.text.chars().all(is_digit);
    (at..end).all(|index| matches!(tokens[index].value, TokenValue::Digits(_)) && is_whole(&tokens[index]))
        && digits(&tokens[at]) <= 3
        && is_whole(&tokens[end])
        && digits(&tokens[end]) == 3
}

/// The number that these tokens write; `None` if it counts nothing.
fn number_of(tokens: &[NumberToken<'_>], at: usize, end: usize, words: &NumberWords) -> Option<TextNumber> {
    let own = &tokens[at..end];
    let before = at.checked_sub(1).map(|index| &tokens[index]).filter(|token| !token.ends_part);
    let last_ends = own.last().is_some_and(|token| token.ends_part);
    let after = |index: usize| tokens.get(end + index).filter(|_| !last_ends);
    let next = after(0);
    let is_month = |token: &NumberToken<'_>| words.months.contains(&token.letters);
    let is_day = before.is_some_and(is_month)
        || next.is_some_and(is_month)
        || next.is_some_and(|token| matches!(token.letters.as_str(), "of" | "de" | "من"))
            && after(1).is_some_and(is_month);
    let is_measured = next.is_some_and(|token| words.units.contains(&token.letters) || token.text == "%");
    let is_label = before.is_some_and(|token| words.labels.contains(&token.letters));
    if is_day || is_measured || is_label {
        return None;
    }
    let values = values(own);
    let is_year = own.len() == 1
        && own[0].text.chars().count() == 4
        && values.iter().any(|value| (1900.0..2100.0).contains(value));
    let is_one = values == [1.0];
    let is_doubtful = is_year || is_one || matches!(own[0].value, TokenValue::Joined(_));
    let written: Vec<&str> = own.iter().map(|token| token.text).collect();
    Some(TextNumber { written: written.join(" "), values, is_doubtful })
}

fn values(tokens: &[NumberToken<'_>]) -> Vec<f64> {
    let (first, words) = match &tokens[0].value {
        TokenValue::Digits(values) | TokenValue::Joined(values) => {
            let groups = tokens[1..].iter().take_while(|token| matches!(token.value, TokenValue::Digits(_)));
            let count = groups.clone().count();
            let joined: String = tokens[..=count].iter().map(|token| token.text).collect();
            let values = if count > 0 { values_of(&joined) } else { values.clone() };
            (values, &tokens[count + 1..])
        }
        _ => (vec![], tokens),
    };
    if first.is_empty() {
        return vec![sum_of_words(0.0, words)];
    }
    first.into_iter().map(|value| if words.is_empty() { value } else { sum_of_words(value, words) }).collect()
}

/// Adds and multiplies the words of a number, after a number in digits if any, as in "2.5 million".
fn sum_of_words(digits: f64, words: &[NumberToken<'_>]) -> f64 {
    let (mut total, mut current) = (0.0, digits);
    for word in words {
        let (TokenValue::Word(value) | TokenValue::AndWord(value)) = word.value else { continue };
        if value >= 1000.0 {
            total += f64::max(current, 1.0) * value;
            current = 0.0;
        } else if word.letters.starts_with("vingt") && current % 100.0 == 4.0 {
            // Four twenties.
            current += 76.0;
        } else if value == 100.0 && current > 0.0 && current < 10.0 {
            current *= value;
        } else {
            current += value;
        }
    }
    total + current
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: &str, text: &str, expected: &[f64]) {
        let numbers = numbers_in(text, language);
        let values: Vec<f64> = numbers.iter().map(|number| number.values[0]).collect();
        assert_eq!(values, expected, "{text}: {numbers:?}");
    }

    #[test]
    fn numbers_are_read_in_digits_and_words() {
        check("en", "At least six people, and 1,900 young men died.", &[6.0, 1900.0]);
        check("en", "More than 400,000; almost 11 million", &[400_000.0, 11_000_000.0]);
        check("en", "one hundred and twenty-five dead", &[125.0]);
        check(
            "en",
            "two hundred thousand, then two, three or ten and twelve",
            &[200_000.0, 2.0, 3.0, 10.0, 12.0],
        );
        check("en", "2.5 million at once", &[2_500_000.0]);
        check("fr", "270 000 personnes", &[270_000.0]);
        check("fr-CH", "deux cent quatre-vingt-dix-sept morts", &[297.0]);
        check("es", "Treinta y cinco heridos, doscientos desplazados", &[35.0, 200.0]);
        check("ar", "قُتل خمسة وعشرون شخصًا", &[25.0]);
        check("ar", "نزح ٢٧٠ ألف شخص", &[270_000.0]);
        check("ar", "خمسة عشر قتيلا، ثلاث عشرة جريحة، اثنا عشر مفقودا", &[15.0, 13.0, 12.0]);
        check("ar", "أحد عشر منزلا، إحدى عشرة أسرة، خمسة عشر ألف نازح", &[11.0, 11.0, 15_000.0]);
        check("ar", "لم يصل أحد، وقتل عشرة", &[10.0]);
        check("hi", "१२ लोग", &[12.0]);
    }

    #[test]
    fn dates_times_ages_and_names_are_no_counts() {
        check(
            "en",
            "On 2 October at 21:30, 2016-10-02, in the 34-year-old District 4 of M10, 5 km off, 12% lost",
            &[],
        );
        check("es", "el 2 de octubre, en 3 días", &[]);
        check("ar", "منذ ٣ أيام", &[]);
        assert!(numbers_in("in 2016, one of 3-5", "en").iter().all(|number| number.is_doubtful));
    }

    #[test]
    fn every_shipped_language_has_number_words() {
        crate::i18n::assert_has_every_shipped_language(LANGUAGES.keys().map(String::as_str));
    }
}
