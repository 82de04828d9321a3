//! `cms`: forms for an editor that runs in a browser.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::args::Cms;
use super::scaffold::new_file::{cannot_write, refuse};
use super::session::{EXIT_SETUP, Session, unless_closed};
use crate::diag::{Code, Diagnostic};
use crate::forms::{self, Editor, FormOptions, RemoteRepository};
use crate::private::without_credentials;
use crate::sources;

/// Where the page with the forms is. `serve` shows it, and no build publishes it.
const FOLDER: &str = "admin";
/// Where it is published.
const PUBLISHED_FOLDER: &str = "static/admin";

pub fn cms(root: &Path, options: &Cms, session: &Session) -> io::Result<u8> {
    let config = match sources::checked_settings(root) {
        Ok(config) => config,
        Err(diagnostics) => {
            session.report(&diagnostics)?;
            return Ok(EXIT_SETUP);
        }
    };
    let repository = match &options.repository {
        Some(address) => match RemoteRepository::parse(address) {
            Some(repository) => Some(repository),
            None => return refuse(bad_repository(address), session),
        },
        None => sources::origin(root).and_then(|address| RemoteRepository::parse(&address)),
    };
    let editor = Editor::from(options.editor);
    let form_options =
        FormOptions { config: &config, repository: repository.as_ref(), branch: &options.branch };
    let configuration = forms::configuration(editor, &form_options);
    if !options.write {
        unless_closed(io::stdout().write_all(configuration.as_bytes()))?;
        return Ok(0);
    }
    let page = forms::admin_page(editor, &config.title, options.script.as_deref());
    let files = files(options, configuration, page);
    if !options.replace
        && let Some((name, _)) = files.iter().find(|(name, _)| root.join(name).symlink_metadata().is_ok())
    {
        return refuse(already_there(name), session);
    }
    for (name, text) in &files {
        if let Err(error) = write(&root.join(name), text) {
            return refuse(cannot_write(name, &error), session);
        }
        session.say(name)?;
    }
    next_steps(editor, options, repository.is_some()).iter().try_for_each(|line| session.advise(line))?;
    Ok(0)
}

/// The paths of the files, and what they hold.
fn files(options: &Cms, configuration: String, page: Option<String>) -> Vec<(String, String)> {
    let folder = if options.publish { PUBLISHED_FOLDER } else { FOLDER };
    match page {
        // It reads this one file, at the top of the repository.
        None => vec![(".pages.yml".to_owned(), configuration)],
        Some(page) => {
            vec![(format!("{folder}/config.yml"), configuration), (format!("{folder}/index.html"), page)]
        }
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

fn next_steps(editor: Editor, options: &Cms, has_repository: bool) -> Vec<String> {
    let mut steps = Vec::new();
    match editor {
        Editor::Pages => {
            steps.push("next: commit .pages.yml, and open the repository at app.pagescms.org".to_owned());
        }
        Editor::Sveltia | Editor::Decap if options.publish => {
            steps.push("next: build and publish the site; the forms are at /admin/".to_owned());
        }
        Editor::Sveltia => steps.push(
            "next: run `bulletin serve`, open /admin/ in Chrome or Edge, and choose the folder of this site"
                .to_owned(),
        ),
        Editor::Decap => steps.push(
            "next: run `npx decap-server` here and `bulletin serve` next to it, and open /admin/".to_owned(),
        ),
    }
    if editor != Editor::Pages && !has_repository {
        steps.push(
            "for a repository: bulletin cms again, with --replace and --repository OWNER/NAME or its address"
                .to_owned(),
        );
    }
    steps
}

fn already_there(name: &str) -> Diagnostic {
    let message = format!("{name} is already there, and left as it is");
    Diagnostic::error(Code::FILE_EXISTS, message).help("add --replace to write it again")
}

fn bad_repository(address: &str) -> Diagnostic {
    let message = format!("--repository is no address of a repository: {}", without_credentials(address));
    let help = "write OWNER/NAME of GitHub, or an address such as https://gitlab.com/OWNER/NAME";
    Diagnostic::error(Code::BAD_URL, message).help(help)
}
