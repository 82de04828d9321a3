//! The CSV files next to a briefing, for briefings that include their rows.
//!
//! Owns which files these are. Does not know which of them a briefing includes: parsing finds that out.

use std::sync::Arc;

use super::files::{ArticleFile, FilePlace, PlainFile, ReadTable, Role};
use super::store::{Store, read_merged_text, read_text};
use crate::diag::Diagnostic;

/// Reads an article, and the tables that it may include.
pub fn read_article(
    store: &Store,
    path: Arc<str>,
    role: Role,
    files: &[PlainFile],
) -> Result<ArticleFile, Diagnostic> {
    let text = read_text(store, &path)?;
    // Other briefings do not pay for large tables next to them.
    let may_include = matches!(role, Role::Briefing { .. }) && text.contains("include");
    let read = |path: &Arc<str>| -> ReadTable { (Arc::clone(path), read_merged_text(store, path)) };
    let tables = if may_include { tables_next_to(&path, files).map(read).collect() } else { Vec::new() };
    Ok(ArticleFile::new(path, role, text, tables))
}

/// The tables in the folder of an article, by path. `files` are sorted by path.
pub fn tables_next_to<'f>(article: &'f str, files: &'f [PlainFile]) -> impl Iterator<Item = &'f Arc<str>> {
    let folder = &article[..article.rfind('/').map_or(0, |slash| slash + 1)];
    let first = files.partition_point(|file| *file.path < *folder);
    let in_folder = files[first..].iter().take_while(move |file| file.path.starts_with(folder));
    in_folder.filter(move |file| table_owner(file) == Some(article)).map(|file| &file.path)
}

/// The briefing that may include a file.
pub fn table_owner(file: &PlainFile) -> Option<&str> {
    match &file.place {
        FilePlace::Attachment { of, within } if is_table(within) => Some(of),
        _ => None,
    }
}

fn is_table(within: &str) -> bool {
    let ending = within.rsplit_once('.').map_or("", |(_, ending)| ending);
    !within.contains('/') && ending.eq_ignore_ascii_case("csv")
}
