//! A route to bytes: views, templates, and the check of what came out.
//!
//! Owns which view and which template a page gets. Reads no file and writes none.
//!
//! Invariant: the bytes of a page depend on the linked site, the templates and the route alone.

pub mod build;
pub mod link_check;
pub mod pictures;
pub mod sitemap;
pub mod templates;
pub mod views;
pub mod words;

use std::sync::OnceLock;

use crate::diag::Diagnostic;
use crate::paths::OutPath;
use crate::site::{DEFAULT_LANGUAGE, LanguageIx, Page, Route, Site};
use build::{Orders, Scene, Shelf};
use templates::Templates;
use words::Words;

/// Renders any page of a site.
pub struct Renderer<'a> {
    site: &'a Site,
    templates: &'a Templates,
    words: &'a Words,
    /// By language; made when first asked for.
    orders: Vec<OnceLock<Orders>>,
    /// By language; made when first asked for.
    shelves: Vec<OnceLock<Shelf>>,
}

impl<'a> Renderer<'a> {
    #[must_use]
    pub fn new(site: &'a Site, templates: &'a Templates, words: &'a Words) -> Self {
        let orders = site.language_indices().map(|_| OnceLock::new()).collect();
        let shelves = site.language_indices().map(|_| OnceLock::new()).collect();
        Self { site, templates, words, orders, shelves }
    }

    /// The bytes of a route that is made, not copied; `None` for a file.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn render(&self, path: &OutPath, route: Route) -> Result<Option<String>, Box<Diagnostic>> {
        match route {
            Route::Page(language, page) => self.page(language, page, path).map(Some),
            Route::Redirect(page) => {
                let scene = Scene { shelf: None, ..self.scene(DEFAULT_LANGUAGE, page, path) };
                self.templates.render("stub.html", build::redirect(&scene), path).map(Some)
            }
            Route::Robots => Ok(Some(sitemap::robots(self.site))),
            Route::Sitemap(number) => Ok(Some(sitemap::sitemap(self.site, number))),
            Route::File(_) => Ok(None),
        }
    }

    fn scene<'s>(&'s self, language: LanguageIx, page: Page, path: &'s OutPath) -> Scene<'s> {
        Scene {
            site: self.site,
            words: self.words,
            orders: &self.orders[language.get()],
            shelf: self.shelf(language, path),
            language,
            page,
            path,
        }
    }

    /// The parts that pages in a folder of the language's tree share.
    fn shelf(&self, language: LanguageIx, path: &OutPath) -> Option<&Shelf> {
        let depth = path.as_str().matches('/').count();
        let folder_depth = if language == DEFAULT_LANGUAGE { 1 } else { 2 };
        (depth == folder_depth).then(|| self.shelves[language.get()].get_or_init(|| Shelf::new(self.site)))
    }

    fn page(&self, language: LanguageIx, page: Page, path: &OutPath) -> Result<String, Box<Diagnostic>> {
        let scene = self.scene(language, page, path);
        let templates = self.templates;
        match page {
            Page::Home => templates.render("home.html", build::home(&scene), path),
            Page::Briefings(number) => templates.render("list.html", build::briefings(&scene, number), path),
            Page::Briefing(ix) => templates.render("briefing.html", build::briefing(&scene, ix), path),
            Page::Stub(ix) => templates.render("stub.html", build::stub(&scene, ix), path),
            Page::Neighbourhoods(number) => {
                templates.render("list.html", build::neighbourhoods(&scene, number), path)
            }
            Page::Neighbourhood(ix, number) => {
                templates.render("neighbourhood.html", build::neighbourhood(&scene, ix, number), path)
            }
            Page::Sources(number) => templates.render("list.html", build::sources(&scene, number), path),
            Page::Source(ix, number) => {
                templates.render("source.html", build::source(&scene, ix, number), path)
            }
            Page::Dates => templates.render("list.html", build::dates(&scene), path),
            Page::Date(ix, number) => templates.render("date.html", build::date(&scene, ix, number), path),
            Page::Event(ix) => templates.render("event.html", build::event(&scene, ix), path),
            Page::Plain(ix) => templates.render("page.html", build::page(&scene, ix), path),
            Page::Names(number) => templates.render("names.html", build::names(&scene, number), path),
            Page::Corrections(number) => {
                templates.render("corrections.html", build::corrections(&scene, number), path)
            }
            Page::Figures(number) => templates.render("figures.html", build::figures(&scene, number), path),
            Page::NotFound => templates.render("404.html", build::not_found(&scene), path),
        }
    }
}
