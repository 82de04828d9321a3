//! A site that is built again and again: what did not change is not read, parsed or linked anew.
//!
//! Owns what is kept from one build to the next. A first build and every later one go the same
//! way; a later one finds some of its steps done. Does not find out what changed.
//!
//! Invariant: what comes out is what a first build of the same files gives. A step is left out
//! only where all that it looks at is the same by value, or the very same shared value.

use std::sync::Arc;

use rayon::prelude::*;

use super::{
    BuildOptions, Prepared, active_file, document_metadata, has_errors, now, parse, templates,
    without_address, words,
};
use crate::checks::leaks::LeakCheck;
use crate::diag::Diagnostic;
use crate::i18n::Messages;
use crate::model::Article;
use crate::render::templates::Templates;
use crate::site::{self, LinkOptions, Site};
use crate::sources::{ArticleFile, Changes, Known, Loaded, SourceSet};

/// What is kept between two builds of one site.
pub struct Workspace {
    options: BuildOptions,
    /// Of the last build without errors, where there was one: most errors are gone with the next
    /// save, and what is made from a good site need not be made from the files.
    kept: Option<Kept>,
    /// What has changed since `kept`.
    since: Changes,
}

struct Kept {
    sources: SourceSet,
    /// What reading said.
    loaded: Vec<Diagnostic>,
    parsed: Vec<ParsedFile>,
    linked: Option<Linked>,
    dressed: Option<Dressed>,
}

impl Kept {
    /// All that was said, and what renders the site.
    fn prepared(
        &self,
        linked: &Linked,
        dressed: &Result<Dressed, Vec<Diagnostic>>,
    ) -> (Option<Prepared>, Vec<Diagnostic>) {
        let in_files = self.parsed.iter().flat_map(|parsed| parsed.diagnostics.iter());
        let in_theme = dressed.as_ref().map_or_else(Vec::as_slice, |dressed| &dressed.diagnostics);
        let all = self.loaded.iter().chain(in_files).chain(&linked.diagnostics).chain(in_theme);
        let mut diagnostics: Vec<Diagnostic> = all.cloned().collect();
        let prepared = dressed.as_ref().ok().map(|dressed| {
            let site = Arc::clone(&linked.site);
            diagnostics.extend(site.files.iter().filter_map(document_metadata));
            diagnostics.extend(site.files.iter().filter_map(active_file));
            if !has_errors(&diagnostics) {
                diagnostics.extend(without_address(&self.sources));
            }
            let (templates, words) = (Arc::clone(&dressed.templates), Arc::clone(&dressed.words));
            let leak_check = LeakCheck::new(&site, &self.sources);
            Prepared { sources: self.sources.clone(), site, templates, words, leak_check }
        });
        self.sources.redactions.mask_all(&mut diagnostics);
        (prepared, diagnostics)
    }
}

/// One file and what parsing made of it.
#[derive(Clone)]
struct ParsedFile {
    file: Arc<ArticleFile>,
    article: Option<Article>,
    diagnostics: Arc<[Diagnostic]>,
}

#[derive(Clone)]
struct Linked {
    site: Arc<Site>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Clone)]
struct Dressed {
    words: Arc<Messages>,
    templates: Arc<Templates>,
    diagnostics: Vec<Diagnostic>,
}

impl Workspace {
    #[must_use]
    pub fn new(options: BuildOptions) -> Self {
        Self { options, kept: None, since: Changes::default() }
    }

    /// Loads, parses and links; with `changes`, what differs since the last time. The site is `None`
    /// where the set-up leaves nothing to render with.
    pub fn prepare(&mut self, changes: Option<&Changes>) -> (Option<Prepared>, Vec<Diagnostic>) {
        match changes {
            Some(changes) => self.since.add(changes.clone()),
            None => self.kept = None,
        }
        let (sources, loaded) = self.load();
        let Some(Loaded { set: mut sources, taken }) = sources else { return (None, loaded) };
        let before = self.kept.as_ref().filter(|before| before.sources.config == sources.config);
        let parsed = parse_rest(&mut sources, taken, before);
        let mut kept = Kept { sources, loaded, parsed, linked: None, dressed: None };
        let (linked, dressed) = rayon::join(
            || self.link(before, &kept),
            || match before.and_then(|before| same_dress(before, &kept.sources)) {
                Some(dressed) => Ok(dressed),
                None => dress(&kept.sources),
            },
        );
        let (prepared, diagnostics) = kept.prepared(&linked, &dressed);
        (kept.linked, kept.dressed) = (Some(linked), dressed.ok());
        if self.kept.is_none() || !has_errors(&diagnostics) {
            self.kept = Some(kept);
            self.since = Changes::default();
        }
        (prepared, diagnostics)
    }

    fn load(&self) -> (Option<Loaded<Outcome>>, Vec<Diagnostic>) {
        let (Some(before), changes) = (&self.kept, &self.since) else { return self.load_each(None) };
        if changes.added.is_empty() && changes.removed.is_empty() {
            let paths = changes.changed.iter().map(AsRef::as_ref);
            if let Some(sources) = before.sources.with_files_read_again(paths) {
                let taken = Vec::new();
                return (Some(Loaded { set: sources, taken }), before.loaded.clone());
            }
        }
        let touched = changes.all();
        let again = self.load_each(Some(Known { set: &before.sources, touched: &touched }));
        // Everything is to be parsed anew, and the texts are forgotten.
        let is_other = |loaded: &Loaded<_>| loaded.set.config != before.sources.config;
        if again.0.as_ref().is_some_and(is_other) {
            return self.load_each(None);
        }
        again
    }

    /// Parses each article as soon as it is read, and forgets its text: a message that points into it
    /// reads the file again.
    fn load_each(&self, known: Option<Known<'_>>) -> (Option<Loaded<Outcome>>, Vec<Diagnostic>) {
        let (loaded, diagnostics) =
            SourceSet::load_each(self.options.store.clone(), known, |config, file| {
                let parsed = parse(&file, config);
                (file.forgotten(), parsed)
            });
        let addressed = loaded.map(|mut loaded| {
            // The address of the command line is that of the site.
            let written = loaded.set.config.base_url.take();
            loaded.set.config.base_url = self.options.base_url.clone().or(written);
            loaded
        });
        (addressed, diagnostics)
    }

    fn link(&self, before: Option<&Kept>, kept: &Kept) -> Linked {
        let zone = &kept.sources.config.timezone;
        let options = LinkOptions {
            now: now(self.options.now, zone),
            as_of: self.options.as_of.map(|at| now(at, zone)),
            drafts: self.options.drafts,
        };
        if let Some(linked) = before.and_then(|before| relinked(before, kept, &options)) {
            return linked;
        }
        let articles: Vec<Article> = kept.parsed.iter().filter_map(|parsed| parsed.article.clone()).collect();
        let broken: Vec<Arc<str>> = kept
            .parsed
            .iter()
            .filter(|parsed| parsed.article.is_none())
            .map(|parsed| Arc::clone(&parsed.file.path))
            .collect();
        let (site, diagnostics) = site::link(&kept.sources, &articles, &broken, &options);
        Linked { site: Arc::new(site), diagnostics }
    }
}

/// What parsing made of a file.
type Outcome = (Option<Article>, Vec<Diagnostic>);

/// All articles parsed: as they were read, at an earlier build, or now.
fn parse_rest(
    sources: &mut SourceSet,
    mut taken: Vec<Option<Outcome>>,
    before: Option<&Kept>,
) -> Vec<ParsedFile> {
    let known = |index: usize, file: &Arc<ArticleFile>| {
        let parsed = &before?.parsed;
        let is_it = |parsed: &&ParsedFile| Arc::ptr_eq(&parsed.file, file);
        // Nearly always it stands where it stood: a search for each would be felt at every save.
        parsed.get(index).filter(is_it).cloned().or_else(|| {
            let found = parsed.binary_search_by(|parsed| parsed.file.path.cmp(&file.path)).ok()?;
            Some(&parsed[found]).filter(is_it).cloned()
        })
    };
    let SourceSet { articles, config, .. } = sources;
    taken.resize_with(articles.len(), || None);
    let parsed = |(index, (file, taken)): (usize, (&mut Arc<ArticleFile>, Option<Outcome>))| {
        if let Some(known) = known(index, file).filter(|_| taken.is_none()) {
            return known;
        }
        let (article, diagnostics) = taken.unwrap_or_else(|| {
            let parsed = parse(file, config);
            *file = Arc::new(file.as_ref().clone().forgotten());
            parsed
        });
        ParsedFile { file: Arc::clone(file), article, diagnostics: diagnostics.into() }
    };
    articles.par_iter_mut().zip(taken).enumerate().map(parsed).collect()
}

/// The last site, where it was made of the very same files, or one made from it, where only
/// words differ.
fn relinked(before: &Kept, kept: &Kept, options: &LinkOptions) -> Option<Linked> {
    if before.sources.files != kept.sources.files || before.parsed.len() != kept.parsed.len() {
        return None;
    }
    let last = before.linked.as_ref()?;
    let mut changed = Vec::new();
    for (a, b) in before.parsed.iter().zip(&kept.parsed) {
        if Arc::ptr_eq(&a.file, &b.file) {
            continue;
        }
        if a.file.path != b.file.path || a.file.role != b.file.role {
            return None;
        }
        changed.push((a.article.clone()?, b.article.clone()?));
    }
    if changed.is_empty() {
        return Some(last.clone());
    }
    let (site, diagnostics) = site::relink(&last.site, &last.diagnostics, &kept.sources, &changed, options)?;
    Some(Linked { site: Arc::new(site), diagnostics })
}

/// Templates and words of the last build, where nothing that they are made of has changed.
fn same_dress(before: &Kept, sources: &SourceSet) -> Option<Dressed> {
    let is_same = before.sources.templates == sources.templates
        && before.sources.words == sources.words
        && before.sources.themes == sources.themes;
    before.dressed.clone().filter(|_| is_same)
}

fn dress(sources: &SourceSet) -> Result<Dressed, Vec<Diagnostic>> {
    let (words, mut diagnostics) = words(sources, sources.config.timezone.clone());
    let words = Arc::new(words);
    match templates(sources, &words) {
        Ok(templates) => {
            diagnostics.extend(templates.warnings());
            Ok(Dressed { words, templates: Arc::new(templates), diagnostics })
        }
        Err(found) => {
            diagnostics.extend(found);
            Err(diagnostics)
        }
    }
}
