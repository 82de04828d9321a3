//! One form for the letters of all scripts: what two ways to write a word have in common.
//!
//! Owns the only table of letters that are written one for another. It has two depths. Names that differ in
//! case, accents and forms of one letter are one name ([`same_letters`]). Names that also differ in what
//! many people leave out, such as hamza or an apostrophe, are only alike ([`bare_letters`]): that finds
//! private words, and suggests names that are near. Nothing is merged by it.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Calls `add` with one character in the form that all ways to write this letter share: compatibility
/// forms, case, accents, and letters that differ by keyboard only. What is no letter stays.
pub fn same_letters(c: char, add: &mut impl FnMut(char)) {
    if c.is_ascii() {
        add(c.to_ascii_lowercase());
    } else {
        std::iter::once(c).nfkd().for_each(|part| same_letter(part, add));
    }
}

fn same_letter(c: char, add: &mut impl FnMut(char)) {
    match c {
        // The iota below a Greek vowel, which capitals write next to it.
        '\u{345}' => add('ι'),
        c if is_accent(c) => {}
        'ی' => add('ي'),
        'ک' => add('ك'),
        'ı' | 'İ' => add('i'),
        'ø' | 'Ø' => add('o'),
        'đ' | 'Đ' | 'ð' | 'Ð' => add('d'),
        'ł' | 'Ł' => add('l'),
        'ß' | 'ẞ' => "ss".chars().for_each(add),
        'æ' | 'Æ' => "ae".chars().for_each(add),
        'œ' | 'Œ' => "oe".chars().for_each(add),
        // By way of the capital: a final sigma has the same one as any other sigma.
        c => c.to_uppercase().flat_map(char::to_lowercase).filter(|c| !is_accent(*c)).for_each(add),
    }
}

/// A mark that does not make another letter: accents, and the vowel signs of Arabic and Hebrew. Hamza and
/// madda do, and so do the vowel signs of the scripts of India and its neighbours.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{652}' | '\u{656}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
        && is_combining_mark(c)
}

/// Calls `add` with each letter or digit of one character, without anything that people leave out, or with a
/// space for what is none.
pub fn bare_letters(c: char, add: &mut impl FnMut(char)) {
    if c.is_ascii() {
        return bare_letter(c.to_ascii_lowercase(), add);
    }
    // A tie of digits and letters in one character, as a half, is read part by part.
    same_letters(c, &mut |part| bare_letter(part, add));
}

fn bare_letter(c: char, add: &mut impl FnMut(char)) {
    match c {
        c if c.is_ascii_alphanumeric() => add(c),
        c if c.is_ascii() && !is_apostrophe(c) => add(' '),
        c if is_combining_mark(c) || is_silent(c) => {}
        'ٱ' => add('ا'),
        // Forms of one letter in Persian, Urdu, Kurdish, Sindhi and Pashto.
        'ى' | 'ے' | 'ې' => add('ي'),
        'ڪ' => add('ك'),
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۃ' => add('ه'),
        '٠'..='٩' => add(ascii_digit(c, '٠')),
        '۰'..='۹' => add(ascii_digit(c, '۰')),
        c if c.is_alphanumeric() => add(c),
        _ => add(' '),
    }
}

fn ascii_digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

/// Tatweel, the lone hamza, every apostrophe, and characters that only control the layout or show nothing.
fn is_silent(c: char) -> bool {
    is_apostrophe(c)
        || matches!(c, 'ـ' | 'ء' | '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// What people type for an apostrophe, and for the letters ayin and hamza in Latin script.
#[must_use]
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʽ' | 'ʿ' | 'ʾ' | '`' | '´' | '′' | '＇' | '׳')
}

/// The words of a text in bare letters, with one space between them.
#[must_use]
pub fn bare_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        bare_letters(c, &mut |c| {
            if c != ' ' || !words.is_empty() && !words.ends_with(' ') {
                words.push(c);
            }
        });
    }
    words.truncate(words.trim_end().len());
    words
}

/// The letters and digits of a text, in bare letters, without anything between them.
#[must_use]
pub fn letters_of(text: &str) -> String {
    // Most scripts of the Near East and Europe, and the punctuation of all. Each character is folded once.
    static FOLDED: LazyLock<Vec<Option<ShortText>>> = LazyLock::new(|| {
        let folded = |c: u32| ShortText::new(&char::from_u32(c).map(letters_of_char).unwrap_or_default());
        (0..0x2200).map(folded).collect()
    });
    let table = &**FOLDED;
    let mut letters = Vec::with_capacity(text.len() + SHORT);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii() {
            let length = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            add_ascii_letters(&rest.as_bytes()[..length], &mut letters);
            rest = &rest[length..];
            continue;
        }
        match table.get(first as usize) {
            Some(Some(folded)) => folded.add_to(&mut letters),
            _ => letters.extend_from_slice(letters_of_char(first).as_bytes()),
        }
        rest = &rest[first.len_utf8()..];
    }
    String::from_utf8(letters).expect("each part is a text")
}

/// The letters of nearly every character have fewer bytes.
const SHORT: usize = 7;

/// A text of a few bytes, which is copied without a loop.
struct ShortText {
    bytes: [u8; SHORT],
    length: u8,
}

impl ShortText {
    /// `None` if the text is longer.
    fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, length: u8::try_from(text.len()).ok()? })
    }

    fn add_to(&self, all: &mut Vec<u8>) {
        let end = all.len() + usize::from(self.length);
        all.extend_from_slice(&self.bytes);
        all.truncate(end);
    }
}

/// The letters and digits of ASCII in small letters, 0 for what is none.
const ASCII_LETTERS: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Each byte is written, and the next one over it if it was no letter: a loop without a branch.
fn add_ascii_letters(run: &[u8], letters: &mut Vec<u8>) {
    let mut end = letters.len();
    letters.resize(end + run.len(), 0);
    for byte in run {
        let letter = ASCII_LETTERS[usize::from(*byte & 0x7f)];
        letters[end] = letter;
        end += usize::from(letter != 0);
    }
    letters.truncate(end);
}

fn letters_of_char(c: char) -> String {
    let mut letters = String::new();
    bare_letters(c, &mut |c| {
        if c != ' ' {
            letters.push(c);
        }
    });
    letters
}

/// The text with digits and marks of all keyboards as ASCII has them, but for the sign of degrees.
#[must_use]
pub fn with_ascii_marks(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(ascii_mark).collect())
}

/// `None` for what shows nothing.
fn ascii_mark(c: char) -> Option<char> {
    let digit = |zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10);
    match c {
        '٠'..='٩' => digit('٠'),
        '۰'..='۹' => digit('۰'),
        '０'..='９' => digit('０'),
        '٫' | '．' => Some('.'),
        '،' | '，' | '؛' | '、' => Some(','),
        '′' | '’' | '‘' | '´' | 'ʹ' | '＇' => Some('\''),
        '″' | '”' | '“' | '„' | 'ʺ' | '＂' => Some('"'),
        'º' | '˚' | '゜' => Some('°'),
        '−' | '‐' | '‑' | '–' | '－' => Some('-'),
        '＋' => Some('+'),
        '／' => Some('/'),
        '؟' | '？' => Some('?'),
        '～' | '〜' => Some('~'),
        c if c.is_whitespace() => Some(' '),
        '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bare_words_have_one_space_between_them() {
        assert_eq!(bare_words("  Ba'ath—Street, no. ٢ "), "baath street no 2");
        assert_eq!(bare_words("!!"), "");
    }

    proptest! {
        #[test]
        fn the_letters_of_a_text_are_those_of_its_characters(text in "[ -~\\PC]{0,30}") {
            let each: String = text.chars().map(letters_of_char).collect();
            prop_assert_eq!(letters_of(&text), each);
        }

        #[test]
        fn what_is_one_name_is_alike_too(text in "\\PC{0,30}") {
            let mut same = String::new();
            text.chars().for_each(|c| same_letters(c, &mut |c| same.push(c)));
            prop_assert_eq!(letters_of(&same), letters_of(&text));
        }
    }
}
