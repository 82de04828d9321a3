//! Files of `content/` that nothing claims, and what to do with each.
//!
//! Invariant: files of one folder without an index.md are one diagnostic.

use std::collections::{BTreeMap, BTreeSet};

use super::redactions::published_list;
use crate::diag::{Code, Diagnostic, Place, did_you_mean};

/// One for each file, or for each folder that lacks an index.md.
pub fn diagnostics(unclaimed: &[&str], known: &BTreeSet<&str>) -> Vec<Diagnostic> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut found = Vec::new();
    for path in unclaimed {
        let (folder, _) = path.rsplit_once('/').unwrap_or_default();
        if folder.starts_with("content/briefings/") && !is_misnamed_article(path) && !is_document(path) {
            folders.entry(folder).or_default().push(path);
        } else {
            found.push(of_file(path));
        }
    }
    found.extend(folders.into_iter().map(|(folder, files)| without_index(folder, &files, known)));
    found
}

/// Whether the name is nearly that of an article: `b.MD`, `b.markdown`, `b.md.txt`.
pub fn is_misnamed_article(path: &str) -> bool {
    !path.ends_with(".md") && article_stem(path).is_some()
}

/// The path without what a system or an editor made of `.md`.
fn article_stem(path: &str) -> Option<&str> {
    const ENDINGS: [&str; 7] = [".md.txt", ".md", ".markdown", ".mdown", ".mkdn", ".mkd", ".mdwn"];
    without_ending(path, &ENDINGS)
}

/// Files of word processors, and plain texts.
fn is_document(path: &str) -> bool {
    const ENDINGS: [&str; 7] = [".docx", ".doc", ".odt", ".rtf", ".pages", ".txt", ".text"];
    without_ending(path, &ENDINGS).is_some()
}

fn without_ending<'p>(path: &'p str, endings: &[&str]) -> Option<&'p str> {
    endings.iter().find_map(|ending| {
        let at = path.len().checked_sub(ending.len())?;
        let stem = path.get(..at)?;
        let is_name = !stem.is_empty() && !stem.ends_with('/');
        (is_name && path[at..].eq_ignore_ascii_case(ending)).then_some(stem)
    })
}

fn of_file(path: &str) -> Diagnostic {
    // Every other remedy would publish it.
    if let Some(list) = published_list(path) {
        return list;
    }
    Diagnostic::error(Code::UNCLAIMED_FILE, "nothing here says what this file is for")
        .at(Place::file(path))
        .help(remedy(path))
}

const NEXT_TO_ARTICLE: &str = "put it next to the index.md of a briefing that links to it";

fn remedy(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_text = without_ending(name, &[".txt", ".text"]).is_some();
    if name.ends_with(".md") {
        return article_folder(path, name);
    }
    if let Some(stem) = article_stem(name) {
        return format!("rename it to {stem}.md");
    }
    match name.rsplit_once('.') {
        Some((stem, _)) if is_text => {
            format!("rename it to {stem}.md if it is an article, or {NEXT_TO_ARTICLE}")
        }
        Some((stem, _)) if is_document(name) => format!("save its text as {stem}.md, or {NEXT_TO_ARTICLE}"),
        _ if path.starts_with("content/briefings/") => {
            "put it next to a briefing's index.md in a folder of their own, or into static/".to_owned()
        }
        _ => "move it to static/ if it is to be copied, or begin its name with a dot if it is not".to_owned(),
    }
}

/// The article has its right name, and is in no folder of articles.
fn article_folder(path: &str, name: &str) -> String {
    const FOLDERS: [&str; 4] = ["briefings", "neighbourhoods", "sources", "events"];
    let folder = path.split('/').nth(1).unwrap_or_default();
    match did_you_mean(folder, FOLDERS) {
        Some(near) => format!("move it to content/{near}/{name}"),
        None => "move it to content/briefings/ if it is a briefing; pages are in content/ itself, and records in content/neighbourhoods/, content/sources/ and content/events/".to_owned(),
    }
}

fn without_index(folder: &str, files: &[&str], known: &BTreeSet<&str>) -> Diagnostic {
    let prefix = format!("{folder}/");
    let is_direct = |path: &&&str| {
        path.strip_prefix(&prefix).is_some_and(|name| name.ends_with(".md") && !name.contains('/'))
    };
    let articles: Vec<&&str> = known.iter().filter(is_direct).collect();
    let help = match articles[..] {
        [only] => format!("rename {only} to index.md, and its files are published with it"),
        _ => format!("write {prefix}index.md, the briefing that they belong to, or move them to static/"),
    };
    let count = match files.len() {
        1 => "what this file is for".to_owned(),
        count => format!("what its {count} files are for"),
    };
    let message = format!("the folder {folder} has no index.md, so nothing says {count}");
    Diagnostic::error(Code::UNCLAIMED_FILE, message).at(Place::file(files[0])).help(help)
}
