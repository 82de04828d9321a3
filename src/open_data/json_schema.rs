//! The JSON Schemas of the JSON files.

use std::collections::BTreeMap;

use super::json::VERSION;
use super::site::{SiteData, SiteHeader};
use super::table::{DataTable, record_of};
use super::value::{DataKind, RecordKind};
use crate::schema::document::{Additional, Document, Schema, reference};
use crate::site::{DataFile, Site};

/// The schema of the file of a dataset.
pub fn of_table<T: DataTable>(site: &Site) -> String {
    let mut tables = BTreeMap::new();
    let header = record(&record_of::<SiteHeader>(), &mut tables);
    let item = record(&record_of::<T>(), &mut tables);
    let list = Schema { types: vec!["array"], items: Some(Box::new(item)), ..Schema::default() };
    let file = DataFile::Schema(T::DATASET);
    written(site, file, T::TITLE, header, Some((T::DATASET.name(), list)), tables)
}

/// The schema of the file about the site itself.
pub fn of_site(site: &Site) -> String {
    let mut tables = BTreeMap::new();
    let header = record(&record_of::<SiteData>(), &mut tables);
    written(site, DataFile::SiteSchema, "Site", header, None, tables)
}

fn written(
    site: &Site,
    file: DataFile,
    title: &'static str,
    header: Schema,
    list: Option<(&'static str, Schema)>,
    tables: BTreeMap<String, Schema>,
) -> String {
    let version = Schema {
        description: Some("Rises when a field changes its meaning.".to_owned()),
        minimum: Some(VERSION.into()),
        ..typed("integer")
    };
    let as_of = Schema {
        description: Some("Set if the file has the site as it was known then.".to_owned()),
        ..value(&DataKind::Optional(Box::new(DataKind::Time)), &mut BTreeMap::new())
    };
    let properties = [("version", version), ("site", header), ("as_of", as_of)];
    let root = object(None, properties.into_iter().chain(list).collect());
    let id = site.config.base_url.as_ref().map(|base| format!("{base}{}", file.path()));
    let document = Document { id, title, root, tables, ..Document::default() };
    serde_json::to_string_pretty(&document).expect("it has no key that is not text") + "\n"
}

/// A reference to the schema of a record, which is added to `tables`.
fn record(record: &RecordKind, tables: &mut BTreeMap<String, Schema>) -> Schema {
    let properties = record.fields.iter().map(|field| {
        (field.name, Schema { description: Some(field.meaning.to_owned()), ..value(&field.kind, tables) })
    });
    let schema = object(Some(record.meaning.to_owned()), properties.collect());
    tables.insert(record.name.to_owned(), schema);
    reference(record.name)
}

/// All of its fields are there, and no others.
fn object(description: Option<String>, properties: Vec<(&'static str, Schema)>) -> Schema {
    Schema {
        description,
        required: properties.iter().map(|(name, _)| *name).collect(),
        properties,
        additional_properties: Some(Additional::Allowed(false)),
        ..typed("object")
    }
}

fn typed(name: &'static str) -> Schema {
    Schema { types: vec![name], ..Schema::default() }
}

fn value(kind: &DataKind, tables: &mut BTreeMap<String, Schema>) -> Schema {
    let formatted = |format| Schema { format: Some(format), ..typed("string") };
    match kind {
        DataKind::Text | DataKind::Id | DataKind::Date => typed("string"),
        DataKind::Time => formatted("date-time"),
        DataKind::Page => formatted("iri-reference"),
        DataKind::Address => formatted("iri"),
        DataKind::Number => typed("number"),
        DataKind::Whole => typed("integer"),
        DataKind::Flag => typed("boolean"),
        DataKind::Words(words) => Schema { words: words.clone(), ..typed("string") },
        DataKind::ByLanguage(inner) => Schema {
            additional_properties: Some(Additional::Like(Box::new(value(inner, tables)))),
            ..typed("object")
        },
        DataKind::List(inner) => Schema { items: Some(Box::new(value(inner, tables))), ..typed("array") },
        DataKind::Optional(inner) => or_null(value(inner, tables)),
        DataKind::Record(inner) => record(inner, tables),
    }
}

fn or_null(schema: Schema) -> Schema {
    Schema { any_of: vec![schema, typed("null")], ..Schema::default() }
}
