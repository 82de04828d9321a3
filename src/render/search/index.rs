//! Pagefind's index, from the text of pages to files.
//!
//! Owns the use of the library: its runtime, its files, and the order of pages.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use pagefind::api::{PagefindIndex, SyntheticFile};
use serde_json::{Value, json};

use super::entry::SearchEntry;
use super::join::{self, PartIndex};
use super::packed::{Contents, unpacked};
use crate::diag::{Code, Diagnostic};
use crate::html::escape;
use crate::paths::OutPath;
use crate::site::SEARCH_FOLDER;

/// The list of languages, which a browser reads first.
const LANGUAGES: &str = "pagefind-entry.json";
/// Parts that are indexed at a time. More would hold more memory than they save time.
const MOST_THREADS: usize = 4;

type IndexFiles = BTreeMap<OutPath, Vec<u8>>;

/// The index of all pages and its reader for browsers: output paths and bytes, sorted. The pages of a part have
/// one language, and parts of a language follow each other.
///
/// # Errors
/// If `pages` or Pagefind fails; the first part's error.
pub fn files<P: Sync>(
    parts: &[P],
    pages: impl Fn(&P) -> Result<Vec<SearchEntry>, Diagnostic> + Sync,
) -> Result<Vec<(OutPath, Vec<u8>)>, Diagnostic> {
    let mut parts = on_threads(parts, |part| indexed(&pages(part)?))?;
    let mut files = IndexFiles::new();
    let mut list = Value::Null;
    for parts in parts.chunk_by_mut(|a, b| a.language == b.language) {
        let indexes =
            parts.iter_mut().map(|part| part.add_pages(&mut files)).collect::<Result<Vec<_>, _>>()?;
        if list.is_null() {
            list = parts[0].list.take();
            list["languages"] = json!({});
        }
        let IndexPart { language: Some(language), details, .. } = &mut parts[0] else { continue };
        let joined = join::join(&indexes, language).map_err(|error| fault(&error))?;
        for (name, file) in joined.chunks {
            files.insert(path(&format!("index/{name}.pf_index"))?, file);
        }
        let (name, file) = joined.contents;
        files.insert(path(&format!("pagefind.{name}.pf_meta"))?, file);
        details["hash"] = name.into();
        details["page_count"] = indexes.iter().map(|index| index.contents.pages.len()).sum::<usize>().into();
        list["languages"][language.as_str()] = details.take();
    }
    if !list.is_null() {
        files.insert(path(LANGUAGES)?, list.to_string().into_bytes());
    }
    Ok(files.into_iter().collect())
}

/// Not on the threads of rayon: while one of them waits for Pagefind, it would begin another part within it.
fn on_threads<P: Sync, T: Send + Sync>(
    parts: &[P],
    make: impl Fn(&P) -> Result<T, Diagnostic> + Sync,
) -> Result<Vec<T>, Diagnostic> {
    let made: Vec<OnceLock<Result<T, Diagnostic>>> = parts.iter().map(|_| OnceLock::new()).collect();
    let left = Mutex::new(parts.iter().zip(&made));
    let next = || left.lock().expect("no holder panics").next();
    let work = || {
        while let Some((part, slot)) = next() {
            slot.get_or_init(|| make(part));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..rayon::current_num_threads().min(MOST_THREADS).min(parts.len()) {
            scope.spawn(work);
        }
    });
    made.into_iter().map(|slot| slot.into_inner().expect("each part was taken")).collect()
}

/// What Pagefind makes of some pages of a language.
struct IndexPart {
    /// Its code; `None` if no page has a word.
    language: Option<String>,
    /// What the list says of the language.
    details: Value,
    /// The list of languages with this one alone.
    list: Value,
    index: PartIndex,
    /// The text of each page, in the order of the index.
    texts: Vec<Vec<u8>>,
    /// What every index needs.
    reader: Vec<(OutPath, Vec<u8>)>,
}

fn indexed(entries: &[SearchEntry]) -> Result<IndexPart, Diagnostic> {
    // Pagefind's functions are async to wait for its own threads.
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| fault(&error))?;
    IndexPart::new(runtime.block_on(pagefind_files(entries))?)
}

async fn pagefind_files(entries: &[SearchEntry]) -> Result<Vec<SyntheticFile>, Diagnostic> {
    let mut index = PagefindIndex::new(None).map_err(|error| fault(&error))?;
    // One after the other: Pagefind numbers pages in the order of the calls.
    for entry in entries {
        let page = index.add_html_file(None, Some(entry.url.clone()), document(entry)).await;
        page.map_err(|error| fault(&error).help(format!("while reading {}", entry.url)))?;
    }
    index.get_files().await.map_err(|error| fault(&error))
}

impl IndexPart {
    fn new(files: Vec<SyntheticFile>) -> Result<Self, Diagnostic> {
        let mut reader = Vec::new();
        let mut packed = BTreeMap::new();
        for SyntheticFile { filename, contents } in files {
            let name = slashed(&filename);
            if is_of_reader(&filename) {
                reader.push((path(&name)?, contents));
            } else {
                packed.insert(name, contents);
            }
        }
        let mut take =
            |name: &str| packed.remove(name).ok_or_else(|| fault(&format!("Pagefind makes no file {name}")));
        let mut list: Value = serde_json::from_slice(&take(LANGUAGES)?).map_err(|error| fault(&error))?;
        let languages = list["languages"].as_object_mut().map(std::mem::take).unwrap_or_default();
        let Some((language, details)) = languages.into_iter().next() else {
            let (index, texts) = Default::default();
            return Ok(Self { language: None, details: Value::Null, list, index, texts, reader });
        };
        let contents = take(&format!("pagefind.{}.pf_meta", details["hash"].as_str().unwrap_or_default()))?;
        let contents: Contents = unpacked(&contents).map_err(|error| fault(&error))?;
        let names = contents.chunks.iter().map(|chunk| format!("index/{}.pf_index", chunk.name));
        let chunks = names.map(|name| take(&name)).collect::<Result<_, _>>()?;
        let names = contents.pages.iter().map(|page| format!("fragment/{}.pf_fragment", page.name));
        let texts = names.map(|name| take(&name)).collect::<Result<_, _>>()?;
        let index = PartIndex { contents, chunks };
        Ok(Self { language: Some(language), details, list, index, texts, reader })
    }

    /// Adds what all parts have, and the texts of the pages; the rest is the index.
    fn add_pages(&mut self, files: &mut IndexFiles) -> Result<PartIndex, Diagnostic> {
        files.extend(std::mem::take(&mut self.reader));
        let mut index = std::mem::take(&mut self.index);
        for (page, text) in index.contents.pages.iter_mut().zip(std::mem::take(&mut self.texts)) {
            let hash = page.name.clone();
            let mut file = path(&format!("fragment/{hash}.pf_fragment"))?;
            // Hashes are short: Pagefind knows those of its own part only.
            for number in 2.. {
                if !files.contains_key(&file) {
                    break;
                }
                page.name = format!("{hash}_{number}");
                file = path(&format!("fragment/{}.pf_fragment", page.name))?;
            }
            files.insert(file, text);
        }
        Ok(index)
    }
}

/// A page for Pagefind: its language, the line next to its title, and its text.
fn document(entry: &SearchEntry) -> String {
    let about = escape(&entry.about);
    let SearchEntry { language, html, .. } = entry;
    format!(
        "<html lang=\"{language}\"><body><div data-pagefind-meta=\"about[data-about]\" data-about=\"{about}\">{html}</div></body></html>"
    )
}

/// What runs in a browser, without the ready-made interface, which has words and styles of its own.
fn is_of_reader(name: &Path) -> bool {
    name.as_os_str() == "pagefind.js" || name.extension().is_some_and(|extension| extension == "pagefind")
}

fn slashed(name: &Path) -> String {
    let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn path(name: &str) -> Result<OutPath, Diagnostic> {
    OutPath::new([SEARCH_FOLDER, name].concat()).map_err(|error| fault(&error))
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
        let refused = path("a:b").unwrap_err();
        let text = report::text(Format::Short, &[refused]);
        assert!(text.starts_with("error[search-index]: the index of the search cannot be made: "), "{text}");
    }

    /// Pages with words in several files, accents, and fields that not all of them have.
    fn entries() -> Vec<SearchEntry> {
        let entry = |page: usize| {
            let words: Vec<String> =
                (0..2_000).map(|word| format!("w{}", (word * (page + 3)) % 4_001)).collect();
            let title = if page % 3 == 1 { String::new() } else { format!("<h1>Page {page} café</h1>") };
            let picture = if page == 6 { "<img src=a.png alt=quay>" } else { "" };
            let accent = ["cafe", "café", "cafè"][page % 3];
            SearchEntry {
                url: format!("{page}.html"),
                language: "en".into(),
                about: format!("Daily, no. {page}"),
                html: format!("<main>{title}{picture}<p>{accent} {}</p></main>", words.join(" ")),
            }
        };
        (0..23).map(entry).collect()
    }

    #[test]
    fn an_index_joined_from_parts_is_the_one_that_pagefind_makes_of_all_pages() {
        let entries = entries();
        let whole = indexed(&entries).unwrap();
        assert!(whole.index.chunks.len() > 2, "{}", whole.index.chunks.len());
        let mut expected = whole.index.contents.clone();
        assert_eq!(expected.fields, ["about", "image", "image_alt", "title"]);
        let mut joined = IndexFiles::new();
        let parts: Vec<PartIndex> =
            entries.chunks(5).map(|part| indexed(part).unwrap().add_pages(&mut joined).unwrap()).collect();
        let joined = join::join(&parts, "en").unwrap();
        let chunks: Vec<Vec<u8>> = joined.chunks.into_iter().map(|(_, file)| file).collect();
        assert!(chunks == whole.index.chunks, "files of words");
        let mut contents: Contents = unpacked(&joined.contents.1).unwrap();
        for contents in [&mut expected, &mut contents] {
            contents.chunks.iter_mut().for_each(|chunk| chunk.name.clear());
        }
        assert_eq!(contents, expected);
    }

    #[test]
    fn law_1_an_index_of_many_parts_does_not_depend_on_cores() {
        let entries = entries();
        let parts: Vec<&[SearchEntry]> = entries.chunks(2).collect();
        let made = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| files(&parts, |part| Ok(part.to_vec())).unwrap())
        };
        let one = made(1);
        assert_eq!(one.iter().filter(|(path, _)| path.as_str().contains("/fragment/")).count(), 23);
        assert!(one == made(3));
    }

    #[test]
    fn the_error_of_the_first_part_is_reported() {
        let part = |number: &usize| if *number < 2 { Ok(entries()) } else { Err(fault(number)) };
        let error = files(&[0, 1, 2, 3], part).unwrap_err();
        assert!(error.message.ends_with(": 2"), "{}", error.message);
    }

    #[test]
    fn pages_whose_short_hashes_are_the_same_keep_a_file_each() {
        let entries = entries();
        let mut files = IndexFiles::new();
        let mut first = indexed(&entries[..1]).unwrap();
        let mut second = indexed(&entries[1..2]).unwrap();
        let name = first.index.contents.pages[0].name.clone();
        second.index.contents.pages[0].name.clone_from(&name);
        first.add_pages(&mut files).unwrap();
        let index = second.add_pages(&mut files).unwrap();
        assert_eq!(index.contents.pages[0].name, format!("{name}_2"));
        let texts = files.keys().filter(|path| path.as_str().starts_with("search/fragment/"));
        assert_eq!(texts.count(), 2);
    }
}
