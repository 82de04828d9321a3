//! The fields of a form, from the keys of a table.

use super::pickers::{self, Picked};
use crate::config::Config;
use crate::i18n::own_name;
use crate::toml::{KeyDoc, TableDoc, ValueType, capitalised};

/// One key, as a form asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// The key.
    pub name: String,
    pub label: String,
    pub hint: String,
    pub is_required: bool,
    pub input: Input,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    Line,
    Text,
    Markdown,
    Flag,
    Number {
        is_whole: bool,
        min: i64,
        max: Option<i64>,
    },
    Moment,
    Day,
    Choice(Vec<Choice>),
    /// The id of a record or briefing of the site, or several.
    Record {
        of: &'static str,
        has_many: bool,
    },
    List(Box<Input>),
    Group(Vec<FormField>),
    /// A list of tables. `noun` is what one of them is called.
    Groups {
        noun: &'static str,
        fields: Vec<FormField>,
    },
}

/// One of several values.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// All keys of a table that a form can ask for: free tables are for people who know their keys.
pub fn of_table(table: &'static TableDoc, config: &Config) -> Vec<FormField> {
    table.keys.iter().filter_map(|key| field(table, key, config)).collect()
}

/// The Markdown below the front matter. All three editors call it so.
pub fn body() -> FormField {
    FormField {
        name: "body".to_owned(),
        label: "Text".to_owned(),
        hint: "In Markdown. A claim is linked as `[words](claim:ID)`, a place as `[name](place:ID)`, a source as \
               `[name](source:ID)`."
            .to_owned(),
        is_required: false,
        input: Input::Markdown,
    }
}

fn field(table: &'static TableDoc, key: &KeyDoc, config: &Config) -> Option<FormField> {
    let input = match pickers::of(table, key.name) {
        Some(picked) => picker(picked, key, config),
        None if key.name == "names" => names(config)?,
        None => input(&key.value, config)?,
    };
    Some(FormField {
        name: key.name.to_owned(),
        label: key.title(),
        hint: key.description(),
        is_required: key.is_required && key.substitutes.is_empty(),
        input,
    })
}

fn input(value: &ValueType, config: &Config) -> Option<Input> {
    Some(match value {
        ValueType::Line(_) | ValueType::WebAddress | ValueType::When => Input::Line,
        ValueType::Lines => Input::Text,
        ValueType::Flag => Input::Flag,
        ValueType::Integer { min, max } => Input::Number { is_whole: true, min: *min, max: Some(*max) },
        ValueType::Number { min, max } => {
            Input::Number { is_whole: false, min: i64::from(*min), max: max.map(i64::from) }
        }
        ValueType::Moment => Input::Moment,
        ValueType::Day => Input::Day,
        ValueType::Words(words) => Input::Choice(words().into_iter().map(word).collect()),
        ValueType::List(item) => match item.table() {
            Some(table) => Input::Groups { noun: table.bare_noun(), fields: of_table(table, config) },
            None => Input::List(Box::new(input(item, config)?)),
        },
        ValueType::Table(table) => Input::Group(group(table, config)),
        ValueType::Either(first, _) => input(first, config)?,
        ValueType::ByKey(_) | ValueType::Free => return None,
    })
}

/// The fields of a table. None is required: editors would ask for it in files without that table too.
fn group(table: &'static TableDoc, config: &Config) -> Vec<FormField> {
    let optional = |field| FormField { is_required: false, ..field };
    of_table(table, config).into_iter().map(optional).collect()
}

fn picker(picked: Picked, key: &KeyDoc, config: &Config) -> Input {
    let has_many = matches!(key.value, ValueType::List(_));
    match picked {
        Picked::Records(of) => Input::Record { of, has_many },
        Picked::Topics if config.topics.is_empty() => Input::Line,
        Picked::Topics => Input::Choice(config.topics.iter().map(|topic| word(topic)).collect()),
        Picked::Parties => Input::Choice(parties(config)),
        Picked::SourceKinds => Input::Choice(config.source_kinds.all_ids().into_iter().map(word).collect()),
    }
}

fn parties(config: &Config) -> Vec<Choice> {
    let label = |id: &str| {
        let own = config.parties.iter().find(|party| party.id.as_str() == id);
        own.map_or_else(|| capitalised(id), |party| party.label.to_string())
    };
    config.party_ids().into_iter().map(|id| Choice { value: id.to_owned(), label: label(id) }).collect()
}

/// "State media" for `state-media`.
fn word(word: &str) -> Choice {
    Choice { value: word.to_owned(), label: capitalised(&word.replace('-', " ")) }
}

/// The name in each language but the default, whose name is the title. None in a site of one language.
fn names(config: &Config) -> Option<Input> {
    let others = config.languages.iter().filter(|language| **language != config.language);
    let fields: Vec<FormField> = others.map(|language| name_in(language)).collect();
    (!fields.is_empty()).then_some(Input::Group(fields))
}

fn name_in(language: &str) -> FormField {
    FormField {
        name: language.to_owned(),
        label: language_name(language),
        hint: String::new(),
        is_required: false,
        input: Input::Line,
    }
}

/// The name of a language in itself, or its code.
pub fn language_name(language: &str) -> String {
    own_name(language).unwrap_or_else(|| language.to_owned())
}
