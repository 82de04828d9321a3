//! A linked site whose pages are rendered on demand.
//!
//! Owns which pages stay in memory. Knows nothing of HTTP, nor of what the preview adds to a page.
//!
//! Invariants: a page comes from the cache only if its view and its templates are the same as when it was
//! rendered; no page leaves this module with a private word in it.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use axum::body::Bytes;
use rayon::prelude::*;

use crate::diag::Diagnostic;
use crate::engine::cache::Cache;
use crate::engine::{Prepared, Unobserved};
use crate::paths::OutPath;
use crate::publish;
use crate::render::Renderer;
use crate::render::fingerprint;
use crate::render::templates::Templates;
use crate::site::Route;
use crate::site::SEARCH_FOLDER;

/// The budget of the page cache: a person looks at few pages between two saves, and a page renders in a
/// millisecond.
const PAGE_CACHE_BYTES: usize = 4 << 20;

/// A renderer is replaced after so many pages: it keeps the parts that pages share, at last those of every
/// briefing.
const PAGES_PER_RENDERER: usize = 64;

/// A page as the build would write it.
#[derive(Clone, Debug)]
pub struct RenderedPage {
    pub bytes: Bytes,
    /// Equal for equal bytes; only compared within one run.
    pub version: u64,
}

impl RenderedPage {
    fn new(bytes: Bytes) -> Self {
        Self { version: fingerprint::of_bytes(&bytes), bytes }
    }
}

/// Pages that browsers asked for, across editions.
pub struct PageCache(Mutex<Cache<PageStamp, RenderedPage>>);

/// What the bytes of a page depend on.
struct PageStamp {
    templates: Arc<Templates>,
    /// Of the page's source.
    fingerprint: u64,
}

impl PartialEq for PageStamp {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint && Arc::ptr_eq(&self.templates, &other.templates)
    }
}

impl Default for PageCache {
    fn default() -> Self {
        Self(Mutex::new(Cache::new(PAGE_CACHE_BYTES)))
    }
}

impl PageCache {
    fn lock(&self) -> MutexGuard<'_, Cache<PageStamp, RenderedPage>> {
        // A cache is whole between two calls, whatever panicked elsewhere.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The files of the search index, by path.
type SearchFiles = Vec<(OutPath, RenderedPage)>;

/// A site without errors, and what renders it.
pub struct Edition {
    prepared: Arc<Prepared>,
    /// The renderer in use, and how many pages it has rendered.
    renderer: Mutex<(Arc<Renderer>, usize)>,
    cache: Arc<PageCache>,
    /// Made at the first search, since that takes all pages.
    search_files: OnceLock<Result<SearchFiles, Vec<Diagnostic>>>,
    /// Made when it is asked for, since that takes all outputs.
    list: OnceLock<Result<RenderedPage, Vec<Diagnostic>>>,
}

impl Edition {
    #[must_use]
    pub fn new(prepared: Arc<Prepared>, cache: Arc<PageCache>) -> Self {
        // Pages of an earlier theme would keep all its templates in memory.
        cache.lock().retain(|stamp, _| Arc::ptr_eq(&stamp.templates, &prepared.templates));
        let renderer = Mutex::new((Arc::new(prepared.renderer()), 0));
        Self { prepared, renderer, cache, search_files: OnceLock::new(), list: OnceLock::new() }
    }

    /// The renderer of the next page.
    fn renderer(&self) -> Arc<Renderer> {
        let mut guard = self.renderer.lock().unwrap_or_else(PoisonError::into_inner);
        let (renderer, pages) = &mut *guard;
        if *pages == PAGES_PER_RENDERER {
            *renderer = Arc::new(self.prepared.renderer());
            *pages = 0;
        }
        *pages += 1;
        Arc::clone(renderer)
    }

    #[must_use]
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// The index of an output path among the routes.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<usize> {
        self.prepared.site.routes.find(path).map(|(index, _)| index)
    }

    /// What the build would write for a route.
    ///
    /// # Errors
    /// What is wrong with the template or the copied file, and private words in the result.
    pub fn page(&self, index: usize) -> Result<RenderedPage, Vec<Diagnostic>> {
        let page = self.rendered(index).map_err(|fault| vec![fault])?;
        // Words in a picture are not found in its bytes.
        let drawn = self.renderer().drawn_text(self.prepared.site.routes.all()[index].1);
        let searched = drawn.as_deref().map_or(&*page.bytes, str::as_bytes);
        let private = self.prepared.private_words_in(index, searched);
        if private.is_empty() { Ok(page) } else { Err(private) }
    }

    fn rendered(&self, index: usize) -> Result<RenderedPage, Diagnostic> {
        let (path, route) = &self.prepared.site.routes.all()[index];
        if let Route::File(file) = route {
            return self.prepared.file(*file).map(|file| RenderedPage::new(file.bytes.into()));
        }
        if let Route::PictureCopy(file, width) = route {
            let copy = self.prepared.picture_copy(*file, *width)?;
            return Ok(RenderedPage::new(copy.expect("each copy has a route").into()));
        }
        let renderer = self.renderer();
        let source = renderer.page_source(path, *route).expect("only a file has none");
        let stamp =
            PageStamp { templates: Arc::clone(&self.prepared.templates), fingerprint: source.fingerprint() };
        if let Some(page) = self.cache.lock().find(path.as_str(), &stamp) {
            return Ok(page.clone());
        }
        let bytes = renderer.print(source, path).map_err(|fault| *fault)?;
        let page = RenderedPage::new(Bytes::from(bytes));
        self.cache.lock().insert(path.as_str(), stamp, page.clone(), page.bytes.len());
        Ok(page)
    }

    /// What the build would write for a file of the search index, which has no route; `None` if it is none.
    ///
    /// # Errors
    /// What is wrong with a template or the index, or the private words of the first page that has any.
    pub fn search_file(&self, path: &str) -> Option<Result<RenderedPage, Vec<Diagnostic>>> {
        if !path.starts_with(SEARCH_FOLDER) {
            return None;
        }
        let files = self.search_files.get_or_init(|| {
            self.check_all_pages()?;
            let files = self.prepared.search_files(&Unobserved).map_err(|fault| vec![fault])?.into_iter();
            Ok(files.map(|(path, bytes)| (path, RenderedPage::new(bytes.into()))).collect())
        });
        match files {
            Ok(files) => {
                let found = files.iter().find(|(known, _)| known.as_str() == path);
                found.map(|(_, page)| Ok(page.clone()))
            }
            Err(faults) => Some(Err(faults.clone())),
        }
    }

    /// The list of the build's files with their hashes, which has no route either.
    ///
    /// # Errors
    /// What would stop the build.
    pub fn list(&self) -> Result<RenderedPage, Vec<Diagnostic>> {
        let list = || Ok(RenderedPage::new(publish::published_list(&self.prepared)?.into()));
        self.list.get_or_init(list).clone()
    }

    /// The index is compressed, so private words must be found before it is made.
    fn check_all_pages(&self) -> Result<(), Vec<Diagnostic>> {
        if !self.prepared.has_private_words() {
            return Ok(());
        }
        let routes = self.prepared.site.routes.all().par_iter().enumerate();
        let pages = routes.filter(|(_, (_, route))| matches!(route, Route::Page(..)));
        let faults = pages.map(|(index, _)| self.page(index)).find_map_first(Result::err);
        faults.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{BuildOptions, OutputSink, RenderCache, Workspace, find_render_faults, prepare};
    use crate::sources::{Changes, Store};
    use crate::time::parse_day_or_moment;

    fn edition(about: &str, cache: &Arc<PageCache>) -> Edition {
        let about = format!("+++\ntitle = \"About\"\n+++\n\n{about}\n");
        let files = [("site.toml", "title = \"A site\"\n"), ("content/about.md", &about)];
        let (prepared, _) = prepare(&BuildOptions {
            store: Store::memory(files),
            now: parse_day_or_moment("2031-05-04").unwrap(),
            as_of: None,
            drafts: false,
            base_url: None,
        });
        Edition::new(Arc::new(prepared.unwrap()), Arc::clone(cache))
    }

    #[test]
    fn law_2_a_copy_of_a_picture_is_made_when_it_is_asked_for_and_is_that_of_the_build() {
        let root = tempfile::tempdir().unwrap();
        let write = |path: &str, bytes: &[u8]| {
            std::fs::create_dir_all(root.path().join(path).parent().unwrap()).unwrap();
            std::fs::write(root.path().join(path), bytes).unwrap();
        };
        let mut photo = Vec::new();
        let pixels: Vec<u8> =
            (0..700 * 30_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let encoder = jpeg_encoder::Encoder::new(&mut photo, 90);
        encoder.encode(&pixels, 700, 30, jpeg_encoder::ColorType::Luma).unwrap();
        let text =
            |words: &str| format!("+++\ntitle = \"A\"\n+++\n\n![Quay](../static/quay.jpg)\n\n{words}\n");
        write("site.toml", b"title = \"T\"\n");
        write("static/quay.jpg", &photo);
        write("content/a.md", text("One.").as_bytes());
        let mut workspace = Workspace::new(BuildOptions {
            store: Store::Disk(root.path().to_owned()),
            now: parse_day_or_moment("2031-05-04").unwrap(),
            as_of: None,
            drafts: false,
            base_url: None,
        });
        let mut show = |changes: Option<&Changes>| {
            let prepared = Arc::new(workspace.prepare(changes).0.unwrap());
            Edition::new(prepared, Arc::default())
        };
        let first = show(None);
        write("content/a.md", text("Two.").as_bytes());
        let changed = Changes { changed: ["content/a.md".into()].into(), ..Changes::default() };
        let second = show(Some(&changed));
        let page = second.page(second.find("a.html").unwrap()).unwrap();
        assert!(String::from_utf8_lossy(&page.bytes).contains("quay-480w.jpg 480w"));
        let background = find_render_faults(second.prepared(), &mut RenderCache::default(), &[], &Background);
        assert_eq!(
            (background, second.prepared().pictures_made()),
            (vec![], 0),
            "no request was for a picture"
        );
        let copy = first.page(first.find("quay-480w.jpg").unwrap()).unwrap();
        assert_eq!(second.page(second.find("quay-480w.jpg").unwrap()).unwrap().bytes, copy.bytes);
        assert_eq!(second.prepared().pictures_made(), 1);
        let built = Mutex::new(Bytes::new());
        let sink = |path: &OutPath, bytes: &[u8]| {
            if path.as_str() == "quay-480w.jpg" {
                *built.lock().unwrap() = Bytes::copy_from_slice(bytes);
            }
            Ok(())
        };
        second.prepared().render_all(&sink);
        assert_eq!(built.into_inner().unwrap(), copy.bytes);
    }

    /// Takes nothing, as the check after each save.
    struct Background;

    impl OutputSink for Background {
        type Done = ();

        fn stage(&self, _: &OutPath, _: &[u8]) -> Result<(), Diagnostic> {
            Ok(())
        }

        fn low_memory(&self) -> bool {
            true
        }
    }

    fn uses(cache: &PageCache) -> (u64, u64) {
        let cache = cache.lock();
        (cache.hits(), cache.misses())
    }

    #[test]
    fn a_page_is_rendered_once_for_its_view_and_its_templates() {
        let cache = Arc::default();
        let first = edition("One.", &cache);
        let about = first.find("about.html").unwrap();
        let page = first.page(about).unwrap();
        assert_eq!(uses(&cache), (0, 1));
        assert_eq!(first.page(about).unwrap().version, page.version);
        assert_eq!(uses(&cache), (1, 1));
        // Other templates, as compiled by another build, even of the same files.
        let second = edition("One.", &cache);
        assert_eq!(second.page(about).unwrap().version, page.version);
        assert_eq!(uses(&cache), (1, 2));
        assert_eq!(first.page(about).unwrap().version, page.version);
        assert_eq!(uses(&cache), (1, 3));
    }
}
