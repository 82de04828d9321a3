//! The Data Package: what each table and each column holds, by the standard of datapackage.org, version 2.
//!
//! Invariant: its tables and columns are those of the files, from the same declarations.

use serde::Serialize;

use super::parts::{other_languages, time};
use super::table::{DataColumn, DataTable, columns_of, record_of};
use super::value::{DataKind, DataTime};
use crate::site::{DataFile, Dataset, Site};

const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// For people who open the folder first.
const DESCRIPTION: &str = "\
What the pages of this site show, as data.

A **claim** is one statement by one source. It is no fact. An **origin** is who a claim comes from, once relays (those \
who only pass it on) are left out and sources of one owner are joined.

The **status** of a claim says how sure it is: `unverified`, `single-source` (one origin), `one-side` (several origins, \
all of one party to the conflict), `corroborated` (several origins, one of them of no party, or two of different \
parties), `confirmed` (set by a person, with the reason). Outside this order: `contested` (sources disagree), \
`withdrawn` and `disproved`.

A **figure** belongs to its source. Never add up figures of different sources: they may count the same people. `min` \
and `max` are limits, not errors of measurement; an empty cell is unknown, not zero. A place without claims is not a \
quiet place.

A **protected source** has a label in place of its name, and no id. Its claims can come from several people.

Times are RFC 3339 with an offset. Dates are EDTF, a year, month, day or range: `2016-10~` is about October 2016, `../2016` up to 2016. \
Cells with several values separate them by a semicolon and a space. An apostrophe is put before a text in CSV that a \
spreadsheet program would run as a formula; JSON has each text as it is.";

#[derive(Serialize)]
struct Package {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    title: String,
    description: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<String>,
    /// The newest time up to which a page says what was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<DataTime>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    licenses: Vec<Licence>,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
struct Licence {
    name: String,
    title: String,
}

/// A file of the package.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    name: String,
    path: String,
    title: &'static str,
    description: &'static str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<TableDialect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<TableSchema>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableDialect {
    line_terminator: &'static str,
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    comment_rows: &'static [u32],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema {
    fields: Vec<TableField>,
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct TableField {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    description: String,
    #[serde(skip_serializing_if = "FieldConstraints::is_empty")]
    constraints: FieldConstraints,
}

#[derive(Default, Serialize)]
struct FieldConstraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    words: Vec<&'static str>,
}

impl FieldConstraints {
    fn is_empty(&self) -> bool {
        !self.required && self.words.is_empty()
    }
}

#[derive(Serialize)]
struct ForeignKey {
    fields: [&'static str; 1],
    reference: KeyReference,
}

#[derive(Serialize)]
struct KeyReference {
    resource: &'static str,
    fields: &'static [&'static str],
}

/// `datapackage.json`.
pub fn package(site: &Site, tables: Vec<Resource>) -> String {
    let config = &site.config;
    let mut resources = vec![other(DataFile::Site, "Site", "What the site says about itself.")];
    resources.extend(tables);
    resources.push(other(DataFile::GeoJson, "Neighbourhoods", "The places on the map."));
    let package = Package {
        profile: PROFILE,
        name: "open-data",
        title: config.title.to_string(),
        description: DESCRIPTION,
        homepage: config.base_url.as_deref().map(str::to_owned),
        as_of: as_of(site),
        licenses: config.licence.iter().map(|licence| Licence::new(licence)).collect(),
        resources,
    };
    serde_json::to_string_pretty(&package).expect("texts, numbers and lists are always JSON") + "\n"
}

fn as_of(site: &Site) -> Option<DataTime> {
    let newest = site.briefings.iter().map(|briefing| briefing.article.known_until()).max()?;
    Some(time(site, site.as_of.map_or(newest, |at| at.min(newest))))
}

impl Licence {
    /// The standard takes ids such as `CC-BY-4.0` as names, and any words as titles.
    fn new(licence: &str) -> Self {
        let is_id = licence.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        let name = if is_id { licence } else { "other" };
        Self { name: name.to_owned(), title: licence.to_owned() }
    }
}

/// A file that is no table.
fn other(file: DataFile, title: &'static str, description: &'static str) -> Resource {
    let path = file.name();
    let format = path.rsplit('.').next().unwrap_or_default();
    Resource {
        name: path.replace('.', "-"),
        title,
        description,
        kind: None,
        format: if format == "geojson" { "geojson" } else { "json" },
        mediatype: file.media_type(),
        encoding: "utf-8",
        dialect: None,
        schema: None,
        path,
    }
}

/// The files of a dataset.
pub fn resources<T: DataTable>(site: &Site) -> Vec<Resource> {
    let columns = columns_of::<T>(other_languages(site));
    let meaning = record_of::<T>().meaning;
    let keys = T::REFERENCES.iter().map(|(column, of)| ForeignKey::new::<T>(column, *of)).collect();
    let all = columns.iter().map(TableField::new).collect();
    let mut resources = vec![
        table::<T>(
            DataFile::Csv(T::DATASET),
            T::DATASET.name().to_owned(),
            meaning,
            TableSchema { fields: all, primary_key: T::KEY, foreign_keys: keys },
            &[],
        ),
        other(DataFile::Json(T::DATASET), T::TITLE, meaning),
    ];
    if Dataset::WITH_HXL.contains(&T::DATASET) {
        let tagged = columns.iter().filter(|column| !column.hashtag.is_empty());
        let schema = TableSchema {
            fields: tagged.map(TableField::new).collect(),
            primary_key: T::KEY,
            foreign_keys: Vec::new(),
        };
        let name = format!("{}-hxl", T::DATASET.name());
        resources.push(table::<T>(DataFile::Hxl(T::DATASET), name, meaning, schema, &[2]));
    }
    resources
}

fn table<T: DataTable>(
    file: DataFile,
    name: String,
    description: &'static str,
    schema: TableSchema,
    comment_rows: &'static [u32],
) -> Resource {
    Resource {
        name,
        path: file.name(),
        title: T::TITLE,
        description,
        kind: Some("table"),
        format: "csv",
        mediatype: file.media_type(),
        encoding: "utf-8",
        dialect: Some(TableDialect { line_terminator: "\r\n", comment_rows }),
        schema: Some(schema),
    }
}

impl TableField {
    fn new(column: &DataColumn) -> Self {
        let words = match &column.kind {
            DataKind::Words(words) if !column.is_list => words.clone(),
            _ => Vec::new(),
        };
        Self {
            name: column.name.clone(),
            kind: if column.is_list { "string" } else { type_of(&column.kind) },
            description: column.meaning.clone(),
            constraints: FieldConstraints { required: !column.is_optional, words },
        }
    }
}

fn type_of(kind: &DataKind) -> &'static str {
    match kind {
        DataKind::Time => "datetime",
        DataKind::Number => "number",
        DataKind::Whole => "integer",
        DataKind::Flag => "boolean",
        _ => "string",
    }
}

impl ForeignKey {
    fn new<T: DataTable>(column: &'static str, of: Dataset) -> Self {
        // The standard has an empty name for the table itself.
        let resource = if of == T::DATASET { "" } else { of.name() };
        let fields: &[&str] = if of == Dataset::Claims { &["full_id"] } else { &["id"] };
        Self { fields: [column], reference: KeyReference { resource, fields } }
    }
}
