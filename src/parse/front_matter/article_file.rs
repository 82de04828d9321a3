//! The file that an article comes from, and the id that it gives the article.

use std::sync::Arc;

use super::split::OPENING;
use crate::config::Config;
use crate::diag::{Code, Span, Spanned};
use crate::model::{ArticleBase, Body, Extra};
use crate::paths::{Id, OutPath};
use crate::toml::{TomlTable, shown};

/// The id of the home page, whose file is `content/index.md`. No other page can have it.
pub const HOME_ID: &str = "home";

/// Where to point for what a file does not say: its first line.
pub(super) const FIRST_LINE: Span = OPENING;

pub(super) struct File<'a> {
    /// Relative to the root of the site, forward slashes.
    pub path: &'a Arc<str>,
    /// The file stem, or the name of the folder for `FOLDER/index.md`.
    pub stem: &'a str,
    pub config: &'a Config,
    pub body: Body,
}

/// What every article has, except for its file and body.
pub(super) struct Base {
    pub id: Option<Spanned<Id>>,
    pub title: Option<Spanned<Box<str>>>,
    pub summary: Option<Box<str>>,
    pub aliases: Vec<Spanned<OutPath>>,
    pub extra: Extra,
}

impl Base {
    /// None if there is no id or no title.
    pub(super) fn of(self, file: File<'_>) -> Option<ArticleBase> {
        let id = self.id?;
        let title = self.title?;
        Some(ArticleBase {
            file: file.path.clone(),
            id: id.value,
            id_span: id.span,
            title: title.value,
            title_span: title.span,
            summary: self.summary,
            aliases: self.aliases,
            extra: self.extra,
            body: file.body,
        })
    }
}

impl File<'_> {
    /// The id of an article that is always named after its file.
    pub(super) fn id(&self, table: &TomlTable<'_>) -> Option<Spanned<Id>> {
        self.id_of_stem(table, "rename the file")
    }

    /// The id of an article that may have a `slug`.
    pub(super) fn id_or_slug(&self, table: &TomlTable<'_>, slug: Option<Spanned<Id>>) -> Option<Spanned<Id>> {
        let Some(slug) = slug else {
            let is_refused = table.has("slug");
            return if is_refused {
                None
            } else {
                self.id_of_stem(table, "rename the file, or write slug = \"…\"")
            };
        };
        if let Some(reason) = self.why_taken(&slug.value) {
            let message = format!("\"{}\" cannot be `slug`: {reason}", slug.value);
            table.error(Code::BAD_ID, slug.span, message, "reserved", "choose another");
            return None;
        }
        Some(slug)
    }

    fn id_of_stem(&self, table: &TomlTable<'_>, help: &str) -> Option<Spanned<Id>> {
        let id = Id::from_name(self.stem).map_err(|error| error.to_string());
        let id = id.and_then(|id| self.why_taken(&id).map_or(Ok(id), |reason| Err(reason.to_owned())));
        id.inspect_err(|reason| {
            let stem = shown(self.stem);
            let message = format!("the name of the file, \"{stem}\", cannot be an id: {reason}");
            table.error_of_file(Code::BAD_ID, message, help);
        })
        .ok()
        .map(|id| Spanned::new(id, FIRST_LINE))
    }

    /// Why no article can have the id: languages have folders, and the home page has an id.
    fn why_taken(&self, id: &Id) -> Option<&'static str> {
        if self.config.has_language(id.as_str()) {
            Some("it is a language of this site")
        } else if id.as_str() == HOME_ID {
            Some("it is the home page, content/index.md")
        } else {
            None
        }
    }
}
