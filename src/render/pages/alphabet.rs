//! In which order names stand in lists that are searched by their first letters.
//!
//! Owns what counts of a name there: accents do not, nor does the Arabic article; each script is a part
//! of its own, that of the page first. ICU's collation would order every language by its own rules, at
//! the cost of its tables; readers look for a letter here, and rules within one hardly matter.

use crate::paths::fold_name;

/// Scripts whose letters have a place of their own, in the order in which they follow each other.
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
    /// Of the first letter.
    pub fn of(text: &str) -> Self {
        match text.chars().find(|c| c.is_alphanumeric() && !is_sign(*c)).unwrap_or('0') {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' => Self::Cyrillic,
            '\u{590}'..='\u{5ff}' => Self::Hebrew,
            // Its digits are no letters.
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

/// Where a name stands among others: names are sorted by this.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    is_other_script: bool,
    pub script: Script,
    /// What counts of the name; its first letter is the one that it stands under.
    pub key: String,
}

impl Place {
    /// For a page whose own script is `own`.
    pub fn of(name: &str, own: Script) -> Self {
        let folded = fold_name(name);
        let script = Script::of(&folded);
        let key = match script {
            Script::Latin => latin(&folded),
            Script::Arabic => arabic(&folded),
            _ => folded,
        };
        Self { is_other_script: script != own, script, key }
    }

    /// The letter that the name stands under.
    pub fn letter(&self) -> Option<char> {
        let mut letters = self.key.chars();
        let first = letters.next()?;
        // A letter that stands behind another one.
        Some(if letters.next() == Some(BEHIND) { letters.next().unwrap_or(first) } else { first })
    }
}

/// Behind a letter and before one that follows it in the alphabet and not by its number.
const BEHIND: char = '\u{10fffd}';

/// Letters that are no accented ones, by what they are looked for.
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

/// Without the article; forms of alif, ya and ta marbuta as the letter that they are looked for.
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
            'پ' => key.extend(['ب', BEHIND, c]),
            'چ' => key.extend(['ج', BEHIND, c]),
            'ژ' => key.extend(['ز', BEHIND, c]),
            'ڤ' => key.extend(['ف', BEHIND, c]),
            'گ' => key.extend(['ك', BEHIND, c]),
            // Tatweel only draws a word out.
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
        names.sort_by_key(|name| Place::of(name, own));
        names
    }

    #[test]
    fn latin_accents_do_not_count() {
        let names = ["Zeina", "Éamon", "east Aleppo", "Ødegård", "Őrs", "Oz", "ʿAyn", "Łódź", "L", "M"];
        let wanted = ["ʿAyn", "Éamon", "east Aleppo", "L", "Łódź", "M", "Ødegård", "Őrs", "Oz", "Zeina"];
        assert_eq!(sorted(Script::Latin, &names), wanted);
        assert_eq!(Place::of("Łódź", Script::Latin).letter(), Some('l'));
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
        let letter = |name| Place::of(name, Script::Arabic).letter();
        assert_eq!([letter("الهلك"), letter("الأمم"), letter("پاریس")], [Some('ه'), Some('ا'), Some('پ')]);
    }

    #[test]
    fn each_script_is_a_part_of_its_own_that_of_the_page_first() {
        let names = ["حلب", "Aleppo", "Алеппо", "1st", "Zeina", "ا"];
        assert_eq!(sorted(Script::Latin, &names), ["Aleppo", "Zeina", "Алеппо", "ا", "حلب", "1st"]);
        assert_eq!(sorted(Script::Arabic, &names), ["ا", "حلب", "Aleppo", "Zeina", "Алеппо", "1st"]);
    }
}
