//! The order of the stages: load, parse, link, render, publish.
//!
//! Owns nothing else: each rule is in the room of its stage. `check` is a build without publish.
//!
//! Invariant: nothing is published if any stage has an error.

pub mod cache;
mod cards;
mod due;
mod file_outputs;
mod findings;
mod holdings;
mod host_limits;
mod observer;
mod prepared;
mod render_all;
mod search;
mod silent_changes;
mod sink;
mod theme;
mod workspace;
mod written;

use std::sync::Arc;

use crate::checks::page_weight::LargestPages;
use crate::diag::{self, Code, Diagnostic, Place, has_errors};
use crate::paths::OutPath;
use crate::site::untranslated_notes;
pub use due::{Due, due};
pub use findings::RenderReport;
pub use holdings::{Holdings, holdings};
#[cfg(test)]
pub use observer::ItemCounter;
pub use observer::{Observer, OutputTime, Stage, Unobserved, in_stage};
pub use prepared::Prepared;
pub use render_all::RenderCache;
pub use sink::{CommitFailure, OpenPublished, Outcome, OutputSink, Progress, PublishedFile};
pub use workspace::{BuildOptions, Workspace};
pub use written::{WrittenSite, written};

/// The result of a build.
pub struct Built<Done> {
    pub outcome: Outcome<Done>,
    /// In their fixed order.
    pub diagnostics: Vec<Diagnostic>,
    /// `None` if site.toml or the theme cannot be used.
    pub prepared: Option<Prepared>,
}

/// Builds a site into the sink that `open` gives, which is called only if there is no error so far.
#[must_use]
pub fn build<S: OutputSink>(
    options: &BuildOptions,
    observer: &Arc<dyn Observer>,
    open: impl FnOnce() -> Result<S, Diagnostic>,
) -> Built<S::Done> {
    let (prepared, mut diagnostics) = prepare_observed(options, observer);
    let outcome = match &prepared {
        Some(prepared) => publish(prepared, None, &**observer, open, &mut diagnostics),
        None => Outcome::NotStarted,
    };
    diag::sort(&mut diagnostics);
    Built { outcome, diagnostics, prepared }
}

/// What a check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckScope {
    Site,
    /// Also what the git repository around it holds.
    SiteAndRepository,
}

/// What a check found so far.
pub struct CheckedSite {
    /// `None` if site.toml or the theme cannot be used.
    pub prepared: Option<Prepared>,
    found: Vec<Diagnostic>,
}

impl CheckedSite {
    #[must_use]
    pub fn has_errors(&self) -> bool {
        has_errors(&self.found)
    }

    pub fn extend(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(found);
    }

    /// All of it, in the fixed order, without private words, at the levels that site.toml gives.
    #[must_use]
    pub fn diagnostics(self) -> Vec<Diagnostic> {
        self.into_parts().1
    }

    /// The site, and [`CheckedSite::diagnostics`].
    #[must_use]
    pub fn into_parts(self) -> (Option<Prepared>, Vec<Diagnostic>) {
        let Self { prepared, mut found } = self;
        if let Some(prepared) = &prepared {
            prepared.mask_all(&mut found);
            prepared.site.config.levels.apply(&mut found);
        }
        diag::sort(&mut found);
        (prepared, found)
    }
}

/// Every diagnostic of a site; nothing is written. `published` opens what was published last. `look` is called with
/// each output, on any thread.
#[must_use]
pub fn check(
    options: &BuildOptions,
    observer: &Arc<dyn Observer>,
    published: &OpenPublished,
    scope: CheckScope,
    look: &(dyn Fn(&OutPath, &[u8]) + Sync),
) -> CheckedSite {
    let (prepared, mut found) = prepare_observed(options, observer);
    if let Some(prepared) = &prepared {
        found.extend(prepared.site.due(&prepared.sources));
        found.extend(prepared.site.overdue(&prepared.sources));
        let largest = LargestPages::default();
        let look = |path: &OutPath, bytes: &[u8]| {
            largest.add(path, bytes);
            look(path, bytes);
            Ok(())
        };
        let RenderReport { diagnostics: rendered, occupancy } =
            prepared.render_all_observed(&look, &**observer);
        let rendered = without_repetitions(&found, rendered);
        found.extend(rendered);
        found.extend(prepared.silent_changes(published));
        if scope == CheckScope::SiteAndRepository {
            found.extend(in_stage(&**observer, Stage::Searching, || prepared.leaks_in_repository()));
        }
        if !has_errors(&found) {
            found.extend(untranslated_notes(&prepared.site));
            found.extend(largest.note(&prepared.site.config.budget));
            found.extend(prepared.over_host_limits_of_check(occupancy, &**observer));
        }
    }
    CheckedSite { prepared, found }
}

/// Loads, parses and links. The site is `None` if site.toml or the theme cannot be used.
#[must_use]
pub fn prepare(options: &BuildOptions) -> (Option<Prepared>, Vec<Diagnostic>) {
    let unobserved: Arc<dyn Observer> = Arc::new(Unobserved);
    prepare_observed(options, &unobserved)
}

fn prepare_observed(
    options: &BuildOptions,
    observer: &Arc<dyn Observer>,
) -> (Option<Prepared>, Vec<Diagnostic>) {
    Workspace::new(options.clone()).observed_by(Arc::clone(observer)).prepare(None)
}

/// Renders a site into the sink that `open` gives. With an error anywhere nothing is committed, but all
/// pages are rendered still, to find every error in one run. With a cache, unchanged pages are skipped.
pub fn publish<S: OutputSink>(
    prepared: &Prepared,
    mut cache: Option<&mut RenderCache>,
    observer: &dyn Observer,
    open: impl FnOnce() -> Result<S, Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outcome<S::Done> {
    if has_errors(diagnostics) {
        let found =
            without_repetitions(diagnostics, prepared.render_all_observed(&no_bytes, observer).diagnostics);
        diagnostics.extend(found);
        return Outcome::NotStarted;
    }
    match render_and_commit(prepared, cache.as_deref_mut(), observer, open, diagnostics) {
        Ok(done) => Outcome::Done(done),
        Err(failure) => {
            // What was rendered did not arrive.
            if let Some(cache) = cache {
                *cache = RenderCache::default();
            }
            diagnostics.extend(failure.diagnostics);
            failure.progress.map_or(Outcome::NotStarted, Outcome::Partly)
        }
    }
}

fn no_bytes(_: &OutPath, _: &[u8]) -> Result<(), Diagnostic> {
    Ok(())
}

fn render_and_commit<S: OutputSink>(
    prepared: &Prepared,
    cache: Option<&mut RenderCache>,
    observer: &dyn Observer,
    open: impl FnOnce() -> Result<S, Diagnostic>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<S::Done, CommitFailure> {
    let sink = open().map_err(|error| vec![error])?;
    let RenderReport { diagnostics: mut found, occupancy } = match cache {
        Some(cache) => prepared.render_changed(cache, &sink, observer),
        None => prepared.render_all_observed(&sink, observer),
    };
    found.extend(prepared.silent_changes(&|path| sink.published(path)));
    found.extend(sink.faults());
    if has_errors(&found) {
        return Err(found.into());
    }
    warnings.extend(found);
    let search = prepared.search_files(observer).map_err(|error| vec![error])?;
    for (path, bytes) in &search {
        sink.stage(path, bytes).map_err(|error| vec![error])?;
    }
    let committed =
        in_stage(observer, Stage::Publishing, || sink.commit(&prepared.site.protected_paths(), observer));
    let (done, mut found) = committed.map_err(|mut failure| {
        prepared.mask_all(&mut failure.diagnostics);
        failure
    })?;
    prepared.pictures.remove_unused();
    prepared.mask_all(&mut found);
    prepared.site.config.levels.apply(&mut found);
    found.extend(prepared.over_host_limits(occupancy, search));
    warnings.extend(found);
    Ok(done)
}

/// What rendering finds wrong that is not `known` yet. Pages in the cache are not rendered again.
pub fn find_render_faults(
    prepared: &Prepared,
    cache: &mut RenderCache,
    known: &[Diagnostic],
    sink: &impl OutputSink,
) -> Vec<Diagnostic> {
    let RenderReport { diagnostics: mut found, occupancy } =
        prepared.render_changed(cache, sink, &Unobserved);
    if !sink.is_cancelled() {
        found.extend(prepared.silent_changes(&|path| sink.published(path)));
        found.extend(prepared.over_host_limits_of_preview(occupancy));
    }
    without_repetitions(known, found)
}

/// With errors in the content, broken links are left out: one of them shows again on every page that it
/// reaches.
fn without_repetitions(known: &[Diagnostic], mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if has_errors(known) {
        found.retain(|diagnostic| diagnostic.code != Code::DEAD_OUTPUT_LINK);
    }
    found.retain(|diagnostic| diagnostic.code != Code::PROTECTED_NAME || !is_reported(diagnostic, known));
    found
}

/// An error is known about the very same words, or about a record that names the source.
fn is_reported(diagnostic: &Diagnostic, known: &[Diagnostic]) -> bool {
    let Some(own) = &diagnostic.place else { return false };
    known.iter().filter(|known| known.is_error()).any(|known| {
        let is_same =
            |at: &Place| at.file == own.file && (at.line == own.line || known.code == Code::PROTECTED_SOURCE);
        known.place.as_ref().is_some_and(is_same)
    })
}
