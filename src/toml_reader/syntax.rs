//! The TOML parser's errors in words for people who do not know TOML.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::text::shown;
use crate::diag::{Diagnostic, Place, Span};

const HOW_LINES_LOOK: &str = "each line is `key = value`; text stands between \" and \"";

/// Where the TOML comes from.
pub(super) struct Source<'t> {
    pub file: &'t str,
    pub text: &'t str,
    pub base: usize,
}

/// The spans of all errors, and one diagnostic for each line that has any: the others of a line
/// follow from the first.
pub(super) fn explain(
    errors: &[Error],
    table: &DeTable<'_>,
    source: &Source<'_>,
) -> (Vec<Span>, Vec<Diagnostic>) {
    let (mut spans, mut told) = (Vec::new(), Vec::new());
    let mut lines = BTreeSet::new();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span::new(range.clone()).shifted(source.base);
        let place = Place::new(source.file, source.text, span);
        spans.push(span);
        if lines.insert(place.line) {
            let fault = Fault { error, range, span, place, source };
            told.push(fault.diagnostic(table));
        }
    }
    (spans, told)
}

struct Fault<'e> {
    error: &'e Error,
    /// In the TOML.
    range: Range<usize>,
    /// In the file.
    span: Span,
    place: Place,
    source: &'e Source<'e>,
}

impl Fault<'_> {
    fn diagnostic(self, table: &DeTable<'_>) -> Diagnostic {
        let message = self.error.message();
        let line = self.place.excerpt.trim_start();
        if message == "duplicate key" {
            self.duplicate_key(table)
        } else if looks_like_a_date(self.written()) {
            self.bad_date()
        } else if let Some(key) = key_with_colon(line) {
            let help = format!("write {key} = …, with = and not with :");
            self.syntax("a key and its value are joined by =").help(help)
        } else if message.starts_with("string values must be quoted") {
            self.unquoted()
        } else if message.starts_with("invalid basic string, expected `\"`") {
            self.syntax("the text has no closing \"")
                .help("end it with \"; text of several lines stands between \"\"\" and \"\"\"")
        } else if message.starts_with("unexpected key or value") {
            self.syntax("something follows the end of the value").help(
                "a \" within text is written \\\"; each key needs a line of its own; a comment begins with #",
            )
        } else if message.starts_with("key with no value") {
            self.syntax("a key has no value").help(HOW_LINES_LOOK)
        } else {
            let (fact, detail) = message.split_once(", ").unwrap_or((message, ""));
            let detail = detail.to_owned();
            self.syntax(&fact.to_owned()).label(detail).help(HOW_LINES_LOOK)
        }
    }

    fn written(&self) -> &str {
        self.source.text.get(self.span.range()).unwrap_or_default()
    }

    fn syntax(&self, message: &str) -> Diagnostic {
        Diagnostic::error("toml-syntax", message).at(self.place.clone()).label("here")
    }

    fn duplicate_key(self, table: &DeTable<'_>) -> Diagnostic {
        let key = self.written().trim_matches(['"', '\'']);
        let first = last_key_before(table, key, self.range.start);
        let diagnostic = Diagnostic::error("duplicate-key", format!("`{}` is written twice", shown(key)))
            .at(self.place.clone())
            .label("the second time")
            .help("keep one of the two");
        let Some(first) = first else { return diagnostic };
        let first = Span::new(first).shifted(self.source.base);
        diagnostic.also(Place::new(self.source.file, self.source.text, first), "the first time")
    }

    fn bad_date(self) -> Diagnostic {
        let detail = self.error.message().split_once(", ").map_or("", |(_, detail)| detail);
        let is_shape = detail.contains("two-digit") || detail.contains("four-digit");
        let (fact, help) = if is_shape {
            (
                "is not written as a date",
                "write 2016-10-02 or 2016-10-02T21:40:00+03:00, each number with all its digits",
            )
        } else {
            ("is not a date that exists", "check the month, the day and the hour")
        };
        Diagnostic::error("bad-date", format!("{} {fact}", shown(self.written())))
            .at(self.place.clone())
            .label(detail)
            .help(help)
    }

    fn unquoted(self) -> Diagnostic {
        let written = self.written().trim();
        if written.is_empty() {
            return self.syntax("a value is missing").help("write a value behind the =, or remove the key");
        }
        if written.eq_ignore_ascii_case("yes") || written.eq_ignore_ascii_case("no") {
            return self.syntax("this is no value that TOML knows").help("write true or false");
        }
        if written.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-')) {
            return self.syntax("this is no value that TOML knows").help("a date is written 2016-10-02");
        }
        let bare = written.trim_matches(['“', '”', '„', '«', '»', '‘', '’', '"', '\'', ' ']);
        let diagnostic = self.syntax("text must stand between straight quotes");
        if bare.contains(['"', '\\']) {
            diagnostic.help(HOW_LINES_LOOK)
        } else {
            diagnostic.help(format!("write \"{}\"", shown(bare)))
        }
    }
}

fn looks_like_a_date(written: &str) -> bool {
    let bytes = written.as_bytes();
    bytes.len() > 5 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
}

/// The key of a line such as `title: "…"`.
fn key_with_colon(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let key = key.trim_end();
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    (!key.is_empty() && key.chars().all(is_key)).then_some(key)
}

/// The table that a second key stands in is the one last begun before it, so the nearest equal
/// key before it is the first.
fn last_key_before(table: &DeTable<'_>, key: &str, before: usize) -> Option<Range<usize>> {
    let mut last: Option<Range<usize>> = None;
    let mut take = |range: Range<usize>| {
        if range.start < before && last.as_ref().is_none_or(|last| last.start < range.start) {
            last = Some(range);
        }
    };
    for (name, value) in table {
        if name.get_ref() == key {
            take(name.span());
        }
        let inner = match value.get_ref() {
            DeValue::Table(table) => last_key_before(table, key, before),
            DeValue::Array(items) => {
                let tables = items.iter().filter_map(|item| item.get_ref().as_table());
                tables.filter_map(|table| last_key_before(table, key, before)).max_by_key(|range| range.start)
            }
            _ => None,
        };
        inner.into_iter().for_each(&mut take);
    }
    last
}
