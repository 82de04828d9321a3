//! Which letters, scripts and languages are written from right to left.
//!
//! Owns the only table of each.

use unic_langid::LanguageIdentifier;

/// A letter that is written from right to left. Digits are not: they have no direction of their own.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        && c.is_alphanumeric()
        && !c.is_numeric()
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextDirection {
    #[default]
    LeftToRight,
    RightToLeft,
}

impl TextDirection {
    /// For HTML's `dir`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    fn of_first_letter(text: &str) -> Option<Self> {
        let letter = text.chars().find(|c| c.is_alphabetic())?;
        Some(if is_right_to_left(letter) { Self::RightToLeft } else { Self::LeftToRight })
    }

    /// Whether a letter is written in this direction.
    fn has(self, letter: char) -> bool {
        is_right_to_left(letter) == (self == Self::RightToLeft)
    }
}

/// Counts the words of a text by their direction, to find the direction of the whole.
///
/// By words and not by the first letter, as HTML's `dir="auto"` does: a sentence in Arabic may begin with the Latin
/// name of an agency. Addresses and numbers do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordDirections {
    words: u32,
    from_the_right: u32,
    /// That of the first letter.
    first: Option<TextDirection>,
}

impl WordDirections {
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.push(text);
        words
    }

    pub fn push(&mut self, text: &str) {
        for word in text.split_whitespace() {
            let Some(direction) = TextDirection::of_first_letter(word) else { continue };
            self.begin_with(direction);
            if !word.contains("://") {
                self.words += 1;
                self.from_the_right += u32::from(direction == TextDirection::RightToLeft);
            }
        }
    }

    /// A text that does not count, such as code, may have the first letter.
    pub fn push_uncounted(&mut self, text: &str) {
        if let Some(direction) = TextDirection::of_first_letter(text) {
            self.begin_with(direction);
        }
    }

    /// As [`WordDirections::push_uncounted`], for a text whose direction is known.
    pub fn begin_with(&mut self, direction: TextDirection) {
        self.first.get_or_insert(direction);
    }

    /// Adds the words of a text that follows.
    pub fn append(&mut self, next: Self) {
        self.words += next.words;
        self.from_the_right += next.from_the_right;
        self.first = self.first.or(next.first);
    }

    /// The direction of the text within `around`: that of most words, or `around` without a letter. Latin names
    /// within Arabic are usual, so that two Arabic words of five suffice there.
    #[must_use]
    pub fn direction_within(self, around: TextDirection) -> TextDirection {
        let is_from_the_right = match around {
            TextDirection::LeftToRight => 2 * self.from_the_right > self.words,
            TextDirection::RightToLeft => 5 * self.from_the_right >= 2 * self.words,
        };
        if is_from_the_right { TextDirection::RightToLeft } else { TextDirection::LeftToRight }
    }

    /// The value of HTML's `dir` for a block of the text within `around`; none if it would change nothing.
    ///
    /// `auto` if the first letter has the direction of the whole: then a text that a browser translates gets the
    /// direction of its translation.
    #[must_use]
    pub fn attribute_within(self, around: TextDirection) -> Option<&'static str> {
        let direction = self.direction_within(around);
        let value = if self.first == Some(direction) { "auto" } else { direction.as_str() };
        (direction != around).then_some(value)
    }
}

/// Whether a text has a letter that is not written in `direction`.
pub fn has_letters_against(text: &str, direction: TextDirection) -> bool {
    match direction {
        TextDirection::LeftToRight => !text.is_ascii() && text.chars().any(is_right_to_left),
        TextDirection::RightToLeft => text.chars().any(|c| c.is_alphabetic() && !direction.has(c)),
    }
}

/// The direction of the language's script, or of its usual script.
pub fn direction_of(code: &str) -> TextDirection {
    const SCRIPTS: [&str; 10] =
        ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Samr", "Mand", "Aran"];
    const LANGUAGES: [&str; 26] = [
        "ar", "apc", "apd", "arz", "ary", "acm", "ajp", "aeb", "azb", "bal", "ckb", "dv", "fa", "prs", "glk",
        "he", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
    ];
    let Ok(id) = code.parse::<LanguageIdentifier>() else { return TextDirection::default() };
    let is_rtl = match id.script {
        Some(script) => SCRIPTS.contains(&script.as_str()),
        None => LANGUAGES.contains(&id.language.as_str()),
    };
    if is_rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_the_direction_of_its_script() {
        let of = |codes: &[&str]| {
            codes.iter().map(|code| direction_of(code).as_str()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            of(&["en", "ar", "ckb", "ku", "ku-Arab", "az-Latn", "he", "fa", "prs", "%"]),
            "ltr rtl rtl ltr rtl ltr rtl rtl rtl ltr"
        );
    }

    #[test]
    fn a_text_has_the_direction_of_its_words_and_not_of_its_first_letter() {
        let of = |text: &str| {
            let words = WordDirections::of(text);
            [TextDirection::LeftToRight, TextDirection::RightToLeft]
                .map(|around| words.direction_within(around).as_str())
        };
        assert_eq!(of("قال شهود: القصف مستمر!"), ["rtl", "rtl"]);
        assert_eq!(of("UNICEF: توزيع المياه في الهلك"), ["rtl", "rtl"]);
        assert_eq!(of("الهلك (al-Heluk) was without water"), ["ltr", "ltr"]);
        assert_eq!(of("التفاصيل: https://example.org/a/very/long/address"), ["rtl", "rtl"]);
        assert_eq!(of("Water (ماء)"), ["ltr", "rtl"]);
        assert_eq!(of("12 – 14, +963 21 555"), ["ltr", "rtl"]);
        assert_eq!(of(""), ["ltr", "rtl"]);
    }

    #[test]
    fn a_block_has_an_attribute_only_if_its_direction_differs() {
        let of = |text: &str, around| WordDirections::of(text).attribute_within(around);
        assert_eq!(of("Water is back", TextDirection::LeftToRight), None);
        assert_eq!(of("Water is back", TextDirection::RightToLeft), Some("auto"));
        assert_eq!(of("קול: «כן»", TextDirection::LeftToRight), Some("auto"));
        assert_eq!(of("UNICEF: توزيع المياه", TextDirection::LeftToRight), Some("rtl"));
        assert_eq!(of("UNICEF: توزيع المياه", TextDirection::RightToLeft), None);
        assert_eq!(of("40", TextDirection::RightToLeft), None);
        assert_eq!(of("https://example.org: قال شهود", TextDirection::LeftToRight), Some("rtl"));
    }

    #[test]
    fn parts_of_a_text_count_as_the_whole() {
        let mut whole = WordDirections::of("UNICEF:");
        whole.append(WordDirections::of("توزيع المياه"));
        assert_eq!(whole, WordDirections::of("UNICEF: توزيع المياه"));
    }

    #[test]
    fn letters_have_a_direction_and_digits_have_none() {
        let is_rtl = ['ا', 'ש', 'a', 'я', '٣', '3', '،', ' '].map(is_right_to_left);
        assert_eq!(is_rtl, [true, true, false, false, false, false, false, false]);
    }
}
