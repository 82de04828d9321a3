//! A route to bytes: views, templates, and the check of what came out.
//!
//! Owns which view and which template a page gets. Reads no file and writes none.
//!
//! Invariant: the bytes of a page depend on the linked site, the templates and the route alone.

pub mod feeds;
pub mod fingerprint;
pub mod pages;
pub mod plain_text;
pub mod search;
pub mod sitemap;
pub mod templates;
pub mod views;

use std::sync::{Arc, OnceLock};

use crate::checks::csp::Styles;
use crate::checks::links::{self, PageFacts};
use crate::diag::Diagnostic;
use crate::html::tokens::{self, Token};
use crate::i18n::Words;
use crate::paths::{OutPath, ascii_url_path};
use crate::site::{DEFAULT_LANGUAGE, LanguageIx, Page, Route, Site};
use feeds::Stubs;
use pages::{Orders, Scene, Shelf};
use templates::Templates;
use views::{Fields, Url};

/// Renders any page of a site.
pub struct Renderer {
    site: Arc<Site>,
    templates: Arc<Templates>,
    words: Arc<Words>,
    /// By language; made when first asked for.
    orders: Vec<OnceLock<Orders>>,
    /// By language; made when first asked for.
    shelves: Vec<OnceLock<Shelf>>,
    /// What feeds tell of those who are gone; made when first asked for.
    stubs: OnceLock<Stubs>,
    styles: Styles,
}

/// What a route says, before it is bytes.
pub enum Sheet {
    /// A view and the template that prints it.
    View { template: &'static str, fields: Fields },
    /// The plain text of what another sheet prints: that of the page at `page`.
    Twin { page: OutPath, language: LanguageIx, template: &'static str, fields: Fields },
    /// Finished text.
    Text(String),
}

impl Sheet {
    fn view(template: &'static str, view: impl Into<Fields>) -> Self {
        Self::View { template, fields: view.into() }
    }

    /// Equal for equal sheets; two that differ are told apart but for one chance in 2^64. Only ever
    /// compared within one run.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        match self {
            Self::View { template, fields } | Self::Twin { template, fields, .. } => {
                fingerprint::of_view(template, fields)
            }
            Self::Text(text) => fingerprint::of_bytes(text.as_bytes()),
        }
    }
}

impl Renderer {
    #[must_use]
    pub fn new(site: &Arc<Site>, templates: &Arc<Templates>, words: &Arc<Words>) -> Self {
        let orders = site.language_indices().map(|_| OnceLock::new()).collect();
        let shelves = site.language_indices().map(|_| OnceLock::new()).collect();
        let (site, templates, words) = (Arc::clone(site), Arc::clone(templates), Arc::clone(words));
        Self { site, templates, words, orders, shelves, stubs: OnceLock::new(), styles: Styles::default() }
    }

    /// The bytes of a route that is made, not copied; `None` for a file.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn render(&self, path: &OutPath, route: Route) -> Result<Option<String>, Box<Diagnostic>> {
        self.sheet(path, route).map(|sheet| self.print(sheet, path)).transpose()
    }

    /// What a route that is made says; `None` for a file.
    #[must_use]
    pub fn sheet(&self, path: &OutPath, route: Route) -> Option<Sheet> {
        match route {
            Route::Page(language, page) => Some(self.page(language, page, path)),
            Route::Twin(language, page) => {
                let path = self.site.path(language, page);
                let Sheet::View { template, fields } = self.page(language, page, &path) else { return None };
                Some(Sheet::Twin { page: path, language, template, fields })
            }
            Route::Redirect(page) => {
                let scene = Scene { shelf: None, ..self.scene(DEFAULT_LANGUAGE, page, path) };
                Some(Sheet::view("stub.html", pages::redirect(&scene)))
            }
            Route::Feed(language, feed) => {
                let scene = Scene { shelf: None, ..self.scene(language, feed.page(), path) };
                let stubs = self.stubs.get_or_init(|| Stubs::of(&self.site));
                Some(Sheet::Text(feeds::feed(&scene, feed, stubs)))
            }
            Route::Robots => Some(Sheet::Text(sitemap::robots(&self.site))),
            Route::Sitemap(number) => Some(Sheet::Text(sitemap::sitemap(&self.site, number))),
            Route::SearchScript => Some(Sheet::Text(search::SCRIPT.to_owned())),
            Route::File(_) => None,
        }
    }

    /// The bytes of a sheet.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn print(&self, sheet: Sheet, path: &OutPath) -> Result<String, Box<Diagnostic>> {
        match sheet {
            Sheet::View { template, fields } => {
                self.templates.render(template, fields, path).map(|page| self.styles.completed(page))
            }
            Sheet::Twin { page, language, template, fields } => {
                let html = self.templates.render(template, fields, &page)?;
                Ok(self.twin(&html, &page, language))
            }
            Sheet::Text(text) => Ok(text),
        }
    }

    /// What the search knows of a page; `None` where it does not look there.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn searched(&self, path: &OutPath, route: Route) -> Result<Option<search::Entry>, Box<Diagnostic>> {
        let Route::Page(language, page) = route else { return Ok(None) };
        let Some(about) = pages::about(&self.scene(language, page, path), page) else { return Ok(None) };
        let html = self.print(self.page(language, page, path), path)?;
        Ok(Some(search::Entry::new(path, self.site.language(language), page, about, &html)))
    }

    /// The plain text of a page, from its HTML.
    fn twin(&self, html: &str, page: &OutPath, language: LanguageIx) -> String {
        self.with_twin(page, language, |twin| twin.of(html))
    }

    /// What a finished page asks of others, what is wrong with its links, and its plain text in the
    /// language where that is asked for. Reads the page once.
    #[must_use]
    pub fn read(
        &self,
        html: &str,
        page: &OutPath,
        route: Route,
        text: Option<LanguageIx>,
    ) -> (PageFacts, Vec<Diagnostic>, Option<String>) {
        let Some(language) = text else {
            let (facts, faults) = links::read(html, page, route, &self.site.routes);
            return (facts, faults, None);
        };
        self.with_twin(page, language, |twin| {
            let mut links = links::Reader::new(page, route, &self.site.routes);
            let mut text = plain_text::Writer::new(twin);
            tokens::tokens(html, |token| {
                if let Token::Start(tag) = token {
                    links.tag(tag);
                }
                text.token(&token);
            });
            let (facts, faults) = links.finish();
            (facts, faults, Some(text.finish()))
        })
    }

    fn with_twin<T>(
        &self,
        page: &OutPath,
        language: LanguageIx,
        then: impl FnOnce(&plain_text::Twin) -> T,
    ) -> T {
        let lang = self.site.language(language);
        let word = |key: &str| self.words.word(lang, key).unwrap_or_else(|| key.to_owned());
        let base_url = self.site.config.base_url.as_deref();
        let page_url = match base_url {
            Some(base) => [base, &ascii_url_path(page.as_str())].concat(),
            None => Url::relative(page, page, "").as_str().to_owned(),
        };
        let (page_word, links_word) = (word("text-page"), word("text-links"));
        then(&plain_text::Twin {
            path: page,
            routes: &self.site.routes,
            base_url,
            page_url: &page_url,
            page_word: &page_word,
            links_word: &links_word,
        })
    }

    fn scene<'s>(&'s self, language: LanguageIx, page: Page, path: &'s OutPath) -> Scene<'s> {
        Scene {
            site: &self.site,
            words: &self.words,
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
        (depth == folder_depth).then(|| self.shelves[language.get()].get_or_init(|| Shelf::new(&self.site)))
    }

    fn page(&self, language: LanguageIx, page: Page, path: &OutPath) -> Sheet {
        let scene = self.scene(language, page, path);
        match page {
            Page::Home => Sheet::view("home.html", pages::home(&scene)),
            Page::Briefings(number) => Sheet::view("list.html", pages::briefings(&scene, number)),
            Page::Briefing(ix) => Sheet::view("briefing.html", pages::briefing(&scene, ix)),
            Page::Stub(ix) => Sheet::view("stub.html", pages::stub(&scene, ix)),
            Page::Neighbourhoods(number) => Sheet::view("list.html", pages::neighbourhoods(&scene, number)),
            Page::Neighbourhood(ix, number) => {
                Sheet::view("neighbourhood.html", pages::neighbourhood(&scene, ix, number))
            }
            Page::Sources(number) => Sheet::view("list.html", pages::sources(&scene, number)),
            Page::Source(ix, number) => Sheet::view("source.html", pages::source(&scene, ix, number)),
            Page::Dates => Sheet::view("list.html", pages::dates(&scene)),
            Page::Date(ix, number) => Sheet::view("date.html", pages::date(&scene, ix, number)),
            Page::Event(ix, number) => Sheet::view("event.html", pages::event(&scene, ix, number)),
            Page::Plain(ix) => Sheet::view("page.html", pages::page(&scene, ix)),
            Page::Names(number) => Sheet::view("names.html", pages::names(&scene, number)),
            Page::Corrections(number) => Sheet::view("corrections.html", pages::corrections(&scene, number)),
            Page::Figures(number) => Sheet::view("figures.html", pages::figures(&scene, number)),
            Page::Timeline => Sheet::view("timeline.html", pages::timeline(&scene)),
            Page::Map => Sheet::view("map.html", pages::map(&scene)),
            Page::Search => Sheet::view("search.html", pages::search(&scene)),
            Page::NotFound => Sheet::view("404.html", pages::not_found(&scene)),
        }
    }
}
