//! Persons who would become a page by accident.
//!
//! Owns two questions about the names of sources: whether something says what kind of source each is, and
//! whether a name holds an address or a telephone number. A name that may be that of another source is not
//! asked about: a warning does that.
//!
//! Invariant: a site with many such sources gets a few notes and one sum, so that nothing else is overlooked.

use std::sync::LazyLock;

use regex::Regex;

use super::mentions::At;
use crate::diag::{Code, Diagnostic, Place};
use crate::fold::{bare_words, with_ascii_marks};
use crate::model::SourceRecord;
use crate::paths::Id;
use crate::site::diagnostics::Diagnostics;

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
    let (file, private) = match record {
        Some(record) => (format!("write in {}", record.file), format!("write in {}", record.file)),
        None => (
            format!("write content/sources/{id}.md with title = {title} and"),
            format!("write private/sources/FILE.md, under a name that is not theirs, with title = {title},"),
        ),
    };
    let message = format!("nothing says what kind of source \"{name}\" is: is it a person?");
    Diagnostic::note(Code::SOURCE_WITHOUT_KIND, message)
        .at(place)
        .label("has a page of its own")
        .help(format!("if it is not a person, {file} its kind, as kind = \"newsroom\""))
        .help(format!("if it is, {private} protected = true, and a label, as label = \"a resident\""))
}

fn ask_about_the_rest(count: usize, place: Place) -> Diagnostic {
    let sources =
        if count == 1 { "1 more source has".to_owned() } else { format!("{count} more sources have") };
    let message = format!("{sources} no kind: is one of them a person?");
    Diagnostic::note(Code::SOURCE_WITHOUT_KIND, message).at(place).label("the first of them").help(
        "write the `kind` of each in its record in content/sources/; the page of all sources lists them",
    )
}

/// Warns of names by which a person could be found.
pub fn warn_of_contacts(sources: &[NamedSource<'_>], diagnostics: &mut Diagnostics<'_>) {
    for source in sources.iter().filter(|source| source.record.is_none_or(|record| !record.protected)) {
        let Some(contact) = contact_in(source.name) else { continue };
        let message = format!("the name of a source holds {contact}");
        diagnostics.push(
            Diagnostic::warning(Code::CONTACT_IN_NAME, message)
                .at(diagnostics.place(source.place.0, source.place.1))
                .label("is on a page of its own")
                .help("name the source without it; for a person, write a record with protected = true and a `label`"),
        );
    }
}

/// Patterns of what would let a reader find a person, each with its name.
static CONTACTS: LazyLock<[(Regex, &str); 3]> = LazyLock::new(|| {
    let email = "[0-9A-Za-z._+-]@[0-9A-Za-z-]+[.][A-Za-z]";
    // A date has digits and hyphens too, and begins with no plus and no zero.
    let telephone =
        "(?:^|[^0-9A-Za-z])(?:[+][0-9]|0[0-9]|[(]0)[0-9 ().-]{5,}[0-9]|(?:^| )[0-9]{3}-[0-9]{4}(?:$| )";
    let street =
        "street|st|road|rd|avenue|ave|lane|square|boulevard|rue|place|calle|avenida|plaza|شارع|طريق|زقاق";
    let number = "[0-9]{1,4}[a-z]?";
    let address = format!(
        "(?:^| ){number} (?:[^ ]+ ){{0,2}}(?:{street})(?:$| )|(?:^| )(?:{street}) (?:[^ ]+ ){{0,3}}{number}(?:$| )"
    );
    let regex = |pattern: &str| Regex::new(pattern).expect("each pattern is used in a test");
    [
        (regex(email), "an e-mail address"),
        (regex(telephone), "a telephone number"),
        (regex(&address), "the address of a house"),
    ]
});

fn contact_in(name: &str) -> Option<&'static str> {
    let [email, telephone, address] = &*CONTACTS;
    let has = |(pattern, what): &(Regex, &'static str), text: &str| pattern.is_match(text).then_some(*what);
    has(email, name)
        .or_else(|| has(telephone, &with_ascii_marks(name)))
        .or_else(|| has(address, &bare_words(name)))
}

#[cfg(test)]
mod tests {
    use super::contact_in;

    #[test]
    fn names_by_which_a_person_could_be_found() {
        for name in [
            "zoe.miller@example.org",
            "Zoe <zoe@example.org>",
            "Zoe +963 11 222 3333",
            "Zoe, 0911 222 333",
            "Zoe 00963112223333",
            "Zoe (011) 222-3333",
            "Zoe 555-1234",
            "زوي ٠٩١١٢٢٢٣٣٣",
            "Zoe, 12 Quay Street",
            "Zoe at 12b Old Mill Lane",
            "Zoe, rue du Port 7",
            "12, rue du Port",
            "Calle Mayor 3",
            "شارع النيل ١٢",
        ] {
            assert!(contact_in(name).is_some(), "{name}");
        }
        for name in [
            "Radio Brine",
            "Residents of Quay Street",
            "Residents of 14th Street",
            "Channel 4",
            "Report of 2031-05-02",
            "UN Security Council resolution 2139 (2014)",
            "S/2016/1234",
            "Brigade 101",
            "Mill Lane Council",
            "@harbour_watch",
            "Station 24/7",
            "شبكة ٢٤",
            "",
        ] {
            assert_eq!(contact_in(name), None, "{name}");
        }
    }
}
