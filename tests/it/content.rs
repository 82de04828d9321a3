//! docs/content.md: the reference of every key, written from the registry that the readers use.

use std::fs;

use bulletin::parse::file_kinds;
use bulletin::toml::{DefaultDoc, FileKind, KeyDoc, TableDoc, ValueType};

use crate::common::repository;
use crate::docs::assert_current;

#[test]
fn docs_content_lists_every_key_of_every_file() {
    const BEGIN: &str = "<!-- keys: written by `UPDATE_DOCS=1 cargo test --test it content` -->\n";
    const END: &str = "<!-- end of keys -->\n";
    let page = fs::read_to_string(repository().join("docs/content.md")).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has the first marker");
    let (_, after) = rest.split_once(END).expect("the page has the second marker");
    assert_current("docs/content.md", &format!("{before}{BEGIN}{}{END}{after}", keys_as_markdown()));
}

fn keys_as_markdown() -> String {
    let mut text = String::new();
    let mut written = Vec::new();
    for kind in file_kinds() {
        text += &kind_as_markdown(&kind);
        text += &tables_as_markdown(kind.table, &mut written);
    }
    text + "\n"
}

fn kind_as_markdown(kind: &FileKind) -> String {
    let language = if kind.path.ends_with(".toml") { "toml" } else { "markdown" };
    let FileKind { title, path, meaning, example, .. } = kind;
    let path = path
        .split_once(',')
        .map_or_else(|| format!("`{path}`"), |(path, where_)| format!("`{path}`,{where_}"));
    format!("\n## {title}\n\nFile: {path}. {meaning}\n\n```{language}\n{example}```\n")
}

/// The table and those within it. A table that several kinds of files share is written once.
fn tables_as_markdown(table: &TableDoc, written: &mut Vec<&'static str>) -> String {
    if written.contains(&table.noun) {
        return String::new();
    }
    written.push(table.noun);
    let mut text = format!("\n### {}\n\n", heading(table));
    if !table.meaning.is_empty() {
        text += &format!("{}\n\n", one_line(table.meaning));
    }
    text += "| key | value | if missing | meaning | readers see it |\n| --- | --- | --- | --- | --- |\n";
    for key in table.keys {
        text += &key_as_line(key);
    }
    for inner in table.keys.iter().filter_map(|key| key.value.table()) {
        text += &tables_as_markdown(inner, written);
    }
    text
}

fn key_as_line(key: &KeyDoc) -> String {
    let KeyDoc { name, meaning, seen, .. } = key;
    let value = match (key.example(), key.value) {
        (Some(example), value) if !matches!(value, ValueType::Words(_) | ValueType::Flag) => {
            format!("{}, as `{example}`", value_in_words(&value))
        }
        (_, value) => value_in_words(&value),
    };
    let default = match key.default {
        _ if key.is_required => "**required**".to_owned(),
        DefaultDoc::Value(value) => format!("`{}`", value()),
        DefaultDoc::Remark(remark) => remark.to_owned(),
        DefaultDoc::Nothing => "–".to_owned(),
    };
    format!("| `{name}` | {value} | {default} | {} | {seen} |\n", one_line(meaning))
}

fn value_in_words(value: &ValueType) -> String {
    match value {
        ValueType::Line(what) => (*what).to_owned(),
        ValueType::WebAddress => "web address".to_owned(),
        ValueType::Lines => "text of any number of lines".to_owned(),
        ValueType::Flag => "`true` or `false`".to_owned(),
        ValueType::Integer { min, max } => format!("whole number from {min} to {max}"),
        ValueType::Number { min, max: Some(max) } => format!("number from {min} to {max}"),
        ValueType::Number { min, max: None } => format!("number from {min} on"),
        ValueType::Moment => "date, or date and time".to_owned(),
        ValueType::Day => "date".to_owned(),
        ValueType::When => "date or range of dates".to_owned(),
        ValueType::Words(words) => format!("one of `{}`", words().join("`, `")),
        ValueType::List(item) => match item.table() {
            Some(table) => format!("list of tables: {}", link(table)),
            None => format!("list: {}", value_in_words(item)),
        },
        ValueType::Table(table) => format!("table: {}", link(table)),
        ValueType::ByKey(value) => match value.table() {
            Some(table) => format!("table: for each key, {}", link(table)),
            None => format!("table: {} for each key", value_in_words(value)),
        },
        ValueType::Either(one, other) => format!("{}; or {}", value_in_words(one), value_in_words(other)),
        ValueType::Free => "table".to_owned(),
    }
}

/// "Keys of a claim".
fn heading(table: &TableDoc) -> String {
    format!("Keys of {}", name(table))
}

/// "a claim", or "`[outputs]`".
fn name(table: &TableDoc) -> String {
    if table.noun.starts_with('[') { format!("`{}`", table.noun) } else { table.noun.to_owned() }
}

fn link(table: &TableDoc) -> String {
    // The fragment that GitHub makes of the heading.
    let fragment = heading(table).to_lowercase().replace(' ', "-");
    let fragment: String = fragment.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    format!("[{}](#{fragment})", name(table))
}

/// Doc comments begin each line with a space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
