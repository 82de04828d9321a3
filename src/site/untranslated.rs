//! What readers of each language see in the language of the original: for `check`.
//!
//! Pages mark these texts. Nothing of this module reaches a page.

use super::indices::{DEFAULT_LANGUAGE, LanguageIx};
use super::linked::Content;
use super::links::articles;
use super::page::Page;
use super::translations::{lists, original_text};
use crate::diag::{Code, Diagnostic, Place};
use crate::model::{ArticleBase, Briefing, Translation};

/// The most files that one note names.
const MOST_NAMED: usize = 10;

/// At most two notes for each language: texts without a translation, and translations that lack a part.
#[must_use]
pub fn notes(site: &Content) -> Vec<Diagnostic> {
    let others = site.language_indices().filter(|language| *language != DEFAULT_LANGUAGE);
    others.flat_map(|language| notes_of(site, language)).collect()
}

fn notes_of(site: &Content, language: LanguageIx) -> Vec<Diagnostic> {
    let code = site.language(language);
    let mut without = Vec::new();
    let mut partial = Vec::new();
    let mut count = 0;
    for (page, article) in articles(site).filter(|(page, article)| has_text(site, *page, article)) {
        count += 1;
        let translation = site.translations(page).and_then(|translations| translations.get(code));
        let Some(translation) = translation else {
            without.push(article.file.to_string());
            continue;
        };
        let missing = missing_parts(site, page, article, translation);
        if !missing.is_empty() {
            partial.push(format!("{} ({})", translation.file, missing.join(", ")));
        }
    }
    for stub in site.stubs.iter().filter(|stub| stub.article.withdrawn.is_some()) {
        count += 1;
        match stub.translations.get(code) {
            None => without.push(stub.article.file.to_string()),
            Some(translation) if translation.withdrawn_why.is_none() => {
                partial.push(format!("{} (withdrawn_why)", translation.file));
            }
            Some(_) => {}
        }
    }
    let note = |fact: String, named: &[String]| {
        Diagnostic::note(Code::UNTRANSLATED_TEXT, fact).at(Place::file("site.toml")).help(format!(
            "readers see these in \"{}\": {}",
            site.languages[0],
            shortened(named)
        ))
    };
    let no_translation = format!("texts without a translation into \"{code}\": {} of {count}", without.len());
    let lacks = format!("translations into \"{code}\" that lack a part: {}", partial.len());
    let notes = [(no_translation, without), (lacks, partial)];
    notes.into_iter().filter(|(_, named)| !named.is_empty()).map(|(fact, named)| note(fact, &named)).collect()
}

fn shortened(named: &[String]) -> String {
    let shown = named[..named.len().min(MOST_NAMED)].join(", ");
    match named.len().saturating_sub(MOST_NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// A record may have a name only, which `names` translates; that of a protected source has no page.
fn has_text(site: &Content, page: Page, article: &ArticleBase) -> bool {
    let has_text = article.summary.is_some() || !article.body.html.is_empty();
    match page {
        Page::Source(ix, _) => has_text && !site.sources[ix].is_protected(),
        Page::Neighbourhood(..) | Page::Event(..) => has_text,
        _ => true,
    }
}

/// The keys of a translation that it lacks, and "text" for the body.
fn missing_parts(
    site: &Content,
    page: Page,
    article: &ArticleBase,
    translation: &Translation,
) -> Vec<String> {
    let mut missing = Vec::new();
    let is_record = matches!(page, Page::Neighbourhood(..) | Page::Source(..) | Page::Event(..));
    if translation.title.is_none() && !article.title.is_empty() && !is_record {
        missing.push("title".to_owned());
    }
    if translation.summary.is_none() && article.summary.is_some() {
        missing.push("summary".to_owned());
    }
    if !translation.has_body_of(article) {
        missing.push("text".to_owned());
    }
    if let Page::Briefing(ix) = page {
        missing.extend(missing_parts_of_briefing(&site.briefings[ix].article, translation));
    }
    missing
}

fn missing_parts_of_briefing(briefing: &Briefing, translation: &Translation) -> Vec<String> {
    let mut missing = Vec::new();
    let untranslated = lists(briefing, translation)
        .into_iter()
        .filter(|list| !list.own.is_empty() && list.translated.is_none());
    missing.extend(untranslated.map(|list| list.key.to_owned()));
    for (key, texts) in translation.texts_by_id() {
        let of_claims = briefing.claims.iter().filter(|claim| {
            // A number alone is read in every language.
            let has_words =
                original_text(key, claim).is_some_and(|text| text.chars().any(char::is_alphabetic));
            has_words && texts.get(&claim.id.value).is_none()
        });
        missing.extend(of_claims.map(|claim| format!("{key}.{}", claim.id.value)));
    }
    let corrections = briefing.corrections.iter().filter_map(|correction| match &correction.id {
        None => Some("correction_why of a correction without an id".to_owned()),
        Some(id) if translation.correction_why.get(&id.value).is_none() => {
            Some(format!("correction_why.{}", id.value))
        }
        Some(_) => None,
    });
    missing.extend(corrections);
    missing
}
