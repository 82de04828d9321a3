//! `new translation FILE LANGUAGE`: a translation with a key for every text of its original.
//!
//! Invariant: a text that holds a private word is not copied into another file; nothing is written then.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::new_file::{already_there, faults_of_settings, moment, refuse, write_and_say};
use super::translation_skeleton::Skeleton;
use crate::cli::args::absolute;
use crate::cli::session::{EXIT_SETUP, Session};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::engine::{self, BuildOptions};
use crate::model::Article;
use crate::parse;
use crate::parse::front_matter::split;
use crate::sources::{ArticleFile, Role, SourceSet, Store};
use crate::time::DayOrMoment;
use crate::toml::shown;

/// Writes `NAME.LANGUAGE.md` next to `file`, which is relative to the current folder or to the root of the site.
pub fn write(root: &Path, file: &str, language: &str, now: DayOrMoment, session: &Session) -> io::Result<u8> {
    let store = Store::Disk(absolute(root.to_owned()));
    // Drafts are translated too.
    let options = BuildOptions { store, now, as_of: None, drafts: true, base_url: None };
    let (prepared, diagnostics) = engine::prepare(&options);
    let Some(prepared) = prepared else {
        session.report(&diagnostics)?;
        return Ok(EXIT_SETUP);
    };
    let faults = faults_of_settings(diagnostics.clone());
    if !faults.is_empty() {
        session.report(&faults)?;
        return Ok(EXIT_SETUP);
    }
    let language = &*language.to_ascii_lowercase();
    let sources = &prepared.sources;
    let original = match find_original(sources, root, file, language) {
        Ok(original) => original,
        Err(refused) => return refuse(*refused, session),
    };
    let parsed = parse::article(&original, &sources.config);
    let (Some(article), Ok(parts)) = (parsed.article, split(&original.path, &original.text)) else {
        session.report(&diagnostics)?;
        return Ok(EXIT_SETUP);
    };
    if matches!(&article, Article::Source(record) if record.protected) {
        let help = "it has no page; readers see only its `label`";
        return refuse(*no_original("a protected source cannot be translated", help.to_owned()), session);
    }
    let skeleton =
        Skeleton::of(&article, stem(&original.path), parts.body, moment(now, &sources.config.timezone));
    if prepared.has_private_words_in(&original.path, skeleton.copied.as_bytes()) {
        return refuse(private_words(&original.path), session);
    }
    let name = translation_of(&original.path, language);
    let next =
        "next: write the translations between the quotes; what stays empty is shown as in the original";
    write_and_say(root, &name, &skeleton.text, next, session)
}

/// The name of the file without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}

/// The original, with its text.
fn find_original(
    sources: &SourceSet,
    root: &Path,
    file: &str,
    language: &str,
) -> Result<ArticleFile, Box<Diagnostic>> {
    check_language(sources, language)?;
    let paths = [path_within(root, file), Some(file.trim_start_matches("./").replace('\\', "/"))];
    let Some(original) = paths.iter().flatten().find_map(|path| sources.article_with_text(path)) else {
        return Err(no_such_article(sources, file));
    };
    let path = &original.path;
    if let Role::Translation { of, .. } = &original.role {
        let help = format!("write bulletin new translation {of} {language}");
        return Err(no_original(&format!("{path} is a translation itself"), help));
    }
    let is_there = |article: &&Arc<ArticleFile>| matches!(&article.role, Role::Translation { of, language: own } if of == path && own == language);
    match sources.articles.iter().find(is_there) {
        Some(translation) => Err(Box::new(already_there(&translation.path))),
        None => Ok(original),
    }
}

fn check_language(sources: &SourceSet, language: &str) -> Result<(), Box<Diagnostic>> {
    let config = &sources.config;
    let shown = shown(language);
    let (code, message, help) = if !config.has_language(language) {
        let message = format!("\"{shown}\" is not a language of this site");
        let listed = config.languages.join(" and ");
        let help = format!("add \"{shown}\" to `languages` in site.toml, which has {listed}");
        (Code::UNKNOWN_LANGUAGE, message, help)
    } else if *config.language == *language {
        let message = format!("\"{shown}\" is the site's own language");
        (Code::DEFAULT_LANGUAGE, message, "its text belongs in the original".to_owned())
    } else {
        return Ok(());
    };
    Err(Box::new(Diagnostic::error(code, message).help(help)))
}

/// Relative to the root of the site, for a file that is relative to the current folder.
fn path_within(root: &Path, file: &str) -> Option<String> {
    let root = absolute(root.to_owned());
    let file = absolute(PathBuf::from(file));
    Some(file.strip_prefix(root).ok()?.to_str()?.replace('\\', "/"))
}

fn no_original(message: &str, help: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(Code::NO_ORIGINAL, message).help(help))
}

fn no_such_article(sources: &SourceSet, file: &str) -> Box<Diagnostic> {
    let public = sources.articles.iter().map(|article| &*article.path);
    let public = public.filter(|path| path.starts_with("content/"));
    let help = match did_you_mean(file, public) {
        Some(near) => format!("did you mean {near}?"),
        None => "write the path of the original, as in content/briefings/FILE.md".to_owned(),
    };
    no_original(&format!("{} is not an article of this site", shown(file)), help)
}

fn private_words(path: &str) -> Diagnostic {
    let message = format!("{path} holds private words, which must not get into another file");
    Diagnostic::error(Code::REDACTED_WORD, message)
        .help("remove them first; `bulletin build` reports each with its place")
}

fn translation_of(path: &str, language: &str) -> String {
    format!("{}.{language}.md", path.trim_end_matches(".md"))
}
