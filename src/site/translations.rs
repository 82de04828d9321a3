//! Whether translations say what their originals say.
//!
//! Owns the checks of a translation against its original. What is not translated is no fault: `untranslated`
//! counts it.

use std::collections::HashMap;

use super::diagnostics::Diagnostics;
use crate::diag::{Code, Diagnostic, Place, Spanned, did_you_mean};
use crate::model::{Article, Briefing, Claim, Repeat, TextsById, Translation};
use crate::parse::front_matter::figure_agreement::{numbers_in_words, other_numbers};
use crate::paths::Id;
use crate::time::Moment;

/// Checks every translation.
pub fn check(articles: &[Article], diagnostics: &mut Diagnostics<'_>) {
    if !articles.iter().any(|article| matches!(article, Article::Translation(_))) {
        return;
    }
    let originals: HashMap<&str, &Briefing, ahash::RandomState> = articles
        .iter()
        .filter_map(|article| match article {
            Article::Briefing(briefing) => Some((briefing.file.as_ref(), briefing.as_ref())),
            _ => None,
        })
        .collect();
    for article in articles {
        if let Article::Translation(translation) = article
            && !diagnostics.is_broken(&translation.of)
        {
            check_translation(translation, originals.get(translation.of.as_ref()).copied(), diagnostics);
        }
    }
}

/// Reports texts of what the original does not have, other numbers than its own, and that it was changed later. The
/// original is `None` if it is no briefing.
pub fn check_translation(
    translation: &Translation,
    original: Option<&Briefing>,
    diagnostics: &mut Diagnostics<'_>,
) {
    check_ids(translation, original, diagnostics);
    if translation.withdrawn_why.is_some() && original.is_none_or(|briefing| briefing.withdrawn.is_none()) {
        let message = format!("`withdrawn_why` translates nothing: {} is not withdrawn", translation.of);
        diagnostics.push(
            Diagnostic::warning(Code::NOTHING_TO_TRANSLATE, message)
                .at(Place::file(&translation.file))
                .help("delete it, or withdraw the original"),
        );
    }
    let Some(original) = original else { return };
    check_lists(translation, original, diagnostics);
    original.claims.iter().for_each(|claim| check_numbers(translation, claim, diagnostics));
    if let Some(changed) = translation.is_behind(original) {
        report_behind(translation, changed, diagnostics);
    }
}

/// A list of a briefing, and of its translation.
pub struct TranslatedList<'a> {
    pub key: &'static str,
    pub own: &'a [Box<str>],
    pub translated: Option<&'a [Box<str>]>,
}

/// The lists of what a briefing does not say.
pub fn lists<'a>(original: &'a Briefing, translation: &'a Translation) -> [TranslatedList<'a>; 3] {
    let lists = [
        ("not_known", &original.not_known, &translation.not_known),
        ("not_reached", &original.not_reached, &translation.not_reached),
        ("withheld", &original.withheld, &translation.withheld),
    ];
    lists.map(|(key, own, translated)| TranslatedList { key, own, translated: translated.as_deref() })
}

/// A list that only the translation has: readers of one language would learn more than those of another.
fn check_lists(translation: &Translation, original: &Briefing, diagnostics: &mut Diagnostics<'_>) {
    let only_translated = lists(original, translation)
        .into_iter()
        .filter(|list| list.own.is_empty() && list.translated.is_some());
    for TranslatedList { key, .. } in only_translated {
        let message = format!("`{key}` translates nothing: {} has none", translation.of);
        diagnostics.push(
            Diagnostic::warning(Code::NOTHING_TO_TRANSLATE, message)
                .at(Place::file(&translation.file))
                .help(format!("delete it, or write `{key}` in {}", translation.of)),
        );
    }
}

/// Pages say it too.
fn report_behind(translation: &Translation, changed: Moment, diagnostics: &mut Diagnostics<'_>) {
    let changed = diagnostics.sources.config.timezone.local(changed);
    diagnostics.push(
        Diagnostic::warning(
            Code::TRANSLATION_BEHIND,
            format!("{} was changed at {changed}, after this translation", translation.of),
        )
        .at(Place::file(&translation.file))
        .help("bring the text in line, and write when in it: `updated = …`"),
    );
}

fn check_ids(translation: &Translation, original: Option<&Briefing>, diagnostics: &mut Diagnostics<'_>) {
    let claims = original.map(|briefing| &briefing.claims[..]).unwrap_or_default();
    let repeats = original.map(|briefing| &briefing.repeats[..]).unwrap_or_default();
    for (key, texts) in translation.texts_by_id() {
        if key == "correction_why" {
            check_correction_ids(translation, original, diagnostics);
            continue;
        }
        for (id, _) in texts.iter() {
            let repeat = repeats.iter().find(|repeat| repeat.id.value == id.value);
            if let Some(repeat) = repeat {
                diagnostics.push(text_of_repeat(translation, key, id, repeat, diagnostics));
                continue;
            }
            match claims.iter().find(|claim| claim.id.value == id.value) {
                None => diagnostics.push(unknown_claim(translation, id, claims, diagnostics)),
                Some(claim) if original_text(key, claim).is_none() => {
                    diagnostics.push(nothing_to_translate(translation, key, id, diagnostics));
                }
                Some(_) => {}
            }
        }
    }
}

/// The text of a claim that a table of translations is about.
pub fn original_text<'c>(key: &str, claim: &'c Claim) -> Option<&'c str> {
    let figure = claim.figure.as_deref();
    match key {
        "claim_text" => Some(&claim.text),
        "status_why" => claim.status_why.as_deref(),
        "figure_said" => figure.and_then(|figure| figure.said.as_deref()),
        "figure_who" => figure.and_then(|figure| figure.who.as_deref()),
        _ => None,
    }
}

/// The page shows the translation of the original claim.
fn text_of_repeat(
    translation: &Translation,
    key: &str,
    id: &Spanned<Id>,
    repeat: &Repeat,
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let name = &repeat.original.value;
    let message = format!("the claim \"{}\" of {} repeats another", id.value, translation.of);
    Diagnostic::error(Code::NAMED_REPEAT, message)
        .at(diagnostics.place(&translation.file, id.span))
        .label("has nothing of its own")
        .help(format!(
            "remove it here; write `{}` under [{key}] in the translation of \"{}\", and this page shows it too",
            name.claim, name.briefing
        ))
}

fn unknown_claim(
    translation: &Translation,
    id: &Spanned<Id>,
    claims: &[Claim],
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let ids: Vec<&str> = claims.iter().map(|claim| claim.id.value.as_str()).collect();
    let help = match did_you_mean(id.value.as_str(), ids.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => {
            format!("its claims are: {}", if ids.is_empty() { "none".to_owned() } else { ids.join(", ") })
        }
    };
    let message = format!("{} has no claim \"{}\"", translation.of, id.value);
    Diagnostic::error(Code::UNKNOWN_CLAIM, message)
        .at(diagnostics.place(&translation.file, id.span))
        .help(help)
}

fn nothing_to_translate(
    translation: &Translation,
    key: &str,
    id: &Spanned<Id>,
    diagnostics: &Diagnostics<'_>,
) -> Diagnostic {
    let of_original = key.replace("figure_", "figure.");
    let message = format!("`{key}` translates nothing: the claim \"{}\" has no `{of_original}`", id.value);
    Diagnostic::warning(Code::NOTHING_TO_TRANSLATE, message)
        .at(diagnostics.place(&translation.file, id.span))
        .help(format!("delete it, or write `{of_original}` in {}", translation.of))
}

fn check_correction_ids(
    translation: &Translation,
    original: Option<&Briefing>,
    diagnostics: &mut Diagnostics<'_>,
) {
    let corrections = original.map(|briefing| &briefing.corrections[..]).unwrap_or_default();
    let known = corrections.iter().filter_map(|correction| correction.id.as_ref());
    let ids: Vec<&str> = known.map(|id| id.value.as_str()).collect();
    for (id, _) in translation.correction_why.iter() {
        if ids.contains(&id.value.as_str()) {
            continue;
        }
        let help = match did_you_mean(id.value.as_str(), ids.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if ids.is_empty() => {
                format!(
                    "give the correction that is meant the id: `id = \"{}\"` below its [[corrections]]",
                    id.value
                )
            }
            None => format!("its corrections with an id are: {}", ids.join(", ")),
        };
        let message = format!("{} has no correction \"{}\"", translation.of, id.value);
        diagnostics.push(
            Diagnostic::error(Code::UNKNOWN_CORRECTION, message)
                .at(diagnostics.place(&translation.file, id.span))
                .help(help),
        );
    }
}

/// The translated words of a figure have its numbers.
fn check_numbers(translation: &Translation, claim: &Claim, diagnostics: &mut Diagnostics<'_>) {
    let Some(figure) = claim.figure.as_deref() else { return };
    let texts: [(&str, &TextsById); 2] =
        [("claim_text", &translation.claim_text), ("figure_said", &translation.figure_said)];
    for (key, texts) in texts {
        let Some((id, text)) = texts.iter().find(|(id, _)| id.value == claim.id.value) else { continue };
        let Some(others) = other_numbers(text, &translation.language, figure) else { continue };
        let original = original_text(key, claim).unwrap_or_default();
        if other_numbers(original, &diagnostics.sources.config.language, figure).is_some() {
            // The original is reported.
            continue;
        }
        let message = format!("`{key}` says {others}, and the figure is {}", numbers_in_words(figure));
        diagnostics.push(
            Diagnostic::warning(Code::FIGURE_DIFFERS, message)
                .at(diagnostics.place(&translation.file, id.span))
                .label("another number")
                .help("correct the translation"),
        );
    }
}
