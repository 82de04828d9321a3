//! Renders every route into a sink, and checks it on the way.
//!
//! Owns the threads, and which pages of the last run need not be rendered again. What is found goes to
//! `findings`, the bytes to an [`OutputSink`].
//!
//! Invariant: the diagnostics are the same with a [`RenderCache`] as without.

use std::sync::Arc;

use rayon::prelude::*;

use super::cache::Cache;
use super::file_outputs::FileOutputs;
use super::findings::{Findings, NewEntry, PageCheck, PlainTextCheck, RenderReport, RouteIndices};
use super::observer::{Observer, OutputTime, Stage, Unobserved, in_stage};
use super::prepared::Prepared;
use super::sink::OutputSink;
use crate::checks::copied_files::CopiedOutput;
use crate::checks::leaks::LeakCheck;
use crate::checks::page_weight;
use crate::config::Budget;
use crate::diag::Diagnostic;
use crate::paths::OutPath;
use crate::render::templates::Templates;
use crate::render::{PageSource, PageTemplate, Renderer};
use crate::site::{FileIx, LanguageIx, Route, Site};

/// How many routes a thread takes at a time. With low memory it also drops its renderer after them, and
/// with that the parts that pages share.
const ROUTES_AT_A_TIME: usize = 128;

/// The checks of all pages, from the last time that they were rendered.
pub struct RenderCache {
    /// What all of them depend on; `None` before the first run.
    key: Option<CacheKey>,
    /// By output path, valid for a fingerprint of the page's source.
    checks: Cache<u64, Arc<PageCheck>>,
}

/// What the bytes and the checks of every page depend on, besides its own source.
struct CacheKey {
    templates: Arc<Templates>,
    leak_check: LeakCheck,
    budget: Budget,
    site: Arc<Site>,
}

impl Default for RenderCache {
    fn default() -> Self {
        Self { key: None, checks: Cache::new(usize::MAX) }
    }
}

impl RenderCache {
    /// Pages that were not rendered, since the last run had the same.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.checks.hits()
    }

    /// Pages that were rendered.
    #[must_use]
    pub fn misses(&self) -> u64 {
        self.checks.misses()
    }

    /// Drops what may not be true for this site. A new path may mend a broken link, and breaks none; a path
    /// that is gone may break links on any page.
    fn prepare_for(&mut self, prepared: &Prepared) {
        let key = CacheKey::of(prepared);
        if self.key.as_ref().is_some_and(|before| before.holds_for(&key)) {
            self.checks.retain(|_, check| check.faults.is_empty());
        } else {
            self.checks.clear();
        }
        self.key = Some(key);
    }
}

impl CacheKey {
    fn of(prepared: &Prepared) -> Self {
        Self {
            templates: Arc::clone(&prepared.templates),
            leak_check: prepared.leak_check.clone(),
            budget: prepared.site.config.budget,
            site: Arc::clone(&prepared.site),
        }
    }

    fn holds_for(&self, now: &Self) -> bool {
        Arc::ptr_eq(&self.templates, &now.templates)
            && self.leak_check == now.leak_check
            && self.budget == now.budget
            && (Arc::ptr_eq(&self.site, &now.site) || has_all_paths_of(&now.site, &self.site))
    }
}

fn has_all_paths_of(site: &Site, before: &Site) -> bool {
    let mut paths = site.routes.all().iter().map(|(path, _)| path);
    // Both are sorted.
    before.routes.all().iter().all(|(path, _)| paths.any(|known| known == path))
}

impl Prepared {
    /// Renders every route into the sink, in no particular order, on all cores. Returns what is wrong with
    /// templates, files and links, by route.
    pub fn render_all(&self, sink: &impl OutputSink) -> RenderReport {
        self.render_all_observed(sink, &Unobserved)
    }

    /// As [`Prepared::render_all`], with an observer.
    pub fn render_all_observed(&self, sink: &impl OutputSink, observer: &dyn Observer) -> RenderReport {
        self.masked(self.render(None, sink, observer))
    }

    /// As [`Prepared::render_all`], but a page is not rendered if the cache has its check and the sink its
    /// bytes. Fills the cache; if the sink is cancelled, nothing is cached or returned.
    pub fn render_changed(
        &self,
        cache: &mut RenderCache,
        sink: &impl OutputSink,
        observer: &dyn Observer,
    ) -> RenderReport {
        cache.prepare_for(self);
        let mut findings = self.render(Some(cache), sink, observer);
        if sink.is_cancelled() {
            return RenderReport::default();
        }
        let routes = self.site.routes.all();
        for NewEntry { index, fingerprint, check } in std::mem::take(&mut findings.new_entries) {
            // No budget, so the size does not count.
            cache.checks.insert(routes[index].0.as_str(), fingerprint, check, 0);
        }
        self.masked(findings)
    }

    fn render(
        &self,
        cache: Option<&RenderCache>,
        sink: &impl OutputSink,
        observer: &dyn Observer,
    ) -> Findings {
        in_stage(observer, Stage::Rendering, || {
            observer.expects(self.site.routes.all().len());
            self.render_routes(cache, sink, observer)
        })
    }

    fn render_routes(
        &self,
        cache: Option<&RenderCache>,
        sink: &impl OutputSink,
        observer: &dyn Observer,
    ) -> Findings {
        // All threads share one renderer: it keeps what many pages show, at last parts of every briefing.
        let shared = (!sink.low_memory()).then(|| Arc::new(self.renderer()));
        let worker = || {
            let renderer = shared.clone().unwrap_or_else(|| Arc::new(self.renderer()));
            Worker { prepared: self, renderer, cache, sink, observer }
        };
        (0..self.site.routes.all().len())
            .into_par_iter()
            .with_max_len(ROUTES_AT_A_TIME)
            .fold(
                || (worker(), Findings::default()),
                |(worker, mut findings), index| {
                    if !sink.is_cancelled() {
                        worker.observed_route(index, &mut findings);
                    }
                    (worker, findings)
                },
            )
            .map(|(_, findings)| findings)
            .collect::<Vec<Findings>>()
            .into_iter()
            .fold(Findings::default(), Findings::merged)
    }

    fn masked(&self, mut findings: Findings) -> RenderReport {
        let occupancy = std::mem::take(&mut findings.occupancy);
        let mut diagnostics = findings.into_diagnostics(self);
        self.mask_all(&mut diagnostics);
        self.site.config.levels.apply(&mut diagnostics);
        RenderReport { diagnostics, occupancy }
    }
}

/// Renders and checks routes, one after the other.
struct Worker<'a, Sink> {
    prepared: &'a Prepared,
    renderer: Arc<Renderer>,
    cache: Option<&'a RenderCache>,
    sink: &'a Sink,
    observer: &'a dyn Observer,
}

impl<Sink: OutputSink> Worker<'_, Sink> {
    /// Renders a route. Its time is taken only if the observer has a clock.
    fn observed_route(&self, index: usize, findings: &mut Findings) {
        let before = findings.occupancy.total();
        match self.observer.clock() {
            None => drop(self.route(index, findings)),
            Some(begun) => {
                let template = self.route(index, findings);
                let (path, route) = &self.prepared.site.routes.all()[index];
                if !matches!(route, Route::PlainText(..) | Route::PictureCopy(..)) {
                    let took = self.observer.clock().unwrap_or(begun).saturating_sub(begun);
                    self.observer.output_done(OutputTime { path, template: template.as_deref(), took });
                }
            }
        }
        self.observer.items_done(1, findings.occupancy.total() - before);
    }

    /// Returns the template that was used, if any.
    fn route(&self, index: usize, findings: &mut Findings) -> Option<PageTemplate> {
        let (path, route) = &self.prepared.site.routes.all()[index];
        let mut template = None;
        let outcome = match route {
            // Made of its page, or of its picture, together with it.
            Route::PlainText(..) | Route::PictureCopy(..) => return None,
            // What they say is on pages too, which are checked; a build checks the rest.
            Route::Data(_) | Route::Card(..) if self.sink.low_memory() => return None,
            Route::File(file) => self.file(index, path, *file, findings),
            _ => match self.renderer.page_source(path, *route) {
                Some(source) => {
                    template = source.template().cloned();
                    self.page(index, source, findings)
                }
                None => Ok(()),
            },
        };
        if let Err(fault) = outcome {
            findings.file_faults.push((index, fault));
        }
        template
    }

    fn file(
        &self,
        index: usize,
        path: &OutPath,
        file: FileIx,
        findings: &mut Findings,
    ) -> Result<(), Diagnostic> {
        // A background check makes no pictures smaller.
        let FileOutputs { own, copies } = if self.sink.low_memory() {
            FileOutputs { own: self.prepared.cleaned_file(file)?, copies: Vec::new() }
        } else {
            self.prepared.file_outputs(file)?
        };
        let CopiedOutput { bytes, warning } = own;
        findings.file_faults.extend(warning.map(|warning| (index, warning)));
        findings.picture_bytes.insert((file, None), bytes.len() as u64);
        self.copied(index, path, file, &bytes, findings)?;
        let picture = self.prepared.site.picture(file);
        let places = picture.iter().flat_map(|picture| &picture.copies);
        places.zip(&copies).try_for_each(|(place, bytes)| {
            findings.picture_bytes.insert((file, Some(place.width)), bytes.len() as u64);
            self.copied(index, &place.out, file, bytes, findings)
        })
    }

    fn copied(
        &self,
        index: usize,
        path: &OutPath,
        file: FileIx,
        bytes: &[u8],
        findings: &mut Findings,
    ) -> Result<(), Diagnostic> {
        findings.occupancy.add(path, Route::File(file), bytes.len() as u64);
        let leak_check = &self.prepared.leak_check;
        findings.leaks.add(index, &leak_check.found(path, bytes));
        let source = &self.prepared.site.files[file].path;
        if let Some(warning) = leak_check.unsearched(source, bytes) {
            findings.file_faults.push((index, warning));
        }
        self.sink.stage(path, bytes)
    }

    fn page(&self, index: usize, source: PageSource, findings: &mut Findings) -> Result<(), Diagnostic> {
        let routes = self.prepared.site.routes.all();
        let (path, route) = &routes[index];
        let fingerprint = self.cache.map(|_| source.fingerprint());
        let plain_text = self.plain_text_of(*route);
        let at = RouteIndices { page: index, plain_text: self.index_of(plain_text.as_ref(), index) };
        let cached = self.cached(path, fingerprint);
        let is_page_kept = cached.is_some() && self.sink.keep(path);
        if let Some(check) = cached.filter(|_| is_page_kept)
            && plain_text.as_ref().is_none_or(|(_, path)| self.sink.keep(path))
        {
            findings.add(at, routes, check);
            return Ok(());
        }
        let language = plain_text.as_ref().map(|(language, _)| *language);
        let page = match self.renderer.print_and_read(source, path, *route, language) {
            Ok(page) => page,
            Err(fault) => {
                findings.template_faults.push((index, *fault));
                return Ok(());
            }
        };
        let text = page.plain_text.zip(plain_text).map(|(text, (_, path))| (path, text));
        let searched = page.drawn_text.as_deref().map_or(page.bytes.as_slice(), str::as_bytes);
        let check = PageCheck {
            bytes: page.bytes.len() as u64,
            facts: page.facts,
            faults: page.faults,
            private_words: self.prepared.leak_check.found(path, searched),
            over_budget: page_weight::over(path, &page.bytes, &self.prepared.site.config.budget),
            plain_text: text.as_ref().map(|(path, text)| PlainTextCheck::new(self.prepared, path, text)),
        };
        findings.add(at, routes, &check);
        if let Some(fingerprint) = fingerprint {
            findings.new_entries.push(NewEntry { index, fingerprint, check: Arc::new(check) });
        }
        if !is_page_kept {
            self.sink.stage(path, &page.bytes)?;
        }
        text.map_or(Ok(()), |(path, text)| self.sink.stage(&path, text.as_bytes()))
    }

    /// The language of the plain text of a page, and where it goes.
    fn plain_text_of(&self, route: Route) -> Option<(LanguageIx, OutPath)> {
        let Route::Page(language, page) = route else { return None };
        self.prepared.site.plain_text_path(language, page).map(|path| (language, path))
    }

    /// The index of the plain text among the routes, or else that of the page.
    fn index_of(&self, plain_text: Option<&(LanguageIx, OutPath)>, page: usize) -> usize {
        let found = plain_text.and_then(|(_, path)| self.prepared.site.routes.find(path.as_str()));
        found.map_or(page, |(index, _)| index)
    }

    fn cached(&self, path: &OutPath, fingerprint: Option<u64>) -> Option<&PageCheck> {
        let check = self.cache?.checks.find(path.as_str(), &fingerprint?)?;
        Some(check.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Mutex;

    use super::*;
    use crate::engine::workspace::tests::workspace;
    use crate::sources::Changes;

    /// Has the bytes of every page from the last time.
    struct KeepsAll(Mutex<Vec<String>>);

    impl OutputSink for KeepsAll {
        type Done = ();

        fn stage(&self, path: &OutPath, _: &[u8]) -> Result<(), Diagnostic> {
            self.0.lock().unwrap().push(path.to_string());
            Ok(())
        }

        fn keep(&self, _: &OutPath) -> bool {
            true
        }
    }

    #[test]
    fn a_page_is_rendered_again_only_if_its_source_differs() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| fs::write(root.path().join(path), text).unwrap();
        fs::create_dir(root.path().join("content")).unwrap();
        write("site.toml", "title = \"A site\"\n");
        write("content/a.md", "+++\ntitle = \"A\"\n+++\n\nOne.\n");
        write("content/b.md", "+++\ntitle = \"B\"\n+++\n\nOne.\n");
        let mut workspace = workspace(root.path());
        let mut cache = RenderCache::default();
        let mut run = |prepared: &Prepared| {
            let before = (cache.hits(), cache.misses());
            let sink = KeepsAll(Mutex::default());
            assert_eq!(prepared.render_changed(&mut cache, &sink, &Unobserved).diagnostics, []);
            let mut staged = sink.0.into_inner().unwrap();
            staged.sort();
            (cache.hits() - before.0, cache.misses() - before.1, staged)
        };
        let prepared = workspace.prepare(None).0.unwrap();
        let (hits, pages, _) = run(&prepared);
        assert_eq!(hits, 0);
        assert_eq!(run(&prepared), (pages, 0, vec![]));

        write("content/a.md", "+++\ntitle = \"A\"\n+++\n\nTwo.\n");
        let changed = Changes { changed: ["content/a.md".into()].into(), ..Changes::default() };
        let prepared = workspace.prepare(Some(&changed)).0.unwrap();
        assert_eq!(run(&prepared), (pages - 1, 1, vec!["a.html".to_owned(), "a.txt".to_owned()]));
    }

    #[test]
    fn a_card_is_drawn_again_only_if_what_it_says_differs() {
        let briefing = |title: &str, body: &str| {
            format!("+++\ntitle = \"{title}\"\ndate = 2031-05-01T10:00:00Z\n+++\n\n{body}\n")
        };
        let config = "title = \"T\"\nbase_url = \"https://brine.example/\"\n[outputs]\ncards = true\n";
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| fs::write(root.path().join(path), text).unwrap();
        fs::create_dir_all(root.path().join("content/briefings")).unwrap();
        write("site.toml", config);
        write("content/briefings/a.md", &briefing("A", "One."));
        write("content/briefings/b.md", &briefing("B", "One."));
        let mut workspace = workspace(root.path());
        let mut cache = RenderCache::default();
        let mut drawn = |prepared: &Prepared| {
            let sink = KeepsAll(Mutex::default());
            prepared.render_changed(&mut cache, &sink, &Unobserved);
            let mut drawn = sink.0.into_inner().unwrap();
            drawn.retain(|path| path.ends_with(".png"));
            drawn.sort();
            drawn
        };
        let mut after = |title: &str, body: &str| {
            write("content/briefings/a.md", &briefing(title, body));
            let changed = Changes { changed: ["content/briefings/a.md".into()].into(), ..Changes::default() };
            drawn(&workspace.prepare(Some(&changed)).0.unwrap())
        };
        assert_eq!(after("A", "One."), ["briefings/a.png", "briefings/b.png"]);
        assert_eq!(after("A", "Two."), Vec::<String>::new());
        assert_eq!(after("C", "Two."), ["briefings/a.png"]);
    }
}
