//! One form for all ways to write a word, and the ways in which an output can be read.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents and script forms; what is no letter or digit is one space.
pub struct Folded {
    pub text: String,
    /// For each byte of `text`, the character of the original that it comes from, as bytes.
    from: Vec<(usize, usize)>,
}

impl Folded {
    /// The part of the original that a part of the folded text comes from.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let (first, last) = (self.from.get(range.start), self.from.get(range.end.saturating_sub(1)));
        first.zip(last).map_or(0..0, |(first, last)| first.0..last.1)
    }
}

/// A folded text without its spaces.
#[derive(Default)]
pub struct Tight {
    text: String,
    /// For each byte of `text`, its place in the folded text.
    at: Vec<usize>,
}

impl Tight {
    pub fn of(folded: &str) -> Self {
        let mut tight =
            Self { text: String::with_capacity(folded.len()), at: Vec::with_capacity(folded.len()) };
        for (at, c) in folded.char_indices().filter(|(_, c)| *c != ' ') {
            tight.text.push(c);
            tight.at.extend(at..at + c.len_utf8());
        }
        tight
    }

    /// Where a text stands, as parts of the folded one.
    pub fn all(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        let found = self.text.match_indices(text).map(|(at, found)| at..at + found.len());
        found.filter_map(|range| {
            Some(*self.at.get(range.start)?..*self.at.get(range.end.checked_sub(1)?)? + 1)
        })
    }
}

pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
    for (at, c) in text.char_indices() {
        let place = (at, at + c.len_utf8());
        if c.is_ascii() {
            push(&mut folded, c, place);
            continue;
        }
        for part in std::iter::once(c).nfkd() {
            push(&mut folded, part, place);
        }
    }
    folded
}

fn push(folded: &mut Folded, c: char, place: (usize, usize)) {
    let ends_in_space = folded.text.ends_with(' ');
    let mut add = |c: char| {
        folded.text.push(c);
        folded.from.resize(folded.text.len(), place);
    };
    match c {
        c if is_combining_mark(c) || is_silent(c) => {}
        'ٱ' => add('ا'),
        'ى' | 'ی' => add('ي'),
        'ة' | 'ہ' | 'ھ' => add('ه'),
        'ک' => add('ك'),
        'ı' | 'İ' => add('i'),
        'ø' | 'Ø' => add('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => add('d'),
        'ł' | 'Ł' => add('l'),
        'ß' | 'ẞ' => "ss".chars().for_each(add),
        'æ' | 'Æ' => "ae".chars().for_each(add),
        'œ' | 'Œ' => "oe".chars().for_each(add),
        '٠'..='٩' => add(digit(c, '٠')),
        '۰'..='۹' => add(digit(c, '۰')),
        c if c.is_alphanumeric() => c.to_lowercase().filter(|c| !is_combining_mark(*c)).for_each(add),
        _ if ends_in_space => {}
        _ => add(' '),
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

/// Tatweel, the lone hamza, apostrophes in whatever form, and what only guides the line.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        'ـ' | 'ء' | '\'' | '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// As it is, with character references and escapes resolved, and without tags.
pub fn readings(text: &str) -> Vec<Cow<'_, str>> {
    let mut readings = vec![Cow::Borrowed(text)];
    if text.contains('&') {
        readings.push(Cow::Owned(without_references(text)));
    }
    if text.contains('%') {
        readings.push(Cow::Owned(without_percents(text)));
    }
    if text.contains('\\') {
        readings.push(Cow::Owned(without_escapes(text)));
    }
    if text.contains('<') {
        let text = without_references_in(text);
        readings.push(Cow::Owned(without_tags(&text, "")));
        readings.push(Cow::Owned(without_tags(&text, " ")));
    }
    readings
}

/// References that stand for `<` would become tags: they go last.
fn without_references_in(text: &str) -> String {
    without_references(&text.replace("&lt;", " ").replace("&gt;", " "))
}

fn without_references(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((end, referred(&rest[1..end])?))) {
            Some((end, c)) => {
                plain.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push('&');
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

fn referred(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" => Some('\u{ad}'),
        "szlig" => Some('ß'),
        _ if is_accented(name) => name.chars().next(),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            hex.unwrap_or_else(|| number.parse()).ok().and_then(char::from_u32)
        }
    }
}

/// As JSON and scripts write them: `\n`, `\u0644`.
fn without_escapes(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escaped)) = rest.split_once('\\') {
        units.extend(before.encode_utf16());
        let (unit, length) = unescaped(escaped);
        units.push(unit);
        rest = &escaped[length..];
    }
    units.extend(rest.encode_utf16());
    // Letters beyond the first plane are two escapes, which only together are one.
    String::from_utf16_lossy(&units)
}

/// What an escape without its backslash stands for, and how many bytes it takes.
fn unescaped(escaped: &str) -> (u16, usize) {
    let space = u16::from(b' ');
    match escaped.as_bytes() {
        [b'n' | b'r' | b't' | b'b' | b'f', ..] => (space, 1),
        [b'u', digits @ ..] => {
            let digits = digits.get(..4).and_then(|digits| std::str::from_utf8(digits).ok());
            digits
                .and_then(|digits| u16::from_str_radix(digits, 16).ok())
                .map_or((space, 0), |unit| (unit, 5))
        }
        _ => (space, 0),
    }
}

/// `uuml`, `Aring`: a letter and its accent, which does not count here.
fn is_accented(name: &str) -> bool {
    const ACCENTS: [&str; 15] = [
        "uml", "acute", "grave", "circ", "tilde", "cedil", "ring", "caron", "slash", "breve", "macr", "ogon",
        "dot", "dblac", "strok",
    ];
    name.is_char_boundary(1)
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && ACCENTS.contains(&&name[1..])
}

fn without_percents(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        plain.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn without_tags(text: &str, instead: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        plain.push_str(instead);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    plain + rest
}
