//! A route to bytes: views, templates, and one walk over each finished page.
//!
//! Owns the choice of view and template for a route. Reads no file and writes none.
//!
//! Invariant: the bytes of a page depend only on the linked site, the templates and the route.

pub mod card;
pub mod copy_record;
pub mod feeds;
pub mod fingerprint;
pub mod pages;
pub mod paper;
pub mod plain_text;
pub mod search;
pub mod sitemap;
pub mod templates;
pub mod text_length;
pub mod views;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::cards::{Fonts, PictureCard};
use crate::checks::csp::{PolicyReader, StyleHashes};
use crate::checks::links::{LinkReader, PageFacts};
use crate::checks::page_fault::{PageFault, Sought};
use crate::checks::policy_blocks::PolicyBlocks;
use crate::diag::Diagnostic;
use crate::hosts;
use crate::html::Tokens;
use crate::i18n::Messages;
use crate::keys::SiteKey;
use crate::open_data;
use crate::paths::{OutPath, ascii_url_path};
use crate::site::{DEFAULT_LANGUAGE, LanguageIx, Page, PlainIx, Route, Site};
use card::CardParts;
use copy_record::CopyRecord;
use feeds::Stubs;
use pages::{Orders, PageContext, SharedViews, Turns};
use plain_text::{PlainTextOptions, PlainTextWriter};
use search::{SearchEntry, SearchedPage};
use templates::Templates;
use views::{Fields, Url};

/// Renders any page of a site.
pub struct Renderer {
    site: Arc<Site>,
    templates: Arc<Templates>,
    words: Arc<Messages>,
    fonts: Arc<Fonts>,
    /// By language; made on first use.
    orders: Vec<OnceLock<Orders>>,
    /// Made on first use.
    turns: OnceLock<Turns>,
    /// By language; made on first use.
    shared_views: Vec<OnceLock<SharedViews>>,
    /// The pages in feeds for what is gone; made on first use.
    stubs: OnceLock<Stubs>,
    styles: StyleHashes,
}

/// The name of a template: owned if a page chose it itself.
pub type PageTemplate = Cow<'static, str>;

/// The content of a route, before it is bytes.
pub enum PageSource {
    /// A view and the template that prints it.
    View { language: LanguageIx, template: PageTemplate, fields: Fields },
    /// The plain text of the page at `page`, which this view prints.
    PlainText { page: OutPath, language: LanguageIx, template: PageTemplate, fields: Fields },
    /// A picture, and what its letters are drawn with.
    Card(Box<PictureCard>, Arc<Fonts>),
    /// Finished text.
    Text(String),
}

/// The bytes of an output and, of a page, what one walk over its tokens finds.
#[derive(Default)]
pub struct PrintedPage {
    pub bytes: Vec<u8>,
    /// What a picture says: no search finds it in the bytes.
    pub drawn_text: Option<String>,
    pub facts: PageFacts,
    pub faults: Vec<PageFault>,
    pub plain_text: Option<String>,
}

impl PageSource {
    /// The template that prints it, if any.
    #[must_use]
    pub fn template(&self) -> Option<&PageTemplate> {
        match self {
            Self::View { template, .. } | Self::PlainText { template, .. } => Some(template),
            Self::Text(_) | Self::Card(..) => None,
        }
    }

    /// Equal for equal sources, and different for others but for one chance in 2^64. Compared only
    /// within one run.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        match self {
            Self::View { template, fields, .. } | Self::PlainText { template, fields, .. } => {
                fingerprint::of_view(template, fields)
            }
            Self::Card(card, fonts) => fingerprint::of_card(card, fonts),
            Self::Text(text) => fingerprint::of_bytes(text.as_bytes()),
        }
    }
}

impl Renderer {
    #[must_use]
    pub fn new(
        site: &Arc<Site>,
        templates: &Arc<Templates>,
        words: &Arc<Messages>,
        fonts: &Arc<Fonts>,
    ) -> Self {
        let orders = site.language_indices().map(|_| OnceLock::new()).collect();
        let shared_views = site.language_indices().map(|_| OnceLock::new()).collect();
        Self {
            site: Arc::clone(site),
            templates: Arc::clone(templates),
            words: Arc::clone(words),
            fonts: Arc::clone(fonts),
            orders,
            turns: OnceLock::new(),
            shared_views,
            stubs: OnceLock::new(),
            styles: StyleHashes::default(),
        }
    }

    /// The bytes of a route; `None` for a copied file.
    ///
    /// # Errors
    /// A fault of the template.
    pub fn render(&self, path: &OutPath, route: Route) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        self.page_source(path, route).map(|source| self.print(source, path)).transpose()
    }

    /// The source of a route; `None` for a copied file.
    #[must_use]
    pub fn page_source(&self, path: &OutPath, route: Route) -> Option<PageSource> {
        match route {
            Route::Page(language, page) => {
                let (template, fields) = self.page(language, page, path);
                Some(PageSource::View { language, template, fields })
            }
            Route::PlainText(language, page) => {
                let path = self.site.path(language, page);
                let (template, fields) = self.page(language, page, &path);
                Some(PageSource::PlainText { page: path, language, template, fields })
            }
            Route::Card(language, page) => {
                let card = self.picture_card(language, page)?;
                Some(PageSource::Card(Box::new(card), Arc::clone(&self.fonts)))
            }
            Route::Redirect(language, page) => {
                let context = PageContext { shared: None, ..self.context(language, page, path) };
                let (template, fields) = match page {
                    Page::Briefing(ix) if pages::has_anchored_claims(&context, ix) => {
                        view("briefing.html", pages::moved_briefing(&context, ix))
                    }
                    _ => view("stub.html", pages::redirect(&context)),
                };
                Some(PageSource::View { language, template, fields })
            }
            Route::Feed(language, feed) => {
                let context =
                    PageContext { shared: None, is_page: false, ..self.context(language, feed.page(), path) };
                let stubs = self.stubs.get_or_init(|| Stubs::of(&self.site));
                Some(PageSource::Text(feeds::feed(&context, feed, stubs)))
            }
            Route::Data(file) => Some(PageSource::Text(open_data::file(&self.site, file))),
            Route::CopyRecord => Some(PageSource::Text(CopyRecord::of(&self.site).to_json())),
            Route::PublicKey => {
                let key = self.site.config.public_key.as_ref();
                Some(PageSource::Text(key.map(SiteKey::to_file).unwrap_or_default()))
            }
            Route::Robots => Some(PageSource::Text(sitemap::robots(&self.site))),
            Route::Sitemap(number) => Some(PageSource::Text(sitemap::sitemap(&self.site, number))),
            Route::SearchScript => Some(PageSource::Text(search::SCRIPT.to_owned())),
            Route::Host(file) => Some(PageSource::Text(hosts::file(&self.site, file))),
            Route::File(_) | Route::PictureCopy(..) => None,
        }
    }

    /// The bytes of a source.
    ///
    /// # Errors
    /// A fault of the template.
    pub fn print(&self, source: PageSource, path: &OutPath) -> Result<Vec<u8>, Box<Diagnostic>> {
        match source {
            PageSource::View { language, template, fields } => {
                let html = self.html(language, &template, fields, path)?;
                Ok(self.styles.complete(html).into_bytes())
            }
            PageSource::PlainText { page, language, template, fields } => {
                let html = self.html(language, &template, fields, &page)?;
                Ok(self.plain_text(&html, &page, language).into_bytes())
            }
            PageSource::Card(card, fonts) => Ok(card.draw(&fonts)),
            PageSource::Text(text) => Ok(text.into_bytes()),
        }
    }

    /// What the picture of a briefing says, or of the page that replaces it; `None` for other pages.
    #[must_use]
    pub fn picture_card(&self, language: LanguageIx, page: Page) -> Option<PictureCard> {
        let path = self.site.path(language, page);
        pages::picture_card(&PageContext { shared: None, ..self.context(language, page, &path) })
    }

    /// What the picture at a route says; `None` if it is none of ours.
    #[must_use]
    pub fn drawn_text(&self, route: Route) -> Option<String> {
        let Route::Card(language, page) = route else { return None };
        Some(self.picture_card(language, page)?.text())
    }

    /// What a card of a briefing is made of, or of the page that replaces it; `None` for other pages.
    #[must_use]
    pub fn card(&self, language: LanguageIx, page: Page) -> Option<CardParts> {
        let path = self.site.path(language, page);
        let context = PageContext { shared: None, is_page: false, ..self.context(language, page, &path) };
        match page {
            Page::Briefing(ix) => Some(pages::card(&context, ix)),
            Page::Stub(ix) => Some(pages::stub_card(&context, ix)),
            _ => None,
        }
    }

    /// How many claims of a briefing are not on its card, in words.
    #[must_use]
    pub fn left_out(&self, language: LanguageIx, count: usize) -> String {
        let path = self.site.path(language, Page::Home);
        let context =
            PageContext { shared: None, is_page: false, ..self.context(language, Page::Home, &path) };
        context.word_with_count("card-left-out", count)
    }

    /// A page that the search finds; `None` if it does not.
    #[must_use]
    pub fn searched<'s>(&self, path: &'s OutPath, route: Route) -> Option<SearchedPage<'s>> {
        let Route::Page(language, page) = route else { return None };
        let context = PageContext { is_page: false, ..self.context(language, page, path) };
        let about = pages::about(&context, page)?;
        Some(SearchedPage { path, language, page, about })
    }

    /// What the search knows of a page.
    ///
    /// # Errors
    /// A fault of the template.
    pub fn search_entry(&self, searched: &SearchedPage<'_>) -> Result<SearchEntry, Box<Diagnostic>> {
        let SearchedPage { path, language, page, .. } = *searched;
        let (template, fields) = self.page(language, page, path);
        let html = self.html(language, &template, fields, path)?;
        Ok(SearchEntry::new(searched, self.site.language(language), &html))
    }

    fn html(
        &self,
        language: LanguageIx,
        template: &str,
        fields: Fields,
        page: &OutPath,
    ) -> Result<String, Box<Diagnostic>> {
        self.templates.render(template, fields, self.site.language(language), page)
    }

    /// The plain text of a page, from its HTML.
    fn plain_text(&self, html: &str, page: &OutPath, language: LanguageIx) -> String {
        self.with_plain_text_options(page, language, |options| plain_text::of_page(html, options))
    }

    /// The bytes of a source, with what one walk over a page's tokens finds.
    /// The plain text is in `text_language`, if any.
    ///
    /// # Errors
    /// A fault of the template.
    pub fn print_and_read(
        &self,
        source: PageSource,
        path: &OutPath,
        route: Route,
        text_language: Option<LanguageIx>,
    ) -> Result<PrintedPage, Box<Diagnostic>> {
        let PageSource::View { language, template, fields } = source else {
            let drawn_text = match &source {
                PageSource::Card(card, _) => Some(card.text()),
                _ => None,
            };
            let bytes = self.print(source, path)?;
            return Ok(PrintedPage { bytes, drawn_text, ..PrintedPage::default() });
        };
        let text = own_template_text(&template, &fields);
        let html = self.html(language, &template, fields, path)?;
        let lang = self.site.language(language);
        let lost_text = text.filter(|text| !html.contains(&self.words.with_marks(lang, text.clone())));
        let mut page = match text_language {
            None => self.read(html, path, route, None),
            Some(language) => self.with_plain_text_options(path, language, |options| {
                self.read(html, path, route, Some(options))
            }),
        };
        page.faults.extend(lost_text.map(|_| PageFault {
            diagnostic: self.templates.without_text(&template, path),
            sought: Sought::Nothing,
        }));
        Ok(page)
    }

    /// Feeds one walk over the tokens of a page to all readers, and completes its policy.
    fn read(
        &self,
        mut html: String,
        path: &OutPath,
        route: Route,
        text_options: Option<&PlainTextOptions<'_>>,
    ) -> PrintedPage {
        let mut policy = PolicyReader::new(&html);
        let mut blocks = PolicyBlocks::new(path);
        let mut links = LinkReader::new(path, route, &self.site);
        let mut text = text_options.map(PlainTextWriter::new);
        let mut tokens = Tokens::new(&html);
        while let Some(token) = tokens.next_token() {
            policy.token(&token);
            blocks.token(&token);
            links.token(&token);
            if let Some(text) = &mut text {
                text.token(&token);
            }
        }
        let plain_text = text.map(PlainTextWriter::finish);
        let (facts, mut faults) = links.finish();
        faults.extend(blocks.finish());
        if let Some((placeholder, sources)) = policy.finish(&self.styles) {
            html.replace_range(placeholder, &sources);
        }
        PrintedPage { bytes: html.into_bytes(), drawn_text: None, facts, faults, plain_text }
    }

    fn with_plain_text_options<T>(
        &self,
        page: &OutPath,
        language: LanguageIx,
        then: impl FnOnce(&PlainTextOptions<'_>) -> T,
    ) -> T {
        let lang = self.site.language(language);
        let word = |key: &str| self.words.word(lang, key).unwrap_or_else(|| key.to_owned());
        let base_url = self.site.config.base_url.as_deref();
        let page_url = match base_url {
            Some(base) => [base, &ascii_url_path(page.as_str())].concat(),
            None => Url::relative(page, page, "").as_str().to_owned(),
        };
        then(&PlainTextOptions {
            path: page,
            routes: &self.site.routes,
            base_url,
            page_url: &page_url,
            page_word: &word("text-page"),
            links_word: &word("text-links"),
        })
    }

    fn context<'s>(&'s self, language: LanguageIx, page: Page, path: &'s OutPath) -> PageContext<'s> {
        PageContext {
            is_page: true,
            site: &self.site,
            words: &self.words,
            orders: &self.orders[usize::from(language)],
            turns: &self.turns,
            shared: self.shared(language, path),
            language,
            page,
            path,
        }
    }

    /// The parts that pages in a folder of the language's tree share.
    fn shared(&self, language: LanguageIx, path: &OutPath) -> Option<&SharedViews> {
        let depth = path.as_str().matches('/').count();
        let folder_depth = if language == DEFAULT_LANGUAGE { 1 } else { 2 };
        (depth == folder_depth)
            .then(|| self.shared_views[usize::from(language)].get_or_init(|| SharedViews::new(&self.site)))
    }

    /// A plain page can name its template.
    fn plain_page(&self, context: &PageContext<'_>, ix: PlainIx) -> (PageTemplate, Fields) {
        let named = self.site.pages[ix].article.template.as_ref();
        // One that cannot be used was reported with its place.
        let named = named.filter(|name| self.templates.fault_of_own(&name.value).is_none());
        let template = named.map_or("page.html".into(), |name| PageTemplate::Owned(name.value.to_string()));
        (template, pages::page(context, ix).into())
    }

    /// The template of a page and what it prints.
    fn page(&self, language: LanguageIx, page: Page, path: &OutPath) -> (PageTemplate, Fields) {
        let context = self.context(language, page, path);
        match page {
            Page::Home => view("home.html", pages::home(&context)),
            Page::Briefings(number) => view("list.html", pages::briefings(&context, number)),
            Page::Briefing(ix) => view("briefing.html", pages::briefing(&context, ix)),
            Page::Stub(ix) => view("stub.html", pages::stub(&context, ix)),
            Page::Neighbourhoods(number) => view("list.html", pages::neighbourhoods(&context, number)),
            Page::Neighbourhood(ix, number) => {
                view("neighbourhood.html", pages::neighbourhood(&context, ix, number))
            }
            Page::Sheet(ix) => view("sheet.html", pages::sheet(&context, ix)),
            Page::Sources(number) => view("list.html", pages::sources(&context, number)),
            Page::Source(ix, number) => view("source.html", pages::source(&context, ix, number)),
            Page::Dates => view("list.html", pages::dates(&context)),
            Page::Date(ix, number) => view("date.html", pages::date(&context, ix, number)),
            Page::Event(ix, number) => view("event.html", pages::event(&context, ix, number)),
            Page::Plain(ix) => self.plain_page(&context, ix),
            Page::Names(number) => view("names.html", pages::names(&context, number)),
            Page::Corrections(number) => view("corrections.html", pages::corrections(&context, number)),
            Page::Changes(number) => view("changes.html", pages::changes(&context, number)),
            Page::Figures(number) => view("figures.html", pages::figures(&context, number)),
            Page::Timeline => view("timeline.html", pages::timeline(&context)),
            Page::Map => view("map.html", pages::map(&context)),
            Page::Search => view("search.html", pages::search(&context)),
            Page::NotFound => view("404.html", pages::not_found(&context)),
        }
    }
}

fn view(template: &'static str, view: impl Into<Fields>) -> (PageTemplate, Fields) {
    (template.into(), view.into())
}

/// The text that a plain page has and a template of its own must print.
fn own_template_text(template: &PageTemplate, fields: &Fields) -> Option<String> {
    if matches!(template, PageTemplate::Borrowed(_)) {
        return None;
    }
    let body = fields.0.iter().find(|(name, _)| *name == "body")?.1.as_str()?;
    Some(body.to_owned()).filter(|body| !body.is_empty())
}
