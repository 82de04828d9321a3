//! Parts of records that several of them have.
//!
//! Owns how times, names and translations of a site are written in open data.

use serde::Deserialize;

use super::value::{ByLanguage, DataDate, DataId, DataPage, DataTime, records};
use crate::model::{Briefing, Claim, Correction, TextsById, Translation};
use crate::paths::Id;
use crate::site::{
    ClaimIx, DEFAULT_LANGUAGE, LanguageIx, NeighbourhoodIx, Page, Site, SourceIx, Translations,
};
use crate::time::{Moment, When};

records! {
    /// A source or a place.
    #[derive(Deserialize)]
    NameData {
        /// Its id. None for a protected source.
        id: Option<DataId> = "+id",
        /// Its name in the language of the site, or the label of a protected source.
        name: String = "+name",
    }
}

/// Languages in addition to the site's own, in the order of site.toml.
pub fn other_languages(site: &Site) -> &[String] {
    site.languages.get(1..).unwrap_or_default()
}

pub fn time(site: &Site, moment: Moment) -> DataTime {
    DataTime(site.config.timezone.local(moment).to_string())
}

pub fn date(when: Option<When>) -> Option<DataDate> {
    when.map(|when| DataDate(when.to_string()))
}

pub fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

pub fn texts(texts: &[Box<str>]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

pub fn page(site: &Site, page: Page) -> DataPage {
    DataPage(site.path(DEFAULT_LANGUAGE, page).to_string())
}

/// A part of the page of a briefing that is the claim of that id.
pub fn claim_page(site: &Site, of: Page, id: &Id) -> DataPage {
    DataPage(format!("{}#claim-{id}", site.path(DEFAULT_LANGUAGE, of)))
}

/// The id of a claim among those of all briefings.
pub fn full_id(briefing: &Id, claim: &Id) -> DataId {
    DataId(format!("{briefing}/{claim}"))
}

pub fn full_id_of(site: &Site, ix: ClaimIx) -> DataId {
    full_id(&site.briefings[ix.briefing].article.id, &site.claim(ix).id.value)
}

/// A source; one that is protected by its label alone.
pub fn source(site: &Site, ix: SourceIx) -> NameData {
    let id = (!site.sources[ix].is_protected()).then(|| DataId(site.sources[ix].term.id.to_string()));
    NameData { id, name: site.source_name(ix, DEFAULT_LANGUAGE).to_owned() }
}

pub fn neighbourhood(site: &Site, ix: NeighbourhoodIx) -> NameData {
    let name = site.neighbourhood_name(ix, DEFAULT_LANGUAGE).to_owned();
    NameData { id: Some(DataId(site.neighbourhoods[ix].term.id.to_string())), name }
}

/// The translations of a text, in the languages of the site.
pub fn translated<T>(
    site: &Site,
    translations: &Translations,
    text: impl Fn(&Translation) -> Option<T>,
) -> ByLanguage<T> {
    let languages = other_languages(site).iter();
    let texts = languages.filter_map(|language| Some((language.clone(), text(translations.get(language)?)?)));
    ByLanguage(texts.collect())
}

/// As [`translated`], of a text that translations have by the id of its claim or correction. A text that the
/// original does not have has no translation.
pub fn translated_by_id(
    site: &Site,
    translations: &Translations,
    original: Option<&str>,
    id: &Id,
    texts: impl Fn(&Translation) -> &TextsById,
) -> ByLanguage<String> {
    match original {
        Some(_) => {
            translated(site, translations, |translation| texts(translation).get(id).map(str::to_owned))
        }
        None => ByLanguage::default(),
    }
}

/// A name in the languages in which it differs.
pub fn names<'s>(site: &Site, name: impl Fn(LanguageIx) -> &'s str) -> ByLanguage<String> {
    let own = name(DEFAULT_LANGUAGE);
    let others = site.language_indices().skip(1).map(|language| (site.language(language), name(language)));
    let others = others.filter(|(_, name)| *name != own);
    ByLanguage(others.map(|(language, name)| (language.to_owned(), name.to_owned())).collect())
}

/// The corrections of a claim or of its whole briefing, in order of time.
pub fn corrected_at(briefing: &Briefing, claim: &Claim) -> Vec<Moment> {
    let is_of_claim =
        |correction: &&Correction| correction.claim.as_ref().is_none_or(|id| id.value == claim.id.value);
    let mut at: Vec<Moment> =
        briefing.corrections.iter().filter(is_of_claim).map(|correction| correction.at).collect();
    at.sort_unstable();
    at
}
