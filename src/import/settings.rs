//! site.toml of a site that has none yet, or what must be added to the one that it has.

use std::collections::BTreeSet;

use super::mapping::{TermMap, toml_text};
use super::other_site::OtherSite;
use super::report::Leftover;

/// What the new site is, as far as it exists.
#[derive(Clone, Debug, Default)]
pub struct NewSite {
    /// `None` if there is no site.toml.
    pub settings: Option<NewSiteSettings>,
}

/// What its site.toml says.
#[derive(Clone, Debug, Default)]
pub struct NewSiteSettings {
    pub language: String,
    /// With `language`.
    pub languages: Vec<String>,
    pub topics: Vec<String>,
}

/// A site.toml with what the other site says.
#[must_use]
pub fn written(
    site: &OtherSite,
    languages: &BTreeSet<String>,
    terms: &TermMap,
    leftovers: &mut Vec<Leftover>,
) -> String {
    let settings = &site.settings;
    let title = settings.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| {
        leftovers.push(Leftover::of_file(
            "site.toml",
            "the other site has no title",
            "write `title` into site.toml",
        ));
        "Briefings".to_owned()
    });
    let mut text =
        format!("title = {}\n", toml_text(&title.split_whitespace().collect::<Vec<_>>().join(" ")));
    if settings.base_url.starts_with("http") {
        text += &format!("base_url = {}\n", toml_text(&settings.base_url));
    }
    let all = std::iter::once(&settings.language).chain(languages);
    let all: Vec<String> = all.map(|language| toml_text(language)).collect();
    text += &format!("language = {}\nlanguages = [{}]\n", all[0], all.join(", "));
    match &settings.zone {
        Some((name, _)) => text += &format!("timezone = {}\n", toml_text(name)),
        None => leftovers.push(Leftover::of_file(
            "site.toml",
            "the other site names no time zone: times without an offset are taken as UTC",
            "write `timezone` into site.toml, and put such times right",
        )),
    }
    let topics: Vec<String> = terms.topics().iter().map(|topic| toml_text(topic)).collect();
    if !topics.is_empty() {
        text += &format!("topics = [{}]\n", topics.join(", "));
    }
    text
}

/// What a person must add to the site.toml that is there.
pub fn report_missing(
    site: &OtherSite,
    own: &NewSiteSettings,
    languages: &BTreeSet<String>,
    terms: &TermMap,
    leftovers: &mut Vec<Leftover>,
) {
    if site.settings.language != own.language {
        let fact = format!(
            "the other site is in \"{}\", and this one in \"{}\"",
            site.settings.language, own.language
        );
        leftovers.push(Leftover::of_file(
            "site.toml",
            fact,
            "change `language` in site.toml, if the texts are in the other one",
        ));
    }
    for language in languages.iter().filter(|language| !own.languages.contains(language)) {
        let fact = format!("there are translations into \"{language}\", which is no language of this site");
        leftovers.push(Leftover::of_file(
            "site.toml",
            fact,
            format!("add \"{language}\" to `languages` in site.toml"),
        ));
    }
    for topic in terms.topics().into_iter().filter(|topic| !own.topics.contains(topic)) {
        let fact = format!("\"{topic}\" is no topic of this site");
        leftovers.push(Leftover::of_file(
            "site.toml",
            fact,
            format!("add \"{topic}\" to `topics` in site.toml"),
        ));
    }
}
