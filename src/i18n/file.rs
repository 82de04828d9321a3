//! One Fluent file: its keys and its faults.

use std::collections::HashMap;

use std::ops::Range;

use fluent_bundle::FluentResource;

use crate::diag::{Code, Diagnostic, Place, Span};

/// The most braces and brackets that a message opens. Fluent fills in no message of more than a hundred parts.
const MOST_PARTS: usize = 200;

/// A Fluent file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageFile {
    pub language: String,
    /// Its name in diagnostics.
    pub file: String,
    pub text: String,
}

impl MessageFile {
    /// A file is for its language, and for those that only add a script or region to it.
    pub fn applies_to(&self, code: &str) -> bool {
        code.strip_prefix(self.language.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// The messages around syntax errors; [`MessageFile::faults`] reports the errors.
    pub fn resource(&self) -> FluentResource {
        FluentResource::try_new(self.readable()).unwrap_or_else(|(resource, _)| resource)
    }

    fn readable(&self) -> String {
        let end = self.overloaded().map_or(self.text.len(), |message| message.start);
        self.text[..end].to_owned()
    }

    /// The first message with more parts than any needs. Within each other, they would overflow the stack of the parser.
    fn overloaded(&self) -> Option<Range<usize>> {
        let starts = || self.keys().map(|(_, span)| span.range().start);
        let messages = std::iter::once(0).chain(starts()).zip(starts().chain([self.text.len()]));
        messages
            .map(|(start, end)| start..end)
            .find(|message| self.text[message.clone()].matches(['{', '(']).count() > MOST_PARTS)
    }

    /// The keys in the order of the text, terms included. Every line that continues a message is indented,
    /// so a key is what precedes `=` at the start of a line.
    pub fn keys(&self) -> impl Iterator<Item = (&str, Span)> {
        let mut offset = 0;
        self.text.split_inclusive('\n').filter_map(move |line| {
            let start = offset;
            offset += line.len();
            let key = line.split_once('=')?.0.trim_end_matches(' ');
            let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
                && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            // A term `-name` and a message `name` share one slot in a bundle.
            is_key.then(|| (key.trim_start_matches('-'), Span::new(start..start + key.len())))
        })
    }

    /// The last place where a key is defined; the first line without one.
    pub fn place_of(&self, key: &str) -> Place {
        let span = self.keys().filter(|(name, _)| *name == key).last().map(|(_, span)| span);
        Place::new(&self.file, &self.text, span.unwrap_or_default())
    }

    /// Syntax errors, and keys that are defined twice.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let at = |range| Place::new(&self.file, &self.text, Span::new(range));
        let mut faults = Vec::new();
        faults.extend(self.overloaded().map(|message| {
            Diagnostic::error(Code::WORDS_SYNTAX, format!("the text has more than {MOST_PARTS} `{{` and `(`"))
                .at(at(message.start..message.start))
                .label("what follows is not read")
                .help("write it with fewer of them")
        }));
        if let Err((_, errors)) = FluentResource::try_new(self.readable()) {
            faults.extend(errors.into_iter().map(|error| {
                Diagnostic::error(Code::WORDS_SYNTAX, lower_first(&error.kind.to_string())).at(at(error.pos)).help(
                    "a line is `key = text`; lines that go on are indented: https://projectfluent.org/fluent/guide/",
                )
            }));
        }
        let mut seen = HashMap::new();
        for (key, span) in self.keys() {
            if let Some(first) = seen.insert(key, span) {
                faults.push(
                    Diagnostic::error(Code::DUPLICATE_WORD, format!("the word \"{key}\" is given twice"))
                        .at(at(span.range()))
                        .also(at(first.range()), "first here")
                        .help("delete one of them"),
                );
            }
        }
        faults
    }
}

/// An error text of the library, to go on in a sentence of ours.
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_too_many_parts_is_an_error_and_those_before_it_are_read() {
        let text = format!("home = Home\nsources = {}\n", "{ ".repeat(100_000));
        let file = MessageFile { language: "en".into(), file: "i18n/en.ftl".into(), text };
        let faults: Vec<String> = file.faults().into_iter().map(|fault| fault.message).collect();
        assert_eq!(faults, ["the text has more than 200 `{` and `(`"]);
        assert_eq!(file.resource().entries().count(), 1);
    }
}
