//! The settings of a site.

use std::collections::BTreeMap;

use super::exception::Exception;
use super::host::Host;
use super::levels::Levels;
use super::source_kinds::SourceKinds;
use super::target::PublishTarget;
use super::topics::TopicGuards;
use crate::diag::{Code, Diagnostic, Place};
use crate::keys::SiteKey;
use crate::paths::Id;
use crate::time::Zone;
use crate::toml::words;

/// Parties that every site has: of no side, and of an unknown side.
pub const BUILT_IN_PARTIES: [&str; 2] = ["none", "unknown"];

/// What a site says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub title: Box<str>,
    /// http or https, no query, ends in `/`. None: no feeds and no sitemap.
    pub base_url: Option<Box<str>>,
    /// The default language; it is at the root of the output.
    pub language: Box<str>,
    /// Lower-case BCP 47 codes in the order of the file, `language` among them.
    pub languages: Vec<Box<str>>,
    pub timezone: Zone,
    /// The name of `timezone`, as written.
    pub timezone_name: Box<str>,
    /// The name of a folder in `themes/`, or `default`.
    pub theme: Box<str>,
    /// Where site.toml names it.
    pub theme_place: Option<Place>,
    /// Items on a page of a list, 1 to 1000.
    pub page_size: usize,
    /// The path of a picture in a `static/` folder.
    pub logo: Option<PlacedText>,
    pub notice: Option<Notice>,
    pub contact: Option<Box<str>>,
    pub licence: Option<Box<str>>,
    pub html: HtmlPolicy,
    pub untranslated: Untranslated,
    /// Slugs, in the order of the file.
    pub topics: Vec<Box<str>>,
    pub topic_guards: TopicGuards,
    /// Where copies of the site are; the same form as `base_url`.
    /// A build without `private/` is an error.
    pub private: bool,
    pub mirrors: Vec<Box<str>>,
    /// The same form as `base_url`, with the host of an onion service.
    pub onion: Option<Box<str>>,
    /// What copies of the site are signed with.
    pub public_key: Option<SiteKey>,
    /// In the order of the file, without the built-in ones.
    pub parties: Vec<Party>,
    pub source_kinds: SourceKinds,
    /// Words that name no one, in addition to the shipped ones.
    pub unnamed_sources: Vec<Box<str>>,
    pub outputs: Outputs,
    pub pictures: Pictures,
    /// Where `bulletin publish` takes the site.
    pub target: Option<PublishTarget>,
    /// What serves the site, if it says so.
    pub host: Option<Host>,
    pub budget: Budget,
    /// The chosen severities of diagnostics.
    pub levels: Levels,
    /// Exceptions to guards, for all files.
    pub allow: Vec<Exception>,
    /// Free values for a theme.
    pub extra: toml::Table,
}

words!(
    /// What happens to raw HTML in Markdown.
    #[derive(Default)]
    HtmlPolicy {
        #[default]
        Escape = "escape",
        Sanitise = "sanitise",
    }
);

words!(
    /// What a language has instead of a text that is not translated into it.
    #[derive(Default)]
    Untranslated {
        #[default]
        Show = "show",
        LeaveOut = "leave-out",
    }
);

/// A value that names something in another file, and where it is written. A later stage looks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedText {
    pub text: Box<str>,
    pub place: Place,
}

/// A line at the top of every page, such as the number of a hotline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// In the default language.
    pub text: PlacedText,
    /// An address or a page of the site, as in Markdown.
    pub url: Option<PlacedText>,
    /// Those of some languages, by code.
    pub urls: BTreeMap<Box<str>, PlacedText>,
}

/// A side of a conflict. Allies share one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub id: Id,
    pub label: Box<str>,
}

/// Which outputs are written in addition to the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outputs {
    pub text: bool,
    pub feeds: bool,
    pub data: bool,
    /// Pictures of briefings for messengers; only with a `base_url`.
    pub cards: bool,
    /// One sheet of paper for each neighbourhood.
    pub sheets: bool,
    /// Only if the program was built with it.
    pub search: bool,
}

impl Default for Outputs {
    fn default() -> Self {
        Self { text: true, feeds: true, data: true, cards: false, sheets: true, search: false }
    }
}

/// How pictures of texts are published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pictures {
    /// Of the smaller copies, in pixels, rising. None: pictures stay as they are.
    pub widths: Vec<u32>,
    /// A picture keeps its own pixels, even if it is wider than the largest copy.
    pub original: bool,
}

impl Default for Pictures {
    fn default() -> Self {
        Self { widths: vec![480, 960, 1600], original: false }
    }
}

/// Bytes per page; more is a warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Compressed.
    pub page: u64,
    /// Compressed.
    pub text: u64,
    /// Of all pictures in the text of a page, as a phone loads them.
    pub pictures: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { page: 14_000, text: 4_000, pictures: 250_000 }
    }
}

/// A site without a site.toml.
impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Briefings".into(),
            base_url: None,
            language: "en".into(),
            languages: vec!["en".into()],
            timezone: Zone::utc(),
            timezone_name: "UTC".into(),
            theme: "default".into(),
            theme_place: None,
            page_size: Self::PAGE_SIZE,
            logo: None,
            notice: None,
            contact: None,
            licence: None,
            html: HtmlPolicy::default(),
            untranslated: Untranslated::default(),
            topics: Vec::new(),
            topic_guards: TopicGuards::default(),
            private: false,
            mirrors: Vec::new(),
            onion: None,
            public_key: None,
            parties: Vec::new(),
            source_kinds: SourceKinds::default(),
            unnamed_sources: Vec::new(),
            outputs: Outputs::default(),
            pictures: Pictures::default(),
            target: None,
            host: None,
            budget: Budget::default(),
            levels: Levels::default(),
            allow: Vec::new(),
            extra: toml::Table::new(),
        }
    }
}

impl Config {
    pub const PAGE_SIZE: usize = 50;

    /// The note for a site without an address: its pages need none, but feeds and search engines do.
    #[must_use]
    pub fn without_base_url(&self) -> Option<Diagnostic> {
        if self.base_url.is_some() {
            return None;
        }
        let message = if self.outputs.cards {
            "without base_url there are no cards, no feeds and no sitemap.xml, and pages do not name their address"
        } else {
            "without base_url there are no feeds and no sitemap.xml, and pages do not name their address"
        };
        let help = "set base_url in site.toml once the site has an address";
        Some(Diagnostic::note(Code::NO_BASE_URL, message).help(help))
    }

    #[must_use]
    pub fn has_language(&self, code: &str) -> bool {
        self.languages.iter().any(|language| **language == *code)
    }

    /// All ids that a source's `party` may be, the built-in ones last.
    #[must_use]
    pub fn party_ids(&self) -> Vec<&str> {
        self.parties.iter().map(|party| party.id.as_str()).chain(BUILT_IN_PARTIES).collect()
    }
}
