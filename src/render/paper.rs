//! How much room texts take on a sheet of paper, at most.
//!
//! Owns the size of the sheet, the type that the default theme prints a sheet of a neighbourhood in, and how wide letters
//! are. Knows no site. `themes/default/templates/parts/sheet_style.html` has the same sizes.
//!
//! Invariant: what takes its room here fits on A4 and on US Letter, in whichever of the usual typefaces.

use unicode_width::UnicodeWidthChar;

/// The narrower of both sheets is A4 and the lower one is Letter, each without margins of 12 mm. In tenths of points,
/// less 2 mm for what printers round.
const WIDTH: u32 = 5_210;
const HEIGHT: u32 = 7_180;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Title,
    Heading,
    Bold,
    Text,
    /// Text in a box.
    Boxed,
}

/// A sheet that is being filled.
pub struct Sheet {
    is_arabic: bool,
    left: u32,
}

impl Sheet {
    /// An empty sheet of a page in this language.
    #[must_use]
    pub fn new(lang: &str) -> Self {
        let is_arabic = lang.split('-').next() == Some("ar");
        Self { is_arabic, left: HEIGHT }
    }

    /// How high a text is with this type, in tenths of points. An empty one takes no room.
    #[must_use]
    pub fn height(&self, set: Type, text: &str) -> u32 {
        let (size, line) = self.size(set);
        let width = if set == Type::Boxed { WIDTH - 200 } else { WIDTH };
        lines(text, width * 100 / size, set) * line
    }

    /// The size of letters and the distance of lines, in tenths of points.
    fn size(&self, set: Type) -> (u32, u32) {
        match (set, self.is_arabic) {
            (Type::Title, false) => (180, 220),
            (Type::Title, true) => (180, 270),
            (Type::Heading, false) => (120, 160),
            (Type::Heading, true) => (130, 190),
            (Type::Bold | Type::Text | Type::Boxed, false) => (105, 140),
            (Type::Bold | Type::Text | Type::Boxed, true) => (115, 165),
        }
    }

    /// The room that is left.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.left
    }

    /// Takes this much room, or all that is left.
    pub fn take(&mut self, height: u32) {
        self.left = self.left.saturating_sub(height);
    }
}

/// How many lines of so many hundredths of an em a text has. A word that is longer than a line begins one and is broken
/// anywhere, as the theme does it.
fn lines(text: &str, line: u32, set: Type) -> u32 {
    let mut lines = 0;
    let mut room = 0;
    for word in text.split_whitespace() {
        let width = width(word, set);
        let with_space = width + SPACE;
        if lines > 0 && with_space <= room {
            room -= with_space;
        } else {
            // The last letter of a broken line may not fit.
            lines += if width <= line { 1 } else { width.div_ceil(line - WIDEST) };
            room = line.saturating_sub(width);
        }
    }
    lines
}

const SPACE: u32 = 32;
const WIDEST: u32 = 130;

/// The width of a word in hundredths of an em.
fn width(word: &str, set: Type) -> u32 {
    let mut letters = word.chars().peekable();
    let mut width = 0;
    while let Some(letter) = letters.next() {
        // Marks between them do not keep letters from joining.
        let next = letters.clone().find(|next| next.width() != Some(0));
        let joins = next.is_some_and(|next| next.is_alphabetic() && is_of_arabic_script(next));
        width += if is_of_arabic_script(letter) { width_of_arabic(letter, joins) } else { width_of(letter) };
    }
    match set {
        Type::Title | Type::Heading | Type::Bold => width * 115 / 100,
        Type::Text | Type::Boxed => width,
    }
}

/// The width of a letter in DejaVu, with serifs or without, whichever is wider: it has the widest of the faces that
/// systems take for a theme's.
fn width_of(letter: char) -> u32 {
    match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '/' | '\\' | '·' => 34,
        'f' | 't' | 'I' | 'J' | '!' | '(' | ')' | '[' | ']' | '-' => 41,
        'r' | 's' | 'z' | '"' | '*' | '_' | '`' | '?' | '“' | '”' | '–' => 54,
        '«' | '»' | 'a'..='e' | 'g' | 'h' | 'k' | 'n'..='q' | 'u' | 'v' | 'x' | 'y' | '0'..='9' => 65,
        'E' | 'F' | 'L' | 'P' | 'S' | 'T' | 'V' | 'X' | 'Y' | 'Z' | 'A' | 'B' => 74,
        'm' | 'M' | 'W' | '@' | '%' | '—' | '…' | '№' => 104,
        ' '..='~' => 90,
        'ж' | 'ш' | 'щ' | 'ю' | 'ы' | 'ф' => 95,
        _ => match letter.width() {
            None | Some(0) => 0,
            Some(1) if letter.is_lowercase() => 70,
            Some(1) => 95,
            Some(_) => 105,
        },
    }
}

/// A letter that joins the next one is much narrower than at the end of a word.
fn width_of_arabic(letter: char, joins: bool) -> u32 {
    let (joined, at_end) = match letter {
        'ا' | 'أ' | 'إ' | 'آ' | '،' | '؛' => (30, 34),
        'ب' | 'پ' | 'ت' | 'ث' | 'ن' | 'ي' | 'ی' | 'ى' | 'ئ' | 'ل' => (33, 98),
        'ف' | 'ق' | 'ك' | 'ک' | 'گ' => (55, 104),
        'س' | 'ش' | 'ص' | 'ض' => (89, 127),
        'ط' | 'ظ' => (82, 95),
        _ if letter.width() == Some(0) => (0, 0),
        _ => (67, 70),
    };
    if joins { joined } else { at_end }
}

fn is_of_arabic_script(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text that are as wide as so many small letters.
    fn lines_of(text: &str, letters: u32) -> u32 {
        lines(text, letters * 65, Type::Text)
    }

    #[test]
    fn words_are_broken_between_them_and_long_ones_anywhere() {
        assert_eq!(lines_of("", 10), 0);
        assert_eq!(lines_of("aaaa aaaa", 10), 1);
        assert_eq!(lines_of("aaaa aaaa aaaa", 10), 2);
        assert_eq!(lines_of("aaaaaaaaaa aaaaaaaaaa", 10), 2);
        // Of a word that is broken, the last letter of each line may have to move on.
        assert_eq!(lines_of(&"a".repeat(40), 10), 5);
        assert_eq!(lines_of(&format!("aaa {} aaa", "a".repeat(40)), 10), 7);
    }

    #[test]
    fn letters_of_each_script_have_their_widths() {
        let widths = |words: &[&str]| words.iter().map(|word| width(word, Type::Text)).collect::<Vec<_>>();
        assert_eq!(widths(&["il", "aa", "mm", "水水", "e\u{301}"]), [68, 130, 208, 210, 65]);
        // Letters are wider at the end of a word; marks have no width of their own.
        assert_eq!(widths(&["ت", "تت", "تتت", "تَتَ"]), [98, 131, 164, 131]);
        assert_eq!(width("aa", Type::Bold), 149);
    }

    #[test]
    fn what_is_taken_is_gone_and_no_text_takes_no_room() {
        let mut sheet = Sheet::new("en");
        assert_eq!(sheet.height(Type::Text, ""), 0);
        assert_eq!(sheet.height(Type::Text, "One line."), 140);
        assert_eq!(Sheet::new("ar-SY").height(Type::Text, "One line."), 165);
        sheet.take(HEIGHT - 1);
        assert_eq!(sheet.left(), 1);
        sheet.take(2);
        assert_eq!(sheet.left(), 0);
    }
}
