//! A theme to begin with.

use std::io;
use std::path::Path;

use super::new_file::{refuse, write_all_new, write_new};
use crate::cli::session::Session;
use crate::diag::{Code, Diagnostic};
use crate::paths::Id;
use crate::sources::cannot_write;

/// Writes `themes/NAME/`: what it extends, and the style sheet with its colours to change.
pub fn write_theme(root: &Path, name: &str, extends: &str, session: &Session) -> io::Result<u8> {
    if let Err(error) = Id::from_slug(name) {
        let message = format!("no theme can be called \"{name}\": {error}");
        let help = "write lower-case letters, digits and -";
        return refuse(Diagnostic::error(Code::BAD_ID, message).help(help), session);
    }
    let folder = format!("themes/{name}");
    if root.join(&folder).symlink_metadata().is_ok() {
        let message = format!("{folder} is already there, and left as it is");
        return refuse(Diagnostic::error(Code::FILE_EXISTS, message).help("choose another name"), session);
    }
    let files = [
        ("theme.toml", format!("name    = \"{name}\"\nextends = \"{extends}\"\n")),
        ("templates/parts/style.html", include_str!("starter/style.html").replace("{extends}", extends)),
    ];
    let files = files.map(|(file, text)| (format!("{folder}/{file}"), text));
    let written = write_all_new(root, &files, |(path, _)| path, |(_, text), path| write_new(path, text));
    if let Err(((path, _), error)) = written {
        return refuse(cannot_write(path, &error), session);
    }
    files.iter().try_for_each(|(path, _)| session.say(path))?;
    session.advise(&format!("write theme = \"{name}\" in site.toml, then change the colours"))?;
    Ok(0)
}
