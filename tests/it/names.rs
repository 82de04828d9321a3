//! One name has one meaning: no two types in `src/` share one.
//!
//! A reader who searches for a type must find one definition, and one meaning.

use std::collections::BTreeMap;
use std::fs;

use crate::common::{files_below, repository};

#[test]
fn no_two_types_share_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files_below("src").into_iter().filter(|path| path.ends_with(".rs") && !path.contains("tests"))
    {
        let text = fs::read_to_string(repository().join(&path)).unwrap();
        for (index, line) in text.lines().enumerate().take_while(|(_, line)| *line != "mod tests {") {
            if let Some(name) = defined_type(line) {
                places.entry(name.to_owned()).or_default().push(format!("{path}:{}", index + 1));
            }
        }
    }
    let shared = places.iter().filter(|(_, places)| places.len() > 1);
    let shared: Vec<String> = shared.map(|(name, places)| format!("{name}: {}", places.join(", "))).collect();
    assert!(shared.is_empty(), "give each type a name of its own:\n{}", shared.join("\n"));
}

/// The type that a line defines, at any depth of modules. An alias inside an `impl` is none.
fn defined_type(line: &str) -> Option<&str> {
    let code = line.trim_start();
    let is_indented = code.len() < line.len();
    let code = code.strip_prefix("pub ").unwrap_or(code);
    let code = if code.starts_with("pub(") { code.split_once(") ")?.1 } else { code };
    let (keyword, rest) = code.split_once(' ')?;
    let defines =
        ["struct", "enum", "trait", "union"].contains(&keyword) || (keyword == "type" && !is_indented);
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    (defines && name.starts_with(char::is_uppercase)).then_some(name)
}

#[test]
fn definitions_are_recognised() {
    for (line, name) in [
        ("pub struct Site {", Some("Site")),
        ("    pub(super) enum Kind<'a> {", Some("Kind")),
        ("type Result<T> = std::result::Result<T, Error>;", Some("Result")),
        ("    type Item = u8;", None),
        ("/// A struct Site", None),
        ("let union = 3;", None),
    ] {
        assert_eq!(defined_type(line), name, "{line}");
    }
}
