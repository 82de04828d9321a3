//! Which tag of the other site is which neighbourhood, source or topic: a file that a person writes.
//!
//! Owns the form of the mapping file, and the ready one that the report prints. Guesses nothing: a tag that is not
//! mapped is kept as it is.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::paths::fold_name;

/// What a term of another site is here. Empty: seen, and kept as a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MappedTerm {
    pub neighbourhood: Option<String>,
    pub source: Option<String>,
    pub topic: Option<String>,
}

/// Terms by taxonomy and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermMap {
    by_taxonomy: BTreeMap<String, BTreeMap<String, MappedTerm>>,
}

impl TermMap {
    /// Reads a mapping file: a table for each taxonomy, in it a table for each term.
    ///
    /// # Errors
    /// What is not such a file, with the byte where it is wrong.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let read: BTreeMap<String, BTreeMap<String, MappedTerm>> =
            toml::from_str(text).map_err(|error: toml::de::Error| {
                (error.span().map_or(0, |span| span.start), error.message().to_owned())
            })?;
        let folded = read.into_iter().map(|(taxonomy, terms)| {
            let terms = terms.into_iter().map(|(term, mapped)| (fold_name(&term), mapped));
            (taxonomy, terms.collect())
        });
        Ok(Self { by_taxonomy: folded.collect() })
    }

    /// What a term is, whatever its case.
    #[must_use]
    pub fn get(&self, taxonomy: &str, term: &str) -> Option<&MappedTerm> {
        self.by_taxonomy.get(taxonomy)?.get(&fold_name(term))
    }

    /// The topics that terms are mapped to, in order.
    #[must_use]
    pub fn topics(&self) -> Vec<String> {
        let mapped = self.by_taxonomy.values().flat_map(BTreeMap::values);
        let mut topics: Vec<String> = mapped.filter_map(|mapped| mapped.topic.clone()).collect();
        topics.sort();
        topics.dedup();
        topics
    }
}

/// The terms that no mapping names, with how often they are used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnmappedTerms {
    by_taxonomy: BTreeMap<String, BTreeMap<String, usize>>,
}

impl UnmappedTerms {
    pub fn add(&mut self, taxonomy: &str, term: &str) {
        let terms = self.by_taxonomy.entry(taxonomy.to_owned()).or_default();
        *terms.entry(term.to_owned()).or_default() += 1;
    }

    /// A mapping file to fill in. Empty if every term is mapped.
    #[must_use]
    pub fn as_toml(&self) -> String {
        let mut text = String::new();
        for (taxonomy, terms) in &self.by_taxonomy {
            text += &format!("[{}]\n", toml_key(taxonomy));
            for (term, count) in terms {
                let times = if *count == 1 { "once" } else { "times" };
                let count = if *count == 1 { String::new() } else { format!("{count} ") };
                text += &format!("{} = {{}} # {count}{times}\n", toml_text(term));
            }
        }
        text
    }

    pub(super) fn in_words(&self) -> String {
        let mapping = self.as_toml();
        if mapping.is_empty() {
            return mapping;
        }
        "\nThese terms are kept under [extra]. To make them neighbourhoods, sources or topics, save the lines below as \
         map.toml, fill in { neighbourhood = \"…\" }, { source = \"…\" } or { topic = \"…\" }, and import again into an empty \
         folder with --map map.toml:\n\n"
            .to_owned()
            + &mapping
    }
}

/// A key of TOML, in quotes if it needs them.
#[must_use]
pub fn toml_key(key: &str) -> String {
    let is_bare =
        !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare { key.to_owned() } else { toml_text(key) }
}

/// A text of TOML in double quotes, on one line.
#[must_use]
pub fn toml_text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_read_whatever_the_case_of_its_terms() {
        let map =
            TermMap::parse("[tags]\n\"Old Town\" = { neighbourhood = \"old-town\" }\nmisc = {}\n").unwrap();
        assert_eq!(map.get("tags", "old town").unwrap().neighbourhood.as_deref(), Some("old-town"));
        assert_eq!(map.get("tags", "MISC"), Some(&MappedTerm::default()));
        assert_eq!(map.get("categories", "misc"), None);
        for wrong in ["[tags]\na = { place = \"x\" }", "tags = 1", "["] {
            assert!(TermMap::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_ready_mapping_is_a_mapping() {
        let mut unmapped = UnmappedTerms::default();
        for term in ["old \"town\"", "water", "water", "a\\b\n"] {
            unmapped.add("my tags", term);
        }
        let map = TermMap::parse(&unmapped.as_toml()).unwrap();
        assert_eq!(map.get("my tags", "OLD \"town\""), Some(&MappedTerm::default()));
        assert!(unmapped.as_toml().contains("\"water\" = {} # 2 times\n"), "{}", unmapped.as_toml());
    }
}
