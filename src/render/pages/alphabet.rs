//! The order of names in lists that readers search by first letter.
//!
//! Owns which parts of a name count: accents do not, nor does the Arabic article. Each script is a
//! section of its own, the page's script first. ICU's collation would follow each language's rules, but
//! its tables are large, and readers look only for a letter.

use std::cmp::Ordering;

use crate::paths::fold_name;

/// Scripts that get a section of their own, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Other,
}

impl Script {
    /// The script of the first letter.
    pub fn of(text: &str) -> Self {
        match text.chars().find(|c| c.is_alphanumeric() && !is_sign(*c)).unwrap_or('0') {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{590}'..='\u{5ff}' => Self::Hebrew,
            // Arabic digits belong to no section.
            c @ ('\u{600}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{8a0}'..='\u{8ff}'
            | '\u{fb50}'..='\u{fdff}')
                if !c.is_numeric() =>
            {
                Self::Arabic
            }
            _ => Self::Other,
        }
    }
}

/// Names are sorted by this. Numbers in them count as numbers: 2 is before 10.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    is_other_script: bool,
    pub script: Script,
    /// The parts of the name that count.
    letters: String,
}

impl SortKey {
    /// The key on a page whose own script is `own`.
    pub fn new(name: &str, own: Script) -> Self {
        let folded = fold_name(name);
        let script = Script::of(&folded);
        let letters = match script {
            Script::Latin => latin(&folded),
            Script::Arabic => arabic(&folded),
            _ => folded,
        };
        Self { is_other_script: script != own, script, letters }
    }

    /// The letter under which the name is listed; `0` for all numbers.
    pub fn letter(&self) -> Option<char> {
        let mut letters = self.letters.chars();
        let first = letters.next().map(|first| if first.is_numeric() { '0' } else { first })?;
        Some(if letters.next() == Some(AFTER) { letters.next().unwrap_or(first) } else { first })
    }
}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.is_other_script, self.script)
            .cmp(&(other.is_other_script, other.script))
            .then_with(|| naturally(&self.letters, &other.letters))
            .then_with(|| self.letters.cmp(&other.letters))
    }
}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Letter by letter, and number by number.
fn naturally(one: &str, other: &str) -> Ordering {
    let (mut one, mut other) = (one, other);
    loop {
        let (number, other_number) = (number_before(one), number_before(other));
        if !number.is_empty() && !other_number.is_empty() {
            match magnitude(number).cmp(&magnitude(other_number)) {
                Ordering::Equal => (one, other) = (&one[number.len()..], &other[other_number.len()..]),
                unequal => return unequal,
            }
        }
        let (mut rest, mut other_rest) = (one.chars(), other.chars());
        match (rest.next(), other_rest.next()) {
            (Some(letter), Some(other_letter)) if letter == other_letter => {
                (one, other) = (rest.as_str(), other_rest.as_str());
            }
            (letter, other_letter) => return letter.cmp(&other_letter),
        }
    }
}

/// How many digits a number has, and which.
fn magnitude(number: &str) -> (usize, &str) {
    let digits = number.trim_start_matches(['0', '٠', '۰']);
    (digits.chars().count(), digits)
}

/// The digits that a text begins with.
fn number_before(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_numeric()).unwrap_or(text.len())]
}

/// Written between a letter and another one that follows it in the alphabet but not in Unicode.
const AFTER: char = '\u{10fffd}';

/// Letters that do not decompose, as the letters that readers look for.
fn latin(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'ø' => key.push('o'),
            'ł' => key.push('l'),
            'đ' | 'ð' => key.push('d'),
            'ħ' => key.push('h'),
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'þ' => key.push_str("th"),
            c if is_sign(c) => {}
            c => key.push(c),
        }
    }
    key
}

/// Signs for hamza and ayn in Latin script.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2b0}'..='\u{2ff}')
}

/// Without the article; forms of alif, ya and ta marbuta as the letter that readers look for.
fn arabic(folded: &str) -> String {
    let bare = folded.strip_prefix("ال").filter(|rest| rest.chars().nth(1).is_some_and(char::is_alphabetic));
    let mut key = String::with_capacity(folded.len());
    for c in bare.unwrap_or(folded).chars() {
        match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => key.push('ا'),
            'ؤ' => key.push('و'),
            'ئ' | 'ى' | 'ی' => key.push('ي'),
            'ة' | 'ۀ' | 'ە' => key.push('ه'),
            'ک' => key.push('ك'),
            'پ' => key.extend(['ب', AFTER, c]),
            'چ' => key.extend(['ج', AFTER, c]),
            'ژ' => key.extend(['ز', AFTER, c]),
            'ڤ' => key.extend(['ف', AFTER, c]),
            'گ' => key.extend(['ك', AFTER, c]),
            // Tatweel only stretches a word.
            '\u{640}' => {}
            c => key.push(c),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(own: Script, names: &[&'static str]) -> Vec<&'static str> {
        let mut names = names.to_vec();
        names.sort_by_key(|name| SortKey::new(name, own));
        names
    }

    #[test]
    fn numbers_count_as_numbers_in_all_digits() {
        let names = [
            "12th Street",
            "Source 10",
            "Source 2",
            "Source 2 b",
            "9th Street",
            "Source 02",
            "Source",
            "Source A",
        ];
        let wanted = [
            "Source",
            "Source 02",
            "Source 2",
            "Source 2 b",
            "Source 10",
            "Source A",
            "9th Street",
            "12th Street",
        ];
        assert_eq!(sorted(Script::Latin, &names), wanted);
        assert_eq!(sorted(Script::Arabic, &["حي ١٠", "حي ٩"]), ["حي ٩", "حي ١٠"]);
        let letter = |name| SortKey::new(name, Script::Latin).letter();
        assert_eq!((letter("12th Street"), letter("9th Street")), (Some('0'), Some('0')));
    }

    #[test]
    fn latin_accents_do_not_count() {
        let names = ["Zeina", "Éamon", "east Aleppo", "Ødegård", "Őrs", "Oz", "ʿAyn", "Łódź", "L", "M"];
        let wanted = ["ʿAyn", "Éamon", "east Aleppo", "L", "Łódź", "M", "Ødegård", "Őrs", "Oz", "Zeina"];
        assert_eq!(sorted(Script::Latin, &names), wanted);
        assert_eq!(SortKey::new("Łódź", Script::Latin).letter(), Some('l'));
    }

    #[test]
    fn the_arabic_article_and_forms_of_letters_do_not_count() {
        let names = [
            "يافا",
            "الهلك",
            "وكالة",
            "بستان الباشا",
            "الأمم المتحدة",
            "إدلب",
            "پاریس",
            "تل",
            "ال",
            "حلب",
            "ألف",
        ];
        let wanted = [
            "إدلب",
            "ال",
            "ألف",
            "الأمم المتحدة",
            "بستان الباشا",
            "پاریس",
            "تل",
            "حلب",
            "الهلك",
            "وكالة",
            "يافا",
        ];
        assert_eq!(sorted(Script::Arabic, &names), wanted);
        let letter = |name| SortKey::new(name, Script::Arabic).letter();
        assert_eq!([letter("الهلك"), letter("الأمم"), letter("پاریس")], [Some('ه'), Some('ا'), Some('پ')]);
    }

    #[test]
    fn each_script_is_a_section_and_the_page_script_comes_first() {
        let names = ["حلب", "Aleppo", "Алеппо", "1st", "Zeina", "ا"];
        assert_eq!(sorted(Script::Latin, &names), ["Aleppo", "Zeina", "Алеппо", "ا", "حلب", "1st"]);
        assert_eq!(sorted(Script::Arabic, &names), ["ا", "حلب", "Aleppo", "Zeina", "Алеппо", "1st"]);
    }
}
