//! The TOML between `+++` lines, typed.
//!
//! Owns the keys of every kind of article, their types and what must hold between them within
//! one file. Does not read Markdown, resolves no reference to another file, and knows no clock.
//!
//! Invariant: all faults of a file are told in one run. Where an article comes with an error,
//! it holds what could be read, so that later stages find their own faults; it must not be
//! published.

mod briefing;
mod claim;
mod common;
mod correction;
mod figure;
mod records;
mod split;
mod translation;

use std::sync::Arc;

use crate::config::Config;
use crate::diag::{Diagnostic, Span};
use crate::model::{Body, Briefing, EventRecord, NeighbourhoodRecord, PlainPage, SourceRecord, Translation};
use crate::toml::{Document, Reader, without_bom};

pub use split::{Split, split};

/// What front matter is checked against.
#[derive(Clone, Copy, Debug)]
pub struct FrontOptions<'a> {
    pub config: &'a Config,
}

/// The id of the home page, whose file is `content/index.md`; no other page can have it.
pub const HOME_ID: &str = "home";

/// What each kind's reader gets.
struct Source<'a> {
    file: &'a Arc<str>,
    /// The file stem, or the name of the folder for `FOLDER/index.md`.
    stem: &'a str,
    config: &'a Config,
    body: Body,
}

/// A briefing.
///
/// `file` is relative to the root of the site; `stem` is the file stem, or the folder's name for
/// `FOLDER/index.md`; `text` is the whole file that `split` was made from, and `body` what its Markdown
/// gave. `None` where the id,
/// the title or the date cannot be told.
#[must_use]
pub fn briefing(
    file: &Arc<str>,
    stem: &str,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<Briefing>, Vec<Diagnostic>) {
    let source = Source { file, stem, config: options.config, body };
    read(file, text, split, "a briefing", |reader| briefing::read(reader, source))
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
    let source = Source { file, stem, config: options.config, body };
    read(file, text, split, "a page", |reader| records::page(reader, source))
}

/// `content/index.md`: a page with the id [`HOME_ID`], whose title may be missing (and is then
/// empty). It has no `slug` and no `aliases`.
#[must_use]
pub fn home(
    file: &Arc<str>,
    text: &str,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<PlainPage>, Vec<Diagnostic>) {
    let source = Source { file, stem: HOME_ID, config: options.config, body };
    read(file, text, split, "the home page", |reader| records::home(reader, source))
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
    let source = Source { file, stem, config: options.config, body };
    read(file, text, split, "a neighbourhood", |reader| records::neighbourhood(reader, source))
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
    let source = Source { file, stem, config: options.config, body };
    read(file, text, split, "a source", |reader| records::source(reader, source))
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
    let source = Source { file, stem, config: options.config, body };
    read(file, text, split, "an event", |reader| records::event(reader, source))
}

/// The translation `file` of the file `of` into `language`.
///
/// `None` where `language` is not one of the site's, or is its default.
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
    let names = translation::Names { file, of, language, config: options.config };
    read(file, text, split, "a translation", |reader| translation::read(reader, &names, body))
}

fn read<T>(
    file: &str,
    text: &str,
    split: &Split<'_>,
    noun: &'static str,
    read: impl FnOnce(&mut Reader<'_>) -> Option<T>,
) -> (Option<T>, Vec<Diagnostic>) {
    let toml = split.front_at..split.front_at + split.front.len();
    let document = Document::new(file, without_bom(text), toml);
    document.read(noun, split::OPENING, read)
}

/// Where to point for what stands nowhere in a file: its first line.
fn first_line() -> Span {
    split::OPENING
}

#[cfg(test)]
mod tests;
