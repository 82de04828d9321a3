//! The TOML between `+++` lines, typed.
//!
//! Owns the keys of every kind of article, their types, and the rules between keys of one file.
//! Does not read Markdown, resolves no reference to another file, and knows no clock.
//!
//! Invariant: one run reports all errors of a file. An article with errors holds everything that
//! could be read, so that later stages find their own errors; it must not be published.

mod article_file;
mod briefing;
mod checked;
mod claim;
mod claim_ids;
mod correction;
mod figure;
pub mod figure_agreement;
mod include;
mod pages;
mod records;
mod split;
mod translation;
mod values;
mod yaml;

use std::sync::Arc;

use crate::config::Config;
use crate::diag::Diagnostic;
use crate::model::{Body, Briefing, EventRecord, NeighbourhoodRecord, PlainPage, SourceRecord, Translation};
use crate::sources::TableFile;
use crate::toml::{FileKind, TableKeys as _, TomlText, UnreadTable, without_bom};
use article_file::{FIRST_LINE, File};

pub use article_file::HOME_ID;
pub use split::{Split, split};

/// The kinds of files whose keys are declared here.
pub const FILE_KINDS: [FileKind; 7] = [
    briefing::FILE,
    pages::FILE,
    pages::HOME_FILE,
    records::NEIGHBOURHOOD_FILE,
    records::SOURCE_FILE,
    records::EVENT_FILE,
    translation::FILE,
];

/// What front matter is checked against.
#[derive(Clone, Copy, Debug)]
pub struct FrontOptions<'a> {
    pub config: &'a Config,
    /// The tables that a briefing may include.
    pub tables: &'a [TableFile],
}

/// A briefing.
///
/// `file` is relative to the root of the site. `stem` is the file stem, or the folder's name for
/// `FOLDER/index.md`. `text` is the whole file that `split` was made from, and `body` its Markdown.
/// None if the id, the title or the date is missing.
#[must_use]
pub fn briefing(
    file: &Arc<str>,
    stem: &str,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<Briefing>, Vec<Diagnostic>) {
    let article = File { path: file, stem, config: options.config, body };
    let mut in_tables = Vec::new();
    let (briefing, mut diagnostics) = read(file, text, split, options, |table| {
        briefing::BriefingKeys::read(table.with_keys_elsewhere(briefing::key_of_other_programs))
            .into_briefing(article, options.tables, &mut in_tables)
    });
    diagnostics.extend(in_tables);
    (briefing, diagnostics)
}

/// A plain page. Arguments as for [`briefing`].
#[must_use]
pub fn page(
    file: &Arc<str>,
    stem: &str,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<PlainPage>, Vec<Diagnostic>) {
    let article = File { path: file, stem, config: options.config, body };
    read(file, text, split, options, |table| pages::PageKeys::read(table).into_page(article))
}

/// `content/index.md`: a page with the id [`HOME_ID`]. Its title may be empty. It has no `slug` and
/// no `aliases`.
#[must_use]
pub fn home(
    file: &Arc<str>,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<PlainPage>, Vec<Diagnostic>) {
    let article = File { path: file, stem: HOME_ID, config: options.config, body };
    read(file, text, split, options, |table| pages::HomeKeys::read(table).into_page(article))
}

/// A record in `content/neighbourhoods/`. Arguments as for [`briefing`].
#[must_use]
pub fn neighbourhood(
    file: &Arc<str>,
    stem: &str,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<NeighbourhoodRecord>, Vec<Diagnostic>) {
    let article = File { path: file, stem, config: options.config, body };
    read(file, text, split, options, |table| records::NeighbourhoodKeys::read(table).into_record(article))
}

/// A record in `content/sources/`. Arguments as for [`briefing`].
#[must_use]
pub fn source(
    file: &Arc<str>,
    stem: &str,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<SourceRecord>, Vec<Diagnostic>) {
    let article = File { path: file, stem, config: options.config, body };
    read(file, text, split, options, |table| records::SourceKeys::read(table).into_record(article))
}

/// A record in `content/events/`. Arguments as for [`briefing`].
#[must_use]
pub fn event(
    file: &Arc<str>,
    stem: &str,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<EventRecord>, Vec<Diagnostic>) {
    let article = File { path: file, stem, config: options.config, body };
    read(file, text, split, options, |table| records::EventKeys::read(table).into_record(article))
}

/// The translation `file` of the file `of` into `language`.
///
/// None if `language` is not one of the site's, or is its default.
#[must_use]
pub fn translation(
    file: &Arc<str>,
    of: &Arc<str>,
    language: &str,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<Translation>, Vec<Diagnostic>) {
    let name = translation::TranslationFile { path: file, of, language, config: options.config };
    read(file, text, split, options, |table| translation::read(table, &name, body))
}

fn read<T>(
    file: &str,
    text: &str,
    split: &Split<'_>,
    options: &FrontOptions<'_>,
    read: impl FnOnce(UnreadTable<'_>) -> Option<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    let toml = split.front_at..split.front_at + split.front.len();
    let mut toml = TomlText::new(file, without_bom(text), toml);
    for table in options.tables {
        let text = table.text.as_deref().unwrap_or_default();
        toml = toml.with_included(&table.path, text, table.start);
    }
    toml.read(FIRST_LINE, &options.config.timezone, read)
}

#[cfg(test)]
mod tests;
