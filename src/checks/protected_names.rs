//! What of the record of a protected source is private.
//!
//! Owns the difference between a name and a description, and which parts of a record are looked for. Reports
//! names that a record gives away itself.

use crate::diag::{Code, Diagnostic, Place, Span};
use crate::fold::bare_words;
use crate::model::SourceRecord;
use crate::paths::Id;
use crate::private::{Matcher, Pattern, Rule};
use crate::site::Source;
use crate::sources::SourceSet;

/// A shorter name, in bytes, is part of too many words to look for.
const SHORTEST_NAME: usize = 3;

/// A shorter sentence, in words, is found in other texts too.
const SHORTEST_SENTENCE: usize = 4;

/// The same in characters, of a script without spaces.
const SHORTEST_UNSPACED: usize = 8;

/// A number of so many digits is a telephone number or that of a document.
const SHORTEST_NUMBER: usize = 6;

/// A longer number in an id may be that of a telephone or a document.
const LONGEST_HANDLE_NUMBER: usize = 3;

/// What is private of one protected source.
pub struct PrivateParts {
    pub patterns: Vec<Pattern>,
    /// The pattern of an id that is no name, by its position: briefings have to write it.
    pub handle: Option<usize>,
    /// How many of its names are not looked for: any text may hold them.
    pub left_out: usize,
}

impl PrivateParts {
    pub fn of(source: &Source, record: &SourceRecord) -> Self {
        let label = record.label.as_deref().unwrap_or_default();
        let mut parts = Self { patterns: Vec::new(), handle: None, left_out: 0 };
        for name in names(record) {
            if is_shown_by(label, name) {
                continue;
            }
            if is_plain_word(name) || name.len() < SHORTEST_NAME {
                parts.left_out += 1;
            } else {
                parts.add(name);
            }
        }
        let titles = source.term.translations.values().filter_map(|translation| translation.title.as_deref());
        let translated =
            source.term.translations.values().filter_map(|translation| translation.summary.as_deref());
        titles
            .filter(|title| !is_shown_by(label, title) && !is_plain_word(title))
            .for_each(|title| parts.add(title));
        record
            .summary
            .as_deref()
            .into_iter()
            .chain(translated)
            .for_each(|summary| parts.add_sentences(summary));
        parts.add_address(record.url.as_deref());
        record.extra.values().for_each(|value| parts.add_values(value, label));
        parts.add_id(&record.id, label);
        parts
    }

    fn add(&mut self, text: &str) {
        let pattern = Pattern::new(text, Rule::Name);
        self.patterns.extend(
            pattern.filter(|pattern| !self.patterns.iter().any(|known| known.has_the_forms_of(pattern))),
        );
    }

    /// Each whole sentence: its words are those of any text.
    fn add_sentences(&mut self, summary: &str) {
        let sentences = summary.split_inclusive(['.', '!', '?', '؟', '۔', '।', '。', '！', '？', '\n']);
        let long = sentences.filter(|sentence| is_long(sentence));
        long.for_each(|sentence| self.add(sentence));
    }

    fn add_address(&mut self, url: Option<&str>) {
        let Some(url) = url else { return };
        let address = url.split_once("://").map_or(url, |(_, address)| address);
        self.add(address.trim_start_matches("www.").trim_end_matches('/'));
    }

    fn add_values(&mut self, value: &toml::Value, label: &str) {
        match value {
            // A single word is a place, a language or another word of any text.
            toml::Value::String(text)
                if text.contains(|c: char| !c.is_alphabetic())
                    && text.len() >= SHORTEST_NAME
                    && !is_shown_by(label, text) =>
            {
                self.add(text);
            }
            toml::Value::Integer(number) => self.add_number(&number.to_string()),
            toml::Value::Float(number) => self.add_number(&number.to_string()),
            toml::Value::Datetime(date) => self.add_number(&date.to_string()),
            toml::Value::Array(values) => values.iter().for_each(|value| self.add_values(value, label)),
            toml::Value::Table(values) => values.values().for_each(|value| self.add_values(value, label)),
            toml::Value::String(_) | toml::Value::Boolean(_) => {}
        }
    }

    /// A point or a day of birth, as well as a telephone number.
    fn add_number(&mut self, number: &str) {
        if number.bytes().filter(u8::is_ascii_digit).count() >= SHORTEST_NUMBER {
            self.add(number);
        }
    }

    /// The id, if that is no word of the language.
    fn add_id(&mut self, id: &Id, label: &str) {
        if !is_plain_word(id.as_str()) && !is_shown_by(label, id.as_str()) {
            self.add(id.as_str());
        }
        if is_handle(id) {
            let handle = Pattern::new(id.as_str(), Rule::Name);
            self.handle = handle.and_then(|handle| {
                self.patterns.iter().position(|pattern| pattern.has_the_forms_of(&handle))
            });
        }
    }
}

/// Words and a number, as in `resident-1`.
fn is_handle(id: &Id) -> bool {
    let number = id.as_str().rsplit_once('-').map_or("", |(_, number)| number);
    (1..=LONGEST_HANDLE_NUMBER).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// All names in a record, as written.
fn names(record: &SourceRecord) -> impl Iterator<Item = &str> {
    let names = record.naming.names.values().chain(&record.naming.spellings);
    let names = names.map(|name| name.value.as_ref());
    names.chain([record.title.as_ref()]).chain(record.short.as_deref())
}

/// A single word in small letters is no name: any text may hold it.
fn is_plain_word(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// A shorter sentence is found in other texts too. Some scripts have no spaces between words.
fn is_long(sentence: &str) -> bool {
    let words = bare_words(sentence);
    let has_spaces = words.trim().contains(' ');
    words.trim().split(' ').count() >= SHORTEST_SENTENCE
        || !has_spaces && !words.is_ascii() && words.chars().count() >= SHORTEST_UNSPACED
}

/// Readers see these words in the label anyway. "Ali" is no word of "an Australian nurse".
fn is_shown_by(label: &str, name: &str) -> bool {
    let [label, name] = [label, name].map(|text| format!(" {} ", bare_words(text).trim()));
    label.contains(&name)
}

/// Several words without a capital after the first: "a doctor", not "Jane Doe".
fn is_description(name: &str) -> bool {
    let mut words = name.split_whitespace();
    words.next().is_some_and(|first| first.contains(|c: char| c.is_uppercase() || c.is_lowercase()))
        && name.split_whitespace().count() > 1
        && !words.any(|word| word.contains(char::is_uppercase))
}

/// An error if the label of a protected source has one of its names.
pub fn name_in_label(record: &SourceRecord, sources: &SourceSet) -> Option<Diagnostic> {
    let label = record.label.as_deref()?;
    let is_name = |name: &&str| bare_words(name) != bare_words(label) && !is_description(name);
    let patterns = names(record).filter(is_name).filter(|name| name.len() >= SHORTEST_NAME);
    let matcher = Matcher::new(patterns.filter_map(|name| Pattern::new(name, Rule::Name)).collect());
    let found = matcher.place_in(label, |_| true)?;
    let text = sources.text(&record.file);
    let key = text.match_indices("label").find(|(at, _)| *at == 0 || text[..*at].ends_with('\n'));
    let written = key.and_then(|(at, _)| Some(at + text[at..].find(&label[found.clone()])?));
    let place = written.map(|at| Place::new(&record.file, &text, Span::new(at..at + found.len())));
    let error =
        Diagnostic::error(Code::NAME_IN_LABEL, "the label of a protected source has one of its names");
    Some(error.at(place.unwrap_or_else(|| Place::file(&record.file))).label("readers would see it").help(
        "describe the source without it; if the name is a description too, write both in the same words",
    ))
}
