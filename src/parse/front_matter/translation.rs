//! The front matter of a translation: text only.

use std::sync::Arc;

use super::{briefing, records};
use crate::config::Config;
use crate::diag::{Code, Spanned};
use crate::model::{Body, Name, TextsById, Translation};
use crate::time::Moment;
use crate::toml::{
    ByKey, FileKind, ManyLines, OneLine, TableDoc, TableKeys, TomlTable, UnreadTable, shown, table,
};

pub(super) const FILE: FileKind = FileKind {
    name: "translation",
    title: "Translation",
    path: "NAME.ar.md, next to NAME.md",
    meaning: "The text of NAME.md in another language of the site, here Arabic. Dates, figures, sources \
              and status come from NAME.md.",
    example: r#"+++
title = "وصلت القوات إلى أطراف الهلك"

[claim_text]
heluk-edge = "وصلت القوات الحكومية إلى أطراف الهلك."

[correction_why]
six-not-eight = "جُمع بلاغان عن غارة واحدة."
+++

تحرك خط الجبهة يوم الأحد.
"#,
    table: TranslationKeys::TABLE,
};

table! {
    /// What is not translated is shown in the language of the original.
    pub(super) TranslationKeys, "a translation" {
        /// The title, translated.
        optional title: OneLine, example "وصلت القوات إلى أطراف الهلك", seen "instead of the original's title";

        /// The summary, translated.
        optional summary: ManyLines, example "تحرك خط الجبهة.", seen "instead of the original's summary";

        /// The whole list, translated.
        optional not_known: Vec<ManyLines>, example ["كم عدد المدنيين"], seen "instead of the original's list";

        /// The whole list, translated.
        optional not_reached: Vec<ManyLines>, example ["قادة المعارضة"], seen "instead of the original's list";

        /// The whole list, translated.
        optional withheld: Vec<ManyLines>, example ["أسماء السكان"], seen "instead of the original's list";

        /// The texts of claims, by the id of the claim.
        table claim_text: ByKey<ManyLines>, example { "heluk-edge" = "وصلت القوات إلى أطراف الهلك." },
            seen "instead of the original's claims";

        /// The reasons for the status of claims, by the id of the claim.
        table status_why: ByKey<ManyLines>, example { "heluk-edge" = "أكده مراسلنا على الهاتف." },
            seen "instead of the original's reasons";

        /// What the sources of figures said, by the id of the claim.
        table figure_said: ByKey<ManyLines>, example { "heluk-edge" = "ستة على الأقل" },
            seen "instead of the original's words";

        /// Whom figures count, by the id of the claim.
        table figure_who: ByKey<ManyLines>, example { "heluk-edge" = "مدنيون" },
            seen "instead of the original's words";

        /// The reasons for corrections, by the id of the correction.
        table correction_why: ByKey<ManyLines>, example { "six-not-eight" = "جُمع بلاغان عن غارة واحدة." },
            seen "instead of the original's reasons";

        /// Why the briefing was withdrawn.
        optional withdrawn_why: ManyLines, example "كان عن شارع آخر.", seen "instead of the original's reason";

        /// When the translation last matched its original. Only for translations of briefings.
        optional updated: Moment, example "2016-10-03T08:10:00+03:00", otherwise "`date` of the original",
            seen "a notice on the page if the original changed later";
    }
}

/// What the name of the file says.
pub(super) struct TranslationFile<'a> {
    pub path: &'a Arc<str>,
    /// The file that it translates.
    pub of: &'a Arc<str>,
    pub language: &'a str,
    pub config: &'a Config,
}

/// What to do with a key of the original.
fn of_original(key: &str) -> Option<&'static str> {
    const TABLES: [&TableDoc; 4] = [
        briefing::FILE.table,
        records::NEIGHBOURHOOD_FILE.table,
        records::SOURCE_FILE.table,
        records::EVENT_FILE.table,
    ];
    if TranslationKeys::TABLE.has_key(key) || !TABLES.iter().any(|table| table.has_key(key)) {
        return None;
    }
    Some(match key {
        "claims" => "write their texts under [claim_text], each with the id of its claim as the key",
        "corrections" => {
            "write their reasons under [correction_why], each with the id of its correction as the key"
        }
        "names" | "spellings" => "write it into the original, which has the names in all languages",
        _ => "remove it: the original has it, and all languages show that",
    })
}

/// Only briefings say when they were changed, so only their translations can be behind.
pub(super) fn read(table: UnreadTable<'_>, file: &TranslationFile<'_>, body: Body) -> Option<Translation> {
    let is_of_briefing = file.of.starts_with("content/briefings/");
    let table = if is_of_briefing { table } else { table.without("updated") };
    TranslationKeys::read(table.with_keys_elsewhere(of_original)).into_translation(file, body)
}

impl TranslationKeys<'_> {
    fn into_translation(self, file: &TranslationFile<'_>, body: Body) -> Option<Translation> {
        let texts = |key, texts| texts_by_id(&self.table, key, texts);
        let translation = Translation {
            file: file.path.clone(),
            of: file.of.clone(),
            language: file.language.into(),
            title: self.title,
            summary: self.summary,
            not_known: self.not_known,
            not_reached: self.not_reached,
            withheld: self.withheld,
            claim_text: texts("`claim_text`", self.claim_text),
            status_why: texts("`status_why`", self.status_why),
            figure_said: texts("`figure_said`", self.figure_said),
            figure_who: texts("`figure_who`", self.figure_who),
            correction_why: texts("`correction_why`", self.correction_why),
            withdrawn_why: self.withdrawn_why,
            updated: self.updated,
            body,
        };
        is_language_of_translation(&self.table, file).then_some(translation)
    }
}

fn texts_by_id(table: &TomlTable<'_>, key: &str, texts: Vec<(Name, Spanned<Box<str>>)>) -> TextsById {
    TextsById::new(texts.into_iter().filter_map(|(name, text)| {
        let id = table.id(key, &name)?;
        Some((Spanned::new(id, name.span), text.value))
    }))
}

fn is_language_of_translation(table: &TomlTable<'_>, file: &TranslationFile<'_>) -> bool {
    let language = shown(file.language);
    let (fact, help) = if !file.config.has_language(file.language) {
        (
            "is not a language of this site",
            format!("add \"{language}\" to `languages` in site.toml, or rename the file"),
        )
    } else if *file.config.language == *file.language {
        (
            "is the default language of this site",
            format!("write the text into {}, and remove this file", file.of),
        )
    } else {
        return true;
    };
    table.error_of_file(Code::UNKNOWN_LANGUAGE, format!("\"{language}\" {fact}"), help);
    false
}
