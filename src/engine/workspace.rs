//! A site that is built again and again: unchanged files are not read, parsed or linked again.
//!
//! Owns the last build. The first build and every later one take the same steps; a later one finds some
//! of them done. Does not find out what changed.
//!
//! Invariant: the result is that of a first build of the same files. A step is skipped only if all its
//! inputs are equal by value, or are the very same shared value.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::cards;
use super::observer::{Observer, Stage, Unobserved, in_stage};
use super::prepared::Prepared;
use super::theme::{LoadedTheme, load_theme, reuse_theme};
use crate::checks::leaks::LeakCheck;
use crate::config::Config;
use crate::diag::{Diagnostic, has_errors};
use crate::inventory::Inventory;
use crate::model::Article;
use crate::parse::{self, ParsedArticle};
use crate::picture_cache::PictureCache;
use crate::site::{self, LinkOptions, Site};
use crate::sources::{ArticleFile, Changes, Loaded, ReadBefore, SourceSet, Store};
use crate::time::{DayOrMoment, Moment, Zone};

/// What a build depends on besides the files.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    pub store: Store,
    pub now: DayOrMoment,
    /// Builds the site as it was known then.
    pub as_of: Option<DayOrMoment>,
    pub drafts: bool,
    /// Replaces that of site.toml.
    pub base_url: Option<Box<str>>,
}

/// One site across its builds.
pub struct Workspace {
    options: BuildOptions,
    observer: Arc<dyn Observer>,
    pictures: Arc<PictureCache>,
    /// The last build without errors, or the first build if there is none. Most errors are gone with the
    /// next save, and then a good site is the better start.
    last: Option<LastBuild>,
    /// Everything that has changed since `last`.
    changes_since: Changes,
}

struct LastBuild {
    sources: SourceSet,
    /// Diagnostics of reading.
    diagnostics: Vec<Diagnostic>,
    parsed: Vec<ParsedFile>,
    linked: LinkedSite,
    /// `None` if it had errors.
    theme: Option<LoadedTheme>,
    leak_check: LeakCheck,
}

/// The articles of a site, with its settings and what finds its private words.
pub(super) type ReadArticles = (Config, Vec<Article>, LeakCheck);

/// One file and the article in it.
#[derive(Clone)]
struct ParsedFile {
    file: Arc<ArticleFile>,
    article: Option<Article>,
    /// The article may lack claims that the file has.
    is_broken: bool,
    diagnostics: Arc<[Diagnostic]>,
}

#[derive(Clone)]
struct LinkedSite {
    site: Arc<Site>,
    diagnostics: Vec<Diagnostic>,
}

impl Workspace {
    #[must_use]
    pub fn new(options: BuildOptions) -> Self {
        let root = match &options.store {
            Store::Disk(root) => Some(root.clone()),
            Store::Memory(_) => None,
        };
        Self {
            options,
            observer: Arc::new(Unobserved),
            pictures: Arc::new(PictureCache::new(root)),
            last: None,
            changes_since: Changes::default(),
        }
    }

    #[must_use]
    pub fn observed_by(self, observer: Arc<dyn Observer>) -> Self {
        Self { observer, ..self }
    }

    /// The time of the builds from now on.
    pub fn set_now(&mut self, now: Moment) {
        self.options.now = DayOrMoment::Moment(now);
    }

    /// Loads, parses and links; with `changes`, what differs since the last call. The site is `None` if
    /// site.toml or the theme cannot be used.
    pub fn prepare(&mut self, changes: Option<&Changes>) -> (Option<Prepared>, Vec<Diagnostic>) {
        match changes {
            Some(changes) => self.changes_since.add(changes.clone()),
            None => self.last = None,
        }
        let (loaded, read_diagnostics) = in_stage(&*self.observer, Stage::Reading, || self.load());
        let Some(Loaded { set: mut sources, results }) = loaded else { return (None, read_diagnostics) };
        let last = self.last.as_ref().filter(|last| last.sources.config == sources.config);
        let parsed = parse_rest(&mut sources, results, last);
        let (linked, theme, leak_check) =
            in_stage(&*self.observer, Stage::Linking, || self.link_all(last, &sources, &parsed));
        let in_names = leak_check.diagnostics(&linked.site, &sources);
        let in_files = parsed.iter().flat_map(|parsed| parsed.diagnostics.iter());
        let in_theme = theme.as_ref().map_or_else(Vec::as_slice, |theme| &theme.diagnostics);
        let pages = parsed.iter().filter_map(|parsed| match &parsed.article {
            Some(Article::Page(page)) => Some(page.as_ref()),
            _ => None,
        });
        let in_pages = theme.as_ref().map_or_else(|_| Vec::new(), |theme| theme.check_pages(pages, &sources));
        let all = read_diagnostics
            .iter()
            .chain(in_files)
            .chain(&linked.diagnostics)
            .chain(in_theme)
            .chain(&in_pages)
            .chain(&in_names);
        let mut diagnostics: Vec<Diagnostic> = all.cloned().collect();
        let theme = theme.ok();
        let prepared = theme
            .as_ref()
            .map(|theme| self.prepared(&sources, &linked, theme, &leak_check, &mut diagnostics));
        leak_check.mask_all(&mut diagnostics);
        sources.config.levels.apply(&mut diagnostics);
        if self.last.is_none() || !has_errors(&diagnostics) {
            let diagnostics = read_diagnostics;
            self.last = Some(LastBuild { sources, diagnostics, parsed, linked, theme, leak_check });
            self.changes_since = Changes::default();
        }
        (prepared, diagnostics)
    }

    /// Loads, parses and links with drafts, and as if no embargo were set: what a desk has, not what readers get.
    /// `None` if site.toml cannot be used.
    pub(super) fn link_with_hidden(&self) -> (Option<(Inventory, LeakCheck)>, Vec<Diagnostic>) {
        let (loaded, mut diagnostics) = self.load_each(None);
        let Some(Loaded { set: mut sources, results }) = loaded else { return (None, diagnostics) };
        let mut parsed = parse_rest(&mut sources, results, None);
        let mut embargoed = BTreeMap::new();
        for parsed in &mut parsed {
            diagnostics.extend_from_slice(&parsed.diagnostics);
            if let Some(Article::Briefing(briefing)) = &mut parsed.article
                && let Some(until) = briefing.embargo_until
            {
                embargoed.insert(briefing.id.clone(), until);
                Arc::make_mut(briefing).embargo_until = None;
            }
        }
        let now = moment(self.options.now, &sources.config.timezone);
        embargoed.retain(|_, until| *until > now);
        let with_drafts = Self::new(BuildOptions { drafts: true, ..self.options.clone() });
        let LinkedSite { site, .. } = with_drafts.link(None, &sources, &parsed);
        let leak_check = LeakCheck::new(&site, &sources, None);
        leak_check.mask_all(&mut diagnostics);
        (Some((Inventory { site: Arc::unwrap_or_clone(site), embargoed, now }, leak_check)), diagnostics)
    }

    /// Loads, parses and links, and keeps the articles. `None` if site.toml or the theme cannot be used.
    pub(super) fn articles(&self) -> (Option<ReadArticles>, Vec<Diagnostic>) {
        let (loaded, mut diagnostics) = self.load_each(None);
        let Some(Loaded { set: mut sources, results }) = loaded else { return (None, diagnostics) };
        let parsed = parse_rest(&mut sources, results, None);
        diagnostics.extend(parsed.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned()));
        let LinkedSite { site, .. } = self.link(None, &sources, &parsed);
        let leak_check = LeakCheck::new(&site, &sources, None);
        leak_check.mask_all(&mut diagnostics);
        let articles = parsed.into_iter().filter_map(|parsed| parsed.article).collect();
        (Some((sources.config, articles, leak_check)), diagnostics)
    }

    fn load(&self) -> (Option<Loaded<ParsedArticle>>, Vec<Diagnostic>) {
        let Some(last) = &self.last else { return self.load_each(None) };
        let changes = &self.changes_since;
        if changes.added.is_empty() && changes.removed.is_empty() {
            let paths = changes.changed.iter().map(AsRef::as_ref);
            if let Some(set) = last.sources.with_files_read_again(paths) {
                return (Some(Loaded { set, results: Vec::new() }), last.diagnostics.clone());
            }
        }
        let touched = changes.all();
        let (loaded, diagnostics) =
            self.load_each(Some(ReadBefore { set: &last.sources, touched: &touched }));
        // With another site.toml everything is parsed again, and the texts are gone.
        if loaded.as_ref().is_some_and(|loaded| loaded.set.config != last.sources.config) {
            return self.load_each(None);
        }
        (loaded, diagnostics)
    }

    /// Parses each article as soon as it is read, and drops its text: a diagnostic that points into it
    /// reads the file again.
    fn load_each(&self, before: Option<ReadBefore<'_>>) -> (Option<Loaded<ParsedArticle>>, Vec<Diagnostic>) {
        let store = self.options.store.clone();
        let expect = |articles: usize| self.observer.expects(articles);
        let (mut loaded, diagnostics) = SourceSet::load_each(store, before, &expect, |config, file| {
            let parsed = parse::article(&file, config);
            self.observer.items_done(1, file.text.len() as u64);
            (file.without_text(), parsed)
        });
        if let Some(loaded) = &mut loaded
            && let Some(base_url) = &self.options.base_url
        {
            loaded.set.config.base_url = Some(base_url.clone());
        }
        (loaded, diagnostics)
    }

    /// The site, what renders it and what finds its private words; steps of the last build are not taken again.
    fn link_all(
        &self,
        last: Option<&LastBuild>,
        sources: &SourceSet,
        parsed: &[ParsedFile],
    ) -> (LinkedSite, Result<LoadedTheme, Vec<Diagnostic>>, LeakCheck) {
        let (linked, theme) = rayon::join(
            || self.link(last, sources, parsed),
            || {
                let reused = last.and_then(|last| reuse_theme(last.theme.as_ref(), &last.sources, sources));
                reused.map_or_else(|| load_theme(sources), Ok)
            },
        );
        let leak_check = LeakCheck::new(&linked.site, sources, last.map(|last| &last.leak_check));
        self.observer.items_done(parsed.len(), 0);
        (linked, theme, leak_check)
    }

    fn link(&self, last: Option<&LastBuild>, sources: &SourceSet, parsed: &[ParsedFile]) -> LinkedSite {
        let zone = &sources.config.timezone;
        let options = LinkOptions {
            now: moment(self.options.now, zone),
            as_of: self.options.as_of.map(|at| moment(at, zone)),
            drafts: self.options.drafts,
        };
        if let Some(linked) = last.and_then(|last| linked_from(last, sources, parsed, &options)) {
            return linked;
        }
        let articles: Vec<Article> = parsed.iter().filter_map(|parsed| parsed.article.clone()).collect();
        let broken = parsed.iter().filter(|parsed| parsed.is_broken);
        let broken: Vec<Arc<str>> = broken.map(|parsed| Arc::clone(&parsed.file.path)).collect();
        let before = last.map(|last| &*last.linked.site);
        let (site, diagnostics) = site::link(sources, &articles, &broken, before, &options);
        LinkedSite { site: Arc::new(site), diagnostics }
    }

    /// The site with what renders it.
    fn prepared(
        &self,
        sources: &SourceSet,
        linked: &LinkedSite,
        theme: &LoadedTheme,
        leak_check: &LeakCheck,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Prepared {
        if !has_errors(diagnostics) {
            diagnostics.extend(sources.config.without_base_url());
        }
        let mut prepared = Prepared {
            sources: sources.clone(),
            site: Arc::clone(&linked.site),
            templates: Arc::clone(&theme.templates),
            words: Arc::clone(&theme.words),
            fonts: cards::fonts(&linked.site, sources),
            leak_check: leak_check.clone(),
            pictures: Arc::clone(&self.pictures),
        };
        diagnostics.extend(prepared.leave_out_cards());
        prepared
    }
}

fn moment(at: DayOrMoment, zone: &Zone) -> Moment {
    at.moment_in(zone).unwrap_or(Moment { at: Timestamp::MAX, offset: 0 })
}

/// All articles parsed: while they were read, in the last build, or now.
fn parse_rest(
    sources: &mut SourceSet,
    mut results: Vec<Option<ParsedArticle>>,
    last: Option<&LastBuild>,
) -> Vec<ParsedFile> {
    let SourceSet { articles, config, .. } = sources;
    results.resize_with(articles.len(), || None);
    let parse_one = |(index, (file, result)): (usize, (&mut Arc<ArticleFile>, Option<ParsedArticle>))| {
        if result.is_none()
            && let Some(parsed) = last.and_then(|last| last.parsed_file(index, file))
        {
            return parsed.clone();
        }
        let parsed = result.unwrap_or_else(|| {
            let parsed = parse::article(file, config);
            *file = Arc::new(file.as_ref().clone().without_text());
            parsed
        });
        let ParsedArticle { article, is_broken, diagnostics } = parsed;
        ParsedFile { file: Arc::clone(file), article, is_broken, diagnostics: diagnostics.into() }
    };
    articles.par_iter_mut().zip(results).enumerate().map(parse_one).collect()
}

impl LastBuild {
    /// The very same file, as it was parsed.
    fn parsed_file(&self, index: usize, file: &Arc<ArticleFile>) -> Option<&ParsedFile> {
        // Nearly always at the same index. Searching for each file would slow every save.
        if let Some(parsed) = self.parsed.get(index)
            && Arc::ptr_eq(&parsed.file, file)
        {
            return Some(parsed);
        }
        let found = self.parsed.binary_search_by(|parsed| parsed.file.path.cmp(&file.path)).ok()?;
        Some(&self.parsed[found]).filter(|parsed| Arc::ptr_eq(&parsed.file, file))
    }
}

/// The last site if it was made of the very same files and nothing has changed by itself since, or one made
/// from it if only texts differ.
fn linked_from(
    last: &LastBuild,
    sources: &SourceSet,
    parsed: &[ParsedFile],
    options: &LinkOptions,
) -> Option<LinkedSite> {
    let has_same_files = last.sources.files == sources.files && last.sources.logo == sources.logo;
    if !has_same_files || last.parsed.len() != parsed.len() {
        return None;
    }
    let mut changed = Vec::new();
    for (before, now) in last.parsed.iter().zip(parsed) {
        if Arc::ptr_eq(&before.file, &now.file) {
            continue;
        }
        if before.file.path != now.file.path || before.file.role != now.file.role {
            return None;
        }
        if now.is_broken {
            return None;
        }
        changed.push((before.article.clone()?, now.article.clone()?));
    }
    let LinkedSite { site, diagnostics } = &last.linked;
    if changed.is_empty() {
        return site.holds_with(options).then(|| last.linked.clone());
    }
    let (site, diagnostics) = site::relink(site, diagnostics, sources, &changed, options)?;
    Some(LinkedSite { site: Arc::new(site), diagnostics })
}

#[cfg(test)]
pub(super) mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::time::parse_day_or_moment;

    const LOGO: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><path d=\"M0 0h9v9H0z\"/></svg>";

    /// Writes a file of a site, with the folders above it.
    pub(in crate::engine) fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), bytes).unwrap();
    }

    pub(in crate::engine) fn workspace(root: &Path) -> Workspace {
        Workspace::new(BuildOptions {
            store: Store::Disk(root.to_owned()),
            now: parse_day_or_moment("2031-05-04").unwrap(),
            as_of: None,
            drafts: false,
            base_url: None,
        })
    }

    #[test]
    fn a_city_is_read_again_only_if_its_file_has_changed() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| write(root.path(), path, text);
        const CITY: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"layer":"road"},
            "geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}},{"type":"Feature","properties":{},
            "geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}"#;
        write("site.toml", "title = \"T\"\n");
        write("map.geojson", CITY);
        let mut workspace = workspace(root.path());
        let mut after = |path: &str, text: &str| {
            let is_new = !root.path().join(path).exists();
            write(path, text);
            let paths = [path.into()].into();
            let changes = if is_new {
                Changes { added: paths, ..Changes::default() }
            } else {
                Changes { changed: paths, ..Changes::default() }
            };
            let (prepared, diagnostics) = workspace.prepare(Some(&changes));
            let warnings = diagnostics.iter().filter(|d| d.code.name() == "unknown-layer").count();
            (prepared.unwrap().site.city.clone().unwrap(), warnings)
        };
        let (first, warnings) = after("content/a.md", "+++\ntitle = \"A\"\n+++\n");
        assert_eq!(warnings, 1);
        for (path, text) in
            [("content/a.md", "+++\ntitle = \"B\"\n+++\n"), ("content/b.md", "+++\ntitle = \"B\"\n+++\n")]
        {
            let (same, warnings) = after(path, text);
            assert!(Arc::ptr_eq(&first, &same), "{path}");
            assert_eq!(warnings, 1, "{path}");
        }
        let (other, _) = after("map.geojson", &CITY.replace("[3,4]", "[3,5]"));
        assert!(!Arc::ptr_eq(&first, &other) && first.city != other.city);
    }

    #[test]
    fn a_later_build_knows_the_logo_and_the_notice_of_the_files_as_they_are() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| write(root.path(), path, text);
        write(
            "site.toml",
            "title = \"T\"\nlogo = \"l.svg\"\nnotice = { text = \"Help\", url = \"content/a.md#b\" }\n",
        );
        write("static/l.svg", LOGO);
        write("content/a.md", "+++\ntitle = \"A\"\n+++\n## B\n");
        let mut workspace = workspace(root.path());
        let mut after = |path: &str, text: &str| {
            write(path, text);
            let changed = Changes { changed: [path.into()].into(), ..Changes::default() };
            let (prepared, diagnostics) = workspace.prepare(Some(&changed));
            let codes: Vec<&str> =
                diagnostics.iter().filter(|d| d.is_error()).map(|d| d.code.name()).collect();
            (prepared.and_then(|prepared| prepared.site.logo.as_ref().map(|logo| logo.width)), codes)
        };
        let none: Vec<&str> = Vec::new();
        assert_eq!(after("static/l.svg", LOGO), (Some(40), none.clone()));
        assert_eq!(after("static/l.svg", &LOGO.replace("40 20", "30 20")), (Some(30), none.clone()));
        assert_eq!(after("static/l.svg", "<svg>"), (None, none.clone()));
        assert_eq!(after("static/l.svg", LOGO), (Some(40), none.clone()));
        assert_eq!(
            after("content/a.md", "+++\ntitle = \"A\"\n+++\n## C\n"),
            (Some(40), vec!["dead-fragment"])
        );
        assert_eq!(
            after("content/a.md", "+++\ntitle = \"A\"\n+++\n## B\n\nText.\n"),
            (Some(40), none.clone())
        );
        assert_eq!(
            after("content/a.md", "+++\ntitle = \"A\"\ntemplate = \"b.html\"\n+++\n## B\n"),
            (Some(40), vec!["missing-template"])
        );
        assert_eq!(after("content/a.md", "+++\ntitle = \"A\"\n+++\n## B\n"), (Some(40), none));
    }
}
