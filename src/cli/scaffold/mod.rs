//! `init` and `new`: files to begin with.
//!
//! Invariant: a file that is there is never written to.

mod new_article;
pub mod new_file;
mod new_theme;
mod new_translation;
mod request;
mod translation_skeleton;

use std::io;
use std::path::Path;

use super::args::ForgeName;
use super::session::Session;
use crate::diag::{Code, Diagnostic};
use crate::schema;
use crate::sources::{self, cannot_write};
use crate::time::{DayOrMoment, Zone};
use new_file::{moment, refuse, write_all_new, write_new};
pub use new_theme::write_theme;
use request::NewFile;

/// A site that builds, file by file.
const STARTER: [(&str, &str); 8] = [
    ("site.toml", include_str!("starter/site.toml")),
    (".gitignore", include_str!("starter/gitignore")),
    (".taplo.toml", include_str!("starter/taplo.toml")),
    ("content/index.md", include_str!("starter/index.md")),
    ("content/about.md", include_str!("starter/about.md")),
    (FIRST_BRIEFING, include_str!("starter/first-briefing.md")),
    ("content/neighbourhoods/old-town.md", include_str!("starter/old-town.md")),
    ("content/sources/city-water-utility.md", include_str!("starter/city-water-utility.md")),
];

const FIRST_BRIEFING: &str = "content/briefings/first-briefing.md";

/// The schemas that `.taplo.toml` names, by their kind.
const SCHEMAS: [(&str, &str); 2] = [("site", ".schemas/site.json"), ("theme", ".schemas/theme.json")];

/// A service that builds and publishes a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forge {
    Github,
    Gitlab,
}

impl From<ForgeName> for Forge {
    fn from(name: ForgeName) -> Self {
        match name {
            ForgeName::Github => Self::Github,
            ForgeName::Gitlab => Self::Gitlab,
        }
    }
}

impl Forge {
    /// The file that the service reads.
    fn workflow(self) -> (&'static str, String) {
        let (name, text) = match self {
            Self::Github => (".github/workflows/site.yml", include_str!("starter/github.yml")),
            Self::Gitlab => (".gitlab-ci.yml", include_str!("starter/gitlab.yml")),
        };
        (name, text.replace("{version}", env!("CARGO_PKG_VERSION")))
    }
}

/// Writes the starter site, unless one of its files exists: then nothing is written. Its briefing is dated `now`.
/// With a forge also its workflow; a site that is there gets the workflow only.
pub fn init(root: &Path, forge: Option<Forge>, now: DayOrMoment, session: &Session) -> io::Result<u8> {
    let has_site = root.join("site.toml").is_file();
    let workflow = forge.map(Forge::workflow);
    let starter = if forge.is_some() && has_site { Vec::new() } else { starter(now) };
    let files: Vec<(&str, String)> = starter.into_iter().chain(workflow).collect();
    let is_there = |name: &&str| root.join(name).symlink_metadata().is_ok();
    let existing: Vec<&str> = files.iter().map(|(name, _)| *name).filter(is_there).collect();
    if !existing.is_empty() {
        let message = format!("already there, and left as it is: {}", existing.join(", "));
        let help = "choose an empty folder: bulletin init DIR";
        return refuse(Diagnostic::error(Code::FILE_EXISTS, message).help(help), session);
    }
    let written = write_all_new(root, &files, |(name, _)| name, |(_, text), path| write_new(path, text));
    if let Err(((name, _), error)) = written {
        let path = root.join(name);
        let shown = path.strip_prefix(".").unwrap_or(&path).to_string_lossy();
        return refuse(cannot_write(&shown, &error), session);
    }
    if let ([(name, _)], Some(_)) = (files.as_slice(), forge) {
        session.say(name)?;
    } else {
        next_steps(root).iter().try_for_each(|line| session.say(line))?;
    }
    Ok(0)
}

fn starter(now: DayOrMoment) -> Vec<(&'static str, String)> {
    // The starter's site.toml has UTC.
    let date = moment(now, &Zone::utc());
    let day = Zone::utc().day_of(date).to_string();
    let dated = |text: &str| text.replace("{date}", &date.to_string()).replace("{day}", &day);
    let files = STARTER.iter().map(|(name, text)| (*name, dated(text)));
    let schemas = SCHEMAS.iter().filter_map(|(kind, name)| Some((*name, schema::of_kind(kind)?)));
    files.chain(schemas).collect()
}

fn next_steps(root: &Path) -> [String; 4] {
    let go = if root == Path::new(".") { String::new() } else { format!("go to {}, and ", root.display()) };
    [
        "a site that builds; what comes next:".to_owned(),
        format!("1. {go}run: bulletin serve"),
        "2. write the title, languages and time zone of the site in site.toml".to_owned(),
        format!("3. replace {FIRST_BRIEFING}, or run: bulletin new \"TITLE\""),
    ]
}

/// Writes the file that `words`, the arguments of `new`, ask for.
pub fn new(root: &Path, words: &[String], now: DayOrMoment, session: &Session) -> io::Result<u8> {
    let requested = match request::parse(words) {
        Ok(requested) => requested,
        Err(refused) => return refuse(refused, session),
    };
    if let Err(no_site) = sources::check_root(root) {
        return refuse(*no_site, session);
    }
    match requested {
        NewFile::Article { kind, title } => new_article::write(root, kind, &title, now, session),
        NewFile::Translation { file, language } => {
            new_translation::write(root, &file, &language, now, session)
        }
    }
}
