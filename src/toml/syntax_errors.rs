//! The parser's errors, in words for people who do not know TOML.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::str::FromStr as _;

use toml::de::{DeTable, DeValue, Error};
use toml::value::Datetime;

use super::characters::{invisible_name, shown};
use super::dates::{Accepts, IN_ANOTHER_FORM, as_value, is_day_or_moment, is_when, remedies};
use super::document::TomlSource;
use crate::diag::{Code, Diagnostic, Span};
use crate::fold::with_ascii_marks;
use crate::time::Zone;

const HOW_LINES_LOOK: &str = "each line is `key = value`; text is between \" and \"";

/// The parser's message for a line such as `title: "…"`.
const LONE_KEY: &str = "key with no value";

/// The keys whose values may be ranges of dates. What is no TOML has no table that says so.
const KEYS_WITH_RANGES: [&str; 3] = ["happened", "said", "period"];

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
        if let Some(unclosed) = error.unclosed_list() {
            explained.diagnostics.push(unclosed);
            // The list takes in all that follows, and every later error is one of its items.
            explained
                .spans
                .extend(errors[position..].iter().map(|error| SyntaxError::new(error, source).span));
            break;
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
        // A space within a number is no other fault than a comma, whichever space it is.
        if let Some(diagnostic) = self.grouped_number().or_else(|| self.invisible_character()) {
            return diagnostic;
        }
        if let Some(diagnostic) = self.date_in_another_form() {
            return diagnostic;
        }
        if looks_like_a_date(self.written) {
            return self.bad_date();
        }
        self.colon().or_else(|| self.known()).unwrap_or_else(|| {
            let (fact, detail) = self.message.split_once(", ").unwrap_or((self.message, ""));
            self.syntax(fact).label(detail).help(HOW_LINES_LOOK)
        })
    }

    /// The parser's most common messages, by their first words.
    fn known(&self) -> Option<Diagnostic> {
        if self.message.starts_with("string values must be quoted") {
            return Some(self.unquoted());
        }
        if self.message.starts_with("invalid boolean") {
            let word = self.written.trim().to_ascii_lowercase();
            let is_flag = matches!(word.as_str(), "true" | "false");
            let help = if is_flag { format!("write {word}") } else { "write true or false".to_owned() };
            return Some(self.syntax("this is no value that TOML knows").help(help));
        }
        if self.message.starts_with("unexpected key or value") && self.rest_of_line().trim() == "," {
            let help = "remove it: each key has a line of its own, and nothing between them";
            return Some(self.syntax("a comma follows the value").help(help));
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

    /// The line of the file that the error is in, and where it begins in the TOML.
    fn line(&self) -> (&'e str, usize) {
        let toml = &self.source.text[self.source.base..];
        let line = line_at(toml, self.start.min(toml.len())).unwrap_or_default();
        (&toml[line.clone()], line.start)
    }

    fn rest_of_line(&self) -> &'e str {
        let (line, start) = self.line();
        line.get(self.start - start..).unwrap_or_default()
    }

    /// An error about a part of the line, with `range` counted from its first byte.
    fn in_line(&self, message: &str, range: Range<usize>) -> Diagnostic {
        let (_, start) = self.line();
        let span = self.source.span(start + range.start..start + range.end);
        self.syntax(message).at(self.source.place(span))
    }

    /// A number as people group it: `1,200`, `2,5`, `1 200`.
    fn grouped_number(&self) -> Option<Diagnostic> {
        let (line, _) = self.line();
        let number = grouped_number(line)?;
        let written = &line[number.clone()];
        let mut groups = written.split(|c: char| !c.is_ascii_digit());
        let first = groups.next()?;
        let groups: Vec<&str> = groups.collect();
        let help = if groups.iter().all(|group| group.len() == 3) {
            format!("write {first}{}", groups.concat())
        } else if let [fraction] = groups[..] {
            format!("write {first}.{fraction}")
        } else {
            "write its digits alone".to_owned()
        };
        let message = if written.contains(',') { "a number has no comma" } else { "a number has no spaces" };
        Some(self.in_line(message, number).help(help))
    }

    /// A character outside of quotes that no editor shows: the line looks right.
    fn invisible_character(&self) -> Option<Diagnostic> {
        let (line, _) = self.line();
        let (at, c, name) = outside_quotes(line).find_map(|(at, c)| Some((at, c, invisible_name(c)?)))?;
        let message = format!("this is {name} (U+{:04X})", c as u32);
        let help = if c.is_whitespace() { "type a plain space instead" } else { "delete it" };
        Some(self.in_line(&message, at..at + c.len_utf8()).label("looks like nothing").help(help))
    }

    /// A list without `]`: the next line is read as its item.
    fn unclosed_list(&self) -> Option<Diagnostic> {
        let is_next_line = self.message.starts_with("missing comma between array elements") && {
            let rest = self.rest_of_line();
            let key = rest.split('=').next().unwrap_or_default().trim();
            rest.starts_with('[') || (rest.contains('=') && key.chars().all(is_of_bare_key))
        };
        if !is_next_line && !self.message.starts_with("unclosed array") {
            return None;
        }
        let toml = &self.source.text[self.source.base..];
        let before = toml.get(..self.start)?;
        let opens_list = |(at, _): &(usize, &str)| before[..*at].trim_end().ends_with('=');
        let (at, _) = before.rmatch_indices('[').find(opens_list)?;
        let place = self.source.place(self.source.span(at..at + 1));
        let list = self.syntax("the list has no end").at(place).label("begins here");
        Some(list.help("write ] behind its last item"))
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

    /// A date such as `05.01.2026` or `2026-01-05T10:00+3`.
    fn date_in_another_form(&self) -> Option<Diagnostic> {
        let (line, start) = self.line();
        let before_error = line.get(..self.start.checked_sub(start)?)?;
        let equals = before_error.rfind('=').or_else(|| line.find('='))?;
        let key = line[..equals].trim_end().rsplit(|c| !is_of_bare_key(c)).next()?;
        let accepts: Accepts = if KEYS_WITH_RANGES.contains(&key) { is_when } else { is_day_or_moment };
        let behind = &line[equals + 1..];
        // `March 1, 2026` has a comma, and so has a table in one line.
        [&['#'][..], &['#', ',', '}', ']']].into_iter().find_map(|ends| {
            let value = behind.split(ends).next()?.trim();
            // Digits of another script are a fault of their own.
            if value.chars().any(|c| c.is_numeric() && !c.is_ascii()) {
                return None;
            }
            let help = remedies(value, &Zone::utc(), accepts, |date| format!("write {}", as_value(date)));
            let at = equals + 1 + behind.find(value)?;
            let message = format!("{} {IN_ANOTHER_FORM}", shown(value));
            let place = self.source.place(self.source.span(start + at..start + at + value.len()));
            let diagnostic = self.error(Code::BAD_DATE, &message).at(place);
            (!help.is_empty()).then(|| help.into_iter().fold(diagnostic, Diagnostic::help))
        })
    }

    /// A number or a date with the digits of another script, which TOML knows only as text.
    fn digits_of_another_script(&self, written: &str) -> Option<Diagnostic> {
        let plain = with_ascii_marks(written);
        let is_number = plain.parse::<f64>().is_ok_and(f64::is_finite);
        if plain == written || !(is_number || Datetime::from_str(&plain).is_ok()) {
            return None;
        }
        let message = "only the digits 0 to 9 can be used outside of quotes";
        Some(self.syntax(message).help(format!("write {plain}")))
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

    /// A number with a sign for "about", "over" or "under". A year with `~` is a date of its own kind.
    fn rough_number(&self, written: &str) -> Option<Diagnostic> {
        let sign = written.chars().next().filter(|sign| "~≈±<>≤≥".contains(*sign))?;
        let number = written[sign.len_utf8()..].trim();
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
            return None;
        }
        let (line, _) = self.line();
        let before = line.split_once(written).map_or("", |(before, _)| before).trim_end();
        let key = before.trim_end_matches('=').trim_end().rsplit(|c| !is_of_bare_key(c)).next()?;
        let is_count = matches!(key, "best" | "min" | "max");
        let help = match sign {
            '~' if !is_count => format!("write \"{number}~\""),
            '<' | '≤' if is_count => format!("write max = {number}"),
            '>' | '≥' if is_count => format!("write min = {number}"),
            _ if is_count => format!("write {key} = {number}, and rounded = true next to it"),
            _ => return None,
        };
        Some(self.syntax("a number is written without a sign for how exact it is").help(help))
    }

    fn unquoted(&self) -> Diagnostic {
        let written = self.written.trim();
        if written.is_empty() {
            return self.syntax("a value is missing").help("write a value behind the =, or remove the key");
        }
        if let Some(diagnostic) =
            self.rough_number(written).or_else(|| self.digits_of_another_script(written))
        {
            return diagnostic;
        }
        if written.eq_ignore_ascii_case("yes") || written.eq_ignore_ascii_case("no") {
            return self.syntax("this is no value that TOML knows").help("write true or false");
        }
        let quoted = with_straight_quotes(written);
        let help = quoted.map_or_else(|| HOW_LINES_LOOK.to_owned(), |quoted| format!("write {quoted}"));
        self.syntax("text must be between straight quotes").help(help)
    }
}

/// The characters of a line that are not between quotes, with their byte offsets.
fn outside_quotes(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    line.char_indices().filter(move |(_, c)| match (quote, *c) {
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (Some(open), c) if open == c => {
            quote = None;
            false
        }
        (open, _) => open.is_none(),
    })
}

/// Where a line has `= 1,200` outside of quotes: digits in groups, which TOML does not know.
fn grouped_number(line: &str) -> Option<Range<usize>> {
    let mut equals = outside_quotes(line).filter(|(_, c)| *c == '=').map(|(at, _)| at + 1);
    equals.find_map(|after| {
        let value = &line[after..];
        let start = after + (value.len() - value.trim_start().len());
        let mut end = start;
        let mut groups = 0;
        loop {
            let digits = line[end..].bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return None;
            }
            end += digits;
            groups += 1;
            let separator = line[end..].chars().next().filter(|c| ",\u{20}\u{a0}\u{202f}’".contains(*c));
            let next = separator.map(|c| end + c.len_utf8()).filter(|next| begins_group(&line[*next..]));
            match next {
                Some(next) => end = next,
                None => return (groups > 1).then_some(start..end),
            }
        }
    })
}

fn begins_group(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
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
