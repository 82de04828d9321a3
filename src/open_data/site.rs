//! What a site says about itself in open data.

use super::value::{DataId, DataUrl, records};
use crate::site::Site;

records! {
    /// The site, at the top of each file.
    SiteHeader {
        /// Its title.
        title: String,
        /// The language of all texts that do not say otherwise.
        language: String,
        /// The licence of the data.
        licence: Option<String>,
        /// How to reach the writers.
        contact: Option<String>,
    }

    /// The site, and the words that it uses as values.
    SiteData {
        /// Its title.
        title: String,
        /// The language of all texts that do not say otherwise.
        language: String,
        /// The languages of its pages, its own first.
        languages: Vec<String>,
        /// The zone of all times.
        timezone: String,
        /// The licence of the data.
        licence: Option<String>,
        /// How to reach the writers.
        contact: Option<String>,
        /// Where it is on the web. All addresses of pages are below it.
        base_url: Option<DataUrl>,
        /// The topics of claims.
        topics: Vec<String>,
        /// The sides of the conflict.
        parties: Vec<WordData>,
        /// Kinds of sources in addition to those of the program.
        source_kinds: Vec<WordData>,
    }

    /// A word that is used as a value.
    WordData {
        /// The value.
        id: DataId,
        /// What it means, in the language of the site.
        label: String,
    }
}

impl SiteHeader {
    pub fn new(site: &Site) -> Self {
        let config = &site.config;
        Self {
            title: config.title.to_string(),
            language: config.language.to_string(),
            licence: config.licence.as_deref().map(str::to_owned),
            contact: config.contact.as_deref().map(str::to_owned),
        }
    }
}

impl SiteData {
    pub fn new(site: &Site) -> Self {
        let config = &site.config;
        let SiteHeader { title, language, licence, contact } = SiteHeader::new(site);
        let word =
            |id: &dyn ToString, label: &str| WordData { id: DataId(id.to_string()), label: label.to_owned() };
        Self {
            title,
            language,
            languages: site.languages.clone(),
            timezone: config.timezone_name.to_string(),
            licence,
            contact,
            base_url: config.base_url.as_deref().map(|url| DataUrl(url.to_owned())),
            topics: config.topics.iter().map(ToString::to_string).collect(),
            parties: config.parties.iter().map(|party| word(&party.id, &party.label)).collect(),
            source_kinds: config.source_kinds.of_site().map(|kind| word(&kind.id, &kind.label)).collect(),
        }
    }
}
