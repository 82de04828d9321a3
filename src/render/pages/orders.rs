//! The alphabetical orders of one language: neighbourhoods, sources, and every spelling of every name.

use super::alphabet::{Script, SortKey};
use crate::i18n::Messages;
use crate::site::routes::spellings_of;
use crate::site::{LanguageIx, NeighbourhoodIx, Site, SourceIx};

/// Made once for all pages of the lists of a language.
pub struct Orders {
    pub neighbourhoods: Vec<NeighbourhoodIx>,
    pub sources: Vec<SourceIx>,
    pub spellings: Vec<Spelling>,
}

/// One line of the A–Z of names.
pub struct Spelling {
    pub key: SortKey,
    pub text: String,
    pub lang: Option<String>,
    pub of: NameTarget,
}

/// What a name is the name of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameTarget {
    Neighbourhood(NeighbourhoodIx),
    Source(SourceIx),
}

impl Orders {
    pub fn new(site: &Site, words: &Messages, language: LanguageIx) -> Self {
        let own = Script::of(&words.language_name(site.language(language)));
        let mut neighbourhoods: Vec<_> = site.neighbourhoods.indices().collect();
        neighbourhoods
            .sort_by_cached_key(|ix| (SortKey::new(site.neighbourhood_name(*ix, language), own), *ix));
        let mut sources: Vec<_> = site.listed_sources().collect();
        sources.sort_by_cached_key(|ix| (SortKey::new(site.source_name(*ix, language), own), *ix));
        Self { neighbourhoods, sources, spellings: spellings(site, own) }
    }
}

fn spellings(site: &Site, own: Script) -> Vec<Spelling> {
    let mut spellings = Vec::with_capacity(site.spelling_count);
    let mut push = |names: Vec<(&str, Option<&str>)>, of| {
        spellings.extend(names.into_iter().map(|(text, lang)| Spelling {
            key: SortKey::new(text, own),
            text: text.to_owned(),
            lang: lang.map(str::to_owned),
            of,
        }));
    };
    for (index, place) in site.neighbourhoods.iter().enumerate() {
        push(spellings_of(&place.term), NameTarget::Neighbourhood(NeighbourhoodIx::from(index)));
    }
    for ix in site.listed_sources() {
        push(spellings_of(&site.sources[ix].term), NameTarget::Source(ix));
    }
    spellings.sort_by(|a, b| (&a.key, &a.text, a.of).cmp(&(&b.key, &b.text, b.of)));
    spellings
}
