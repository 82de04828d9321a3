//! Pages CMS.
//!
//! Owns the names of its options. Sources: <https://pagescms.org/docs/configuration/>, and its code.

use serde::Serialize;

use super::collections::FormCollection;
use super::fields::{Choice, FormField, Input};
use super::pickers::{BRIEFINGS, EVENTS};

#[derive(Serialize)]
pub(super) struct PagesConfig {
    media: Media,
    content: Vec<PagesCollection>,
}

#[derive(Serialize)]
struct Media {
    input: String,
    output: &'static str,
}

#[derive(Serialize)]
struct PagesCollection {
    name: String,
    label: String,
    description: String,
    #[serde(rename = "type")]
    kind: &'static str,
    path: String,
    filename: FileName,
    format: &'static str,
    subfolders: bool,
    view: PagesView,
    fields: Vec<PagesField>,
}

/// It can be changed when a file is made: letters that are not Latin are left out of the first offer.
#[derive(Serialize)]
struct FileName {
    template: String,
    field: &'static str,
}

#[derive(Serialize)]
struct PagesView {
    primary: &'static str,
    fields: Vec<&'static str>,
}

#[derive(Default, Serialize)]
struct PagesField {
    name: String,
    label: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<bool>,
    #[serde(skip_serializing_if = "PagesFieldOptions::is_empty")]
    options: PagesFieldOptions,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<PagesField>,
}

#[derive(Default, PartialEq, Serialize)]
struct PagesFieldOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<PagesValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multiple: Option<bool>,
}

#[derive(PartialEq, Serialize)]
struct PagesValue {
    value: String,
    label: String,
}

impl PagesFieldOptions {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

pub(super) fn configuration(collections: &[FormCollection], prefix: &str) -> PagesConfig {
    PagesConfig {
        media: Media { input: format!("{prefix}static"), output: "/" },
        content: collections.iter().map(folder).collect(),
    }
}

fn folder(collection: &FormCollection) -> PagesCollection {
    PagesCollection {
        name: collection.name.clone(),
        label: collection.label.clone(),
        description: collection.description.clone(),
        kind: "collection",
        path: collection.folder.clone(),
        filename: FileName {
            template: format!("{{fields.{}}}.{}", collection.named_after, collection.ending),
            field: "create",
        },
        format: "toml-frontmatter",
        subfolders: false,
        view: PagesView { primary: collection.named_after, fields: vec![collection.named_after] },
        fields: collection.fields.iter().map(entry).collect(),
    }
}

fn entry(field: &FormField) -> PagesField {
    let with_input = entry_of(&field.input);
    PagesField {
        name: field.name.clone(),
        label: field.label.clone(),
        description: field.hint.clone(),
        required: field.is_required.then_some(true),
        ..with_input
    }
}

fn entry_of(input: &Input) -> PagesField {
    let mut entry = PagesField::default();
    let options = &mut entry.options;
    entry.kind = match input {
        // Its field for dates drops what it cannot read, such as an offset.
        Input::Line | Input::Moment | Input::Day => "string",
        Input::Text => "text",
        Input::Flag => "boolean",
        Input::Markdown => {
            // Its editor for rich text rewrites what it does not know, such as links to claims.
            options.language = Some("markdown");
            "code"
        }
        Input::Number { min, max, .. } => {
            (options.min, options.max) = (Some(*min), *max);
            "number"
        }
        Input::Choice(choices) => {
            options.values = choices.iter().map(value).collect();
            "select"
        }
        // It knows the name of a file with its ending only. An id that is needed is typed.
        Input::Record { of, .. } if [BRIEFINGS, EVENTS].contains(of) => "string",
        Input::Record { of, has_many } => {
            options.collection = Some(of);
            options.search = Some("title");
            options.value = Some("{fields.title}");
            options.label = Some("{fields.title}");
            options.multiple = has_many.then_some(true);
            "reference"
        }
        Input::List(item) => return PagesField { list: Some(true), ..entry_of(item) },
        Input::Group(fields) => {
            entry.fields = fields.iter().map(self::entry).collect();
            "object"
        }
        Input::Groups { fields, .. } => {
            entry.list = Some(true);
            entry.fields = fields.iter().map(self::entry).collect();
            "object"
        }
    };
    entry
}

fn value(choice: &Choice) -> PagesValue {
    PagesValue { value: choice.value.clone(), label: choice.label.clone() }
}
