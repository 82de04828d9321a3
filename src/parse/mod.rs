//! One file to one typed article: bytes in, values and diagnostics out.

pub mod city_map;
pub mod front_matter;
mod geometry_file;
pub mod markdown;
pub mod opening_heading;
pub mod outline;
pub mod unowned_numbers;

use std::sync::Arc;

use crate::bidi::direction_of;
use crate::config::{Config, HtmlPolicy};
use crate::diag::{Code, Diagnostic, PlaceIndex};
use crate::model::{Article, Body, UnownedNumber};
use crate::sources::{ArticleFile, Role, merge_conflict, secret_key};
use crate::toml::FileKind;
use front_matter::{FrontOptions, Split};
use markdown::{MarkdownOptions, RawHtml};

/// Every kind of file that people write in TOML, with all its keys.
pub fn file_kinds() -> impl Iterator<Item = FileKind> {
    let [site, theme] = crate::config::FILE_KINDS;
    [site].into_iter().chain(front_matter::FILE_KINDS).chain([theme])
}

/// The result of parsing one file.
pub struct ParsedArticle {
    /// `None` if the front matter cannot be read.
    pub article: Option<Article>,
    /// The article may lack claims that the file has.
    pub is_broken: bool,
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses one file into one article.
#[must_use]
pub fn article(file: &ArticleFile, config: &Config) -> ParsedArticle {
    let refused =
        secret_key(&file.path, file.text.as_bytes()).or_else(|| merge_conflict(&file.path, &file.text));
    if let Some(refused) = refused {
        return ParsedArticle { article: None, is_broken: true, diagnostics: vec![refused] };
    }
    let split = match front_matter::split(&file.path, &file.text) {
        Ok(split) => split,
        Err(diagnostic) => {
            return ParsedArticle { article: None, is_broken: true, diagnostics: vec![*diagnostic] };
        }
    };
    let raw_html = match config.html {
        HtmlPolicy::Escape => RawHtml::Escape,
        HtmlPolicy::Sanitise => RawHtml::Sanitise,
    };
    let people_counts = matches!(file.role, Role::Briefing { .. });
    let language = match &file.role {
        Role::Translation { language, .. } => language.as_str(),
        _ => &*config.language,
    };
    let options = MarkdownOptions { raw_html, people_counts, direction: direction_of(language) };
    let parsed = markdown::parse(&file.path, &file.text, split.body_at, &options);
    let (mut article, mut diagnostics) =
        with_front_matter(file, &split, parsed.body, &FrontOptions { config, tables: &file.tables });
    let is_broken = article.is_none() || diagnostics.iter().any(may_hide_claims);
    diagnostics.extend(parsed.diagnostics);
    if let Some(heading) = &parsed.opening_heading {
        let title = article.as_ref().and_then(Article::title);
        diagnostics.extend(opening_heading::check(&file.path, &file.text, split.body_at, heading, title));
    }
    if let Some(Article::Briefing(briefing)) = &mut article {
        let unowned = unowned_numbers::unowned(&parsed.people_counts, split.body_at, briefing);
        if briefing.repeats.is_empty() {
            diagnostics.extend(unowned_warnings(file, &unowned));
        } else {
            Arc::make_mut(briefing).unowned_numbers = unowned;
        }
    }
    ParsedArticle { article, is_broken, diagnostics }
}

fn unowned_warnings(file: &ArticleFile, unowned: &[UnownedNumber]) -> Vec<Diagnostic> {
    if unowned.is_empty() {
        return Vec::new();
    }
    let index = PlaceIndex::new(&file.text);
    let warning = |number: &UnownedNumber| {
        unowned_numbers::warning(number, index.place(&file.path, &file.text, number.span))
    };
    unowned.iter().map(warning).collect()
}

/// A part of the front matter could not be read, or a claim was left out.
fn may_hide_claims(diagnostic: &Diagnostic) -> bool {
    const CODES: [Code; 19] = [
        Code::TOO_MANY_ITEMS,
        Code::TOML_SYNTAX,
        Code::DUPLICATE_KEY,
        Code::MISSING_KEY,
        Code::UNKNOWN_KEY,
        Code::WRONG_TYPE,
        Code::EMPTY_TEXT,
        Code::BAD_ID,
        Code::RESERVED_SOURCE,
        Code::COMMENT_IN_TEXT,
        Code::BAD_NUMBER,
        Code::BAD_DATE,
        Code::EMPTY_CELL,
        Code::EMPTY_TABLE,
        Code::UNEVEN_ROW,
        Code::OPEN_QUOTE,
        Code::UNKNOWN_COLUMN,
        Code::AMBIGUOUS_COLUMN,
        Code::MISSING_FILE,
    ];
    CODES.contains(&diagnostic.code)
}

fn with_front_matter(
    file: &ArticleFile,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<Article>, Vec<Diagnostic>) {
    macro_rules! article {
        ($kind:ident, $read:expr) => {{
            let (article, diagnostics) = $read;
            (article.map(|article| Article::$kind(Arc::new(article))), diagnostics)
        }};
    }
    let path = &file.path;
    let text = file.text.as_str();
    match &file.role {
        Role::Home => article!(Page, front_matter::home(path, text, split, body, options)),
        Role::Page { stem } => article!(Page, front_matter::page(path, stem, text, split, body, options)),
        Role::Briefing { stem } => {
            article!(Briefing, front_matter::briefing(path, stem, text, split, body, options))
        }
        Role::Neighbourhood { stem } => {
            article!(Neighbourhood, front_matter::neighbourhood(path, stem, text, split, body, options))
        }
        Role::Source { stem } => {
            article!(Source, front_matter::source(path, stem, text, split, body, options))
        }
        Role::Event { stem } => article!(Event, front_matter::event(path, stem, text, split, body, options)),
        Role::Translation { of, language } => {
            article!(Translation, front_matter::translation(path, of, language, text, split, body, options))
        }
    }
}
