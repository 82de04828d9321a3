//! A key for how a name sounds, whatever its transliteration.
//!
//! Two spellings with one sound are probably one name. This only ever leads to a warning: nothing
//! is merged by it.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Ways to write one sound in Latin letters; longer ones first.
const SAME: [(&str, &str); 16] = [
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "i"),
    ("ey", "i"),
    ("ay", "ai"),
    ("dj", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("e", "i"),
    ("y", "i"),
    ("o", "u"),
    ("w", "u"),
    ("v", "f"),
    ("p", "b"),
];

/// The article before a name, with the letter that it may take over from it.
const ARTICLES: [&str; 12] = ["al", "el", "ul", "as", "ash", "es", "an", "ar", "at", "ad", "az", "the"];

/// The key that spellings of one name have in common; empty where nothing is left.
#[must_use]
pub fn phonetic_key(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_silent(*c))
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = words.len().saturating_sub(1);
    let named = words.iter().enumerate().filter(|(index, word)| *index == last || !ARTICLES.contains(*word));
    let mut key = String::new();
    for (_, word) in named {
        let word = if is_latin(word) { latin(word) } else { other(word) };
        if !key.is_empty() {
            key.push(' ');
        }
        push_single(&mut key, &word);
    }
    key
}

/// Tatweel, the lone hamza and apostrophes.
fn is_silent(c: char) -> bool {
    matches!(c, 'ـ' | 'ء' | '\'' | '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´')
}

fn is_latin(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric())
}

fn latin(word: &str) -> String {
    let mut written = word.to_owned();
    for (way, sound) in SAME {
        written = written.replace(way, sound);
    }
    // The ta marbuta: Raqqa and Raqqah.
    match written.strip_suffix("ah") {
        Some(stem) if stem.len() > 1 => format!("{stem}a"),
        _ => written,
    }
}

/// Arabic: the article, and letters that are written one for another.
fn other(word: &str) -> String {
    let word = word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word);
    let letter = |c: char| match c {
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        c => c,
    };
    word.chars().map(letter).collect()
}

/// Doubled letters count once, digits as often as they are written.
fn push_single(key: &mut String, word: &str) {
    let mut before = None;
    for c in word.chars() {
        if before != Some(c) || c.is_numeric() {
            key.push(c);
        }
        before = Some(c);
    }
}

#[cfg(test)]
mod tests {
    use super::phonetic_key;

    #[track_caller]
    fn alike(names: &[&str]) {
        let first = phonetic_key(names[0]);
        names.iter().for_each(|name| assert_eq!(phonetic_key(name), first, "{name} beside {}", names[0]));
    }

    #[test]
    fn spellings_of_one_name_sound_alike() {
        alike(&["al-Heluk", "Heluk", "El Helouk", "Hilluk", "Heloq"]);
        alike(&["Sakhur", "as-Sakhour", "Al-Sakhoor"]);
        alike(&["Raqqa", "ar-Raqqah", "Raka"]);
        alike(&["Ba'ath Street", "Baath  street"]);
        alike(&["الصاخور", "صاخور", "الصّاخـور"]);
        alike(&["أحمد", "احمد"]);
        alike(&["الرقة", "الرقه"]);
        alike(&["مستشفى", "مستشفي"]);
    }

    #[test]
    fn other_names_do_not() {
        for (one, other) in
            [("Heluk", "Haluk"), ("Gate 1", "Gate 11"), ("North Gate", "South Gate"), ("حلب", "حلبا")]
        {
            assert_ne!(phonetic_key(one), phonetic_key(other));
        }
    }
}
