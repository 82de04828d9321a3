//! The files of a site, sorted into what they are.
//!
//! Owns the only reading of content from disk (or from memory, in tests) and the rules for which
//! file is what. Parses nothing but site.toml and theme.toml, which say what else to read.
//!
//! Invariants: every list is sorted by path; every file under content/ has a role or is reported as an
//! error; paths are relative to the root, with forward slashes.

mod bounded_read;
mod classify;
mod copies;
mod files;
mod inputs;
mod link_folders;
mod logo;
mod merge_conflicts;
mod picture_sizes;
mod private_folder;
mod redactions;
mod repository;
mod secret_keys;
mod snapshot;
mod stamp;
mod store;
mod tables;
mod theme;
mod theme_files;
mod unclaimed;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::i18n::MessageFile;
use crate::private::RedactList;
use crate::time::Zone;
pub use bounded_read::read_at_most;
pub use classify::{bad_output_path, is_left_over, is_read_by_hosts};
pub use copies::is_copy_of;
pub use files::{ArticleFile, CITY_MAP, FilePlace, PlainFile, Role, TableFile};
pub use inputs::Inputs;
pub use logo::Logo;
pub use merge_conflicts::merge_conflict;
use redactions::{published_list, redactions};
pub use repository::{ObjectPlace, Repository, RepositoryObject, SearchedHistory};
pub use secret_keys::secret_key;
pub use snapshot::{Changes, FOLDERS, Snapshot};
pub use stamp::FileStamp;
pub use store::{Store, cannot_write, reason};
use store::{read_merged_text, read_text};
use tables::{read_article, table_owner, tables_next_to};
pub use theme::{DEFAULT_THEME, ThemeFile};
pub use theme_files::{LayerFile, SiteThemes};

/// How many articles a thread takes at a time: with long runs, all threads but one are idle at the end.
const ARTICLES_AT_A_TIME: usize = 32;

/// Everything that a build reads.
#[derive(Clone, Debug)]
pub struct SourceSet {
    pub config: Config,
    pub articles: Vec<Arc<ArticleFile>>,
    pub files: Vec<PlainFile>,
    /// `templates/` of the site and of its themes.
    pub templates: Vec<ThemeFile>,
    /// The themes in use, from the nearest to the default one.
    pub themes: Vec<String>,
    /// Fluent files, the default theme's first, the site's last.
    pub words: Vec<MessageFile>,
    /// The picture that site.toml names.
    pub logo: Option<Logo>,
    /// What must not reach any output.
    pub redactions: RedactList,
    /// The files that may be private and that git tracks, relative to the root.
    pub tracked: Arc<BTreeSet<String>>,
    store: Store,
}

/// A set, with the result of `take` for each article that was read.
#[derive(Debug)]
pub struct Loaded<T> {
    pub set: SourceSet,
    /// In the order of [`SourceSet::articles`]; `None` for an article that was not read again.
    pub results: Vec<Option<T>>,
}

impl SourceSet {
    /// Reads the site. `None` if site.toml or the theme cannot be used. Its diagnostics are masked already.
    #[must_use]
    pub fn load(store: Store) -> (Option<Self>, Vec<Diagnostic>) {
        let (loaded, diagnostics) = Self::load_each(store, None, &|_| (), |_, file| (file, ()));
        (loaded.map(|loaded| loaded.set), diagnostics)
    }

    /// As [`SourceSet::load`], but articles of `before` are not read again, and each other one is handed to
    /// `take` as soon as it is read, on any thread: the texts of a large site, all at once, would be a third
    /// of the memory that a build needs.
    #[must_use]
    pub fn load_each<T: Send>(
        store: Store,
        before: Option<ReadBefore<'_>>,
        expect: &dyn Fn(usize),
        take: impl Fn(&Config, ArticleFile) -> (ArticleFile, T) + Sync,
    ) -> (Option<Loaded<T>>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let redactions = redactions(&store, &mut diagnostics);
        let loaded = Self::read_all(store, before, (expect, take), redactions.clone(), &mut diagnostics);
        redactions.mask_all(&mut diagnostics);
        (loaded, diagnostics)
    }

    fn read_all<T: Send>(
        store: Store,
        before: Option<ReadBefore<'_>>,
        (expect, take): (&dyn Fn(usize), impl Fn(&Config, ArticleFile) -> (ArticleFile, T) + Sync),
        redactions: RedactList,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Loaded<T>> {
        let config = load_config(&store, diagnostics)?;
        let theme = theme::load(&store, &config, diagnostics);
        let mut classified = classify::content(&store, &config, diagnostics);
        // Behind content/ in the order of paths.
        classified.articles.extend(private_folder::articles(&store, &config, diagnostics));
        expect(classified.articles.len());
        let mut files = classified.files;
        let read = |(path, role): (Arc<str>, Role)| {
            if let Some(article) = before.and_then(|before| before.find(&path, &role, &files)) {
                return Ok((article, None));
            }
            let article = read_article(&store, path, role, &files)?;
            let (article, taken) = take(&config, article);
            Ok((Arc::new(article), Some(taken)))
        };
        let read: Vec<_> =
            classified.articles.into_par_iter().with_max_len(ARTICLES_AT_A_TIME).map(read).collect();
        let (articles, taken) = all_read(read, diagnostics);
        files.extend(city_map(&store, diagnostics));
        read_geometry(&store, &mut files, before, diagnostics);
        files.extend(theme.statics);
        files.extend(classify::statics(&store, diagnostics));
        keep_nearest_statics(&mut files);
        picture_sizes::measure(&store, &mut files, |path| {
            before.and_then(|before| before.untouched_file(path))
        });
        diagnostics.extend(files.iter().filter_map(|file| published_list(&file.path)));
        let logo = logo::read(&store, &config, &files, diagnostics);
        let set = Self {
            config,
            articles,
            files,
            templates: theme.templates,
            themes: theme.names,
            words: theme.words,
            logo,
            redactions,
            tracked: Arc::new(tracked_secrets(&store, diagnostics)),
            store,
        };
        Some(Loaded { set, results: taken })
    }

    /// This set with some of its files read again; `None` if that would not give what [`SourceSet::load`]
    /// gives: one of the paths is no article, template or Fluent file of it, or reading it gives a diagnostic.
    #[must_use]
    pub fn with_files_read_again<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Option<Self> {
        let mut next = self.clone();
        let mut has_new_theme = false;
        for path in paths {
            self.store.check_file(path).ok()?;
            if self.file(path).is_some_and(|file| logo::is_named(&self.config, file)) {
                return None;
            }
            if let Some(at) = self.position(path) {
                next.read_article_again(at)?;
            } else if self.is_of_theme(path) {
                has_new_theme = true;
            } else if let Some(at) = self.position_of_table_owner(path) {
                next.read_article_again(at)?;
            } else if !self.is_copied_file(path) || self.has_another_size(path) {
                return None;
            }
        }
        if has_new_theme {
            next.read_theme_again()?;
        }
        Some(next)
    }

    fn read_article_again(&mut self, at: usize) -> Option<()> {
        let article = &mut self.articles[at];
        let role = article.role.clone();
        let read = read_article(&self.store, Arc::clone(&article.path), role, &self.files).ok()?;
        if article.digest != read.digest {
            *article = Arc::new(read);
        }
        Some(())
    }

    fn read_theme_again(&mut self) -> Option<()> {
        let mut diagnostics = Vec::new();
        let theme = theme::load(&self.store, &self.config, &mut diagnostics);
        (self.templates, self.words) = (theme.templates, theme.words);
        (diagnostics.is_empty() && theme.names == self.themes).then_some(())
    }

    fn is_of_theme(&self, path: &str) -> bool {
        self.templates.iter().any(|file| file.file == path) || self.words.iter().any(|file| file.file == path)
    }

    fn position(&self, path: &str) -> Option<usize> {
        self.articles.binary_search_by(|article| article.path.as_ref().cmp(path)).ok()
    }

    /// The article that may include the table at a path.
    fn position_of_table_owner(&self, path: &str) -> Option<usize> {
        self.position(table_owner(self.file(path)?)?)
    }

    /// Whether a file is copied as it is, and so read when it is asked for.
    fn is_copied_file(&self, path: &str) -> bool {
        self.file(path)
            .is_some_and(|file| !matches!(file.place, FilePlace::Geometry(_) | FilePlace::CityMap(_)))
    }

    /// Whether a file is a picture that no longer has the size that pages name, or is made smaller in another way.
    fn has_another_size(&self, path: &str) -> bool {
        self.file(path).is_some_and(|file| file.picture != picture_sizes::header_of(&self.store, file))
    }

    fn file(&self, path: &str) -> Option<&PlainFile> {
        let found = self.files.binary_search_by(|file| file.path.as_ref().cmp(path));
        found.ok().map(|index| &self.files[index])
    }

    /// The bytes of a plain file.
    ///
    /// # Errors
    /// A diagnostic that names the file.
    pub fn read(&self, file: &PlainFile) -> Result<Vec<u8>, Diagnostic> {
        self.store.check_file(&file.path)?;
        match self.store.read(&file.path) {
            Ok(bytes) => Ok(bytes),
            Err(error) => theme::built_in(&file.path)
                .map(<[u8]>::to_vec)
                .ok_or_else(|| store::unreadable(&file.path, &error)),
        }
    }

    /// The repository that the site is in, if any.
    #[must_use]
    pub fn repository(&self) -> Option<Repository> {
        Repository::around(&self.store)
    }

    /// The text of an article or of a table next to it, for diagnostics that point into it; if it was dropped, as the file has it now.
    #[must_use]
    pub fn text(&self, path: &str) -> Cow<'_, str> {
        match self.position(path).map(|found| &self.articles[found]) {
            Some(article) if article.has_lost_its_text() => {
                Cow::Owned(read_text(&self.store, path).unwrap_or_default())
            }
            Some(article) => Cow::Borrowed(&article.text),
            None if self.position_of_table_owner(path).is_some() => {
                Cow::Owned(read_text(&self.store, path).unwrap_or_default())
            }
            None => Cow::Borrowed(""),
        }
    }

    /// An article with its text and the tables next to it, by its path.
    #[must_use]
    pub fn article_with_text(&self, path: &str) -> Option<ArticleFile> {
        let article = &self.articles[self.position(path)?];
        read_article(&self.store, Arc::clone(&article.path), article.role.clone(), &self.files).ok()
    }

    /// The place of a span of an article, which may be in a table that it includes.
    #[must_use]
    pub fn place(&self, path: &str, span: Span) -> Place {
        let (file, span) = self.file_at(path, span);
        Place::new(file, &self.text(file), span)
    }

    /// The file that a span of an article points into, and the span in that file.
    #[must_use]
    pub fn file_at<'f>(&'f self, path: &'f str, span: Span) -> (&'f str, Span) {
        let Some(found) = self.position(path) else { return (path, span) };
        let (file, span) = self.articles[found].file_at(span);
        (file, span)
    }
}

/// The files that may be private and that git tracks. That git cannot be asked is a warning.
fn tracked_secrets(store: &Store, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<String> {
    let Store::Disk(root) = store else { return BTreeSet::new() };
    if !repository::may_have_secrets(root) {
        return BTreeSet::new();
    }
    let Some(repository) = Repository::around(store) else { return BTreeSet::new() };
    repository.tracked(&repository::SECRETS).unwrap_or_else(|error| {
        diagnostics.push(no_answer_of_git(&error));
        BTreeSet::new()
    })
}

/// A warning that git does not say what it tracks.
#[must_use]
pub fn no_answer_of_git(error: &std::io::Error) -> Diagnostic {
    let help = match error.kind() {
        std::io::ErrorKind::NotFound => "install git, so that each build can ask it",
        _ => "put right what `git status` reports in the folder of the site",
    };
    Diagnostic::warning(Code::TRACKED_SECRET, "git could not say whether it tracks private files").help(help)
}

/// The files that may be private and that git tracks, as a build would find them. `None` if git could not say.
#[must_use]
pub fn tracked_now(root: &Path) -> Option<BTreeSet<String>> {
    let mut diagnostics = Vec::new();
    let tracked = tracked_secrets(&Store::Disk(root.to_owned()), &mut diagnostics);
    diagnostics.is_empty().then_some(tracked)
}

/// The private words of the site in a folder, for what is printed before or during a build.
#[must_use]
pub fn private_words(root: &Path) -> RedactList {
    redactions(&Store::Disk(root.to_owned()), &mut Vec::new())
}

/// Checks that a folder holds a site: site.toml or content/.
///
/// # Errors
/// The diagnostic that says so.
pub fn check_root(root: &Path) -> Result<(), Box<Diagnostic>> {
    check_site(&Store::Disk(root.to_owned()))
}

fn check_site(store: &Store) -> Result<(), Box<Diagnostic>> {
    if store.exists("site.toml") || store.exists("content") {
        return Ok(());
    }
    let no_site = Diagnostic::error(Code::NO_SITE, "there is no site here: neither site.toml nor content/");
    let help = "run `bulletin init` to begin one, or give its folder with --root";
    Err(Box::new(no_site.setup().help(help)))
}

/// The settings of the site in a folder; `None` if they cannot be used.
#[must_use]
pub fn settings(root: &Path) -> Option<Config> {
    load_config(&Store::Disk(root.to_owned()), &mut Vec::new())
}

/// The settings of the site in a folder, without any doubt about them; the default ones without a site.toml.
///
/// # Errors
/// What is wrong with site.toml.
pub fn checked_settings(root: &Path) -> Result<Config, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let config = load_config(&Store::Disk(root.to_owned()), &mut diagnostics);
    match config {
        Some(config) if !diagnostics.iter().any(Diagnostic::is_error) => Ok(config),
        _ => Err(diagnostics),
    }
}

/// The path of a site in the git repository around it, with `/` at its end; empty at its top, or without one.
#[must_use]
pub fn path_in_repository(root: &Path) -> String {
    let repository = Repository::around(&Store::Disk(root.to_owned()));
    repository.and_then(|repository| repository.prefix().ok()).unwrap_or_default()
}

/// The address that the git repository around a site is pushed to, if there is one. It may hold a password.
#[must_use]
pub fn origin(root: &Path) -> Option<String> {
    Repository::around(&Store::Disk(root.to_owned()))?.origin()
}

/// The themes of the site in a folder; without a site.toml those of an empty one.
///
/// # Errors
/// What is wrong with site.toml or the theme that it names.
pub fn themes(root: &Path) -> Result<SiteThemes, Vec<Diagnostic>> {
    let store = Store::Disk(root.to_owned());
    let mut diagnostics = Vec::new();
    match load_config(&store, &mut diagnostics) {
        Some(config) => theme_files::themes(&store, &config),
        None => Err(diagnostics),
    }
}

/// The time zone of the site in a folder, from site.toml alone; UTC if it cannot be read.
#[must_use]
pub fn time_zone(root: &Path) -> Zone {
    settings(root).map_or_else(Zone::utc, |config| config.timezone)
}

fn load_config(store: &Store, diagnostics: &mut Vec<Diagnostic>) -> Option<Config> {
    let name = "site.toml";
    if let Err(no_site) = check_site(store) {
        diagnostics.push(*no_site);
        return None;
    }
    if !store.exists(name) {
        return Some(Config::default());
    }
    if !store.is_folder("content") {
        // Going on would empty the output: a drive that is not there, a checkout gone wrong.
        diagnostics.push(
            Diagnostic::error(Code::NO_CONTENT, "there is no folder content/ next to site.toml")
                .setup()
                .help("put it back; for a site without articles make it an empty folder"),
        );
        return None;
    }
    let text = read_merged_text(store, name).map_err(|error| diagnostics.push(error.setup())).ok()?;
    let (config, found) = config::parse(name, &text);
    diagnostics.extend(found);
    config
}

/// Articles of an earlier build, and the paths of those that may have changed since.
#[derive(Clone, Copy)]
pub struct ReadBefore<'a> {
    pub set: &'a SourceSet,
    pub touched: &'a BTreeSet<Arc<str>>,
}

impl<'a> ReadBefore<'a> {
    fn find(&self, path: &str, role: &Role, files: &[PlainFile]) -> Option<Arc<ArticleFile>> {
        let article = &self.set.articles[self.set.position(path)?];
        let known = article.tables.iter().map(|table| &table.path);
        let is_touched = self.touched.contains(path)
            || known.chain(tables_next_to(path, files)).any(|table| self.touched.contains(table));
        (article.role == *role && !is_touched).then(|| Arc::clone(article))
    }

    /// The file as it was then, if it has not changed.
    fn untouched_file(self, path: &str) -> Option<&'a PlainFile> {
        self.set.file(path).filter(|_| !self.touched.contains(path))
    }
}

/// An article, and the result of `take` for it.
type ReadArticle<T> = (Arc<ArticleFile>, Option<T>);

/// Those that could be read; the others are reported.
fn all_read<T>(
    read: Vec<Result<ReadArticle<T>, Diagnostic>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Arc<ArticleFile>>, Vec<Option<T>>) {
    let mut articles = (Vec::with_capacity(read.len()), Vec::with_capacity(read.len()));
    for result in read {
        match result {
            Ok((article, taken)) => {
                articles.0.push(article);
                articles.1.push(taken);
            }
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    articles
}

/// map.geojson, if there is one.
fn city_map(store: &Store, diagnostics: &mut Vec<Diagnostic>) -> Option<PlainFile> {
    if !store.names_in("").iter().any(|name| name == CITY_MAP) {
        return None;
    }
    match store.check_file(CITY_MAP) {
        Ok(()) => Some(PlainFile { path: CITY_MAP.into(), place: FilePlace::CityMap(None), picture: None }),
        Err(refused) => {
            diagnostics.push(refused);
            None
        }
    }
}

/// Reads the bytes of maps and outlines, but for those that have not changed; one that cannot be read has none, and is
/// reported.
fn read_geometry(
    store: &Store,
    files: &mut [PlainFile],
    before: Option<ReadBefore<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for file in files {
        if let Some(known) = before.and_then(|before| before.untouched_file(&file.path))
            && let FilePlace::Geometry(Some(_)) | FilePlace::CityMap(Some(_)) = &known.place
            && std::mem::discriminant(&known.place) == std::mem::discriminant(&file.place)
        {
            file.place = known.place.clone();
            continue;
        }
        let (FilePlace::Geometry(bytes) | FilePlace::CityMap(bytes)) = &mut file.place else { continue };
        match store.read_at_most(&file.path, store::MOST_GEOMETRY_BYTES) {
            Ok(read) => *bytes = Some(read.into()),
            Err(error) => diagnostics.push(store::unreadable(&file.path, &error)),
        }
    }
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
