//! HXL tags (https://hxlstandard.org): what the columns of humanitarian tables mean.
//!
//! Owns which tags have a meaning here. A tag with an attribute that is not listed has none: `#affected+killed+f`
//! is not everyone who was killed.

use std::collections::BTreeSet;

use super::csv_text::CsvRow;

/// What a tag says about its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HxlMeaning {
    /// The column has the values of a key.
    Key(&'static str),
    /// The column has the names of places; the number rises the smaller they are.
    Place(u8),
    /// The column has the values of a key of the figure, which counts this.
    Count { key: &'static str, measure: &'static str },
}

/// What `#affected` may count.
const MEASURES: [&str; 9] =
    ["killed", "injured", "missing", "displaced", "evacuated", "infected", "idps", "refugees", "returnees"];

/// Whether each cell of a row with content is a tag.
#[must_use]
pub fn is_row_of_tags(row: &CsvRow<'_>) -> bool {
    row.cells.iter().all(|cell| cell.text.is_empty() || cell.text.starts_with('#'))
}

/// The meaning of a tag; `None` if it has none here.
#[must_use]
pub fn meaning_of(tag: &str) -> Option<HxlMeaning> {
    let tag = tag.to_lowercase();
    let mut parts = tag.split('+').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let attributes: BTreeSet<&str> = parts.collect();
    let attributes: Vec<&str> = attributes.into_iter().collect();
    Some(match (name, attributes.as_slice()) {
        ("#date", [] | ["occurred"]) => HxlMeaning::Key("happened"),
        ("#date", ["reported"]) => HxlMeaning::Key("said"),
        ("#description", []) => HxlMeaning::Key("text"),
        ("#indicator", ["name"]) => HxlMeaning::Key("measure"),
        ("#indicator", ["num"] | ["value"] | ["num", "value"]) => HxlMeaning::Key("count"),
        ("#loc", ["name"]) => HxlMeaning::Place(6),
        ("#meta", ["id"]) => HxlMeaning::Key("id"),
        ("#meta", ["source"]) => HxlMeaning::Key("source"),
        ("#affected", attributes) => return count_of(attributes),
        (name, ["name"]) => HxlMeaning::Place(level_of(name)?),
        _ => return None,
    })
}

/// `#adm1` to `#adm5`.
fn level_of(name: &str) -> Option<u8> {
    let level = name.strip_prefix("#adm")?.parse().ok()?;
    (1..=5).contains(&level).then_some(level)
}

fn count_of(attributes: &[&str]) -> Option<HxlMeaning> {
    let mut key = "count";
    let mut measure = None;
    for attribute in attributes {
        match *attribute {
            "num" => {}
            "min" if key == "count" => key = "min",
            "max" if key == "count" => key = "max",
            other if measure.is_none() => measure = Some(*MEASURES.iter().find(|known| **known == other)?),
            _ => return None,
        }
    }
    Some(measure.map_or(HxlMeaning::Key(key), |measure| HxlMeaning::Count { key, measure }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_means_what_the_standard_says_and_no_more() {
        assert_eq!(meaning_of("#date"), Some(HxlMeaning::Key("happened")));
        assert_eq!(meaning_of("#Date +reported"), Some(HxlMeaning::Key("said")));
        assert_eq!(meaning_of("#adm3+name"), Some(HxlMeaning::Place(3)));
        assert_eq!(meaning_of("#affected+num"), Some(HxlMeaning::Key("count")));
        let killed = |key| Some(HxlMeaning::Count { key, measure: "killed" });
        assert_eq!(meaning_of("#affected+killed"), killed("count"));
        assert_eq!(meaning_of("#affected +min +killed"), killed("min"));
        for tag in
            ["#affected+killed+f", "#affected+killed+injured", "#adm3+code", "#adm9+name", "#geo+lat", "#"]
        {
            assert_eq!(meaning_of(tag), None, "{tag}");
        }
    }
}
