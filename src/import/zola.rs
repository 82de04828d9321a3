//! A site of Zola: its settings, its tree of content, and where its pages were.

use std::collections::BTreeMap;

use super::addresses::zola_name;
use super::content_tree::{ContentTree, TreeRules};
use super::front_matter::FrontValue;
use super::other_site::{
    Generator, OtherFile, OtherFilePlace, OtherKeys, OtherPage, OtherSettings, OtherSite,
};
use super::reading::{files_below, read_settings};
use crate::sources::Store;

const KEYS: OtherKeys = OtherKeys {
    updated: &["updated"],
    summary: &["description"],
    expires: &[],
    embargo_until: &[],
    addresses: &["path", "slug", "aliases"],
};

/// Reads the site. `None` if there is none.
#[must_use]
pub fn read(store: &Store) -> Option<OtherSite> {
    let mut leftovers = Vec::new();
    let settings = read_settings(store, &["zola.toml", "config.toml"], &mut leftovers);
    if settings.is_none() && !store.is_folder("content") {
        return None;
    }
    let table = settings.unwrap_or_default();
    let language = table.text("default_language").unwrap_or_else(|| "en".to_owned());
    let languages = table.table("languages").map(|table| table.entries.as_slice()).unwrap_or_default();
    let settings = OtherSettings {
        title: table.text("title"),
        base_url: table.text("base_url").unwrap_or_default(),
        other_languages: languages
            .iter()
            .map(|entry| entry.key.clone())
            .filter(|code| *code != language)
            .collect(),
        language,
        zone: None,
    };
    let keeps_letters =
        table.table("slugify").and_then(|slugify| slugify.text("paths")).is_some_and(|paths| paths != "on");
    let tree = ContentTree::read(
        store,
        &TreeRules {
            folder: "content",
            mounted_at: "",
            others: Vec::new(),
            language: None,
            default_language: &settings.language,
            other_languages: &settings.other_languages,
            dated_top_is_briefing: true,
            dates_in_names: true,
        },
    );
    let mut site = OtherSite {
        generator: Generator::Zola,
        keys: &KEYS,
        taxonomies: vec!["taxonomies".to_owned()],
        settings,
        content: "content".to_owned(),
        variables: BTreeMap::new(),
        pages: tree.pages,
        files: tree.files,
        leftovers: leftovers.into_iter().chain(tree.leftovers).collect(),
    };
    for page in &mut site.pages {
        page.addresses = addresses(page, keeps_letters);
        if page.addresses.is_empty() {
            let remedy = "add it to `aliases` of the new file, if others link to the page";
            site.leftovers.push(page.leftover(
                0,
                "the old address is not known: Zola writes its letters in ASCII",
                remedy,
            ));
        }
    }
    for file in files_below(store, "static", &mut site.leftovers) {
        let place = OtherFilePlace::Static(file["static/".len()..].to_owned());
        site.files.push(OtherFile { file, place });
    }
    Some(site)
}

/// Where a page was, then what led there. Empty if that is not known.
fn addresses(page: &OtherPage, keeps_letters: bool) -> Vec<String> {
    let language = page.language.as_ref().map_or(String::new(), |language| format!("/{language}"));
    let own = match page.table.text("path") {
        Some(path) => Some(format!("{language}/{}", path.trim_matches('/'))),
        None => made_address(page, keeps_letters).map(|path| format!("{language}{path}/")),
    };
    let aliases = page.table.get("aliases").map(FrontValue::to_texts).unwrap_or_default();
    own.into_iter().chain(aliases).collect()
}

fn made_address(page: &OtherPage, keeps_letters: bool) -> Option<String> {
    let name = page.table.text("slug").unwrap_or_else(|| page.stem.clone());
    let parts = page.sections.iter().chain(std::iter::once(&name));
    let parts: Option<Vec<String>> =
        parts.map(|part| if keeps_letters { Some(part.clone()) } else { zola_name(part) }).collect();
    Some(format!("/{}", parts?.join("/")))
}
