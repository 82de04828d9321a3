//! A comparison as text, as Markdown and as JSON.

use serde_json::{Value, json};

use super::records::{FieldDifference, RecordChange, RecordDifference};
use crate::site::Dataset;
use crate::toml::one_line;

/// For people, in a terminal.
#[must_use]
pub fn as_text(differences: &[RecordDifference]) -> String {
    let mut text = String::new();
    for (dataset, records) in by_dataset(differences) {
        text += &format!("{}\n", dataset.name());
        for RecordDifference { id, name, change, .. } in records {
            text += &format!("  {:<7} {}\n", word(change), named(id, name));
            for FieldDifference { field, was, now } in fields(change) {
                text += &format!("          {field}: {} -> {}\n", in_words(was), in_words(now));
            }
        }
    }
    text
}

/// For a message or a page.
#[must_use]
pub fn as_markdown(differences: &[RecordDifference]) -> String {
    let mut text = String::new();
    for (dataset, records) in by_dataset(differences) {
        let name = dataset.name();
        let (first, rest) = name.split_at(1);
        text += &format!("{}## {}{rest}\n\n", if text.is_empty() { "" } else { "\n" }, first.to_uppercase());
        for RecordDifference { id, name, change, .. } in records {
            text += &format!("- {} {}\n", word(change), literal(&named(id, name)));
            for FieldDifference { field, was, now } in fields(change) {
                let (was, now) = (literal(&in_words(was)), literal(&in_words(now)));
                text += &format!("  - {}: {was} → {now}\n", literal(field));
            }
        }
    }
    text
}

/// For programs.
#[must_use]
pub fn as_json(differences: &[RecordDifference]) -> Value {
    let record = |RecordDifference { dataset, id, name, change }: &RecordDifference| {
        let mut object = json!({ "dataset": dataset.name(), "id": id, "name": name, "change": word(change) });
        if let RecordChange::Changed(_) = change {
            let fields = fields(change).iter();
            object["fields"] = fields
                .map(|FieldDifference { field, was, now }| json!({ "field": field, "was": was, "now": now }))
                .collect();
        }
        object
    };
    differences.iter().map(record).collect()
}

fn named(id: &str, name: &str) -> String {
    if name.is_empty() { id.to_owned() } else { format!("{id}: {}", one_line(name)) }
}

fn by_dataset(differences: &[RecordDifference]) -> impl Iterator<Item = (Dataset, &[RecordDifference])> {
    let groups = differences.chunk_by(|one, other| one.dataset == other.dataset);
    groups.map(|records| (records[0].dataset, records))
}

fn word(change: &RecordChange) -> &'static str {
    match change {
        RecordChange::New => "new",
        RecordChange::Changed(_) => "changed",
        RecordChange::Gone => "gone",
    }
}

fn fields(change: &RecordChange) -> &[FieldDifference] {
    match change {
        RecordChange::Changed(fields) => fields,
        RecordChange::New | RecordChange::Gone => &[],
    }
}

/// A value in one line: names without their ids, texts in quotes.
fn in_words(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => format!("\"{}\"", one_line(text)),
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Object(object) => match object.get("name") {
            Some(name) => in_words(name),
            None if object.is_empty() => "nothing".to_owned(),
            None => value.to_string(),
        },
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A text that Markdown shows as it is, addresses too.
fn literal(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let is_harmless = match letter {
            '"' | '\'' | ',' | '.' | ';' | '/' | '-' => true,
            ':' => !text[at..].starts_with("://"),
            letter => !letter.is_ascii_punctuation(),
        };
        if !is_harmless {
            shown.push('\\');
        }
        shown.push(letter);
    }
    shown
}
