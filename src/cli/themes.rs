//! `theme`: themes without the source of the program.

use std::io::{self, Write as _};
use std::path::Path;

use super::args::ThemeCommand;
use super::scaffold::write_theme;
use super::session::{EXIT_SETUP, Session, unless_closed};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::sources::{self, DEFAULT_THEME, SiteThemes};

pub fn theme(root: &Path, command: &ThemeCommand, session: &Session) -> io::Result<u8> {
    let themes = match sources::themes(root) {
        Ok(themes) => themes,
        Err(diagnostics) => {
            session.report(&diagnostics)?;
            return Ok(EXIT_SETUP);
        }
    };
    let found = match command {
        ThemeCommand::List => Ok(list(&themes)),
        ThemeCommand::Show { file: None } => Ok(files(&themes)),
        ThemeCommand::Show { file: Some(name) } => show(&themes, name),
        ThemeCommand::New { name, extends } => {
            let extends = extends.as_deref().unwrap_or(DEFAULT_THEME);
            if themes.all.iter().any(|theme| theme == extends) {
                return write_theme(root, name, extends, session);
            }
            Err(no_theme(&themes, extends))
        }
    };
    match found {
        Ok(text) => {
            unless_closed(io::stdout().write_all(text.as_bytes()))?;
            Ok(0)
        }
        Err(refused) => {
            session.report(&[refused.setup()])?;
            Ok(EXIT_SETUP)
        }
    }
}

/// A theme a line; those that the site uses say so.
fn list(themes: &SiteThemes) -> String {
    let used = |name: &String| match themes.used.iter().position(|used| used == name) {
        Some(0) => "  used by this site",
        Some(_) => "  extended by it",
        None => "",
    };
    themes.all.iter().map(|name| format!("{name}{}\n", used(name))).collect()
}

/// A file a line, with the layer that it comes from.
fn files(themes: &SiteThemes) -> String {
    let longest = themes.used_files().map(|file| file.path.len()).max().unwrap_or_default();
    let layer = |theme: &Option<String>| theme.clone().unwrap_or_else(|| "this site".to_owned());
    themes.used_files().map(|file| format!("{:longest$}  {}\n", file.path, layer(&file.theme))).collect()
}

fn show(themes: &SiteThemes, name: &str) -> Result<String, Diagnostic> {
    if let Some(file) = themes.file(name) {
        return Ok(file.text.clone());
    }
    let known = themes.used_files().flat_map(|file| {
        [Some(file.path.as_str()), file.path.strip_prefix("templates/")].into_iter().flatten()
    });
    let help = match did_you_mean(name, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`bulletin theme show` lists all files".to_owned(),
    };
    Err(Diagnostic::error(Code::NO_THEME_FILE, format!("no theme of this site has a file {name}")).help(help))
}

fn no_theme(themes: &SiteThemes, name: &str) -> Diagnostic {
    let help = match did_you_mean(name, themes.all.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`bulletin theme list` names all themes".to_owned(),
    };
    Diagnostic::error(Code::MISSING_THEME, format!("there is no theme \"{name}\"")).help(help)
}
