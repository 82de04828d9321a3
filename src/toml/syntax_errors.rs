//! The parser's errors, in words for people who do not know TOML.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::characters::shown;
use super::document::TomlSource;
use crate::diag::{Code, Diagnostic, Span};

const HOW_LINES_LOOK: &str = "each line is `key = value`; text is between \" and \"";

/// The parser's message for a line such as `title: "…"`.
const LONE_KEY: &str = "key with no value";

/// With more errors than this, a text is hardly TOML: the rest is counted, and nothing is read.
const MOST_REPORTED: usize = 20;

/// The text without the lines that have a key but no `=`, and all errors. Offsets stay the same.
///
/// The parser reads nothing after such a key, which would hide every later error.
pub(super) fn without_lone_keys(toml: &str) -> (Cow<'_, str>, Vec<Error>) {
    let mut text = Cow::Borrowed(toml);
    let mut errors = Vec::new();
    // Each round blanks at least one line, so this ends.
    loop {
        let found = DeTable::parse_recoverable(&text).1;
        let lines = lone_key_lines(&text, &found);
        if lines.is_empty() || errors.len() > MOST_REPORTED {
            errors.extend(found);
            return (text, errors);
        }
        // The next round finds the errors of other lines again.
        errors.extend(found.into_iter().filter(|error| lines.iter().any(|line| begins_in(line, error))));
        for line in lines {
            let blank = " ".repeat(line.len());
            text.to_mut().replace_range(line, &blank);
        }
    }
}

fn begins_in(line: &Range<usize>, error: &Error) -> bool {
    error.span().is_some_and(|span| (line.start..=line.end).contains(&span.start))
}

/// The lines of lone keys, without their line breaks.
fn lone_key_lines(toml: &str, errors: &[Error]) -> Vec<Range<usize>> {
    let mut lines: Vec<_> = errors
        .iter()
        .filter(|error| error.message().starts_with(LONE_KEY))
        .filter_map(|error| line_at(toml, error.span()?.start))
        .filter(|line| !toml[line.clone()].trim().is_empty())
        .collect();
    lines.dedup();
    lines
}

fn line_at(toml: &str, at: usize) -> Option<Range<usize>> {
    let start = toml.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let end = toml[at..].find('\n').map_or(toml.len(), |newline| at + newline);
    let end = start + toml[start..end].trim_end_matches('\r').len();
    Some(start..end)
}

/// The errors of a text.
pub(super) struct SyntaxErrors {
    pub spans: Vec<Span>,
    /// One for each line: the other errors of a line follow from its first.
    pub diagnostics: Vec<Diagnostic>,
    /// There are so many that the rest of the text means nothing.
    pub is_hopeless: bool,
}

pub(super) fn explain(errors: &[Error], table: &DeTable<'_>, source: &TomlSource<'_>) -> SyntaxErrors {
    let mut explained = SyntaxErrors { spans: Vec::new(), diagnostics: Vec::new(), is_hopeless: false };
    let mut lines = BTreeSet::new();
    for (position, error) in errors.iter().enumerate() {
        let error = SyntaxError::new(error, source);
        explained.spans.push(error.span);
        if !lines.insert(source.place(error.span).line) {
            continue;
        }
        explained.diagnostics.push(error.diagnostic(table));
        let left = errors.len() - position - 1;
        if explained.diagnostics.len() == MOST_REPORTED && left > 0 {
            let last = explained.diagnostics.last_mut().expect("one was just pushed");
            last.help.push(format!("{left} more faults follow; is this TOML?"));
            explained.is_hopeless = true;
            break;
        }
    }
    explained
}

struct SyntaxError<'e> {
    message: &'e str,
    /// In the TOML.
    start: usize,
    /// In the file.
    span: Span,
    /// The text at `span`.
    written: &'e str,
    source: &'e TomlSource<'e>,
}

impl<'e> SyntaxError<'e> {
    fn new(error: &'e Error, source: &'e TomlSource<'e>) -> Self {
        let range = error.span().unwrap_or(0..0);
        let span = source.span(range.clone());
        Self { message: error.message(), start: range.start, span, written: source.written(span), source }
    }

    fn diagnostic(&self, table: &DeTable<'_>) -> Diagnostic {
        if self.message == "duplicate key" {
            return self.duplicate_key(table);
        }
        if let Some(c) = self.control_character() {
            let message = format!("U+{:04X} must not be in TOML", c as u32);
            return self
                .error(Code::CONTROL_CHARACTER, &message)
                .help("remove the character that cannot be seen, or type the line again");
        }
        if looks_like_a_date(self.written) {
            return self.bad_date();
        }
        if let Some(diagnostic) = self.colon() {
            return diagnostic;
        }
        self.known().unwrap_or_else(|| {
            let (fact, detail) = self.message.split_once(", ").unwrap_or((self.message, ""));
            self.syntax(fact).label(detail).help(HOW_LINES_LOOK)
        })
    }

    /// The parser's most common messages, by their first words.
    fn known(&self) -> Option<Diagnostic> {
        if self.message.starts_with("string values must be quoted") {
            return Some(self.unquoted());
        }
        let known = [
            (
                "invalid basic string, expected `\"`",
                "the text has no closing \"",
                "end it with \"; text of several lines is between \"\"\" and \"\"\"",
            ),
            (
                "invalid multi-line",
                "a text of several lines has no end",
                "end it with the same three quotes that it begins with",
            ),
            (
                "unexpected key or value",
                "something follows the end of the value",
                "a \" within text is written \\\"; each key needs a line of its own; a comment begins with #",
            ),
            (LONE_KEY, "a key has no value", HOW_LINES_LOOK),
        ];
        let (_, fact, help) = known.into_iter().find(|(start, ..)| self.message.starts_with(start))?;
        Some(self.syntax(fact).help(help))
    }

    fn error(&self, code: Code, message: &str) -> Diagnostic {
        Diagnostic::error(code, message).at(self.source.place(self.span)).label("here")
    }

    fn syntax(&self, message: &str) -> Diagnostic {
        self.error(Code::TOML_SYNTAX, message)
    }

    /// The control character that is all that is wrong.
    fn control_character(&self) -> Option<char> {
        let mut written = self.written.chars();
        written.next().filter(|c| c.is_control() && *c != '\n' && written.next().is_none())
    }

    fn duplicate_key(&self, table: &DeTable<'_>) -> Diagnostic {
        let key = self.written.trim_matches(['"', '\'']);
        let message = format!("`{}` is written twice", shown(key));
        let diagnostic =
            self.error(Code::DUPLICATE_KEY, &message).label("the second time").help("keep one of the two");
        match last_key_before(table, key, self.start) {
            Some(first) => diagnostic.also(self.source.place(self.source.span(first)), "the first time"),
            None => diagnostic,
        }
    }

    fn bad_date(&self) -> Diagnostic {
        let detail = self.message.split_once(", ").map_or("", |(_, detail)| detail);
        let (fact, help) = if detail.contains("two-digit") || detail.contains("four-digit") {
            (
                "is not written as a date",
                "write 2016-10-02 or 2016-10-02T21:40:00+03:00, each number with all its digits",
            )
        } else {
            ("is not a date that exists", "check the month, the day and the hour")
        };
        self.error(Code::BAD_DATE, &format!("{} {fact}", shown(self.written))).label(detail).help(help)
    }

    /// A line such as `title: "…"`.
    fn colon(&self) -> Option<Diagnostic> {
        let place = self.source.place(self.span);
        let (key, _) = place.excerpt.split_once(':')?;
        let key_name = key.trim();
        if key_name.is_empty() || !key_name.chars().all(is_of_bare_key) {
            return None;
        }
        let help = format!("write {key_name} = …, with = and not with :");
        let at = self.start - place.mark.start + key.len();
        let colon = self.source.span(at..at + 1);
        Some(self.syntax("a key and its value are joined by =").at(self.source.place(colon)).help(help))
    }

    fn unquoted(&self) -> Diagnostic {
        let written = self.written.trim();
        if written.is_empty() {
            return self.syntax("a value is missing").help("write a value behind the =, or remove the key");
        }
        let help = if written.eq_ignore_ascii_case("yes") || written.eq_ignore_ascii_case("no") {
            "write true or false"
        } else if written.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-')) {
            "a date is written 2016-10-02"
        } else {
            let quoted = with_straight_quotes(written);
            let help = quoted.map_or_else(|| HOW_LINES_LOOK.to_owned(), |quoted| format!("write {quoted}"));
            return self.syntax("text must be between straight quotes").help(help);
        };
        self.syntax("this is no value that TOML knows").help(help)
    }
}

/// The text in TOML's quotes instead of others. None if that needs escapes.
fn with_straight_quotes(written: &str) -> Option<String> {
    let bare = written.trim_matches(['“', '”', '„', '«', '»', '‘', '’', '"', '\'', ' ']);
    (shown(bare) == bare && !bare.contains(['"', '\\'])).then(|| format!("\"{bare}\""))
}

fn looks_like_a_date(written: &str) -> bool {
    let bytes = written.as_bytes();
    bytes.len() > 5 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
}

fn is_of_bare_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// The nearest equal key before an offset. It is in the same table, which is the one last begun.
fn last_key_before(table: &DeTable<'_>, key: &str, before: usize) -> Option<Range<usize>> {
    let own = table.keys().filter(|name| name.get_ref() == key).map(toml::Spanned::span);
    let inner = table.values().flat_map(|value| tables_in(value.get_ref()));
    let inner = inner.filter_map(|table| last_key_before(table, key, before));
    own.chain(inner).filter(|range| range.start < before).max_by_key(|range| range.start)
}

fn tables_in<'v>(value: &'v DeValue<'v>) -> Vec<&'v DeTable<'v>> {
    match value {
        DeValue::Table(table) => vec![table],
        DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_table()).collect(),
        _ => Vec::new(),
    }
}
