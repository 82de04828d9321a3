//! A key for how a name sounds, whatever its transliteration.
//!
//! Two spellings with one sound are probably one name. This only ever leads to a warning: nothing
//! is merged by it.

use crate::fold::bare_words;

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

/// Little words between the others.
const LITTLE: [&str; 8] = ["and", "de", "del", "des", "du", "la", "of", "the"];

/// The key that spellings of one name have in common; empty where nothing is left.
#[must_use]
pub fn phonetic_key(name: &str) -> String {
    let plain = bare_words(name);
    let words: Vec<&str> = plain.split(' ').collect();
    let last = words.len() - 1;
    let named = words.iter().enumerate().filter(|(index, word)| *index == last || !ARTICLES.contains(*word));
    named.map(|(_, word)| sound_of(word)).collect::<Vec<_>>().join(" ")
}

/// As [`phonetic_key`], whatever the order of the words, without little words and the plural of English.
/// Empty for a name of one word.
#[must_use]
pub fn unordered_key(name: &str) -> String {
    let plain = bare_words(name);
    let words = plain.split(' ').filter(|word| !ARTICLES.contains(word) && !LITTLE.contains(word));
    let singular =
        |word: &str| sound_of(word.strip_suffix('s').filter(|stem| stem.len() > 3).unwrap_or(word));
    let mut words: Vec<String> = words.map(singular).collect();
    words.sort_unstable();
    if words.len() < 2 { String::new() } else { words.join(" ") }
}

fn sound_of(word: &str) -> String {
    let written = if is_latin(word) { latin(word) } else { without_article(word).to_owned() };
    without_doubles(&written)
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

/// The word without the article of Arabic.
fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word)
}

/// Doubled letters count once, digits as often as they are written.
fn without_doubles(word: &str) -> String {
    let mut single = String::with_capacity(word.len());
    for c in word.chars() {
        if !single.ends_with(c) || c.is_numeric() {
            single.push(c);
        }
    }
    single
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
