//! Forms for people who write without a terminal: the configuration of editors that run in a browser and save to
//! the files of a site.
//!
//! Owns which files and keys a form has, and what each editor calls them. The keys themselves come from the registry,
//! so that a new one is in every form. Reads no file.
//!
//! Invariant: what an editor saves with such a form, the program reads; see docs/writing-without-a-terminal.md.

mod admin_page;
mod collections;
mod fields;
mod git_editors;
mod options;
mod pages_cms;
mod pickers;

use serde::Serialize;

use crate::toml::Word as _;
pub use admin_page::admin_page;
pub use options::{Editor, FormOptions, RemoteRepository, Service};

/// The configuration, as YAML with a comment at its beginning.
#[must_use]
pub fn configuration(editor: Editor, options: &FormOptions<'_>) -> String {
    let collections = collections::all(options.config, options.prefix);
    let command = format!("bulletin cms {}", editor.word());
    let head = format!(
        "# The forms of this site. Made by `{command}` from the keys that files may have, and from site.toml:\n\
         # make it again with `{command} --write --replace` when languages, topics, parties or kinds of sources change.\n"
    );
    head + &match editor {
        Editor::Sveltia | Editor::Decap => yaml(&git_editors::configuration(editor, options, &collections)),
        Editor::Pages => yaml(&pages_cms::configuration(&collections, options.prefix)),
    }
}

fn yaml(value: &impl Serialize) -> String {
    serde_saphyr::to_string(value).expect("it holds only texts, numbers, lists and tables with names")
}

#[cfg(test)]
mod tests;
