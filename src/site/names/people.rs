//! Persons who would become a page by accident.
//!
//! Owns two questions about the names of sources: whether something says what kind of source each is, and
//! whether a name that readers see holds what leads to a person. A name that may be that of another source is not
//! asked about: a warning does that.
//!
//! Invariant: a site with many such sources gets a few notes and one sum, so that nothing else is overlooked.

use std::collections::BTreeMap;

use super::contacts::contact_in;
use super::mentions::At;
use crate::diag::{Code, Diagnostic, Place, Span};
use crate::model::SourceRecord;
use crate::paths::Id;
use crate::site::diagnostics::Diagnostics;
use crate::site::published::TranslationsByFile;

/// So many sources are asked about one by one.
const MOST_NOTES: usize = 5;

/// A source that has a record or is named in an article.
pub struct NamedSource<'a> {
    pub id: &'a Id,
    pub name: &'a str,
    pub record: Option<&'a SourceRecord>,
    /// Of its record, or else where it is written first, in any of its spellings.
    pub place: At<'a>,
}

/// Asks for the `kind` of each source without one: it may be a person.
pub fn ask_for_kinds(sources: &[NamedSource<'_>], diagnostics: &mut Diagnostics<'_>) {
    let is_unknown = |source: &&NamedSource<'_>| {
        source.record.is_none_or(|record| record.kind.is_none() && !record.protected)
    };
    let mut unknown: Vec<&NamedSource<'_>> = sources.iter().filter(is_unknown).collect();
    unknown.sort_by_key(|source| source.place);
    let (asked, rest) = unknown.split_at(unknown.len().min(MOST_NOTES));
    for source in asked {
        diagnostics.push(ask(source, diagnostics.place(source.place.0, source.place.1)));
    }
    if let [next, ..] = rest {
        let place = diagnostics.place(next.place.0, next.place.1);
        diagnostics.push(ask_about_the_rest(rest.len(), place));
    }
}

fn ask(source: &NamedSource<'_>, place: Place) -> Diagnostic {
    let NamedSource { id, name, record, .. } = source;
    let title = ::toml::Value::from(*name);
    // Its keys may be there and empty, and none may be written twice.
    let [public, protected] = match record {
        Some(record) => {
            let file = &record.file;
            [
                format!("set its kind in {file}, as kind = \"newsroom\""),
                format!(
                    "move {file} to private/sources/, under a name that is not theirs, with protected = true and a label, as label = \"a resident\""
                ),
            ]
        }
        None => [
            format!(
                "write content/sources/{id}.md with title = {title} and its kind, as kind = \"newsroom\""
            ),
            format!(
                "write private/sources/FILE.md, under a name that is not theirs, with title = {title}, protected = true, and a label, as label = \"a resident\""
            ),
        ],
    };
    let message = format!("nothing says what kind of source \"{name}\" is: is it a person?");
    Diagnostic::note(Code::SOURCE_WITHOUT_KIND, message)
        .at(place)
        .label("has a page of its own")
        .help(format!("if it is not a person, {public}"))
        .help(format!("if it is, {protected}"))
}

fn ask_about_the_rest(count: usize, place: Place) -> Diagnostic {
    let sources =
        if count == 1 { "1 more source has".to_owned() } else { format!("{count} more sources have") };
    let message = format!("{sources} no kind: is one of them a person?");
    Diagnostic::note(Code::SOURCE_WITHOUT_KIND, message).at(place).label("the first of them").help(
        "write the `kind` of each in its record in content/sources/; the page of all sources lists them",
    )
}

/// Warns of names by which a person could be found: those of sources, and those that their records hold.
pub fn warn_of_contacts(
    sources: &[NamedSource<'_>],
    translations: &TranslationsByFile,
    diagnostics: &mut Diagnostics<'_>,
) {
    for source in sources {
        for name in public_names(source, translations) {
            let Some(contact) = contact_in(name.text) else { continue };
            let place = match name.span {
                Some(span) => diagnostics.place(name.file, span),
                None => Place::file(name.file),
            };
            diagnostics.push(contact_warning(&name, contact, place));
        }
    }
}

fn contact_warning(name: &PublicName<'_>, contact: &str, place: Place) -> Diagnostic {
    let help = match name.what {
        "label" => "describe the source without it: readers see the `label` in place of the name",
        _ => {
            "name the source without it; for a person, write a record with protected = true and a `label`; an account of an organisation is its `url`"
        }
    };
    let what = name.what;
    let label = match what {
        "label" => "has the label that readers see",
        "short name" => "has the short name that readers see",
        _ => "is on a page of its own",
    };
    Diagnostic::warning(Code::CONTACT_IN_NAME, format!("the {what} of a source holds {contact}"))
        .at(place)
        .label(label)
        .help(help)
}

/// A name that readers see.
struct PublicName<'a> {
    what: &'static str,
    text: &'a str,
    file: &'a str,
    /// `None`: somewhere in the file.
    span: Option<Span>,
}

/// Of a protected source, readers see the label alone.
fn public_names<'a>(source: &NamedSource<'a>, translations: &'a TranslationsByFile) -> Vec<PublicName<'a>> {
    let title =
        PublicName { what: "name", text: source.name, file: source.place.0, span: Some(source.place.1) };
    let Some(record) = source.record else { return vec![title] };
    let file: &str = &record.file;
    // The title leads to the record's keys that have no place of their own.
    let named = |what, text, span| PublicName { what, text, file, span: Some(span) };
    let label = record.label.iter().map(|text| named("label", text, record.title_span));
    if record.protected {
        return label.collect();
    }
    let short = record.short.iter().map(|text| named("short name", text, record.title_span));
    let others = record.naming.names.values().chain(&record.naming.spellings);
    let others = others.map(|name| named("name", &name.value, name.span));
    let translated = translations.get(&record.file).into_iter().flat_map(BTreeMap::values);
    let translated = translated.filter_map(|translation| {
        let text = translation.title.as_deref()?;
        Some(PublicName { what: "translated name", text, file: &translation.file, span: None })
    });
    std::iter::once(title).chain(short).chain(others).chain(label).chain(translated).collect()
}
