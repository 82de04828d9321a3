//! The front matter of a translation: text only.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{briefing, records};
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Spanned};
use crate::model::{Body, TextsById, Translation};
use crate::paths::{Id, slugify};
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
        /// The name of the file that it translates, without its ending. The name of this file says so too; forms need a
        /// key, to name the file by it.
        optional original: Spanned<OneLine>, example "heluk-edge", seen "not shown";

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

        /// The texts of claims once more, as forms write them: instead of the four tables, an entry for each claim.
        list claims: ClaimTextKeys<'d>, seen "instead of the original's claims";

        /// The reasons for corrections, as forms write them: instead of `correction_why`, an entry for each correction.
        list corrections: CorrectionTextKeys<'d>, seen "instead of the original's reasons";

        /// Why the briefing was withdrawn.
        optional withdrawn_why: ManyLines, example "كان عن شارع آخر.", seen "instead of the original's reason";

        /// When the translation last matched its original. Only for translations of briefings.
        optional updated: Moment, example "2016-10-03T08:10:00+03:00", otherwise "`date` of the original",
            seen "a notice on the page if the original changed later";
    }

    /// The texts of a claim in another language.
    pub(super) ClaimTextKeys, "a translated claim" {
        /// The id of the claim.
        required id: Spanned<Id>, example "all-dead", seen "not shown";

        /// What the source says.
        optional text: ManyLines, example "وصلت القوات إلى أطراف الهلك.", seen "instead of the original's text";

        /// The reason for its status.
        optional status_why: ManyLines, example "أكده مراسلنا على الهاتف.", seen "instead of the original's reason";

        /// What the source of the figure said.
        optional figure_said: ManyLines, example "ستة على الأقل", seen "instead of the original's words";

        /// Whom the figure counts.
        optional figure_who: ManyLines, example "مدنيون", seen "instead of the original's words";
    }

    /// The reason for a correction in another language.
    pub(super) CorrectionTextKeys, "a translated correction" {
        /// The id of the correction.
        required id: Spanned<Id>, example "another-street", seen "not shown";

        /// Why it changed.
        optional why: ManyLines, example "جُمع بلاغان عن غارة واحدة.", seen "instead of the original's reason";
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
        check_original(&self.table, self.original.as_ref(), file);
        let mut texts = TextsByTable::default();
        let tables = [
            (CLAIM_TEXT, self.claim_text),
            (STATUS_WHY, self.status_why),
            (FIGURE_SAID, self.figure_said),
            (FIGURE_WHO, self.figure_who),
            (CORRECTION_WHY, self.correction_why),
        ];
        for (key, entries) in tables {
            for (name, text) in entries {
                let Some(id) = self.table.id(&format!("`{key}`"), &name) else { continue };
                texts.add(&self.table, key, Spanned::new(id, name.span), text.value);
            }
        }
        for claim in self.claims {
            let entries = [
                (CLAIM_TEXT, claim.text),
                (STATUS_WHY, claim.status_why),
                (FIGURE_SAID, claim.figure_said),
                (FIGURE_WHO, claim.figure_who),
            ];
            texts.add_all(&self.table, claim.id, entries);
        }
        for correction in self.corrections {
            texts.add_all(&self.table, correction.id, [(CORRECTION_WHY, correction.why)]);
        }
        let translation = Translation {
            file: file.path.clone(),
            of: file.of.clone(),
            language: file.language.into(),
            title: self.title,
            summary: self.summary,
            not_known: self.not_known,
            not_reached: self.not_reached,
            withheld: self.withheld,
            claim_text: texts.take(CLAIM_TEXT),
            status_why: texts.take(STATUS_WHY),
            figure_said: texts.take(FIGURE_SAID),
            figure_who: texts.take(FIGURE_WHO),
            correction_why: texts.take(CORRECTION_WHY),
            withdrawn_why: self.withdrawn_why,
            updated: self.updated,
            body,
        };
        is_language_of_translation(&self.table, file).then_some(translation)
    }
}

const CLAIM_TEXT: &str = "claim_text";
const STATUS_WHY: &str = "status_why";
const FIGURE_SAID: &str = "figure_said";
const FIGURE_WHO: &str = "figure_who";
const CORRECTION_WHY: &str = "correction_why";

/// The texts of claims and corrections, whichever way they are written, by the key of their table.
#[derive(Default)]
struct TextsByTable(BTreeMap<&'static str, Vec<TextWithId>>);

/// The text of a claim or correction, and its id.
type TextWithId = (Spanned<Id>, Box<str>);

impl TextsByTable {
    /// Adds the texts that are written of one claim or correction. Without an id they were refused.
    fn add_all<const N: usize>(
        &mut self,
        table: &TomlTable<'_>,
        id: Option<Spanned<Id>>,
        texts: [(&'static str, Option<Box<str>>); N],
    ) {
        let Some(id) = id else { return };
        for (key, text) in texts {
            let Some(text) = text else { continue };
            self.add(table, key, id.clone(), text);
        }
    }

    fn add(&mut self, table: &TomlTable<'_>, key: &'static str, id: Spanned<Id>, text: Box<str>) {
        let texts = self.0.entry(key).or_default();
        if let Some((first, _)) = texts.iter().find(|(known, _)| known.value == id.value) {
            let message =
                format!("the {} of \"{}\" is translated twice", meaning(key), shown(id.value.as_str()));
            let refused = Diagnostic::error(Code::DUPLICATE_TRANSLATION, message)
                .at(table.place(id.span))
                .label("the second")
                .also(table.place(first.span), "the first");
            table.report(refused.help("keep one of the two"));
            return;
        }
        texts.push((id, text));
    }

    fn take(&mut self, key: &str) -> TextsById {
        TextsById::new(self.0.remove(key).unwrap_or_default())
    }
}

/// What messages call a text of a table.
fn meaning(key: &str) -> &'static str {
    match key {
        CLAIM_TEXT => "text",
        STATUS_WHY => "reason for the status",
        FIGURE_SAID => "figure",
        FIGURE_WHO => "people in the figure",
        _ => "reason",
    }
}

/// The name of a file as a key has it: without folders and ending. That of `FOLDER/index.md` is the folder's.
fn name_of(path: &str) -> &str {
    let path = path.trim_end_matches(".md");
    let path = path.strip_suffix("/index").filter(|folder| *folder != "content").unwrap_or(path);
    path.rsplit('/').next().unwrap_or(path)
}

/// The name of the file is what counts. A key that says something else was copied, or the file was renamed.
fn check_original(table: &TomlTable<'_>, original: Option<&Spanned<Box<str>>>, file: &TranslationFile<'_>) {
    let Some(original) = original else { return };
    let name = name_of(file.of);
    if slugify(name_of(&original.value)) == slugify(name) {
        return;
    }
    let said = shown(&original.value);
    let message = format!("`original` is \"{said}\", but the file is the translation of {}", file.of);
    let help =
        format!("write original = \"{}\", or rename the file if it is a translation of another", shown(name));
    table.error(Code::OTHER_ORIGINAL, original.span, message, "another file", help);
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
