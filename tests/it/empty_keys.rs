//! A key that may be missing and is empty counts as missing: the outputs and the diagnostics are the same.
//!
//! Goes through every key of the registry, in the smallest file that has its table.

use std::collections::BTreeMap;
use std::sync::Mutex;

use bulletin::diag::Diagnostic;
use bulletin::engine::{self, BuildOptions};
use bulletin::parse::file_kinds;
use bulletin::paths::OutPath;
use bulletin::sources::Store;
use bulletin::time::parse_day_or_moment;
use bulletin::toml::{FileKind, KeyDoc, TableDoc, ValueType};
use rayon::prelude::*;

/// What editors save for a key that was not filled.
const EMPTY: [&str; 5] = ["\"\"", "\" \u{a0} \"", "[]", "[\"\"]", "[\"\", \"  \"]"];

const SITE: &str = "title = \"Harbour\"\nbase_url = \"https://example.org/\"\nlanguages = [\"en\", \"ar\"]\n\
                    theme = \"mine\"\ntopics = [\"water\"]\n";

/// A table in the smallest file that has it.
struct TableInFile {
    path: &'static str,
    /// The file up to the end of the table.
    above: String,
    table: &'static TableDoc,
}

/// A file of each kind, in the order of the registry.
const PATHS: [(&str, &str); 9] = [
    ("site.toml", "site.toml"),
    ("theme.toml", "themes/mine/theme.toml"),
    ("Briefing", "content/briefings/d2.md"),
    ("Plain page", "content/about.md"),
    ("Home page", "content/index.md"),
    ("Neighbourhood", "content/neighbourhoods/al-heluk.md"),
    ("Source", "content/sources/sohr.md"),
    ("Event", "content/events/raid.md"),
    ("Translation", "content/briefings/d2.ar.md"),
];

#[test]
fn every_optional_key_that_is_empty_counts_as_missing() {
    let tables: Vec<TableInFile> = file_kinds().flat_map(|kind| tables_of(&kind)).collect();
    assert!(tables.len() > 20, "the tables were found");
    let failures: Vec<String> = tables.par_iter().flat_map_iter(failures_in).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn tables_of(kind: &FileKind) -> Vec<TableInFile> {
    let (_, path) =
        PATHS.iter().find(|(title, _)| *title == kind.title).unwrap_or_else(|| panic!("{}", kind.title));
    let mut tables = Vec::new();
    add_table(path, &required(kind.table), "", kind.table, &mut tables);
    tables
}

/// Adds a table and those within it.
fn add_table(
    path: &'static str,
    above: &str,
    name: &str,
    table: &'static TableDoc,
    tables: &mut Vec<TableInFile>,
) {
    tables.push(TableInFile { path, above: above.to_owned(), table });
    for key in table.keys {
        let inner = if name.is_empty() { key.name.to_owned() } else { format!("{name}.{}", key.name) };
        let Some(doc) = key.value.table() else { continue };
        let (header, inner) = match key.value {
            ValueType::List(_) => (format!("[[{inner}]]"), inner),
            ValueType::Table(_) => (format!("[{inner}]"), inner),
            _ => (format!("[{inner}.water]"), format!("{inner}.water")),
        };
        add_table(path, &format!("{above}\n{header}\n{}", required(doc)), &inner, doc, tables);
    }
}

/// The lines of the keys that a table needs.
fn required(table: &TableDoc) -> String {
    let line = |key: &KeyDoc| format!("{} = {}\n", key.name, key.example().expect("it has an example"));
    table.keys.iter().filter(|key| is_required(table, key)).map(line).collect()
}

/// A figure needs one of its counts.
fn is_required(table: &TableDoc, key: &KeyDoc) -> bool {
    key.is_required || (table.noun == "a figure" && key.name == "min")
}

fn optional(table: &'static TableDoc) -> impl Iterator<Item = &'static KeyDoc> {
    table.keys.iter().filter(|key| !is_required(table, key))
}

/// All keys at once, empty in each way; only where that fails, each key alone, to name it.
fn failures_in(table: &TableInFile) -> Vec<String> {
    let without = built(table, |key| format!("# {}", key.name), None);
    assert!(without.1.contains_key("index.html"), "{}\n{:?}", table.above, without.0);
    let in_turn = |key: &KeyDoc| EMPTY[key.name.len() % EMPTY.len()].to_owned();
    let as_group = |key: &KeyDoc| empty_table(&key.value).unwrap_or_else(|| in_turn(key));
    let ways: [&dyn Fn(&KeyDoc) -> String; 4] =
        [&|_| EMPTY[0].to_owned(), &|_| EMPTY[4].to_owned(), &in_turn, &as_group];
    let mut failures = Vec::new();
    for way in ways {
        let line = |key: &KeyDoc| format!("{} = {}", key.name, way(key));
        if built(table, line, None) == without {
            continue;
        }
        failures.push(format!("several keys of {} in {}", table.table.noun, table.path));
        for key in optional(table.table).filter(|key| built(table, line, Some(key)) != without) {
            failures.push(format!("{} of {} in {}", line(key), table.table.noun, table.path));
        }
    }
    failures
}

/// A group of a form of which no field is filled.
fn empty_table(value: &ValueType) -> Option<String> {
    match value {
        ValueType::Table(doc) => {
            let fields: Vec<String> = doc.keys.iter().map(|key| format!("{} = \"\"", key.name)).collect();
            Some(format!("{{ {} }}", fields.join(", ")))
        }
        ValueType::ByKey(item) if item.table().is_none() => Some("{ ar = \"\" }".to_owned()),
        _ => None,
    }
}

/// The diagnostics and outputs of a site with a line for each key, or for `only` one and comments for the others.
fn built(
    table: &TableInFile,
    line: impl Fn(&KeyDoc) -> String,
    only: Option<&KeyDoc>,
) -> (Vec<Diagnostic>, BTreeMap<String, Vec<u8>>) {
    let lines: String = optional(table.table)
        .map(|key| match only {
            Some(only) if only.name != key.name => format!("# {}\n", key.name),
            _ => line(key) + "\n",
        })
        .collect();
    let toml = format!("{}{lines}", table.above);
    let text = if table.path.ends_with(".md") { format!("+++\n{toml}+++\n\nText.\n") } else { toml };
    let mut files: BTreeMap<String, Vec<u8>> = [
        ("site.toml", SITE),
        ("themes/mine/theme.toml", ""),
        ("content/briefings/d2.md", "+++\ntitle = \"D2\"\ndate = 2016-10-02\n+++\n"),
    ]
    .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
    .into();
    files.insert(table.path.to_owned(), text.into_bytes());
    let (prepared, mut diagnostics) = engine::prepare(&BuildOptions {
        store: Store::memory(files),
        now: parse_day_or_moment("2031-05-04").unwrap(),
        as_of: None,
        drafts: false,
        base_url: None,
    });
    let outputs = Mutex::new(BTreeMap::new());
    if let Some(prepared) = prepared {
        let keep = |path: &OutPath, bytes: &[u8]| {
            outputs.lock().unwrap().insert(path.to_string(), bytes.to_vec());
            Ok(())
        };
        diagnostics.extend(prepared.render_all(&keep).diagnostics);
    }
    (diagnostics, outputs.into_inner().unwrap())
}
