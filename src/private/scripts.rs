//! How scripts write a name within a sentence: prefixes, case endings, and no spaces at all.
//!
//! Owns tables, in bare letters. They list what is regular, not all that a language has.

/// Whether a script puts no spaces between words, so that a name may have letters on both sides.
pub fn is_unspaced(c: char) -> bool {
    is_chinese_or_japanese(c)
        || matches!(c, '\u{e01}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{aa60}'..='\u{aa7f}')
        || is_korean(c)
}

fn is_chinese_or_japanese(c: char) -> bool {
    matches!(c, '々' | '〆' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Syllables and their parts.
fn is_korean(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether bare letters are a name that counts wherever it is in a sentence without spaces. A shorter one is
/// part of too many other words.
pub fn is_long_for_unspaced(letters: &str) -> bool {
    let count = letters.chars().count();
    let is_all = |is_of: fn(char) -> bool| letters.chars().all(is_of);
    let needed = match () {
        () if is_all(is_chinese_or_japanese) => 2,
        // Three syllables of two or three parts.
        () if is_all(is_korean) => 6,
        () if is_all(is_unspaced) => 3,
        () => return false,
    };
    count >= needed
}

/// Korean puts particles after a name without a space.
pub fn may_have_particles(letters: &str) -> bool {
    letters.chars().all(is_korean)
}

/// Whether letters before a name are what its language writes as one with it: and, in, to, for, like, the, that.
pub fn is_prefix(before: &str, name: &str) -> bool {
    match name.chars().next() {
        Some('\u{5d0}'..='\u{5ea}') => is_hebrew_prefix(before),
        Some('\u{620}'..='\u{6d5}') => is_arabic_prefix(before, name),
        _ => false,
    }
}

fn is_hebrew_prefix(before: &str) -> bool {
    before.chars().count() <= 3 && before.chars().all(|c| "ולהבכמש".contains(c))
}

/// A question or a call, then a conjunction, a preposition and the article, each of which may be missing.
fn is_arabic_prefix(before: &str, name: &str) -> bool {
    let calls = if name.starts_with('ا') { &["يا", "ي"][..] } else { &["يا"] };
    // With a short name, the letter of a question makes another one: حمد and أحمد.
    let questions = if name.chars().count() > 3 { &["ا"][..] } else { &[] };
    let mut rest = without_one_of(before, &["و", "ف"]);
    if calls.contains(&rest) || questions.contains(&before) {
        return true;
    }
    rest = without_one_of(rest, &["ب", "ك"]);
    rest.is_empty() || ["ال", "ل", "لل"].contains(&rest)
}

fn without_one_of<'t>(text: &'t str, beginnings: &[&str]) -> &'t str {
    beginnings.iter().find_map(|beginning| text.strip_prefix(beginning)).unwrap_or(text)
}

/// Whether letters after a name are a genitive or an accusative. `is_marked`: a mark shows the accusative.
pub fn is_suffix(after: &str, name: &str, is_marked: bool) -> bool {
    match name.chars().next() {
        // In three letters, as in عليا, it is mostly another word.
        Some('\u{620}'..='\u{6d5}') => after == "ا" && (is_marked || name.chars().count() > 3),
        Some(_) => after == "s",
        None => false,
    }
}

/// A name in a script whose languages change its ending by case, without that ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stem {
    pub letters: String,
    endings: &'static [&'static str],
}

impl Stem {
    /// The stem of a word in bare letters; `None` for other scripts, or if it is too short.
    pub fn of(word: &str) -> Option<Self> {
        let (own, endings) = match word.chars().next()? {
            '\u{430}'..='\u{52f}' => (&CYRILLIC_OWN[..], &CYRILLIC[..]),
            '\u{3b1}'..='\u{3c9}' => (&GREEK_OWN[..], &GREEK[..]),
            '\u{10d0}'..='\u{10ff}' => (&["ი"][..], &GEORGIAN[..]),
            '\u{561}'..='\u{586}' => (&[][..], &ARMENIAN[..]),
            _ => return None,
        };
        let stem = own.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        let stem = if stem.chars().count() < 2 { word } else { stem };
        (stem.chars().count() >= 2).then(|| Self { letters: stem.to_owned(), endings })
    }

    /// Whether a word is the name in some case.
    pub fn is_stem_of(&self, word: &str) -> bool {
        word.strip_prefix(&self.letters)
            .is_some_and(|ending| ending.is_empty() || self.endings.contains(&ending))
    }
}

/// Endings of names as dictionaries have them, the longest first.
const CYRILLIC_OWN: [&str; 11] = ["ая", "ии", "ыи", "ои", "а", "я", "о", "е", "и", "ь", "ы"];

/// Of Russian, Ukrainian, Bulgarian and Serbian. Without `ов` and `ин`, which make another name.
const CYRILLIC: [&str; 50] = [
    "а", "ам", "ами", "ах", "ая", "е", "еви", "его", "еи", "ем", "ему", "ею", "ие", "иеи", "ии", "ием", "им",
    "ими", "их", "ию", "ия", "и", "о", "ови", "ого", "ои", "ом", "ому", "ою", "у", "ую", "ы", "ые", "ыи",
    "ым", "ыми", "ых", "ь", "ье", "ьи", "ью", "ья", "ю", "я", "ям", "ями", "еві", "і", "ії", "ові",
];

const GREEK_OWN: [&str; 9] = ["οσ", "ησ", "ασ", "ισ", "α", "η", "ο", "ι", "υ"];

const GREEK: [&str; 14] = ["α", "ασ", "ε", "εσ", "η", "ησ", "ι", "ισ", "ο", "οι", "οσ", "ου", "ουσ", "ων"];

const GEORGIAN: [&str; 13] = ["ად", "ი", "იმ", "ით", "ის", "ისთან", "მ", "მა", "ო", "ს", "სთან", "ც", "თან"];

const ARMENIAN: [&str; 8] = ["ը", "ի", "ին", "ից", "ն", "ով", "ու", "ուն"];
