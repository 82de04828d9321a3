//! Texts that a spreadsheet program opens as they are written.
//!
//! Owns what such a program would run as a formula. Knows no file format.

use std::borrow::Cow;

/// A cell that begins with one of these is a formula; some programs read the full-width forms in the same way.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Programs that leave these out at the beginning of a cell read what follows as its beginning.
const CONTROLS: [char; 3] = ['\t', '\r', '\n'];

/// The text of a cell with an apostrophe before whatever would begin a formula. Numbers need none: a minus sign in
/// front of digits alone is no formula.
#[must_use]
pub fn without_formula(text: &str) -> Cow<'_, str> {
    if !text.contains(FORMULA) && !text.starts_with(CONTROLS) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 1);
    let mut begins_cell = true;
    if text.starts_with(CONTROLS) {
        safe.push('\'');
    }
    for letter in text.chars() {
        if begins_cell && FORMULA.contains(&letter) {
            safe.push('\'');
        }
        begins_cell = ends_cell(letter) || begins_cell && is_left_out(letter);
        safe.push(letter);
    }
    if safe.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(safe) }
}

/// In many countries a semicolon separates cells, and quotes around a cell with commas are then part of it.
fn ends_cell(letter: char) -> bool {
    letter == ';' || CONTROLS.contains(&letter)
}

fn is_left_out(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '"' | '\u{feff}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula_in_any_country() {
        for (text, safe) in [
            ("", ""),
            ("An eye-witness = one person", "An eye-witness = one person"),
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-5 or more", "'-5 or more"),
            ("＝1＋1", "'＝1＋1"),
            (" =1", " '=1"),
            ("\tword", "'\tword"),
            ("\r=1", "'\r'=1"),
            ("word;=1", "word;'=1"),
            ("a; \"=1", "a; \"'=1"),
            ("a\n- b", "a\n'- b"),
            ("a; b - c", "a; b - c"),
        ] {
            assert_eq!(without_formula(text), safe, "{text:?}");
        }
    }
}
