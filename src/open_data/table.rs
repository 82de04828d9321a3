//! A table of open data, and its columns in files for spreadsheets.
//!
//! Owns how the fields of a record become columns.

use serde::Serialize;

use super::value::{DataField, DataKind, DataValue, RecordKind};
use crate::site::{Dataset, Site};

/// The records of one dataset.
pub trait DataTable: DataValue + Serialize + Sized {
    const DATASET: Dataset;
    const TITLE: &'static str;
    /// The columns whose values no other record has together.
    const KEY: &'static [&'static str] = &["id"];
    /// Columns with the id of a record of another table, or of the same one.
    const REFERENCES: &'static [(&'static str, Dataset)] = &[];

    /// What a record, or several of them, are made from.
    type Part: Send + Sync;

    /// In the order of the file.
    fn parts(site: &Site) -> Vec<Self::Part>;

    fn records(site: &Site, part: &Self::Part) -> Vec<Self>;
}

/// The record of a table.
#[must_use]
pub fn record_of<R: DataValue>() -> RecordKind {
    match R::kind() {
        DataKind::Record(record) => record,
        other => unreachable!("the rows of a table are records, and not {other:?}"),
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct DataColumn {
    pub name: String,
    /// Markdown.
    pub meaning: String,
    /// Of HXL; empty: not in its file.
    pub hashtag: String,
    /// Without lists and records.
    pub kind: DataKind,
    /// A cell can have several values.
    pub is_list: bool,
    /// A cell can be empty.
    pub is_optional: bool,
}

/// The columns of a record, in the order of its cells. `languages` are those of translations.
#[must_use]
pub fn columns_of<R: DataValue>(languages: &[String]) -> Vec<DataColumn> {
    let mut columns = Vec::new();
    for field in &record_of::<R>().fields {
        push_columns(&mut columns, &DataColumn::new(field), &field.kind, languages);
    }
    columns
}

impl DataColumn {
    fn new(field: &DataField) -> Self {
        Self {
            name: field.name.to_owned(),
            meaning: field.meaning.to_owned(),
            hashtag: field.hashtag.to_owned(),
            kind: DataKind::Text,
            is_list: false,
            is_optional: false,
        }
    }

    /// The column of a field within this one.
    fn within(&self, field: &DataField) -> Self {
        let hashtag = match field.hashtag {
            own if own.starts_with('#') => own.to_owned(),
            _ if self.hashtag.is_empty() => String::new(),
            attributes => [&self.hashtag, attributes].concat(),
        };
        Self {
            name: format!("{}_{}", self.name, field.name),
            meaning: format!("{} {}", self.meaning, field.meaning),
            hashtag,
            ..self.clone()
        }
    }

    fn in_language(&self, language: &str) -> Self {
        let tagged = !self.hashtag.is_empty();
        let attribute = language.to_lowercase().replace('-', "_");
        Self {
            name: format!("{}_{}", self.name, language.replace('-', "_")),
            meaning: format!("{} Language: {language}.", self.meaning),
            hashtag: if tagged { format!("{}+i_{attribute}", self.hashtag) } else { String::new() },
            is_optional: true,
            ..self.clone()
        }
    }
}

fn push_columns(columns: &mut Vec<DataColumn>, around: &DataColumn, kind: &DataKind, languages: &[String]) {
    match kind {
        DataKind::Optional(inner) => {
            push_columns(columns, &DataColumn { is_optional: true, ..around.clone() }, inner, languages);
        }
        DataKind::List(inner) => {
            let list = DataColumn { is_list: true, is_optional: true, ..around.clone() };
            push_columns(columns, &list, inner, languages);
        }
        DataKind::ByLanguage(inner) => {
            for language in languages {
                push_columns(columns, &around.in_language(language), inner, languages);
            }
        }
        DataKind::Record(record) => {
            for field in &record.fields {
                push_columns(columns, &around.within(field), &field.kind, languages);
            }
        }
        plain => columns.push(DataColumn { kind: plain.clone(), ..around.clone() }),
    }
}
