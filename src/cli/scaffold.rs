//! `init` and `new`: files that a person goes on with.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::{EXIT_SETUP, Session};
use crate::paths::Id;
use crate::sources;
use crate::time::Moment;

/// A site that builds, file by file.
const STARTER: [(&str, &str); 6] = [
    ("site.toml", include_str!("starter/site.toml")),
    (".gitignore", include_str!("starter/gitignore")),
    ("content/index.md", include_str!("starter/index.md")),
    ("content/about.md", include_str!("starter/about.md")),
    ("content/briefings/first-briefing.md", include_str!("starter/first-briefing.md")),
    ("content/neighbourhoods/old-town.md", include_str!("starter/old-town.md")),
];

/// Writes the starter site; a file that is there already stops it before anything is written.
pub fn init(root: &Path, session: &Session) -> io::Result<u8> {
    let in_the_way: Vec<&str> = STARTER
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| root.join(name).symlink_metadata().is_ok())
        .collect();
    if !in_the_way.is_empty() {
        writeln!(
            io::stderr(),
            "error[file-exists]: already there, and left as it is: {}",
            in_the_way.join(", ")
        )?;
        writeln!(io::stderr(), "  = help: choose an empty folder: bulletin init DIR")?;
        return Ok(EXIT_SETUP);
    }
    for (name, text) in STARTER {
        write_new(&root.join(name), text)?;
    }
    session.say("a site that builds; write in content/, then run: bulletin serve")?;
    Ok(0)
}

/// Writes `content/briefings/SLUG.md`, dated now in the site's zone.
pub fn new(root: &Path, title: &str, now: Moment, session: &Session) -> io::Result<u8> {
    let title = title.trim();
    let refused = |why: String| {
        writeln!(io::stderr(), "error[bad-id]: no file can be named after this title: {why}")?;
        writeln!(io::stderr(), "  = help: give a title with other words; it can be changed in the file")?;
        Ok(EXIT_SETUP)
    };
    if title.chars().any(char::is_control) {
        return refused("it holds a control character".to_owned());
    }
    let id = match Id::from_name(title) {
        Ok(id) => id,
        Err(error) => return refused(error.to_string()),
    };
    if !root.join("content").is_dir() && !root.join("site.toml").is_file() {
        writeln!(io::stderr(), "error[no-site]: there is no site here: neither site.toml nor content/")?;
        writeln!(io::stderr(), "  = help: run `bulletin init` to begin one, or give its folder with --root")?;
        return Ok(EXIT_SETUP);
    }
    let name = format!("content/briefings/{id}.md");
    let date = sources::time_zone(root).local(now);
    match write_new(&root.join(&name), &briefing(title, date)) {
        Ok(()) => session.say(&name)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            writeln!(io::stderr(), "error[file-exists]: {name} is already there, and left as it is")?;
            writeln!(io::stderr(), "  = help: choose another title; it can be changed in the file")?;
            return Ok(EXIT_SETUP);
        }
        Err(error) => return Err(error),
    }
    Ok(0)
}

fn briefing(title: &str, date: Moment) -> String {
    let title = toml::Value::String(title.to_owned());
    include_str!("starter/new-briefing.md")
        .replace("{title}", &title.to_string())
        .replace("{date}", &date.to_string())
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}
