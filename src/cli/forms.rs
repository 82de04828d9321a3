//! `cms`: forms for an editor that runs in a browser.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use super::args::Cms;
use super::scaffold::new_file::refuse;
use super::session::{EXIT_SETUP, Session, unless_closed};
use crate::copies::replace_file;
use crate::diag::{Code, Diagnostic};
use crate::forms::{self, Editor, FormOptions, RemoteRepository};
use crate::sources::{self, cannot_write};
use crate::toml::Word as _;

/// Where the page with the forms is. `serve` shows it, and no build publishes it.
const FOLDER: &str = "admin";
/// Where it is published.
const PUBLISHED_FOLDER: &str = "static/admin";

pub fn cms(root: &Path, options: &Cms, session: &Session) -> io::Result<u8> {
    let editor = Editor::from(options.editor);
    if let Some(refused) = bad_options(editor, options) {
        return refuse(refused, session);
    }
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
            None => return refuse(bad_repository(), session),
        },
        None => sources::origin(root).and_then(|address| RemoteRepository::parse(&address)),
    };
    let prefix = sources::path_in_repository(root);
    let form_options = FormOptions {
        config: &config,
        repository: repository.as_ref(),
        branch: options.branch.as_deref().unwrap_or("main"),
        prefix: &prefix,
    };
    let configuration = forms::configuration(editor, &form_options);
    if !options.write {
        unless_closed(io::stdout().write_all(configuration.as_bytes()))?;
        return Ok(0);
    }
    let page = forms::admin_page(editor, &config.title, options.script.as_deref());
    let files = files(options, configuration, page, &prefix);
    if let Some(folder) = [FOLDER, "static", PUBLISHED_FOLDER]
        .into_iter()
        .find(|folder| is_other_than_folder(&root.join(folder)))
    {
        return refuse(no_folder(folder), session);
    }
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
    next_steps(editor, options, repository.as_ref()).iter().try_for_each(|line| session.advise(line))?;
    Ok(0)
}

/// The paths of the files, and what they hold.
fn files(options: &Cms, configuration: String, page: Option<String>, prefix: &str) -> Vec<(String, String)> {
    let folder = if options.publish { PUBLISHED_FOLDER } else { FOLDER };
    match page {
        // It reads this one file, at the top of the repository.
        None => vec![("../".repeat(prefix.matches('/').count()) + ".pages.yml", configuration)],
        Some(page) => {
            vec![(format!("{folder}/config.yml"), configuration), (format!("{folder}/index.html"), page)]
        }
    }
}

/// Whether something is there that is no folder, or a link, which may lead out of the site.
fn is_other_than_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| !found.is_dir())
}

fn no_folder(name: &str) -> Diagnostic {
    Diagnostic::error(Code::FILE_EXISTS, format!("{name} is a link or a file, and a folder is needed"))
        .help("move it away")
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    replace_file(path, text.as_bytes())
}

fn next_steps(editor: Editor, options: &Cms, repository: Option<&RemoteRepository>) -> Vec<String> {
    let here = match editor {
        Editor::Pages => {
            return vec!["next: commit .pages.yml, and open the repository at app.pagescms.org".to_owned()];
        }
        Editor::Sveltia | Editor::Decap if options.publish => {
            "next: build and publish the site; the forms are at /admin/"
        }
        Editor::Sveltia => {
            "next: run `bulletin serve`, open /admin/ in Chrome or Edge, and choose the folder of the repository"
        }
        Editor::Decap => {
            "next: run `npx decap-server` at the top of the repository and `bulletin serve` next to it, and open /admin/"
        }
    };
    let saved = match repository {
        Some(RemoteRepository { service, path, host }) => {
            let host = host.as_ref().map_or_else(String::new, |host| format!(" at {host}"));
            format!("online, the forms save to {path}{host} ({})", service.word())
        }
        None => {
            "for a repository: bulletin cms again, with --replace and --repository OWNER/NAME or its address"
                .to_owned()
        }
    };
    vec![here.to_owned(), saved]
}

fn already_there(name: &str) -> Diagnostic {
    let message = format!("{name} is already there, and left as it is");
    Diagnostic::error(Code::FILE_EXISTS, message).help("add --replace to write it again")
}

/// Without the address: it may hold a password.
fn bad_repository() -> Diagnostic {
    let help = "write OWNER/NAME of GitHub, or an address such as https://gitlab.com/OWNER/NAME";
    Diagnostic::error(Code::BAD_URL, "--repository is no address of a repository").help(help)
}

/// An option that this editor has no use for, or that is no name of a file.
fn bad_options(editor: Editor, options: &Cms) -> Option<Diagnostic> {
    let given = [
        ("--publish", options.publish),
        ("--repository", options.repository.is_some()),
        ("--branch", options.branch.is_some()),
        ("--script", options.script.is_some()),
    ];
    if editor == Editor::Pages
        && let Some((option, _)) = given.iter().find(|(_, is_given)| *is_given)
    {
        let message = format!("{option} is not for Pages CMS, which has a site of its own");
        return Some(Diagnostic::error(Code::BAD_FILTER, message).help("leave it out"));
    }
    let script = options.script.as_deref()?;
    let is_name =
        !script.is_empty() && !script.contains(['/', '\\', ':', '"', '<']) && !script.starts_with('.');
    (!is_name).then(|| {
        let message = "--script is not the name of a file next to the page";
        Diagnostic::error(Code::BAD_FILTER, message)
            .help("put the script into admin/, and write its name, as --script sveltia-cms.js")
    })
}
