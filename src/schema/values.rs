//! Tables and values of the registry in JSON Schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::document::{Additional, Schema, reference};
use super::patterns;
use crate::paths::slugify;
use crate::toml::{DefaultDoc, KeyDoc, TableDoc, ValueType, one_line};

/// The schema of a table. Those within it are added to `tables`.
pub(super) fn table(table: &TableDoc, tables: &mut BTreeMap<String, Schema>) -> Schema {
    let required = table.keys.iter().filter(|key| key.is_required && key.substitutes.is_empty());
    Schema {
        description: Some(one_line(table.meaning)).filter(|meaning| !meaning.is_empty()),
        types: vec!["object"],
        any_of: ways_to_fill(table).iter().map(|way| filled(table, way)).collect(),
        required: required.map(|key| key.name).collect(),
        properties: table.keys.iter().map(|key| (key.name, self::key(key, tables))).collect(),
        additional_properties: Some(Additional::Allowed(false)),
        ..Schema::default()
    }
}

/// The keys that are enough: of each key that others can make up for, itself or one of those. None if a table has no
/// such key.
fn ways_to_fill(table: &TableDoc) -> Vec<BTreeSet<&'static str>> {
    let mut ways: Vec<BTreeSet<&str>> = Vec::new();
    for key in table.keys.iter().filter(|key| !key.substitutes.is_empty()) {
        let begun = if ways.is_empty() { vec![BTreeSet::new()] } else { ways };
        ways = begun.iter().flat_map(|way| with_each(way, key)).collect();
    }
    // A way that asks for more than another is none of its own.
    let all = ways.clone();
    ways.retain(|way| !all.iter().any(|other| other != way && other.is_subset(way)));
    ways
}

fn with_each<'k>(
    way: &BTreeSet<&'static str>,
    key: &'k KeyDoc,
) -> impl Iterator<Item = BTreeSet<&'static str>> + use<'k> {
    let way = way.clone();
    let choices = std::iter::once(key.name).chain(key.substitutes.iter().copied());
    choices.map(move |choice| way.iter().copied().chain([choice]).collect())
}

fn filled(table: &TableDoc, keys: &BTreeSet<&'static str>) -> Schema {
    let value = |name: &'static str| match table.key(name).map(|key| key.value) {
        Some(ValueType::Flag) => plain("boolean", Empty::Refused),
        _ => text(patterns::FILLED, Empty::Refused),
    };
    Schema {
        properties: keys.iter().map(|key| (*key, value(key))).collect(),
        required: keys.iter().copied().collect(),
        ..Schema::default()
    }
}

fn key(key: &KeyDoc, tables: &mut BTreeMap<String, Schema>) -> Schema {
    let schema = value(&key.value, Empty::of(key), tables);
    let default = match key.default {
        DefaultDoc::Value(value) => from_toml(&value()),
        DefaultDoc::Remark(_) | DefaultDoc::Nothing => None,
    };
    Schema {
        title: Some(key.title()),
        description: Some(key.description()),
        default,
        examples: key.example().and_then(from_toml).into_iter().collect(),
        ..schema
    }
}

/// Whether an empty text is the same as no value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Empty {
    Missing,
    Refused,
}

impl Empty {
    fn of(key: &KeyDoc) -> Self {
        if key.is_required && key.substitutes.is_empty() { Self::Refused } else { Self::Missing }
    }
}

fn value(value: &ValueType, empty: Empty, tables: &mut BTreeMap<String, Schema>) -> Schema {
    match value {
        ValueType::Line(noun) => text(&patterns::line(noun), empty),
        ValueType::Lines => text(patterns::FILLED, empty),
        ValueType::WebAddress => text(patterns::WEB_ADDRESS, empty),
        ValueType::Moment => text(&patterns::moment(), empty),
        ValueType::Day => text(&patterns::only_day(), empty),
        ValueType::When => text(&patterns::when(), empty),
        ValueType::Words(words) => {
            let mut words = words();
            if empty == Empty::Missing {
                words.push("");
            }
            Schema { types: vec!["string"], words, ..Schema::default() }
        }
        ValueType::Flag => plain("boolean", empty),
        ValueType::Integer { min, max } => {
            Schema { minimum: Some(*min), maximum: Some(*max), ..plain("integer", empty) }
        }
        ValueType::Number { min, max } => {
            Schema { minimum: Some(i64::from(*min)), maximum: max.map(i64::from), ..plain("number", empty) }
        }
        ValueType::List(item) => {
            let items = Some(Box::new(self::value(item, empty, tables)));
            Schema { items, ..plain("array", empty) }
        }
        ValueType::Table(table) if empty == Empty::Missing => {
            Schema { any_of: vec![referenced(table, tables), hollow()], ..Schema::default() }
        }
        ValueType::Table(table) => referenced(table, tables),
        ValueType::ByKey(item) => {
            let values = Additional::Like(Box::new(self::value(item, empty, tables)));
            Schema { additional_properties: Some(values), ..plain("object", empty) }
        }
        ValueType::Free => plain("object", empty),
        ValueType::Either(one, other) => {
            let any_of = vec![self::value(one, empty, tables), self::value(other, empty, tables)];
            Schema { any_of, ..Schema::default() }
        }
    }
}

fn text(pattern: &str, empty: Empty) -> Schema {
    let pattern = match empty {
        Empty::Refused => pattern.to_owned(),
        Empty::Missing if pattern == patterns::FILLED => String::new(),
        Empty::Missing => format!(r"^\s*$|{pattern}"),
    };
    Schema { types: vec!["string"], pattern: Some(pattern).filter(|it| !it.is_empty()), ..Schema::default() }
}

/// A table of which nothing is filled in, as forms leave it; or an empty text.
fn hollow() -> Schema {
    let nothing = Schema {
        types: vec!["string", "array"],
        max_length: Some(0),
        max_items: Some(0),
        ..Schema::default()
    };
    let values = Some(Additional::Like(Box::new(nothing)));
    Schema {
        types: vec!["object", "string"],
        max_length: Some(0),
        additional_properties: values,
        ..Schema::default()
    }
}

/// A value that is no text, or else empty.
fn plain(type_name: &'static str, empty: Empty) -> Schema {
    match empty {
        Empty::Refused => Schema { types: vec![type_name], ..Schema::default() },
        Empty::Missing => {
            Schema { types: vec![type_name, "string"], max_length: Some(0), ..Schema::default() }
        }
    }
}

/// The reference to a table, which is added to `tables` once.
fn referenced(inner: &'static TableDoc, tables: &mut BTreeMap<String, Schema>) -> Schema {
    let name = table_name(inner);
    if !tables.contains_key(&name) {
        // Its place is taken first, so that a table within itself ends.
        tables.insert(name.clone(), Schema::default());
        let schema = table(inner, tables);
        tables.insert(name.clone(), schema);
    }
    reference(&name)
}

/// "claim" of "a claim", "outputs" of "[outputs]".
fn table_name(table: &TableDoc) -> String {
    slugify(table.bare_noun())
}

/// `None` if the text is no TOML value.
fn from_toml(text: &str) -> Option<Value> {
    let table: toml::Table = format!("value = {text}").parse().ok()?;
    table.get("value").map(to_json)
}

/// As validators read TOML: dates are texts. Keys are sorted, whatever other crates ask of `serde_json`.
#[must_use]
pub fn to_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(flag) => Value::from(*flag),
        toml::Value::Datetime(date) => Value::from(date.to_string()),
        toml::Value::Array(items) => items.iter().map(to_json).collect(),
        toml::Value::Table(entries) => {
            let sorted: BTreeMap<&String, &toml::Value> = entries.iter().collect();
            sorted.into_iter().map(|(key, value)| (key.clone(), to_json(value))).collect::<Map<_, _>>().into()
        }
    }
}
