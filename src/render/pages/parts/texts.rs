//! Titles, summaries, names and texts of claims, in the page's language or in the original's.
//!
//! A pair of texts is a text and its language; the language is empty if it is the page's.

use std::collections::BTreeMap;

use crate::model::{Claim, Naming, Translation};
use crate::render::pages::context::PageContext;
use crate::render::views::{LinkView, NameView};
use crate::site::{BriefingIx, LinkedClaim, Page, PlainIx, Translations};

pub fn briefing_title(context: &PageContext<'_>, ix: BriefingIx) -> (String, String) {
    let title = &context.site.briefings[ix].article.title;
    context.translated(title, briefing_translation(context, ix).and_then(|t| t.title.as_deref()))
}

pub fn briefing_link(context: &PageContext<'_>, ix: BriefingIx) -> LinkView {
    LinkView { text: briefing_title(context, ix).0, url: context.url(Page::Briefing(ix)) }
}

pub fn plain_title(context: &PageContext<'_>, ix: PlainIx) -> (String, String) {
    let page = &context.site.pages[ix];
    let translation = page.translations.get(context.lang());
    context.translated(&page.article.title, translation.and_then(|t| t.title.as_deref()))
}

/// The summary of a briefing, or the beginning of its text.
pub fn summary(context: &PageContext<'_>, ix: BriefingIx) -> (String, String) {
    let article = &context.site.briefings[ix].article;
    let original = article.summary.as_deref().unwrap_or(&article.body.lead);
    let translated = briefing_translation(context, ix).and_then(|translation| {
        let lead = Some(translation.body.lead.as_ref()).filter(|lead| !lead.is_empty());
        translation.summary.as_deref().or(lead)
    });
    context.translated(original, translated)
}

pub fn claim_text(context: &PageContext<'_>, linked: &LinkedClaim, claim: &Claim) -> (String, String) {
    let translation = briefing_translation(context, linked.briefing);
    let texts = translation.map(|translation| translation.claim_text.as_slice()).unwrap_or_default();
    let translated = texts.iter().find(|(id, _)| id.value == claim.id.value).map(|(_, text)| text.as_ref());
    context.translated(&claim.text, translated)
}

fn briefing_translation<'a>(context: &PageContext<'a>, ix: BriefingIx) -> Option<&'a Translation> {
    context.site.briefings[ix].translations.get(context.lang()).map(AsRef::as_ref)
}

/// The summary of a record, translated if possible; empty without one.
pub fn record_summary(
    context: &PageContext<'_>,
    original: Option<&str>,
    translations: &Translations,
) -> String {
    let translation = translations.get(context.lang());
    let translated = translation.and_then(|translation| translation.summary.as_deref());
    translated.or(original).unwrap_or_default().to_owned()
}

/// The names of a place or a source in other languages than the page's.
pub fn other_names(context: &PageContext<'_>, title: &str, naming: Option<&Naming>) -> Vec<NameView> {
    let Some(naming) = naming else { return Vec::new() };
    let others = naming.names.iter().map(|(lang, name)| (lang.as_ref(), name.value.as_ref()));
    let mut names: BTreeMap<&str, &str> = others.collect();
    names.entry(context.original_lang()).or_insert(title);
    let shown = names.get(context.lang()).copied().unwrap_or(title);
    names
        .into_iter()
        .filter(|(lang, name)| *lang != context.lang() && *name != shown)
        .map(|(lang, name)| NameView {
            lang: lang.to_owned(),
            dir: context.words.dir(lang),
            text: name.to_owned(),
        })
        .collect()
}

/// The other spellings that a record gives.
pub fn spellings(naming: Option<&Naming>) -> Vec<String> {
    let spellings = naming.map(|naming| &naming.spellings[..]).unwrap_or_default();
    spellings.iter().map(|name| name.value.to_string()).collect()
}
