//! The themes of a site and the files that its pages use, for people who write a theme.

use std::collections::{BTreeMap, BTreeSet};

use super::classify::is_left_over;
use super::store::Store;
use super::theme::{self, DEFAULT_THEME, Layers};
use crate::config::Config;
use crate::diag::{Diagnostic, has_errors};

/// A template or a file of words in one layer.
pub struct LayerFile {
    /// Within a theme, as `templates/base.html`.
    pub path: String,
    /// `None`: the site's own.
    pub theme: Option<String>,
    pub text: String,
}

/// The themes of a site.
pub struct SiteThemes {
    /// The folders below themes/ and the built-in theme, sorted.
    pub all: Vec<String>,
    /// The theme that site.toml names and those that it extends, nearest first.
    pub used: Vec<String>,
    /// Of each layer; of files with one path, the last is used.
    files: Vec<LayerFile>,
}

/// Reads the themes of a site.
///
/// # Errors
/// What is wrong with the theme that site.toml names.
pub fn themes(store: &Store, config: &Config) -> Result<SiteThemes, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let layers = theme::load(store, config, &mut diagnostics);
    if has_errors(&diagnostics) {
        return Err(diagnostics);
    }
    let folders = store.list("themes", is_left_over, &mut diagnostics);
    let on_disk = folders.iter().filter_map(|path| path.strip_prefix("themes/")?.strip_suffix("/theme.toml"));
    let all: BTreeSet<&str> = on_disk.chain([DEFAULT_THEME]).collect();
    let all = all.into_iter().map(str::to_owned).collect();
    Ok(SiteThemes { all, files: files(&layers), used: layers.names })
}

fn files(layers: &Layers) -> Vec<LayerFile> {
    let templates = layers.templates.iter().map(|file| LayerFile {
        path: format!("templates/{}", file.name),
        theme: file.theme.clone(),
        text: file.text.clone(),
    });
    let words = layers.words.iter().map(|file| LayerFile {
        path: format!("i18n/{}.ftl", file.language),
        theme: file.file.strip_prefix("themes/").and_then(|path| Some(path.split_once('/')?.0.to_owned())),
        text: file.text.clone(),
    });
    templates.chain(words).collect()
}

impl SiteThemes {
    /// The file that pages use, by its path in a theme or in `templates/`; `default/base.html` is the one of that
    /// theme.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&LayerFile> {
        let is_named = |file: &&LayerFile, name: &str| {
            file.path == name || file.path.strip_prefix("templates/") == Some(name)
        };
        let of_theme = || {
            let (theme, name) = name.split_once('/')?;
            self.files.iter().find(|file| file.theme.as_deref() == Some(theme) && is_named(file, name))
        };
        self.files.iter().rev().find(|file| is_named(file, name)).or_else(of_theme)
    }

    /// The files that pages use, by path.
    pub fn used_files(&self) -> impl Iterator<Item = &LayerFile> {
        let used: BTreeMap<&str, &LayerFile> =
            self.files.iter().map(|file| (file.path.as_str(), file)).collect();
        used.into_values()
    }
}
