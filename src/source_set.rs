//! The files of a site, sorted into what they are.
//!
//! Owns the only reading of content from disk (or from memory, in tests) and the rules for which
//! file is what. Parses nothing but site.toml and theme.toml, which say what else to read.
//!
//! Invariants: every list is sorted by path; every file under content/ is claimed by a role or
//! told as an error; paths are relative to the root, with forward slashes.

mod classify;
mod store;
mod theme;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diag::{Diagnostic, Place, Span};
use crate::paths::OutPath;
use crate::redact::Redactions;
pub use classify::bad_output_path;
pub use store::Store;
pub use theme::{DEFAULT_THEME, ThemeFile, Words};

/// The largest article, in bytes. The longest books in Markdown have a tenth of it.
const MAX_ARTICLE_BYTES: usize = 16 << 20;

/// Everything that a build reads.
#[derive(Debug)]
pub struct SourceSet {
    pub config: Config,
    pub articles: Vec<ArticleFile>,
    pub files: Vec<PlainFile>,
    /// `templates/` of the site and of its themes.
    pub templates: Vec<ThemeFile>,
    /// The themes in use, from the nearest to the default one.
    pub themes: Vec<String>,
    /// Fluent files, the default theme's first, the site's last.
    pub words: Vec<Words>,
    /// What must not reach any output.
    pub redactions: Redactions,
    store: Store,
}

/// A Markdown file of `content/`.
#[derive(Clone, Debug)]
pub struct ArticleFile {
    pub path: Arc<str>,
    pub role: Role,
    /// Without a byte order mark.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Home,
    Page { stem: String },
    Briefing { stem: String },
    Neighbourhood { stem: String },
    Source { stem: String },
    Event { stem: String },
    Translation { of: Arc<str>, language: String },
}

/// A file that is copied, or read when its owner asks for it.
#[derive(Clone, Debug)]
pub struct PlainFile {
    pub path: Arc<str>,
    pub place: FilePlace,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilePlace {
    /// `static/` of the site or of a theme: where it lands.
    Static(OutPath),
    /// Beside a briefing's index.md: that file, and the path within its folder.
    Attachment { of: Arc<str>, within: String },
    /// A GeoJSON file beside the neighbourhood records.
    Geometry,
}

impl SourceSet {
    /// Reads the site. `None` where site.toml or the theme leave nothing to go on with. What it
    /// tells is masked already.
    #[must_use]
    pub fn load(store: Store) -> (Option<Self>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let redactions = redactions(&store, &mut diagnostics);
        let set = Self::read_all(store, redactions.clone(), &mut diagnostics);
        redactions.mask_all(&mut diagnostics);
        (set, diagnostics)
    }

    fn read_all(store: Store, redactions: Redactions, diagnostics: &mut Vec<Diagnostic>) -> Option<Self> {
        let config = load_config(&store, diagnostics)?;
        let theme = theme::load(&store, &config, diagnostics);
        let classified = classify::content(&store, &config, diagnostics);
        let articles = read_articles(&store, classified.articles, diagnostics);
        let mut files = classified.files;
        files.extend(theme.statics);
        files.extend(classify::statics(&store, diagnostics));
        keep_nearest_statics(&mut files);
        Some(Self {
            config,
            articles,
            files,
            templates: theme.templates,
            themes: theme.names,
            words: theme.words,
            redactions,
            store,
        })
    }

    /// The bytes of a plain file.
    ///
    /// # Errors
    /// A diagnostic that names the file.
    pub fn read(&self, file: &PlainFile) -> Result<Vec<u8>, Diagnostic> {
        match self.store.read(&file.path) {
            Ok(bytes) => Ok(bytes),
            Err(error) => theme::built_in(&file.path)
                .map(<[u8]>::to_vec)
                .ok_or_else(|| store::unreadable(&file.path, &error)),
        }
    }

    /// The text of an article, for diagnostics that point into it.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.articles.binary_search_by(|article| article.path.as_ref().cmp(path)) {
            Ok(found) => &self.articles[found].text,
            Err(_) => "",
        }
    }

    /// Frees the articles' texts, once nothing can point into them any more.
    pub fn forget_texts(&mut self) {
        for article in &mut self.articles {
            article.text = String::new();
        }
    }

    /// The place of a span of an article.
    #[must_use]
    pub fn place(&self, path: &str, span: Span) -> Place {
        Place::new(path, self.text(path), span)
    }
}

/// The private words of the site in a folder, for what is said before or beside a build.
#[must_use]
pub fn private_words(root: &Path) -> Redactions {
    redactions(&Store::Disk(root.to_owned()), &mut Vec::new())
}

/// The private words of the site. One that cannot be kept out is an error.
fn redactions(store: &Store, diagnostics: &mut Vec<Diagnostic>) -> Redactions {
    const FILE: &str = "redact.txt";
    if !store.exists(FILE) {
        return Redactions::default();
    }
    let text = match read_text(store, FILE) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.push(error.setup());
            return Redactions::default();
        }
    };
    let (redactions, empty) = Redactions::parse(&text);
    diagnostics.extend(empty.into_iter().map(|line| {
        let message = format!("line {line} of redact.txt holds no letter and no digit to look for");
        let help = "write a name or a word, or begin the line with # where it is a comment";
        Diagnostic::error("redact-line", message).setup().at(Place::file(FILE)).help(help)
    }));
    redactions
}

fn load_config(store: &Store, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let name = "site.toml";
    if !store.exists(name) {
        if store.exists("content") {
            return Some(Config::default());
        }
        diagnostics.push(
            Diagnostic::error("no-site", "there is no site here: neither site.toml nor content/")
                .setup()
                .help("run `bulletin init` to begin one, or give its folder with --root"),
        );
        return None;
    }
    if !store.is_folder("content") {
        // Going on would empty the output: a drive that is not there, a checkout gone wrong.
        diagnostics.push(
            Diagnostic::error("no-content", "there is no folder content/ beside site.toml")
                .setup()
                .help("put it back; for a site without articles make it an empty folder"),
        );
        return None;
    }
    let text = read_text(store, name).map_err(|error| diagnostics.push(error.setup())).ok()?;
    let (config, found) = config::parse(name, &text);
    diagnostics.extend(found);
    config
}

fn read_articles(
    store: &Store,
    found: Vec<(Arc<str>, Role)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ArticleFile> {
    let read: Vec<_> = found
        .into_par_iter()
        .map(|(path, role)| read_text(store, &path).map(|text| ArticleFile { path, role, text }))
        .collect();
    let mut articles = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(article) => articles.push(article),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    articles
}

/// Reads a text file: UTF-8, without a byte order mark.
fn read_text(store: &Store, path: &str) -> Result<String, Diagnostic> {
    let bytes = store.read(path).map_err(|error| store::unreadable(path, &error))?;
    if bytes.len() > MAX_ARTICLE_BYTES {
        return Err(Diagnostic::error("too-large", format!("{} bytes are too many for a text", bytes.len()))
            .at(Place::file(path))
            .help(format!("{MAX_ARTICLE_BYTES} bytes are the most; split it")));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| not_utf8(path, &error))?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

fn not_utf8(path: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes());
    let good = std::str::from_utf8(&error.as_bytes()[..at]).map_or(0, str::len);
    Diagnostic::error("not-utf8", "the file is not UTF-8 text")
        .at(Place::new(path, &text, Span::new(good..good + '\u{fffd}'.len_utf8())))
        .label("this byte begins no character")
        .help("save it as UTF-8")
}

/// Of static files that land in one place, the site's own wins, then the nearest theme's:
/// they come in the order default theme, nearer themes, site.
fn keep_nearest_statics(files: &mut Vec<PlainFile>) {
    let mut nearest = std::collections::BTreeMap::new();
    files.retain(|file| match &file.place {
        FilePlace::Static(out) => {
            nearest.insert(out.clone(), file.clone());
            false
        }
        _ => true,
    });
    files.extend(nearest.into_values());
    files.sort_by(|a, b| a.path.cmp(&b.path));
}
