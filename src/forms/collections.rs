//! The collections of an editor: the files of a kind, and their translations into each language.

use super::fields::{self, FormField, Input, language_name};
use super::pickers::{BRIEFINGS, EVENTS, NEIGHBOURHOODS, PAGES, SOURCES};
use crate::config::Config;
use crate::parse::file_kinds;
use crate::toml::{FileKind, TableDoc};

/// The files of a folder that have one form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormCollection {
    pub name: String,
    pub label: String,
    /// What one of its files is called.
    pub singular: String,
    pub description: String,
    /// From the top of the repository.
    pub folder: String,
    /// `md`, or `ar.md` for translations into Arabic.
    pub ending: String,
    /// The key that a new file is named after.
    pub named_after: &'static str,
    /// Its files are translations.
    pub is_of_translations: bool,
    pub fields: Vec<FormField>,
}

/// A folder of files of one kind.
struct KindFolder {
    kind: &'static str,
    name: &'static str,
    label: &'static str,
    path: &'static str,
    /// The keys of a translation that its files may have, next to the body.
    translated: &'static [&'static str],
}

const TITLE_AND_SUMMARY: &[&str] = &["title", "summary"];
/// The names of records are in the original, in all languages.
const SUMMARY: &[&str] = &["summary"];
const OF_BRIEFINGS: &[&str] = &[
    "title",
    "summary",
    "updated",
    "not_known",
    "not_reached",
    "withheld",
    "claims",
    "corrections",
    "withdrawn_why",
];

const FOLDERS: [KindFolder; 5] = [
    KindFolder {
        kind: "briefing",
        name: BRIEFINGS,
        label: "Briefings",
        path: "content/briefings",
        translated: OF_BRIEFINGS,
    },
    KindFolder {
        kind: "neighbourhood",
        name: NEIGHBOURHOODS,
        label: "Neighbourhoods",
        path: "content/neighbourhoods",
        translated: SUMMARY,
    },
    KindFolder {
        kind: "source",
        name: SOURCES,
        label: "Sources",
        path: "content/sources",
        translated: SUMMARY,
    },
    KindFolder { kind: "event", name: EVENTS, label: "Events", path: "content/events", translated: SUMMARY },
    KindFolder { kind: "page", name: PAGES, label: "Pages", path: "content", translated: TITLE_AND_SUMMARY },
];

/// What every article needs; the rest is below, in the order of the documentation.
const FIRST: [&str; 8] =
    ["title", "date", "kind", "summary", "neighbourhoods", "body", "claims", "corrections"];

/// The collections of originals, then those of translations by language. `prefix` is the path of the site in its
/// repository, with `/` at its end.
pub fn all(config: &Config, prefix: &str) -> Vec<FormCollection> {
    let originals = FOLDERS.iter().map(|folder| originals(folder, config, prefix));
    let others = config.languages.iter().filter(|language| **language != config.language);
    let translations = others
        .flat_map(|language| FOLDERS.iter().map(|folder| translations(folder, language, config, prefix)));
    originals.chain(translations).collect()
}

fn originals(folder: &KindFolder, config: &Config, prefix: &str) -> FormCollection {
    let kind = kind(folder.kind);
    let mut fields = fields::of_table(kind.table, config);
    if folder.name == PAGES {
        // content/index.md is in the same folder, and has fewer keys.
        let home = self::kind("home").table;
        fields.retain(|field| home.has_key(&field.name));
    }
    if folder.name == SOURCES {
        // The record of a source in danger is in private/, which no editor sees.
        fields.retain(|field| !["protected", "label"].contains(&field.name.as_str()));
    }
    fields.push(fields::body());
    fields.sort_by_key(|field| FIRST.iter().position(|first| *first == field.name).unwrap_or(FIRST.len()));
    FormCollection {
        name: folder.name.to_owned(),
        label: folder.label.to_owned(),
        singular: kind.title.to_owned(),
        description: kind.meaning.to_owned(),
        folder: format!("{prefix}{}", folder.path),
        ending: "md".to_owned(),
        named_after: "title",
        is_of_translations: false,
        fields,
    }
}

fn translations(folder: &KindFolder, language: &str, config: &Config, prefix: &str) -> FormCollection {
    let table = kind("translation").table;
    let mut fields = vec![original(table, folder.name)];
    let translated = fields::of_table(table, config).into_iter();
    fields.extend(translated.filter(|field| folder.translated.contains(&field.name.as_str())));
    fields.push(fields::body());
    let language_name = language_name(language);
    FormCollection {
        name: format!("{}-{language}", folder.name),
        label: format!("{}: {language_name}", folder.label),
        singular: format!("{}: {language_name}", kind(folder.kind).title),
        description: "Only texts: dates, figures, sources and status come from the original.".to_owned(),
        folder: format!("{prefix}{}", folder.path),
        ending: format!("{language}.md"),
        named_after: "original",
        is_of_translations: true,
        fields,
    }
}

/// The file that is translated; the translation is named after it.
fn original(table: &TableDoc, of: &'static str) -> FormField {
    let key = table.key("original").expect("translations have it");
    FormField {
        name: key.name.to_owned(),
        label: key.title(),
        hint: "What is translated.".to_owned(),
        is_required: true,
        input: Input::Record { of, has_many: false },
    }
}

fn kind(name: &str) -> FileKind {
    file_kinds().find(|kind| kind.name == name).expect("a kind of file")
}
