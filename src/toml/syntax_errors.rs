//! The TOML parser's errors in words for people who do not know TOML.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::characters::shown;
use crate::diag::{Code, Diagnostic, Place, Span};

const HOW_LINES_LOOK: &str = "each line is `key = value`; text stands between \" and \"";

/// Where the TOML comes from.
pub(super) struct Source<'t> {
    pub file: &'t str,
    pub text: &'t str,
    pub base: usize,
}

impl Source<'_> {
    /// Of a range in the TOML.
    fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.file, self.text, Span::new(range).shifted(self.base))
    }
}

const KEY_ALONE: &str = "key with no value";

/// The text with every line blanked out that has a key without `=`, such as `title: "…"`, and
/// all errors. `None` where there is no such line.
///
/// The parser reads nothing behind such a key, and it would hide every later fault. Offsets stay.
pub(super) fn blank_keys_alone(toml: &str, errors: &[Error]) -> Option<(String, Vec<Error>)> {
    let mut lines = lines_to_blank(toml, errors);
    if lines.is_empty() {
        return None;
    }
    let (mut patched, mut latest) = (toml.to_owned(), errors.to_vec());
    let mut kept = Vec::new();
    // Each round blanks at least one line more, so that it ends.
    while !lines.is_empty() && kept.len() <= MOST_TOLD {
        let is_gone =
            |error: &Error| error.span().is_some_and(|span| lines.iter().any(|line| touches(line, &span)));
        kept.extend(latest.into_iter().filter(is_gone));
        for line in &lines {
            patched.replace_range(line.clone(), &" ".repeat(line.len()));
        }
        latest = DeTable::parse_recoverable(&patched).1;
        lines = lines_to_blank(&patched, &latest);
    }
    kept.extend(latest);
    Some((patched, kept))
}

fn touches(line: &Range<usize>, span: &Range<usize>) -> bool {
    line.start <= span.start && span.start <= line.end
}

/// The lines of keys that have no `=`, without their line breaks.
fn lines_to_blank(toml: &str, errors: &[Error]) -> Vec<Range<usize>> {
    let mut lines: Vec<_> = errors
        .iter()
        .filter(|error| error.message().starts_with(KEY_ALONE))
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

/// A text with more faults than this is hardly TOML: the rest is counted, not told, and nothing
/// in it is read.
const MOST_TOLD: usize = 20;

/// What the parser found fault with.
pub(super) struct Explained {
    pub spans: Vec<Span>,
    /// One for each line: the other errors of a line follow from its first.
    pub told: Vec<Diagnostic>,
    /// Were there too many faults for the rest to mean anything?
    pub is_hopeless: bool,
}

pub(super) fn explain(errors: &[Error], table: &DeTable<'_>, source: &Source<'_>) -> Explained {
    let mut explained = Explained { spans: Vec::new(), told: Vec::new(), is_hopeless: false };
    let mut lines = BTreeSet::new();
    for (position, error) in errors.iter().enumerate() {
        let range = error.span().unwrap_or(0..0);
        let span = Span::new(range.clone()).shifted(source.base);
        explained.spans.push(span);
        let place = Place::new(source.file, source.text, span);
        if !lines.insert(place.line) {
            continue;
        }
        let fault = Fault { error, range, span, place, source };
        explained.told.push(fault.diagnostic(table));
        if explained.told.len() == MOST_TOLD && position + 1 < errors.len() {
            let help = format!("{} more faults follow; is this TOML?", errors.len() - position - 1);
            explained.told.last_mut().expect("one was just pushed").help.push(help);
            explained.is_hopeless = true;
            break;
        }
    }
    explained
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
        } else if let Some(c) = self.control_character() {
            self.error(Code::CONTROL_CHARACTER, &format!("U+{:04X} must not stand in TOML", c as u32))
                .help("remove the character that cannot be seen, or type the line again")
        } else if looks_like_a_date(self.written()) {
            self.bad_date()
        } else if let Some(key) = key_with_colon(line) {
            let help = format!("write {key} = …, with = and not with :");
            let colon = self.place.excerpt.find(':').unwrap_or(0);
            let at = self.range.start - self.place.mark.start + colon;
            let place = self.source.place(at..at + 1);
            self.syntax("a key and its value are joined by =").at(place).help(help)
        } else if message.starts_with("string values must be quoted") {
            self.unquoted()
        } else if message.starts_with("invalid basic string, expected `\"`") {
            self.syntax("the text has no closing \"")
                .help("end it with \"; text of several lines stands between \"\"\" and \"\"\"")
        } else if message.starts_with("invalid multi-line") {
            self.syntax("a text of several lines has no end")
                .help("end it with the same three quotes that it begins with")
        } else if message.starts_with("unexpected key or value") {
            self.syntax("something follows the end of the value").help(
                "a \" within text is written \\\"; each key needs a line of its own; a comment begins with #",
            )
        } else if message.starts_with(KEY_ALONE) {
            self.syntax("a key has no value").help(HOW_LINES_LOOK)
        } else {
            let (fact, detail) = message.split_once(", ").unwrap_or((message, ""));
            self.syntax(fact).label(detail).help(HOW_LINES_LOOK)
        }
    }

    fn written(&self) -> &str {
        self.source.text.get(self.span.range()).unwrap_or_default()
    }

    /// Where nothing but such a character is at fault.
    fn control_character(&self) -> Option<char> {
        let mut written = self.written().chars();
        written.next().filter(|c| c.is_control() && *c != '\n' && written.next().is_none())
    }

    fn error(&self, code: Code, message: &str) -> Diagnostic {
        Diagnostic::error(code, message).at(self.place.clone()).label("here")
    }

    fn syntax(&self, message: &str) -> Diagnostic {
        self.error(Code::TOML_SYNTAX, message)
    }

    fn duplicate_key(self, table: &DeTable<'_>) -> Diagnostic {
        let key = self.written().trim_matches(['"', '\'']);
        let first = last_key_before(table, key, self.range.start);
        let diagnostic = Diagnostic::error(Code::DUPLICATE_KEY, format!("`{}` is written twice", shown(key)))
            .at(self.place.clone())
            .label("the second time")
            .help("keep one of the two");
        let Some(first) = first else { return diagnostic };
        diagnostic.also(self.source.place(first), "the first time")
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
        Diagnostic::error(Code::BAD_DATE, format!("{} {fact}", shown(self.written())))
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
        let can_be_shown = shown(bare) == bare && !bare.contains(['"', '\\']);
        let help = if can_be_shown { format!("write \"{bare}\"") } else { HOW_LINES_LOOK.to_owned() };
        self.syntax("text must stand between straight quotes").help(help)
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
