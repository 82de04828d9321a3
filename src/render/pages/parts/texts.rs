//! Titles, summaries, names and texts of claims, in the page's language or in the original's.
//!
//! A pair of texts is a text and its language; the language is empty if it is the page's.

use std::collections::BTreeMap;

use crate::model::{Claim, Correction, Naming, TextsById, Translation};
use crate::paths::Id;
use crate::render::pages::context::PageContext;
use crate::render::views::{LinkView, NameView};
use crate::site::{BriefingIx, LinkedClaim, Page, PlainIx, StubIx, Translations};

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
    text_by_id(context, linked.briefing, Some(&claim.text), &claim.id.value, |all| &all.claim_text)
}

/// A text of a claim or a correction; empty without an original.
pub fn text_by_id(
    context: &PageContext<'_>,
    briefing: BriefingIx,
    original: Option<&str>,
    id: &Id,
    texts: impl Fn(&Translation) -> &TextsById,
) -> (String, String) {
    let Some(original) = original else { return Default::default() };
    let translation = briefing_translation(context, briefing);
    context.translated(original, translation.and_then(|translation| texts(translation).get(id)))
}

/// Why something was corrected.
pub fn correction_why(
    context: &PageContext<'_>,
    briefing: BriefingIx,
    correction: &Correction,
) -> (String, String) {
    match &correction.id {
        Some(id) => {
            text_by_id(context, briefing, Some(&correction.why), &id.value, |all| &all.correction_why)
        }
        None => context.translated(&correction.why, None),
    }
}

/// The title of a briefing that is gone.
pub fn stub_title(context: &PageContext<'_>, ix: StubIx) -> (String, String) {
    let stub = &context.site.stubs[ix];
    let translation = stub.translations.get(context.lang());
    context.translated(&stub.article.title, translation.and_then(|t| t.title.as_deref()))
}

/// Why a briefing was withdrawn; empty if it was not.
pub fn withdrawn_why(context: &PageContext<'_>, ix: StubIx) -> (String, String) {
    let stub = &context.site.stubs[ix];
    let Some(withdrawn) = stub.withdrawal() else { return Default::default() };
    let translation = stub.translations.get(context.lang());
    context.translated(&withdrawn.why, translation.and_then(|t| t.withdrawn_why.as_deref()))
}

fn briefing_translation<'a>(context: &PageContext<'a>, ix: BriefingIx) -> Option<&'a Translation> {
    context.site.briefings[ix].translations.get(context.lang()).map(AsRef::as_ref)
}

/// The summary of an article in the language of the page, or else that of the original; empty without one.
pub fn written_summary(
    context: &PageContext<'_>,
    original: Option<&str>,
    translations: &Translations,
) -> (String, String) {
    let translation = translations.get(context.lang());
    let translated = translation.and_then(|translation| translation.summary.as_deref());
    match (original, translated) {
        (None, None) => Default::default(),
        (original, translated) => context.translated(original.unwrap_or_default(), translated),
    }
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
