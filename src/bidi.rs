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

/// `rtl` or `ltr`, for HTML's `dir`: the direction of the language's script, or of its usual script.
pub fn direction_of(code: &str) -> &'static str {
    const SCRIPTS: [&str; 10] =
        ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Samr", "Mand", "Aran"];
    const LANGUAGES: [&str; 26] = [
        "ar", "apc", "apd", "arz", "ary", "acm", "ajp", "aeb", "azb", "bal", "ckb", "dv", "fa", "prs", "glk",
        "he", "ks", "lrc", "mzn", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
    ];
    let Ok(id) = code.parse::<LanguageIdentifier>() else { return "ltr" };
    let is_rtl = match id.script {
        Some(script) => SCRIPTS.contains(&script.as_str()),
        None => LANGUAGES.contains(&id.language.as_str()),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_the_direction_of_its_script() {
        let of = |codes: &[&str]| codes.iter().map(|code| direction_of(code)).collect::<Vec<_>>().join(" ");
        assert_eq!(
            of(&["en", "ar", "ckb", "ku", "ku-Arab", "az-Latn", "he", "fa", "prs", "%"]),
            "ltr rtl rtl ltr rtl ltr rtl rtl rtl ltr"
        );
    }

    #[test]
    fn letters_have_a_direction_and_digits_have_none() {
        let is_rtl = ['ا', 'ש', 'a', 'я', '٣', '3', '،', ' '].map(is_right_to_left);
        assert_eq!(is_rtl, [true, true, false, false, false, false, false, false]);
    }
}
