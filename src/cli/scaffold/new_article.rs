//! `new KIND TITLE`: an article with its keys, most of them empty.

use std::io;
use std::path::Path;

use super::new_file::{moment, refuse, write_and_say};
use super::request::NewKind;
use crate::cli::args::absolute;
use crate::cli::session::Session;
use crate::config::{Config, SourceKind};
use crate::diag::{Code, Diagnostic};
use crate::engine::{self, BuildOptions};
use crate::model::{Article, UNATTRIBUTED};
use crate::parse;
use crate::parse::front_matter::HOME_ID;
use crate::paths::Id;
use crate::sources::{self, SourceSet, Store};
use crate::time::{DayOrMoment, Moment};
use crate::toml::Word;

/// Writes the article, named after its title and dated `now`.
pub fn write(root: &Path, kind: NewKind, title: &str, now: DayOrMoment, session: &Session) -> io::Result<u8> {
    let id = match id_of(title) {
        Ok(id) => id,
        Err(refused) => return refuse(refused, session),
    };
    let site = ExistingSite::load(root);
    if let Some(why) = site.why_taken(kind, &id) {
        let message = format!("the {} would have the id \"{id}\", but {why}", kind.word());
        let help = "give a title with other words; it can be changed in the file";
        return refuse(Diagnostic::error(Code::BAD_ID, message).help(help), session);
    }
    if holds_private_words(root, title, now) {
        let message = "the title holds a private word, or a name of a protected source";
        let help =
            "write a label instead of the name; a record of a protected source belongs in private/sources/";
        return refuse(Diagnostic::error(Code::REDACTED_WORD, message).help(help), session);
    }
    let date = moment(now, &site.config.timezone);
    write_and_say(root, &path(kind, &id), &text(kind, title, date), next(kind), session)
}

/// Of a site that cannot be prepared, nothing is known that is private but its list.
fn holds_private_words(root: &Path, title: &str, now: DayOrMoment) -> bool {
    let store = Store::Disk(absolute(root.to_owned()));
    let options = BuildOptions { store, now, as_of: None, drafts: true, base_url: None };
    let by_list = || sources::private_words(root).masked(title) != title;
    engine::prepare(&options)
        .0
        .map_or_else(by_list, |prepared| prepared.has_private_words_in("", title.as_bytes()))
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

/// What is there already.
struct ExistingSite {
    config: Config,
    articles: Vec<Article>,
}

impl ExistingSite {
    /// With faults in the site, what can be read of it.
    fn load(root: &Path) -> Self {
        let (loaded, _) = SourceSet::load_each(Store::Disk(root.to_owned()), None, |config, file| {
            let article = parse::article(&file, config).article;
            (file.without_text(), article)
        });
        let Some(loaded) = loaded else { return Self { config: Config::default(), articles: Vec::new() } };
        let articles = loaded.results.into_iter().flatten().flatten().collect();
        Self { config: loaded.set.config, articles }
    }

    /// Why no new article can have the id.
    fn why_taken(&self, kind: NewKind, id: &Id) -> Option<String> {
        if self.config.has_language(id.as_str()) {
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
        let of_same_id = self.articles.iter().find(|article| has_id(article, kind, id));
        let file = of_same_id.map(Article::file).filter(|file| *file != path)?;
        // The name of a protected record's file is not printed.
        let holder = if file.starts_with("private/") { "a record in private/" } else { file };
        Some(format!("{holder} has it"))
    }
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
