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

#[cfg(test)]
pub fn codes() -> impl Iterator<Item = &'static str> {
    NAMES.keys().copied()
}

/// The name of a language, or of the one that a code with a script or region adds to: then with that part in
/// parentheses.
pub fn own_name(code: &str) -> Option<String> {
    if let Some(name) = NAMES.get(code.to_ascii_lowercase().as_str()) {
        return Some((*name).to_owned());
    }
    let (base, part) = code.rsplit_once('-')?;
    Some(format!("{} ({})", own_name(base)?, as_usual(part)))
}

/// Regions are in capitals, scripts begin with one.
fn as_usual(part: &str) -> String {
    let capitals = if part.len() == 4 { 1 } else { part.len() };
    let (first, rest) = part.split_at_checked(capitals).unwrap_or((part, ""));
    first.to_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_their_own_names() {
        assert_eq!(own_name("ar").as_deref(), Some("العربية"));
        assert_eq!(own_name("uk").as_deref(), Some("українська"));
        assert_eq!(own_name("ar-sy").as_deref(), Some("العربية (SY)"));
        assert_eq!(own_name("zh-hant").as_deref(), Some("繁體中文"));
        assert_eq!(own_name("uk-latn").as_deref(), Some("українська (Latn)"));
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
