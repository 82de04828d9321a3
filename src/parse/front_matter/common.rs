//! What several kinds of articles share: ids, redirects, names, words.

use std::collections::BTreeMap;

use super::{HOME_ID, Source, first_line};
use crate::config::Config;
use crate::diag::{Code, Spanned, did_you_mean};
use crate::model::{ArticleBase, Extra, Name, Naming, UNATTRIBUTED, Word};
use crate::paths::{Id, OutPath, slugify};
use crate::toml::{Reader, Shape, shown};

/// One of the words of a closed list.
pub(super) fn word<W: Word>(reader: &mut Reader<'_>, key: &'static str) -> Option<Spanned<W>> {
    reader.one_of(key, W::ALL.iter().map(|value| (value.word(), *value)))
}

/// The value alone, of text that may be absent.
pub(super) fn line(reader: &mut Reader<'_>, key: &'static str) -> Option<Box<str>> {
    reader.line(key).map(|line| line.value)
}

/// The value alone, of text that may be absent.
pub(super) fn text(reader: &mut Reader<'_>, key: &'static str) -> Option<Box<str>> {
    reader.text(key).map(|text| text.value)
}

pub(super) fn names(reader: &mut Reader<'_>, key: &'static str) -> Vec<Name> {
    reader.names(key).unwrap_or_default()
}

pub(super) fn texts(reader: &mut Reader<'_>, key: &'static str) -> Vec<Box<str>> {
    reader.texts(key).unwrap_or_default()
}

/// Names of sources that have or get a page; "unattributed" is none.
pub(super) fn source_names(reader: &mut Reader<'_>, key: &'static str) -> Vec<Name> {
    let mut sources = names(reader, key);
    sources.retain(|name| {
        let is_source = slugify(&name.value) != UNATTRIBUTED;
        if !is_source {
            let message = format!("\"{UNATTRIBUTED}\" stands for no source, and cannot be in `{key}`");
            let help = "it can only be the `source` of a claim; remove it here".to_owned();
            reader.error(Code::RESERVED_SOURCE, name.span, message, "reserved", help);
        }
        is_source
    });
    sources
}

/// The keys that every article has, but for the body.
pub(super) struct Base {
    pub id: Option<Spanned<Id>>,
    pub title: Option<Spanned<Box<str>>>,
    pub summary: Option<Box<str>>,
    pub aliases: Vec<Spanned<OutPath>>,
    pub extra: Extra,
}

impl Base {
    /// `None` if there is no id or no title.
    pub(super) fn with_body(self, source: Source<'_>) -> Option<ArticleBase> {
        let id = self.id?;
        let title = self.title?;
        Some(ArticleBase {
            file: source.file.clone(),
            id: id.value,
            id_span: id.span,
            title: title.value,
            title_span: title.span,
            summary: self.summary,
            aliases: self.aliases,
            extra: self.extra,
            body: source.body,
        })
    }
}

/// The id of an article that is always named after its file.
pub(super) fn id_from_stem(reader: &Reader<'_>, source: &Source<'_>) -> Option<Spanned<Id>> {
    id_of_stem(reader, source, "rename the file").map(|id| Spanned::new(id, first_line()))
}

/// The id of an article that may have a `slug`.
pub(super) fn id_from_slug(reader: &mut Reader<'_>, source: &Source<'_>) -> Option<Spanned<Id>> {
    let Some(slug) = reader.line("slug") else {
        let is_refused = reader.has_content("slug");
        let id = if is_refused {
            None
        } else {
            id_of_stem(reader, source, "rename the file, or write slug = \"…\"")
        };
        return id.map(|id| Spanned::new(id, first_line()));
    };
    let id = reader.id_from("`slug`", &slug)?.value;
    if let Some(reason) = why_taken(source, &id) {
        let message = format!("\"{id}\" cannot be `slug`: {reason}");
        reader.error(Code::BAD_ID, slug.span, message, "reserved", "choose another");
        return None;
    }
    Some(Spanned::new(id, slug.span))
}

fn id_of_stem(reader: &Reader<'_>, source: &Source<'_>, help: &str) -> Option<Id> {
    let id = Id::from_name(source.stem).map_err(|error| error.to_string());
    let id = id.and_then(|id| why_taken(source, &id).map_or(Ok(id), |reason| Err(reason.to_owned())));
    id.inspect_err(|reason| {
        let message = format!("the name of the file, \"{}\", cannot be an id: {reason}", shown(source.stem));
        reader.error_of_file(Code::BAD_ID, message, help);
    })
    .ok()
}

/// Languages have folders, and the home page an id, that no article may take.
fn why_taken(source: &Source<'_>, id: &Id) -> Option<&'static str> {
    if source.config.has_language(id.as_str()) {
        Some("it is a language of this site")
    } else if id.as_str() == HOME_ID {
        Some("it is the home page, content/index.md")
    } else {
        None
    }
}

/// Paths that get a redirect stub.
pub(super) fn aliases(reader: &mut Reader<'_>) -> Vec<Spanned<OutPath>> {
    let aliases = names(reader, "aliases");
    aliases.into_iter().filter_map(|path| alias(reader, &path)).collect()
}

fn alias(reader: &Reader<'_>, path: &Name) -> Option<Spanned<OutPath>> {
    match checked_alias(&path.value) {
        Ok(alias) => Some(Spanned::new(alias, path.span)),
        Err(fault) => {
            let bare = path.value.trim_matches('/');
            let help = [bare.to_owned(), format!("{bare}.html"), format!("{bare}/index.html")]
                .into_iter()
                .find(|better| checked_alias(better).is_ok())
                .map_or_else(
                    || "write a path such as \"old/page.html\"".to_owned(),
                    |better| format!("write \"{better}\""),
                );
            let message = format!("the alias \"{}\" {fault}", shown(&path.value));
            reader.error(Code::BAD_PATH, path.span, message, "no path for a redirect", help);
            None
        }
    }
}

fn checked_alias(path: &str) -> Result<OutPath, String> {
    let alias = OutPath::new(path)?;
    if path.ends_with(".html") { Ok(alias) } else { Err("does not end in .html".to_owned()) }
}

/// `names` and `spellings` of a record.
pub(super) fn naming(reader: &mut Reader<'_>, config: &Config) -> Naming {
    let names = names_by_language(reader, config);
    let spellings = reader.names("spellings").unwrap_or_default();
    Naming { names, spellings }
}

fn names_by_language(reader: &mut Reader<'_>, config: &Config) -> BTreeMap<Box<str>, Name> {
    let mut names = BTreeMap::new();
    for (language, name) in reader.entries("names", Shape::Line) {
        if config.has_language(&language.value) {
            names.insert(language.value, name);
        } else {
            tell_no_language(reader, &language, config);
        }
    }
    names
}

fn tell_no_language(reader: &Reader<'_>, language: &Name, config: &Config) {
    let shown = shown(&language.value);
    let message = format!("`{shown}` is not a language of this site");
    let listed = config.languages.iter().map(|code| &**code);
    let help = match did_you_mean(&language.value, listed) {
        Some(near) if language.value.to_lowercase() == near => format!("write `{near}`"),
        _ => format!("add \"{shown}\" to `languages` in site.toml, or remove the name"),
    };
    reader.error(Code::UNKNOWN_LANGUAGE, language.span, message, "not in `languages`", help);
}
