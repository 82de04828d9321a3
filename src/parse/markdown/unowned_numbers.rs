//! Numbers about people in the text of a briefing: each needs an owner.
//!
//! A number that no figure of the briefing holds is a warning, unless it stands in a link to a
//! claim, which is then its owner. Reads words, not sentences: it finds "six people", and not
//! "half of the town".

use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::{Briefing, Figure};

/// How many words may stand between a number and whom it counts, as in "six more young men".
const WORDS_BETWEEN: usize = 3;

/// Whom or what a number about people counts.
const PEOPLE: [&str; 46] = [
    "people",
    "persons",
    "civilians",
    "children",
    "women",
    "men",
    "girls",
    "boys",
    "babies",
    "residents",
    "fighters",
    "soldiers",
    "patients",
    "refugees",
    "prisoners",
    "detainees",
    "killed",
    "dead",
    "died",
    "deaths",
    "casualties",
    "injured",
    "wounded",
    "hurt",
    "missing",
    "displaced",
    "trapped",
    "detained",
    "arrested",
    "قتيل",
    "قتلى",
    "قتيلا",
    "جريح",
    "جرحى",
    "جريحا",
    "شخص",
    "أشخاص",
    "شخصا",
    "طفل",
    "أطفال",
    "مدني",
    "مدنيين",
    "نازح",
    "نازحين",
    "مفقود",
    "مفقودين",
];

/// Numbers that are written as words; one is mostly no count.
const WORDS: [(&str, f64); 22] = [
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
    ("thousand", 1000.0),
];

/// One word of the text, by its bytes in the file.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    at: usize,
    /// A sentence or a part of one ends behind it.
    ends: bool,
}

/// Tells the numbers of a text that begins at `body_at` of the file.
#[must_use]
pub fn check(file: &Arc<str>, text: &str, body_at: usize, briefing: &Briefing) -> Vec<Diagnostic> {
    let body = text.get(body_at..).unwrap_or_default();
    let mut told: Vec<Diagnostic> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut words = Words::of(body);
    while let Some(word) = words.next_that_may_be_a_number() {
        if seen.contains(&word.text) || !counts_people(word, words.clone()) || is_in_a_date(body, word) {
            continue;
        }
        if number(word.text).is_none_or(|number| is_held(number, word.text, briefing)) {
            continue;
        }
        seen.push(word.text);
        let span = Span::new(body_at + word.at..body_at + word.at + word.text.len());
        told.push(
            Diagnostic::warning(
                Code::UNOWNED_NUMBER,
                format!("no figure of this briefing holds the number \"{}\"", word.text),
            )
            .at(Place::new(file, text, span))
            .label("who counted?")
            .help("give it to a claim with a `figure`, or let it stand in a link to the claim that holds it"),
        );
    }
    told
}

/// As the 12 of 2016-10-12 and the 30 of 21:30.
fn is_in_a_date(body: &str, word: Word<'_>) -> bool {
    let joins = |c: char| matches!(c, '-' | '/' | ':');
    body[..word.at].ends_with(joins)
        || body[word.at + word.text.len()..]
            .strip_prefix(joins)
            .is_some_and(|rest| rest.starts_with(char::is_numeric))
}

/// The word is a number, and what it counts comes right behind it.
fn counts_people(word: Word<'_>, after: Words<'_>) -> bool {
    if word.ends || number(word.text).is_none() {
        return false;
    }
    for word in after.take(WORDS_BETWEEN + 1) {
        if names_people(word.text) {
            return true;
        }
        if word.ends || number(word.text).is_some() {
            return false;
        }
    }
    false
}

fn names_people(word: &str) -> bool {
    let begins_alike = |people: &str| {
        people.len() == word.len() && people.as_bytes()[0].eq_ignore_ascii_case(&word.as_bytes()[0])
    };
    PEOPLE.iter().any(|people| begins_alike(people) && people.eq_ignore_ascii_case(word))
}

/// Tells nearly all words from numbers: every word of every text is looked at.
fn may_be_number(word: &[u8]) -> bool {
    match word {
        [first, ..] if first.is_ascii_alphabetic() => number_in_words(word).is_some(),
        [_, ..] => true,
        [] => false,
    }
}

fn number_in_words(word: &[u8]) -> Option<f64> {
    let [first, second, _, ..] = word else { return None };
    let may_be = matches!(
        (first.to_ascii_lowercase(), second.to_ascii_lowercase()),
        (b't', b'w' | b'h' | b'e')
            | (b'f', b'o' | b'i')
            | (b's', b'i' | b'e')
            | (b'e', b'i' | b'l')
            | (b'n', b'i')
            | (b'h', b'u')
    );
    let found = || WORDS.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(word));
    may_be.then(found)?.map(|(_, number)| *number)
}

/// The words of Markdown, without code, the targets of links, and links to claims.
#[derive(Clone)]
struct Words<'a> {
    body: &'a str,
    /// Where the next one is looked for.
    at: usize,
    is_code: bool,
}

impl<'a> Words<'a> {
    fn of(body: &'a str) -> Self {
        let mut words = Self { body, at: 0, is_code: false };
        words.pass_code();
        words
    }

    fn rest(&self) -> &'a str {
        &self.body[self.at..]
    }

    fn next_that_may_be_a_number(&mut self) -> Option<Word<'a>> {
        loop {
            self.pass();
            self.pass_plain_words();
            let word = self.next()?;
            if may_be_number(word.text.as_bytes()) {
                return Some(word);
            }
        }
    }

    /// Over what most of every text is: words of ASCII letters that are no numbers, and what is between them.
    fn pass_plain_words(&mut self) {
        let bytes = self.body.as_bytes();
        let mut at = self.at;
        loop {
            while bytes.get(at).is_some_and(|byte| is_plain_between(*byte)) {
                at += 1;
            }
            let mut end = at;
            while bytes.get(end).is_some_and(|byte| PLAIN[usize::from(*byte)] == Plain::Letter) {
                end += 1;
            }
            if end == at || !ends_plain_word(&bytes[end..]) || may_be_number(&bytes[at..end]) {
                break;
            }
            at = end;
        }
        self.at = at;
    }

    /// At the beginning of a line: over a block of code.
    fn pass_code(&mut self) {
        while !self.rest().is_empty() {
            let is_fence = self.rest().trim_start_matches([' ', '\t']).starts_with("```");
            self.is_code ^= is_fence;
            if !is_fence && !self.is_code {
                return;
            }
            self.at += self.rest().find('\n').map_or(self.rest().len(), |end| end + 1);
        }
    }

    /// Over what is no word; whether a sentence or a part of one ends there.
    fn pass(&mut self) -> bool {
        let mut ends = false;
        // Between most words there is one space.
        while let Some(byte) = self.body.as_bytes().get(self.at).filter(|byte| !byte.is_ascii_alphanumeric())
        {
            if *byte == b' ' {
                self.at += 1;
                continue;
            }
            let c = self.rest().chars().next().expect("a byte is a part of a letter");
            if c.is_alphanumeric() {
                return ends;
            }
            ends |= ends_a_part(c);
            self.at += skipped(self.rest()).max(c.len_utf8());
            if c == '\n' {
                self.pass_code();
            }
        }
        ends
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        self.pass();
        let (at, rest) = (self.at, self.rest());
        let text = &rest[..word_length(rest)];
        self.at += text.len();
        let ends = self.pass();
        (!text.is_empty()).then_some(Word { text, at, ends })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    /// An ASCII letter.
    Letter,
    /// Neither of a word nor of anything that is to be passed over whole.
    Between,
    No,
}

/// Every byte of every text is looked up.
static PLAIN: [Plain; 256] = {
    let mut plain = [Plain::No; 256];
    let between = b" .,;:!?*()\"";
    let mut at = 0;
    while at < between.len() {
        plain[between[at] as usize] = Plain::Between;
        at += 1;
    }
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphabetic() {
            plain[byte] = Plain::Letter;
        }
        byte += 1;
    }
    plain
};

fn is_plain_between(byte: u8) -> bool {
    PLAIN[usize::from(byte)] == Plain::Between
}

/// A word of ASCII letters ends before these bytes, whatever comes behind them. Before a digit a stop or a
/// comma may be a part of it.
fn ends_plain_word(after: &[u8]) -> bool {
    match after {
        [b'.' | b',', next, ..] => next.is_ascii() && !next.is_ascii_digit(),
        [next, ..] => is_plain_between(*next) || *next == b'\n',
        [] => true,
    }
}

/// Of the word that the text begins with, in bytes.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    loop {
        end += text.as_bytes()[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if text.as_bytes().get(end) == Some(&b' ') {
            return end;
        }
        let Some(c) = text[end..].chars().next() else { return end };
        let is_within_number =
            || matches!(c, ',' | '.' | '٬') && text[end + c.len_utf8()..].starts_with(char::is_numeric);
        if !c.is_alphanumeric() && c != '\'' && !is_within_number() {
            return end;
        }
        end += c.len_utf8();
    }
}

/// A sentence ends, or a cell of a table.
fn ends_a_part(c: char) -> bool {
    matches!(c, '.' | ';' | ':' | '!' | '?' | '|' | '؛' | '؟')
}

/// How many bytes from here on are no prose: code, the target of a link, a link to a claim. All of them
/// end in their line.
fn skipped(rest: &str) -> usize {
    if !rest.starts_with(['`', ']', '[']) {
        return 0;
    }
    let rest = rest.split('\n').next().unwrap_or_default();
    let close = |text: &str, mark: char| text.find(mark).map_or(0, |end| end + mark.len_utf8());
    if let Some(code) = rest.strip_prefix('`') {
        return 1 + close(code, '`');
    }
    if rest.starts_with("](") {
        return close(rest, ')');
    }
    let is_to_claim =
        rest.starts_with('[') && rest.find(']').is_some_and(|end| rest[end..].starts_with("](claim:"));
    if is_to_claim { close(rest, ')') } else { 0 }
}

fn number(word: &str) -> Option<f64> {
    if let Some(number) = number_in_words(word.as_bytes()) {
        return Some(number);
    }
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_digit(u32::from(c) - u32::from('٠'), 10),
        c => Some(c),
    };
    let plain: String = word.chars().filter(|c| !matches!(c, ',' | '٬')).filter_map(digit).collect();
    if plain.starts_with(|c: char| c.is_ascii_digit()) { plain.parse().ok() } else { None }
}

fn is_held(number: f64, written: &str, briefing: &Briefing) -> bool {
    let figures = || briefing.claims.iter().filter_map(|claim| claim.figure.as_ref());
    figures().any(|figure| holds(figure, number, written))
}

fn holds(figure: &Figure, wanted: f64, written: &str) -> bool {
    let is_it = |value: f64| (value - wanted).abs() < f64::EPSILON;
    let said = figure.said.as_deref().unwrap_or_default();
    let is_said = |word: &str| word.eq_ignore_ascii_case(written) || number(word).is_some_and(is_it);
    [figure.min, figure.best, figure.max].into_iter().flatten().any(is_it)
        || said.split(|c: char| c.is_whitespace() || c == '-').any(is_said)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{WORDS, Word, Words, counts_people, may_be_number};

    #[track_caller]
    fn check(text: &str, found: &[&str]) {
        let mut words = Words::of(text);
        let mut told: Vec<&str> = Vec::new();
        while let Some(word) = words.next_that_may_be_a_number() {
            told.extend(counts_people(word, words.clone()).then_some(word.text));
        }
        assert_eq!(told, found, "{text}");
    }

    #[test]
    fn numbers_about_people_are_found() {
        check("At least six people, and 1,900 young men died.", &["six", "1,900"]);
        check("In all ١٢ قتيل.", &["١٢"]);
        check("Of them 100 were killed.", &["100"]);
        check("| 12 children | 5 |", &["12"]);
    }

    #[test]
    fn a_number_in_words_is_found_by_its_first_letters() {
        assert!(WORDS.iter().all(|(word, _)| {
            may_be_number(word.as_bytes()) && may_be_number(word.to_uppercase().as_bytes())
        }));
        assert!(!["people", "a", ""].into_iter().any(|word| may_be_number(word.as_bytes())));
    }

    proptest! {
        #[test]
        fn no_word_that_may_be_a_number_is_passed_over(
            text in "([a-z]{1,3}|two|Six|1,900|6|١٢|أ|[ .,`'|-]| |\n|\n```\n|\\[|\\]|\\]\\(claim:|\\)){0,40}"
        ) {
            let listed = |word: &Word<'_>| (word.at, word.text.to_owned(), word.ends);
            let all: Vec<_> = Words::of(&text)
                .filter(|word| may_be_number(word.text.as_bytes()))
                .map(|word| listed(&word))
                .collect();
            let mut words = Words::of(&text);
            let found: Vec<_> =
                std::iter::from_fn(|| words.next_that_may_be_a_number()).map(|word| listed(&word)).collect();
            prop_assert_eq!(found, all);
        }
    }

    #[test]
    fn numbers_of_other_things_are_not() {
        check("1,900 bombs. People fled on 2 October; 3 trucks drove by. The men left.", &[]);
        check("Three districts. Two people's words.", &[]);
        check("A ` that is not closed, and `5\npeople` in two lines: 6 men.", &["5", "6"]);
        check("[Six killed](claim:raids/killed), `7 people`, [x](12-people.md), one person", &[]);
        check("```\n9 people\n```\n", &[]);
    }
}
