//! The registry of keys says what the readers do: its examples are read without a fault.

use super::*;
use crate::parse::front_matter::FILE_KINDS;
use crate::toml::{FileKind, KeyDoc, TableDoc, ValueType};

const KINDS: [Kind; 7] = [
    Kind::Briefing,
    Kind::Page,
    Kind::Home,
    Kind::Neighbourhood,
    Kind::Source,
    Kind::Event,
    Kind::Translation,
];

/// The kinds of files, each with the kind that reads it.
fn kinds() -> impl Iterator<Item = (Kind, FileKind)> {
    KINDS.into_iter().zip(FILE_KINDS)
}

/// A file with every key, and with `zzz` in the tables that are called `with_unknown`.
fn full_file(kind: &FileKind, with_unknown: &str) -> String {
    let keys = entries(kind.table, with_unknown).join("\n");
    // The figure of the example is a part of another one.
    let other = "{ id = \"all-dead\", text = \"Twenty died.\", source = \"sohr\" }";
    let keys = match kind.name {
        "briefing" => keys.replacen("claims = [", &format!("claims = [{other}, "), 1),
        // The name of the file says what it translates.
        "translation" => keys.replacen("original = \"heluk-edge\"", "original = \"d2\"", 1),
        _ => keys,
    };
    // A key of an include has a value for all rows, or a column.
    let given = ["Note", "Source", "Via", "Kind", "District", "Topic", "Indicator", "Group"];
    let is_given = |entry: &&str| !given.iter().any(|header| entry.ends_with(&format!("= \"{header}\"")));
    let keys = keys.split(", ").filter(is_given).collect::<Vec<_>>().join(", ");
    // A protected source has no page.
    let is_protected = keys.contains("protected = true");
    let is_of_page = |line: &&str| line.starts_with("checked =") || line.starts_with("next_due =");
    let keys: Vec<&str> = keys.lines().filter(|line| !(is_protected && is_of_page(line))).collect();
    let keys = keys.join("\n");
    // A claim has words of its own, or repeats others.
    format!("+++\n{}\n+++\n", keys.replacen(", repeats = ", " }, { repeats = ", 1))
}

fn entries(table: &TableDoc, with_unknown: &str) -> Vec<String> {
    let unknown = (table.noun == with_unknown).then(|| "zzz = 1".to_owned());
    table.keys.iter().map(|key| entry(key, with_unknown)).chain(unknown).collect()
}

fn entry(key: &KeyDoc, with_unknown: &str) -> String {
    let value = match (key.example(), key.value) {
        (Some(example), _) => example.to_owned(),
        (None, ValueType::List(ValueType::Table(table))) => format!("[{}]", inline(table, with_unknown)),
        (None, ValueType::Table(table)) => inline(table, with_unknown),
        (None, value) => panic!("`{}` has no example: {value:?}", key.name),
    };
    format!("{} = {value}", key.name)
}

fn inline(table: &TableDoc, with_unknown: &str) -> String {
    format!("{{ {} }}", entries(table, with_unknown).join(", "))
}

/// The nouns of a table and of those within it.
fn nouns(table: &TableDoc) -> Vec<&'static str> {
    let inner = table.keys.iter().filter_map(|key| key.value.table()).flat_map(nouns);
    [table.noun].into_iter().chain(inner).collect()
}

#[test]
fn a_file_with_the_example_of_every_key_has_no_fault() {
    for (kind, file) in kinds() {
        let text = full_file(&file, "");
        let faults = shown(&diagnostics_of(kind, kind.file().1, &text, &site()));
        assert_eq!(faults, "", "{}:\n{text}", file.title);
    }
}

#[test]
fn the_example_of_each_kind_of_file_has_no_fault() {
    for (kind, file) in kinds() {
        let faults = shown(&diagnostics_of(kind, kind.file().1, file.example, &site()));
        assert_eq!(faults, "", "{}", file.title);
    }
}

#[test]
fn every_table_refuses_a_key_that_the_registry_lacks() {
    for (kind, file) in kinds() {
        for noun in nouns(file.table) {
            let text = full_file(&file, noun);
            let faults = shown(&diagnostics_of(kind, kind.file().1, &text, &site()));
            let wanted = format!("`zzz` is not a key of {noun}\n");
            assert!(faults.contains("unknown-key") && faults.contains(&wanted), "{noun}:\n{faults}");
        }
    }
}
