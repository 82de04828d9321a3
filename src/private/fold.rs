//! One form for all ways to write a word.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents and script forms; everything that is no letter or digit is one space.
pub struct Folded {
    pub text: String,
    /// For each byte of `text`, the byte range of the original character that it comes from.
    from: Vec<(usize, usize)>,
}

impl Folded {
    pub fn of(text: &str) -> Self {
        let mut folded =
            Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            let original = (at, at + c.len_utf8());
            fold_char(c, |c| {
                if c != ' ' || !folded.text.ends_with(' ') {
                    folded.text.push(c);
                    folded.from.resize(folded.text.len(), original);
                }
            });
        }
        folded
    }

    /// The byte range of the original that a range of the folded text comes from.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let first = self.from.get(range.start);
        let last = self.from.get(range.end.saturating_sub(1));
        first.zip(last).map_or(0..0, |(first, last)| first.0..last.1)
    }
}

/// A folded text without its spaces.
#[derive(Default)]
pub struct Joined {
    text: String,
    /// For each byte of `text`, its offset in the folded text.
    at: Vec<usize>,
}

impl Joined {
    pub fn of(folded: &str) -> Self {
        let mut joined =
            Self { text: String::with_capacity(folded.len()), at: Vec::with_capacity(folded.len()) };
        for (at, c) in folded.char_indices().filter(|(_, c)| *c != ' ') {
            joined.text.push(c);
            joined.at.extend(at..at + c.len_utf8());
        }
        joined
    }

    /// All places of a word, as ranges of the folded text.
    pub fn all(&self, word: &str) -> impl Iterator<Item = Range<usize>> {
        let found = self.text.match_indices(word).map(|(at, found)| at..at + found.len());
        found.filter_map(|range| {
            Some(*self.at.get(range.start)?..*self.at.get(range.end.checked_sub(1)?)? + 1)
        })
    }
}

/// The letters and digits of a text, folded, without anything between them.
pub fn letters_of(text: &str) -> String {
    // Two-byte characters hold most scripts of the Near East and Europe. Each is folded once.
    static FOLDED: LazyLock<Vec<Box<str>>> = LazyLock::new(|| {
        let folded = |c: u32| char::from_u32(c).map(letters_of_char).unwrap_or_default().into();
        (0..0x800).map(folded).collect()
    });
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match FOLDED.get(c as usize) {
            _ if c.is_ascii_alphanumeric() => letters.push(c.to_ascii_lowercase()),
            _ if c.is_ascii() => {}
            Some(folded) => letters.push_str(folded),
            None => letters.push_str(&letters_of_char(c)),
        }
    }
    letters
}

fn letters_of_char(c: char) -> String {
    let mut letters = String::new();
    fold_char(c, |c| {
        if c != ' ' {
            letters.push(c);
        }
    });
    letters
}

/// Calls `add` with each folded character of one character: letters, digits, or a space.
fn fold_char(c: char, mut add: impl FnMut(char)) {
    if c.is_ascii() {
        fold_part(c, &mut add);
    } else {
        std::iter::once(c).nfkd().for_each(|part| fold_part(part, &mut add));
    }
}

fn fold_part(c: char, add: &mut impl FnMut(char)) {
    match c {
        c if c.is_ascii_alphanumeric() => add(c.to_ascii_lowercase()),
        // The iota below a Greek vowel, which capitals write next to it.
        '\u{345}' => add('ι'),
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
        '٠'..='٩' => add(ascii_digit(c, '٠')),
        '۰'..='۹' => add(ascii_digit(c, '۰')),
        // By way of the capital: a final sigma has the same one as any other sigma.
        c if c.is_alphanumeric() => {
            let lower = c.to_uppercase().flat_map(char::to_lowercase);
            lower.filter(|c| !is_combining_mark(*c)).for_each(add);
        }
        _ => add(' '),
    }
}

fn ascii_digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

/// Tatweel, the lone hamza, every apostrophe, and characters that only control the layout.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        'ـ' | 'ء' | '\'' | '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}
