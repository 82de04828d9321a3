//! The site of another generator, read into pages and files, before anything is translated.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::read_date;
use super::front_matter::{FrontTable, FrontValue};
use super::report::Leftover;
use crate::time::{DayOrMoment, Zone};

/// Whose site it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generator {
    Hugo,
    Zola,
    Jekyll,
}

impl Generator {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Zola => "Zola",
            Self::Jekyll => "Jekyll",
        }
    }
}

/// The names of keys that mean the same here. Of several, the first one that says something counts.
#[derive(Debug)]
pub struct OtherKeys {
    pub updated: &'static [&'static str],
    pub summary: &'static [&'static str],
    pub expires: &'static [&'static str],
    pub embargo_until: &'static [&'static str],
    /// Where the page is and was.
    pub addresses: &'static [&'static str],
}

/// What the settings of the other site say.
#[derive(Clone, Debug)]
pub struct OtherSettings {
    pub title: Option<String>,
    /// Empty if it has none.
    pub base_url: String,
    pub language: String,
    /// Without `language`.
    pub other_languages: BTreeSet<String>,
    /// As named there, if it can be used.
    pub zone: Option<(String, Zone)>,
}

/// A site of another generator.
#[derive(Debug)]
pub struct OtherSite {
    pub generator: Generator,
    pub keys: &'static OtherKeys,
    /// The keys that hold terms.
    pub taxonomies: Vec<String>,
    pub settings: OtherSettings,
    /// The folder that paths of pages count from; empty for the whole site.
    pub content: String,
    /// What texts can show of the settings, as `site.title`.
    pub variables: BTreeMap<String, String>,
    /// In the order of their files.
    pub pages: Vec<OtherPage>,
    pub files: Vec<OtherFile>,
    pub leftovers: Vec<Leftover>,
}

/// What a page becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageRole {
    /// Needs a date.
    Briefing,
    Plain,
    Home,
}

/// A page with its front matter, its keys still as the other generator names them.
#[derive(Clone, Debug)]
pub struct OtherPage {
    /// Relative to the folder of the other site.
    pub file: String,
    pub text: String,
    pub table: FrontTable,
    pub body_at: usize,
    pub role: PageRole,
    /// What its id is made from.
    pub stem: String,
    /// `None`: the default language.
    pub language: Option<String>,
    /// What a page shares with its translations.
    pub group: String,
    /// The folder of a page that has files of its own.
    pub bundle: Option<String>,
    /// From the name of the file, if the generator reads it there.
    pub file_date: Option<DayOrMoment>,
    /// Drafts by their folder.
    pub is_draft: bool,
    /// Folders between the root of the content and the page.
    pub sections: Vec<String>,
    /// Paths on the old server; the first is where the page was, the others led to it.
    pub addresses: Vec<String>,
}

impl OtherPage {
    /// The text below the front matter.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.text[self.body_at..]
    }

    /// The first of these keys that says something.
    #[must_use]
    pub fn first(&self, keys: &[&str]) -> Option<&FrontValue> {
        keys.iter().filter_map(|key| self.table.get(key)).find(|value| !value.is_empty())
    }

    /// When the page was published, if that is certain.
    #[must_use]
    pub fn date(&self, zone: &Zone) -> Option<DayOrMoment> {
        match self.first(&["date"]) {
            Some(date) => read_date(&date.to_text()?, zone),
            None => self.file_date,
        }
    }

    /// The title, or an empty text.
    #[must_use]
    pub fn title(&self) -> String {
        self.table.text("title").unwrap_or_default()
    }

    /// The byte where a key is, or the begin of the file.
    #[must_use]
    pub fn place_of(&self, key: &str) -> usize {
        let entry = self.table.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key));
        entry.map_or(0, |entry| entry.at)
    }

    #[must_use]
    pub fn leftover(&self, byte: usize, fact: impl Into<String>, remedy: impl Into<String>) -> Leftover {
        Leftover::at(&self.file, &self.text, byte, fact, remedy)
    }
}

/// A picture or another file that is copied as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFile {
    /// Relative to the folder of the other site.
    pub file: String,
    pub place: OtherFilePlace,
}

/// Where a file goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OtherFilePlace {
    /// Its path below static/.
    Static(String),
    /// Next to the page of this folder, at a path in it.
    Bundle { folder: String, within: String },
}
