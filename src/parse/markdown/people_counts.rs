//! Numbers that count people, in the prose of a Markdown body.
//!
//! Owns how they are recognised. Reads words, not sentences: it finds "six people", and not "half of the
//! town". The writer of the body feeds it the text that the parser reports; code and links to claims are
//! no prose.

use std::ops::Range;

/// How many words may be between a number and the people it counts, as in "six more young men".
const WORDS_BETWEEN: usize = 3;

/// Words for people, and for what happened to them.
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

/// Numbers written as words. "One" is mostly no count.
const NUMBER_WORDS: [(&str, f64); 22] = [
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

/// A number about people.
#[derive(Debug)]
pub struct PeopleCount {
    /// As written.
    pub word: Box<str>,
    pub number: f64,
    /// Bytes of the body.
    pub range: Range<usize>,
}

/// Collects the prose of a body.
#[derive(Default)]
pub(super) struct ProseReader {
    text: String,
    /// Pieces of the text, in its order, and where they are in the body.
    pieces: Vec<ProsePiece>,
}

struct ProsePiece {
    /// In the text.
    start: usize,
    /// In the body. As long as the piece, unless that is a character reference.
    range: Range<usize>,
}

impl ProseReader {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), pieces: Vec::with_capacity(bytes / 64) }
    }

    /// A text that the parser found at `range` of the body.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        self.pieces.push(ProsePiece { start: self.text.len(), range });
        self.text.push_str(text);
    }

    /// Something within a sentence that is no prose, or a line break.
    pub(super) fn gap(&mut self) {
        self.text.push(' ');
    }

    /// The end of a block: what it counts is in it.
    pub(super) fn end_block(&mut self) {
        if !self.text.ends_with(END) {
            self.text.push(END);
        }
    }

    /// The numbers about people, in the order of the body.
    pub(super) fn finish(self) -> Vec<PeopleCount> {
        let mut counts = Vec::new();
        let mut words = ProseWords::new(&self.text);
        while let Some(word) = words.next_that_may_be_a_number() {
            let Some(number) = number(word.text) else { continue };
            let is_no_count = word.ends_part
                || is_in_a_date(&self.text, word)
                || is_year(&self.text, word, number, words.clone());
            if !is_no_count && counts_people(words.clone()) {
                counts.push(PeopleCount { word: word.text.into(), number, range: self.range_of(word) });
            }
        }
        counts
    }

    fn range_of(&self, word: ProseWord<'_>) -> Range<usize> {
        let first = self.place_of(word.start);
        let last = self.place_of(word.start + word.text.len() - 1);
        first..(last + 1).max(first)
    }

    /// The place in the body of a byte of the text.
    fn place_of(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.start <= at);
        let Some(piece) = next.checked_sub(1).map(|index| &self.pieces[index]) else { return 0 };
        (piece.range.start + at - piece.start).min(piece.range.end.saturating_sub(1))
    }
}

/// Ends a part of a sentence, as between two cells of a table.
const END: char = '|';

/// As the 12 of 2016-10-12 and the 30 of 21:30.
fn is_in_a_date(text: &str, word: ProseWord<'_>) -> bool {
    let joins = |c: char| matches!(c, '-' | '/' | ':');
    text[..word.start].ends_with(joins)
        || text[word.start + word.text.len()..]
            .strip_prefix(joins)
            .is_some_and(|rest| rest.starts_with(char::is_numeric))
}

/// Words before a year.
const BEFORE_YEARS: [&str; 33] = [
    "after",
    "before",
    "by",
    "during",
    "early",
    "from",
    "in",
    "late",
    "mid",
    "of",
    "since",
    "till",
    "to",
    "until",
    "year",
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
    "عام",
    "سنة",
    "منذ",
    "en",
    "depuis",
    "desde",
];

/// Four digits, and no people right after them, or a word of time before them.
fn is_year(text: &str, word: ProseWord<'_>, number: f64, mut after: ProseWords<'_>) -> bool {
    if !(1900.0..2100.0).contains(&number) || word.text.chars().count() != 4 {
        return false;
    }
    let before =
        text[..word.start].trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_after_time_word = BEFORE_YEARS.iter().any(|known| known.eq_ignore_ascii_case(before));
    is_after_time_word || !after.next().is_some_and(|next| names_people(next.text))
}

/// Whether people are named right after a number.
fn counts_people(after: ProseWords<'_>) -> bool {
    for word in after.take(WORDS_BETWEEN + 1) {
        if names_people(word.text) {
            return true;
        }
        if word.ends_part || number(word.text).is_some() {
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

/// False for nearly all words that are no numbers. Every word of every text is looked at, so by its first
/// letters.
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
    let found = || NUMBER_WORDS.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(word));
    may_be.then(found)?.map(|(_, number)| *number)
}

/// The value of a number in digits or in words.
pub fn number(word: &str) -> Option<f64> {
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

#[derive(Clone, Copy)]
struct ProseWord<'a> {
    text: &'a str,
    /// Byte offset in the text.
    start: usize,
    /// A sentence or a part of one ends after it.
    ends_part: bool,
}

#[derive(Clone)]
struct ProseWords<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> ProseWords<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn next_that_may_be_a_number(&mut self) -> Option<ProseWord<'a>> {
        loop {
            self.skip_plain_words();
            let word = self.next()?;
            if may_be_number(word.text.as_bytes()) {
                return Some(word);
            }
        }
    }

    /// Skips most of every text: words of ASCII letters that are no numbers, and what is between them.
    fn skip_plain_words(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        loop {
            while bytes.get(at).is_some_and(|byte| is_between_words(*byte)) {
                at += 1;
            }
            let mut end = at;
            while bytes.get(end).is_some_and(|byte| PROSE_BYTES[usize::from(*byte)] == ProseByte::Letter) {
                end += 1;
            }
            if end == at || !ends_plain_word(&bytes[end..]) || may_be_number(&bytes[at..end]) {
                break;
            }
            at = end;
        }
        self.at = at;
    }

    /// Skips to the next word. True if a sentence or a part of one ends on the way.
    fn skip_to_word(&mut self) -> bool {
        let mut ends_part = false;
        // Between most words there is one space.
        while let Some(byte) = self.text.as_bytes().get(self.at).filter(|byte| !byte.is_ascii_alphanumeric())
        {
            if *byte == b' ' {
                self.at += 1;
                continue;
            }
            let Some(c) = self.rest().chars().next().filter(|c| !c.is_alphanumeric()) else { break };
            ends_part |= matches!(c, '.' | ';' | ':' | '!' | '?' | END | '؛' | '؟');
            self.at += c.len_utf8();
        }
        ends_part
    }
}

impl<'a> Iterator for ProseWords<'a> {
    type Item = ProseWord<'a>;

    fn next(&mut self) -> Option<ProseWord<'a>> {
        self.skip_to_word();
        let start = self.at;
        let text = &self.rest()[..word_length(self.rest())];
        self.at += text.len();
        let ends_part = self.skip_to_word();
        (!text.is_empty()).then_some(ProseWord { text, start, ends_part })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ProseByte {
    /// An ASCII letter.
    Letter,
    /// Any other ASCII that is in no word.
    Between,
    Other,
}

// A table, because every byte of every text is looked up.
static PROSE_BYTES: [ProseByte; 256] = {
    let mut bytes = [ProseByte::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        let ascii = byte as u8;
        if ascii.is_ascii_alphabetic() {
            bytes[byte] = ProseByte::Letter;
        } else if !ascii.is_ascii_digit() && ascii != b'\'' {
            bytes[byte] = ProseByte::Between;
        }
        byte += 1;
    }
    bytes
};

fn is_between_words(byte: u8) -> bool {
    PROSE_BYTES[usize::from(byte)] == ProseByte::Between
}

/// Whether a word of ASCII letters ends before these bytes. A comma before a digit may be part of it.
fn ends_plain_word(after: &[u8]) -> bool {
    match after {
        [b'.' | b',', next, ..] => next.is_ascii() && !next.is_ascii_digit(),
        [next, ..] => is_between_words(*next),
        [] => true,
    }
}

/// The length in bytes of the word that the text begins with.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    loop {
        end += text.as_bytes()[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if text.as_bytes().get(end) == Some(&b' ') {
            return end;
        }
        let Some(c) = text[end..].chars().next() else { return end };
        let is_within_number =
            matches!(c, ',' | '.' | '٬') && text[end + c.len_utf8()..].starts_with(char::is_numeric);
        if !c.is_alphanumeric() && c != '\'' && !is_within_number {
            return end;
        }
        end += c.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{NUMBER_WORDS, ProseWord, ProseWords, may_be_number};
    use crate::parse::markdown::{MarkdownOptions, parse};

    #[track_caller]
    fn check(text: &str, words: &[&str]) {
        let options = MarkdownOptions { people_counts: true, ..MarkdownOptions::default() };
        let counts = parse("a.md", text, 0, &options).people_counts;
        assert_eq!(counts.iter().map(|count| &*count.word).collect::<Vec<_>>(), words, "{text}");
        for count in counts {
            assert_eq!(&text[count.range], &*count.word);
        }
    }

    #[test]
    fn numbers_about_people_are_found() {
        check("At least six people, and 1,900 young men died.", &["six", "1,900"]);
        check("In all ١٢ قتيل.", &["١٢"]);
        check("Of them 100 were killed.", &["100"]);
        check("There 2000 people fled, and 2016 civilians.", &["2000", "2016"]);
        check("| a | b |\n|---|---|\n| 12 children | 5 |", &["12"]);
        check("**Six** young\n`x` [men](a.md)", &["Six"]);
        check("> - 6 people\n\n![7 men](a.png)\n\n<p>8 women</p>", &["6", "7", "8"]);
    }

    #[test]
    fn a_number_in_words_is_found_by_its_first_letters() {
        assert!(NUMBER_WORDS.iter().all(|(word, _)| {
            may_be_number(word.as_bytes()) && may_be_number(word.to_uppercase().as_bytes())
        }));
        assert!(!["people", "a", ""].into_iter().any(|word| may_be_number(word.as_bytes())));
    }

    proptest! {
        #[test]
        fn no_word_that_may_be_a_number_is_skipped(
            text in "([a-z]{1,3}|two|Six|1,900|6|١٢|أ|[ .,`'|-]| |\n|\\[|\\]|\\)){0,40}"
        ) {
            let listed = |word: &ProseWord<'_>| (word.start, word.text.to_owned(), word.ends_part);
            let all: Vec<_> = ProseWords::new(&text)
                .filter(|word| may_be_number(word.text.as_bytes()))
                .map(|word| listed(&word))
                .collect();
            let mut words = ProseWords::new(&text);
            let found: Vec<_> =
                std::iter::from_fn(|| words.next_that_may_be_a_number()).map(|word| listed(&word)).collect();
            prop_assert_eq!(found, all);
        }
    }

    #[test]
    fn numbers_of_other_things_are_not() {
        check("1,900 bombs. People fled on 2 October; 3 trucks drove by. The men left.", &[]);
        check(
            "In 2016 people fled; since October 2015 women and children left. The 2016 attack on men.",
            &[],
        );
        check("Three districts. Two people's words.", &[]);
        check("A ` that is not closed: 6 men.", &["6"]);
        check("[Six killed](claim:raids/killed), `7 people`, [x](12-people.md), one person", &[]);
        check("[Six *killed*][1]\n\n[1]: claim:raids/killed", &[]);
        check("```\n9 people\n```\n\n    9 people\n\n~~~\n9 people\n~~~\n", &[]);
        check("## At six\n\nPeople fled. It was 2016-10-12 people said", &[]);
    }
}
