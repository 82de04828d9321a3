//! The front matter of a translation: text only.

use std::sync::Arc;

use super::common::{line, text};
use crate::config::Config;
use crate::diag::{Code, Spanned};
use crate::model::{Body, Translation};
use crate::paths::Id;
use crate::time::Moment;
use crate::toml::{Reader, Shape, shown};

/// What the name of the file says.
pub(super) struct Names<'a> {
    pub file: &'a Arc<str>,
    pub of: &'a Arc<str>,
    pub language: &'a str,
    pub config: &'a Config,
}

pub(super) fn read(reader: &mut Reader<'_>, names: &Names<'_>, body: Body) -> Option<Translation> {
    let translation = Translation {
        file: names.file.clone(),
        of: names.of.clone(),
        language: names.language.into(),
        title: line(reader, "title"),
        summary: text(reader, "summary"),
        not_known: reader.texts("not_known"),
        not_reached: reader.texts("not_reached"),
        withheld: reader.texts("withheld"),
        claim_text: read_claim_text(reader),
        updated: read_updated(reader, names),
        body,
    };
    is_translation_language(reader, names).then_some(translation)
}

/// Only a briefing says when it was changed, so that only its translation can be behind.
fn read_updated(reader: &mut Reader<'_>, names: &Names<'_>) -> Option<Moment> {
    let is_of_briefing = names.of.starts_with("content/briefings/");
    let updated = is_of_briefing.then(|| reader.moment("updated", &names.config.timezone));
    updated.flatten().map(|updated| updated.value)
}

fn read_claim_text(reader: &mut Reader<'_>) -> Vec<(Spanned<Id>, Box<str>)> {
    let entries = reader.entries("claim_text", Shape::Lines);
    let with_id = |(id, text): (Spanned<Box<str>>, Spanned<Box<str>>)| {
        Some((reader.id_from("`claim_text`", &id)?, text.value))
    };
    entries.into_iter().filter_map(with_id).collect()
}

fn is_translation_language(reader: &Reader<'_>, names: &Names<'_>) -> bool {
    let language = shown(names.language);
    let (fact, help) = if !names.config.has_language(names.language) {
        (
            "is not a language of this site",
            format!("add \"{language}\" to `languages` in site.toml, or rename the file"),
        )
    } else if *names.config.language == *names.language {
        (
            "is the default language of this site",
            format!("write the text into {}, and remove this file", names.of),
        )
    } else {
        return true;
    };
    reader.error_of_file(Code::UNKNOWN_LANGUAGE, format!("\"{language}\" {fact}"), help);
    false
}
