//! Letters of one script that look like letters of another.
//!
//! Owns a small table of them. A word with letters of two scripts is read as a word of each; so is a word of
//! look-alikes only.

use super::reading::{Reading, ReadingBuilder};

/// Letters that look like Latin ones, of Cyrillic, Greek, Armenian and phonetic alphabets.
const LATIN: [(&str, char); 26] = [
    ("аΑαɑᴀаА", 'a'),
    ("вВΒβʙ", 'b'),
    ("сСϲᴄ", 'c'),
    ("ԁᴅ", 'd'),
    ("еЕёЁΕεᴇ", 'e'),
    ("ꜰϝ", 'f'),
    ("ɡɢց", 'g'),
    ("һнНΗʜհ", 'h'),
    ("іІїЇΙιɪ", 'i'),
    ("јЈϳᴊ", 'j'),
    ("кКΚκᴋ", 'k'),
    ("ӏʟӀ", 'l'),
    ("мМΜᴍ", 'm'),
    ("ΝηɴոՈ", 'n'),
    ("оОΟοσօՕᴏ", 'o'),
    ("рРΡρᴘ", 'p'),
    ("ԛ", 'q'),
    ("ʀгɾ", 'r'),
    ("ѕЅꜱ", 's'),
    ("тТΤτᴛ", 't'),
    ("υսՍᴜ", 'u'),
    ("νѵᴠ", 'v'),
    ("ԝωᴡ", 'w'),
    ("хХΧχ", 'x'),
    ("уУүΥγʏ", 'y'),
    ("Ζᴢ", 'z'),
];

/// Latin letters that look like Cyrillic ones.
const CYRILLIC: [(&str, char); 14] = [
    ("aA", 'а'),
    ("B", 'в'),
    ("cC", 'с'),
    ("eE", 'е'),
    ("hH", 'н'),
    ("iI", 'і'),
    ("jJ", 'ј'),
    ("kK", 'к'),
    ("mM", 'м'),
    ("oO", 'о'),
    ("pP", 'р'),
    ("tT", 'т'),
    ("xX", 'х'),
    ("yY", 'у'),
];

fn look_alike(table: &[(&str, char)], c: char) -> Option<char> {
    table.iter().find(|(alike, _)| alike.contains(c)).map(|(_, letter)| *letter)
}

/// The text with Latin letters for those that look like them, in words that also have Latin letters or have no other
/// letters; `None` if there is no such word.
pub fn as_latin(text: &Reading<'_>) -> Option<Reading<'static>> {
    let latin_of = |c: char| if c.is_ascii() { None } else { look_alike(&LATIN, c) };
    replaced(text, latin_of, |word| {
        let alike = word.chars().filter(|c| latin_of(*c).is_some()).count();
        let has_latin = word.contains(|c: char| c.is_ascii_alphabetic());
        alike > 0 && (has_latin || alike >= 3 && alike == word.chars().count())
    })
}

/// As [`as_latin`], with Cyrillic letters for Latin ones.
pub fn as_cyrillic(text: &Reading<'_>) -> Option<Reading<'static>> {
    let cyrillic_of = |c: char| if c.is_ascii() { look_alike(&CYRILLIC, c) } else { None };
    replaced(text, cyrillic_of, |word| {
        word.contains(|c| matches!(c, '\u{400}'..='\u{52f}')) && word.contains(|c| cyrillic_of(c).is_some())
    })
}

/// The text with other letters in some of its words; `None` if in none.
fn replaced(
    base: &Reading<'_>,
    other: impl Fn(char) -> Option<char>,
    is_meant: impl Fn(&str) -> bool,
) -> Option<Reading<'static>> {
    let text = base.text.as_ref();
    if !may_have_look_alikes(text) {
        return None;
    }
    let mut read = ReadingBuilder::new(base);
    let mut copied = 0;
    for word in words(text).filter(|word| is_meant(&text[word.clone()])) {
        for (offset, c) in text[word.clone()].char_indices() {
            let Some(letter) = other(c) else { continue };
            let at = word.start + offset;
            read.copy(copied..at);
            copied = at + c.len_utf8();
            read.replace_by(&(at..copied), letter);
        }
    }
    read.copy(copied..text.len());
    (copied > 0).then(|| read.finish())
}

/// By the first bytes of the characters in the tables.
fn may_have_look_alikes(text: &str) -> bool {
    !text.is_ascii() && text.bytes().any(|byte| matches!(byte, 0xc9 | 0xca | 0xcd..=0xd6 | 0xe1 | 0xea))
}

/// Runs of letters.
fn words(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphabetic)?;
        rest = text[start..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |length| start + length);
        Some(start..rest)
    })
}
