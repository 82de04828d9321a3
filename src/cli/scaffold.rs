//! `init` and `new`: files to begin with.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::session::{EXIT_SETUP, Session};
use crate::diag::{Code, Diagnostic};
use crate::paths::Id;
use crate::sources;
use crate::time::Moment;

/// A site that builds, file by file.
const STARTER: [(&str, &str); 7] = [
    ("site.toml", include_str!("starter/site.toml")),
    (".gitignore", include_str!("starter/gitignore")),
    ("content/index.md", include_str!("starter/index.md")),
    ("content/about.md", include_str!("starter/about.md")),
    ("content/briefings/first-briefing.md", include_str!("starter/first-briefing.md")),
    ("content/neighbourhoods/old-town.md", include_str!("starter/old-town.md")),
    ("content/sources/city-water-utility.md", include_str!("starter/city-water-utility.md")),
];

/// Writes the starter site, unless one of its files exists: then nothing is written.
pub fn init(root: &Path, session: &Session) -> io::Result<u8> {
    let existing: Vec<&str> = STARTER
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| root.join(name).symlink_metadata().is_ok())
        .collect();
    if !existing.is_empty() {
        let message = format!("already there, and left as it is: {}", existing.join(", "));
        let help = "choose an empty folder: bulletin init DIR";
        return refuse(Diagnostic::error(Code::FILE_EXISTS, message).help(help), session);
    }
    for (name, text) in STARTER {
        if let Err(error) = write_new(&root.join(name), text) {
            let path = root.join(name);
            let shown = path.strip_prefix(".").unwrap_or(&path).to_string_lossy();
            return refuse(cannot_write(&shown, &error), session);
        }
    }
    session.say("a site that builds; write in content/, then run: bulletin serve")?;
    Ok(0)
}

/// Writes `content/briefings/SLUG.md`, dated now in the site's zone.
pub fn new(root: &Path, title: &str, now: Moment, session: &Session) -> io::Result<u8> {
    let title = title.trim();
    let id = match id_of(title) {
        Ok(id) => id,
        Err(refused) => return refuse(refused, session),
    };
    if let Err(no_site) = sources::check_root(root) {
        return refuse(*no_site, session);
    }
    let name = format!("content/briefings/{id}.md");
    let date = sources::time_zone(root).local(now);
    match write_new(&root.join(&name), &briefing(title, date)) {
        Ok(()) => session.say(&name)?,
        Err(_) if root.join(&name).symlink_metadata().is_ok() => {
            let message = format!("{name} is already there, and left as it is");
            let help = "choose another title; it can be changed in the file";
            return refuse(Diagnostic::error(Code::FILE_EXISTS, message).help(help), session);
        }
        Err(error) => return refuse(cannot_write(&name, &error), session),
    }
    Ok(0)
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

fn cannot_write(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::CANNOT_WRITE, format!("{name} cannot be written: {}", sources::reason(error)))
        .help("check that the folder may be written to and that the disk has free space")
}

fn refuse(refused: Diagnostic, session: &Session) -> io::Result<u8> {
    session.report(&[refused.setup()])?;
    Ok(EXIT_SETUP)
}

fn briefing(title: &str, date: Moment) -> String {
    let title = toml::Value::String(title.to_owned());
    include_str!("starter/new-briefing.md")
        .replace("{date}", &date.to_string())
        // Last, since a title may contain `{date}`.
        .replace("{title}", &title.to_string())
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}
