//! The context of one page: the site, the language, and where links start from.
//!
//! Owns what every page needs: URLs, words, names, numbers and times. Knows no view of a page.

use std::sync::OnceLock;

use fluent_bundle::{FluentArgs, FluentValue};

use super::orders::Orders;
use super::shared::{SharedViews, Slots};
use super::turns::Turns;
use crate::i18n::Messages;
use crate::model::Word;
use crate::paths::{Id, OutPath, ascii_url_path};
use crate::render::views::{IntoTera, Labelled, Shared, TimeView, Url};
use crate::site::{
    ClaimIx, DEFAULT_LANGUAGE, EventIx, FileIx, LanguageIx, NeighbourhoodIx, Page, Site, SourceIx,
};
use crate::time::{CalendarPage, Moment};

/// The page that a view is built for.
#[derive(Clone, Copy)]
pub struct PageContext<'a> {
    pub site: &'a Site,
    pub words: &'a Messages,
    pub language: LanguageIx,
    pub page: Page,
    pub path: &'a OutPath,
    /// The alphabetical orders of the language, made on first use.
    pub orders: &'a OnceLock<Orders>,
    /// Changes by place, made on first use.
    pub turns: &'a OnceLock<Turns>,
    /// The result is a page, in which words of another language are marked.
    pub is_page: bool,
    /// Only for pages in a folder of their language's tree: all of them link to a page by the same URL.
    pub shared: Option<&'a SharedViews>,
}

impl<'a> PageContext<'a> {
    /// The language code of the page.
    pub fn lang(&self) -> &'a str {
        self.site.language(self.language)
    }

    /// The code of the site's own language, in which originals are written.
    pub fn original_lang(&self) -> &'a str {
        self.site.language(DEFAULT_LANGUAGE)
    }

    pub fn orders(&self) -> &'a Orders {
        self.orders.get_or_init(|| Orders::new(self.site, self.words, self.language))
    }

    pub fn turns(&self) -> &'a Turns {
        self.turns.get_or_init(|| Turns::new(self.site))
    }

    /// A part that many pages share, made on first use; always made for a page that shares none.
    pub fn shared<T: IntoTera>(
        &self,
        slots: impl Fn(&SharedViews) -> &Slots<T>,
        index: usize,
        make: impl FnOnce() -> T,
    ) -> Shared<T> {
        match self.shared {
            Some(shared) => slots(shared).get_or_make(index, make),
            None => Shared::new(make()),
        }
    }

    /// A link to a page in this page's language.
    pub fn url(&self, page: Page) -> Url {
        self.url_at(page, "")
    }

    pub fn url_at(&self, page: Page, fragment: &str) -> Url {
        if page == self.page && !fragment.is_empty() {
            return Url::fragment(fragment);
        }
        if self.shared.is_some() {
            let tree = if self.site.is_in(self.language, page) { "../" } else { "../../" };
            return Url::below(tree, &self.site.path_in_language(page), fragment);
        }
        self.url_in(self.language, page, fragment)
    }

    pub fn url_in(&self, language: LanguageIx, page: Page, fragment: &str) -> Url {
        Url::relative(self.path, &self.site.path(language, page), fragment)
    }

    /// A claim on the page of its briefing.
    pub fn claim_url(&self, ix: ClaimIx) -> Url {
        self.url_at(Page::Briefing(ix.briefing), &claim_anchor(&self.site.claim(ix).id.value))
    }

    /// The way to the root of the output, as `../../`.
    pub fn root(&self) -> String {
        "../".repeat(self.path.as_str().matches('/').count())
    }

    pub fn file_url(&self, file: FileIx) -> Url {
        Url::relative(self.path, &self.site.files[file].out, "")
    }

    /// The absolute address of a page in this page's language; empty without a `base_url`.
    pub fn absolute(&self, page: Page) -> String {
        self.absolute_in(self.language, page)
    }

    pub fn absolute_in(&self, language: LanguageIx, page: Page) -> String {
        let root = self.site.config.base_url.as_deref();
        root.map_or_else(String::new, |root| address(self.site, root, language, page))
    }

    /// A word of the interface. A theme without it shows the key; a test rules that out for ours.
    pub fn word(&self, key: &str) -> String {
        self.word_or(key, key)
    }

    /// A word of the interface, or what to show if the theme has none: a name that site.toml or a writer gave.
    pub fn word_or(&self, key: &str, fallback: &str) -> String {
        let word = self.words.word(self.lang(), key).map(|word| self.marked(key, word));
        word.unwrap_or_else(|| fallback.to_owned())
    }

    /// A word that the language of the page has itself.
    pub fn own_word(&self, key: &str) -> Option<String> {
        self.words.has(self.lang(), key).then(|| self.words.word(self.lang(), key)).flatten()
    }

    /// A word of the interface with one argument.
    pub fn word_with<'v>(&self, key: &str, name: &'static str, value: impl Into<FluentValue<'v>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        let text = self.words.format(self.lang(), key, &args).map(|text| self.marked(key, text));
        text.unwrap_or_else(|_| key.to_owned())
    }

    pub fn word_with_count(&self, key: &str, count: usize) -> String {
        let mut args = FluentArgs::new();
        args.set("count", count);
        let text = self.words.format(self.lang(), key, &args).map(|text| self.marked(key, text));
        text.unwrap_or_else(|_| count.to_string())
    }

    fn marked(&self, key: &str, text: String) -> String {
        if self.is_page { self.words.mark(self.lang(), key, text) } else { text }
    }

    /// A value of the front matter and its label in the interface.
    pub fn labelled<W: Word>(&self, prefix: &str, word: W) -> Labelled {
        self.labelled_id(prefix, word.word())
    }

    /// Like [`PageContext::labelled`], for ids that a site may define itself. Without a label the id is shown.
    pub fn labelled_id(&self, prefix: &str, id: &str) -> Labelled {
        Labelled { id: id.to_owned(), label: self.word_or(&[prefix, id].concat(), id) }
    }

    pub fn site_title(&self) -> String {
        self.word_or("site-title", &self.site.config.title)
    }

    pub fn neighbourhood_name(&self, ix: NeighbourhoodIx) -> String {
        self.site.neighbourhood_name(ix, self.language).to_owned()
    }

    pub fn source_name(&self, ix: SourceIx) -> String {
        self.site.source_name(ix, self.language).to_owned()
    }

    pub fn topic_name(&self, id: &str) -> String {
        self.labelled_id("topic-", id).label
    }

    pub fn event_name(&self, ix: EventIx) -> String {
        self.site.event_name(ix, self.language).to_owned()
    }

    /// The translation, or the original and its language. The language is empty if it is the page's.
    pub fn translated(&self, original: &str, translation: Option<&str>) -> (String, String) {
        match translation {
            Some(text) => (text.to_owned(), String::new()),
            None if self.language == DEFAULT_LANGUAGE => (original.to_owned(), String::new()),
            None => (original.to_owned(), self.original_lang().to_owned()),
        }
    }

    /// The `dir` of a text by a writer, whose language is empty if it is the page's; empty if it is the page's.
    pub fn dir_of(&self, text: &str, lang: &str) -> &'static str {
        self.words.dir_of_text(self.lang(), text, lang)
    }

    /// A number in the digits of the page's language.
    pub fn number(&self, number: f64) -> String {
        self.words.number(self.lang(), number)
    }

    /// A moment in the words of the page, with a link to the page of its day.
    pub fn time(&self, moment: Moment) -> TimeView {
        let zone = &self.site.config.timezone;
        let day = zone.day_of(moment);
        let page = self.site.date(CalendarPage::Day(day));
        TimeView {
            iso: zone.local(moment).to_string(),
            text: self.words.moment_here(self.lang(), moment),
            date: self.words.date(self.lang(), day),
            time: self.words.time_of(self.lang(), moment),
            offset: self.words.offset_at(self.lang(), moment),
            day_url: page.map_or_else(Url::default, |ix| self.url(Page::Date(ix, 0))),
        }
    }
}

/// The address of a page below the root of this site or of a mirror.
pub fn address(site: &Site, root: &str, language: LanguageIx, page: Page) -> String {
    format!("{root}{}", ascii_url_path(site.path(language, page).as_str()))
}

/// What the `id` of a claim in HTML begins with.
pub const CLAIM_ANCHOR: &str = "claim-";

/// The `id` of a claim in HTML.
pub fn claim_anchor(id: &Id) -> String {
    format!("{CLAIM_ANCHOR}{id}")
}
