//! `new KIND TITLE`: an article with its keys, most of them empty.

use std::io;
use std::path::Path;

use super::new_file::{faults_of_settings, moment, refuse, write_and_say};
use super::request::NewKind;
use crate::cli::args::absolute;
use crate::cli::session::{EXIT_SETUP, Session};
use crate::config::SourceKind;
use crate::diag::{Code, Diagnostic};
use crate::engine::{self, BuildOptions, WrittenSite};
use crate::model::{Article, Naming, UNATTRIBUTED};
use crate::parse::front_matter::HOME_ID;
use crate::paths::{Id, fold_name};
use crate::sources::Store;
use crate::time::{DayOrMoment, Moment};
use crate::toml::{Word, shown};

/// Writes the article, named after its title and dated `now`.
pub fn write(root: &Path, kind: NewKind, title: &str, now: DayOrMoment, session: &Session) -> io::Result<u8> {
    let id = match id_of(title) {
        Ok(id) => id,
        Err(refused) => return refuse(refused, session),
    };
    let store = Store::Disk(absolute(root.to_owned()));
    let options = BuildOptions { store, now, as_of: None, drafts: true, base_url: None };
    let (site, diagnostics) = engine::written(&options);
    let Some(site) = site else {
        session.report(&diagnostics)?;
        return Ok(EXIT_SETUP);
    };
    let faults = faults_of_settings(diagnostics);
    if !faults.is_empty() {
        session.report(&faults)?;
        return Ok(EXIT_SETUP);
    }
    match refusal(&site, kind, title, &id) {
        Some(refused) => refuse(refused, session),
        None => {
            let date = moment(now, &site.config.timezone);
            write_and_say(root, &path(kind, &id), &text(kind, title, date), next(kind), session)
        }
    }
}

/// Why the site can have no such article.
fn refusal(site: &WrittenSite, kind: NewKind, title: &str, id: &Id) -> Option<Diagnostic> {
    if let Some(why) = why_taken(site, kind, id) {
        let message = format!("the {} would have the id \"{id}\", but {why}", kind.word());
        let help = "give a title with other words; it can be changed in the file";
        return Some(Diagnostic::error(Code::BAD_ID, message).help(help));
    }
    if site.has_private_words_in(title) {
        let message = "the title holds a private word, or a name of a protected source";
        let help =
            "write a label instead of the name; a record of a protected source belongs in private/sources/";
        return Some(Diagnostic::error(Code::REDACTED_WORD, message).help(help));
    }
    let file = record_of_name(site, kind, title)?;
    // The very path is reported when the file is written.
    if file == path(kind, id) {
        return None;
    }
    let message = format!("\"{}\" is already a name of {}", shown(title), holder(file));
    let help = format!(
        "write into that file; if another {} is meant, give it a title that says which, and name each under `not` of the other",
        kind.word()
    );
    let help = if kind == NewKind::Neighbourhood { help } else { "write into that file".to_owned() };
    Some(Diagnostic::error(Code::NAME_CLAIMED_TWICE, message).help(help))
}

/// What messages call a file: the name of a protected record's file is not printed.
fn holder(file: &str) -> &str {
    if file.starts_with("private/") { "a record in private/" } else { file }
}

fn id_of(title: &str) -> Result<Id, Diagnostic> {
    let id = if title.chars().any(char::is_control) {
        Err("it holds a control character".to_owned())
    } else {
        Id::from_name(title).map_err(|error| error.to_string())
    };
    id.map_err(|why| {
        Diagnostic::error(Code::BAD_ID, format!("no file can be named after this title: {why}"))
            .help("give a title with other words; it can be changed in the file")
    })
}

/// Relative to the root of the site.
fn path(kind: NewKind, id: &Id) -> String {
    let folder = match kind {
        NewKind::Briefing => "briefings/",
        NewKind::Neighbourhood => "neighbourhoods/",
        NewKind::Source => "sources/",
        NewKind::Event => "events/",
        NewKind::Page => "",
    };
    format!("content/{folder}{id}.md")
}

fn text(kind: NewKind, title: &str, date: Moment) -> String {
    let template = match kind {
        NewKind::Briefing => include_str!("starter/new-briefing.md"),
        NewKind::Neighbourhood => include_str!("starter/new-neighbourhood.md"),
        NewKind::Source => include_str!("starter/new-source.md"),
        NewKind::Event => include_str!("starter/new-event.md"),
        NewKind::Page => include_str!("starter/new-page.md"),
    };
    let kinds: Vec<&str> = SourceKind::ALL.iter().map(|kind| kind.word()).collect();
    template
        .replace("{date}", &date.to_string())
        .replace("{kinds}", &kinds.join(" "))
        // Last, since a title may contain `{date}`.
        .replace("{title}", &toml::Value::String(title.to_owned()).to_string())
}

fn next(kind: NewKind) -> &'static str {
    match kind {
        NewKind::Briefing => "next: fill in `text` and `source` of its claim, or delete the claim",
        NewKind::Neighbourhood | NewKind::Source | NewKind::Event => {
            "next: fill in what is known; what stays empty counts as missing"
        }
        NewKind::Page => "next: write its text below the front matter",
    }
}

/// Why no new article can have the id.
fn why_taken(site: &WrittenSite, kind: NewKind, id: &Id) -> Option<String> {
    if site.config.has_language(id.as_str()) {
        return Some("that is a language of this site".to_owned());
    }
    if id.as_str() == HOME_ID {
        return Some("that is the home page, content/index.md".to_owned());
    }
    if kind == NewKind::Source && id.as_str() == UNATTRIBUTED {
        return Some("that means no source".to_owned());
    }
    // The very path is reported when the file is written.
    let path = path(kind, id);
    let of_same_id = site.articles.iter().find(|article| has_id(article, kind, id));
    let file = of_same_id.map(Article::file).filter(|file| *file != path)?;
    Some(format!("{} has it", holder(file)))
}

/// The file of the record that already goes by a name.
fn record_of_name<'s>(site: &'s WrittenSite, kind: NewKind, name: &str) -> Option<&'s str> {
    let name = fold_name(name);
    let of_kind = site.articles.iter().filter(|article| naming_of(article, kind).is_some());
    let of_name = of_kind.filter(|record| {
        names_of(record, kind).chain(translated_titles(site, record)).any(|other| fold_name(other) == name)
    });
    of_name.map(Article::file).next()
}
fn has_id(article: &Article, kind: NewKind, id: &Id) -> bool {
    match (article, kind) {
        (Article::Briefing(article), NewKind::Briefing) => article.id == *id,
        (Article::Neighbourhood(record), NewKind::Neighbourhood) => record.id == *id,
        (Article::Source(record), NewKind::Source) => record.id == *id,
        (Article::Event(record), NewKind::Event) => record.id == *id,
        (Article::Page(page), NewKind::Page) => page.id == *id,
        _ => false,
    }
}

/// The names of a record of this kind.
fn naming_of(article: &Article, kind: NewKind) -> Option<&Naming> {
    match (article, kind) {
        (Article::Neighbourhood(record), NewKind::Neighbourhood) => Some(&record.naming),
        (Article::Source(record), NewKind::Source) => Some(&record.naming),
        (Article::Event(record), NewKind::Event) => Some(&record.naming),
        _ => None,
    }
}

fn names_of(record: &Article, kind: NewKind) -> impl Iterator<Item = &str> {
    let naming = naming_of(record, kind);
    let others = naming.into_iter().flat_map(|naming| naming.names.values().chain(&naming.spellings));
    let (title, short) = match record {
        Article::Neighbourhood(record) => (Some(&*record.title), None),
        Article::Source(record) => (Some(&*record.title), record.short.as_deref()),
        Article::Event(record) => (Some(&*record.title), None),
        _ => (None, None),
    };
    title.into_iter().chain(short).chain(others.map(|name| &*name.value))
}

fn translated_titles<'s>(site: &'s WrittenSite, record: &Article) -> impl Iterator<Item = &'s str> {
    site.articles.iter().filter_map(move |article| match article {
        Article::Translation(translation) if *translation.of == *record.file() => {
            translation.title.as_deref()
        }
        _ => None,
    })
}
