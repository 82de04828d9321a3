//! The order of the stages: load, parse, link, render, publish.
//!
//! The only place that knows it. Owns no rule of any stage. `check` is a build without publish.
//!
//! Invariant: nothing is published while any stage has an error to tell.

mod render_all;
mod search;
pub mod weights;
mod workspace;

use std::path::Path;
use std::sync::Arc;

use crate::checks::leaks::LeakCheck;
use crate::config::{Config, HtmlPolicy};
use crate::diag::{self, Diagnostic, Place};
use crate::i18n::{MessageFile, Messages};
use crate::images;
use crate::model::{Article, Body};
use crate::parse::front_matter::{self, FrontOptions, Split};
use crate::parse::markdown::unowned_numbers;
use crate::parse::markdown::{self, MarkdownOptions, RawHtml};
use crate::paths::OutPath;
use crate::render::Renderer;
use crate::render::templates::{Layer, TemplateFile, Templates};
use crate::site::{FileIx, OutputFile, Site};
use crate::sources::{ArticleFile, DEFAULT_THEME, Role, SourceSet, Store};
use crate::time::{DayOrMoment, Moment, Zone};
pub use render_all::{Memory, Take};
use weights::Largest;
pub use workspace::Workspace;

/// What a build is told beside the files.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    pub store: Store,
    pub now: DayOrMoment,
    /// The site as it was known then.
    pub as_of: Option<DayOrMoment>,
    pub drafts: bool,
    /// In the place of site.toml's.
    pub base_url: Option<Box<str>>,
}

/// A linked site with all that renders it.
pub struct Prepared {
    pub sources: SourceSet,
    pub site: Arc<Site>,
    pub templates: Arc<Templates>,
    pub words: Arc<Messages>,
    leak_check: LeakCheck,
}

/// Loads, parses and links. `None` where the set-up leaves nothing to render with.
#[must_use]
pub fn prepare(options: &BuildOptions) -> (Option<Prepared>, Vec<Diagnostic>) {
    Workspace::new(options.clone()).prepare(None)
}

/// A page or a program beside a briefing would run where readers trust the site. In static/ it is
/// its operator's own doing.
fn active_file(file: &OutputFile) -> Option<Diagnostic> {
    const ENDINGS: [&str; 8] = ["html", "htm", "xhtml", "shtml", "xml", "js", "mjs", "swf"];
    let ending = file.path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
    if !ENDINGS.contains(&ending.as_str()) || !file.path.starts_with("content/") {
        return None;
    }
    let message = format!("a .{ending} file can run in the reader's browser, with the name of this site");
    let help = "attach it as PDF, text or data, or put it into static/ if it is a part of the site itself";
    Some(Diagnostic::error("active-file", message).at(Place::file(&file.path)).help(help))
}

/// A document is copied as it is, with the names and places that it may hold.
fn document_metadata(file: &OutputFile) -> Option<Diagnostic> {
    if !images::carries_metadata(&file.path) {
        return None;
    }
    let message =
        "the file is copied as it is, with the names, times and places that its program may have put into it";
    let help = "export it anew without document properties, and look at what is left";
    Some(Diagnostic::warning("document-metadata", message).at(Place::file(&file.path)).help(help))
}

/// Pages need no address, but feeds and what search engines read do.
fn without_address(sources: &SourceSet) -> Option<Diagnostic> {
    let message =
        "without base_url there are no feeds and no sitemap.xml, and pages do not name their address";
    let note = Diagnostic::note("no-base-url", message);
    sources
        .config
        .base_url
        .is_none()
        .then(|| note.help("set base_url in site.toml once the site has an address"))
}

fn now(now: DayOrMoment, zone: &Zone) -> Moment {
    now.moment_in(zone).unwrap_or(Moment { at: jiff::Timestamp::MAX, offset: 0 })
}

/// One file to one article.
#[must_use]
pub fn parse(file: &ArticleFile, config: &Config) -> (Option<Article>, Vec<Diagnostic>) {
    let split = match front_matter::split(&file.path, &file.text) {
        Ok(split) => split,
        Err(diagnostic) => return (None, vec![*diagnostic]),
    };
    let raw_html = match config.html {
        HtmlPolicy::Escape => RawHtml::Escape,
        HtmlPolicy::Sanitise => RawHtml::Sanitise,
    };
    let (body, found) = markdown::parse(&file.path, &file.text, split.body_at, &MarkdownOptions { raw_html });
    let (article, mut diagnostics) = front(file, &split, body, &FrontOptions { config });
    diagnostics.extend(found);
    if let Some(Article::Briefing(briefing)) = &article {
        diagnostics.extend(unowned_numbers::check(&file.path, &file.text, split.body_at, briefing));
    }
    (article, diagnostics)
}

fn front(
    file: &ArticleFile,
    split: &Split<'_>,
    body: Body,
    options: &FrontOptions<'_>,
) -> (Option<Article>, Vec<Diagnostic>) {
    /// Puts the body into what the front matter gave.
    macro_rules! article {
        ($kind:ident, $read:expr) => {{
            let (read, diagnostics) = $read;
            let article = read.map(|mut article| {
                article.body = body;
                Article::$kind(Arc::new(article))
            });
            (article, diagnostics)
        }};
    }
    let (path, text) = (&file.path, file.text.as_str());
    match &file.role {
        Role::Home => article!(Page, front_matter::home(path, text, split, options)),
        Role::Page { stem } => article!(Page, front_matter::page(path, stem, text, split, options)),
        Role::Briefing { stem } => {
            article!(Briefing, front_matter::briefing(path, stem, text, split, options))
        }
        Role::Neighbourhood { stem } => {
            article!(Neighbourhood, front_matter::neighbourhood(path, stem, text, split, options))
        }
        Role::Source { stem } => article!(Source, front_matter::source(path, stem, text, split, options)),
        Role::Event { stem } => article!(Event, front_matter::event(path, stem, text, split, options)),
        Role::Translation { of, language } => {
            article!(Translation, front_matter::translation(path, of, language, text, split, options))
        }
    }
}

fn words(sources: &SourceSet, zone: Zone) -> (Messages, Vec<Diagnostic>) {
    let languages: Vec<String> = sources.config.languages.iter().map(ToString::to_string).collect();
    let layers: Vec<MessageFile> = sources
        .words
        .iter()
        .map(|words| MessageFile {
            language: words.language.clone(),
            file: words.file.clone(),
            text: words.text.clone(),
        })
        .collect();
    Messages::new(&languages, &layers, zone)
}

fn templates(sources: &SourceSet, words: &Arc<Messages>) -> Result<Templates, Vec<Diagnostic>> {
    let files: Vec<TemplateFile> = sources
        .templates
        .iter()
        .map(|file| TemplateFile {
            layer: match file.theme.as_deref() {
                None => Layer::Site,
                Some(DEFAULT_THEME) => Layer::Default,
                Some(name) => Layer::Theme(name.to_owned()),
            },
            name: file.name.clone(),
            file: file.file.clone(),
            text: file.text.clone(),
        })
        .collect();
    Templates::new(&files, &sources.themes, words)
}

impl Prepared {
    /// What renders the pages of this site.
    #[must_use]
    pub fn renderer(&self) -> Renderer {
        Renderer::new(&self.site, &self.templates, &self.words)
    }

    /// The bytes of a file that is copied: pictures without their metadata.
    ///
    /// # Errors
    /// Where it cannot be read, or a picture cannot be cleaned.
    pub fn file(&self, ix: FileIx) -> Result<Vec<u8>, Diagnostic> {
        let file = &self.site.files[ix.get()];
        let bytes = self.sources.read(&self.sources.files[file.source])?;
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        if !images::is_picture(name) && !images::has_content_of_picture(&bytes) {
            return Ok(bytes);
        }
        match images::clean(name, bytes) {
            Ok(cleaned) => Ok(cleaned.bytes),
            Err(refusal) => Err(Diagnostic::error("picture", format!("the picture {}", refusal.reason))
                .at(Place::file(&file.path))
                .help(refusal.help)),
        }
    }
}

/// Where the outputs of a build go. The folder of `publish` is one; a test may have another.
pub trait Sink: Sync {
    /// What the end came to.
    type Done;

    /// Takes in one output, from any thread.
    ///
    /// # Errors
    /// Where it cannot be taken.
    fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic>;

    /// Takes in an output whose bytes are those of the last build, if it still has them.
    fn keep(&self, path: &OutPath) -> bool;

    /// Puts all of them in place, once every one was taken; returns warnings beside the result.
    ///
    /// # Errors
    /// Everything that stood in the way.
    fn commit(self) -> Result<(Self::Done, Vec<Diagnostic>), Vec<Diagnostic>>;
}

/// What a build came to.
pub struct Built<Done> {
    /// `None` where nothing was published.
    pub published: Option<Done>,
    /// In their fixed order.
    pub diagnostics: Vec<Diagnostic>,
    /// The site itself, where there was one to build.
    pub prepared: Option<Prepared>,
}

/// Builds a site into the sink that `open` gives, which is asked for only where nothing is wrong
/// so far. With an error anywhere, nothing is committed.
#[must_use]
pub fn build<S: Sink>(
    options: &BuildOptions,
    open: impl FnOnce() -> Result<S, Diagnostic>,
) -> Built<S::Done> {
    let (prepared, mut diagnostics) = prepare(options);
    let published = prepared.as_ref().and_then(|prepared| publish(prepared, None, open, &mut diagnostics));
    diag::sort(&mut diagnostics);
    Built { published, diagnostics, prepared }
}

/// Renders a site into the sink that `open` gives, and finds out what else is wrong where it has
/// errors. With a memory of the last time, what did not change since is not rendered.
pub fn publish<S: Sink>(
    prepared: &Prepared,
    mut memory: Option<&mut Memory>,
    open: impl FnOnce() -> Result<S, Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<S::Done> {
    if has_errors(diagnostics) {
        let found = beside(diagnostics, prepared.render_all(|_, _| Ok(())));
        diagnostics.extend(found);
        return None;
    }
    match write(prepared, memory.as_deref_mut(), open, diagnostics) {
        Ok(done) => Some(done),
        Err(found) => {
            // What was rendered did not arrive.
            if let Some(memory) = memory {
                *memory = Memory::default();
            }
            diagnostics.extend(found);
            None
        }
    }
}

fn write<S: Sink>(
    prepared: &Prepared,
    memory: Option<&mut Memory>,
    open: impl FnOnce() -> Result<S, Diagnostic>,
    warnings: &mut Vec<Diagnostic>,
) -> Result<S::Done, Vec<Diagnostic>> {
    let sink = open().map_err(|error| vec![error])?;
    let found = match memory {
        Some(memory) => prepared.render_again(memory, &IntoSink(&sink)),
        None => prepared.render_all(|path, bytes| sink.stage(path, bytes)),
    };
    if has_errors(&found) {
        return Err(found);
    }
    warnings.extend(found);
    for (path, bytes) in prepared.search_files().map_err(|error| vec![error])? {
        sink.stage(&path, &bytes).map_err(|error| vec![error])?;
    }
    let (done, found) = sink.commit()?;
    warnings.extend(found);
    Ok(done)
}

struct IntoSink<'a, S>(&'a S);

impl<S: Sink> Take for IntoSink<'_, S> {
    fn stage(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.0.stage(path, bytes)
    }

    fn keep(&self, path: &OutPath) -> bool {
        self.0.keep(path)
    }
}

/// What rendering all pages brings to light beside what is known already. A page that the memory
/// knows is not rendered again.
pub fn faults_beside(
    prepared: &Prepared,
    memory: &mut Memory,
    known: &[Diagnostic],
    take: &impl Take,
) -> Vec<Diagnostic> {
    beside(known, prepared.render_again(memory, take))
}

/// Where there are errors, links are left out, since one dead link shows again on every page that
/// it stands on.
fn beside(known: &[Diagnostic], mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if has_errors(known) {
        found.retain(|diagnostic| diagnostic.code != "dead-output-link");
    }
    found.retain(|diagnostic| diagnostic.code != "protected-name" || !is_told_of(known, diagnostic));
    found
}

/// An error is known of the very same words, or of a record that names the source.
fn is_told_of(known: &[Diagnostic], diagnostic: &Diagnostic) -> bool {
    let Some(own) = &diagnostic.place else { return false };
    known.iter().filter(|known| known.is_error()).any(|known| {
        let is_same =
            |at: &Place| at.file == own.file && (at.line == own.line || known.code == "protected-source");
        known.place.as_ref().is_some_and(is_same)
    })
}

/// Every diagnostic of a site, in their fixed order; nothing is written.
#[must_use]
pub fn check(options: &BuildOptions) -> Vec<Diagnostic> {
    let (prepared, mut diagnostics) = prepare(options);
    if let Some(prepared) = prepared {
        let mut due = prepared.site.due.clone();
        prepared.sources.redactions.mask_all(&mut due);
        diagnostics.extend(due);
        let largest = Largest::default();
        let look = |path: &OutPath, bytes: &[u8]| {
            largest.look(path, bytes);
            Ok(())
        };
        let found = beside(&diagnostics, prepared.render_all(look));
        diagnostics.extend(found);
        let mut heaviest: Vec<Diagnostic> = largest
            .note(&prepared.site.config.budget)
            .into_iter()
            .filter(|_| !has_errors(&diagnostics))
            .collect();
        prepared.sources.redactions.mask_all(&mut heaviest);
        diagnostics.extend(heaviest);
    }
    diag::sort(&mut diagnostics);
    diagnostics
}

#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}

/// The zone of the site at a folder, for what is written there: UTC where it cannot be told.
#[must_use]
pub fn zone_of(root: &Path) -> Zone {
    let (sources, _) = SourceSet::load(Store::Disk(root.to_owned()));
    sources.map_or_else(Zone::utc, |sources| sources.config.timezone)
}
