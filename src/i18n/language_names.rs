//! What languages are called in themselves.
//!
//! Owns the table, which is CLDR's. A Fluent file can have another name: `language-name`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// By code.
static NAMES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("language_names.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
});

/// The name of a language, or of the one that a code with a script or region adds to: then with that part in
/// parentheses.
pub fn own_name(code: &str) -> Option<String> {
    if let Some(name) = NAMES.get(code.to_ascii_lowercase().as_str()) {
        return Some((*name).to_owned());
    }
    let (base, part) = code.rsplit_once('-')?;
    let part = if part.len() == 2 { part.to_ascii_uppercase() } else { part.to_owned() };
    Some(format!("{} ({part})", own_name(base)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_their_own_names() {
        assert_eq!(own_name("ar").as_deref(), Some("العربية"));
        assert_eq!(own_name("uk").as_deref(), Some("українська"));
        assert_eq!(own_name("ar-sy").as_deref(), Some("العربية (SY)"));
        assert_eq!(own_name("qqq"), None);
    }

    #[test]
    fn the_table_is_sorted_and_has_no_line_without_a_name() {
        let codes: Vec<&str> = include_str!("language_names.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split_once(' ').expect("a code and a name").0)
            .collect();
        assert!(codes.is_sorted() && codes.len() == NAMES.len());
    }
}
