//! From the linked site to views: what each page says, in the words of its language.
//!
//! Owns the choice of what stands on which page. Builds no HTML but the bodies' slots, and
//! knows no template.
//!
//! Invariant: a view depends on the site and its route alone, so that a page that nothing
//! changed is built to the same bytes.

mod alphabet;
mod articles;
mod body;
mod charts;
mod corrections;
mod dates;
mod events;
mod figures;
mod items;
mod json_ld;
mod layout;
mod lists;
mod map;
mod search;
mod shared;
mod terms;
mod timeline;
mod why;

use std::sync::OnceLock;

use crate::i18n::Messages;
use crate::model::Word;
use crate::paths::OutPath;
use crate::render::views::{Labelled, Url};
use crate::site::{DEFAULT_LANGUAGE, FileIx, LanguageIx, Page, Site};

pub use articles::{briefing, home, not_found, page, redirect, stub};
pub use corrections::corrections;
pub use dates::date;
pub use events::event;
pub use figures::figures;
pub use lists::{Orders, briefings, dates, names, neighbourhoods, sources};
pub use map::map;
pub use search::{about, search};
pub use shared::SharedViews;
pub use terms::{neighbourhood, source};
pub use timeline::timeline;

/// The page that a view is built for: where links start from, and in which language.
#[derive(Clone, Copy)]
pub struct PageContext<'a> {
    pub site: &'a Site,
    pub words: &'a Messages,
    pub language: LanguageIx,
    pub page: Page,
    pub path: &'a OutPath,
    /// The alphabetical orders of the language, once a list asked for them.
    pub orders: &'a OnceLock<Orders>,
    /// Parts that are made already; only for pages in a folder of their language's tree, from
    /// where all links to pages read the same.
    pub shared: Option<&'a SharedViews>,
}

impl<'a> PageContext<'a> {
    /// The language code of the page.
    #[must_use]
    pub fn lang(&self) -> &'a str {
        self.site.language(self.language)
    }

    /// The default language's code, in which originals are written.
    fn original_lang(&self) -> &'a str {
        self.site.language(DEFAULT_LANGUAGE)
    }

    fn orders(&self) -> &'a Orders {
        self.orders.get_or_init(|| Orders::new(self))
    }

    /// A link to a page in this page's language.
    fn url(&self, page: Page) -> Url {
        self.url_at(page, "")
    }

    fn url_at(&self, page: Page, fragment: &str) -> Url {
        if page == self.page && !fragment.is_empty() {
            return Url::fragment(fragment);
        }
        if self.shared.is_some() {
            return Url::below("../", &self.site.path_in_language(page), fragment);
        }
        self.url_in(self.language, page, fragment)
    }

    fn url_in(&self, language: LanguageIx, page: Page, fragment: &str) -> Url {
        Url::relative(self.path, &self.site.path(language, page), fragment)
    }

    fn file_url(&self, file: FileIx) -> Url {
        Url::relative(self.path, &self.site.files[file.get()].out, "")
    }

    /// A word of the interface; the key itself where the theme has none, which a test rules out
    /// for the keys that stand in this program.
    pub(super) fn word(&self, key: &str) -> String {
        self.words.word(self.lang(), key).unwrap_or_else(|| key.to_owned())
    }

    /// A value of the front matter with what the interface calls it.
    fn labelled<W: Word>(&self, prefix: &str, word: W) -> Labelled {
        self.labelled_id(prefix, word.word())
    }

    /// As [`PageContext::labelled`], for words that a site may choose itself: where the theme has no
    /// label, the id is shown.
    fn labelled_id(&self, prefix: &str, id: &str) -> Labelled {
        let label = self.words.word(self.lang(), &format!("{prefix}{id}")).unwrap_or_else(|| id.to_owned());
        Labelled { id: id.to_owned(), label }
    }

    /// What the language of the page has for a name that site.toml or a writer gave, or else that name.
    fn named(&self, key: &str, name: &str) -> String {
        self.words.word(self.lang(), key).unwrap_or_else(|| name.to_owned())
    }

    pub fn site_title(&self) -> String {
        self.named("site-title", &self.site.config.title)
    }
}
