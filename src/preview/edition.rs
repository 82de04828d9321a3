//! A linked site whose pages are rendered when somebody asks for them.
//!
//! Owns the pages that are kept. Knows nothing of HTTP and of what the preview adds to a page.
//!
//! Invariant: a kept page is used again only where its rebuilt view and its templates are the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use axum::body::Bytes;

use crate::diag::Diagnostic;
use crate::engine::Prepared;
use crate::paths::OutPath;
use crate::render::Renderer;
use crate::render::fingerprint;
use crate::render::templates::Templates;
use crate::site::Route;
use crate::site::routes::SEARCH_FOLDER;

/// The most bytes of pages that are kept. When they are reached, all go: people look at few pages
/// between two changes, and a page is made anew in a millisecond.
const MOST_KEPT: usize = 4 << 20;

/// How many pages one renderer makes: it keeps the parts that they share, at last those of every briefing.
const PAGES_OF_RENDERER: usize = 64;

/// A page as the build would write it.
#[derive(Clone, Debug)]
pub struct Page {
    pub bytes: Bytes,
    /// Equal for equal bytes; only compared within one run.
    pub version: u64,
}

impl Page {
    fn new(bytes: Bytes) -> Self {
        Self { version: fingerprint::of_bytes(&bytes), bytes }
    }
}

/// Pages that were asked for, across editions.
#[derive(Default)]
pub struct Kept(Mutex<PageCache>);

#[derive(Default)]
struct PageCache {
    /// By output path; for looking up, never to iterate.
    pages: HashMap<Box<str>, KeptPage>,
    bytes: usize,
}

struct KeptPage {
    templates: Arc<Templates>,
    /// Of the source that it was printed from.
    fingerprint: u64,
    page: Page,
}

impl Kept {
    fn find(&self, path: &OutPath, templates: &Arc<Templates>, fingerprint: u64) -> Option<Page> {
        let shelf = self.0.lock().expect("no holder panics");
        let kept = shelf.pages.get(path.as_str())?;
        let is_same = kept.fingerprint == fingerprint && Arc::ptr_eq(&kept.templates, templates);
        is_same.then(|| kept.page.clone())
    }

    fn keep(&self, path: &OutPath, kept: KeptPage) {
        let mut shelf = self.0.lock().expect("no holder panics");
        let bytes = kept.page.bytes.len();
        if shelf.bytes + bytes > MOST_KEPT {
            *shelf = PageCache::default();
        }
        shelf.bytes += bytes;
        if let Some(old) = shelf.pages.insert(path.as_str().into(), kept) {
            shelf.bytes -= old.page.bytes.len();
        }
    }
}

/// A site without errors, and what renders it.
pub struct Edition {
    prepared: Arc<Prepared>,
    /// The one that is in use, and how many pages it has made.
    renderer: Mutex<(Arc<Renderer>, usize)>,
    kept: Arc<Kept>,
    /// The files of the search, by path; made when somebody searches, since that takes all pages.
    searched: OnceLock<Result<Vec<(OutPath, Page)>, Diagnostic>>,
}

impl Edition {
    #[must_use]
    pub fn new(prepared: Arc<Prepared>, kept: Arc<Kept>) -> Self {
        let renderer = Mutex::new((Arc::new(prepared.renderer()), 0));
        Self { renderer, prepared, kept, searched: OnceLock::new() }
    }

    /// What makes the next page.
    fn renderer(&self) -> Arc<Renderer> {
        let mut guard = self.renderer.lock().expect("no holder panics");
        let (renderer, pages) = &mut *guard;
        if *pages == PAGES_OF_RENDERER {
            (*renderer, *pages) = (Arc::new(self.prepared.renderer()), 0);
        }
        *pages += 1;
        Arc::clone(renderer)
    }

    #[must_use]
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// Where an output path stands among the routes.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<usize> {
        self.prepared.site.routes.find(path).map(|(index, _)| index)
    }

    /// The output path of a route.
    #[must_use]
    pub fn path(&self, index: usize) -> &OutPath {
        &self.prepared.site.routes.all()[index].0
    }

    /// What the build would write for a route.
    ///
    /// # Errors
    /// What is wrong with the template, or with the file that is copied.
    pub fn page(&self, index: usize) -> Result<Page, Diagnostic> {
        let (path, route) = &self.prepared.site.routes.all()[index];
        if let Route::File(file) = route {
            return self.prepared.file(*file).map(|bytes| Page::new(bytes.into()));
        }
        let renderer = self.renderer();
        let source = renderer.page_source(path, *route).expect("only a file has none");
        let templates = &self.prepared.templates;
        let fingerprint = source.fingerprint();
        if let Some(page) = self.kept.find(path, templates, fingerprint) {
            return Ok(page);
        }
        let text = renderer.print(source, path).map_err(|fault| *fault)?;
        let page = Page::new(Bytes::from(text));
        let kept = KeptPage { templates: Arc::clone(templates), fingerprint, page: page.clone() };
        self.kept.keep(path, kept);
        Ok(page)
    }

    /// What the build would write for a file that is no route: one of the search's; `None` where there is none.
    ///
    /// # Errors
    /// What is wrong with a template, or with the index.
    pub fn search_file(&self, path: &str) -> Option<Result<Page, Diagnostic>> {
        if !path.starts_with(SEARCH_FOLDER) {
            return None;
        }
        let made = self.searched.get_or_init(|| {
            let files = self.prepared.search_files()?.into_iter();
            Ok(files.map(|(path, bytes)| (path, Page::new(bytes.into()))).collect())
        });
        match made {
            Ok(files) => {
                let found = files.iter().find(|(known, _)| known.as_str() == path);
                found.map(|(_, page)| Ok(page.clone()))
            }
            Err(fault) => Some(Err(fault.clone())),
        }
    }
}
