//! Pagefind's index, from the text of pages to files.
//!
//! Owns the use of the library: its runtime, its files, and the order of pages.

use std::collections::BTreeMap;
use std::path::Path;

use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;
use serde_json::Value;

use super::entry::SearchEntry;
use crate::diag::{Code, Diagnostic};
use crate::html::escape;
use crate::paths::OutPath;
use crate::site::SEARCH_FOLDER;

/// The list of languages, which a browser reads first.
const CONTENTS: &str = "pagefind-entry.json";
/// Selectors for text that is not a page's own, by the classes of the theme: lists of other pages, words of
/// the interface next to claims and facts, and texts of briefings on other pages. Pagefind itself leaves out
/// menus, forms and drawings.
const LEFT_OUT: [&str; 11] = [
    ".dateline",
    ".note",
    ".items",
    ".index",
    ".chart",
    ".m",
    ".s",
    ".claims thead",
    "dl > div > dt",
    "[hidden]",
    ".gathered section:not(.footnotes)",
];
/// End tags that Pagefind would not take for the end of a word.
const ENDS: [&str; 5] = ["</dt>", "</th>", "</summary>", "</figcaption>", "</pre>"];

/// The index of these pages and its reader for browsers: output paths and bytes, sorted.
///
/// # Errors
/// If Pagefind fails.
pub fn files(entries: Vec<SearchEntry>) -> Result<Vec<(OutPath, Vec<u8>)>, Diagnostic> {
    // Pagefind's functions are async to wait for its own threads.
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| fault(&error))?;
    let mut files = BTreeMap::new();
    let mut contents = Value::Null;
    // One language at a time needs less memory; they share nothing but the list of them.
    for entries in by_language(entries) {
        for file in runtime.block_on(indexed(entries))? {
            match file.filename.to_str() {
                Some(CONTENTS) => add_contents(&mut contents, &file.contents)?,
                _ if is_needed(&file.filename) => {
                    files.insert(path(&file.filename)?, file.contents);
                }
                _ => {}
            }
        }
    }
    if !contents.is_null() {
        files.insert(path(Path::new(CONTENTS))?, contents.to_string().into_bytes());
    }
    Ok(files.into_iter().collect())
}

fn by_language(entries: Vec<SearchEntry>) -> impl Iterator<Item = Vec<SearchEntry>> {
    let mut languages: BTreeMap<Box<str>, Vec<SearchEntry>> = BTreeMap::new();
    for entry in entries {
        languages.entry(entry.language.clone()).or_default().push(entry);
    }
    languages.into_values()
}

async fn indexed(entries: Vec<SearchEntry>) -> Result<Vec<SyntheticFile>, Diagnostic> {
    let left_out = LEFT_OUT.map(str::to_owned).to_vec();
    let options = PagefindServiceConfig::builder().exclude_selectors(left_out).build();
    let mut index = PagefindIndex::new(Some(options)).map_err(|error| fault(&error))?;
    // One after the other: Pagefind numbers pages in the order of the calls.
    for entry in entries {
        let page = index.add_html_file(None, Some(entry.url.clone()), document(&entry)).await;
        page.map_err(|error| fault(&error).help(format!("while reading {}", entry.url)))?;
    }
    index.get_files().await.map_err(|error| fault(&error))
}

/// Adds the languages of one list to another.
fn add_contents(contents: &mut Value, more: &[u8]) -> Result<(), Diagnostic> {
    let mut more: Value = serde_json::from_slice(more).map_err(|error| fault(&error))?;
    let added = more["languages"].take();
    if contents.is_null() {
        *contents = more;
        contents["languages"] = added;
    } else if let (Some(known), Value::Object(added)) = (contents["languages"].as_object_mut(), added) {
        known.extend(added);
    }
    Ok(())
}

/// A page for Pagefind: its language, the line next to its title, and its text.
fn document(entry: &SearchEntry) -> String {
    let about = escape(&entry.about);
    let SearchEntry { language, html, .. } = entry;
    let html = ENDS.iter().fold(html.clone(), |html, end| html.replace(end, &[" ", end].concat()));
    let class = if entry.gathers { "gathered" } else { "" };
    format!(
        "<html lang=\"{language}\"><body><div class=\"{class}\" data-pagefind-meta=\"about[data-about]\" data-about=\"{about}\">{html}</div></body></html>"
    )
}

/// All but the ready-made interface, which has words and styles of its own.
fn is_needed(name: &Path) -> bool {
    let extension = name.extension().and_then(|extension| extension.to_str());
    name.as_os_str() == "pagefind.js"
        || matches!(extension, Some("pagefind" | "pf_meta" | "pf_index" | "pf_fragment"))
}

fn path(name: &Path) -> Result<OutPath, Diagnostic> {
    let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
    OutPath::new([SEARCH_FOLDER, &parts.join("/")].concat()).map_err(|error| fault(&error))
}

fn fault(error: &impl ToString) -> Diagnostic {
    let error = error.to_string();
    let message =
        format!("the index of the search cannot be made: {}", error.lines().next().unwrap_or_default());
    Diagnostic::error(Code::SEARCH_INDEX, message)
        .setup()
        .help("write `search = false` under `[outputs]` in site.toml until it can")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{self, Format};

    #[test]
    fn a_file_of_the_index_that_no_path_can_name_is_an_error() {
        let refused = path(Path::new("a:b")).unwrap_err();
        let text = report::text(Format::Short, &[refused]);
        assert!(text.starts_with("error[search-index]: the index of the search cannot be made: "), "{text}");
    }
}
