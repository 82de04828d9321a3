//! Forms of sites.

use super::fields::{FormField, Input};
use super::pickers::PICKERS;
use super::*;
use crate::config::Config;
use crate::parse::file_kinds;
use crate::toml::TableDoc;

fn tables_in(table: &'static TableDoc, found: &mut Vec<&'static TableDoc>) {
    if found.iter().any(|known| known.noun == table.noun) {
        return;
    }
    found.push(table);
    table.keys.iter().filter_map(|key| key.value.table()).for_each(|inner| tables_in(inner, found));
}

#[test]
fn every_picker_is_for_a_key_that_there_is() {
    let mut tables = Vec::new();
    file_kinds().for_each(|kind| tables_in(kind.table, &mut tables));
    for (noun, key, _) in PICKERS {
        let table = tables.iter().find(|table| table.noun == noun);
        assert!(table.is_some_and(|table| table.has_key(key)), "{noun} has no {key}");
    }
}

#[test]
fn a_repository_is_read_from_every_address_that_git_takes() {
    for (address, wanted) in [
        ("desk/briefings", "github desk/briefings"),
        ("https://github.com/desk/briefings.git", "github desk/briefings"),
        ("git@github.com:desk/briefings.git", "github desk/briefings"),
        ("ssh://git@github.com/desk/briefings", "github desk/briefings"),
        ("https://me:secret@gitlab.com/group/sub/briefings/", "gitlab group/sub/briefings"),
        ("https://gitlab.example.org/desk/briefings", "gitlab desk/briefings https://gitlab.example.org"),
        ("https://codeberg.org/desk/briefings", "gitea desk/briefings https://codeberg.org"),
        ("github.com/desk/briefings", "github desk/briefings"),
        ("https://www.github.com/desk/briefings", "github desk/briefings"),
        ("git@github.com:/desk/briefings", "github desk/briefings"),
        ("https://github.com/desk/briefings/tree/main", "none"),
        ("https://github.com/desk/briefings?token=secret", "none"),
        ("https://github.example.org/desk/briefings", "github desk/briefings https://github.example.org"),
        ("ssh://git@git.example.org:2222/desk/briefings", "gitea desk/briefings https://git.example.org"),
        ("https://git.example.org:8443/desk/briefings", "gitea desk/briefings https://git.example.org:8443"),
        ("../briefings.git", "none"),
        ("/srv/git/briefings.git", "none"),
        ("briefings", "none"),
        ("file:///srv/briefings", "none"),
        ("desk/brief ings", "none"),
        ("desk/\"x\"", "none"),
    ] {
        let shown = RemoteRepository::parse(address).map_or_else(
            || "none".to_owned(),
            |found| {
                let host = found.host.map_or_else(String::new, |host| format!(" {host}"));
                format!("{} {}{host}", found.service.word(), found.path)
            },
        );
        assert_eq!(shown, wanted, "{address}");
    }
}

/// All fields of all forms, with the names of those around them.
fn flat(fields: &[FormField], path: &str, found: &mut Vec<String>) {
    for field in fields {
        let path = format!("{path}/{}", field.name);
        if let Input::Group(fields) | Input::Groups { fields, .. } = &field.input {
            flat(fields, &path, found);
        }
        found.push(path);
    }
}

#[test]
fn a_form_asks_for_each_key_of_a_briefing() {
    let collections = collections::all(&Config::default(), "");
    let mut found = Vec::new();
    flat(&collections[0].fields, "", &mut found);
    let briefing = file_kinds().find(|kind| kind.name == "briefing").unwrap();
    // A free table is for a theme.
    for key in briefing.table.keys.iter().filter(|key| key.name != "extra") {
        assert!(found.contains(&format!("/{}", key.name)), "{}", key.name);
    }
    for wanted in ["/claims/figure/min", "/claims/evidence/url", "/corrections/why", "/body"] {
        assert!(found.iter().any(|path| path == wanted), "{wanted}");
    }
}

#[test]
fn each_language_has_a_collection_of_translations_of_each_kind() {
    let languages = ["en".into(), "ar".into(), "fr".into()];
    let config = Config { languages: languages.to_vec(), ..Config::default() };
    let collections = collections::all(&config, "");
    let shown: Vec<String> =
        collections.iter().map(|collection| format!("{} *.{}", collection.name, collection.ending)).collect();
    assert_eq!(shown.len(), 15);
    assert!(shown.contains(&"briefings *.md".to_owned()), "{shown:?}");
    assert!(shown.contains(&"sources-ar *.ar.md".to_owned()), "{shown:?}");
}
