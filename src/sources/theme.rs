//! The layers of a theme: the site's own files, its theme, what that extends, the default.

use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::classify::{is_left_over, static_files};
use super::files::{FilePlace, PlainFile};
use super::store::{Store, read_merged_text};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Place, did_you_mean};
use crate::i18n::MessageFile;
use crate::paths::OutPath;

/// The theme that is compiled into the binary.
pub const DEFAULT_THEME: &str = "default";

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A template of one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// `None` for the site's own `templates/`.
    pub theme: Option<String>,
    /// Within `templates/`: `parts/item.html`.
    pub name: String,
    /// How messages call it.
    pub file: String,
    pub text: String,
}

#[derive(Default)]
pub struct Layers {
    /// From the nearest to the default one.
    pub names: Vec<String>,
    pub templates: Vec<ThemeFile>,
    /// The default theme's first, the site's last.
    pub words: Vec<MessageFile>,
    /// The default theme's first; of those that land in one place, the last counts.
    pub statics: Vec<PlainFile>,
}

pub fn load(store: &Store, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Layers {
    let names = chain(store, config, diagnostics);
    let mut layers = Layers::default();
    for name in names.iter().rev() {
        if is_on_disk(store, name) {
            layer_from_disk(store, name, &mut layers, diagnostics);
        } else {
            built_in_layer(&mut layers);
        }
    }
    site_layer(store, &mut layers, diagnostics);
    layers.names = names;
    layers
}

fn is_on_disk(store: &Store, name: &str) -> bool {
    store.exists(&format!("themes/{name}/theme.toml"))
}

/// The theme and what it extends, down to the default one.
fn chain(store: &Store, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = config.theme.to_string();
    let mut named_at = config.theme_place.clone();
    while next != DEFAULT_THEME {
        if names.contains(&next) {
            let message = format!("the theme \"{next}\" extends itself");
            diagnostics.push(theme_error(message, named_at).help("take `extends` out of one of them"));
            break;
        }
        if !is_on_disk(store, &next) {
            diagnostics.push(missing_theme(store, &next, named_at));
            break;
        }
        let extends = extends(store, &next, diagnostics);
        names.push(next);
        (next, named_at) =
            extends.map_or_else(|| (DEFAULT_THEME.to_owned(), None), |(name, at)| (name, Some(at)));
    }
    names.push(DEFAULT_THEME.to_owned());
    names
}

fn theme_error(message: String, named_at: Option<Place>) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::MISSING_THEME, message).setup();
    match named_at {
        Some(place) => diagnostic.at(place).label("named here"),
        None => diagnostic,
    }
}

fn missing_theme(store: &Store, missing: &str, named_at: Option<Place>) -> Diagnostic {
    let listed = store.list("themes", is_left_over, &mut Vec::new());
    let mut known: Vec<&str> =
        listed.iter().filter_map(|path| path.strip_prefix("themes/")?.strip_suffix("/theme.toml")).collect();
    known.push(DEFAULT_THEME);
    let help = match did_you_mean(missing, known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("a theme is a folder with a theme.toml: themes/{missing}/theme.toml"),
    };
    theme_error(format!("there is no theme \"{missing}\""), named_at).help(help)
}

/// What theme.toml extends; none is the default theme.
fn extends(store: &Store, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<(String, Place)> {
    let file = format!("themes/{name}/theme.toml");
    let text = read_merged_text(store, &file).map_err(|error| diagnostics.push(error.setup())).ok()?;
    let (extends, found) = crate::config::parse_theme(&file, &text);
    diagnostics.extend(found);
    extends
}

fn layer_from_disk(store: &Store, name: &str, layers: &mut Layers, diagnostics: &mut Vec<Diagnostic>) {
    let folder = format!("themes/{name}");
    templates_from_disk(store, &format!("{folder}/templates"), Some(name), layers, diagnostics);
    words_from_disk(store, &format!("{folder}/i18n"), layers, diagnostics);
    layers.statics.extend(static_files(store, &format!("{folder}/static"), diagnostics));
}

fn site_layer(store: &Store, layers: &mut Layers, diagnostics: &mut Vec<Diagnostic>) {
    templates_from_disk(store, "templates", None, layers, diagnostics);
    words_from_disk(store, "i18n", layers, diagnostics);
}

fn templates_from_disk(
    store: &Store,
    folder: &str,
    theme: Option<&str>,
    layers: &mut Layers,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for path in store.list(folder, is_left_over, diagnostics) {
        if !path.ends_with(".html") {
            diagnostics.push(
                Diagnostic::error(
                    Code::UNCLAIMED_FILE,
                    "a template's name ends in .html, so that its values are escaped",
                )
                .at(Place::file(&path))
                .help("rename it, or move it to static/"),
            );
            continue;
        }
        match read_merged_text(store, &path) {
            Ok(text) => layers.templates.push(ThemeFile {
                theme: theme.map(str::to_owned),
                name: path[folder.len() + 1..].to_owned(),
                file: path.to_string(),
                text,
            }),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
}

fn words_from_disk(store: &Store, folder: &str, layers: &mut Layers, diagnostics: &mut Vec<Diagnostic>) {
    for path in store.list(folder, is_left_over, diagnostics) {
        let Some(language) = path[folder.len() + 1..].strip_suffix(".ftl") else {
            diagnostics.push(
                Diagnostic::error(Code::UNCLAIMED_FILE, "only Fluent files (LANGUAGE.ftl) belong here")
                    .at(Place::file(&path))
                    .help("rename or move it"),
            );
            continue;
        };
        // As in site.toml, whatever its capitals.
        let language = language.to_ascii_lowercase();
        match read_merged_text(store, &path) {
            Ok(text) => layers.words.push(MessageFile { language, file: path.to_string(), text }),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
}

fn built_in_layer(layers: &mut Layers) {
    let mut files = Vec::new();
    built_in_files(&BUILT_IN, &mut files);
    for (path, bytes) in files {
        let file = format!("themes/default/{path}");
        let text = || String::from_utf8_lossy(bytes).into_owned();
        if let Some(name) = path.strip_prefix("templates/") {
            let theme = Some(DEFAULT_THEME.to_owned());
            layers.templates.push(ThemeFile { theme, name: name.to_owned(), text: text(), file });
        } else if let Some(name) = path.strip_prefix("i18n/") {
            let language = name.trim_end_matches(".ftl").to_owned();
            layers.words.push(MessageFile { language, text: text(), file });
        } else if let Some(name) = path.strip_prefix("static/") {
            let out = OutPath::new(name).expect("a test builds the default theme");
            layers.statics.push(PlainFile {
                path: Arc::from(file),
                place: FilePlace::Static(out),
                picture: None,
            });
        }
    }
}

/// The files of the compiled-in folder, as text with forward slashes.
fn built_in_files(dir: &'static Dir<'static>, files: &mut Vec<(String, &'static [u8])>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.push((path, file.contents()));
    }
    for dir in dir.dirs() {
        built_in_files(dir, files);
    }
    files.sort();
}

/// The bytes of a file of the compiled-in theme, by its path `themes/default/…`.
pub fn built_in(path: &str) -> Option<&'static [u8]> {
    Some(BUILT_IN.get_file(path.strip_prefix("themes/default/")?)?.contents())
}
